"""Which part a protein's name plays: carried by a product, or shown by the cells that it acted on."""

from __future__ import annotations

import pytest

from secretome_nlp import doc_state
from secretome_nlp.street import load


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("MSC exosomes turned macrophages into cells with higher CD206.", "CD206", "GENE"),
        ("MSC exosomes with high CD206 were sorted.", "CD206", "FACTOR"),
        ("PD-L1-positive exosomes of MSCs calmed T cells.", "PD-L1", "FACTOR"),
        ("MSC exosomes contained more of it, as did Foxp3+ T cells.", "Foxp3", "GENE"),
    ],
)
def test_what_cells_show_is_no_cargo(text: str, name: str, type_: str) -> None:
    found = doc_state.get_annotations(load()(text))
    assert [m.type for m in found.mentions if m.text == name] == [type_]
