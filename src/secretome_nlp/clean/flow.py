"""Flow: blocks become paragraphs, each whole, what stood in the middle of one moved behind it.

Paragraphs of the result are separated by exactly one blank line and hold no line end. In `table` paragraphs a
tab stands for each line end of the source: a paragraph is a block of the table there, a tab parts its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from secretome_nlp.clean.aligned_text import AlignedText
from secretome_nlp.clean.blocks import Block, Line
from secretome_nlp.clean.layout_rules import LayoutRules
from secretome_nlp.clean.line_breaks import LineJoiner

GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of the source that make one paragraph, and the kind of block they came from."""

    lines: tuple[Line, ...]
    kind: str
    level: int = 0


@dataclass(slots=True)
class Flow:
    """Puts the paragraphs of one text in order. `wrapped`: a paragraph may end inside a block."""

    text: str
    rules: LayoutRules
    wrapped: bool
    done: list[Paragraph] = field(default_factory=list)
    waiting: list[Paragraph] = field(default_factory=list)
    open: list[Line] = field(default_factory=list)

    def run(self, blocks: Sequence[Block]) -> list[Paragraph]:
        """Return the paragraphs of `blocks`, in reading order."""
        for block in blocks:
            if block.kind == "text":
                self._running(block)
            elif block.kind in ("heading", "title", "item", "references") or not self._is_open():
                self._close()
                self.done.append(Paragraph(block.lines, block.kind, block.level))
            else:
                self.waiting.append(Paragraph(block.lines, block.kind))
        self._close()
        return self.done

    def _running(self, block: Block) -> None:
        parts = self._parts(block) if self.wrapped else [list(block.lines)]
        if self.open and self._goes_on(parts[0], block.gap or bool(self.waiting)):
            self.open += parts.pop(0)
        for part in parts:
            self._close()
            self.open = part

    def _parts(self, block: Block) -> list[list[Line]]:
        """Cut a block of wrapped text at lines that end short, with a stop."""
        widths = sorted(line.width for line in block.lines)
        usual = widths[len(widths) // 2]
        parts = [[block.lines[0]]]
        for before, line in zip(block.lines, block.lines[1:], strict=False):
            begins = self._of(line)[:1]
            ends = before.width < usual * 0.85 and self.rules.is_finished(self._of(before))
            if ends and not begins.islower() and not before.rest:
                parts.append([line])
            else:
                parts[-1].append(line)
        return parts

    def _goes_on(self, part: list[Line], apart: bool) -> bool:
        """Tell whether the open paragraph's last sentence goes on with `part`."""
        last, first = self._of(self.open[-1]), self._of(part[0])
        if self.rules.is_finished(last):
            return False
        if first[:1].islower() or last[-1] in ",-–(/" or not apart:
            return True
        if last.split()[-1].lower().rstrip(".") in self.rules.function_words | self.rules.abbreviations:
            return True
        if last[-1] == ":":
            return False
        usual = sorted(line.width for line in self.open)[len(self.open) // 2]
        return self.wrapped and len(self.open) > 1 and self.open[-1].width > usual * 0.85

    def _is_open(self) -> bool:
        return bool(self.open) and not self.rules.is_finished(self._of(self.open[-1]))

    def _close(self) -> None:
        if self.open:
            self.done.append(Paragraph(tuple(self.open), "text"))
        self.done += self.waiting
        self.open, self.waiting = [], []

    def _of(self, line: Line) -> str:
        return self.text[line.start : line.end]


def assemble(text: AlignedText, paragraphs: Sequence[Paragraph], joiner: LineJoiner) -> AlignedText:
    """Write the paragraphs out, each on one line, joined at line ends as `joiner` says."""
    pieces: list[tuple[int, int] | str] = []
    source = text.text
    for paragraph in paragraphs:
        if pieces:
            pieces.append(GAP)
        for index, line in enumerate(paragraph.lines):
            start, end = line.start, line.end
            if index + 1 < len(paragraph.lines):
                after = paragraph.lines[index + 1]
                joint = joiner.joint(source[start:end], source[after.start : after.end])
                if paragraph.kind == "table":
                    pieces += [(start, end), "\t"]
                elif joint == "drop":
                    pieces.append((start, end - 1))
                else:
                    pieces += [(start, end), " "] if joint == "space" else [(start, end)]
            else:
                pieces.append((start, end))
    return text.take(pieces)
