"""What shows that a disease is only talked about, from `data/background.yml`."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model

BACKGROUND = DATA / "background.yml"
#: Expressions in which case tells something.
CASED = frozenset({"review", "own_work", "past"})


class BackgroundWeights(BaseModel):
    """Weights of a logistic score, one a sign; the file tells what each sign is."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    bias: float
    product_title: float
    off_topic: float
    review: float
    cancer: float
    in_vitro: float
    by_grammar: float
    by_definition: float
    general: float
    plural: float
    times: float
    title: float
    of_title: float
    not_of_title: float
    place: float
    last: float
    opening: float
    introduced: float
    introduction: float
    treatment: float
    own_work: float
    past: float
    nothing: float
    cell: float
    host: float
    delivery: float
    mirna: float
    outcome: float
    factor: float
    listed: float
    attribute: float
    before_model: float
    before_host: float
    in_treatment: float
    preposition: float
    example: float


class Background(BaseModel):
    """Expressions and weights by which background is told; the file tells what each is."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    attribute_of: frozenset[str]
    treatment: str
    introduction: str
    course: str
    review: str
    own_work: str
    past: str
    in_treatment: str
    preposition: str
    example: str
    model: str
    host: str
    general: str
    least: float
    weights: BackgroundWeights

    @cached_property
    def expressions(self) -> dict[str, re.Pattern[str]]:
        """The expressions by name, ready to search."""
        texts = {name: value for name, value in self if isinstance(value, str)}
        return {name: re.compile(text, re.I if name not in CASED else 0) for name, text in texts.items()}


@lru_cache(maxsize=2)
def load_background(path: Path = BACKGROUND) -> Background:
    """Load the expressions and weights; raises KnowledgeError where the file does not hold."""
    return read_model(path, Background)
