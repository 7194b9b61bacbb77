"""How far a record can be trusted, from what it stands on."""

from __future__ import annotations

import math

from secretome_nlp.types import EvidenceRecord

#: Weights of a logistic score over signs of a sound record: the share of slot values that are right.
#: Fitted on the dev gold by benchmarks/calibrate.py.
WEIGHTS = {
    "bias": 1.13,
    "more_outcomes": 0.87,
    "many_mechanisms": -0.82,
    "prepared": -0.57,
    "general_words": -0.77,
}
#: More mechanisms than this are mostly those of several arms.
FEW_MECHANISMS = 3
#: Rules that read general statements ("plays a role in", "has the power to") rather than a measured change.
GENERAL_RULES = frozenset(
    {"affects.has_power", "affects.role_in", "affects.mediates", "affects.molecule_active", "affects.nominal_by"}
)


def signs_of(record: EvidenceRecord) -> dict[str, bool]:
    """Return which signs of a sound, or of a doubtful, record hold; `bias` always does."""
    return {
        "bias": True,
        "more_outcomes": len(record.outcomes) > 1,
        "many_mechanisms": len(record.mechanism) > FEW_MECHANISMS,
        "prepared": bool(record.priming),
        "general_words": not GENERAL_RULES.isdisjoint(record.rules),
    }


def confidence(record: EvidenceRecord) -> float:
    """Return a value from 0 to 1, rounded to three places so that it is the same everywhere."""
    score = sum(WEIGHTS[name] for name, holds in signs_of(record).items() if holds)
    return round(1 / (1 + math.exp(-score)), 3)
