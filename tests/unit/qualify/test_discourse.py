from __future__ import annotations

import pytest

from secretome_nlp import qualify
from secretome_nlp.knowledge.cues import DiscourseEntry, load_cues
from secretome_nlp.types import Span

ENTRIES = load_cues().discourse


def role(text: str) -> str:
    return qualify.discourse(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("entry", "example"),
    [pytest.param(e, m, id=f"{e.id}-{n}") for e in ENTRIES for n, m in enumerate(e.match)],
)
def test_example_has_the_role(entry: DiscourseEntry, example: str) -> None:
    assert role(example) == entry.role


@pytest.mark.parametrize(
    ("entry", "example"),
    [pytest.param(e, m, id=f"{e.id}-{n}") for e in ENTRIES for n, m in enumerate(e.no_match)],
)
def test_example_is_a_finding(entry: DiscourseEntry, example: str) -> None:
    assert role(example) != entry.role


def test_the_first_entry_of_the_file_decides() -> None:
    assert role("Since EVs are known to ease pain, we hypothesised that they calm the gut.") == "hypothesis"
    assert role("We asked whether EVs, which have been reported in urine, ease pain.") == "aim"


def test_only_the_given_sentence_counts() -> None:
    text = "We hypothesised that EVs work. They did."
    assert qualify.discourse(text, Span(31, len(text))) == "finding"


def test_a_start_cue_counts_at_the_start_only() -> None:
    assert role("To explore homing, rats were scanned.") == "aim"
    assert role("Rats with dyed vesicles were scanned for three days to explore homing.") == "finding"
