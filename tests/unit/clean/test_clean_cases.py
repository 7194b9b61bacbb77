"""Every case of tests/cases/clean.yml, and what holds for each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from secretome_nlp.clean import clean
from secretome_nlp.types import Document, RawDocument

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "clean.yml").read_text(encoding="utf-8"))


def cleaned(case: dict[str, Any]) -> Document:
    return clean(RawDocument(case["id"], "case", "text", "", case["source"], case["markup"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    document = cleaned(case)
    assert document.text == case["text"]
    if "kinds" in case:
        assert [section.kind for section in document.sections] == case["kinds"]
    if "refs" in case:
        assert [list(citation.refs) for citation in document.citations] == case["refs"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_run_stands_in_the_source(case: dict[str, Any]) -> None:
    document = cleaned(case)
    assert document.origin
    for start, end, origin in document.origin:
        assert document.text[start:end] == case["source"][origin : origin + end - start]


def test_title_and_references_of_a_markdown_paper() -> None:
    case = next(case for case in CASES if case["id"] == "markdown_paper")
    document = cleaned(case)
    assert document.title == "Vesicles in rats"
    found = [(r.ref, r.label, r.pmid, r.doi, r.year, r.title) for r in document.references]
    assert found == [
        ("1", "Doe and Roe 2020", None, "10.1234/abc.5", 2020, "On vesicles"),
        ("2", "Poe 2021", "12345678", None, 2021, "On rats"),
    ]


def test_structured_text_is_not_touched() -> None:
    text = "miR-21<sup>1</sup> and\nﬁbrosis [3]."
    document = clean(RawDocument("1", "x", "jsonl", "", text, "structured"))
    assert document.text == text
    assert document.origin == ()
    assert [(text[c.start : c.end], c.refs) for c in document.citations] == [("[3]", ("3",))]
