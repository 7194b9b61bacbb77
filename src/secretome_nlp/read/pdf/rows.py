"""Characters put together to rows: the stretches of a line that no wide gap parts, with raised numbers marked.

A raised or lowered character is told by its size and its baseline against those of its row; how it is written in a
flat line is `typography`'s answer, so that "miR-21" with a raised 1 reads "miR-21 [1]" and never "miR-211".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from secretome_nlp.knowledge.typography import lowered, raised
from secretome_nlp.read.pdf.glyphs import Glyph

SPACE = 0.15  # of the size: gaps from here on part words; kerning stays below .1, narrow spaces start at .2
CELL = 1.0  # of the size: gaps from here on part cells or columns
SMALLER = 0.86  # of the row's size: what is smaller may be raised or lowered
RAISED, LOWERED = 0.15, -0.07  # of the row's size: how far off the baseline


@dataclass(slots=True)
class Row:
    """A stretch of a line. `text` is written once the row is whole (`finish`)."""

    glyphs: list[Glyph]
    x0: float = 0.0
    x1: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    text: str = ""
    cells: list[str] = field(default_factory=list)

    def measure(self) -> Row:
        """Take extent, baseline and size from the characters: those of most of them."""
        sizes, bases = Counter[float](), Counter[float]()
        for glyph in self.glyphs:
            sizes[round(glyph.size, 1)] += 1
        self.size = max(sizes, key=lambda s: (sizes[s] * s, s))
        for glyph in self.glyphs:
            if glyph.size > self.size * SMALLER:
                bases[round(glyph.base, 1)] += 1
        self.base = bases.most_common(1)[0][0]
        self.x0, self.x1 = min(g.x0 for g in self.glyphs), max(g.x1 for g in self.glyphs)
        self.bold = sum(g.bold for g in self.glyphs) * 2 > len(self.glyphs)
        return self

    def finish(self) -> Row:
        """Write the text."""
        self.glyphs.sort(key=lambda g: (g.x0, g.x1))
        self.text = _written(self.glyphs, self.base, self.size)
        return self


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Return the rows of a page, unordered."""
    fragments: list[list[Glyph]] = []
    for glyph in glyphs:
        last = fragments[-1][-1] if fragments else None
        if last is not None and _follows(last, glyph):
            fragments[-1].append(glyph)
        else:
            fragments.append([glyph])
    rows = [Row(fragment).measure() for fragment in fragments]
    return [row.finish() for row in _joined(rows)]


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Tell whether a character goes on the line of the one before it in the file."""
    size = max(last.size, glyph.size, 1.0)
    gap = glyph.x0 - last.x1
    return -0.4 * size < gap < CELL * size and abs(glyph.base - last.base) < 0.55 * size


def _joined(rows: list[Row]) -> list[Row]:
    """Join the pieces of a row that the file has apart: single words, raised numbers that were set last."""
    rows.sort(key=lambda r: (-r.size, -r.base, r.x0))
    kept: list[Row] = []
    strips: dict[int, list[Row]] = {}
    for row in rows:
        home = next((other for other in _near(strips, row) if _is_part(row, other)), None)
        if home is None:
            kept.append(row)
            strips.setdefault(int(row.base // 8), []).append(row)
        else:
            home.glyphs += row.glyphs
            home.x0, home.x1 = min(home.x0, row.x0), max(home.x1, row.x1)
    return [row.measure() for row in kept]


def _near(strips: dict[int, list[Row]], row: Row) -> Iterable[Row]:
    at = int(row.base // 8)
    for strip in range(at - 3, at + 4):
        yield from strips.get(strip, ())


def _is_part(row: Row, home: Row) -> bool:
    """Tell whether `row` stands on the line of `home`, close to it; raised and lowered pieces included."""
    gap = max(row.x0 - home.x1, home.x0 - row.x1)
    off = row.base - home.base
    if abs(off) < 0.12 * home.size and row.size > SMALLER * home.size:
        return gap < 0.6 * home.size
    small = row.size <= SMALLER * home.size and len(row.glyphs) < 25
    return small and -0.35 * home.size < off < 0.6 * home.size and gap < 0.25 * home.size


def _written(glyphs: list[Glyph], base: float, size: float) -> str:
    """Write the characters of a row as text, spaces where gaps are, raised and lowered ones flat."""
    text, at = "", 0
    while at < len(glyphs):
        level = _level(glyphs[at], base, size)
        end = at + 1
        while end < len(glyphs) and _level(glyphs[end], base, size) == level:
            end += 1
        run = _spaced(glyphs[at:end])
        gap = at > 0 and glyphs[at].x0 - glyphs[at - 1].x1 > SPACE * size
        apart = at > 0 and (gap or (glyphs[at].apart and level == 0))
        if level and not apart:
            text += _flat(text, run, level > 0)
        else:
            text += (" " if apart else _after_raised(text, run)) + run
        at = end
    return text


def _level(glyph: Glyph, base: float, size: float) -> int:
    """Return 1 for a raised character, -1 for a lowered one, else 0."""
    if glyph.size > SMALLER * size:
        return 0
    off = (glyph.base - base) / size
    return 1 if off > RAISED else -1 if off < LOWERED else 0


def _spaced(glyphs: list[Glyph]) -> str:
    parts = [glyphs[0].text]
    for last, glyph in pairwise(glyphs):
        gap = glyph.x0 - last.x1
        if gap > SPACE * glyph.size or (glyph.apart and gap > -0.05 * glyph.size):
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def _flat(before: str, inner: str, up: bool) -> str:
    """Write raised or lowered characters in the line, a reference in brackets."""
    if not up:
        return lowered(before, inner)
    written = raised(before, inner)
    bracketed = written.citation and inner[:1] not in "(["
    return written.joint + (f"[{written.text}]" if bracketed else written.text)


def _after_raised(before: str, run: str) -> str:
    """Part a word from a reference number that it follows without a gap."""
    return " " if before.endswith("]") and run[:1].isalnum() else ""
