"""The prefixes that ids of lexicon entries may have, by type of mention."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, RootModel

from secretome_nlp.knowledge.files import DATA, read_model


class Prefix(BaseModel):
    """What follows a prefix's colon, and the types of mention that it is for."""

    model_config = ConfigDict(extra="forbid")
    form: str
    types: list[str]


class Prefixes(RootModel[dict[str, Prefix]]):
    """All prefixes by name."""


@lru_cache(maxsize=1)
def load_prefixes() -> dict[str, Prefix]:
    """Load the shipped prefixes. Raises KnowledgeError where the file does not hold."""
    return read_model(DATA / "prefixes.yml", Prefixes).root


def fault_of(curie: str, type_: str) -> str | None:
    """Return what is wrong with an id for a type of mention, in words with the remedy; None where it holds."""
    prefix, colon, local = curie.partition(":")
    known = load_prefixes()
    fitting = ", ".join(sorted(name for name, p in known.items() if type_ in p.types))
    if not colon:
        return f"id {curie!r} has no prefix; write PREFIX:{curie} with one of {fitting or 'none'}"
    if prefix not in known:
        return f"id {curie!r} has an unknown prefix; use one of {fitting or 'none'}, or leave it out"
    if not re.fullmatch(known[prefix].form, local):
        return f"id {curie!r} is no {prefix} id; its form is {prefix}:{known[prefix].form}"
    if type_ not in known[prefix].types:
        return f"id {curie!r} is not for {type_}; use one of {fitting or 'none'}, or leave it out"
    return None
