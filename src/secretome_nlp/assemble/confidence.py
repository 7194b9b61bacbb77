"""How far a record can be trusted, from what it stands on."""

from __future__ import annotations

import math

from secretome_nlp.types import EvidenceRecord

#: Weights of a logistic score over signs of a sound record: the share of slot values that are right.
#: Fitted on the dev gold by benchmarks/calibrate.py.
WEIGHTS = {
    "bias": -0.36,
    "cell_type": 0.0,
    "component": 0.0,
    "host_or_vitro": -0.05,
    "model": 0.0,
    "outcomes": 0.0,
    "more_outcomes": 1.43,
    "effect_clear": 0.16,
    "hedged": -0.86,
}


def signs_of(record: EvidenceRecord) -> dict[str, bool]:
    """Return which signs of a sound record hold; `bias` always does."""
    return {
        "bias": True,
        "cell_type": record.cell_type is not None,
        "component": record.component is not None,
        "host_or_vitro": record.host_species is not None or record.setting == "in_vitro",
        "model": bool(record.model),
        "outcomes": bool(record.outcomes),
        "more_outcomes": len(record.outcomes) > 1,
        "effect_clear": any(o.effect != "unclear" for o in record.outcomes),
        "hedged": bool(record.outcomes) and all(o.hedged for o in record.outcomes),
    }


def confidence(record: EvidenceRecord) -> float:
    """Return a value from 0 to 1, rounded to three places so that it is the same everywhere."""
    score = sum(WEIGHTS[name] for name, holds in signs_of(record).items() if holds)
    return round(1 / (1 + math.exp(-score)), 3)
