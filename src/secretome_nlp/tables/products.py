"""Products of cells that only a table's terse words name: counted in a dose, or called the medium that was given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.table_columns import TableWords, load_table_words
from secretome_nlp.tables.regions import WALL, grid_of, regions
from secretome_nlp.types import Document, FoundBy, Mention, Span

COUNTED, GIVEN = "table.counted_product", "table.given_medium"
LAST_WORD = re.compile(r"[^\W\d_]+\Z")
MEDIUM = "conditioned_medium"


def with_products(document: Document, mentions: Sequence[Mention], entries: dict[str, Entry]) -> tuple[Mention, ...]:
    """Return the mentions of tables in order of place, with those of products under other names.

    "30 × 10^9 exosomes" is a dose whose unit is the product. "Injection of culture medium", in a table that has a
    column for the cells which that came from, gives their conditioned medium. Ids of what is added are empty.
    A mention that reaches over a wall (`regions.walled`) is of no one cell and is left out.
    """
    words = load_table_words()
    products = {term.lower(): e for e in entries.values() if e.type == "COMPONENT" for term in e.terms}
    medium = next((e for e in entries.values() if e.type == "COMPONENT" and e.value == MEDIUM), None)
    kept = [m for m in mentions if WALL not in m.text]
    named = [m for m in kept if m.type == "COMPONENT"]
    found = [*_counted(mentions, products), *((s, medium, GIVEN) for s in _given(document, words) if medium)]
    starts = [s.start for s in document.sentences]
    added = [
        Mention(
            id="", start=span.start, end=span.end, text=document.text[span.start : span.end], type="COMPONENT",
            by=FoundBy("grammar", rule), sentence=max(0, bisect_right(starts, span.start) - 1), kind=entry.kind,
            value=entry.value, concept=entry.id,
        )
        for span, entry, rule in found
        if not any(span.start < m.end and m.start < span.end for m in named)
    ]  # fmt: skip
    return tuple(sorted([*kept, *added], key=lambda m: (m.start, -m.end)))


def _counted(mentions: Sequence[Mention], products: dict[str, Entry]) -> Iterator[tuple[Span, Entry, str]]:
    """Yield the products that doses are counted in: their last words."""
    for m in mentions:
        word = LAST_WORD.search(m.text) if m.type == "DOSE" else None
        if word is not None:
            name = word.group().lower()
            entry = products.get(name) or products.get(name.removesuffix("s"))
            if entry is not None and entry.value:
                yield Span(m.start + word.start(), m.end), entry, COUNTED


def _given(document: Document, words: TableWords) -> Iterator[Span]:
    """Yield where a cell says that medium was given, in rows that have a cell for what it came from."""
    pattern = re.compile(rf"\b(?:{'|'.join(words.giving)}) of (?:the )?({'|'.join(words.medium)})\b", re.IGNORECASE)
    for region in regions(document):
        grid = grid_of(document, region, words)
        if grid is None or "cell" not in grid.heads:
            continue
        for row in grid.rows:
            for kind, cell in zip(grid.heads, row, strict=True):
                said = (
                    pattern.search(document.text, cell.start, cell.end) if kind in ("delivery", "component") else None
                )
                if said is not None:
                    yield Span(*said.span(1))
