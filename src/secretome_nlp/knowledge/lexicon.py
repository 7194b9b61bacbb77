"""Lexicons: the terms of each mention type, as entries with ids, names and cross-references."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.collector import paused
from secretome_nlp.knowledge.files import DATA, read_model
from secretome_nlp.types import MENTION_TYPES

LEXICONS = DATA / "lexicons"
#: Types that only grammars use: they never become mentions themselves.
HELPER_TYPES = ("MODEL_INDUCER", "MEASURE", "AMBIGUOUS")
BULK_COLUMNS = ("id", "name", "xref", "terms", "abbreviations")


class AbbreviationTerm(BaseModel):
    """A short form: matched in exact case unless told otherwise, with a plural s."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1)
    case: Literal["exact", "any"] = "exact"
    plural: bool = True
    needs: list[str] = []


class Part(BaseModel):
    """A thing that a fused short form hides: the umbilical cord in hUC-MSC."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["TISSUE", "SPECIES", "CELL_TYPE", "MODEL", "COMPONENT", "PRIMING", "FACTOR"]
    id: str


class EntryFields(BaseModel):
    """One entry of a lexicon file."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_+-]+)+$")
    name: str = Field(min_length=1)
    xref: list[str] = []
    checked: str | None = None
    terms: list[str] = []
    abbreviations: list[AbbreviationTerm] = []
    kind: str | None = None
    value: str | None = None
    role: str | None = None
    polarity: Literal["higher_better", "lower_better", "neutral"] | None = None
    parts: list[Part] = []
    not_before: list[str] = []
    not_after: list[str] = []
    needs: list[str] = []
    match: list[str] = []
    no_match: list[str] = []

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, fields: object) -> object:
        """Let a plain string stand for an abbreviation with the default settings."""
        if isinstance(fields, dict) and isinstance(fields.get("abbreviations"), list):
            short = [{"text": a} if isinstance(a, str) else a for a in fields["abbreviations"]]
            return {**fields, "abbreviations": short}
        return fields

    @model_validator(mode="after")
    def _has_words_and_examples(self) -> EntryFields:
        if not self.terms and not self.abbreviations:
            raise ValueError(f"entry {self.id} has neither terms nor abbreviations; give at least one")
        if (self.not_before or self.not_after or self.needs) and not (self.match and self.no_match):
            raise ValueError(f"entry {self.id} has a context condition but no match and no_match example of it")
        return self


class LexiconFile(BaseModel):
    """A lexicon file: one mention type, where its facts were checked, and its entries."""

    model_config = ConfigDict(extra="forbid")
    type: str
    source: str
    entries: list[EntryFields]


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept of a lexicon, ready for use. `terms` match in any case, `short` in the case given."""

    id: str
    type: str
    name: str
    xref: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    short: tuple[tuple[str, bool, bool, tuple[str, ...]], ...] = ()  # text, exact case, plural, needs
    kind: str | None = None
    value: str | None = None
    role: str | None = None
    polarity: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    bulk: bool = False


def as_row(entry: Entry) -> tuple[object, ...]:
    """Return the fields of an entry in order: `Entry(*row)` makes it again."""
    return tuple(getattr(entry, name) for name in Entry.__slots__)


def load_lexicons(folder: Path = LEXICONS, overlays: tuple[Path, ...] = ()) -> tuple[Entry, ...]:
    """Load every `.yml` and `.tsv` lexicon of a folder, and overlay files after them.

    Returns the entries in a fixed order (files by name, curated YAML before bulk TSV). Raises KnowledgeError
    for an unknown key, an unknown type, a duplicate id or an unreadable file.
    """
    paths = [*sorted(folder.glob("*.yml")), *overlays, *sorted(folder.glob("*.tsv"))]
    entries: list[Entry] = []
    seen: dict[str, Path] = {}
    for path in paths:
        for entry in read_lexicon(path):
            if entry.id in seen:
                raise KnowledgeError(
                    f"{path}: entry {entry.id}: id already used in {seen[entry.id].name}; rename one of them"
                )
            seen[entry.id] = path
            entries.append(entry)
    return tuple(entries)


def read_lexicon(path: Path) -> tuple[Entry, ...]:
    """Read one lexicon file, YAML (curated) or TSV (bulk; the type is in its first comment line)."""
    return _read_bulk(path) if path.suffix == ".tsv" else _read_curated(path)


def _read_curated(path: Path) -> tuple[Entry, ...]:
    file = read_model(path, LexiconFile)
    _check_type(path, file.type)
    return tuple(
        Entry(
            id=e.id,
            type=file.type,
            name=e.name,
            xref=tuple(e.xref),
            terms=tuple(e.terms),
            short=tuple((a.text, a.case == "exact", a.plural, tuple(a.needs)) for a in e.abbreviations),
            kind=e.kind,
            value=e.value,
            role=e.role,
            polarity=e.polarity,
            parts=tuple((p.type, p.id) for p in e.parts),
            not_before=frozenset(w.lower() for w in e.not_before),
            not_after=frozenset(w.lower() for w in e.not_after),
            needs=tuple(e.needs),
            match=tuple(e.match),
            no_match=tuple(e.no_match),
        )
        for e in file.entries
    )


def _read_bulk(path: Path) -> tuple[Entry, ...]:
    """Read `# type: TYPE` comment lines, a header, then one entry a line; lists are joined by a bar."""
    with path.open(encoding="utf-8", newline="") as lines:
        comments, header = [], ""
        for line in lines:
            if not line.startswith("#"):
                header = line
                break
            comments.append(line[1:].strip())
        columns = header.rstrip("\r\n").split("\t")
        missing = [c for c in BULK_COLUMNS if c not in columns]
        if missing:
            raise KnowledgeError(f"{path}: the header lacks the columns {', '.join(missing)}; add them")
        type_ = next((c.split(":", 1)[1].strip() for c in comments if c.startswith("type:")), "")
        _check_type(path, type_)
        with paused():
            return tuple(_bulk_entries(path, lines, columns, type_, len(comments) + 2))


def _bulk_entries(path: Path, lines: Iterable[str], columns: list[str], type_: str, first: int) -> Iterator[Entry]:
    own, name, xref, terms, short = (columns.index(c) for c in BULK_COLUMNS)
    kind, case = (columns.index(c) if c in columns else None for c in ("kind", "case"))
    for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), first):
        if len(row) != len(columns):
            if not row:
                continue
            raise KnowledgeError(f"{path}:{number}: {len(row)} cells for {len(columns)} columns; mend the line")
        exact = case is None or row[case] != "any"
        yield Entry(
            id=row[own],
            type=type_,
            name=row[name],
            xref=_split(row[xref]),
            terms=_split(row[terms]),
            short=tuple((a, exact, True, ()) for a in _split(row[short])) if row[short] else (),
            kind=row[kind] or None if kind is not None else None,
            bulk=True,
        )


def _split(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    parts = cell.split("|")
    return tuple(filter(None, parts)) if "" in parts else tuple(parts)


def _check_type(path: Path, type_: str) -> None:
    if type_ not in MENTION_TYPES and type_ not in HELPER_TYPES:
        known = ", ".join((*MENTION_TYPES, *HELPER_TYPES))
        raise KnowledgeError(f"{path}: unknown mention type {type_!r}; use one of {known}")
