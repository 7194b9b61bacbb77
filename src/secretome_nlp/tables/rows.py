"""Rows of tables: mentions sorted into the columns that they stand in.

Where the cells are known (JATS, Markdown, HTML) a row is a paragraph and its cells are parted by tabs; a column is
typed by its head, or by what most of its cells hold. A table that was written out line by line has lost its cells:
its rows are told by what stands once in each (a citation or a trial's number). If what stands between two of those
is a row's worth, the columns are told by the types of mentions and their order. If not, the text ran down the
columns: each column then has its values in the order of the rows, and is laid along them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from secretome_nlp.knowledge.table_columns import TableWords
from secretome_nlp.tables.blocks import blocks_of, caption_of, cells_of, cited_rows
from secretome_nlp.tables.regions import BY_TYPE, PARAGRAPH, Grid, grid_of
from secretome_nlp.types import Document, Mention, Span

LEAST_ROWS = 2
ROW_WISE = 0.9
#: Columns of a table that ran down, with the types that make their values.
LAID = {"component": ("COMPONENT",), "delivery": ("DELIVERY",), "dose": ("DOSE",), "model": ("MODEL",)}
NEAR = 30


@dataclass(slots=True)
class Row:
    """A row: its mentions by column, the stretch of text of its results cell where one is known, and
    whether the table says that its diseases are models."""

    zones: dict[str, list[Mention]] = field(default_factory=dict)
    results: Span | None = None
    of_models: bool = False

    def of(self, column: str, *types: str) -> list[Mention]:
        """Return the mentions of some types in a column, in order of place."""
        return [m for m in self.zones.get(column, ()) if not types or m.type in types]

    def put(self, column: str, mention: Mention) -> None:
        """Add a mention to a column."""
        self.zones.setdefault(column, []).append(mention)


def rows_of(document: Document, region: Span, mentions: Sequence[Mention], words: TableWords) -> list[Row]:
    """Return the rows of the table at `region`, whose mentions are given in order of place."""
    inside = [m for m in mentions if region.contains(m.span)]
    grid = grid_of(document, region, words)
    if grid is not None:
        rows = _in_cells(grid, inside)
        # Columns that only stand in one order are rows where each has what tells it from the others.
        return rows if not grid.by_order else [r for r in rows if r.of("reference", "CITATION") or r.of("trial")]
    torn = blocks_of(document, region, words)
    if torn is not None:
        caption = None if "cell" in torn.heads else caption_of(document, region)
        told = [m for m in mentions if caption is not None and caption.contains(m.span)]
        return [row for cells in cited_rows(torn, inside) if (row := _beside(cells, inside, told)) is not None]
    keys = _keys(inside)
    if len(keys) < LEAST_ROWS:
        return []
    starts = [region.start, *(end for _, end in keys[:-1])]
    intervals = [Span(start, key_start) for start, (key_start, _) in zip(starts, keys, strict=True)]
    full = [i for i in intervals if any(m.type == "COMPONENT" and i.contains(m.span) for m in inside)]
    if len(full) >= ROW_WISE * len(keys):
        return [_scanned(Span(i.start, end), inside) for i, (_, end) in zip(intervals, keys, strict=True)]
    return _laid(document.text, region, keys, inside, words)


def _keys(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return the places of what stands once a row: trials' numbers, or citations with the authors before them."""
    trials = [(m.start, m.end) for m in mentions if m.type == "TRIAL_ID"]
    cited: list[tuple[int, int]] = []
    for m in (m for m in mentions if m.type == "CITATION"):
        if cited and m.start - cited[-1][1] <= 2:
            cited[-1] = (cited[-1][0], m.end)
        else:
            cited.append((m.start, m.end))
    return trials if len(trials) >= len(cited) else cited


def _in_cells(grid: Grid, mentions: Sequence[Mention]) -> list[Row]:
    columns = [kind or _by_content([row[n] for row in grid.rows], mentions) for n, kind in enumerate(grid.heads)]
    found = []
    for cells in grid.rows:
        row = Row(of_models=grid.of_models)
        for kind, cell in zip(columns, cells, strict=True):
            for m in (m for m in mentions if cell.contains(m.span)):
                row.put(kind or BY_TYPE.get(m.type, "other"), m)
            if kind == "results":
                row.results = cell
        found.append(row)
    return found


def _beside(
    cells: Sequence[tuple[str | None, Span]], mentions: Sequence[Mention], caption: Sequence[Mention]
) -> Row | None:
    """Sort the mentions of a row's cells and its table's caption; None where only the reference is known."""
    row, told = Row(zones={"caption": list(caption)}), False
    for kind, cell in cells:
        for m in (m for m in mentions if cell.contains(m.span)):
            row.put(kind or "other", m)
            told = told or (m.type != "CITATION" and BY_TYPE.get(m.type) == kind)
        if kind == "results":
            row.results = cell
    return row if told else None


def _by_content(cells: list[Span], mentions: Sequence[Mention]) -> str | None:
    types = Counter(m.type for cell in cells for m in mentions if cell.contains(m.span) and m.type in BY_TYPE)
    return BY_TYPE[types.most_common(1)[0][0]] if types else None


