"""HTML tables made to do harm are bounded in size and work, and lose no words."""

from __future__ import annotations

import re

import pytest

from secretome_nlp.clean.aligned_text import AlignedText
from secretome_nlp.clean.html_tables import unfolded

ROW = "<tr><td>MSC</td><td>exosomes</td></tr>"
HUGE = 10**9
#: What unfolding may make of a text at most: repeated words of cells that span rows are limited to twice the table.
MOST = 8


def read(source: str) -> str:
    text = unfolded(AlignedText.of(source)).text
    assert len(text) <= MOST * len(source) + 100
    return text


def rows(text: str) -> list[str]:
    """Return the rows of strokes, single spaced."""
    return [re.sub(r" +", " ", line) for line in text.splitlines() if line.startswith("|")]


def same(text: str, source: str) -> bool:
    return text == source  # told as a truth value: no page of a hundred thousand cells where it fails


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", text))


@pytest.mark.parametrize("span", [f'rowspan="{HUGE}"', f'colspan="{HUGE}"', f"rowspan='{HUGE}' colspan={HUGE}"])
def test_cells_that_say_they_span_a_thousand_million(span: str) -> None:
    # Sizes of more than three digits are no sizes: the cell stands once and the rows stay what they are.
    found = read(f"<table><tr><td {span}>MSC</td><td>exosomes</td></tr>{ROW}</table>")
    assert rows(found) == ["| MSC | exosomes |", "| MSC | exosomes |"]


@pytest.mark.parametrize("span", ['rowspan="999"', 'colspan="999"', 'rowspan="101"', 'colspan="101"'])
def test_tables_wider_or_taller_than_any_stay_as_they_are(span: str) -> None:
    source = f"<table><tr><td {span}>MSC</td><td>exosomes</td></tr>{ROW * 3}</table>"
    assert same(read(source), source)


def test_words_are_not_repeated_beyond_measure() -> None:
    cells = "".join(f'<td rowspan="100">{"vesicle " * 20}{n}</td>' for n in range(50))
    found = read(f"<table><tr>{cells}<td>a</td></tr>{'<tr><td>b</td></tr>' * 99}</table>")
    assert len(rows(found)) == 100
    assert all(row.endswith("| b |") for row in rows(found)[1:])


def test_a_hundred_thousand_cells() -> None:
    found = read("<table>" + ROW * 50_000 + "</table>")
    assert same("\n".join(rows(found)), "\n".join(["| MSC | exosomes |"] * 50_000))


@pytest.mark.parametrize("depth", [2, 3, 5_000])
def test_tables_in_tables_stay_running_text(depth: int) -> None:
    source = "<table><tr><td>a</td><td>" * depth + "exosomes" + "</td></tr></table>" * depth
    assert same(read(source), source)


def test_a_table_after_nested_ones_is_read() -> None:
    nested = "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>"
    assert rows(read(f"{nested} and <table>{ROW * 2}</table>")) == ["| MSC | exosomes |"] * 2


@pytest.mark.parametrize(
    "source",
    [
        "<table>" * 20_000,
        "</table>" * 20_000,
        "<table>" + "<tr>" * 50_000,
        "<table>" + "<td>" * 50_000 + "</table>",
        "<table><!--" + ROW * 10_000,
        "<table><script>" + ROW * 10_000,
        "<td " * 100_000,
        "<table" + " a=" * 100_000 + ">" + ROW,
        "<table>" + ROW * 3 + "<td>" + "x" * 500_000 + "</table>",
    ],
    ids=["tables", "ends", "rows", "cells", "comment", "script", "marks", "attributes", "long cell"],
)  # fmt: skip
def test_what_never_ends_or_is_no_table_stays_as_it_is(source: str) -> None:
    assert same(read(source), source)


@pytest.mark.parametrize("source", [f"<table>{ROW * 3}</table>", f"<TABLE>\n<TR><TH>Cells<TH>Given{ROW}\n</TABLE >"])
def test_words_stay_and_point_to_their_places(source: str) -> None:
    text = unfolded(AlignedText.of(source))
    assert words(text.text) == words(source)
