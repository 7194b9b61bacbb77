"""What a product was compared with: controls, other products, and other forms of the same."""

from __future__ import annotations

import pytest
from tests.unit.assemble.test_records import outcomes, records, values


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("In rats with MI, MSC exosomes reduced infarct size compared with untreated controls.", "untreated controls"),
        (
            "In mice with MI, infarct size was reduced by MSC exosomes more than in animals that received "
            "phosphate-buffered saline.",
            "phosphate-buffered saline",
        ),
        (
            "In rats with MI, targeted MSC exosomes reduced infarct size more than non-targeted MSC exosomes.",
            "non-targeted MSC exosomes",
        ),
        ("In rats with MI, infarct size was smaller with MSC exosomes than in all other groups. "
         "In rats, MSC exosomes reduced infarct size.", "all other groups"),
        ("In rats with MI, unlike ADSC exosomes, MSC exosomes reduced infarct size.", "ADSC exosomes"),
        ("Mice with MI got MSC exosomes or vehicle. In vivo, the exosomes reduced infarct size.", "vehicle"),
    ],
)  # fmt: skip
def test_comparators_are_read_from_the_words_behind_a_comparison(text: str, comparator: str) -> None:
    found = [r.comparator for r in records(text) if r.comparator is not None]
    assert [c.text for c in found] == [comparator]
    assert all(c.mentions for c in found)


def test_a_product_without_a_comparison_has_no_comparator() -> None:
    (record,) = records("In rats with MI, MSC exosomes reduced infarct size in the border zone.")
    assert record.comparator is None


def test_what_a_product_was_only_compared_with_is_no_record_of_its_own() -> None:
    (record,) = records(
        "In mice with MI, compared with bone marrow stromal cell (BMSC) EVs, ADSC EVs reduced infarct size."
    )
    assert record.comparator is not None and record.comparator.text == "bone marrow stromal cell (BMSC) EVs"
    assert record.cell_type is not None and record.cell_type.text == "ADSC"
    assert outcomes(record) == [("infarct size", "decrease")]


def test_how_the_comparator_was_prepared_is_no_preparation_of_the_product() -> None:
    (record,) = records(
        "In vivo, EVs from hypoxia-preconditioned MSCs reduced infarct size in rats with MI compared with EVs from "
        "normoxia-preconditioned MSCs."
    )
    assert values(record.priming) == ["hypoxia preconditioning"]
    assert record.comparator is not None and "normoxia" in record.comparator.text


def test_a_preparation_is_named_once_as_adjective_and_as_noun() -> None:
    (record,) = records(
        "Hypoxic MSCs and MSCs preconditioned with hypoxia gave exosomes. In rats with MI, exosomes of hypoxic MSCs "
        "reduced infarct size, and exosomes of hypoxia-preconditioned MSCs improved ejection fraction."
    )
    assert len(record.priming) == 1


def test_what_was_taken_from_the_source_is_no_preparation() -> None:
    found = records(
        "In rats with MI, exosomes of hypoxia-preconditioned MSCs reduced infarct size. "
        "miR-21 knockdown of the MSCs abolished the effect of the exosomes in rats."
    )
    assert not any("mir-21" in p for r in found for p in values(r.priming))


@pytest.mark.parametrize("time", ["over time", "over the first two weeks", "over 24 h"])
def test_a_stretch_of_time_is_no_arm(time: str) -> None:
    (record,) = records(f"In rats with MI, MSC exosomes given {time} with MSC medium reduced infarct size.")
    assert record.comparator is None
