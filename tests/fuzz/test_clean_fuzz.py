"""Any text can be cleaned: no crash, a true map to the source, whole paragraphs, sections that tile."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from secretome_nlp.clean import clean
from secretome_nlp.read import read_paths
from secretome_nlp.types import Document, Markup, RawDocument

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "transplanta",
        "tion",
        "-",
        "the cells of the rats ",
        "miR-21",
        "<sup>1</sup>",
        "[2, 3]",
        "4-6)",
        "(7)",
        "(",
        ")",
        "*in vitro*",
        "**x**",
        "$\\beta$1",
        "$",
        "# Title",
        "## References",
        "1. Doe A. On x. J. 2020.",
        "- Roe B. On y. 10.1/ z.",
        "Table 1. Doses",
        "Figure 2: x.",
        "|a|b|",
        "ﬁ",
        "\u00ad",
        "\r\n",
        "\f",
        "3 × 107",
        "&lt;",
        "<br>",
        "Introduction",
        "2.1. Cells. Cells are",
        "a@b.cd",
        "İ",
        "\u2028",
        "¹²",
        "\\*",
        "`",
        "_x_",
        "[a](b)",
        "\x00",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))
MARKUPS: list[Markup] = ["plain", "wrapped", "markdown"]


def check(document: Document, source: str) -> None:
    text = document.text
    for start, end, origin in document.origin:
        assert start < end
        assert text[start:end] == source[origin : origin + end - start]
    assert all(one.end <= two.start for one, two in zip(document.origin, document.origin[1:], strict=False))
    assert not text or all(p.strip() == p != "" and "\n" not in p for p in text.split("\n\n"))
    spans = [(section.start, section.end) for section in document.sections]
    assert [start for start, _ in spans[1:]] == [end + 2 for _, end in spans[:-1]]
    assert (not text and not spans) or (spans[0][0], spans[-1][1]) == (0, len(text))
    for citation in document.citations:
        assert citation.refs
        assert text[citation.start : citation.end].strip("[]() ")[:1].isdigit()
        before = text[citation.start - 1] if citation.start else " "
        assert before.isspace() or before in "(["


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(MARKUPS))
@example("`\x0c`", "markdown")
def test_any_text_has_a_clean_form(source: str, markup: Markup) -> None:
    check(clean(RawDocument("1", "x", "text", "", source, markup)), source)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_structured_text_stays(source: str) -> None:
    document = clean(RawDocument("1", "x", "jsonl", "", source, "structured"))
    assert document.text == source


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["The cells grew. ", "They made IL-6 [3]. ", "In 10 rats, p < 0.05. "]), min_size=1))
def test_clean_prose_is_left_alone(sentences: list[str]) -> None:
    source = "".join(sentences).strip()
    document = clean(RawDocument("1", "x", "text", "", source, "plain"))
    assert document.text == source
    assert len(document.origin) == 1


@settings(max_examples=200, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    b"<PubmedArticleSet>",
                    b"<PubmedArticle>",
                    b"</PubmedArticle>",
                    b"<MedlineCitation>",
                    b"<Article>",
                    b"\xff",
                    b"\x00",
                    b"<ArticleTitle>x</ArticleTitle>",
                    b"&a;",
                    b"<!DOCTYPE a>",
                    b'{"id": "1", "text": "x"}\n',
                    b"{",
                    b"PMID- 1\n",
                    b"TI  - x\n",
                    b"AB  - y\n",
                    b"\x1f\x8b",
                    b"# a\n",
                    b"\xfe\xff",
                    b"\xef\xbb\xbf",
                ]
            ),
            max_size=12,
        ).map(b"".join),
    )
)
@example(data=b"PMID- 1\nTI  - x\n\xfe\xff")
def test_any_file_gives_documents_or_failures(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    for item in read_paths([path]):
        if isinstance(item, RawDocument):
            item.text.encode()
            check_structured = clean(item)
            assert check_structured.doc_id == item.doc_id


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "(",
        "1)",
        "a1,2)",
        "$x",
        "<sup>",
        "<!--",
        "[1,",
        "[a](",
        "_a ",
        "a-\n",
        "A. ",
        "10.1/ a.",
        "¹",
        "the cell ",
        "# a\n",
        "References\n1. A B. C.\n",
    ],
)
@pytest.mark.parametrize("markup", MARKUPS)
def test_time_grows_with_the_text_not_with_its_square(unit: str, markup: Markup) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        start = time.process_time()
        clean(RawDocument("1", "x", "text", "", text, markup))
        return time.process_time() - start

    clean(RawDocument("1", "x", "text", "", "warm", markup))
    short, long = min(seconds(2_000) for _ in range(3)), seconds(32_000)
    assert long < 120 * short + 5  # sixteen times the text; the square would be 256 times the time
