"""Paragraphs, headings, captions, footnotes: the rows of a document in reading order, cut into blocks.

A block ends at a gap, an indent, a change of type, at the end of a column or page; a paragraph that goes on in the next
column is joined when the text is cleaned.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from secretome_nlp.read.pdf.columns import Region
from secretome_nlp.read.pdf.rows import Row

CAPTION = re.compile(
    r"(?:Supp\w*\.? |Extended Data )?(?:Table|TABLE|Figure|FIGURE|Fig\.?|FIG\.?|Scheme|SCHEME|Box)\s?"
    r"(?:S?\d{1,2}|[IVX]{1,4})[A-Za-z]?\s*(?:[.:|]|[—–-]\s|\s(?=[A-Z])|\Z)"
)
NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.)\s+[A-Z]")
ENTRY = re.compile(r"\[?\d{1,3}[.)\]]\s*\S|\d{1,3}\s+[A-Z]")
LIST_HEADING = re.compile(
    r"\W*(?:\d{1,2}\.?\s+)?(?:references|literature cited|bibliography|literature)\W*\Z", re.IGNORECASE
)
RAISED = re.compile(r"\[[\d,*†‡§]+\]|[*†‡§]")
STOP = re.compile(r"[.!?:][)\]\"”’]*(?:\s?\[[\d,;–\- ]+\])?\Z")
WORDS_OF_A_HEADING = 14
LARGER, SMALLER = 1.06, 0.93  # of the body's size
TITLE = 1.15


@dataclass(slots=True)
class Block:
    """Rows that belong together, and what they are: body, heading, title, caption, table, back_matter."""

    rows: list[Row]
    kind: str = "body"
    region: int = 0
    page: int = 0

    @property
    def text(self) -> str:
        """The rows, one a line."""
        return "\n".join(row.text for row in self.rows)

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        sizes = Counter[float]()
        for row in self.rows:
            sizes[row.size] += len(row.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether it is all bold."""
        return all(row.bold for row in self.rows)


