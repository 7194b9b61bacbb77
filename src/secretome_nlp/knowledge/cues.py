"""Cues of negation, hedging and discourse role: schema, loading, checking.

`data/cues/*.yml` hold cue files (`kind: negation`, `kind: hedge`), `discourse.yml` beside them the phrases
that tell aims and background from findings, `scope.yml` the words at which scopes begin and end. The marked
examples are described in `secretome_nlp.knowledge.cue_examples`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.files import DATA, read_model
from secretome_nlp.segment import tokens
from secretome_nlp.segment.tokens import fold
from secretome_nlp.types import Cue

CUES = DATA / "cues"
DISCOURSE = "discourse.yml"
SCOPE = "scope.yml"
#: Characters before a scope in which a verb of finding is looked for.
BEFORE = 120

Kind = Literal["negation", "hedge"]
#: `forward` scopes run from the cue on, `backward` ones from the subject to the cue, `both` cover the clause;
#: `passive` is forward, and the subject too where the verb that the cue governs is passive.
Direction = Literal["forward", "backward", "both", "passive"]
#: How far to the right a scope may run: to the end of the clause, the phrase or the sentence.
Reach = Literal["clause", "phrase", "sentence"]
Role = Literal["finding", "aim", "background", "hypothesis", "method"]
#: Where in a sentence a discourse cue counts.
Place = Literal["anywhere", "start"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CueFields(_Strict):
    """One cue: phrases that act alike."""

    id: str = Field(pattern=r"^(neg|hedge)\.[a-z0-9_]+$")
    cue: list[str] = Field(min_length=1)
    written: list[str] = []
    direction: Direction = "forward"
    reach: Reach = "clause"
    stops_at: list[str] = []
    needs: list[str] = []
    blocks: list[str] = []
    note: str | None = None
    match: list[str] = Field(min_length=1)
    no_match: list[str] = Field(min_length=1)


class CueFileFields(_Strict):
    """A cue file."""

    kind: Kind
    cues: list[CueFields] = Field(min_length=1)


class DiscourseFields(_Strict):
    """Phrases that give a sentence its role."""

    id: str = Field(pattern=r"^role\.[a-z0-9_]+$")
    role: Literal["aim", "background", "hypothesis", "method"]
    place: Place = "anywhere"
    unless: list[str] = []
    cue: list[str] = Field(min_length=1)
    blocks: list[str] = []
    match: list[str] = Field(min_length=1)
    no_match: list[str] = Field(min_length=1)


class DiscourseFileFields(_Strict):
    """The discourse file, in order of precedence."""

    cues: list[DiscourseFields] = Field(min_length=1)


class ScopeFields(_Strict):
    """The word classes of `scope.yml`; each is explained there."""

    be: list[str] = Field(min_length=1)
    auxiliaries: list[str] = Field(min_length=1)
    finite: list[str] = Field(min_length=1)
    participles: list[str] = Field(min_length=1)
    adjectival: list[str] = Field(min_length=1)
    raising: list[str] = Field(min_length=1)
    determiners: list[str] = Field(min_length=1)
    pronouns: list[str] = Field(min_length=1)
    prepositions: list[str] = Field(min_length=1)
    adverbs: list[str] = Field(min_length=1)
    clause_ends: list[str] = Field(min_length=1)
    comma_ends: list[str] = Field(min_length=1)
    subject_starts: list[str] = Field(min_length=1)
    relatives: list[str] = Field(min_length=1)
    reporting: list[str] = Field(min_length=1)
    as_ends: list[str] = Field(min_length=1)
    subordinators: list[str] = Field(min_length=1)
    said: list[str] = Field(min_length=1)
    unsaid_cues: list[str] = Field(min_length=1)
    told_cues: list[str] = Field(min_length=1)
    undenied: list[str] = Field(min_length=1)
    undoubted: list[str] = Field(min_length=1)
    raising_cues: list[str] = Field(min_length=1)
    able_cues: list[str] = Field(min_length=1)
    finding: str
    adjectives: list[str] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class CueEntry:
    """One cue, its phrases folded into token norms."""

    id: str
    kind: Kind
    phrases: tuple[tuple[str, ...], ...]
    written: frozenset[str]
    direction: Direction
    reach: Reach
    stops_at: frozenset[str]
    needs: frozenset[str]
    blocks: tuple[tuple[str, ...], ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiscourseEntry:
    """Phrases of one discourse role, folded into token norms."""

    id: str
    role: Role
    place: Place
    unless: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    blocks: tuple[tuple[str, ...], ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeWords:
    """The word classes that the scope finder reads."""

    be: frozenset[str]
    auxiliaries: frozenset[str]
    finite: frozenset[str]
    participles: frozenset[str]
    adjectival: frozenset[str]
    raising: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    prepositions: frozenset[str]
    adverbs: frozenset[str]
    clause_ends: frozenset[str]
    comma_ends: frozenset[str]
    subject_starts: frozenset[str]
    relatives: frozenset[str]
    reporting: tuple[str, ...]
    as_ends: frozenset[str]
    subordinators: frozenset[str]


@dataclass(frozen=True, slots=True)
class AssertionWords:
    """What tells the thing that is said with doubt, or denied, from what merely stands in a cue's scope."""

    said: frozenset[str]
    unsaid_cues: frozenset[str]
    told_cues: frozenset[str]
    undenied: frozenset[str]
    undoubted: frozenset[str]
    raising_cues: frozenset[str]
    able_cues: frozenset[str]
    finding: str
    adjectives: frozenset[str]

    def tells_ability(self, cue: Cue, text: str) -> bool:
        """Tell "we found that EVs could lower fibrosis", a result, from "EVs could lower fibrosis", a doubt."""
        before = text[max(0, cue.scope.start - BEFORE) : cue.span.start]
        return cue.id in self.able_cues and re.search(self.finding, before) is not None


