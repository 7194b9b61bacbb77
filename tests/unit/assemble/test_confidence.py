"""The confidence of records: what raises and lowers it, and where its weights come from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from secretome_nlp.assemble.confidence import confidence, places, signs_of, with_confidence
from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.confidence import CONFIDENCE, ConfidenceWeights, load_confidence
from secretome_nlp.types import EvidenceRecord, Outcome, Slot, Study


def slot(word: str) -> Slot:
    return Slot(word, word, None, ("m1",))


FULL = EvidenceRecord(
    "r", "d", Study(), cell_type=slot("msc"), component=slot("exosome"), host_species=slot("rat"), setting="in_vivo",
    outcomes=(Outcome(slot("fibrosis"), "decrease", "benefit"),),
)  # fmt: skip
HEDGED = replace(FULL, outcomes=(replace(FULL.outcomes[0], hedged=True),))


def test_every_weight_is_of_a_sign() -> None:
    assert set(signs_of(FULL)) == set(ConfidenceWeights.model_fields)


@pytest.mark.parametrize(
    "worse",
    [
        replace(FULL, host_species=None),
        replace(FULL, cell_type=None),
        replace(FULL, component=slot("cells")),
        replace(FULL, setting=None),
        HEDGED,
    ],
    ids=["no host", "no cells named", "cells given", "no setting", "hedged"],
)
def test_a_record_that_stands_on_less_is_less_sure(worse: EvidenceRecord) -> None:
    assert 0 < confidence(worse) < confidence(FULL) < 1


def test_later_records_of_one_study_and_those_among_many_are_less_sure() -> None:
    other = replace(FULL, study=Study(label="Miller"))
    assert places([FULL, other, FULL, FULL]) == (0, 0, 1, 2)
    alone, first, second = (with_confidence([FULL])[0], *with_confidence([FULL, FULL]))
    assert alone.confidence > first.confidence > second.confidence
    assert with_confidence([]) == []


def test_a_file_without_a_weight_says_so(tmp_path: Path) -> None:
    text = CONFIDENCE.read_text(encoding="utf-8")
    (tmp_path / "c.yml").write_text(text.replace("hedged: ", "hedgd: "), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"c\.yml.*hedged"):
        load_confidence(tmp_path / "c.yml")
