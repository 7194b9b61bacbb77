"""The weights of a record's confidence, from `data/confidence.yml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model

CONFIDENCE = DATA / "confidence.yml"


class ConfidenceWeights(BaseModel):
    """Weights of a logistic score, one a sign; the file tells what each sign is."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    bias: float
    filled: float
    later: float
    records: float
    host: float
    whole_cells: float
    no_cell: float
    hedged: float
    no_setting: float
    no_outcome: float


@lru_cache(maxsize=2)
def load_confidence(path: Path = CONFIDENCE) -> ConfidenceWeights:
    """Load the weights; raises KnowledgeError where the file does not hold."""
    return read_model(path, ConfidenceWeights)
