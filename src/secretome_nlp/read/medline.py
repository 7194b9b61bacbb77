"""MEDLINE format (`.nbib`, PubMed's "PubMed" export): tagged lines, continued by indentation.

Format: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secretome_nlp.read.decode import decode_line
from secretome_nlp.read.section_kinds import TextBuilder, kind_of
from secretome_nlp.read.source import MAX_CHARACTERS, READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Bibliography, Failure, RawDocument

NAME = "medline"
START = re.compile(rb"(?:^|\n)(?:PMID|OWN |TI  |STAT)- ")
FIELD = re.compile(r"([A-Z][A-Z0-9 ]{1,3})- ?(.*)")
LABEL = re.compile(r"(?:(?<=^)|(?<=[.?!)] ))([A-Z][A-Z /&,-]{3,60}): (?=\S)")
MAX_LINE = 4_000_000


def detect(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is in MEDLINE format."""
    del name
    return len(START.findall(head.replace(b"\r\n", b"\n"))) >= 2


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the file's records one by one; a record without title and abstract is a Failure."""
    record, number = _Record(), 0
    try:
        while line := stream.readline(MAX_LINE):
            text = decode_line(line.removeprefix(b"\xef\xbb\xbf")).rstrip("\r\n")
            field = FIELD.match(text)
            if not text.strip() or (field and field[1] == "PMID" and "PMID" in record.fields):
                if record.fields:
                    number += 1
                    yield record.document(source, number)
                record = _Record()
            if field:
                record.begin(field[1].strip(), field[2].strip())
            elif text.startswith(" "):
                record.go_on(text.strip())
    except READ_ERRORS as error:
        yield Failure(source.path, None, f"the file ends or is damaged after record {number}: {error}")
    if record.fields:
        yield record.document(source, number + 1)


class _Record:
    """A record on its way: tags and their values, each in the lines that it came in."""

    def __init__(self) -> None:
        self.fields: dict[str, list[list[str]]] = {}
        self._last: list[str] | None = None
        self._length = 0

    def begin(self, tag: str, value: str) -> None:
        """Begin a field."""
        self._last = []
        self.fields.setdefault(tag, []).append(self._last)
        self.go_on(value)

    def go_on(self, value: str) -> None:
        """Add a line to the field that was begun last; beyond what a document may hold, lines are only counted."""
        self._length += len(value) + 1
        if self._last is not None and self._length <= MAX_CHARACTERS:
            self._last.append(value)

    def document(self, source: Source, number: int) -> RawDocument | Failure:
        """Return the document, or why there is none."""
        if self._length > MAX_CHARACTERS:
            return Failure(
                source.path, None, f"record {number} is too long: over {MAX_CHARACTERS:,} characters; split it"
            )
        fields = {tag: [" ".join(lines) for lines in values] for tag, values in self.fields.items()}
        return document_of(fields, source, number)


def document_of(fields: dict[str, list[str]], source: Source, number: int) -> RawDocument | Failure:
    """Make a document of one record's fields, or say why not."""
    first = {tag: values[0] for tag, values in fields.items()}
    pmid = first.get("PMID", "").split(" ")[0]
    doc_id = pmid or f"{source.stem}-{number}"
    builder = TextBuilder()
    title = first.get("TI") or first.get("BTI") or ""
    builder.add(title, "title")
    for label, kind, text in labelled(first.get("AB", "")):
        builder.add(text, kind, label)
    if not builder.text:
        return Failure(source.path, doc_id, "the record has neither title (TI) nor abstract (AB)")
    identifiers = fields.get("LID", []) + fields.get("AID", [])
    dois = [value.removesuffix("[doi]").strip() for value in identifiers if value.endswith("[doi]")]
    year = re.match(r"\d{4}", first.get("DP", ""))
    author = first.get("FAU", "").split(",")[0] or first.get("AU", "").rsplit(" ", 1)[0] or None
    return RawDocument(
        doc_id=doc_id, path=source.path, format=NAME, title=title, text=builder.text, markup="structured",
        sections=tuple(builder.sections),
        bibliography=Bibliography(
            pmid=pmid or None, doi=dois[0] if dois else None, year=int(year.group()) if year else None,
            first_author=author, journal=first.get("TA") or first.get("JT"),
        ),
    )  # fmt: skip


def labelled(abstract: str) -> Iterator[tuple[str, str, str]]:
    """Split an abstract at its capital labels ("METHODS: ..."); yield (label, kind, text)."""
    marks = list(LABEL.finditer(abstract))
    starts = [m.start() for m in marks] + [len(abstract)]
    if abstract[: starts[0]].strip():
        yield "", "abstract", abstract[: starts[0]].strip()
    for mark, end in zip(marks, starts[1:], strict=True):
        yield mark[1], kind_of(mark[1], "abstract"), abstract[mark.end() : end].strip()
