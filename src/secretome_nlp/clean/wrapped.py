"""Hard-wrapped text, as it comes out of a PDF: which lines are running text, and which stand in its way.

No line is marked, so the shape decides. Running text is justified: all lines of a block but the last are
about equally wide, and a third of its words are function words. Tables and the lettering of figures are
ragged and hardly have any. A table or figure may cut a sentence in two; where the sentence before is
unfinished, a block that goes on in lower case resumes it.
"""

from __future__ import annotations

import re

from secretome_nlp.clean.blocks import Block, Line, LineCutter
from secretome_nlp.clean.layout_rules import CAPTION, TABLE_CAPTION, LayoutRules

NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.)\s+[A-Z][^;!?]{2,90}\Z")
RUN_IN = re.compile(r"((?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(\d{1,2}\))\s+[A-Z][^.;:!?()]{2,80}\.)\s+(?=[A-Z0-9“\"(])")
LISTED = re.compile(r"(?:[•▪◦‣●○■–*]|\((?:[ivx]{1,5}|\d{1,2}|[a-h])\)|\d{1,2}[.)])\s")
PAGE_NUMBER = re.compile(r"\W*(?:page |p\. ?)?\d{1,5}(?: of \d+)?\W*\Z", re.IGNORECASE)
MAX_HEADING_WORDS = 14
PROSE_WIDTH = 38  # narrower columns than this are not set in journals
STEADY = 0.75  # share of a block's lines that must have about its width
STRICTLY_STEADY = 0.9  # the same after a table


