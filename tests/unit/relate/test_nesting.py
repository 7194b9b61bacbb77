"""What lies within a cell's name: the tissue that it was taken from, or merely the kind of cell that it is."""

from __future__ import annotations

import pytest

from secretome_nlp.knowledge.rules import load_rules
from secretome_nlp.relate import compile_rules, find
from secretome_nlp.segment import tokens
from secretome_nlp.types import FoundBy, Mention, Span


@pytest.mark.parametrize(
    ("cells", "kind", "told"),
    [
        ("placental stem cells", "adjective", True),
        ("renal tubular cells", "adjective", False),
        ("placenta fibroblasts", None, True),
    ],
)
def test_an_adjective_tells_the_source_of_stem_cells_alone(cells: str, kind: str | None, told: bool) -> None:
    text, by = f"We grew {cells}.", FoundBy("lexicon", "x")
    tissue = cells.split()[0]
    mentions = (
        Mention("m1", 8, 8 + len(cells), cells, "CELL_TYPE", by),
        Mention("m2", 8, 8 + len(tissue), tissue, "TISSUE", by, kind=kind),
    )
    found = find(text, (Span(0, len(text)),), tokens.find(text), mentions, (), rules=compile_rules(load_rules()))
    assert [(r.type, r.head, r.tail) for r in found] == ([("derived_from", "m1", "m2")] if told else [])
