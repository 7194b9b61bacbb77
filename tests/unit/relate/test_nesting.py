"""What lies within a cell's name, and which host belongs to which model."""

from __future__ import annotations

import pytest

from secretome_nlp.knowledge.rules import load_rules
from secretome_nlp.relate import compile_rules, find
from secretome_nlp.segment import tokens
from secretome_nlp.types import FoundBy, Mention, Span

from .reading import read


@pytest.mark.parametrize(
    ("cells", "kind"),
    [("placental stem cells", "adjective"), ("renal tubular cells", "adjective"), ("placenta fibroblasts", None)],
)
def test_a_tissue_in_the_name_of_a_cell_is_where_it_comes_from(cells: str, kind: str | None) -> None:
    text, by = f"We grew {cells}.", FoundBy("lexicon", "x")
    tissue = cells.split()[0]
    mentions = (
        Mention("m1", 8, 8 + len(cells), cells, "CELL_TYPE", by),
        Mention("m2", 8, 8 + len(tissue), tissue, "TISSUE", by, kind=kind),
    )
    found = find(text, (Span(0, len(text)),), tokens.find(text), mentions, (), rules=compile_rules(load_rules()))
    assert [(r.type, r.head, r.tail) for r in found] == [("derived_from", "m1", "m2")]


def test_what_was_tested_in_a_model_was_tested_in_its_host() -> None:
    marked = "[MSCs]:CELL_TYPE improved [gait]:OUTCOME in [stroke]:MODEL model [mice]:SPECIES."
    assert read(marked, "tested_in") == {"MSCs tested_in stroke", "MSCs tested_in mice"}


def test_a_host_apart_from_the_model_is_not_drawn_in() -> None:
    marked = "[MSCs]:CELL_TYPE improved [gait]:OUTCOME in [stroke]:MODEL. [Patients]:SPECIES were told."
    assert read(marked, "tested_in") == {"MSCs tested_in stroke"}


@pytest.mark.parametrize(
    ("marked", "agent"),
    [
        ("[Exosomes]:COMPONENT are tiny [vesicles]:COMPONENT that reduce [pain]:OUTCOME.", "Exosomes"),
        ("[Exosomes]:COMPONENT as small [vesicles]:COMPONENT lowered [pain]:OUTCOME.", "Exosomes"),
        ("[EVs]:COMPONENT-[miR-21]:MIRNA lowered [pain]:OUTCOME.", "EVs"),
        ("[EV]:COMPONENT-derived [miR-21]:MIRNA lowered [pain]:OUTCOME.", "miR-21"),
    ],
)
def test_what_an_agent_is_also_called_takes_no_part(marked: str, agent: str) -> None:
    assert read(marked, "affects") == {f"{agent} affects pain decrease"}
