"""Loss of function: what a product no longer does without a molecule shows its means, and is no failure of it."""

from __future__ import annotations

import pytest
from tests.unit.assemble.test_records import outcomes, records, values

TOLD = "MSC-derived exosomes reduced apoptosis in rats with MI. "


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("These effects were abolished by the PI3K inhibitor LY294002.", "pi3k"),
        ("However, the PI3K inhibitor LY294002 abolished these effects.", "pi3k"),
        ("In contrast, exosomes from miR-21-silenced MSCs failed to reduce apoptosis.", "mir-21"),
        ("When miR-21 was knocked down, the exosomes no longer reduced apoptosis.", "mir-21"),
        ("Exosomes lacking miR-21 did not.", "mir-21"),
        ("Overexpression of PTEN counteracted the effects of the exosomes.", "pten"),
        ("This effect required miR-21.", "mir-21"),
        ("The exosomes lowered scar size, and this was reversed by an AKT inhibitor.", "akt"),
    ],
)
def test_the_whole_product_keeps_its_effect_and_gets_a_mechanism(text: str, means: str) -> None:
    (record,) = records(TOLD + text)
    assert outcomes(record)[0] == ("apoptosis", "decrease")
    assert {o.effect for o in record.outcomes} == {"benefit"}
    assert means in values(record.mechanism)


def test_an_effect_in_apposition_is_undone() -> None:
    (record,) = records(
        "MSC-derived exosomes reduced apoptosis in rats with MI, an effect that was blocked by a PI3K inhibitor."
    )
    assert values(record.mechanism) == ["pi3k"]


def test_cells_that_lost_an_ability_do_nothing() -> None:
    (record,) = records("Aged MSCs lost their ability to reduce lung fibrosis in mice.")
    assert [o.effect for o in record.outcomes] == ["none"]


def test_what_a_cargo_silences_does_not_act() -> None:
    (record,) = records("MSC-derived exosomes loaded with siRNA against TGF-β1 reduced scarring in rabbits.")
    assert outcomes(record) == [("scarring", "decrease")] and "tgf-β1" not in values(record.cargo)
