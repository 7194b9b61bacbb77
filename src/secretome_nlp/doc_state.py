"""What the stages know of a `Doc`: rows for everybody else, and beside them the objects that the rows stand for.

`doc._.secretome` is a dictionary of the contract's rows (ids and offsets, no objects), so that a Doc can be pickled,
stored in a DocBin and passed between processes. Each stage needs the objects, so those of the last stage are kept
until somebody asks for the rows, who may change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from spacy.tokens import Doc

from secretome_nlp.rows import Row, annotations_from, document_row, rows_of
from secretome_nlp.types import Annotations, Document, Section

PARTS = ("documents", "mentions", "relations", "abbreviations", "cues", "records")
#: Where spaCy keeps the value of an extension among a Doc's data, and DocBin looks for it.
_PLACE = ("._.", "secretome", None, None)

Rows = dict[str, list[Row]]
#: The rows of a Doc, as proof that nobody put others in their place, and what they stand for.
_kept: WeakKeyDictionary[Doc, tuple[Rows, Annotations]] = WeakKeyDictionary()


def _data(doc: Doc) -> dict[Any, Any]:
    return doc.user_data


def set_up_extension() -> None:
    """Register `doc._.secretome`; safe to call again."""
    if not Doc.has_extension("secretome"):
        Doc.set_extension("secretome", getter=_hand_out, setter=_put)


def _hand_out(doc: Doc) -> Rows | None:
    _kept.pop(doc, None)
    rows: Rows | None = _data(doc).get(_PLACE)
    return rows


def _put(doc: Doc, rows: Rows) -> None:
    _kept.pop(doc, None)
    _data(doc)[_PLACE] = rows


def set_document(doc: Doc, document: Document) -> None:
    """Tell a Doc which document it is; its text must be the document's text."""
    set_up_extension()
    rows: Rows = {**{part: [] for part in PARTS}, "documents": [document_row(document)]}
    _put(doc, rows)
    _kept[doc] = (rows, Annotations(document))


def rows_in(doc: Doc) -> Rows:
    """Return the rows of a Doc, which the caller does not change; a Doc that is told nothing is its own document."""
    if _PLACE not in _data(doc):
        text = doc.text
        set_document(doc, Document("text", "", "text", "", text, (Section("", "body", 0, len(text)),)))
    rows: Rows = _data(doc)[_PLACE]
    return rows


def get_annotations(doc: Doc) -> Annotations:
    """Return what the pipeline found in a Doc."""
    rows = rows_in(doc)
    known = _kept.get(doc)
    if known is None or known[0] is not rows:
        known = _kept[doc] = (rows, annotations_from(rows))
    return known[1]


def store(doc: Doc, **parts: Iterable[Any]) -> None:
    """Put results of a stage into a Doc, by the name of the part that they are."""
    things = {part: tuple(found) for part, found in parts.items()}
    changes: dict[str, Any] = dict(things)
    whole = replace(get_annotations(doc), **changes)
    doc_id = whole.document.doc_id
    rows = {**rows_in(doc), **{part: rows_of(part, found, doc_id) for part, found in things.items()}}
    _data(doc)[_PLACE] = rows
    _kept[doc] = (rows, whole)


def store_document(doc: Doc, document: Document) -> None:
    """Put a document of which more is known now in the place of the one that a Doc has."""
    rows = {**rows_in(doc), "documents": [document_row(document)]}
    whole = replace(get_annotations(doc), document=document)
    _data(doc)[_PLACE] = rows
    _kept[doc] = (rows, whole)


def store_rows(doc: Doc, more: Mapping[str, list[Row]]) -> None:
    """Put rows that stand for no part of the annotations beside the others."""
    whole = get_annotations(doc)
    rows = {**rows_in(doc), **more}
    _data(doc)[_PLACE] = rows
    _kept[doc] = (rows, whole)
