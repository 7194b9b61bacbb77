"""Markdown, recognised by its marks: headings, emphasis, tables; LaTeX and HTML may stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secretome_nlp.read.decode import NotTextError, encoding_of, whole_text
from secretome_nlp.read.jsonl import decode_loosely
from secretome_nlp.read.source import READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Failure, RawDocument

NAME = "markdown"
HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
MARKS = re.compile(r"\*\*\S[^*\n]*\*\*|(?<!\*)\*\w[^*\n]*\w\*(?!\*)|<su[bp]>|\]\(\S+\)|^\|.*\|\s*$", re.MULTILINE)


def detect(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is Markdown: by its name, or its headings and marks."""
    if name.lower().removesuffix(".gz").endswith((".md", ".markdown", ".mkd")):
        return True
    text = decode_loosely(head) if encoding_of(head) else head.decode("utf-8", "replace")
    headings = len(HEADING.findall(text))
    return headings >= 2 or (headings == 1 and MARKS.search(text) is not None)


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the file as one document, its text untouched."""
    try:
        yield RawDocument(source.stem, source.path, NAME, "", whole_text(stream), "markdown")
    except (NotTextError, *READ_ERRORS) as error:
        yield Failure(source.path, source.stem, str(error))
