"""The benchmark that compares trees of two schemes turns ours by general rules."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
universal = pytest.importorskip("universal", reason="the benchmarks are not in this copy")


def doc(words: str, heads: list[int], labels: str, tags: str | None = None) -> Doc:
    split = words.split()
    return Doc(
        spacy.blank("en").vocab, words=split, heads=heads, deps=labels.split(),
        tags=(tags or " ".join("NN" for _ in split)).split(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "heads"),
    [
        # prepositions hang below their nouns, also those that follow another
        (doc("EVs of cells", [0, 0, 1], "ROOT prep pobj"), [-1, 2, 0]),
        (doc("came out of lungs", [0, 0, 1, 2], "ROOT prep prep pobj"), [-1, 3, 3, 0]),
        # copulas below their predicates, with the subject
        (doc("EVs are small", [1, 1, 1], "nsubj ROOT acomp"), [2, 2, -1]),
        # chains of a coordination below its first member
        (doc("A , B and C", [0, 0, 0, 2, 2], "ROOT punct conj cc conj"), [-1, 0, 0, 0, 0]),
        # coordinated prepositions give coordinated nouns
        (
            doc("seen in mice and in rats", [0, 0, 1, 1, 1, 4], "ROOT prep pobj cc conj pobj", "VBN IN NNS CC IN NNS"),
            [-1, 2, 0, 2, 5, 2],
        ),
        # fixed expressions below their first word
        (doc("cells such as MSCs", [0, 2, 0, 2], "ROOT amod prep pobj"), [-1, 3, 1, 0]),
        # clauses side by side: the first is the head
        (doc("A fell ; B rose", [1, 4, 4, 4, 4], "nsubj ccomp punct nsubj ROOT"), [1, -1, 4, 4, 1]),
    ],
)
def test_function_words_and_coordination(given: Doc, heads: list[int]) -> None:
    assert universal.universal_heads(given) == heads


def test_noun_groups_can_be_made_flat() -> None:
    given = doc("old bone marrow cells grow", [2, 2, 3, 4, 4], "amod compound compound nsubj ROOT")
    heads = universal.universal_heads(given)
    assert heads == [2, 2, 3, 4, -1]
    assert universal.flat_groups(given, heads) == [3, 3, 3, 4, -1]
