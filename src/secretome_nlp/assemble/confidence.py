"""How far a record can be trusted, from what it stands on."""

from __future__ import annotations

import math

from secretome_nlp.types import EvidenceRecord

#: Weights of a logistic score over signs of a sound record.
WEIGHTS = {
    "bias": -1.2,
    "cell_type": 0.7,
    "component": 0.5,
    "host_or_vitro": 0.5,
    "model": 0.5,
    "outcomes": 0.8,
    "more_outcomes": 0.3,
    "effect_clear": 0.5,
    "hedged": -0.5,
}


def confidence(record: EvidenceRecord) -> float:
    """Return a value from 0 to 1, rounded to three places so that it is the same everywhere."""
    signs = {
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
    score = sum(WEIGHTS[name] for name, holds in signs.items() if holds)
    return round(1 / (1 + math.exp(-score)), 3)
