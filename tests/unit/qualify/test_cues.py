"""Cues and scopes: the examples of the knowledge files, both ways, and tests/cases/assertion.yml."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from secretome_nlp import qualify
from secretome_nlp.knowledge.cue_examples import MarkedCue, parse
from secretome_nlp.knowledge.cues import CueEntry, load_cues
from secretome_nlp.segment import sentences, tokens
from secretome_nlp.types import Cue, FoundBy, Mention, Span

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "assertion.yml").read_text(encoding="utf-8"))
ENTRIES = load_cues().cues
MATCH = [pytest.param(e, m, id=f"{e.id}-{n}") for e in ENTRIES for n, m in enumerate(e.match)]
NO_MATCH = [pytest.param(e, m, id=f"{e.id}-{n}") for e in ENTRIES for n, m in enumerate(e.no_match)]


def found(text: str) -> tuple[Cue, ...]:
    return qualify.find(text, sentences.find(text), tokens.find(text))


def mention(text: str, span: Span) -> Mention:
    return Mention("m1", span.start, span.end, text[span.start : span.end], "OUTCOME", FoundBy("lexicon", "x"))


def asserted(marked: MarkedCue) -> list[tuple[str, str]]:
    """Give each marked word the label that the cues of its text give it."""
    cues = found(marked.text)
    words = [mention(marked.text, span) for span, _ in marked.words]
    labels = {
        (True, False): "negated",
        (False, True): "hedged",
        (False, False): "plain",
        (True, True): "both",
    }
    return [(m.text, labels[m.negated, m.hedged]) for m in qualify.within_scopes(words, cues)]


def marks(marked: MarkedCue) -> list[tuple[str, str]]:
    return [(marked.text[s.start : s.end], label) for s, label in marked.words]


@pytest.mark.parametrize(("entry", "example"), MATCH)
def test_example_matches(entry: CueEntry, example: str) -> None:
    marked = parse(example)
    assert len(marked.cues) == 1, "mark exactly one [..]cue"
    assert [c.span for c in found(marked.text) if c.id == entry.id] == list(marked.cues)
    assert asserted(marked) == marks(marked)


@pytest.mark.parametrize(("entry", "example"), NO_MATCH)
def test_example_does_not_match(entry: CueEntry, example: str) -> None:
    marked = parse(example)
    assert not marked.cues
    assert [c.id for c in found(marked.text) if c.id == entry.id] == []


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, str]) -> None:
    marked = parse(case["text"])
    assert asserted(marked) == marks(marked)
    if marked.cues:
        assert [c.span for c in found(marked.text)] == list(marked.cues)


def test_some_entry_has_each_direction_and_reach() -> None:
    assert {e.direction for e in ENTRIES} >= {"forward", "passive", "both"}
    assert {e.reach for e in ENTRIES} == {"clause", "phrase", "sentence"}


def test_case_tells_nitric_oxide_from_no() -> None:
    assert [c.id for c in found("Aortic NO rose. No rat died.")] == ["neg.no"]


def test_a_mention_over_its_own_cue_is_not_in_its_scope() -> None:
    text = "Scars with lack of collagen shrank."
    assert not qualify.within_scopes([mention(text, Span(11, 27))], found(text))[0].negated


def test_flags_that_are_set_stay() -> None:
    text = "Scars shrank."
    kept = Mention("m1", 0, 5, "Scars", "OUTCOME", FoundBy("lexicon", "x"), negated=True, hedged=True)
    assert qualify.within_scopes([kept], found(text)) == (kept,)


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "All was well. Rats did not limp, but dogs did."
    (cue,) = found(text)
    assert text[cue.span.start : cue.span.end] == "not"
    assert text[cue.scope.start : cue.scope.end] == "not limp"


WORDS = st.sampled_from(
    ["not", "no", "may", "was", "were", "that", "which", "and", "or", ",", ".", "(", ")", ";", "but", "NO",
     "cells", "seen", "given", "appears", "likely", "neither", "nor", "EV's", "while"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_scopes_hold_their_cue_and_stay_in_their_sentence(text: str) -> None:
    within = sentences.find(text)
    cues = qualify.find(text, within, tokens.find(text))
    assert list(cues) == sorted(cues, key=lambda c: c.span)
    for cue in cues:
        assert cue.scope.contains(cue.span)
        assert any(s.contains(cue.scope) for s in within)
        assert text[cue.scope.start : cue.scope.end].strip() == text[cue.scope.start : cue.scope.end]


@pytest.mark.parametrize("unit", ["not ", "was not seen , and ", "( may ", "which , no ", "A, B and C were not "])
def test_time_is_linear_in_one_endless_sentence(unit: str) -> None:
    """Anything quadratic would take hours on a sentence of this size."""
    text = unit * (200_000 // len(unit))
    words = tokens.find(text)
    before = time.process_time()
    qualify.find(text, [Span(0, len(text))], words)
    assert time.process_time() - before < 60


SAID = [
    ("The gel may lower fibrosis in rats.", {"fibrosis": True, "gel": False, "rats": False}),
    ("We found that the gel could lower fibrosis.", {"fibrosis": False}),
    ("In short, the gel could lower fibrosis.", {"fibrosis": True}),
    ("We asked whether the gel lowers fibrosis.", {"fibrosis": False}),
    ("Fibrosis seems to be milder.", {"Fibrosis": True}),
    ("Our data indicate that fibrosis was milder.", {"fibrosis": False}),
]


@pytest.mark.parametrize(("text", "hedged"), SAID, ids=[t for t, _ in SAID])
def test_only_what_is_said_with_doubt_is_hedged(text: str, hedged: dict[str, bool]) -> None:
    types = {"gel": "DELIVERY", "rats": "SPECIES"}
    mentions = [
        Mention(
            word,
            text.index(word),
            text.index(word) + len(word),
            word,
            types.get(word, "OUTCOME"),
            FoundBy("lexicon", "x"),
        )
        for word in hedged
    ]
    assert {m.id: m.hedged for m in qualify.assert_mentions(mentions, found(text), text)} == hedged


def test_what_only_one_of_two_arms_had_is_not_denied() -> None:
    text = "Cells with or without TNF grew without IL-6."
    mentions = [
        Mention(f, text.index(f), text.index(f) + len(f), f, "FACTOR", FoundBy("lexicon", "x")) for f in ("TNF", "IL-6")
    ]
    assert [m.negated for m in qualify.assert_mentions(mentions, found(text), text)] == [False, True]