@dataclass(slots=True)
class Cutter:
    """Cuts the pages of one document, each a list of regions, into blocks."""

    pages: list[list[Region]]
    body: float = 0.0
    leading: float = 0.0
    blocks: list[Block] = field(default_factory=list)
    listing: bool = False

    def run(self) -> list[Block]:
        """Return the blocks in reading order."""
        self._measure()
        number = 0
        for page, found in enumerate(self.pages):
            for region in found:
                number += 1
                self._cut(region, number, page)
        self._name_titles()
        self._name_footnotes()
        return self.blocks

    def _measure(self) -> None:
        """Find the size of the running text and the distance of its rows."""
        sizes, steps = Counter[float](), list[float]()
        rows = [region.rows for page in self.pages for region in page]
        for region in rows:
            for row in region:
                sizes[round(row.size * 2) / 2] += len(row.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 10.0
        for region in rows:
            for one, two in pairwise(region):
                if abs(one.size - self.body) < 0.6 and abs(two.size - self.body) < 0.6:
                    steps.append(one.base - two.base)
        steps = [step for step in steps if 0 < step < 3 * self.body]
        self.leading = median(steps) if steps else 1.2 * self.body

    def _cut(self, region: Region, number: int, page: int) -> None:
        margin, right = region.x0, region.x1
        open_: Block | None = None
        for row in region.rows:
            if open_ is None and self._resumes(row, page):
                open_ = self.blocks[-1]
            if open_ is None or self._breaks(open_, row, margin, right):
                open_ = Block([row], region=number, page=page)
                self.blocks.append(open_)
            else:
                open_.rows.append(row)
            self._name(open_)

    def _resumes(self, row: Row, page: int) -> bool:
        """Tell whether a region's first row goes on the block above: the last, short line of text across the page."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.page != page or last.kind == "table" or row.cells:
            return False
        step = last.rows[-1].base - row.base
        alike = abs(last.rows[-1].size - row.size) < 0.06 * row.size and last.rows[-1].bold == row.bold
        usual = last.rows[-2].base - last.rows[-1].base if len(last.rows) > 1 else self.leading * row.size / self.body
        return alike and 0 < step < usual * 1.12 and abs(row.x0 - min(r.x0 for r in last.rows)) < row.size * 3

    def _breaks(self, block: Block, row: Row, margin: float, right: float) -> bool:
        last = block.rows[-1]
        if bool(row.cells) != bool(last.cells):
            return True
        if row.cells:
            return False
        step, usual = last.base - row.base, max(self.leading * row.size / self.body, row.size)
        if step < -0.5 * row.size or step > 1.45 * usual:
            return True
        if abs(row.size - last.size) > 0.08 * last.size and max(len(row.text), len(last.text)) > 3:
            return True
        if block.kind == "heading" and (row.bold != last.bold or row.size < last.size * 0.96):
            return True
        if row.bold and not last.bold and step > 1.15 * usual:
            return True
        if CAPTION.match(row.text) and (STOP.search(last.text) or row.bold > last.bold):
            return True
        return self._begins_paragraph(block, row, margin, right)

    def _begins_paragraph(self, block: Block, row: Row, margin: float, right: float) -> bool:
        """Tell by indents, short last lines and numbers whether a row begins a paragraph or an entry of a list."""
        last, em = block.rows[-1], row.size
        if self.listing:
            hanging = len({round(r.x0 / em) for r in block.rows}) > 1 or row.x0 > last.x0 + 0.5 * em
            outdent = row.x0 < last.x0 - 0.5 * em
            return outdent or (ENTRY.match(row.text) is not None and not hanging and STOP.search(last.text) is not None)
        indented = margin + 0.6 * em < row.x0 < margin + 5 * em and last.x0 < row.x0 - 0.6 * em
        if indented and block.kind == "body" and (len(block.rows) > 1 or STOP.search(last.text)):
            return STOP.search(last.text) is not None or last.x1 < right - 2 * em
        return block.kind == "body" and last.x1 < right - 4 * em and STOP.search(last.text) is not None

    def _name(self, block: Block) -> None:
        """Say what a block is, by its own look."""
        first = block.rows[0]
        if first.cells:
            block.kind = "table"
        elif CAPTION.match(first.text):
            block.kind = "caption"
        elif self._is_heading(block):
            block.kind = "heading"
            self.listing = LIST_HEADING.match(block.text) is not None
        elif block.kind == "heading":
            block.kind = "body"

    def _is_heading(self, block: Block) -> bool:
        text = " ".join(row.text for row in block.rows)
        if len(text.split()) > WORDS_OF_A_HEADING or len(block.rows) > 3 or sum(map(str.isalpha, text)) < 3:
            return False
        if text.endswith((".", ",", ";", "-")) and not NUMBERED.match(text):
            return False
        if len(RAISED.findall(text)) > 1:  # names with the numbers of their addresses
            return False
        marked = block.bold or block.size > LARGER * self.body or (text.isupper() and len(text) > 4)
        return marked and block.size >= 0.95 * self.body and text[:1].upper() == text[:1]

    def _name_titles(self) -> None:
        """Name the largest type of the first page the title."""
        first = [b for b in self.blocks if b.page == 0 and b.kind in ("heading", "body") and len(b.text.split()) > 2]
        largest = max((b.size for b in first), default=0.0)
        if largest < TITLE * self.body:
            return
        named = next((i for i, b in enumerate(self.blocks) if b in first and b.size == largest), None)
        if named is not None and len(self.blocks[named].text.split()) < 60:
            self.blocks[named].kind = "title"

    def _name_footnotes(self) -> None:
        """Name small type at the foot of a column, below running text, back matter."""
        for region in sorted({block.region for block in self.blocks}):
            inside = [block for block in self.blocks if block.region == region]
            small: list[Block] = []
            while inside and inside[-1].kind == "body" and inside[-1].size < SMALLER * self.body:
                small.append(inside.pop())
            above = inside[-1] if inside else None
            if above is not None and above.kind == "heading":
                continue
            page = small[0].page if small else 0
            lower = [b for b in self.blocks if b.page == page and b not in small and b.kind == "body"]
            foot = min((b.rows[-1].base for b in lower), default=0.0)
            if above is not None or all(b.rows[0].base < foot + 0.5 * self.body for b in small):
                for block in small:
                    block.kind = "back_matter"
