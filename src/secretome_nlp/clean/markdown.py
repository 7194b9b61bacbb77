"""Markdown: its marks say what a block is; captions and addresses are known by their words."""

from __future__ import annotations

import re

from secretome_nlp.clean.blocks import Block, Line, LineCutter
from secretome_nlp.clean.layout_rules import CAPTION, LayoutRules

HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
CLOSING = re.compile(r"\s+#+\Z")
UNDERLINE = re.compile(r"(?:=+|-{3,})\Z")
ITEM = re.compile(r"(?:[-*+•]\s+|(?=\d{1,3}[.)]\s))(?=\S)")
ROW = re.compile(r"\|.*\|\Z|[-:| ]*-{3,}[-:| ]*\Z")
RULE = re.compile(r"(?:[-*_]\s*){3,}\Z")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)\Z|<(?:img|!--)[^>]*>\Z")
QUOTE = re.compile(r">\s?")
BOLD_HEADING = re.compile(r"\*\*[A-Z][^*.]{2,80}\*\*\Z")
RAISED_NUMBERS = re.compile(r"<sup>\s*[\d,*\\#†‡§ ]+</sup>|(?<=[a-z])\d[,*\\\d]*(?=,| and|\Z)")


class MarkdownBlocks:
    """Cuts a Markdown text into blocks and says what each is."""

    def __init__(self, text: str, rules: LayoutRules, lines_are_paragraphs: bool = False) -> None:
        self._text, self._rules, self._loose = text, rules, lines_are_paragraphs
        self._headed = False

    def find(self) -> list[Block]:
        """Return the blocks in order; rules, images and the lines of tables' borders are left out."""
        blocks = self._cut()
        first = next((i for i, b in enumerate(blocks) if self._is_title(b)), None)
        self._headed = any(b.kind == "heading" for b in blocks[(first or 0) + 1 :])
        region, titled = "", False
        found: list[Block] = []
        for index, block in enumerate(blocks):
            text = block.text(self._text)
            kind = block.kind
            if index == first:
                kind, titled, region = "title", True, "front_matter"
            elif kind == "heading":
                if self._is_author_line(text) or (titled and region == "front_matter" and text.startswith("*")):
                    kind = "front_matter"
                else:
                    region = self._rules.kind_of(text) or self._after(region, text)
            if kind in ("text", "item"):
                kind = self._body_kind(block, text, region)
            found.append(block.of_kind(kind))
        return _joined_items(found, self._text)

    def _after(self, region: str, text: str) -> str:
        """Return the region below a heading that names none: an article type changes nothing."""
        outside = region in ("references", "front_matter")
        return region if outside and self._rules.is_article_type(text) else ""

    def _body_kind(self, block: Block, text: str, region: str) -> str:
        if region in ("references", "back_matter"):
            return "back_matter" if region == "references" and self._rules.is_front_matter(text) else region
        if CAPTION.match(text):
            return "caption"
        if self._rules.is_front_matter(text) or (region == "front_matter" and not self._is_abstract_like(text)):
            return "front_matter"
        return block.kind

    def _is_abstract_like(self, text: str) -> bool:
        """Tell whether a block before the first heading is running text, not names and addresses.

        Where no heading follows there is no other place for the text: then a sentence is enough.
        """
        prose = self._rules.function_share(text)
        told = prose > 0.2 and len(text.split()) > 40 if self._headed else prose > 0.1 and self._rules.is_finished(text)
        return told and not self._rules.affiliation.match(text)

    def _is_title(self, block: Block) -> bool:
        text = re.sub(r"[*_#]", "", block.text(self._text))
        return block.kind == "heading" and not self._rules.is_article_type(text) and self._rules.kind_of(text) is None

    def _is_author_line(self, text: str) -> bool:
        """Tell whether a heading is the line of the authors' names: two or more with raised numbers."""
        return len(RAISED_NUMBERS.findall(text)) > 1

    def _cut(self) -> list[Block]:
        blocks: list[Block] = []
        for line in LineCutter(self._text).lines():
            text = self._text[line.start : line.end]
            if RULE.match(text) or IMAGE.match(text):
                continue
            last = blocks[-1] if blocks else None
            block = self._block(line, text)
            same = last is not None and not line.gap and last.kind == block.kind and not block.level
            if last is not None and same and (block.kind == "table" or (block.kind == "text" and not self._loose)):
                blocks[-1] = Block(last.lines + block.lines, last.kind, last.gap)
            elif last is not None and not line.gap and last.kind == "item" and block.kind == "text":
                blocks[-1] = Block(last.lines + block.lines, "item", last.gap)
            else:
                blocks.append(block)
        return blocks

    def _block(self, line: Line, text: str) -> Block:
        """Make a block of one line, its marks cut off."""
        heading = HEADING.match(text)
        if heading:
            closing = CLOSING.search(text, heading.end())
            end = line.start + closing.start() if closing else line.end
            return Block((Line(line.start + heading.end(), end, True),), "heading", True, len(heading[1]))
        if ROW.match(text):
            return Block((line,), "table", line.gap)
        if BOLD_HEADING.match(text) and line.gap:
            return Block((line,), "heading", True, 6)
        item = ITEM.match(text)
        if item:
            return Block((Line(line.start + item.end(), line.end, line.gap),), "item", line.gap)
        if self._loose and len(text.split()) < 7 and self._rules.kind_of(text) and text[-1] not in ".,;":
            return Block((line,), "heading", line.gap)
        quote = QUOTE.match(text)
        start = line.start + quote.end() if quote and quote.end() < len(text) else line.start
        return Block((Line(start, line.end, line.gap),), "text", line.gap)


NUMBERED_ENTRY = re.compile(r"\[?\d{1,3}[.)\]]\s")
AUTHORS_ENTRY = re.compile(r"[^\W\d_][\w'’-]+(?: [a-z]{2,3}| [A-Z][\w'’-]+){0,3},? [A-Z]{1,4}\b[,.:]")
INSTITUTION_ENTRY = re.compile(r"[A-Z][^.\d;:]{3,60}\. [A-Z]")
ENDED = re.compile(r"(?:PMC ?\d+|PMID: ?\d+|\d+[-–]\w*\d+|10\.\d{4,}/\S+|https?://\S+|\b(?:19|20)\d\d[^.]{0,20})\W*\Z")


def _joined_items(blocks: list[Block], text: str) -> list[Block]:
    """Join the parts of reference entries that a page break or a stray bullet cut in two."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        both = block.kind == "references" and last is not None and last.kind == "references"
        if both and last is not None and not _begins_entry(block.text(text), last.text(text)[-160:]):
            found[-1] = Block(last.lines + block.lines, "references", last.gap)
        else:
            found.append(block)
    return found


def _begins_entry(entry: str, before: str) -> bool:
    """Tell whether `entry` is a new reference, not the rest of the one that ends with `before`."""
    if NUMBERED_ENTRY.match(entry):
        return True
    if before[-1:] in ",;:&-":
        return False
    if AUTHORS_ENTRY.match(entry):
        return True
    return INSTITUTION_ENTRY.match(entry) is not None and ENDED.search(before) is not None
