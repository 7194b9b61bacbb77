"""Which cues doubt or deny a relation: by what they are, by the words before them, and by the relation's type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.relate.reading import rules

from secretome_nlp import qualify
from secretome_nlp.knowledge import rule_examples
from secretome_nlp.relate import find
from secretome_nlp.segment import tokens


def asserted(marked: str) -> dict[str, tuple[bool, bool]]:
    """Return, by type, whether the relations of a text are negated and hedged by the cues that stand in it."""
    m = rule_examples.parse(marked)
    words = tokens.find(m.text)
    cues = qualify.find(m.text, m.sentences, words)
    mentions = tuple(replace(x, negated=False, hedged=False) for x in m.mentions)
    found = find(m.text, m.sentences, words, mentions, cues, rules=rules())
    return {r.type: (r.negated, r.hedged) for r in found}


@pytest.mark.parametrize(
    ("marked", "hedged"),
    [
        ("[EVs]:COMPONENT could reduce [pain]:OUTCOME.", True),
        ("We found that [EVs]:COMPONENT could reduce [pain]:OUTCOME.", False),
        ("The data indicate that [EVs]:COMPONENT could reduce [pain]:OUTCOME.", True),
        ("The data indicate that [EVs]:COMPONENT reduced [pain]:OUTCOME.", False),
        ("The data suggest that [EVs]:COMPONENT reduced [pain]:OUTCOME.", True),
    ],
)
def test_doubt_is_told_from_a_result(marked: str, hedged: bool) -> None:
    assert asserted(marked)["affects"] == (False, hedged)


def test_doubt_about_an_effect_does_not_reach_whose_the_product_is() -> None:
    found = asserted("The data suggest that [exosomes]:COMPONENT from [MSCs]:CELL_TYPE reduced [pain]:OUTCOME.")
    assert found["affects"] == (False, True)
    assert found["derived_from"] == (False, False)


def test_a_denied_effect_denies_neither_source_nor_reference() -> None:
    found = asserted("[Exosomes]:COMPONENT from [MSCs]:CELL_TYPE did not reduce [pain]:OUTCOME [(3)]:CITATION.")
    assert found["affects"][0]
    assert not found["derived_from"][0] and not found["reported_by"][0]


def test_two_arms_deny_no_relation() -> None:
    found = asserted("[MSCs]:CELL_TYPE were cultured with or without [hypoxia]:PRIMING.")
    assert found == {"primed_with": (False, False)}
