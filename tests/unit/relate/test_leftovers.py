"""What no pattern reached: leftovers, the nearest word of change, and products that are kept away."""

from __future__ import annotations

import pytest

from .reading import read


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[EVs]:COMPONENT and the way in which [hair density]:OUTCOME rises are well known.",
            {"EVs affects hair density increase"},
        ),
        # changed in another clause, by a molecule, by rest, at a place, for a purpose, before the agent
        ("[EVs]:COMPONENT sat in the wells; as was known, less [pain]:OUTCOME came with rest.", set()),
        ("[EVs]:COMPONENT and the way in which [miR-1]:MIRNA, as is known, has less [pain]:OUTCOME.", set()),
        ("[EVs]:COMPONENT were in the wells where heat rose over [pain]:OUTCOME.", set()),
        ("[EVs]:COMPONENT sat in the wells, and what was there was to reduce [pain]:OUTCOME.", set()),
        ("[EVs]:COMPONENT were infused, and [pain]:OUTCOME was then reduced by rest.", set()),
        ("[Pain]:OUTCOME is less, as is the price of [EVs]:COMPONENT.", set()),
    ],
)
def test_a_change_is_of_the_outcome_beside_it(marked: str, expected: set[str]) -> None:
    assert read(marked, "affects") == expected


def test_what_a_pattern_read_is_no_leftover() -> None:
    marked = "[MSCs]:CELL_TYPE were weighed, and [EVs]:COMPONENT at [5 µg]:DOSE were best."
    assert read(marked, "dosed_at") == {"EVs dosed_at 5 µg"}


def test_a_dose_that_no_pattern_reached_is_the_agents_of_its_sentence() -> None:
    marked = (
        "Of [MSCs]:CELL_TYPE/stem there were two arms, a third being saline alone: [10 cells]:DOSE and [20 cells]:DOSE."
    )
    assert read(marked, "dosed_at") == {"MSCs dosed_at 10 cells", "MSCs dosed_at 20 cells"}


def test_a_factor_that_was_changed_is_not_held() -> None:
    marked = "In [exosomes]:COMPONENT that we found in blood, heat {} [TGF-β1]:FACTOR."
    assert read(marked.format("is known to come with"), "contains") == {"exosomes contains TGF-β1"}
    assert read(marked.format("increased"), "contains") == set()


@pytest.mark.parametrize("what", ["[exosome]:COMPONENT inhibitors", "[exosome]:COMPONENT-depleted serum"])
def test_what_is_without_a_product_does_not_give_it(what: str) -> None:
    assert read(f"[Mice]:SPECIES were treated with {what}.", "tested_in") == set()
    assert read("[Mice]:SPECIES were treated with [exosome]:COMPONENT pellets.", "tested_in")


def test_an_adverb_of_route_is_no_subject() -> None:
    marked = "[Intravenously]:DELIVERY injected [EVs]:COMPONENT reduced [pain]:OUTCOME."
    assert read(marked, "affects") == {"EVs affects pain decrease"}


@pytest.mark.parametrize(("between", "bound"), [("It was cold.", True), ("It was cold. It was wet.", False)])
def test_a_host_of_a_set_up_is_bound_for_two_sentences(between: str, bound: bool) -> None:
    marked = f"[Sepsis]:MODEL was induced in [mice]:SPECIES. {between} [EVs]:COMPONENT were given by vein."
    assert ("EVs tested_in mice" in read(marked, "tested_in")) is bound


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # what fell or rose by itself changed nothing, and by how much it did is no agent
        (
            "Rats got [EVs]:COMPONENT. [FSH]:FACTOR dropped, and the [follicle count]:OUTCOME tripled.",
            {"EVs affects FSH decrease", "EVs affects follicle count increase"},
        ),
        ("Rats got [EVs]:COMPONENT. [Pain]:OUTCOME fell by 52%.", {"EVs affects Pain decrease"}),
    ],
)
def test_what_changes_by_itself_is_no_agent(marked: str, expected: set[str]) -> None:
    assert read(marked, "affects") == expected


def test_lists_that_go_in_step_are_paired_one_by_one() -> None:
    marked = "[miR-21]:MIRNA and [miR-24]:MIRNA repressed [PDCD4]:GENE and [BIM]:GENE, respectively."
    assert read(marked, "regulates") == {"miR-21 regulates PDCD4 decrease", "miR-24 regulates BIM decrease"}
