"""BioC, as JSON and as XML: collections of documents, documents of passages, passages with `infons`.

Read are one collection, lists of collections (as PubMed Central answers), PubTator's exports, and documents one a
line. The passages become paragraphs; `section_type` and `type` say what each is. Reference passages become the
reference list, not text; a table comes row by row where its XML is there. Annotations and relations of other tools
are read over. Format: https://bioc.sourceforge.net, https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PMC/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from secretome_nlp.read.bioc_passages import Assembly
from secretome_nlp.read.json_stream import BrokenJsonError, objects
from secretome_nlp.read.safe_xml import Element, elements, one_line
from secretome_nlp.read.source import MAX_CHARACTERS, READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Failure, RawDocument

JSON, XML = "bioc-json", "bioc-xml"
DOCUMENTS = re.compile(r'"(?:documents|PubTator3)"\s*:\s*\[')
PASSAGES = re.compile(r'"passages"\s*:\s*\[\s*(?:\{|\])')
COLLECTION = re.compile(r'"(?:bioctype|source|key|date|infons|PubTator3|id)"\s*:')
OTHER_ROW = re.compile(r'"(?:abstract|text)"\s*:')
XML_START = re.compile(rb"<!DOCTYPE collection\b|<collection[\s>]")
XML_INSIDE = re.compile(rb"<document[\s>]|BioC\.dtd|<source>")


class Passage(NamedTuple):
    """A passage: what is known of it, and its text."""

    infons: dict[str, str]
    text: str


def detect_json(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is BioC JSON."""
    del name
    text = head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    if text[:1] not in ("{", "["):
        return False
    found = PASSAGES.search(text)
    if found:
        return OTHER_ROW.search(text, 0, found.start()) is None
    return DOCUMENTS.search(text) is not None and COLLECTION.search(text) is not None


def detect_xml(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is BioC XML."""
    del name
    return XML_START.search(head) is not None and XML_INSIDE.search(head) is not None


def read_json(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the documents of a BioC JSON file; where it breaks, those before and one Failure."""
    head = stream.peek(8192)[:8192].decode("utf-8", "replace")
    first, passages = DOCUMENTS.search(head), PASSAGES.search(head)
    collected = first is not None and (passages is None or first.start() < passages.start())
    number = 0
    try:
        for number, found in enumerate(objects(stream, DOCUMENTS if collected else None), start=1):
            yield _of_json(found, source, number)
    except BrokenJsonError as error:
        yield Failure(source.path, None, f"JSON cannot be read on after document {number}: {one_line(error)}")
    except READ_ERRORS as error:
        yield Failure(source.path, None, f"the file is damaged or cut off after document {number}: {one_line(error)}")


def read_xml(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the documents of a BioC XML file; where it breaks, those before and one Failure."""
    number = 0
    try:
        for number, document in enumerate(elements(stream, ("document",)), start=1):
            yield _of_xml(document, source, number)
    except etree.XMLSyntaxError as error:
        yield Failure(source.path, None, f"XML cannot be read on after document {number}: {one_line(error)}")
    except READ_ERRORS as error:
        yield Failure(source.path, None, f"the file is damaged or cut off after document {number}: {one_line(error)}")


def _of_json(found: Any, source: Source, number: int) -> RawDocument | Failure:
    if not isinstance(found, dict) or not isinstance(found.get("passages"), list):
        return Failure(source.path, None, f"document {number} is no BioC document: it has no list of passages")
    passages = [
        Passage(_infons(passage.get("infons")), _text(passage))
        for passage in found["passages"]
        if isinstance(passage, dict)
    ]
    return _document(JSON, str(found.get("id") or ""), _infons(found.get("infons")), passages, source, number)


def _infons(given: Any) -> dict[str, str]:
    """Return the infons as strings; some writers have numbers or null in them."""
    if not isinstance(given, dict):
        return {}
    return {str(key): str(value) for key, value in given.items() if isinstance(value, str | int | float)}


def _text(passage: dict[str, Any]) -> str:
    """Return a passage's text, or that of its sentences."""
    text = passage.get("text")
    if isinstance(text, str) and text:
        return text
    sentences = passage.get("sentences")
    rows = sentences if isinstance(sentences, list) else []
    return " ".join(row["text"] for row in rows if isinstance(row, dict) and isinstance(row.get("text"), str))


def _of_xml(document: Element, source: Source, number: int) -> RawDocument | Failure:
    passages = []
    for passage in document.iterfind("passage"):
        text = passage.findtext("text") or " ".join(s.findtext("text") or "" for s in passage.iterfind("sentence"))
        passages.append(Passage(_xml_infons(passage), text))
    name = (document.findtext("id") or "").strip()
    return _document(XML, name, _xml_infons(document), passages, source, number)


def _xml_infons(element: Element) -> dict[str, str]:
    return {infon.get("key") or "": infon.text or "" for infon in element.iterfind("infon")}


def _document(
    form: str, name: str, infons: dict[str, str], passages: list[Passage], source: Source, number: int
) -> RawDocument | Failure:
    """Put a document together, or say why there is none."""
    name = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in " ".join(name.split()))
    doc_id = name or (source.stem if number == 1 else f"{source.stem}-{number}")
    assembly = Assembly(name, infons)
    for passage in passages:
        assembly.add(passage.infons, passage.text)
        if assembly.builder.length > MAX_CHARACTERS:
            return Failure(source.path, doc_id, f"document {number}: over {MAX_CHARACTERS:,} characters; split it")
    if not assembly.builder.text:
        return Failure(source.path, doc_id, "the document has no passage with text")
    return RawDocument(
        doc_id=doc_id, path=source.path, format=form, title=assembly.title, text=assembly.builder.text,
        markup="structured", sections=tuple(assembly.builder.sections), references=tuple(assembly.references),
        bibliography=assembly.bibliography(),
    )  # fmt: skip
