"""The comparison of two annotations, whole and in part."""

from __future__ import annotations

import json
import runpy
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parents[3] / "annotations"
ROW = {"id": "7", "text": "Exosomes lowered fibrosis. Exosomes came from MSCs. They might not mend nerves."}
FIRST = """doc 7  split=dev  annotator=A
# 0
e  COMPONENT:exosome  Exosomes
f  OUTCOME  fibrosis
> affects  e  f  decrease
# 1
e  COMPONENT:exosome  Exosomes
c  CELL_TYPE  MSCs
> derived_from  e  c
# 2
n  OUTCOME  mend nerves  neg  hedge
--- records
"""
SECOND = """doc 7  split=dev  annotator=B  complete=mentions,relations  sentences=0,2
# 0
e  COMPONENT:exosome  Exosomes
f  OUTCOME  lowered fibrosis
> affects  e  f  decrease
# 2
n  OUTCOME  nerves  neg
--- records
"""


def built(folder: Path, lines: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder.mkdir()
    (folder.parent / "t.jsonl").write_text(json.dumps(ROW) + "\n")
    (folder.parent / "a.txt").write_text(lines)
    given = ["annotate.py", "build", str(folder.parent / "t.jsonl"), str(folder.parent / "a.txt"), "-o", str(folder)]
    monkeypatch.setattr(sys, "argv", given)
    with pytest.raises(SystemExit) as done:
        runpy.run_path(str(TOOLS / "annotate.py"), run_name="__main__")
    assert not done.value.code
    return folder


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(str(TOOLS))
    return runpy.run_path(str(TOOLS / "agreement.py"))


def test_only_sentences_that_both_have_are_compared(
    tmp_path: Path, tool: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = built(tmp_path / "first", FIRST, monkeypatch)
    second = built(tmp_path / "second", SECOND, monkeypatch)
    capsys.readouterr()
    tool["main"](str(tmp_path / "t.jsonl"), str(first), str(second))
    lines = capsys.readouterr().out.splitlines()
    strict = lines[lines.index("strict") : lines.index("relaxed")]
    relaxed = lines[lines.index("relaxed") : lines.index("relations")]
    assert lines[0].startswith("2 sentences of 1 documents: 7")
    assert not any("CELL_TYPE" in row for row in strict)  # stands in the sentence that the second left out
    assert [row.split()[-2:] for row in strict if "OUTCOME" in row] == [["0.000", "2"]]
    assert [row.split()[-2:] for row in relaxed if "OUTCOME" in row] == [["1.000", "2"]]
    assert [row.split()[-2:] for row in lines if "all relations" in row] == [["1.000", "1"]]
    assert "slots: none that both wrote" in lines
    assert lines[-2].endswith("over 3 mentions (both 1, first alone 0, second alone 0)")
    assert lines[-1].endswith("over 3 mentions (both 0, first alone 1, second alone 0)")


def test_a_relation_counts_wherever_the_other_wrote_it(
    tmp_path: Path, tool: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = FIRST.replace("> derived_from  e  c\n", "").replace("> affects  e  f  decrease", "> derived_from  e  1.c")
    part = """doc 7  split=dev  annotator=B  complete=mentions,relations  sentences=1
# 1
e  COMPONENT:exosome  Exosomes
c  CELL_TYPE  MSCs
> derived_from  e  c
> tested_in  e  c
--- records
"""
    first = tool["read_gold"](built(tmp_path / "first", moved, monkeypatch) / "7.json")
    second = tool["read_gold"](built(tmp_path / "second", part, monkeypatch) / "7.json")
    counts = tool["relations"](first, second, {"1.e": "1.e", "1.c": "1.c"}).counts()
    assert (counts.tp, counts.fp, counts.fn) == (1, 1, 0)


def test_texts_without_two_annotations_are_told(tmp_path: Path, tool: dict[str, Any]) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps(ROW) + "\n")
    with pytest.raises(SystemExit, match="is annotated in both"):
        tool["main"](str(tmp_path / "t.jsonl"), str(tmp_path), str(tmp_path))


def test_kappa_takes_chance_away(tool: dict[str, Any]) -> None:
    # Agreed 35 of 50; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; so (0.7 - 0.5) / (1 - 0.5).
    pairs = Counter({(True, True): 20, (False, False): 15, (True, False): 5, (False, True): 10})
    assert tool["kappa"](pairs) == pytest.approx(0.4)
