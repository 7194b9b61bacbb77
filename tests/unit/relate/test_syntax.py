"""Rules of syntax: paths through trees, which sentences are parsed, and that surface rules stand without a parse."""

from __future__ import annotations

import pytest

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge import rule_examples
from secretome_nlp.relate import begin, find, worth_parsing
from secretome_nlp.relate.atoms import Atom
from secretome_nlp.relate.trees import reach, steps_of, tree_of
from secretome_nlp.segment import tokens
from secretome_nlp.types import Parse

from .reading import rules

#: "EVs that reach the kidney and there fuse with tubules reduce fibrosis ." as a tree, made by hand.
FAR = "[EVs]:COMPONENT that reach the kidney and there fuse with tubules reduce [fibrosis]:OUTCOME."
FAR_PARSE = Parse(
    heads=(10, 2, 0, 4, 2, 2, 7, 2, 7, 8, 10, 10, 10),
    labels=(
        "nsubj", "nsubj", "relcl", "det", "dobj", "cc", "advmod", "conj", "prep", "pobj", "ROOT", "dobj", "punct",
    ),
)  # fmt: skip


def relations(marked: str, parses: dict[int, Parse]) -> set[tuple[str, str]]:
    m = rule_examples.parse(marked)
    found = find(m.text, m.sentences, tokens.find(m.text), m.mentions, m.cues, rules=rules(), parses=parses)
    return {(r.rule, r.direction or "") for r in found}


def test_a_tree_tells_the_subject_of_a_verb_far_away() -> None:
    assert relations(FAR, {}) == {("affects.same_sentence", "decrease")}
    assert relations(FAR, {0: FAR_PARSE}) == {("affects.syntax_active", "decrease")}


def test_a_parse_of_other_words_is_left_alone() -> None:
    short = Parse(heads=FAR_PARSE.heads[:5], labels=FAR_PARSE.labels[:5])
    assert relations(FAR, {0: short}) == relations(FAR, {})


def test_negation_holds_for_what_was_read_by_syntax() -> None:
    m = rule_examples.parse(FAR.replace("reduce", "[reduce]negation"))
    found = find(
        m.text, m.sentences, tokens.find(m.text), m.mentions, m.cues, rules=rules(), parses={0: FAR_PARSE}
    )  # fmt: skip
    assert [r.negated for r in found] == [True]


def chosen(marked: str, roles: tuple[str, ...] = ()) -> tuple[int, ...]:
    m = rule_examples.parse(marked)
    return worth_parsing(begin(m.text, m.sentences, tokens.find(m.text), m.mentions, rules=rules(), roles=roles))


@pytest.mark.parametrize(
    ("marked", "parsed"),
    [
        (FAR, (0,)),
        ("[EVs]:COMPONENT reduce [fibrosis]:OUTCOME.", ()),  # a surface rule reads it
        ("[EVs]:COMPONENT were stored before [fibrosis]:OUTCOME.", ()),  # no word of change
        ("[EVs]:COMPONENT reduce it.", ()),  # nothing that is changed
        ("Saline reduces [fibrosis]:OUTCOME.", ()),  # nobody who does it
        ("[EVs]:COMPONENT were made. They reach the kidney and there fuse and reduce [fibrosis]:OUTCOME.", (1,)),
        ("[EVs]:COMPONENT were made. Saline reduces [fibrosis]:OUTCOME.", ()),
    ],
)
def test_only_sentences_in_which_syntax_could_read_more_are_parsed(marked: str, parsed: tuple[int, ...]) -> None:
    assert chosen(marked) == parsed


def test_sentences_that_state_no_finding_are_not_parsed() -> None:
    assert chosen(FAR, roles=("aim",)) == ()


def test_what_is_too_long_for_a_sentence_is_not_parsed() -> None:
    long = f"[EVs]:COMPONENT that{' saw and' * 200} rest reduce [fibrosis]:OUTCOME."
    short = f"[EVs]:COMPONENT that{' saw and' * 20} rest reduce [fibrosis]:OUTCOME."
    assert (chosen(long), chosen(short)) == ((), (0,))


def walked(path: str) -> list[int]:
    """Follow a path from the verb of "A fell and B rose after rest"."""
    words = ["A", "fell", "and", "B", "rose", "after", "rest"]
    alphabet = rules().speller.alphabet
    starts = [sum(len(w) + 1 for w in words[:n]) for n in range(len(words))]
    atoms = [
        Atom(s, s + len(w), w.lower(), alphabet.words[w.lower()].symbols[""] if w == "after" else alphabet.word, 0)
        for s, w in zip(starts, words, strict=True)
    ]
    parse = Parse(heads=(1, 1, 1, 4, 1, 4, 5), labels=("nsubj", "ROOT", "cc", "nsubj", "conj", "prep", "pobj"))
    tree = tree_of(atoms, starts, parse)
    return [r.node for r in reach(tree, atoms, 4, steps_of(path, {"UP": "<conj*"}, alphabet))]


@pytest.mark.parametrize(
    ("path", "nodes"),
    [
        (">nsubj", [3]),
        ("<conj >nsubj", [0]),
        ("@UP >nsubj", [3, 0]),
        (">(prep|pobj)*", [4, 5, 6]),
        (">(prep|pobj)+", [5, 6]),
        (">prep[AFTER] >pobj", [6]),
        (">prep[!AFTER] >pobj", []),
        (">prep? >pobj", [6]),
    ],
)
def test_paths_are_walked_nearest_first(path: str, nodes: list[int]) -> None:
    assert walked(path) == nodes


@pytest.mark.parametrize(
    ("path", "words"),
    [("nsubj", "is no step"), (">nsubj @NOWHERE", "no @NOWHERE"), (">prep[NO_SUCH] >pobj", "unknown word class")],
)
def test_a_path_that_is_none_is_refused(path: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=words):
        walked(path)
