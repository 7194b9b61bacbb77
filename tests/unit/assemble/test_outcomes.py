"""One outcome a target and direction, however often and in whatever words a text tells of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.unit.assemble.made import view

from secretome_nlp.assemble.outcomes import distinct
from secretome_nlp.assemble.view import View
from secretome_nlp.types import Outcome, OutcomeDirection

TEXT = [
    "The [[tubule cell]c1:CELL_TYPE apoptosis]a:OUTCOME fell, as did [apoptosis]b:OUTCOME.",
    "There was less [[podocyte]c2:CELL_TYPE apoptosis]d:OUTCOME, and [cell death]e:OUTCOME=outcome.death was rare.",
    "[Dying cells]f:OUTCOME=outcome.death were few, the [weight]g:OUTCOME of the rats rose.",
]


def outcomes(found: View, told: Sequence[tuple[str, OutcomeDirection, bool]]) -> list[Outcome]:
    return [
        Outcome(found.slot(found.mentions[ident]), direction, "unclear", hedged=hedged, relation=f"r{n}")
        for n, (ident, direction, hedged) in enumerate(told)
    ]


def kept(told: Sequence[tuple[str, OutcomeDirection, bool]]) -> list[tuple[str, str]]:
    found = view(TEXT)
    return [(o.target.mentions[0], o.direction) for o in distinct(found, outcomes(found, told))]


@pytest.mark.parametrize(
    ("told", "left"),
    [
        # The same in fewer words is the same; of other cells it is another, and so is another thing.
        ([("a", "decrease", False), ("b", "decrease", False)], [("a", "decrease")]),
        ([("a", "decrease", False), ("d", "decrease", False)], [("a", "decrease"), ("d", "decrease")]),
        ([("a", "decrease", False), ("g", "increase", False)], [("a", "decrease"), ("g", "increase")]),
        # Other words for one concept are one.
        ([("e", "decrease", False), ("f", "decrease", False)], [("e", "decrease")]),
        # What was measured says more than "improved", wherever it stands.
        ([("g", "improve", False), ("g", "increase", False)], [("g", "increase")]),
        ([("g", "increase", False), ("g", "improve", False)], [("g", "increase")]),
        # ... unless it was only supposed.
        ([("g", "improve", False), ("g", "increase", True)], [("g", "improve")]),
        # What is said plainly stands for what is said with doubt.
        ([("b", "decrease", True), ("b", "decrease", False)], [("b", "decrease")]),
        # A later turn is another arm's, or an inhibitor's.
        ([("b", "decrease", False), ("b", "increase", False)], [("b", "decrease")]),
        ([("b", "no_change", False), ("b", "increase", False)], [("b", "no_change"), ("b", "increase")]),
        # The order is that of the text.
        ([("g", "increase", True), ("b", "decrease", False)], [("g", "increase"), ("b", "decrease")]),
        ([], []),
    ],
)
def test_distinct(told: list[tuple[str, OutcomeDirection, bool]], left: list[tuple[str, str]]) -> None:
    assert kept(told) == left


def test_the_plain_telling_is_the_one_that_stays() -> None:
    found = view(TEXT)
    (one,) = distinct(found, outcomes(found, [("b", "decrease", True), ("b", "decrease", False)]))
    assert (one.relation, one.hedged) == ("r1", False)
