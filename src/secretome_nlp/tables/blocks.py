"""Tables torn into blocks of cells: what stands right before a block of references belongs to those.

A page whose columns were written out in pieces has lost its rows. Where the table's heads stand in their order, and
a block of as many cells as there are references stands right before a block of references, those cells are of one
row each with them; so are the blocks before it, from column to column, as long as each has as many cells and holds
what its column's head speaks of. Everything else in such a table is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secretome_nlp.knowledge.table_columns import TableWords, load_table_words
from secretome_nlp.tables.regions import BY_TYPE, LINE, PARAGRAPH, WALL, column_of, grid_of, regions
from secretome_nlp.types import Document, Mention, Span

LEAST_HEADS = 3
REFERENCE = "reference"
LABEL = re.compile(r"\w+\.? \w+\b")
GOES_ON = re.compile(r"[a-z(]")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Kinds of a table's columns in their order, the last of them the references, and its blocks of cells."""

    heads: tuple[str | None, ...]
    blocks: tuple[tuple[Span, ...], ...]


def blocks_of(document: Document, region: Span, words: TableWords) -> Blocks | None:
    """Return the blocks of a table that begins with its heads, a paragraph each, the references last; else None."""
    paragraphs = [Span(*p.span()) for p in PARAGRAPH.finditer(document.text, region.start, region.end)]
    heads: list[str | None] = []
    for at, paragraph in enumerate(paragraphs):
        lines = LINE.findall(document.text, paragraph.start, paragraph.end)
        if len(lines) > 1:
            return None
        heads.append(column_of(lines[0], words))
        if heads[-1] == REFERENCE:
            known = sum(kind is not None for kind in heads)
            blocks = tuple(tuple(cells_of(document.text, p, words)) for p in paragraphs[at + 1 :])
            return Blocks(tuple(heads), blocks) if known >= LEAST_HEADS else None
    return None


def caption_of(document: Document, region: Span) -> Span | None:
    """Return where the caption right before a table stands; that of the first part for one that only goes on."""
    captions = [s for s in document.sections if s.kind == "caption" and s.end <= region.start]
    if not captions or document.text[captions[-1].end : region.start].strip():
        return None
    label = LABEL.match(document.text, captions[-1].start)
    same = [s for s in captions if label and document.text.startswith(label.group(), s.start)]
    first = same[0] if same else captions[-1]
    return Span(first.start, first.end)


def places(document: Document) -> tuple[Span, ...]:
    """Return where mentions are needed to read the tables: in them, and in the captions that tell of torn ones."""
    words, found = load_table_words(), set(regions(document))
    for region in regions(document):
        caption = caption_of(document, region) if blocks_of(document, region, words) else None
        found |= {caption} if caption else set()
    return tuple(sorted(found, key=lambda span: span.start))


def cells_of(text: str, paragraph: Span, words: TableWords) -> list[Span]:
    """Return the cells of a paragraph, a line or more each.

    One goes on in a line that begins in lower case or with a bracket, or where the line before ends with a word such
    as "of".
    """
    cells: list[Span] = []
    for line in LINE.finditer(text, paragraph.start, paragraph.end):
        before = text[cells[-1].start : cells[-1].end].split() if cells else []
        if cells and (GOES_ON.match(line.group()) or (before and before[-1].lower() in words.joins)):
            cells[-1] = Span(cells[-1].start, line.end())
        else:
            cells.append(Span(line.start(), line.end()))
    return cells


def cited_rows(found: Blocks, mentions: Sequence[Mention]) -> Iterator[list[tuple[str | None, Span]]]:
    """Yield each row's cells with the kinds of their columns, its reference first."""
    cited = {m.span for m in mentions if m.type == "CITATION"}
    for at, references in enumerate(found.blocks):
        if not all(cell in cited for cell in references):
            continue
        beside: list[tuple[str | None, tuple[Span, ...]]] = [(REFERENCE, references)]
        for kind, block in zip(reversed(found.heads[:-1]), reversed(found.blocks[:at]), strict=False):
            if len(block) != len(references) or not _fits(kind, block, found.heads, mentions):
                break
            beside.append((kind, block))
        for n in range(len(references)):
            yield [(kind, block[n]) for kind, block in beside]


def _fits(kind: str | None, block: Sequence[Span], heads: Sequence[str | None], mentions: Sequence[Mention]) -> bool:
    """Tell whether a block may be of a column: half its cells hold what the head speaks of, or none what others do."""
    spoken = Counter(BY_TYPE[m.type] for c in block for m in mentions if m.type in BY_TYPE and c.contains(m.span))
    if spoken[REFERENCE]:
        return False
    if kind is None:
        return not any(spoken[head] for head in heads if head is not None)
    held = sum(any(BY_TYPE.get(m.type) == kind and c.contains(m.span) for m in mentions) for c in block)
    return 2 * held >= len(block)


def walled(document: Document) -> str:
    """Return a document's text, as long as it is, with walls in its tables that no name may span.

    They stand between the cells that are known, and between paragraphs wherever they are.
    """
    words = load_table_words()
    pieces, at = [], 0
    for region in regions(document):
        told = document.text[region.start : region.end].replace("\n\n", 2 * WALL)
        torn = blocks_of(document, region, words)
        if grid_of(document, region, words) is not None:
            told = told.replace("\t", WALL)
        elif torn is not None:
            signs = list(told)
            for cell in (cell for block in torn.blocks for cell in block[1:]):
                signs[cell.start - region.start - 1] = WALL
            told = "".join(signs)
        pieces += [document.text[at : region.start], told]
        at = region.end
    return "".join([*pieces, document.text[at:]])
