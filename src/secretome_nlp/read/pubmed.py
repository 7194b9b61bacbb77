"""PubMed XML (`PubmedArticleSet`): E-utilities answers, downloads, the yearly baseline and its updates.

One document a citation: title, then each part of the abstract as a paragraph, labels as section titles. The
English abstract is read, not those in other languages; `DeleteCitation` is skipped.
Format: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from secretome_nlp.read.safe_xml import Element, Flattener, elements, one_line
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
        for number, article in enumerate(elements(stream, TAGS), start=1):
            yield document_of(article, source, number)
    except etree.XMLSyntaxError as error:
        yield Failure(source.path, None, f"XML cannot be read on after record {number}: {one_line(error)}")
    except READ_ERRORS as error:
        reason = f"the file is damaged or cut off after record {number}: {one_line(error)}"
        yield Failure(source.path, None, reason)


def document_of(article: Element, source: Source, number: int) -> RawDocument | Failure:
    """Make a document of one `PubmedArticle` element, or say why not."""
    citation = article.find("MedlineCitation")
    if citation is None:
        citation = article.find("BookDocument")
    if citation is None:
        return Failure(source.path, f"{source.stem}-{number}", f"record {number} has no MedlineCitation")
    pmid = (citation.findtext("PMID") or "").strip()
    doc_id = pmid or f"{source.stem}-{number}"
    work = citation.find("Article")
    work = citation if work is None else work
    builder, citations = TextBuilder(), list[Citation]()
    title = work.find("ArticleTitle")
    title_text = _add(builder, citations, title, "title", "")
    abstract = work.find("Abstract")
    if abstract is None:
        abstract = citation.find("OtherAbstract[@Language='eng']")
    for part in () if abstract is None else abstract.iterfind("AbstractText"):
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


def _add(builder: TextBuilder, citations: list[Citation], element: Element | None, kind: str, label: str) -> str:
    """Append the element's text as a section; note its citations at their place in the document."""
    if element is None:
        return ""
    if len(element):
        flat = Flattener()
        flat.walk(element)
        text, found = flat.text.strip(), flat.citations
    else:
        text, found = " ".join((element.text or "").split()), []
    start = builder.add(text, kind, label)
    if start is not None:
        citations.extend(Citation(c.start + start, c.end + start, c.refs) for c in found)
    return text


def _bibliography(article: Element, work: Element, pmid: str | None) -> Bibliography:
    """Collect what identifies the paper."""
    doi = work.findtext("ELocationID[@EIdType='doi']") or article.findtext(
        "PubmedData/ArticleIdList/ArticleId[@IdType='doi']"
    )
    issue = work.find("Journal/JournalIssue/PubDate")
    dated = YEAR.search("".join(map(str, issue.itertext()))) if issue is not None else None
    author = work.find("AuthorList/Author")
    name = None if author is None else author.findtext("LastName") or author.findtext("CollectiveName")
    return Bibliography(
        pmid=pmid,
        doi=doi.strip() if doi else None,
        year=int(dated.group()) if dated else None,
        first_author=name,
        journal=work.findtext("Journal/ISOAbbreviation") or work.findtext("Journal/Title"),
    )
