"""HTML tables in Markdown: each row becomes a line of Markdown's own tables, its cells parted by strokes.

Only the tables' marks are looked for, in one pass from left to right, and nothing of them is fetched or run: words
keep their places in the source, and any input takes time in proportion to its length. Marks within cells are left to
`inline`. A cell that spans rows stands in each of them, as HTML has it (its repeated words have no origin).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from secretome_nlp.clean.aligned_text import AlignedText, Edit

MARK = re.compile(
    r"<(?P<close>/?)(?P<name>table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col|script|style)\b[^<>]{0,2000}>"
    r"|(?P<open><!--)|(?P<end>-->)",
    re.IGNORECASE,
)
SPANS = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,3})(?!\d)", re.IGNORECASE)
BREAK = re.compile(r"\s*\n\s*|\|")
CELLS = frozenset({"td", "th"})
UNSEEN = frozenset({"script", "style", "comment"})
#: Wider rows, longer spans and longer cells are no table of findings, or are made to do harm.
WIDEST, TALLEST, LONGEST, LONGEST_REPEATED = 100, 100, 4000, 200
REPEATED_SHARE = 2


def unfolded(text: AlignedText) -> AlignedText:
    """Return a Markdown text with the HTML tables in it as rows of strokes.

    Tables of one row or one column (they lay out a page), tables in others, and those that do not end stay as they
    are.
    """
    edits = [edit for marks in _tables(text.text) for edit in _Rows(text.text).edits(marks)]
    return text.edit(edits)


def _tables(source: str) -> Iterator[list[re.Match[str]]]:
    """Yield the marks of each outermost table, from its beginning to its end."""
    marks: list[re.Match[str]] = []
    depth, nested = 0, False
    for mark in MARK.finditer(source):
        if (mark["name"] or "").lower() == "table":
            depth = max(0, depth + (-1 if mark["close"] else 1))
            nested = nested or depth > 1
        if depth or marks:
            marks.append(mark)
        if marks and not depth:
            if not nested:
                yield marks
            marks, nested = [], False


class _Rows:
    """Turns the marks of one table into edits."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[Edit] = []
        self.widths: list[int] = []
        self.column = 0  # of the row that is open; 0 where none is
        # Cells of earlier rows that reach into the open row, and those that will reach into the next: how many more
        # rows they span, and their words.
        self.carried: dict[int, tuple[int, str]] = {}
        self.reaching: dict[int, tuple[int, str]] = {}
        self.repeatable = 0  # how many characters may still be repeated
        self.spans = (1, 1)  # columns and rows of the cell that is open
        self.sound = True

    def edits(self, marks: Sequence[re.Match[str]]) -> list[Edit]:
        """Return the edits, none where the marks make no table of two columns and rows."""
        unseen = ""
        self.repeatable = REPEATED_SHARE * (marks[-1].end() - marks[0].start())
        for mark, after in pairwise(marks):
            name = (mark["name"] or "comment").lower()
            closes = bool(mark["close"] or mark["end"])
            if unseen:
                unseen = "" if closes and name == unseen else unseen
                new = ""
            elif not closes and name in UNSEEN:
                unseen, new = name, ""
            else:
                new = self._mark(name, mark.group(), closes)
            self.found.append(Edit(mark.start(), mark.end(), "\n\n" if mark is marks[0] else new))
            self._text(mark.end(), after.start(), bool(unseen))
        self.found.append(Edit(marks[-1].start(), marks[-1].end(), self._end_row() + "\n\n"))
        wide = sum(width > 1 for width in self.widths)
        return self.found if self.sound and wide > 1 and not unseen else []

    def _mark(self, name: str, mark: str, closes: bool) -> str:
        """Return what stands for a mark."""
        if name in CELLS:
            return "" if closes else self._cell(mark)
        return "" if name == "comment" else self._end_row()

    def _cell(self, mark: str) -> str:
        given = {kind.lower(): int(number) for kind, number in SPANS.findall(mark)}
        before = self._end_cell() + self._carried()
        self.spans = (max(1, given.get("col", 1)), max(1, given.get("row", 1)))
        self.sound = self.sound and self.column + self.spans[0] <= WIDEST and self.spans[1] <= TALLEST
        if self.spans[1] > 1:
            self.reaching[self.column] = (self.spans[1] - 1, "")
        self.column += 1
        return before + "| "

    def _text(self, start: int, end: int, unseen: bool) -> None:
        """Write what stands between two marks: on one line in a cell, as a paragraph outside of rows."""
        told = self.source[start:end]
        if unseen or not told.strip():
            self.found.append(Edit(start, end, " " if self.column else ""))
        elif self.column:
            self.sound = self.sound and end - start <= LONGEST
            self.found += [
                Edit(start + m.start(), start + m.end(), " " if m.group() != "|" else "¦") for m in BREAK.finditer(told)
            ]
            if self.column - 1 in self.reaching and self.spans[1] > 1:
                rows, words = self.reaching[self.column - 1]
                words = " ".join([*words.split(), *BREAK.sub(" ", told).split()])
                self.reaching[self.column - 1] = (rows, words if len(words) <= LONGEST_REPEATED else "")
        else:
            self.found.append(Edit(end, end, "\n\n"))

    def _end_cell(self) -> str:
        """Return what ends the open cell: room for the further columns that it spans."""
        if not self.column:
            return ""
        more, self.spans = self.spans[0] - 1, (1, 1)
        self.column += more
        return " " + "| " * more

    def _carried(self) -> str:
        """Return the cells of earlier rows that reach into the next columns of this one."""
        pieces = []
        while self.column in self.carried and self.column < WIDEST:
            rows, words = self.carried.pop(self.column)
            if rows > 1:
                self.reaching[self.column] = (rows - 1, words)
            self.repeatable -= len(words)
            pieces.append(f"| {words if self.repeatable >= 0 else ''} ")
            self.column += 1
        return "".join(pieces)

    def _end_row(self) -> str:
        if not self.column:
            return ""
        line = self._end_cell() + self._carried() + "|\n"
        self.widths.append(self.column)
        self.column, self.carried, self.reaching = 0, self.reaching, {}
        return line
