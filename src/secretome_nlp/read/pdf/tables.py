"""Tables on a page: the rows below a table's caption, cells side by side made one row, parted by tabs.

Between ruled lines of one width all rows are the table's; where nothing is ruled, the rows below the caption are,
as long as they fall into cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secretome_nlp.read.pdf.columns import gutter
from secretome_nlp.read.pdf.glyphs import Rule
from secretome_nlp.read.pdf.rows import Row

CAPTION = re.compile(r"(?:Supp\w*\.? |Extended Data )?T(?:able|ABLE) ?(?:S?\d{1,2}|[IVX]{1,4})\b(?!,| and| to|\))")
SAME = 4.0  # points by which ruled lines of one table may differ in their ends
FAR = 3.0  # line heights: a gap that no table has


def with_tables(rows: list[Row], rules: list[Rule]) -> list[Row]:
    """Return the rows of a page, those of tables made one a line, with `cells`."""
    captions = sorted((r for r in rows if CAPTION.match(r.text)), key=lambda r: -r.base)
    taken: set[int] = set()
    made: list[Row] = []
    for caption in captions:
        free = [row for row in rows if id(row) not in taken and row.base < caption.base - 1]
        found = _ruled(caption, captions, free, rules) or _unruled(caption, free, rows)
        taken |= {id(row) for row in found}
        made += [_one(line) for line in _lines(found)]
    return [row for row in rows if id(row) not in taken] + made


def _ruled(caption: Row, captions: list[Row], free: list[Row], rules: list[Rule]) -> list[Row]:
    """Return the rows between the ruled lines below a caption."""
    floor = max((o.base for o in captions if o.base < caption.base - 1 and _overlap(o, caption)), default=float("-inf"))
    below = sorted((r for r in rules if floor < r.y < caption.base + caption.size), key=lambda r: -r.y)
    below = [r for r in below if r.x0 - SAME < caption.x0 < r.x1]
    first = next(iter(below), None)
    if first is None or caption.base - first.y > 8 * caption.size:
        return []
    group = [r for r in below if abs(r.x0 - first.x0) < SAME and abs(r.x1 - first.x1) < SAME]
    if len(group) < 2:
        return []
    low, high = group[-1].y, group[0].y
    inside = [r for r in free if low - 1 < r.base < high and first.x0 - SAME < r.x0 and r.x1 < first.x1 + 4 * SAME]
    lines = list(_lines(inside))
    return inside if sum(len(line) > 1 for line in lines) * 2 >= len(lines) > 1 else []


def _unruled(caption: Row, free: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows below a caption as long as they fall into cells."""
    cut = gutter(sorted(rows, key=lambda r: (-r.base, r.x0)))
    low, high = float("-inf"), float("inf")
    if cut is not None and caption.x1 <= cut:
        high = cut
    elif cut is not None and caption.x0 >= cut:
        low = cut
    width = max(r.x1 for r in rows) - min(r.x0 for r in rows) if high == -low else 0
    found: list[list[Row]] = []
    last = caption
    for line in _lines([row for row in free if low - 1 <= row.x0 and row.x1 <= high + 1]):
        if last.base - line[0].base > FAR * caption.size:
            break
        if len(line) == 1 and (line[0].bold == caption.bold and not found and last is caption):
            last = line[0]  # the caption's second line
            continue
        if len(line) < 2 or (cut is not None and len(line) == 2 and width):
            break
        found.append(line)
        last = line[0]
    return [row for line in found for row in line] if len(found) > 1 else []


def _overlap(one: Row, other: Row) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _lines(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield rows that stand on one line, left to right; the lines from top to bottom."""
    line: list[Row] = []
    for row in sorted(rows, key=lambda r: (-r.base, r.x0)):
        if line and line[0].base - row.base > 0.5 * max(row.size, line[0].size):
            yield sorted(line, key=lambda r: r.x0)
            line = []
        line.append(row)
    if line:
        yield sorted(line, key=lambda r: r.x0)


def _one(line: list[Row]) -> Row:
    """Make one row of the cells of a line."""
    first = line[0]
    cells = [row.text for row in line]
    x1 = max(row.x1 for row in line)
    return Row([], first.x0, x1, first.base, first.size, all(r.bold for r in line), "\t".join(cells), cells)
