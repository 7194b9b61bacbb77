"""Where tables stand, and the cells of those whose cells are known.

Cells are known where the format keeps them (JATS: a row is a paragraph, tabs part its cells; Markdown and HTML in
it: strokes do), and where the columns of a text stand whole, one after the other, each with a line for each row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from secretome_nlp.knowledge.table_columns import TableWords
from secretome_nlp.types import Document, Span

GRID_FORMATS = frozenset({"jats"})
LEAST_LINES = 3
LEAST_COLUMNS = 3
PARAGRAPH = re.compile(r"(?:(?!\n\n).)+", re.DOTALL)
LINE = re.compile(r"[^\t\n]+")
WORD = re.compile(r"[\w.]+")
TAB, STROKE = re.compile(r"\t"), re.compile(r"(?<!\\)\|")
#: Stands for the end of a cell where mentions are looked for: a sign that is in no term or grammar.
WALL = "¦"
#: The column that a type of mention speaks for where no head does.
BY_TYPE = {
    "CELL_TYPE": "cell", "COMPONENT": "component", "DELIVERY": "delivery", "DOSE": "dose", "MODEL": "model",
    "OUTCOME": "results", "CITATION": "reference", "TRIAL_ID": "trial", "TISSUE": "origin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells: kinds of its columns by their heads, and rows as wide as those; `by_order` where only the
    order of lines makes the rows, `of_models` where a head speaks of models."""

    heads: tuple[str | None, ...]
    rows: tuple[tuple[Span, ...], ...]
    by_order: bool = False
    of_models: bool = False


def regions(document: Document) -> tuple[Span, ...]:
    """Return where the tables of a document stand."""
    return tuple(Span(s.start, s.end) for s in document.sections if s.kind == "table")


def grid_of(document: Document, region: Span, words: TableWords) -> Grid | None:
    """Return the cells of the table at `region`, None where they are lost."""
    if document.format in GRID_FORMATS or document.text.startswith("|", region.start):
        return _marked(document.text, region, words)
    return _whole_columns(document.text, region, words)


def _marked(text: str, region: Span, words: TableWords) -> Grid:
    """Return the cells that marks part; rows of another width than most are left out."""
    lines = list(_lines(text, region))
    width = Counter(len(cells) for cells in lines).most_common(1)[0][0] if lines else 0
    if len(lines) < LEAST_LINES or width < 2:
        return Grid((), ())
    heads = [column_of(text[cell.start : cell.end], words) for cell in lines[0]]
    body = tuple(tuple(cells) for cells in lines[1:] if len(cells) == width)
    kinds = tuple(heads[n] if n < len(heads) else None for n in range(width))
    return Grid(kinds, body, of_models=any(map(_of_models, (text[cell.start : cell.end] for cell in lines[0]))))


def _whole_columns(text: str, region: Span, words: TableWords) -> Grid | None:
    """Return the cells of columns that stand one after the other, each a paragraph of as many lines.

    A column has its head as its first line or, in the order of the columns, as a paragraph by itself. Anything else
    in the region, or one head too many or too few, and the lines may not be what they seem: None.
    """
    paragraphs = [
        [Span(*line.span()) for line in LINE.finditer(text, *paragraph.span())]
        for paragraph in PARAGRAPH.finditer(text, region.start, region.end)
    ]
    apart = [lines[0] for lines in paragraphs if len(lines) == 1]
    columns = [lines for lines in paragraphs if len(lines) > 1]
    lengths = sorted({len(lines) for lines in columns})
    if len(columns) < LEAST_COLUMNS or lengths[-1] - lengths[0] > 1:
        return None
    length = lengths[0] - (not apart and len(lengths) == 1)
    if length < LEAST_LINES or len(apart) != sum(len(lines) == length for lines in columns):
        return None
    waiting = iter(apart)
    heads = [lines[0] if len(lines) > length else next(waiting) for lines in columns]
    kinds = [column_of(text[head.start : head.end], words) for head in heads]
    if any(kind is None and len(lines) > length for kind, lines in zip(kinds, columns, strict=True)):
        return None
    rows = tuple(zip(*(lines[-length:] for lines in columns), strict=True))
    of_models = any(_of_models(text[head.start : head.end]) for head in heads)
    return Grid(tuple(kinds), rows, by_order=True, of_models=of_models)


def _of_models(head: str) -> bool:
    return not {"model", "models"}.isdisjoint(WORD.findall(head.lower()))


def _lines(text: str, region: Span) -> Iterator[list[Span]]:
    """Yield the cells of each line: between tabs in a paragraph, or between the strokes of a Markdown table."""
    for paragraph in PARAGRAPH.finditer(text, region.start, region.end):
        if not paragraph.group().lstrip().startswith("|"):
            yield _parted(text, Span(*paragraph.span()), TAB)
            continue
        for line in LINE.finditer(text, *paragraph.span()):
            bare = line.group().strip()
            inner = bare.removeprefix("|").removesuffix("|")
            if inner.strip(" :-|"):
                start = line.start() + line.group().index(bare) + bare.startswith("|")
                yield _parted(text, Span(start, start + len(inner)), STROKE)


def _parted(text: str, span: Span, mark: re.Pattern[str]) -> list[Span]:
    """Cut a stretch at its marks."""
    ends = [m.span() for m in mark.finditer(text, span.start, span.end)]
    starts = [span.start, *(end for _, end in ends)]
    return [Span(a, b) for a, b in zip(starts, [*(start for start, _ in ends), span.end], strict=True)]


def column_of(head: str, words: TableWords) -> str | None:
    """Return the kind of column that a head names by its longest word or phrase, None where it names none."""
    named = f" {' '.join(WORD.findall(head.lower()))} "
    order = list(words.columns)
    told = [
        (-len(cue), order.index(kind), kind)
        for kind, cues in words.columns.items()
        for cue in cues
        if f" {cue.rstrip('.')} " in named.replace(". ", " ")
    ]
    return min(told)[2] if told else None
