"""miRNA names and their hairpins; the ids are miRBase's."""

from __future__ import annotations

import pytest

from secretome_nlp.ground.mirna import ground_mirna

NAMES = [
    ("miR-21", ["miRBase:MI0000077"]),
    ("hsa-miR-21-5p", ["miRBase:MI0000077"]),
    ("microRNA-21", ["miRBase:MI0000077"]),
    ("miR‑29b", ["miRBase:MI0000105", "miRBase:MI0000107"]),
    ("let-7c", ["miRBase:MI0000064"]),
    ("miRNA-let7c", ["miRBase:MI0000064"]),
    ("miR-99999", []),
    ("HOTAIR", []),
]


@pytest.mark.parametrize(("name", "ids"), NAMES)
def test_names(name: str, ids: list[str]) -> None:
    assert [n.id for n in ground_mirna(name)] == ids


def test_a_stated_species_comes_before_the_preferred_one() -> None:
    assert [n.name for n in ground_mirna("rno-miR-21")] == ["rno-mir-21"]
    assert [n.name for n in ground_mirna("miR-21", ("rno", "hsa"))] == ["rno-mir-21"]