def _scanned(span: Span, mentions: Sequence[Mention]) -> Row:
    """Sort a row's mentions by type and order: source, component, delivery, then the host and what happened to it."""
    row, stage = Row(), "cell"
    here = [m for m in mentions if span.contains(m.span)]
    for m in here:
        if m.type in ("CITATION", "TRIAL_ID"):
            row.put("reference" if m.type == "CITATION" else "trial", m)
            continue
        host = m.type in ("SPECIES", "MODEL", "OUTCOME") and stage in ("component", "delivery")
        if host and not (m.type == "SPECIES" and m.kind == "adjective"):
            stage = "results"
            row.results = Span(m.start, span.end)
        elif m.type in ("COMPONENT", "MIRNA") and stage in ("cell", "origin"):
            stage = "component"
        elif m.type == "DELIVERY" and stage in ("cell", "origin", "component"):
            stage = "delivery"
        elif m.type in ("SPECIES", "TISSUE", "CELL_TYPE") and stage == "cell" and row.of("cell", "CELL_TYPE"):
            stage = "origin" if m.start >= row.of("cell", "CELL_TYPE")[0].end else "cell"
        row.put(stage, m)
    if row.results is not None:
        cited = row.of("reference")
        row.results = Span(row.results.start, cited[0].start if cited else span.end)
    return row


def _laid(
    text: str, region: Span, keys: list[tuple[int, int]], mentions: Sequence[Mention], words: TableWords
) -> list[Row]:
    """Lay the values of each column along the rows, in order, as near to their places as their order lets them."""
    rows = [Row() for _ in keys]
    starts = [start for start, _ in keys]
    doses = [m for m in mentions if m.type == "DOSE"]
    for m in mentions:
        if m.type == "TRIAL_ID" and m.start in starts:
            rows[starts.index(m.start)].put("trial", m)
    for column, types in LAID.items():
        values = [m for m in mentions if m.type in types and not _of_a_dose(text, m, doses)]
        if column == "delivery":
            values = [m for m in values if m.kind == "route"]
        cells = _cells_with(text, region, values, words)
        for cell, at in zip(cells, _places(cells, starts), strict=False):
            inside = [m for m in values if cell.contains(m.span)]
            for m in inside:
                rows[at].put(column, m)
            if column == "component" and inside:
                _source(text, inside[0], mentions, rows[at])
    return rows


def _cells_with(text: str, region: Span, values: list[Mention], words: TableWords) -> list[Span]:
    """Return the cells that hold values of a column, in order.

    Where several cells of a block hold values the block is a piece of that column, and all its cells
    count, those too in which nothing was recognised.
    """
    found: list[Span] = []
    for paragraph in PARAGRAPH.finditer(text, region.start, region.end):
        cells = cells_of(text, Span(*paragraph.span()), words)
        full = [c for c in cells if any(c.contains(m.span) for m in values)]
        found += cells if len(full) > 1 else full
    return found


def _of_a_dose(text: str, mention: Mention, doses: list[Mention]) -> bool:
    """Tell whether a mention only says what a dose is of: "150 mg exosomes"."""
    if mention.type == "DOSE":
        return False
    for d in doses:
        between = text[d.end : mention.start]
        if d.span.contains(mention.span) or (d.end <= mention.start and between.isspace() and "\n" not in between):
            return True
    return False


def _source(text: str, component: Mention, mentions: Sequence[Mention], row: Row) -> None:
    """Note the cells and carrier named with a component, in the lines right before it."""
    low = text.rfind("\n\n", 0, component.start)
    for m in mentions:
        near = low < m.start and 0 <= component.start - m.end <= NEAR
        if near and m.type == "DELIVERY" and m.kind == "carrier":
            row.put("delivery", m)
        elif near and m.type == "CELL_TYPE" and m.kind == "stem" and component.start - m.end <= 12:
            row.put("cell", m)
            for inner in mentions:
                if inner.type in ("TISSUE", "SPECIES") and m.span.contains(inner.span):
                    row.put("origin", inner)


def _places(cells: list[Span], keys: list[int]) -> list[int]:
    """Return a row for each cell: rows rise with the cells, one each, at the least distance from their places.

    A column stands before or after the key in its row; the nearer reading is taken. Cells beyond the rows get none.
    """
    kept = cells[: len(keys)]
    after = [max(0, sum(key <= c.start for key in keys) - 1) for c in kept]
    before = [min(len(keys) - 1, sum(key <= c.start for key in keys)) for c in kept]

    def cost(found: tuple[int, list[int]]) -> tuple[int, int]:
        return found[0], sum(abs(c.start - keys[at]) for c, at in zip(kept, found[1], strict=True))

    return min((_assigned(wanted, len(keys)) for wanted in (before, after)), key=cost)[1]


def _assigned(wanted: list[int], rows: int) -> tuple[int, list[int]]:
    """Return the cost and the rows of the best rising assignment (dynamic programming over values and rows)."""
    infinite = 10**9
    cost = [[0] * (rows + 1)] + [[infinite] * (rows + 1) for _ in wanted]
    for v, want in enumerate(wanted, start=1):
        for r in range(1, rows + 1):
            cost[v][r] = min(cost[v][r - 1], cost[v - 1][r - 1] + abs(r - 1 - want))
    places: list[int] = []
    v, r = len(wanted), rows
    while v:
        if cost[v][r] == cost[v][r - 1]:
            r -= 1
        else:
            places.append(r - 1)
            v, r = v - 1, r - 1
    return cost[-1][rows], places[::-1]
