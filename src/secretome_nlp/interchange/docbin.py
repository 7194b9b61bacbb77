"""spaCy DocBin: each mention a span in `doc.spans["secretome"]`, all else in `doc.user_data["secretome"]`.

The words are the project's own (`secretome_nlp.Words.v1`). A span is of whole words; the exact offsets of a mention
that begins or ends within one stand in its row in `user_data`. The outermost mentions are entities too (`doc.ents`), so
that the file can train an entity recogniser as it is; on the way back the spans alone count. Docs of the project's
pipeline that were put into a DocBin with `store_user_data=True` are read too.
"""

from __future__ import annotations

import gc
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from secretome_nlp import components, doc_state
from secretome_nlp.errors import InputError
from secretome_nlp.interchange import output
from secretome_nlp.interchange.document import Annotated, Link, Mark, assembled, rest_of
from secretome_nlp.rows import Row
from secretome_nlp.segment import sentences
from secretome_nlp.tokenizer import WordTokenizer
from secretome_nlp.types import Failure, FoundBy, Mention, Norm

OWN = components.SPANS
ATTRIBUTES = ["ORTH", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"]
#: A file that unpacks to more than this is refused.
MOST_BYTES = 1_000_000_000
_STEP = 1 << 20


def dump(documents: Iterable[Annotated]) -> bytes:
    """Return a DocBin as bytes; the same documents give the same bytes.

    Raises InputError, with the document, where spaCy cannot hold a text.
    """
    tokenizer = WordTokenizer(Vocab())
    bin_ = DocBin(attrs=ATTRIBUTES, store_user_data=True)
    for d in documents:
        bin_.add(_doc(tokenizer, d))
    return bytes(bin_.to_bytes())


def _doc(tokenizer: WordTokenizer, d: Annotated) -> Doc:
    doc = tokenizer(d.text)
    begins = {s.start for s in d.sentences} | {s.end for s in d.sentences}
    last = 0
    for token in doc:
        # A sentence begins at its first word, and what no sentence holds begins where one ends.
        token.is_sent_start = token.i == 0 or any(at in begins for at in range(last + 1, token.idx + 1))
        last = token.idx
    spans = components.as_spans(doc, tuple(map(_bare, d.marks)))
    for span, m in zip(spans, d.marks, strict=True):
        span.kb_id_ = m.norm[0].id if m.norm else ""
    doc.spans[OWN] = spans
    doc.set_ents(components.top_spans(doc))
    doc.user_data[OWN] = {
        "mentions": [asdict(m) for m in d.marks],
        "relations": [asdict(link) for link in d.links],
        "document": rest_of(d),
    }
    return doc


def load(path: Path) -> Iterator[Annotated | Failure]:
    """Yield the documents of a `.spacy` file; one that does not hold yields a Failure.

    Raises InputError where the file is no DocBin.
    """
    for number, doc in enumerate(_docs(path), 1):
        name = f"doc-{number}"
        try:
            yield _document(name, doc)
        except InputError as error:
            yield Failure(str(path), name, str(error))


def _docs(path: Path) -> list[Doc]:
    doc_state.set_up_extension()
    try:
        data = path.read_bytes()
        if _size(data) > MOST_BYTES:
            raise InputError(f"{path}: unpacks to more than {MOST_BYTES:,} bytes; split it")
        return list(DocBin().from_bytes(data).get_docs(Vocab()))
    except InputError:
        raise
    except Exception as error:  # spaCy checks nothing: a broken file may fail anywhere in it
        reason = f"{type(error).__name__}: {error}".split("\n")[0]
        raise InputError(f"{path}: cannot be read as a spaCy DocBin ({reason[:200]}); make it again") from error
    finally:
        gc.enable()  # srsly leaves it off where it fails


def _size(data: bytes) -> int:
    """Return how much a file unpacks to, or, of one that is too large, a size that tells so."""
    unpacked, size = zlib.decompressobj(), 0
    while data and size <= MOST_BYTES and not unpacked.eof:
        size += len(unpacked.decompress(data, _STEP))
        data = unpacked.unconsumed_tail
    return size


def _document(name: str, doc: Doc) -> Annotated:
    try:
        own, found = _plain(doc.user_data.get(OWN)), _plain(doc._.secretome)
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"doc.user_data[{OWN!r}] holds more than JSON can ({error}); convert it again") from error
    if own is None and found is not None:
        return output.from_rows(found)
    if OWN not in doc.spans and (doc.ents or len(doc.spans)) and own is None:
        raise InputError(f"no spans in doc.spans[{OWN!r}]; put the mentions there")
    text = doc.text
    own = own or {
        "mentions": [],
        "relations": [],
        "document": {
            "doc_id": name, "form": "own", "sentences": sentences.find(text), "records": [], "about": {},
        },
    }  # fmt: skip
    try:
        rows = {row["id"]: row for row in own["mentions"]}
        marks = _marks(doc, rows)
        links = [Link(**row) for row in own["relations"]]
        return assembled(own["document"], text, marks, links)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"doc.user_data[{OWN!r}] does not hold ({error!r}); convert the document again") from error


def _marks(doc: Doc, rows: dict[str, Row]) -> list[Mark]:
    """Return the marks of the spans: where a span is as its row says, with the row's exact offsets."""
    spans = list(doc.spans.get(OWN, ()))
    given = {str(span.id_) for span in spans}
    noted = [m for m in (_mark(row) for row in rows.values()) if 0 <= m.start < m.end <= len(doc.text)]
    whole = {
        m.id: (s.start, s.end) for m, s in zip(noted, components.as_spans(doc, tuple(map(_bare, noted))), strict=True)
    }
    exact = {m.id: m for m in noted}
    marks, number = [], 0
    for span in spans:
        ident = str(span.id_)
        while not ident:
            number += 1
            ident = "" if f"T{number}" in given else f"T{number}"
        old = exact.get(ident)
        if old is not None and whole[ident] == (span.start, span.end) and old.type == span.label_:
            marks.append(old)
            continue
        row = rows.get(ident, {})
        moved = {"id": ident, "start": span.start_char, "end": span.end_char, "type": span.label_}
        norm = [{"id": span.kb_id_, "name": ""}] if span.kb_id_ else []
        marks.append(_mark({"norm": norm, **row, **moved}))
    return marks


def _mark(row: Row) -> Mark:
    return Mark(**{**row, "norm": tuple(Norm(**n) for n in row["norm"])})


def _bare(m: Mark) -> Mention:
    """Return a mark as the mention that a span is made of."""
    return Mention(m.id, m.start, m.end, "", m.type, FoundBy("model", output.BY_HAND))


def _plain(value: Any) -> Any:
    """Return a value with lists for the tuples that msgpack makes of them."""
    return None if value is None else json.loads(json.dumps(value))
