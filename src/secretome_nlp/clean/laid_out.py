"""Laid-out text: the reader knows from the page what is a heading, a caption, a footnote; here it gets its meaning.

What a heading announces (references, acknowledgements), and which blocks before it are authors and addresses, is told
by words, as in Markdown.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from secretome_nlp.clean.aligned_text import AlignedText
from secretome_nlp.clean.blocks import Block, Line
from secretome_nlp.clean.layout_rules import LayoutRules
from secretome_nlp.types import RawDocument

ABSTRACT_WORDS = 40  # that a block before the first heading must have to be running text


class LaidOutBlocks:
    """Makes blocks of the sections that a reader found. `text` is the document's, ligatures resolved."""

    def __init__(self, raw: RawDocument, text: AlignedText, rules: LayoutRules) -> None:
        self._raw, self._text, self._rules = raw, text.text, rules
        self._runs = text.runs
        self._starts = [run.origin_start for run in text.runs]

    def find(self) -> list[Block]:
        """Return the blocks in order, their lines as they stand on the page."""
        found: list[Block] = []
        headed = any(section.kind == "heading" for section in self._raw.sections)
        region = "front_matter" if self._raw.title and headed else ""
        for section in self._raw.sections:
            block = self._block(section.start, section.end)
            if block is None:
                continue
            kind = "text" if section.kind == "body" else section.kind
            if kind == "heading":
                region = self._rules.kind_of(block.text(self._text)) or ""
            elif kind == "text":
                kind = self._kind(block, region)
            found.append(replace(block, kind=kind))
        return found

    def _kind(self, block: Block, region: str) -> str:
        text = block.text(self._text)
        if region in ("references", "back_matter"):
            return region
        if self._rules.is_front_matter(text) and len(text) < 600:
            return "front_matter"
        if region == "front_matter":
            running = len(text.split()) > ABSTRACT_WORDS and self._rules.function_share(text) > 0.2
            return "text" if running and not self._rules.affiliation.match(text) else "front_matter"
        return "text"

    def _block(self, start: int, end: int) -> Block | None:
        """Return the lines of `start:end` of the source, by their place in the text."""
        at, stop = self._place(start), self._place(end)
        lines: list[Line] = []
        for row in self._text[at:stop].split("\n"):
            body = row.strip()
            if body:
                first = at + len(row) - len(row.lstrip())
                lines.append(Line(first, first + len(body), gap=not lines))
            at += len(row) + 1
        return Block(tuple(lines)) if lines else None

    def _place(self, origin: int) -> int:
        """Return where a character of the source stands in the text (or the next one that does)."""
        index = bisect_right(self._starts, origin) - 1
        if index < 0:
            return 0
        run = self._runs[index]
        if origin <= run.origin_start + run.end - run.start:
            return run.start + origin - run.origin_start
        return self._runs[index + 1].start if index + 1 < len(self._runs) else len(self._text)
