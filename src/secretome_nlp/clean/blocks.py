"""Blocks: stretches of lines that belong together, and what each of them is.

A block's kind is one of text, item (of a list), heading, caption, table, front_matter, back_matter,
references.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer white space: `text[start:end]`.

    `gap`: a blank line stands before it; `flag`: a page break or an unusual indent does; `rest`: a heading
    that ran into it was cut off its start.
    """

    start: int
    end: int
    gap: bool = False
    flag: bool = False
    rest: bool = False

    @property
    def width(self) -> int:
        """Characters between the margins."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together. `gap`: a blank line stands before; `level`: of a Markdown heading."""

    lines: tuple[Line, ...]
    kind: str = "text"
    gap: bool = True
    level: int = 0

    def of_kind(self, kind: str) -> Block:
        """Return this block as one of another kind."""
        return replace(self, kind=kind)

    def text(self, source: str) -> str:
        """Return the block's lines, joined by spaces."""
        return " ".join(source[line.start : line.end] for line in self.lines)


@dataclass(slots=True)
class LineCutter:
    """Cuts a text into lines and notes gaps, page breaks and indents."""

    text: str
    indent: int = field(default=0)

    def __post_init__(self) -> None:
        indents = Counter(len(row) - len(row.lstrip()) for row in self.text.split("\n") if row.strip())
        self.indent = indents.most_common(1)[0][0] if indents else 0

    def lines(self) -> Iterator[Line]:
        """Yield the lines that are not blank."""
        at, gap, page = 0, True, False
        for row in self.text.split("\n"):
            body = row.strip()
            page = page or "\f" in row
            if body:
                lead = len(row) - len(row.lstrip())
                start = at + lead
                yield Line(start, start + len(body), gap, page or lead != self.indent)
                gap, page = False, False
            else:
                gap = True
            at += len(row) + 1
