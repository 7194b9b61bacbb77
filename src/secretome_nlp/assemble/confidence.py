"""How far a record can be trusted, from what it stands on: the expected share of its slot values that are right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from secretome_nlp.knowledge.confidence import load_confidence
from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT
from secretome_nlp.types import EvidenceRecord, Study

#: The slots that are single words and stand on no mention.
PLAIN = ("setting", "donor_relation")


def signs_of(record: EvidenceRecord, earlier: int = 0, records: int = 1) -> dict[str, float]:
    """Return the signs of a sound, or of a doubtful, record by the names that `confidence.yml` explains.

    `earlier` counts the records of the same study that stand before this one, `records` those of the document.
    """
    filled = sum(bool(getattr(record, name)) for name in (*ONE_SLOT, *MANY_SLOTS, *PLAIN))
    outcomes = record.outcomes
    return {
        "bias": 1.0,
        "filled": filled / 10,
        "later": math.log(1 + earlier),
        "records": math.log(records),
        "host": float(record.host_species is not None),
        "whole_cells": float(record.component is not None and record.component.value == "cells"),
        "no_cell": float(record.cell_type is None),
        "hedged": sum(o.hedged for o in outcomes) / len(outcomes) if outcomes else 0.0,
        "no_setting": float(record.setting is None),
        "no_outcome": float(not outcomes),
    }


def confidence(record: EvidenceRecord, earlier: int = 0, records: int = 1) -> float:
    """Return a value from 0 to 1, rounded to three places so that it is the same everywhere."""
    weights = load_confidence()
    score = sum(getattr(weights, name) * value for name, value in signs_of(record, earlier, records).items())
    return round(1 / (1 + math.exp(-score)), 3)


def places(records: Sequence[EvidenceRecord]) -> tuple[int, ...]:
    """Return, for each record of a document, how many of its study stand before it."""
    seen: Counter[Study] = Counter()
    before = []
    for record in records:
        before.append(seen[record.study])
        seen[record.study] += 1
    return tuple(before)


def with_confidence(records: Sequence[EvidenceRecord]) -> list[EvidenceRecord]:
    """Return the records of a document's text, in order, each with its confidence."""
    of = len(records)
    return [replace(r, confidence=confidence(r, n, of)) for r, n in zip(records, places(records), strict=True)]
