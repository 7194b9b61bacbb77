"""What the passages of a BioC document are: sections, tables, references, by their `infons`.

PubMed Central names a section in `section_type` (INTRO, METHODS, ...) and a paragraph's part in `type` (title_1,
fig_caption, ...); PubMed and PubTator have `type` alone (title, abstract).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from secretome_nlp.read.safe_xml import Flattener
from secretome_nlp.read.section_kinds import TextBuilder, kind_of
from secretome_nlp.types import Bibliography, Reference

SECTION_KIND = {
    "TITLE": "title", "ABSTRACT": "abstract", "INTRO": "background", "METHODS": "methods", "RESULTS": "results",
    "DISCUSS": "body", "CONCL": "conclusion", "CASE": "body", "FIG": "caption", "TABLE": "caption",
    "ACK_FUND": "back_matter", "AUTH_CONT": "back_matter", "COMP_INT": "back_matter", "SUPPL": "back_matter",
    "ABBR": "back_matter", "APPENDIX": "back_matter", "REVIEW_INFO": "back_matter", "KEYWORD": "front_matter",
}  # fmt: skip
HEADING = re.compile(r"(?:abstract_)?title(?:_\d+)?\Z|\w*_title\Z")
HALF_PAIR = re.compile("[\ud800-\udfff]")
YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;]+")
LARGEST_TABLE = 4_000_000  # characters of XML


class Assembly:
    """A document put together passage by passage. `name`: its id; `infons`: what is known of it as a whole."""

    def __init__(self, name: str, infons: dict[str, str]) -> None:
        self.builder, self.references = TextBuilder(), list[Reference]()
        self.title, self._heading = "", ""
        self._name, self._infons = name, dict(infons)
        self._front: dict[str, str] = {}

    def add(self, infons: dict[str, str], text: str) -> None:
        """Add a passage."""
        part, kind = infons.get("type", "").lower(), infons.get("section_type", "").upper()
        if not self._front or kind == "TITLE" or part in ("title", "front"):
            self._front = {**infons, **self._front}
        plain = HALF_PAIR.sub("\ufffd", " ".join(text.split()))
        if kind == "REF" or part == "ref":
            self._reference(infons, plain)
        elif part == "table" or infons.get("xml", "").lstrip().startswith("<"):
            self._table(infons.get("xml", ""), text)
        elif kind == "TITLE" or part == "front" or (part == "title" and not self.builder.length):
            self.title = self.title or plain
            self.builder.add(plain, "title")
        elif HEADING.match(part):
            self._heading = plain
            self.builder.add(plain, "heading", plain)
        else:
            self.builder.add(plain, self._kind(part, kind), self._heading)

    def _kind(self, part: str, kind: str) -> str:
        """Return the kind of a passage of running text or a caption."""
        if "caption" in part:
            return "caption"
        if "footnote" in part:
            return "back_matter"
        known = SECTION_KIND.get(kind)
        if known is None:
            known = "abstract" if part.startswith("abstract") else kind_of(f"{part} {kind}".replace("_", " "))
        if known in ("body", "abstract") and self._heading:
            return kind_of(self._heading, known)
        return known

    def _table(self, xml: str, text: str) -> None:
        """Add a table row by row: from its XML, else from the passage's lines of cells."""
        rows = list(_rows(xml)) or [" ".join(line.split(" ")).strip() for line in text.splitlines()]
        for row in rows:
            self.builder.add(HALF_PAIR.sub("\ufffd", row), "table", self._heading)

    def _reference(self, infons: dict[str, str], text: str) -> None:
        """Add an entry to the reference list; its number is its place."""
        if not (text or infons.get("source")) or infons.get("type") == "title":
            return
        ref = str(len(self.references) + 1)
        names = list(_surnames(infons))
        year = YEAR.search(infons.get("year", ""))
        label = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
        named = " ".join(part for part in (label, year.group() if year else "") if part)
        doi = infons.get("pub-id_doi") or infons.get("doi")
        self.references.append(Reference(
            ref, named or ref, infons.get("pub-id_pmid") or infons.get("pmid") or None, doi or None,
            int(year.group()) if year else None, text or None,
        ))  # fmt: skip

    def bibliography(self) -> Bibliography:
        """Return what identifies the paper, from the document's and its first passage's infons."""
        known = {**self._infons, **self._front}
        name = self._name if re.fullmatch(r"\d{5,8}", self._name) else None
        year = YEAR.search(known.get("year", ""))
        doi = DOI.search(known.get("article-id_doi") or known.get("doi") or known.get("journal", ""))
        author = next(_surnames(known), None) or known.get("authors", "").split(",")[0].strip()
        journal = known.get("journal-title") or known.get("journal", "").split(";")[0]
        return Bibliography(
            pmid=known.get("article-id_pmid") or known.get("pmid") or name,
            doi=doi.group().rstrip(".") if doi else None,
            year=int(year.group()) if year else None,
            first_author=author.rsplit(" ", 1)[0] if author else None,
            journal=journal or None,
        )


def _surnames(infons: dict[str, str]) -> Iterator[str]:
    """Yield the surnames in `name_0`, `name_1`, ..., each `surname:Doe;given-names:Jane`."""
    number = 0
    while (name := infons.get(f"name_{number}")) is not None:
        found = re.search(r"surname:([^;]+)", name)
        if found:
            yield found[1].strip()
        number += 1


def _rows(xml: str) -> Iterator[str]:
    """Yield the rows of a table given as XML or HTML, cells parted by tabs; nothing where it does not parse."""
    if not xml or len(xml) > LARGEST_TABLE:
        return
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    for row in root.iter("{*}tr"):
        cells = []
        for cell in row:
            flat = Flattener()
            flat.walk(cell)
            cells.append(" ".join(flat.text.split()))
        if any(cells):
            yield "\t".join(cells).strip()
