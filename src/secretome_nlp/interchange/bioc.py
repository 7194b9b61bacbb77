"""BioC JSON: a collection of documents, their annotations and relations.

Format: https://bioc.sourceforge.net and its JSON form. A document is written as one passage that holds the whole
text, so that nothing between passages is lost; offsets and lengths count code points. Type, kind, value, direction and
the two flags are infons of their own, ids are `identifier`; the infon `secretome` holds as JSON what those do not.
Collections of other tools are read too: passages are put at their offsets, line ends between them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from secretome_nlp.errors import InputError
from secretome_nlp.interchange.document import (
    Annotated,
    Link,
    Mark,
    assembled,
    joined,
    norm_rows,
    norms_from,
    rest_of,
    same_words,
)  # fmt: skip
from secretome_nlp.rows import Row
from secretome_nlp.segment import sentences
from secretome_nlp.types import Failure, Norm, Span

OWN = "secretome"
FLAG = "true"
#: Passages may stand far apart; a gap longer than this is a fault of the file.
WIDEST_GAP = 10_000


class _Location(BaseModel):
    offset: int
    length: int


class _Annotation(BaseModel):
    id: str | int
    infons: dict[str, Any] = {}
    text: str | None = None
    locations: list[_Location]


class _Node(BaseModel):
    refid: str | int
    role: str = ""


class _Relation(BaseModel):
    id: str | int
    infons: dict[str, Any] = {}
    nodes: list[_Node]


class _Piece(BaseModel):
    """A passage or a sentence."""

    offset: int
    text: str | None = None
    sentences: list[_Piece] = []
    annotations: list[_Annotation] = []
    relations: list[_Relation] = []


class _Document(BaseModel):
    id: str | int
    infons: dict[str, Any] = {}
    passages: list[_Piece] = []
    annotations: list[_Annotation] = []
    relations: list[_Relation] = []


def dump(documents: Iterable[Annotated]) -> bytes:
    """Return a BioC JSON collection; the same documents give the same bytes."""
    collection = {
        "source": "secretome-nlp",
        "date": "",
        "key": "docs/interchange.md",
        "infons": {},
        "documents": [_document_row(d) for d in documents],
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _document_row(d: Annotated) -> Row:
    passage = {
        "offset": 0,
        "infons": {"type": "document"},
        "text": d.text,
        "sentences": [],
        "annotations": [_annotation_row(m, d.text) for m in d.marks],
        "relations": [_relation_row(link) for link in d.links],
    }
    infons = {OWN: _json(rest_of(d))}
    return {"id": d.doc_id, "infons": infons, "passages": [passage], "annotations": [], "relations": []}


def _annotation_row(m: Mark, text: str) -> Row:
    infons = {"type": m.type, **_flags(m)}
    infons |= {k: v for k, v in (("kind", m.kind), ("value", m.value)) if v is not None}
    if m.norm:
        infons["identifier"] = ";".join(n.id for n in m.norm)
    bare = all(not n.name and not n.why and n.id and ";" not in n.id for n in m.norm)
    own = _own(m, {} if bare else {"norm": norm_rows(m.norm)})
    return {
        "id": m.id,
        "infons": {**infons, **own},
        "text": text[m.start : m.end],
        "locations": [{"offset": m.start, "length": m.end - m.start}],
    }


def _relation_row(link: Link) -> Row:
    infons = {"type": link.type, **_flags(link), **_own(link, {})}
    if link.direction is not None:
        infons["direction"] = link.direction
    nodes = [{"refid": link.head, "role": "head"}, {"refid": link.tail, "role": "tail"}]
    return {"id": link.id, "infons": infons, "nodes": nodes}


def _flags(thing: Mark | Link) -> Row:
    return {flag: FLAG for flag in ("negated", "hedged") if getattr(thing, flag)}


def _own(thing: Mark | Link, own: Row) -> Row:
    if thing.sentence is not None:
        own["sentence"] = thing.sentence
    if thing.extra:
        own["extra"] = thing.extra
    return {OWN: _json(own)} if own else {}


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)


def load(path: Path) -> Iterator[Annotated | Failure]:
    """Yield the documents of a BioC JSON file; one that does not hold yields a Failure.

    Raises InputError where the file is no BioC JSON at all.
    """
    try:
        collection = json.loads(path.read_text(encoding="utf-8-sig"))
        rows = collection["documents"]
        if not isinstance(rows, list):
            raise TypeError("documents is no list")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path}: cannot be read as a BioC JSON collection ({error}); restore the file") from error
    for number, row in enumerate(rows, 1):
        name = str(row.get("id", number)) if isinstance(row, dict) else str(number)
        try:
            yield _document(_Document.model_validate(row))
        except ValidationError as error:
            first = error.errors()[0]
            yield Failure(str(path), name, f"{'.'.join(map(str, first['loc']))}: {first['msg'].lower()}")
        except InputError as error:
            yield Failure(str(path), name, str(error))


def _document(d: _Document) -> Annotated:
    text = _text(d.passages)
    pieces = [p for passage in d.passages for p in (passage, *passage.sentences)]
    marks = [_mark(a, text) for a in (*d.annotations, *(a for p in pieces for a in p.annotations))]
    links = [_link(r) for r in (*d.relations, *(r for p in pieces for r in p.relations))]
    rest = _owned(d.infons, "document")
    if not rest:
        rest = {"doc_id": str(d.id), "form": "own", "sentences": sentences.find(text), "records": [], "about": {}}
    return assembled({**rest, "doc_id": str(d.id)}, text, marks, links)


def _text(passages: list[_Piece]) -> str:
    """Return the text of all passages, each at its offset; raises InputError where they overlap."""
    found, size = [], 0
    for piece in (p for passage in passages for p in ([passage] if passage.text is not None else passage.sentences)):
        gap = piece.offset - size
        if not 0 <= gap <= WIDEST_GAP:
            raise InputError(
                f"the passage at {piece.offset} does not follow one that ends at {size}; count code points"
            )
        found += ["\n" * gap, piece.text or ""]
        size = piece.offset + len(piece.text or "")
    return "".join(found)


def _mark(a: _Annotation, text: str) -> Mark:
    if not a.locations:
        raise InputError(f"annotation {a.id}: no location")
    places = [Span(x.offset, x.offset + x.length) for x in a.locations]
    try:
        span = joined(places, text)
    except InputError as error:
        raise InputError(f"annotation {a.id}: {error}") from error
    surface = text[max(span.start, 0) : span.end]
    if len(places) == 1 and a.text is not None and not same_words(surface, a.text):
        raise InputError(
            f"annotation {a.id}: {a.text!r} is not what stands at {span.start}, {surface!r}; offsets count code points"
        )
    own = _owned(a.infons, f"annotation {a.id}")
    noted = own.get("norm")
    ids = [(i, "") for i in str(a.infons.get("identifier") or "").split(";") if i]
    try:
        joined_ids = ";".join(n["id"] for n in noted or ())
        shown = [] if noted is None else [(i, "") for i in joined_ids.split(";") if i]
        norm: tuple[Norm, ...] = norms_from(ids, noted, shown)
    except (KeyError, TypeError) as error:
        raise InputError(f"annotation {a.id}: the infon {OWN!r} does not hold ({error!r}); delete it") from error
    return Mark(
        str(a.id), span.start, span.end, str(a.infons.get("type", "")), _word(a.infons, "kind"),
        _word(a.infons, "value"), norm, _is(a.infons, "negated"), _is(a.infons, "hedged"), own.get("sentence"),
        own.get("extra", {}),
    )  # fmt: skip


def _link(r: _Relation) -> Link:
    if len(r.nodes) != 2:
        raise InputError(f"relation {r.id}: {len(r.nodes)} nodes; give two, with the roles head and tail")
    head, tail = r.nodes if r.nodes[0].role != "tail" else r.nodes[::-1]
    own = _owned(r.infons, f"relation {r.id}")
    return Link(
        str(r.id), str(r.infons.get("type", "")), str(head.refid), str(tail.refid), _word(r.infons, "direction"),
        _is(r.infons, "negated"), _is(r.infons, "hedged"), own.get("sentence"), own.get("extra", {}),
    )  # fmt: skip


def _word(infons: Row, name: str) -> str | None:
    value = infons.get(name)
    return None if value is None else str(value)


def _is(infons: Row, name: str) -> bool:
    return str(infons.get(name, "")).lower() == FLAG


def _owned(infons: Row, what: str) -> Row:
    try:
        own = json.loads(infons.get(OWN, "{}"))
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"{what}: the infon {OWN!r} is not JSON ({error}); restore or delete it") from error
    if not isinstance(own, dict) or not isinstance(own.get("extra", {}), dict):
        raise InputError(f"{what}: the infon {OWN!r} is no JSON object; restore or delete it")
    return own
