"""Which reading wins where mentions overlap, and which role a protein's name plays: settings in YAML."""

from __future__ import annotations

from functools import cached_property

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model


class RoleWords(BaseModel):
    """Words that settle a role: right behind a name, within a few words before or behind it, in its sentence.

    `strong` are those among `before` and `behind` that make even a name cargo that otherwise never is; `loading` are
    words of a PRIMING that says what a product was loaded with.
    """

    model_config = ConfigDict(extra="forbid")
    next: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()
    loading: frozenset[str] = frozenset()


class Overlaps(BaseModel):
    """`priority`: the type that wins over equal characters. `drop_inside`: types that are not nested.

    `vesicle_markers`: names, in lower case without hyphens, by which vesicles are told as such: never cargo.
    `no_agents`: words, in lower case, that stand in the place of an agent ("drug-loaded") and name none.

    `process_words` end a disease's name that is an endpoint after one of `change_words`, or right before one of
    `state_words` with one of `changed_after` near behind. In a list the word of change may stand before its first
    member, farther off; `list_ends` are words at which a list has ended.
    """

    model_config = ConfigDict(extra="forbid")
    priority: list[str]
    drop_inside: dict[str, frozenset[str]]
    gene_role: RoleWords
    factor_role: RoleWords
    vesicle_markers: frozenset[str]
    no_agents: frozenset[str]
    process_words: frozenset[str]
    change_words: frozenset[str]
    list_ends: frozenset[str]
    state_words: frozenset[str]
    changed_after: frozenset[str]

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Return the place of each type in `priority`."""
        return {type_: n for n, type_ in enumerate(self.priority)}


def load_overlaps() -> Overlaps:
    """Load the shipped settings; raises KnowledgeError where the file does not hold."""
    return read_model(DATA / "overlaps.yml", Overlaps)
