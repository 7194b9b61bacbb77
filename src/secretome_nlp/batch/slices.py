"""Files of many records, cut into raw records without parsing them: PubMed XML and JSON Lines.

A raw record is the bytes of one citation or line. Cutting costs little more than decompression, so a shard in the
middle of a file is reached by reading over what stands before it, and the gate decides on bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lxml import etree

from secretome_nlp.read import jsonl, pubmed
from secretome_nlp.read.decode import encoding_of
from secretome_nlp.read.registry import format_of
from secretome_nlp.read.safe_xml import elements, one_line
from secretome_nlp.read.source import MAX_BYTES, READ_ERRORS, ByteStream, Source, head_of, opened
from secretome_nlp.types import Failure, RawDocument

BLOCK = 1 << 20
CLOSE = b"</PubmedArticle>"
ENCODING = re.compile(rb"<\?xml[^>]*encoding=['\"]([^'\"]+)")
DELETED, DELETED_END = b"<DeleteCitation>", b"</DeleteCitation>"
#: NLM's named characters are defined in a DTD that is not fetched; that one is declared keeps them well-formed.
PROLOGUE = b'<!DOCTYPE PubmedArticleSet SYSTEM "none"><PubmedArticleSet>'
EPILOGUE = b"</PubmedArticleSet>"


def sliceable(path: str) -> str | None:
    """Return the format of a file that can be cut into raw records (`pubmed` or `jsonl`), else None."""
    try:
        with opened(path) as stream:
            head = head_of(stream)
    except READ_ERRORS:
        return None
    if not head or encoding_of(head) not in (None, "utf-8-sig"):
        return None
    name = format_of(head, Path(path).name).name
    if name == pubmed.NAME:
        declared = ENCODING.search(head)
        utf8 = declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")
        return name if utf8 and b"<PubmedBookArticle" not in head else None
    return name if name == jsonl.NAME else None


def raw_records(stream: ByteStream, form: str) -> Iterator[bytes]:
    """Yield the raw records of a file in order.

    Raises what READ_ERRORS lists where the file is cut off or damaged, and ValueError for a record without end.
    """
    if form == jsonl.NAME:
        yield from (b"" if line is None else line for line in jsonl.lines(stream))
        return
    rest = b""
    while block := stream.read(BLOCK):
        rest += block
        at = 0
        while (end := rest.find(CLOSE, at)) >= 0:
            end += len(CLOSE)
            yield rest[at:end]
            at = end
        rest = rest[at:]
        if len(rest) > MAX_BYTES:
            raise ValueError(f"a record of over {MAX_BYTES // 1_000_000} MB; the file is no PubMed XML")
    if DELETED in rest:
        yield rest


def deleted_ids(raw: bytes) -> tuple[str, ...] | None:
    """Return the PMIDs of a `DeleteCitation` block, None where the raw record is a citation."""
    if DELETED not in raw or CLOSE in raw:
        return None
    block = raw[raw.index(DELETED) + len(DELETED) :].split(DELETED_END)[0]
    return tuple(part.split(b">")[1].split(b"<")[0].strip().decode() for part in block.split(b"<PMID")[1:])


def record_id(raw: bytes, form: str) -> str:
    """Return the PMID of a raw citation without parsing it; "" where there is none or the record is a line."""
    if form != pubmed.NAME:
        return ""
    start = raw.find(b"<PMID")
    end = raw.find(b"</PMID>", start)
    return raw[raw.find(b">", start) + 1 : end].strip().decode("ascii", "replace") if 0 <= start < end else ""


def document_of(raw: bytes, form: str, source: Source, number: int) -> RawDocument | Failure | None:
    """Parse one raw record; None for an empty line. `number` counts records of the file from 1."""
    if form == jsonl.NAME:
        return jsonl.document_of(raw, source, number) if raw.strip() else None
    start = raw.find(b"<PubmedArticle")
    stream: ByteStream = BytesIO(PROLOGUE + raw[start:] + EPILOGUE)  # type: ignore[assignment]
    try:
        for article in elements(stream, pubmed.TAGS):
            return pubmed.document_of(article, source, number)
    except etree.XMLSyntaxError as error:
        return Failure(source.path, f"{source.stem}-{number}", f"record {number} is not XML: {one_line(error)}")
    return Failure(source.path, f"{source.stem}-{number}", f"record {number} holds no citation")