class WrappedBlocks:
    """Cuts one text into blocks and says what each is."""

    def __init__(self, text: str, rules: LayoutRules) -> None:
        self._text, self._rules = text, rules
        self._blocks: list[Block] = []

    def find(self) -> list[Block]:
        """Return the blocks in order; every line that is not blank is in one of them, or cut into two."""
        self._blocks = self._cut()
        region, unfinished, floating = "", False, False
        found: list[Block] = []
        for index, block in enumerate(self._blocks):
            kind = self._kind(index, block, unfinished, floating)
            if kind == "heading":
                region = self._rules.kind_of(block.text(self._text)) or ""
            elif region in ("references", "back_matter") and kind in ("text", "table"):
                kind = region
            if kind == "text":
                unfinished = not self._rules.is_finished(block.text(self._text))
            elif kind == "heading":
                unfinished = False
            floating = kind == "table" or (kind == "caption" and self._is_table(block))
            found.append(block.of_kind(kind))
        return found

    # cutting

    def _cut(self) -> list[Block]:
        blocks: list[list[Line]] = []
        kinds: list[str] = []
        waiting = list(LineCutter(self._text).lines())[::-1]
        before: Line | None = None
        while waiting:
            line, after = waiting.pop(), waiting[-1] if waiting else None
            apart = before is None or line.gap or line.flag or kinds[-1] == "heading" or self._stops(before)
            kind = self._line_kind(line, before, after, apart)
            run_in = RUN_IN.match(self._text, line.start, line.end) if apart and kind != "caption" else None
            if run_in and len(run_in.group().split()) <= MAX_HEADING_WORDS:
                waiting.append(Line(run_in.end(), line.end, flag=True, rest=True))
                line, kind = Line(line.start, run_in.end(1), line.gap, line.flag), "heading"
            fresh = kind != "text" or before is None or line.gap or line.flag
            if fresh or before is None or self._ends_block(kinds[-1], before, line):
                blocks.append([line])
                kinds.append(kind)
            else:
                blocks[-1].append(line)
            before = line
        return [Block(tuple(lines), kind, lines[0].gap) for lines, kind in zip(blocks, kinds, strict=True)]

    def _line_kind(self, line: Line, before: Line | None, after: Line | None, apart: bool) -> str:
        """Tell what a line shows to be by itself: a caption's or a heading's first line, or neither."""
        text = self._of(line)
        if CAPTION.match(text) and (apart or (before is not None and CAPTION.match(self._of(before)))):
            return "caption"
        follows = self._of(after) if after else "A"
        if line.gap and after and not after.gap and follows[:1].islower() and self._is_title_case(text):
            return "front_matter" if line.width * 5 < after.width * 3 and after.width > PROSE_WIDTH else "text"
        short_after = after is not None and after.width < line.width * 0.7
        if apart and self._is_numbered(text) and (follows[:1].isupper() or follows[:1].isdigit() or short_after):
            return "heading"
        return "text"

    def _is_title_case(self, text: str) -> bool:
        """Tell whether a line is a name in title case ("Journal of Things"): a running head."""
        words = text.split()
        longer = [word for word in words if word.lower() not in self._rules.function_words]
        return (
            1 < len(words) < 8
            and longer[-1:] == words[-1:]
            and all(word[:1].isupper() and word.isalpha() for word in longer)
        )

    def _is_numbered(self, text: str) -> bool:
        return (
            NUMBERED.match(text) is not None
            and len(text.split()) <= MAX_HEADING_WORDS
            and not text.endswith((".", ",", "-"))
            and not re.search(r"\d,|, \d", text)
        )

    def _ends_block(self, kind: str, before: Line, line: Line) -> bool:
        """Tell whether a block of this kind ends between two lines that no gap parts."""
        text, last = self._of(line), self._of(before)
        if kind == "front_matter":
            return True
        if kind == "heading":
            return text[:1].isupper() or line.width > before.width * 1.4 or last.endswith(".")
        if kind == "caption":
            if TABLE_CAPTION.match(last) or before.width < PROSE_WIDTH:
                return not text[:1].islower() and not text[:1].isdigit()
            return self._stops(before) and text[:1].islower()
        return False

    def _stops(self, line: Line) -> bool:
        return self._rules.is_finished(self._of(line))

    # judging

    def _kind(self, index: int, block: Block, unfinished: bool, floating: bool) -> str:
        text = block.text(self._text)
        if block.kind != "text":
            return block.kind
        if index == 0 and self._is_title(block):
            return "title"
        if self._rules.is_front_matter(text) and len(text) < 600:
            return "front_matter"
        if PAGE_NUMBER.match(text) and not floating:
            return "front_matter"
        prose = self._is_prose(block, strict=floating)
        if floating:
            return "text" if self._resumes(index, block, unfinished, prose) else "table"
        if prose or (unfinished and self._continues(block)):
            return "text"
        if self._is_heading(index, block, unfinished):
            return "heading"
        if self._rules.is_finished(text) and len(text.split()) > 4 and self._rules.function_share(text) > 0.1:
            return "text"
        return "front_matter" if self._is_running_head(index, block, unfinished) else "table"

    def _is_prose(self, block: Block, strict: bool = False) -> bool:
        """Tell whether a block has the shape and the words of running text.

        Only lines that are too short speak against it: software that rejoins broken words makes lines longer,
        and a line may be short where a paragraph ends, with a stop.
        """
        share = self._rules.function_share(block.text(self._text))
        if share < (0.2 if strict else 0.15) or self._is_list(block):
            return False
        if len(block.lines) == 1:
            return not strict and block.lines[0].width >= PROSE_WIDTH and len(block.text(self._text).split()) > 6
        body = block.lines[:-1]
        if body[0].rest:  # its width says nothing
            body = body[1:] or block.lines[1:]
        usual = sorted(line.width for line in body)[len(body) // 4]  # not the median: half may be too long
        if usual < PROSE_WIDTH or (strict and len(block.lines) < 3):
            return False
        full = [line.width >= usual * 0.8 or self._stops(line) for line in body]
        return sum(full) >= (STRICTLY_STEADY if strict else STEADY) * len(full)

    def _is_list(self, block: Block) -> bool:
        marks = sum(LISTED.match(self._of(line)) is not None for line in block.lines)
        return marks > 1 and marks * 5 > len(block.lines)

    def _continues(self, block: Block) -> bool:
        """Tell whether a short block is the rest of a sentence that a gap or a page break cut."""
        text = self._of(block.lines[0])
        if len(block.lines) > 2:
            return False
        if text[:1].islower() or (text[:1].isdigit() and "," in text[:8]):
            return True
        return not block.gap and self._stops(block.lines[-1])

    def _resumes(self, index: int, block: Block, unfinished: bool, prose: bool) -> bool:
        """Tell whether running text goes on at a block that follows a table."""
        lower = self._of(block.lines[0])[:1].islower()
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if lower and unfinished and (prose or self._is_prose(block)):
            return True
        if lower and unfinished and after is not None and after.kind == "text":
            tail = Block(block.lines[-1:] + after.lines)
            return self._is_prose(after, strict=True) and self._is_prose(tail, strict=True)
        return prose and (not lower or unfinished or len(block.lines) > 4)

    def _is_heading(self, index: int, block: Block, unfinished: bool) -> bool:
        text = block.text(self._text)
        if len(block.lines) > 3 or len(text.split()) > MAX_HEADING_WORDS or text.endswith((",", ";", "-")):
            return False
        if self._rules.kind_of(text) and len(text.split()) < 6 and not unfinished:
            return True
        if unfinished or self._rules.is_finished(text) or not text[:1].isupper():
            return False
        if text.split()[-1].lower() in self._rules.function_words:
            return False
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if after is None or not after.gap:
            return False
        begins = self._of(after.lines[0])[:1]
        return after.kind == "heading" or (self._is_prose(after) and not begins.islower())

    def _is_running_head(self, index: int, block: Block, unfinished: bool) -> bool:
        """Tell whether a short block is a journal's or an author's name at the head of a page."""
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        return (
            unfinished and len(block.lines) == 1 and after is not None
            and self._of(after.lines[0])[:1].islower() and self._is_prose(after)
        )  # fmt: skip

    def _is_title(self, block: Block) -> bool:
        """Tell whether the first block is the paper's title: short, no sentence, text below it."""
        text = block.text(self._text)
        after = self._blocks[1] if len(self._blocks) > 1 else None
        return (
            len(block.lines) < 5 and len(text.split()) < 40 and not self._rules.is_finished(text)
            and text.split()[-1].lower() not in self._rules.function_words
            and after is not None and after.gap and after.kind != "caption"
            and not self._of(after.lines[0])[:1].islower()
        )  # fmt: skip

    def _is_table(self, block: Block) -> bool:
        return TABLE_CAPTION.match(self._of(block.lines[0])) is not None

    def _of(self, line: Line) -> str:
        return self._text[line.start : line.end]
