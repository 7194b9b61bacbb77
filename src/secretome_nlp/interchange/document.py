"""The noun that all formats have in common: a text with marks and links.

Offsets are half-open, in Unicode code points of `Annotated.text`. What one format knows and another has no field for
travels in `extra` (of a mark or link) and `about` (of a document) as JSON, so that it comes back unchanged.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, get_args

from secretome_nlp.errors import InputError
from secretome_nlp.rows import Row
from secretome_nlp.types import MENTION_TYPES, RELATION_TYPES, Direction, Norm, Span

#: Where a document's records and `about` come from, which tells their shape.
Form = Literal["gold", "output", "own"]

#: The kinds that annotators choose from; the pipeline knows more.
KINDS = {"DELIVERY": ("route", "carrier"), "MODEL": ("disease", "induced", "in_vitro")}
DIRECTIONS: tuple[str, ...] = get_args(Direction)
#: Line ends that JSON leaves as they are and that some readers of lines take for one.
LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Mark:
    """A mention. `sentence` is an index where the place alone does not tell the sentence, else None."""

    id: str
    start: int
    end: int
    type: str
    kind: str | None = None
    value: str | None = None
    norm: tuple[Norm, ...] = ()
    negated: bool = False
    hedged: bool = False
    sentence: int | None = None
    extra: Row = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """The mark's place in the document."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Link:
    """A relation between two marks, by id. `sentence` is an index where it is not that of the head."""

    id: str
    type: str
    head: str
    tail: str
    direction: str | None = None
    negated: bool = False
    hedged: bool = False
    sentence: int | None = None
    extra: Row = field(default_factory=dict)


@dataclass(frozen=True)
class Annotated:
    """A document with its annotations; `records` are rows in the shape that `form` tells."""

    doc_id: str
    text: str
    sentences: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    records: tuple[Row, ...] = ()
    form: Form = "own"
    about: Row = field(default_factory=dict)


class Places:
    """Finds the sentence of a stretch of text; of several that hold it, the one that begins last."""

    def __init__(self, sentences: Iterable[Span]) -> None:
        self._sorted = sorted((s.start, -i, s.end) for i, s in enumerate(sentences))

    def sentence(self, span: Span) -> int | None:
        """Return the index of the sentence that holds a span, None where none does."""
        for at in range(bisect_right(self._sorted, (span.start, 1, 0)) - 1, -1, -1):
            if self._sorted[at][2] >= span.end:
                return -self._sorted[at][1]
        return None


def one_line(row: Any) -> str:
    """Return JSON that no reader of lines will break."""
    text = json.dumps(row, ensure_ascii=False)
    for char, escape in LINE_ENDS.items():
        text = text.replace(char, escape)
    return text


def rest_of(document: Annotated) -> Row:
    """Return what a format's text, marks and links do not hold of a document."""
    return {
        "doc_id": document.doc_id,
        "form": document.form,
        "sentences": [list(s) for s in document.sentences],
        "records": list(document.records),
        "about": document.about,
    }


def assembled(rest: Row, text: str, marks: Iterable[Mark], links: Iterable[Link]) -> Annotated:
    """Return the document of a text, its annotations and the rest; raises InputError where they do not fit."""
    try:
        sentences = tuple(Span(int(start), int(end)) for start, end in rest["sentences"])
        whole = Annotated(
            str(rest["doc_id"]), text, sentences, tuple(marks), tuple(links), tuple(rest["records"]), rest["form"],
            rest["about"],
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the project's own data do not hold ({error!r}); convert the document again") from error
    return checked(whole)


def checked(document: Annotated) -> Annotated:
    """Return the document as it is; raises InputError, one line, at the first thing that does not hold."""
    size = len(document.text)
    known = _unique("mention", [m.id for m in document.marks])
    _unique("relation", [link.id for link in document.links])
    if document.form not in get_args(Form) or not isinstance(document.about, dict):
        raise InputError(f"unknown form {document.form!r} of the project's own data; convert the document again")
    for m in document.marks:
        if m.type not in MENTION_TYPES:
            raise InputError(f"mention {m.id}: unknown type {m.type!r}; use one of {', '.join(MENTION_TYPES)}")
        if not 0 <= m.start < m.end <= size:
            raise InputError(f"mention {m.id}: {m.start}-{m.end} is no stretch of a text of {size} characters")
        if document.text[m.start].isspace() or document.text[m.end - 1].isspace():
            raise InputError(
                f"mention {m.id}: begins or ends with white space at {m.start}-{m.end}; mark the words alone"
            )
        words = (m.kind or "", m.value or "", *(word for n in m.norm for word in (n.id, n.name, n.why)))
        if not all(isinstance(word, str) for word in words) or not isinstance(m.extra, dict):
            raise InputError(f"mention {m.id}: its kind, value or ids are no words; convert the document again")
    for link in document.links:
        if not isinstance(link.extra, dict):
            raise InputError(f"relation {link.id}: the project's own data do not hold; convert the document again")
        if link.type not in RELATION_TYPES:
            raise InputError(f"relation {link.id}: unknown type {link.type!r}; use one of {', '.join(RELATION_TYPES)}")
        if link.direction is not None and link.direction not in DIRECTIONS:
            raise InputError(
                f"relation {link.id}: unknown direction {link.direction!r}; use one of {', '.join(DIRECTIONS)}"
            )
        for end in (link.head, link.tail):
            if end not in known:
                raise InputError(f"relation {link.id}: there is no mention {end!r}; mend or delete the relation")
    numbers = [m.sentence for m in document.marks] + [link.sentence for link in document.links]
    for number in (n for n in numbers if n is not None):
        if not isinstance(number, int) or not 0 <= number < len(document.sentences):
            raise InputError(f"there is no sentence {number!r}; convert the document again")
    if any(not 0 <= s.start < s.end <= size for s in document.sentences):
        raise InputError("a sentence lies outside the text; was the text changed? convert the document again")
    return document


def _unique(what: str, ids: list[str]) -> set[str]:
    twice = sorted(i for i, n in Counter(ids).items() if n > 1)
    if twice:
        raise InputError(f"two {what}s have the id {twice[0]!r}; ids must be unique in a document")
    if "" in ids:
        raise InputError(f"a {what} without an id")
    return set(ids)


def same_words(text: str, said: str) -> bool:
    """Tell whether a surface is what the text has, white space of any kind being alike."""
    return len(text) == len(said) and all(a == b or (a.isspace() and b.isspace()) for a, b in zip(text, said))  # noqa: B905


def joined(pieces: list[Span], text: str) -> Span:
    """Return one span of the pieces of a mark, which only white space may part; raises InputError else."""
    ordered = sorted(pieces)
    for left, right in pairwise(ordered):
        if text[left.end : right.start].strip() or right.start < left.end:
            raise InputError("a mention in several parts; mark one stretch of text")
    return Span(ordered[0].start, ordered[-1].end)


def norms_from(shown: list[tuple[str, str]], noted: Any, holds: list[tuple[str, str]]) -> tuple[Norm, ...]:
    """Return a mark's norms: the noted ones while those shown are as they were written (`holds`), else those shown."""
    if noted is not None and shown == holds:
        return tuple(Norm(n["id"], n["name"], n["why"]) for n in noted)
    return tuple(Norm(ident, name) for ident, name in shown)


def norm_rows(norms: Iterable[Norm]) -> list[Row]:
    """Return norms as JSON."""
    return [{"id": n.id, "name": n.name, "why": n.why} for n in norms]
