"""Families of values (kidney models, MSCs, miRNAs) by which tables are filtered and grouped."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from secretome_nlp.knowledge.files import DATA, read_model


class Family(BaseModel):
    """A family: its other names, and the beginnings of words that tell its members."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    also: tuple[str, ...] = ()
    words: tuple[str, ...]


class FamilyFile(RootModel[dict[str, dict[str, Family]]]):
    """Families by the slot that they look at."""


@lru_cache(maxsize=1)
def load_families(path: Path = DATA / "families.yml") -> dict[str, dict[str, Family]]:
    """Return the families by slot and name. Raises KnowledgeError where the file does not hold."""
    return read_model(path, FamilyFile).root


def family_of(slot: str, name: str) -> Family | None:
    """Return the family that goes by a name, in any case, in a slot; None where there is none."""
    wanted = name.casefold()
    for own, family in load_families().get(slot, {}).items():
        if wanted in (own.casefold(), *(a.casefold() for a in family.also)):
            return family
    return None


@lru_cache(maxsize=512)
def beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds any of some words where it begins a word.

    A trailing space asks for a whole word; a number is always whole, so that miR-21 is not miR-210.
    """
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(_part, words))})", re.IGNORECASE)


def _part(word: str) -> str:
    end = r"(?![^\W_])" if word.endswith(" ") else r"(?!\d)" if word[-1:].isdigit() else ""
    return re.escape(word.rstrip()) + end
