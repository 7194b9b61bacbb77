"""Calibration, expected figures, the log of test runs, and records paired by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secretome_nlp.errors import InputError
from secretome_nlp.evaluate.calibration import Judged, as_svg, calibration
from secretome_nlp.evaluate.gold import GoldOutcome, GoldRecord, GoldSlot
from secretome_nlp.evaluate.ledger import Expected, as_expected, fallen, log_test_run, read_expected
from secretome_nlp.evaluate.match import Item
from secretome_nlp.evaluate.records import score_records
from secretome_nlp.evaluate.relations import Concepts, singular
from secretome_nlp.types import Abbreviation, EvidenceRecord, Slot, Span, Study

ROW = {"f1": 0.8, "low": 0.7, "high": 0.9}
RESULT = {"documents": ["a"], "strict": {"all types": ROW}, "relaxed": {}, "relations": {}, "slots": {}}


def test_brier_and_error_by_hand() -> None:
    # Four slots said 0.75, three of them right: 3 * 0.0625 + 1 * 0.5625 = 0.75, over 5; one said 0.15, wrong: 0.0225.
    found = calibration([Judged(0.75, 3, 4), Judged(0.15, 0, 1)])
    assert found["brier"] == pytest.approx((0.75 + 0.0225) / 5, abs=1e-4)
    assert found["error"] == pytest.approx(0.15 / 5, abs=1e-4)
    assert found["brier_constant"] == pytest.approx(0.6 * 0.4)
    assert [(b["said"], b["true"], b["n"]) for b in found["bins"]] == [(0.15, 0.0, 1), (0.75, 0.75, 4)]
    assert as_svg(found).count("<circle") == 2


def test_nothing_found_has_no_calibration() -> None:
    assert calibration([]) == {}


def test_a_figure_that_falls_or_is_gone_is_told(tmp_path: Path) -> None:
    kept = tmp_path / "expected.json"
    kept.write_text(as_expected(RESULT))
    expected = read_expected(str(kept))
    assert expected.figures == {"strict/all types": 0.8}
    assert fallen(expected, RESULT) == []
    within = {**RESULT, "strict": {"all types": {**ROW, "f1": 0.8 - expected.tolerance / 2}}}
    assert fallen(expected, within) == []
    assert "now 0.700" in fallen(expected, {**RESULT, "strict": {"all types": {**ROW, "f1": 0.7}}})[0]
    assert "not measured" in fallen(Expected(tolerance=0, figures={"slots/model": 0.5}), RESULT)[0]
    kept.write_text("{}")
    with pytest.raises(InputError, match="write-expected"):
        read_expected(str(kept))


def test_each_run_on_the_test_split_is_a_line_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "test_runs.md"
    log_test_run(log, RESULT, "abstracts 0123", "0.1.0")
    log_test_run(log, RESULT, "abstracts 0123", "0.1.0")
    lines = log.read_text().splitlines()
    assert lines.count("| abstracts 0123 | 0.1.0 | 1 | 0.800 (0.700 to 0.900) |  |  |  |  |") == 2


def made(record_id: str, component: str, host: str | None = None, confidence: float = 0.5) -> EvidenceRecord:
    slots = {"component": Slot(component, component, None, ("m1",))}
    if host:
        slots["host_species"] = Slot(host, host, None, ("m2",))
    return EvidenceRecord(record_id=record_id, doc_id="d", study=Study(), confidence=confidence, **slots)  # type: ignore[arg-type]


def gold(ident: str, component: str, **more: object) -> GoldRecord:
    slots = {"component": GoldSlot(text=component, value=component)}
    slots |= {name: GoldSlot(text=str(v), value=str(v)) for name, v in more.items()}
    return GoldRecord(id=ident, slots=slots)  # type: ignore[arg-type]


def test_records_are_paired_for_the_greatest_worth_and_slots_counted() -> None:
    golds = [gold("g1", "exosome", host_species="rat"), gold("g2", "secretome")]
    finds = [made("f1", "exosome", "mouse"), made("f2", "exosome", "rat")]
    score = score_records(golds, finds)
    assert score.pairs == [("g1", "f2")]
    component, host = score.counts("component"), score.counts("host_species")
    assert (component.tp, component.fp, component.fn) == (1, 1, 1)
    assert (host.tp, host.fp, host.fn) == (1, 1, 0)
    assert score.exact == 1
    assert sorted((j.right, j.of) for j in score.judged) == [(0, 2), (2, 2)]


def test_empty_sides_of_records() -> None:
    outcome = GoldOutcome(target="fibrosis", direction="decrease", effect="benefit")
    lonely = score_records([gold("g1", "exosome").model_copy(update={"outcomes": [outcome]})], [])
    assert (lonely.all_slots().tp, lonely.all_slots().fp, lonely.all_slots().fn) == (0, 0, 2)
    extra = score_records([], [made("f1", "exosome", "rat")])
    assert (extra.all_slots().tp, extra.all_slots().fp, extra.all_slots().fn) == (0, 2, 0)
    assert json.dumps(extra.exact) == "0"


def test_a_defined_short_form_counts_as_its_long_form() -> None:
    defined = Abbreviation(Span(24, 28), Span(0, 22), "MSCs", "mesenchymal stem cells")
    names = Concepts([defined])
    long = names.name("gold", "1", "CELL_TYPE", "mesenchymal stem cell")
    assert names.name("found", "2", "CELL_TYPE", "MSC") == long
    assert names.name("found", "3", "CELL_TYPE", "ADSC") != long
    assert Concepts().name("found", "2", "CELL_TYPE", "MSC") != long


def test_the_parts_of_a_fused_short_form_count_as_those_of_the_long_form() -> None:
    text = "exosomes of bone marrow MSCs (BMSC-Exos)"
    fused = Abbreviation(Span(30, 39), Span(0, 28), text[30:39], text[:28])
    items = [
        Item("1", "COMPONENT", Span(0, 8)),
        Item("2", "CELL_TYPE", Span(12, 28)),
        Item("3", "TISSUE", Span(12, 23)),
        Item("4", "CELL_TYPE", Span(30, 34)),
        Item("5", "COMPONENT", Span(35, 39)),
    ]
    names = Concepts([fused], items)
    assert names.name("gold", "2", "CELL_TYPE", text[12:28]) == names.name("found", "9", "CELL_TYPE", "BMSCs")
    assert names.name("gold", "1", "COMPONENT", "exosomes") == names.name("found", "8", "COMPONENT", "Exo")
    assert names.name("gold", "3", "TISSUE", "bone marrow") != names.name("found", "7", "TISSUE", "BMSC")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mice", "mouse"), ("BALB/c mice", "balb/c mouse"), ("extracellular-vesicles", "Extracellular vesicle")],
)
def test_a_plural_is_the_same_thing_as_its_singular(one: str, other: str) -> None:
    assert singular(one) == singular(other)
    assert singular("mass") == "mass"
