"""PubMed XML (`PubmedArticleSet`): E-utilities answers, downloads, the yearly baseline and its updates.

One document a citation: title, then each part of the abstract as a paragraph, labels as section titles. The
English abstract is read, not those in other languages; `DeleteCitation` is skipped.
Format: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from secretome_nlp.read.pruned import Pruned
from secretome_nlp.read.safe_xml import Element, Flattener, elements, folded, one_line
from secretome_nlp.read.section_kinds import NLM_CATEGORIES, TextBuilder, kind_of
from secretome_nlp.read.source import READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Bibliography, Citation, Failure, RawDocument

NAME = "pubmed"
TAGS = ("PubmedArticle", "PubmedBookArticle")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def detect(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is PubMed XML."""
    del name
    return b"<PubmedArticle" in head or b"<!DOCTYPE PubmedArticle" in head


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the citations of the file; where the XML breaks, those before it and one Failure."""
    number = 0
    try:
        for number, article in enumerate(elements(Pruned(stream), TAGS), start=1):
            yield document_of(article, source, number)
    except etree.XMLSyntaxError as error:
        yield Failure(source.path, None, f"XML cannot be read on after record {number}: {one_line(error)}")
    except READ_ERRORS as error:
        reason = f"the file is damaged or cut off after record {number}: {one_line(error)}"
        yield Failure(source.path, None, reason)


def document_of(article: Element, source: Source, number: int) -> RawDocument | Failure:
    """Make a document of one `PubmedArticle` element, or say why not."""
    citation = _child(article, "MedlineCitation")
    if citation is None:
        citation = _child(article, "BookDocument")
    if citation is None:
        return Failure(source.path, f"{source.stem}-{number}", f"record {number} has no MedlineCitation")
    identity = _child(citation, "PMID")
    pmid = (identity.text or "").strip() if identity is not None else ""
    doc_id = pmid or f"{source.stem}-{number}"
    work = _child(citation, "Article")
    work = citation if work is None else work
    builder, citations = TextBuilder(), list[Citation]()
    title_text = _add(builder, citations, _child(work, "ArticleTitle"), "title", "")
    abstract = _child(work, "Abstract")
    if abstract is None:
        abstract = citation.find("OtherAbstract[@Language='eng']")
    for part in () if abstract is None else abstract.iterchildren("AbstractText"):
        label = (part.get("Label") or "").strip()
        kind = NLM_CATEGORIES.get(part.get("NlmCategory") or "") or kind_of(label, "abstract")
        _add(builder, citations, part, kind, label if label.upper() != "UNLABELLED" else "")
    if not builder.text:
        return Failure(source.path, doc_id, "the record has neither title nor abstract")
    return RawDocument(
        doc_id=doc_id, path=source.path, format=NAME, title=title_text, text=builder.text,
        markup="structured", sections=tuple(builder.sections), citations=tuple(citations),
        bibliography=_bibliography(article, work, pmid or None),
    )  # fmt: skip


def _child(element: Element, name: str) -> Element | None:
    """Return the first child of a name. (Paths, as `find` takes them, cost several times as much.)"""
    return next(element.iterchildren(name), None)


def _add(builder: TextBuilder, citations: list[Citation], element: Element | None, kind: str, label: str) -> str:
    """Append the element's text as a section; note its citations at their place in the document."""
    if element is None:
        return ""
    if not len(element):
        text = folded(element.text or "")
        builder.add(text, kind, label)
        return text
    flat = Flattener()
    flat.walk(element)
    text = flat.text.strip()
    start = builder.add(text, kind, label)
    if start is not None:
        citations.extend(Citation(c.start + start, c.end + start, c.refs) for c in flat.citations)
    return text


def _bibliography(article: Element, work: Element, pmid: str | None) -> Bibliography:
    """Collect what identifies the paper."""
    doi = _with(work.iterchildren("ELocationID"), "EIdType", "doi")
    for data in article.iterchildren("PubmedData") if doi is None else ():
        for ids in data.iterchildren("ArticleIdList"):
            doi = doi or _with(ids, "IdType", "doi")
    year = name = title = None
    journal = _child(work, "Journal")
    if journal is not None:
        title = _text(journal, "ISOAbbreviation") or _text(journal, "Title")
        issue = _child(journal, "JournalIssue")
        date = None if issue is None else _child(issue, "PubDate")
        year = None if date is None else YEAR.search("".join(map(str, date.itertext())))
    authors = _child(work, "AuthorList")
    author = None if authors is None else _child(authors, "Author")
    if author is not None:
        name = _text(author, "LastName") or _text(author, "CollectiveName")
    return Bibliography(pmid, doi, int(year.group()) if year else None, name, title)


def _text(element: Element, name: str) -> str | None:
    child = _child(element, name)
    return None if child is None else child.text


def _with(elements: Iterable[Element], attribute: str, value: str) -> str | None:
    """Return the text of the first element that has an attribute's value."""
    found = next((e.text for e in elements if e.get(attribute) == value and e.text), None)
    return found.strip() if found else None
