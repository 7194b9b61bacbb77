"""Mentions of the open classes: decoding, gaps, and what the shipped weights know."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import secretome_nlp
from secretome_nlp.errors import InputError
from secretome_nlp.gap_fillers import OpenMentionComponent
from secretome_nlp.model import open_mentions
from secretome_nlp.model.open_mentions import OpenTagger, Task, features, stretches
from secretome_nlp.segment import tokens
from secretome_nlp.types import Span

LABELS = ["B-OUTCOME", "L-OUTCOME", "O", "U-OUTCOME"]
NEVER = -1000.0
MOVES = [[NEVER, 0, NEVER, NEVER], [0, NEVER, 0, 0], [0, NEVER, 0, 0], [0, NEVER, 0, 0]]


def tagger(**states: list[float]) -> OpenTagger:
    return OpenTagger({"labels": LABELS, "moves": MOVES, "states": states}, {})


@pytest.fixture
def small() -> OpenTagger:
    return tagger(**{"w=scar": [0, 1.0, 3, 1.2], "w=width": [1, 2.0], "-1w=less": [3, 0.3], "3^": [2, 0.1]})


def test_labels_follow_words_and_their_neighbours(small: OpenTagger) -> None:
    assert small.best([["less", "scar", "width"], [], ["scar"]]) == [
        ["O", "B-OUTCOME", "L-OUTCOME"],
        [],
        ["U-OUTCOME"],
    ]


def test_reluctance_outweighs_a_weak_mention(small: OpenTagger) -> None:
    assert small.best([["scar"]], reluctance=0.5) == [["U-OUTCOME"]]
    assert small.best([["scar"]], reluctance=1.5) == [["O"]]


def test_decoding_finds_the_best_of_all_paths() -> None:
    random = np.random.default_rng(7)
    words = ["a", "b", "c", "d"]
    states = {f"w={w}": [x for n in range(4) for x in (float(n), float(random.normal()))] for w in words}
    given = OpenTagger({"labels": LABELS, "moves": MOVES, "states": states}, {})
    sentence = ["a", "c", "d", "b", "a"]

    def worth(path: tuple[int, ...]) -> float:
        own = sum(states[f"w={w}"][2 * n + 1] for w, n in zip(sentence, path, strict=True))
        return own + sum(MOVES[a][b] for a, b in itertools.pairwise(path))

    best = max(itertools.product(range(4), repeat=5), key=worth)
    assert given.best([sentence]) == [[LABELS[n] for n in best]]


def test_a_sentence_reads_the_same_beside_others(small: OpenTagger) -> None:
    sentences = [["scar"], ["less", "scar", "width", "and", "scar"], ["width", "scar"]]
    assert small.best(sentences) == [small.best([s])[0] for s in sentences]


def test_words_further_away_say_less() -> None:
    assert [len(features("Fibrosis", step, {"fibrosis": [1, 20, 300]})) for step in (0, 1, 2)] == [15, 5, 4]


def test_stretches_of_labels() -> None:
    assert stretches(["O", "U-GENE", "B-OUTCOME", "I-OUTCOME", "L-OUTCOME"]) == [(1, 1, "GENE"), (2, 4, "OUTCOME")]


def test_nothing_that_is_taken_is_found_again(small: OpenTagger) -> None:
    text = "Scar width fell. Scar grew."
    sentences, words = (Span(0, 16), Span(17, 27)), tokens.find(text)

    def found(taken: list[Span], *mined: Span) -> list[tuple[str, int]]:
        task = Task(text, words, sentences, mined or (Span(0, 27),), tuple(taken))
        got, beside = open_mentions.find(small, [task, task], ["OUTCOME"])
        assert got == beside
        assert all(text[m.start : m.end] == m.text and m.by.how == "model" for m in got)
        return [(m.text, m.sentence) for m in got]

    assert found([]) == [("Scar width", 0), ("Scar", 1)]
    assert found([Span(5, 10)]) == [("Scar", 1)]
    assert found([], Span(0, 16)) == [("Scar width", 0)]


@pytest.mark.parametrize(("text", "wanted"), [("Less scar of skin", []), ("Less scar in skin", ["scar"])])
def test_a_noun_without_what_it_is_of_is_left(small: OpenTagger, text: str, wanted: list[str]) -> None:
    whole = Span(0, len(text))
    task = Task(text, tokens.find(text), (whole,), (whole,), ())
    (found,) = open_mentions.find(small, [task], ["OUTCOME"], reluctance=0.05)
    assert [m.text for m in found] == wanted


def test_the_shipped_tagger_finds_outcomes_that_no_lexicon_knows() -> None:
    nlp: Any = secretome_nlp.load()
    text = "MSC-derived exosomes decreased zorbular coarseness in rats."
    rows = nlp(text)._.secretome["mentions"]
    assert [(m["text"], m["type"]) for m in rows if m["by"]["how"] == "model"] == [("zorbular coarseness", "OUTCOME")]
    silent = secretome_nlp.load()
    silent.remove_pipe("secretome_open_mentions")
    assert not any(m["by"]["how"] == "model" for m in silent(text)._.secretome["mentions"])


def test_an_unknown_type_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="open_mentions: unknown type 'OUTCOMES'"):
        OpenMentionComponent(["OUTCOMES"], 0.5)
