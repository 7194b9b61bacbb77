"""Words by which tables are read, from `data/table_columns.yml`."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model


class TableWords(BaseModel):
    """Heads of columns, and words of directions; the file explains each list."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    columns: dict[str, tuple[str, ...]]
    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    improve: tuple[str, ...]
    worsen: tuple[str, ...]
    no_change: tuple[str, ...]
    joins: tuple[str, ...]
    clinical: tuple[str, ...]
    giving: tuple[str, ...]
    medium: tuple[str, ...]


@lru_cache(maxsize=1)
def load_table_words() -> TableWords:
    """Load the shipped words; raises KnowledgeError where the file does not hold."""
    return read_model(DATA / "table_columns.yml", TableWords)
