"""Settings of record assembly, from `data/records.yml`."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model


class RecordWords(BaseModel):
    """Words by which studies, settings, arms and effects are told apart; the file explains each list."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    continues: tuple[str, ...]
    shifts: tuple[str, ...]
    own: tuple[str, ...]
    here: tuple[str, ...]
    begins: tuple[str, ...]
    concludes: tuple[str, ...]
    one_study: tuple[str, ...]
    settings: dict[str, tuple[str, ...]]
    trials: tuple[str, ...]
    body_endpoints: tuple[str, ...]
    dish_endpoints: tuple[str, ...]
    reviews: tuple[str, ...]
    set_up: tuple[str, ...]
    tumours: tuple[str, ...]
    alone: tuple[str, ...]
    comparators: tuple[str, ...]
    contrasts: tuple[str, ...]
    compared: tuple[str, ...]
    controls: tuple[str, ...]
    named_controls: tuple[str, ...]
    beside: tuple[str, ...]
    relations: dict[str, tuple[str, ...]]
    improve: tuple[str, ...]
    worsen: tuple[str, ...]
    against_harm: tuple[str, ...]
    harms: tuple[str, ...]
    goods: tuple[str, ...]
    acts: dict[str, str]
    losses: tuple[str, ...]
    lost: tuple[str, ...]
    routes_by_site: dict[str, tuple[str, ...]]
    vague_hosts: tuple[str, ...]
    carried: tuple[str, ...]
    loadings: tuple[str, ...]
    markers: tuple[str, ...]
    vague_endpoints: tuple[str, ...]
    fluids: tuple[str, ...]


@lru_cache(maxsize=1)
def load_record_words() -> RecordWords:
    """Load the shipped settings; raises KnowledgeError where the file does not hold."""
    return read_model(DATA / "records.yml", RecordWords)
