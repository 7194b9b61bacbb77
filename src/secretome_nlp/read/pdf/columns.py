"""Reading order: the rows of a page in bands from top to bottom, in each band column by column.

A gutter is where a page can be cut from top to bottom such that most rows of running text lie on one side or the
other. Rows that cross it (titles, abstracts, wide tables) part the bands. Columns are cut again in the same way, for
pages of three columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secretome_nlp.read.pdf.rows import Row

STEP = 2.0  # points between the places where a cut is tried
WIDE = 0.22  # of the region's width: a row so wide is running text
FEWEST = 4  # rows that both sides must have
DEEPEST = 2


@dataclass(slots=True)
class Region:
    """Rows that are read one after another, top to bottom: a column's part, or rows across the page."""

    rows: list[Row]

    @property
    def x0(self) -> float:
        """The left margin."""
        return min(row.x0 for row in self.rows)

    @property
    def x1(self) -> float:
        """The right margin."""
        return max(row.x1 for row in self.rows)


def regions(rows: list[Row], depth: int = 0) -> Iterator[Region]:
    """Yield the regions of a page, or of a column of it, in reading order."""
    if not rows:
        return
    rows = sorted(rows, key=lambda r: (-r.base, r.x0))
    cut = gutter(rows) if depth < DEEPEST else None
    if cut is None:
        yield Region(whole_lines(rows))
        return
    left: list[Row] = []
    right: list[Row] = []
    across: list[Row] = []
    for row in rows:
        crosses = row.x0 < cut - 1 and row.x1 > cut + 1
        if crosses:
            yield from regions(left, depth + 1)
            yield from regions(right, depth + 1)
            left, right = [], []
            across.append(row)
            continue
        if across:
            yield Region(whole_lines(across))
            across = []
        (left if row.x1 <= cut + 1 else right).append(row)
    yield from regions(left, depth + 1)
    yield from regions(right, depth + 1)
    if across:
        yield Region(whole_lines(across))


def whole_lines(rows: list[Row]) -> list[Row]:
    """Join the rows of one column that stand on one line: those of loosely set lines, whose words lie far apart."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda r: (-r.base, r.x0)):
        last = lines[-1][-1] if lines else None
        together = last is not None and not row.cells and not last.cells
        if last is not None and together and abs(last.base - row.base) < 0.3 * min(last.size, row.size):
            lines[-1].append(row)
        else:
            lines.append([row])
    joined = [Row([g for row in line for g in row.glyphs]).measure().finish() for line in lines if len(line) > 1]
    single = [line[0] for line in lines if len(line) == 1]
    return sorted(single + joined, key=lambda r: (-r.base, r.x0))


def gutter(rows: list[Row]) -> float | None:
    """Return where the rows are cut into two columns, None where they are one."""
    x0, x1 = min(r.x0 for r in rows), max(r.x1 for r in rows)
    width = x1 - x0
    wide = [row for row in rows if row.x1 - row.x0 > WIDE * width]
    if len(wide) < 2 * FEWEST:
        return None
    best, places = FEWEST - 1, list[float]()
    at = x0 + 0.2 * width
    while at < x1 - 0.2 * width:
        score = _rows_on_both_sides(wide, at)
        if score > best:
            best, places = score, [at]
        elif score == best and places:
            places.append(at)
        at += STEP
    crossing = sum(row.x0 < places[0] < row.x1 for row in wide) if places else 0
    if not places or crossing > 3 * best:
        return None
    return _middle(places)


def _rows_on_both_sides(rows: list[Row], at: float) -> int:
    """Count the rows that a cut parts well: in each band between crossing rows, the fewer of left and right."""
    total = left = right = 0
    for row in rows:
        if row.x0 < at < row.x1:
            total += min(left, right)
            left = right = 0
        elif row.x1 <= at:
            left += 1
        else:
            right += 1
    return total + min(left, right)


def _middle(places: list[float]) -> float:
    """Return the middle of the longest run of neighbouring places."""
    runs: list[list[float]] = [[places[0]]]
    for place in places[1:]:
        if place - runs[-1][-1] > STEP * 1.5:
            runs.append([])
        runs[-1].append(place)
    longest = max(runs, key=len)
    return (longest[0] + longest[-1]) / 2
