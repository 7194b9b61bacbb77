"""Grammars: open-ended names that no list can hold, as patterns over words and mention types, or as regexes.

A `pattern` is a sequence of elements with a space between them:

    word            an atom, compared in lower case
    -word           the same, but joined to what stands before it by a hyphen
    {TYPE}          a mention of that type found before ({TYPE:kind} asks for a kind too)
    <class>         one of the words of a class of the same file
    #               a number
    [a|b|{TYPE}]    one of several
    [!<class>|!{T}] any word of letters, but those of the class and those in a mention of that type
    [!~ing]         any word of letters, but those that end so
    x? x* x+        optional, up to six, one to six
    x=name          remember what x matched, for `take` and `span`

A match right before one of the words `not_before` does not count ("growth" in "growth factor").
A pattern that reads on from what it finds, member after member of a list, is tried `again` until it finds no more.

A `regex` is a verbose Python regular expression in which `<name>` stands for a macro of the same file;
`items`, if given, finds the members of a list inside the match ("miR-21/146a"). `xref` holds the ids of what every
match is at least.

To spare time, a regex with a `gate` is tried only in texts that hold one of its words, and one with a `sign`, an
expression for a part of every match, only in texts where that is found. A search is fast where the expression, or each
of its alternatives, begins with a letter or a class, so that a look-behind stands better behind the first letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.files import DATA, read_model
from secretome_nlp.knowledge.lexicon import HELPER_TYPES
from secretome_nlp.types import MENTION_TYPES

GRAMMARS = DATA / "grammars"
MACRO = re.compile(r"(?<!\?P)<([a-z_]+)>")


class GrammarFields(BaseModel):
    """One grammar of a grammar file."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
    type: str
    pattern: str | None = None
    regex: str | None = None
    items: str | None = None
    take: str | None = None
    span: str | None = None
    kind: str | None = None
    value: str | None = None
    again: bool = False
    not_before: list[str] = []
    gate: list[str] = []
    sign: str | None = None
    xref: list[str] = []
    match: list[str] = Field(min_length=1)
    no_match: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_form(self) -> GrammarFields:
        if (self.pattern is None) == (self.regex is None):
            raise ValueError(f"grammar {self.id} needs either a pattern or a regex; give exactly one")
        if self.type not in MENTION_TYPES and self.type not in HELPER_TYPES:
            raise ValueError(f"grammar {self.id}: unknown mention type {self.type!r}")
        return self


class GrammarFile(BaseModel):
    """A grammar file: word classes, regex macros, and grammars in the order in which they are tried."""

    model_config = ConfigDict(extra="forbid")
    classes: dict[str, list[str]] = {}
    macros: dict[str, str] = {}
    grammars: list[GrammarFields]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar ready to be compiled; macros are filled in, classes stand beside it."""

    id: str
    type: str
    pattern: str | None
    regex: str | None
    items: str | None
    take: str | None
    span: str | None
    kind: str | None
    value: str | None
    again: bool
    not_before: frozenset[str]
    gate: frozenset[str]
    sign: str | None
    xref: tuple[str, ...]
    classes: tuple[tuple[str, tuple[str, ...]], ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]


def load_grammars(folder: Path = GRAMMARS, overlays: tuple[Path, ...] = ()) -> tuple[Grammar, ...]:
    """Load every grammar file of a folder in order of name, then the overlays.

    Raises KnowledgeError for unknown keys, macros or classes, and for duplicate ids.
    """
    grammars: list[Grammar] = []
    seen: dict[str, Path] = {}
    for path in [*sorted(folder.glob("*.yml")), *overlays]:
        file = read_model(path, GrammarFile)
        classes = tuple((name, tuple(words)) for name, words in sorted(file.classes.items()))
        for g in file.grammars:
            if g.id in seen:
                raise KnowledgeError(f"{path}: grammar {g.id}: id already used in {seen[g.id].name}; rename it")
            seen[g.id] = path
            grammars.append(
                Grammar(
                    id=g.id,
                    type=g.type,
                    pattern=g.pattern,
                    regex=_fill(path, g.id, g.regex, file.macros),
                    items=_fill(path, g.id, g.items, file.macros),
                    take=g.take,
                    span=g.span,
                    kind=g.kind,
                    value=g.value,
                    again=g.again,
                    not_before=frozenset(g.not_before),
                    gate=frozenset(g.gate),
                    sign=_fill(path, g.id, g.sign, file.macros),
                    xref=tuple(g.xref),
                    classes=classes,
                    match=tuple(g.match),
                    no_match=tuple(g.no_match),
                )
            )
    return tuple(grammars)


def _fill(path: Path, grammar: str, regex: str | None, macros: dict[str, str]) -> str | None:
    """Replace macros, which may use macros that stand before them, by their text."""
    if regex is None:
        return None

    def put(m: re.Match[str]) -> str:
        if m.group(1) not in macros:
            raise KnowledgeError(f"{path}: grammar {grammar}: no macro <{m.group(1)}>; define it under macros")
        return f"(?:{macros[m.group(1)]})"

    for _ in range(6):
        if not MACRO.search(regex):
            break
        regex = MACRO.sub(put, regex)
    try:
        re.compile(regex, re.VERBOSE)
    except re.error as error:
        raise KnowledgeError(f"{path}: grammar {grammar}: not a regular expression: {error}") from error
    return regex
