"""JSON Lines: `{"id", "title", "abstract"}` or `{"id", "text"}`, one object a line.

The text is exactly `title + "\\n\\n" + abstract`, or `text`: nothing added, dropped or changed, so that
offsets can be checked from outside. (Half a surrogate pair, which no UTF-8 file can hold, becomes U+FFFD.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from secretome_nlp.read.decode import NotTextError, decode, decode_line, encoding_of
from secretome_nlp.read.source import MAX_BYTES, MAX_CHARACTERS, MAX_SKIPPED, READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Bibliography, Failure, RawDocument, Section

NAME = "jsonl"
HALF_PAIR = re.compile("[\ud800-\udfff]")


def detect(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` holds JSON objects, one a line."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if encoding_of(head) in ("utf-16", "utf-32"):
        start = decode_loosely(head).lstrip().encode()
    if name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return True
    return re.match(rb'\{\s*"', start) is not None


def decode_loosely(head: bytes) -> str:
    """Decode the start of a marked file, leaving out a character cut in half at its end."""
    return head.decode(encoding_of(head) or "utf-8", "ignore").lstrip("\ufeff")


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield one document a line; a bad line gives a Failure that names it, and the next is read."""
    number = 0
    try:
        for number, line in enumerate(lines(stream), start=1):
            if line is None:
                yield Failure(source.path, None, f"line {number} is longer than {MAX_BYTES // 1_000_000} MB")
            elif line.strip():
                yield document_of(line, source, number)
    except READ_ERRORS as error:
        yield Failure(source.path, None, f"the file ends or is damaged after line {number}: {error}")
    except NotTextError as error:
        yield Failure(source.path, None, str(error))


def lines(stream: ByteStream) -> Iterator[bytes | None]:
    """Yield the lines of the stream as bytes; None for one that is too long, which is read over, not kept."""
    mark = encoding_of(stream.peek(4)[:4])
    if mark in ("utf-16", "utf-32"):
        yield from (line.encode() for line in decode(stream.read(MAX_SKIPPED)).split("\n"))
        return
    first = True
    while line := stream.readline(MAX_BYTES):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if len(line) < MAX_BYTES or line.endswith(b"\n"):
            yield line
            continue
        skipped = len(line)
        while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
            skipped += len(more)
            if skipped > MAX_SKIPPED:
                raise OSError(f"one line goes on for over {MAX_SKIPPED // 1_000_000} MB")
        yield None


def document_of(line: bytes, source: Source, number: int) -> RawDocument | Failure:
    """Make a document of one line, or say why not."""
    try:
        row = json.loads(decode_line(line))
    except (ValueError, RecursionError) as error:
        return Failure(source.path, None, f"line {number} is not JSON: {str(error).splitlines()[0][:120]}")
    if not isinstance(row, dict):
        return Failure(source.path, None, f"line {number} is not a JSON object with an id and a text")
    doc_id = row.get("id")
    if isinstance(doc_id, bool) or not isinstance(doc_id, str | int) or doc_id == "":
        return Failure(source.path, None, f'line {number} has no "id" (a string or a whole number)')
    return _from_row(row, HALF_PAIR.sub("\ufffd", str(doc_id)), source, number)


def _from_row(row: dict[str, Any], doc_id: str, source: Source, number: int) -> RawDocument | Failure:
    """Make a document of a row whose id is sound."""
    parts = {key: "" if row.get(key) is None else row[key] for key in ("title", "abstract", "text")}
    wrong = sorted(key for key, value in parts.items() if not isinstance(value, str))
    if wrong:
        return Failure(source.path, doc_id, f'line {number}: "{wrong[0]}" is not a string')
    title, abstract, text = (HALF_PAIR.sub("\ufffd", parts[key]) for key in ("title", "abstract", "text"))
    sections: tuple[Section, ...]
    if "abstract" in row or "text" not in row:
        text = f"{title}\n\n{abstract}"
        spans = (("title", 0, len(title)), ("abstract", len(title) + 2, len(text)))
        sections = tuple(Section("", kind, start, end) for kind, start, end in spans if end > start)
    else:
        sections = (Section("", "body", 0, len(text)),) if text else ()
    if not text.strip():
        return Failure(source.path, doc_id, f"line {number} has no text: give title and abstract, or text")
    if len(text) > MAX_CHARACTERS:
        return Failure(source.path, doc_id, f"line {number}: over {MAX_CHARACTERS:,} characters; split it")
    return RawDocument(doc_id, source.path, NAME, title, text, "structured", sections, bibliography=_bibliography(row))


def _bibliography(row: dict[str, Any]) -> Bibliography:
    """Take what the row says of the paper; an id of digits alone, as long as a PMID, is one."""
    given = {key: row.get(key) for key in ("pmid", "doi", "year", "journal")}
    identity = str(row["id"])
    pmid = given["pmid"] or (identity if re.fullmatch(r"\d{5,8}", identity) else None)
    doi = given["doi"] or (identity if re.match(r"10\.\d{4,}/\S+\Z", identity) else None)
    year = re.fullmatch(r"\d{4}", str(given["year"]))
    authors = row.get("authors")
    author = row.get("first_author") or (authors[0] if isinstance(authors, list) and authors else None)
    return Bibliography(
        pmid=str(pmid) if isinstance(pmid, str | int) and pmid else None,
        doi=doi if isinstance(doi, str) else None,
        year=int(year.group()) if year else None,
        first_author=author if isinstance(author, str) else None,
        journal=given["journal"] if isinstance(given["journal"], str) else None,
    )
