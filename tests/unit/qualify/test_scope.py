"""Scope settings that a user's own cue may have, on words given directly."""

from __future__ import annotations

from dataclasses import replace

from secretome_nlp.knowledge.cues import load_cues
from secretome_nlp.qualify.scope import Clause

KNOWN = load_cues()
PLAIN = next(c for c in KNOWN.cues if c.id == "neg.never")


def scope(text: str, cue: str, **settings: object) -> str:
    norms = text.split()
    entry = replace(PLAIN, **settings)  # type: ignore[arg-type] -- the settings vary by test
    first = norms.index(cue)
    left, right = Clause(norms, KNOWN.scope).scope(first, first + 1, entry)
    return " ".join(norms[left:right])


def test_forward_runs_to_the_clause_end() -> None:
    assert scope("rats never limped in spring but dogs did .", "never") == "never limped in spring"


def test_stops_at_ends_a_scope_early() -> None:
    assert scope("rats never limped in spring .", "never", stops_at=frozenset(["in"])) == "never limped"


def test_backward_runs_from_the_subject_to_the_cue() -> None:
    assert scope("so pain was gone in rats .", "gone", direction="backward").endswith("pain was gone")


def test_both_covers_the_clause_of_a_predicate() -> None:
    assert scope("in rats , pain was gone in spring .", "gone", direction="both") == "pain was gone in spring"


def test_phrase_ends_at_the_verb() -> None:
    assert scope("never old rats were ill", "never", direction="forward", reach="phrase") == "never old rats"


def test_sentence_runs_over_clauses() -> None:
    text = "never rats limped , but dogs did ; cats ran ."
    assert scope(text, "never", direction="forward", reach="sentence") == "never rats limped , but dogs did"
