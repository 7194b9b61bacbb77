"""Which reading wins where mentions overlap, and which role a protein's name plays: settings in YAML."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model


class RoleWords(BaseModel):
    """Words that settle a role when they stand next to the name, within a few words, or joined to it."""

    model_config = ConfigDict(extra="forbid")
    next: list[str] = []
    before: list[str] = []
    joined: list[str] = []


class Overlaps(BaseModel):
    """`priority`: the type that wins over equal characters. `drop_inside`: types that are not nested.

    `process_words` end a disease's name that is an endpoint after one of `change_words`.
    """

    model_config = ConfigDict(extra="forbid")
    priority: list[str]
    drop_inside: dict[str, list[str]]
    gene_role: RoleWords
    factor_role: RoleWords
    process_words: list[str]
    change_words: list[str]


def load_overlaps() -> Overlaps:
    """Load the shipped settings; raises KnowledgeError where the file does not hold."""
    return read_model(DATA / "overlaps.yml", Overlaps)
