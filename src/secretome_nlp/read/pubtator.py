"""PubTator: `PMID|t|title`, `PMID|a|abstract`, then annotations; a blank line ends a document.

Only title and abstract are text: other tools' annotations are read over. Labels of structured abstracts, which
PubTator leaves in the running text ("METHODS: ..."), are found when the text is cleaned.
Format: https://www.ncbi.nlm.nih.gov/research/pubtator3/tutorial (PubTator format)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secretome_nlp.read.decode import decode_line
from secretome_nlp.read.section_kinds import TextBuilder
from secretome_nlp.read.source import MAX_CHARACTERS, READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Bibliography, Failure, RawDocument

NAME = "pubtator"
START = re.compile(rb"\s*[\w.:-]{1,40}\|t\|")
PART = re.compile(r"([\w.:-]{1,40})\|([ta])\|(.*)", re.DOTALL)
PMID = re.compile(r"\d{1,8}\Z")


def detect(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is in PubTator format."""
    del name
    return START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the documents of the file one by one; a line that is too long costs its own document only."""
    doc_id, parts, number = "", dict[str, str](), 0
    try:
        while line := stream.readline(MAX_CHARACTERS):
            number += 1
            text = decode_line(line.removeprefix(b"\xef\xbb\xbf")).strip()
            part = PART.match(text)
            if part is None and (text or not parts):
                continue
            if parts and (part is None or part[1] != doc_id or part[2] in parts):
                yield document_of(doc_id, parts, source)
                parts = {}
            if part is not None:
                doc_id = part[1]
                cut = not line.endswith(b"\n") and len(line) == MAX_CHARACTERS
                parts[part[2]] = "" if cut else part[3].strip()
                if cut:
                    _pass_over(stream)
                    yield Failure(source.path, doc_id, f"line {number} is over {MAX_CHARACTERS:,} bytes; left out")
    except READ_ERRORS as error:
        yield Failure(source.path, None, f"the file ends or is damaged after line {number}: {error}")
    if parts:
        yield document_of(doc_id, parts, source)


def _pass_over(stream: ByteStream) -> None:
    """Read to the end of a line that is too long, keeping nothing."""
    while (more := stream.readline(MAX_CHARACTERS)) and not more.endswith(b"\n"):
        pass


def document_of(doc_id: str, parts: dict[str, str], source: Source) -> RawDocument | Failure:
    """Make a document of a title (`t`) and an abstract (`a`), or say why not."""
    builder = TextBuilder()
    title = parts.get("t", "")
    builder.add(title, "title")
    builder.add(parts.get("a", ""), "abstract")
    if not builder.text:
        return Failure(source.path, doc_id, "the document has neither title (|t|) nor abstract (|a|)")
    return RawDocument(
        doc_id=doc_id, path=source.path, format=NAME, title=title, text=builder.text, markup="structured",
        sections=tuple(builder.sections), bibliography=Bibliography(pmid=doc_id if PMID.match(doc_id) else None),
    )  # fmt: skip
