"""The compact lines of hand annotation, from sentences to a gold file."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from secretome_nlp.evaluate.align import align
from secretome_nlp.evaluate.gold import read_gold

TOOL = Path(__file__).parents[3] / "annotations" / "annotate.py"
ROW = {"id": "7", "title": "Exosomes heal.", "abstract": "MSC exosomes lowered fibrosis and fibrosis score in rats."}
GOOD = """doc 7  split=dev  annotator=B
# 0
e  COMPONENT:exosome  Exosomes
# 1
a  CELL_TYPE  MSC
b  COMPONENT:exosome  exosomes
c  OUTCOME#1  fibrosis
d  SPECIES  rats  // a remark
> derived_from  b  a
> affects  0.e  c  decrease  hedge
--- records
- sentences: [1]
  cell_type: MSC = mesenchymal stromal cell
  setting: in_vivo
  outcomes:
  - fibrosis | fibrosis | decrease | benefit
"""


def run(tmp_path: Path, lines: str, monkeypatch: pytest.MonkeyPatch) -> int:
    (tmp_path / "t.jsonl").write_text(json.dumps(ROW) + "\n")
    (tmp_path / "a.txt").write_text(lines)
    given = ["annotate.py", "build", str(tmp_path / "t.jsonl"), str(tmp_path / "a.txt"), "-o", str(tmp_path / "gold")]
    monkeypatch.setattr(sys, "argv", given)
    with pytest.raises(SystemExit) as done:
        runpy.run_path(str(TOOL), run_name="__main__")
    return int(done.value.code or 0)


def test_lines_become_gold_that_aligns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, GOOD, monkeypatch) == 0
    gold = read_gold(tmp_path / "gold" / "7.json")
    text = f"{ROW['title']}\n\n{ROW['abstract']}"
    aligned = align(text, gold)
    assert not aligned.lost_mentions
    places = {name: text[s.start : s.end] for name, s in aligned.mentions.items()}
    assert places == {"0.e": "Exosomes", "1.a": "MSC", "1.b": "exosomes", "1.c": "fibrosis", "1.d": "rats"}
    assert aligned.mentions["1.c"].start > text.index("fibrosis")
    affects = gold.sentences[1].relations[1]
    assert (affects.head, affects.tail, affects.direction, affects.hedged) == ("0.e", "1.c", "decrease", True)
    assert gold.records[0].outcomes[0].effect == "benefit"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a  CELL_TYPE  MSC", "a  CELL_TYPE  HSC", "is not in the sentence"),
        ("a  CELL_TYPE  MSC", "a  CELLS  MSC", "unknown type"),
        ("b  a\n", "b  z\n", "no mention 1.z"),
        ("# 0\ne  COMPONENT:exosome  Exosomes\n", "", "sentence 0 is not listed"),
        ("  setting: in_vivo", "  colour: red", "unknown slot"),
        ("c  decrease  hedge", "c", "needs increase"),
        ("decrease | benefit", "decrease | good", "effect one of"),
    ],
)
def test_what_does_not_hold_is_told_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    assert old in GOOD
    assert run(tmp_path, GOOD.replace(old, new), monkeypatch) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "gold").exists()
