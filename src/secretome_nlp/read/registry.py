"""The formats, in the order in which they are asked; a new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from secretome_nlp.read import bioc, jats, jsonl, markdown, medline, pdf, plain, pubmed, pubtator
from secretome_nlp.read.source import ByteStream, Source
from secretome_nlp.types import Failure, RawDocument

#: Formats that are no text; any other file is refused where its start is binary.
BINARY = frozenset({pdf.NAME})


class Format(NamedTuple):
    """A file format: its name, how to tell it from the first bytes and the file name, how to read it."""

    name: str
    detect: Callable[[bytes, str], bool]
    read: Callable[[ByteStream, Source], Iterator[RawDocument | Failure]]


def _of(module: Any) -> Format:
    return Format(module.NAME, module.detect, module.read)


FORMATS: tuple[Format, ...] = (
    _of(pdf),
    _of(pubmed),
    _of(jats),
    Format(bioc.XML, bioc.detect_xml, bioc.read_xml),
    Format(bioc.JSON, bioc.detect_json, bioc.read_json),
    *map(_of, (pubtator, medline, jsonl, markdown, plain)),
)


def format_of(head: bytes, name: str) -> Format:
    """Return the first format that takes a file with this start and name; plain text takes any."""
    return next(entry for entry in FORMATS if entry.detect(head, name))
