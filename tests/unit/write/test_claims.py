"""Claims across papers and the targets of RNAs: sides, sources, belief, arms and directions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secretome_nlp.cli.main import main
from secretome_nlp.errors import InputError
from secretome_nlp.write.claims import Claims
from secretome_nlp.write.table import Options, build
from secretome_nlp.write.targets import TARGETS, arm_of

PAPERS = {
    "a": "In rats with UUO, MSC exosomes reduced renal fibrosis. In vivo, exosomes improved survival of the rats.",
    "b": "In mice with UUO, exosomes from MSCs markedly reduced renal fibrosis after intravenous injection.",
    "c": "In rats with UUO, MSC-derived exosomes increased renal fibrosis after intravenous injection.",
    "d": "In rats with UUO, MSC-derived exosomes did not reduce renal fibrosis after intravenous injection.",
    "e": "MSC exosomes carried miR-21-5p. In vitro, exosomal miR-21-5p suppressed PTEN in HK-2 cells.",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    rows = [json.dumps({"id": name, "text": text}) for name, text in PAPERS.items()]
    (folder / "papers.jsonl").write_text("\n".join(rows))
    with pytest.raises(SystemExit):
        main(["extract", str(folder / "papers.jsonl"), "-o", str(folder / "out"), "--quiet"])
    return folder / "out"


def claim(out: Path, outcome: str, **options: Any) -> dict[str, object]:
    frame = build(out, Options(layout="claims", **options)).frame
    rows = frame[frame["Outcome"] == outcome].to_dict("records")
    assert len(rows) == 1
    return {str(k): v for k, v in rows[0].items()}


def test_agreement_contradiction_and_negative_results_stand_side_by_side(out: Path) -> None:
    row = claim(out, "renal fibrosis")
    assert (row["Direction"], row["Effect"]) == ("decrease", "benefit")
    assert (row["Sources"], row["Agree"], row["Contradict"], row["Negative"]) == (4, 2, 1, 1)
    assert "a)" in str(row["Agreeing"]) and "b)" in str(row["Agreeing"])
    assert "c)" in str(row["Contradicting"]) and "d)" in str(row["Without effect"])
    assert row["Belief"] == pytest.approx((2 + 1) / (2 + 1 + 1 + 2))


def test_conditions_choose_what_claims_are_made_of(out: Path) -> None:
    assert claim(out, "renal fibrosis", where=["species=mouse"])["Belief"] == pytest.approx(2 / 3, abs=0.001)
    assert not len(build(out, Options(layout="claims", min_confidence=1.0)).frame)


def record(doc: str, direction: str, effect: str, *, hedged: bool = False, ref: str | None = None) -> dict[str, Any]:
    slot = {"text": "x", "value": "x", "id": None, "mentions": ["m1"]}
    outcome = {"target": slot, "direction": direction, "effect": effect, "negated": False, "hedged": hedged}
    study = {"label": None, "ref": ref, "pmid": None, "doi": None}
    return {
        "record_id": f"{doc}-{direction}", "doc_id": doc, "study": study, "cell_type": None, "component": None,
        "model": [], "setting": None, "outcomes": [outcome], "source": "text",
    }  # fmt: skip


def believe(*records: dict[str, Any]) -> dict[str, object]:
    claims = Claims()
    for r in records:
        paper = {"pmid": None, "first_author": None, "journal": None, "year": None}
        claims.add(r, {"bibliography": paper, "title": "T", "doc_id": r["doc_id"]})
    (row,) = claims.rows()
    return row


def test_a_source_counts_once_and_doubt_or_retelling_counts_half() -> None:
    twice = [record("p", "decrease", "benefit"), record("p", "decrease", "benefit")]
    assert believe(*twice)["Belief"] == pytest.approx(2 / 3, abs=0.001)
    assert believe(record("p", "decrease", "benefit", hedged=True))["Belief"] == 0.6
    assert believe(record("p", "decrease", "benefit", ref="3"))["Belief"] == 0.6
    one_more = believe(record("p", "decrease", "benefit"), record("q", "decrease", "benefit"))
    assert one_more["Belief"] == 0.75


def test_improved_agrees_with_the_direction_that_is_the_better_one() -> None:
    row = believe(record("p", "decrease", "benefit"), record("q", "improve", "benefit"))
    assert (row["Direction"], row["Agree"], row["Contradict"]) == ("decrease", 2, 0)
    row = believe(record("p", "decrease", "benefit"), record("q", "worsen", "harm"))
    assert (row["Agree"], row["Contradict"], row["Belief"]) == (1, 1, 0.5)


def test_improved_beside_increased_is_not_comparable_where_nothing_tells_which_is_better() -> None:
    row = believe(record("p", "increase", "unclear"), record("q", "improve", "benefit"))
    assert (row["Sources"], row["Agree"], row["Contradict"], row["Negative"]) == (2, 1, 0, 0)
    assert row["Belief"] == pytest.approx(2 / 3, abs=0.001)


def test_targets_have_arm_direction_and_their_sentence(out: Path) -> None:
    frame = build(out, Options(layout="targets")).frame
    assert list(frame.columns) == list(TARGETS)
    first = frame.iloc[0]
    assert (first["RNA"], first["Arm"], first["Target"], first["Direction"]) == ("miR-21-5p", "5p", "PTEN", "decrease")
    assert first["Source"] == "e" and "PTEN" in first["Sentence"] and "exosomes" in first["Carried by"]


@pytest.mark.parametrize(("words", "arm"), [("hsa-miR-29b-3p", "3p"), ("miR-9*", "*"), ("let-7c", ""), ("MALAT1", "")])
def test_arms(words: str, arm: str) -> None:
    assert arm_of({"text": words}) == arm


def test_groups_go_with_records_alone(out: Path) -> None:
    with pytest.raises(InputError, match="--group-by goes with"):
        build(out, Options(layout="claims", group_by="model"))


def test_extract_leaves_out_records_below_a_confidence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAPERS["a"])
    for least, number in (("0", 1), ("1", 0)):
        folder = tmp_path / f"out{least}"
        with pytest.raises(SystemExit):
            main(["extract", str(tmp_path / "a.txt"), "-o", str(folder), "--quiet", "--min-confidence", least])
        assert len((folder / "records.jsonl").read_text().splitlines()) == number
        assert (folder / "mentions.jsonl").read_text()
