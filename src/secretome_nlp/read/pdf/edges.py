"""Running heads, running feet and page numbers: what repeats at the edges of pages."""

from __future__ import annotations

import re
from collections import defaultdict

from secretome_nlp.read.pdf.rows import Row

EDGE = 0.13  # of the page's height, at the top and at the bottom
NEAR = 8.0  # points: how far a running head may stand higher or lower on another page
DIGITS = re.compile(r"\d+")
NUMBER = re.compile(r"\W*(?:page |p\. ?)?(?:\d{1,5}|[ivxlc]{1,6})(?: (?:of|/) \d{1,5}|/\d{1,5})?\W*\Z", re.IGNORECASE)


def without_edges(pages: list[tuple[float, list[Row]]]) -> list[list[Row]]:
    """Return the rows of each page without its running head, running foot and number.

    Given are each page's height and rows. A row goes if the same words, digits aside, stand at the same height of
    another page and all that is nearer to the edge repeats too, or if it is a page's number alone, beyond all else.
    """
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (height, rows) in enumerate(pages):
        for row in rows:
            if _is_at_edge(row, height):
                places[_key(row)].append((number, row.base))
    kept: list[list[Row]] = []
    for number, (height, rows) in enumerate(pages):
        gone: set[int] = set()
        lines = _lines([row for row in rows if _is_at_edge(row, height)])
        for side in ([line for line in lines if line[0].base > height / 2],
                     [line for line in reversed(lines) if line[0].base < height / 2]):  # fmt: skip
            for line in side:  # from the edge inwards
                if not all(_repeats(row, number, places) for row in line):
                    break
                gone |= {id(row) for row in line}
        rest = [row for row in rows if id(row) not in gone]
        kept.append([row for row in rest if not _is_number(row, height, rest)])
    return kept


def _lines(rows: list[Row]) -> list[list[Row]]:
    """Return rows that stand at one height, from the top down."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda r: -r.base):
        if lines and lines[-1][0].base - row.base < 0.5 * row.size:
            lines[-1].append(row)
        else:
            lines.append([row])
    return lines


def _key(row: Row) -> str:
    return DIGITS.sub("#", " ".join(row.text.lower().split()))


def _is_at_edge(row: Row, height: float) -> bool:
    return row.base > height * (1 - EDGE) or row.base < height * EDGE


def _repeats(row: Row, number: int, places: dict[str, list[tuple[int, float]]]) -> bool:
    return any(page != number and abs(base - row.base) < NEAR for page, base in places[_key(row)])


def _is_number(row: Row, height: float, rows: list[Row]) -> bool:
    if not _is_at_edge(row, height) or not NUMBER.match(row.text):
        return False
    others = [other.base for other in rows if other is not row and not NUMBER.match(other.text)]
    return not others or row.base > max(others) + row.size * 0.8 or row.base < min(others) - row.size * 0.8
