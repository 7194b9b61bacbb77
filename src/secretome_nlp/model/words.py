"""How many words a spaCy pipeline keeps: making a word anew costs ten times as much as finding it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from spacy.language import Language

#: spaCy keeps every word that it has met: so many, and of later ones only those of the texts at hand.
KEPT_WORDS = 100_000


@contextmanager
def bounded_words(nlp: Language) -> Iterator[None]:
    """Let a pipeline keep the words of what is read here until it has enough; no Doc made here may outlive it."""
    if len(nlp.vocab) < KEPT_WORDS:
        yield
        return
    with nlp.memory_zone():
        yield
