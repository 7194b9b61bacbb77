"""Files cut into the raw records of their documents, so that a corpus can take some of a file and leave others."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from secretome_nlp.batch import slices
from secretome_nlp.fetch.pubmed import article_set
from secretome_nlp.read import jsonl, medline, pubmed, read_source
from secretome_nlp.read.registry import format_of
from secretome_nlp.read.source import READ_ERRORS, ByteStream, Source, head_of, opened
from secretome_nlp.types import Failure, RawDocument


@dataclass(frozen=True, slots=True)
class Piece:
    """A document of a file, or why there is none; `place` is its place among the file's raw records."""

    place: int
    found: RawDocument | Failure


def form_of(path: str) -> str | None:
    """Return the format of a file that can be cut, None for any other."""
    if (form := slices.sliceable(path)) is not None:
        return form
    try:
        with opened(path) as stream:
            head = head_of(stream)
    except READ_ERRORS:
        return None
    return medline.NAME if head and format_of(head, Path(path).name).name == medline.NAME else None


def pieces(source: Source) -> Iterator[Piece]:
    """Yield the documents of a file in order, as `read_source` gives them."""
    form = form_of(source.path)
    if form is None or form == medline.NAME:
        yield from (Piece(place, found) for place, found in enumerate(read_source(source)))
        return
    place = -1
    try:
        with opened(source.path) as stream:
            for place, raw in enumerate(slices.raw_records(stream, form)):
                found = None
                if slices.deleted_ids(raw) is None:
                    found = slices.document_of(raw, form, source, place + 1)
                if found is not None:
                    yield Piece(place, found)
    except (*READ_ERRORS, ValueError) as error:
        reason = f"the file is damaged or cut off after record {place + 1}: {error}"
        yield Piece(place + 1, Failure(source.path, None, reason))
    if place < 0:
        yield from (Piece(number, found) for number, found in enumerate(read_source(source)))


def cut(path: str, form: str, places: Sequence[int]) -> bytes:
    """Return a file of the same format that holds only the raw records at `places`, gzipped if it was.

    Raises what READ_ERRORS lists.
    """
    wanted = set(places)
    with opened(path) as stream:
        zipped = isinstance(stream, gzip.GzipFile)
        records = (raw for place, raw in enumerate(_raw(stream, form)) if place in wanted)
        if form == pubmed.NAME:
            body = article_set([raw[raw.find(b"<PubmedArticle") :] for raw in records])
        elif form == jsonl.NAME:
            body = b"".join(raw.rstrip(b"\r\n") + b"\n" for raw in records)
        else:
            body = b"\n".join(raw.strip(b"\r\n") + b"\n" for raw in records)
    return gzip.compress(body, 6, mtime=0) if zipped else body


def _raw(stream: ByteStream, form: str) -> Iterator[bytes]:
    if form != medline.NAME:
        yield from slices.raw_records(stream, form)
        return
    record = b""
    while line := stream.readline(medline.MAX_LINE):
        starts = line.removeprefix(b"\xef\xbb\xbf").startswith(b"PMID-")
        if not line.strip() or (starts and b"PMID-" in record):
            if record.strip():
                yield record
            record = b""
        record += line
    if record.strip():
        yield record
