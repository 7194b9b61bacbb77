"""JATS XML (`article`): full texts of PubMed Central and of publishers.

Headings, paragraphs, captions and tables come in reading order as sections; figures and tables that stand in
a paragraph follow it. A table's rows are paragraphs, its cells parted by tabs. `xref` to the reference list
become citations of the reference's place in that list. Tag set: https://jats.nlm.nih.gov/archiving/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from secretome_nlp.read.safe_xml import Element, Flattener, elements, local_name, one_line
from secretome_nlp.read.section_kinds import TextBuilder, kind_of
from secretome_nlp.read.source import READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Bibliography, Citation, Failure, RawDocument, Reference

NAME = "jats"
START = re.compile(rb"<article[\s>]|<!DOCTYPE article\b|<pmc-articleset")
FLOATS = frozenset({"fig", "table-wrap", "fig-group", "boxed-text", "supplementary-material", "media"})
SKIPPED = FLOATS | {"disp-formula", "tex-math", "object-id", "permissions", "graphic", "alternatives"}
BETWEEN = re.compile(r"\s?[,;]\s?|\s?[-–—]\s?")
MAX_RANGE = 100


def detect(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is JATS XML."""
    del name
    return START.search(head) is not None


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the articles of the file; where the XML breaks, those before it and one Failure."""
    number = 0
    try:
        for number, article in enumerate(elements(stream, ("article",)), start=1):
            yield _Article(article, source, number).document()
    except etree.XMLSyntaxError as error:
        yield Failure(source.path, None, f"XML cannot be read on after article {number}: {one_line(error)}")
    except READ_ERRORS as error:
        reason = f"the file is damaged or cut off after article {number}: {one_line(error)}"
        yield Failure(source.path, None, reason)


@dataclass(slots=True)
class _Article:
    """One article on its way to a document."""

    root: Element
    source: Source
    number: int
    builder: TextBuilder = field(default_factory=TextBuilder)
    citations: list[Citation] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def document(self) -> RawDocument | Failure:
        """Return the document, or why there is none."""
        meta = self.root.find("front/article-meta")
        references = tuple(self._references())
        title = ""
        if meta is not None:
            title = self._add(meta.find("title-group/article-title"), "title", "")
            for abstract in meta.findall("abstract"):
                if not abstract.get("abstract-type") or abstract.get("abstract-type") == "section":
                    self._section(abstract, "abstract", "", headings=False)
        body = self.root.find("body")
        if body is not None:
            self._section(body, "body", "")
        for part in self.root.iterfind("back/*"):
            if local_name(part) in ("ack", "app-group", "notes", "fn-group"):
                self._section(part, "back_matter", "")
        known = _bibliography(meta) if meta is not None else Bibliography()
        name = known.pmid or (self.source.stem if self.number == 1 else f"{self.source.stem}-{self.number}")
        if not self.builder.text:
            return Failure(self.source.path, name, "the article has neither title nor text")
        return RawDocument(
            doc_id=name, path=self.source.path, format=NAME, title=title, text=self.builder.text,
            markup="structured", sections=tuple(self.builder.sections), references=references,
            citations=tuple(_merged(self.citations, self.builder.text)), bibliography=known,
        )  # fmt: skip

    def _section(self, parent: Element, kind: str, title: str, headings: bool = True) -> None:
        for child in parent:
            name = local_name(child)
            if name == "sec":
                named = child.find("title")
                heading = "" if named is None else " ".join(self._flat(named).text.split())
                below = kind_of(heading, kind if title or kind != "body" else "body")
                if heading and headings:
                    self._add(named, "heading", heading)
                self._section(child, below if kind != "back_matter" else kind, heading or title, headings)
            elif name in FLOATS:
                self._float(child, title)
            elif name not in SKIPPED | {"title", "label"}:
                self._add(child, kind, title)
                for inner in child.iter("{*}fig", "{*}table-wrap"):
                    self._float(inner, title)

    def _float(self, element: Element, title: str) -> None:
        """Add the caption and, of a table, the rows."""
        parts = [element.find("label"), element.find("caption")]
        flats = [flat for part in parts if part is not None and (flat := self._flat(part)).text.strip()]
        text = " ".join(flat.text.strip() for flat in flats)
        self.builder.add(text, "caption", title)
        for row in element.iter("{*}tr"):
            cells = [" ".join(self._flat(cell).text.split()) for cell in row]
            self.builder.add("\t".join(cells).strip(), "table", title)

    def _flat(self, element: Element) -> Flattener:
        flat = Flattener(self._cited, SKIPPED)
        flat.walk(element)
        return flat

    def _add(self, element: Element | None, kind: str, title: str) -> str:
        if element is None:
            return ""
        flat = self._flat(element)
        text = flat.text.strip()
        start = self.builder.add(text, kind, title)
        if start is not None:
            # A raised number that is no link cites nothing here, where the list has no such entry.
            known = set(self.places.values())
            sound = [c for c in flat.citations if not known or known.issuperset(c.refs)]
            self.citations += [Citation(c.start + start, c.end + start, c.refs) for c in sound]
        return text

    def _cited(self, element: Element) -> tuple[str, ...] | None:
        """Return the numbers of the references that an `xref` points at; None for anything else."""
        if local_name(element) != "xref" or element.get("ref-type") != "bibr":
            return None
        return tuple(self.places.get(target, target) for target in (element.get("rid") or "").split())

    def _references(self) -> Iterator[Reference]:
        for place, ref in enumerate(self.root.iterfind("back/ref-list//ref"), start=1):
            self.places[ref.get("id") or ""] = str(place)
            yield _reference(ref, str(place))


def _reference(ref: Element, number: str) -> Reference:
    """Read one entry of the reference list."""
    ids = {part.get("pub-id-type"): (part.text or "").strip() for part in ref.iter("{*}pub-id") if part.text}
    names = [(part.text or "").strip() for part in ref.iter("{*}surname", "{*}collab")]
    year = re.match(r"\d{4}", next((part.text or "" for part in ref.iter("{*}year")), ""))
    titles = [" ".join("".join(map(str, part.itertext())).split()) for part in ref.iter("{*}article-title")]
    label = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    dated = int(year.group()) if year else None
    named = " ".join(part for part in (label, year.group() if year else "") if part)
    return Reference(
        number, named or number, ids.get("pmid"), ids.get("doi"), dated, titles[0] if titles else None, _authors(ref)
    )


def _authors(ref: Element) -> tuple[str, ...]:
    """Return the authors' names, surname first: "Gatti S". Editors of a book are none."""
    groups = [g for g in ref.iter("{*}person-group") if g.get("person-group-type", "author") == "author"]
    names = []
    for name in (groups[0] if groups else ref).iter("{*}name", "{*}string-name", "{*}collab"):
        parts = [name.findtext(part) or "" for part in ("surname", "given-names")]
        names.append(" ".join(" ".join(parts).split()) or " ".join("".join(map(str, name.itertext())).split()))
    return tuple(filter(None, names))


