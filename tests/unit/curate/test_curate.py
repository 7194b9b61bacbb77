"""Decisions of reviewers: applied, in conflict, out of date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secretome_nlp.cli.main import main
from secretome_nlp.curate.decisions import read_decisions
from secretome_nlp.errors import InputError
from secretome_nlp.write.folder import read_rows

TEXT = "MSC-derived exosomes were injected intravenously into rats with UUO. They reduced renal fibrosis."


def leave(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    assert leave("extract", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--quiet") == 0
    return tmp_path / "out"


def decisions(path: Path, out: Path, *given: tuple[str, str, str, str | None]) -> str:
    record = next(read_rows(out, "records"))
    rows: list[dict[str, Any]] = [
        {
            "record_id": record["record_id"],
            "doc_id": record["doc_id"],
            "slot": s,
            "value": v,
            "decision": d,
            "correction": c,
        }
        for s, v, d, c in given
    ]
    path.write_text(json.dumps({"format": "secretome-nlp decisions", "version": 1, "decisions": rows}))
    return str(path)


def test_decisions_change_a_copy(out: Path, tmp_path: Path) -> None:
    before = next(read_rows(out, "records"))
    file = decisions(
        tmp_path / "d.json", out, ("component", "exosome", "correct", "extracellular_vesicle"),
        ("route", "intravenous", "reject", None), ("cell_type", before["cell_type"]["value"], "accept", None),
    )  # fmt: skip
    assert leave("curate", file, str(out), "--candidates", str(tmp_path / "c.json")) == 0
    after = next(read_rows(tmp_path / "out-curated", "records"))
    assert after["component"] == {**before["component"], "value": "extracellular_vesicle", "id": None}
    assert after["route"] is None and after["cell_type"] == before["cell_type"]
    assert len(after["curated"]) == 3
    assert next(read_rows(out, "records")) == before
    (candidate,) = json.loads((tmp_path / "c.json").read_text())
    assert candidate["candidate"] is True and len(candidate["decisions"]) == 3


def test_an_outcome_can_be_rejected(out: Path, tmp_path: Path) -> None:
    outcome = next(read_rows(out, "records"))["outcomes"][0]
    value = f"{outcome['target']['value']} {outcome['direction']}"
    assert leave("curate", decisions(tmp_path / "d.json", out, ("outcome", value, "reject", None)), str(out)) == 0
    assert next(read_rows(tmp_path / "out-curated", "records"))["outcomes"] == []


def test_conflicts_and_stale_decisions_are_told_and_not_applied(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = decisions(tmp_path / "mine.json", out, ("component", "exosome", "reject", None))
    theirs = decisions(tmp_path / "theirs.json", out, ("component", "exosome", "accept", None))
    assert leave("curate", mine, theirs, str(out)) == 1
    assert "conflict:" in capsys.readouterr().err
    assert next(read_rows(tmp_path / "out-curated", "records"))["component"]
    old = decisions(tmp_path / "old.json", out, ("component", "microvesicle", "reject", None))
    assert leave("curate", old, str(out), "-o", str(tmp_path / "again")) == 1
    assert "not there:" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", '{"decisions": [{"slot": "route"}]}', '{"decisions": 3}'])
def test_a_file_without_decisions_is_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "d.json").write_text(content)
    with pytest.raises(InputError, match=r"d\.json") as refused:
        read_decisions([tmp_path / "d.json"])
    assert "\n" not in str(refused.value)
