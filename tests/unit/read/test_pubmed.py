"""PubMed XML and MEDLINE: labels, inline mark-up, languages, deletions, damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from secretome_nlp.read import read_paths
from secretome_nlp.types import Bibliography, Failure, RawDocument


def article(inner: str, pmid: str = "123456") -> str:
    return f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID>{inner}</MedlineCitation></PubmedArticle>"


def read(tmp_path: Path, body: str) -> list[RawDocument | Failure]:
    path = tmp_path / "set.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.nlm.nih.gov/x.dtd">'
        f"<PubmedArticleSet>{body}</PubmedArticleSet>",
        encoding="utf-8",
    )
    return list(read_paths([path]))


def only(tmp_path: Path, body: str) -> RawDocument:
    (found,) = read(tmp_path, body)
    assert isinstance(found, RawDocument)
    return found


def test_structured_abstract(tmp_path: Path) -> None:
    document = only(tmp_path, article(
        "<Article><Journal><JournalIssue><PubDate><MedlineDate>2019 Jan-Feb</MedlineDate></PubDate>"
        "</JournalIssue>"
        "<Title>Journal of Tests</Title></Journal><ArticleTitle>Vesicles\n   in rats.</ArticleTitle>"
        '<ELocationID EIdType="doi">10.1/x</ELocationID><Abstract>'
        '<AbstractText Label="AIMS AND SCOPE" NlmCategory="UNASSIGNED">To see.</AbstractText>'
        '<AbstractText Label="WHAT WE DID" NlmCategory="METHODS">We saw.</AbstractText>'
        "<AbstractText>It went well.</AbstractText></Abstract>"
        "<AuthorList><Author><LastName>Doe</LastName></Author></AuthorList></Article>"
        '<OtherAbstract Language="spa"><AbstractText>Vimos.</AbstractText></OtherAbstract>'
    ))  # fmt: skip
    assert document.text == "Vesicles in rats.\n\nTo see.\n\nWe saw.\n\nIt went well."
    assert [(s.kind, s.title, document.text[s.start : s.end]) for s in document.sections] == [
        ("title", "", "Vesicles in rats."),
        ("objective", "AIMS AND SCOPE", "To see."),
        ("methods", "WHAT WE DID", "We saw."),
        ("abstract", "", "It went well."),
    ]
    assert document.bibliography == Bibliography("123456", "10.1/x", 2019, "Doe", "Journal of Tests")


@pytest.mark.parametrize(
    ("source", "flat", "refs"),
    [
        ("miR-21<sup>1</sup> rose", "miR-21 1 rose", [("1",)]),
        ("shown<sup>3,5-7</sup>.", "shown 3,5-7.", [("3", "5", "6", "7")]),
        ("5 × 10<sup>7</sup> cells/cm<sup>2</sup>", "5 × 10^7 cells/cm^2", []),
        ("10<sup>-3</sup> mol L<sup>-1</sup>", "10^-3 mol L^-1", []),
        ("CD4<sup>+</sup> and Ca<sup>2+</sup>, Apoe<sup>-/-</sup>", "CD4+ and Ca2+, Apoe-/-", []),
        ("B7-H1<sup>high</sup> cells, the 3<sup>rd</sup>", "B7-H1^high cells, the 3rd", []),
        ("H<sub>2</sub>O<sub>2</sub> and T<sub>reg</sub>", "H2O2 and Treg", []),
        ("miR-2<sub>1</sub>", "miR-2_1", []),
        ("<i>in vitro</i> <b>p</b>&lt;0.05", "in vitro p<0.05", []),
        ("<sup>18</sup>F", "18F", []),
    ],
)
def test_inline_markup_never_glues_numbers(tmp_path: Path, source: str, flat: str, refs: list[tuple[str, ...]]) -> None:
    document = only(tmp_path, article(f"<Article><ArticleTitle>{source}</ArticleTitle></Article>"))
    assert document.text == flat
    assert [citation.refs for citation in document.citations] == refs
    assert all(document.text[c.start : c.end][0].isdigit() for c in document.citations)


def test_deleted_and_empty_citations(tmp_path: Path) -> None:
    found = read(tmp_path, article("<Article/>", "7") + "<DeleteCitation><PMID>8</PMID></DeleteCitation>"
                 + article("<Article><ArticleTitle>Rats.</ArticleTitle></Article>", "9"))  # fmt: skip
    assert [(type(item), item.doc_id) for item in found] == [(Failure, "7"), (RawDocument, "9")]


def test_what_stands_before_the_damage_is_kept(tmp_path: Path) -> None:
    good = article("<Article><ArticleTitle>Rats.</ArticleTitle></Article>")
    path = tmp_path / "cut.xml"
    path.write_text(f"<PubmedArticleSet>{good}{good}<PubmedArticle><Medl")
    found = list(read_paths([path]))
    assert [type(item) for item in found] == [RawDocument, RawDocument, Failure]
    assert isinstance(found[2], Failure)
    assert "after record 2" in found[2].error


def test_ten_thousand_authors(tmp_path: Path) -> None:
    authors = "<Author><LastName>Doe</LastName></Author>" * 10_000
    inner = f"<Article><ArticleTitle>Rats.</ArticleTitle><AuthorList>{authors}</AuthorList></Article>"
    assert only(tmp_path, article(inner)).bibliography.first_author == "Doe"


def test_medline(tmp_path: Path) -> None:
    path = tmp_path / "export.nbib"
    path.write_text(
        "\nPMID- 111\nTI  - Vesicles in\n      rats.\nAB  - BACKGROUND: They are small. RESULTS: They help\n"
        "      much: IL-6: fell.\nFAU - Doe, Jane\nDP  - 2020 Mar\nTA  - J Tests\nLID - 10.1/x [doi]\n\n"
        "PMID- 222\nOWN - NLM\nPMID- 333\nTI  - More rats.\n"
    )
    first, second, third = read_paths([path])
    assert isinstance(first, RawDocument)
    assert first.text == "Vesicles in rats.\n\nThey are small.\n\nThey help much: IL-6: fell."
    assert [s.kind for s in first.sections] == ["title", "background", "results"]
    assert first.bibliography == Bibliography("111", "10.1/x", 2020, "Doe", "J Tests")
    assert isinstance(second, Failure)
    assert isinstance(third, RawDocument)
    assert (third.doc_id, third.text) == ("333", "More rats.")