def _bibliography(meta: Element) -> Bibliography:
    """Collect what identifies the article."""
    ids = {part.get("pub-id-type"): (part.text or "").strip() for part in meta.findall("article-id")}
    years = sorted(int(y.text) for y in meta.iterfind("pub-date/year") if y.text and y.text.strip().isdecimal())
    front = meta.getparent()
    journal = None if front is None else front.findtext("journal-meta//journal-title")
    return Bibliography(
        pmid=ids.get("pmid") or None,
        doi=ids.get("doi") or None,
        year=years[0] if years else None,
        first_author=meta.findtext("contrib-group/contrib/name/surname"),
        journal=journal,
    )


def _merged(citations: list[Citation], text: str) -> Iterator[Citation]:
    """Make one marker of those that only commas or a dash part; a dash stands for the numbers between."""
    last: Citation | None = None
    for citation in sorted(citations, key=lambda c: c.start):
        between = BETWEEN.fullmatch(text, last.end, citation.start) if last else None
        if last is None or between is None:
            if last is not None:
                yield last
            last = citation
            continue
        refs = last.refs + citation.refs
        ends = (last.refs[-1:], citation.refs[:1])
        if not set(between.group()) & set(",;") and all(end and end[0].isdecimal() for end in ends):
            low, high = int(ends[0][0]), int(ends[1][0])
            if 0 < high - low <= MAX_RANGE:
                refs = last.refs + tuple(str(n) for n in range(low + 1, high)) + citation.refs
        last = Citation(last.start, citation.end, tuple(dict.fromkeys(refs)))
    if last is not None:
        yield last