@dataclass(frozen=True)
class CueSet:
    """All cues, discourse cues and scope words."""

    cues: tuple[CueEntry, ...]
    discourse: tuple[DiscourseEntry, ...]
    scope: ScopeWords
    assertion: AssertionWords


@lru_cache(maxsize=4)
def load_cues(folder: Path = CUES) -> CueSet:
    """Load a folder of cue files.

    Raises KnowledgeError, one line with file, entry and remedy, for an unknown key, a duplicate id, a phrase
    that two cues of one kind claim, or a cue without `match` or `no_match`.
    """
    cues: list[CueEntry] = []
    for path in sorted(folder.glob("*.yml")):
        if path.name not in (DISCOURSE, SCOPE):
            fields = read_model(path, CueFileFields)
            for number, cue in enumerate(fields.cues):
                _check_prefix(path, number, cue.id, fields.kind)
                cues.append(_cue(cue, fields.kind))
    discourse = [_discourse(d) for d in read_model(folder / DISCOURSE, DiscourseFileFields).cues]
    _check_distinct(folder, [*cues, *discourse])
    words = read_model(folder / SCOPE, ScopeFields).model_dump()
    stems = tuple(sorted(words.pop("reporting")))
    finding = words.pop("finding")
    sets = ("said", "unsaid_cues", "told_cues", "undenied", "undoubted", "raising_cues", "able_cues", "adjectives")
    told = {k: frozenset(words.pop(k)) for k in sets}
    scope = ScopeWords(reporting=stems, **{k: frozenset(v) for k, v in words.items()})
    return CueSet(tuple(cues), tuple(discourse), scope, AssertionWords(finding=finding, **told))


def _check_prefix(path: Path, number: int, id_: str, kind: Kind) -> None:
    prefix = "neg." if kind == "negation" else "hedge."
    if not id_.startswith(prefix):
        raise KnowledgeError(f"{path}: cues.{number}: {id_}: the id of a {kind} cue begins with {prefix!r}; rename it")


def _check_distinct(folder: Path, entries: list[CueEntry | DiscourseEntry]) -> None:
    ids: set[str] = set()
    phrases: dict[tuple[str, ...], str] = {}
    for entry in entries:
        if entry.id in ids:
            raise KnowledgeError(f"{folder}: cue {entry.id}: id used twice; rename one of them")
        ids.add(entry.id)
        if () in entry.phrases or () in entry.blocks:
            raise KnowledgeError(f"{folder}: cue {entry.id}: a phrase holds no word; remove it")
        for phrase in entry.phrases if isinstance(entry, CueEntry) else ():
            if phrase in phrases:
                other = phrases[phrase]
                raise KnowledgeError(f"{folder}: cue {entry.id}: {' '.join(phrase)!r} is also in {other}; keep one")
            phrases[phrase] = entry.id


def _cue(fields: CueFields, kind: Kind) -> CueEntry:
    return CueEntry(
        id=fields.id,
        kind=kind,
        phrases=_folded(fields.cue),
        written=frozenset(fields.written),
        direction=fields.direction,
        reach=fields.reach,
        stops_at=frozenset(fields.stops_at),
        needs=frozenset(fields.needs),
        blocks=_folded(fields.blocks),
        match=tuple(fields.match),
        no_match=tuple(fields.no_match),
    )


def _discourse(fields: DiscourseFields) -> DiscourseEntry:
    return DiscourseEntry(
        id=fields.id,
        role=fields.role,
        place=fields.place,
        unless=frozenset(fold(word) for word in fields.unless),
        phrases=_folded(fields.cue),
        blocks=_folded(fields.blocks),
        match=tuple(fields.match),
        no_match=tuple(fields.no_match),
    )


def _folded(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(t.norm for t in tokens.find(phrase)) for phrase in phrases)
