"""Run components of a spaCy pipeline over sentences that are cut into words already."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from secretome_nlp.types import Span, Token

BATCH = 64


def run(nlp: Language, docs: list[Doc]) -> list[Doc]:
    """Run the components over docs together: a batch costs less than its sentences one by one."""
    for _, pipe in nlp.pipeline:
        docs = list(pipe.pipe(docs, batch_size=BATCH)) if hasattr(pipe, "pipe") else [pipe(doc) for doc in docs]
    return docs


def sentence_doc(nlp: Language, tokens: tuple[Token, ...], sentence: Span) -> tuple[Doc, tuple[Token, ...]]:
    """Return a sentence as a Doc, one sentence whatever a component thinks of it, and its words among `tokens`."""
    first, last = (bisect_left(tokens, at, key=_start) for at in (sentence.start, sentence.end))
    own = tokens[first:last]
    spaces = [one.end < two.start for one, two in pairwise(own)]
    starts: list[bool | int | None] = [n == 0 for n in range(len(own))]
    doc = Doc(nlp.vocab, words=[t.text for t in own], spaces=[*spaces, False][: len(own)], sent_starts=starts)
    return doc, own


def _start(token: Token) -> int:
    return token.start
