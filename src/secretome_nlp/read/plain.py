"""Plain text: a paragraph a line, or hard-wrapped as a PDF's text is. The format of last resort."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from secretome_nlp.read.decode import NotTextError, whole_text
from secretome_nlp.read.source import READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Failure, RawDocument

NAME = "text"
WIDEST = 160  # characters; no typesetter wraps later


def detect(head: bytes, name: str) -> bool:
    """Take any file: what is no text is refused when it is read."""
    del head, name
    return True


def is_wrapped(text: str) -> bool:
    """Tell whether the lines of `text` were broken to fit a width: most stop in mid-sentence."""
    lines = [line.strip() for line in text.splitlines()]
    joins = [(one, two) for one, two in pairwise(lines) if len(one) > 25 and two]
    broken = sum(one[-1] not in ".?!:" and len(one) < WIDEST for one, _ in joins)
    return bool(joins) and broken * 2 > len(joins)


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the file as one document, its text untouched."""
    try:
        text = whole_text(stream)
    except (NotTextError, *READ_ERRORS) as error:
        yield Failure(source.path, source.stem, str(error))
        return
    yield RawDocument(source.stem, source.path, NAME, "", text, "wrapped" if is_wrapped(text) else "plain")
