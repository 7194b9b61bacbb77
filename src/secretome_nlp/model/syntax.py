"""Parse chosen sentences of a text with the shipped model, or with any other spaCy pipeline that parses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from secretome_nlp.errors import InputError
from secretome_nlp.model.load import load_model
from secretome_nlp.types import Parse, Span, Token

#: Parts of pipelines that a parse does not need, by the names that spaCy's, scispaCy's and our models give them.
NOT_NEEDED = (
    "tagger", "morphologizer", "ner", "lemmatizer", "attribute_ruler", "senter", "sentencizer", "abbreviation_detector",
    "secretome_sentences", "secretome_lemmas", "secretome_entities",
)  # fmt: skip
BATCH = 64


@lru_cache(maxsize=2)
def shared_parser(name: str) -> Language:
    """Return the parsing part of a pipeline by name or path, loaded once a process.

    Raises InputError, one line, where there is none of that name or it does not parse.
    """
    nlp = load_model(name, exclude=NOT_NEEDED)
    if not _run(nlp, [Doc(nlp.vocab, words=["Cells", "grow"])])[0].has_annotation("DEP"):
        raise InputError(f"the spaCy pipeline {name!r} has no parser; name one that has, or leave out `syntax`")
    return nlp


def _run(nlp: Language, docs: list[Doc]) -> list[Doc]:
    """Run the components over docs together: a batch costs less than its sentences one by one."""
    for _, pipe in nlp.pipeline:
        docs = list(pipe.pipe(docs, batch_size=BATCH)) if hasattr(pipe, "pipe") else [pipe(doc) for doc in docs]
    return docs


def parse(
    nlp: Language, tokens: tuple[Token, ...], sentences: tuple[Span, ...], chosen: Iterable[int]
) -> dict[int, Parse]:
    """Return the parses of the chosen sentences by number: one value for each of `tokens` that stands in them."""
    numbers = list(chosen)
    with nlp.memory_zone():
        docs = _run(nlp, [_doc(nlp, tokens, sentences[number]) for number in numbers])
        return {number: _parse(doc) for number, doc in zip(numbers, docs, strict=True)}


def _doc(nlp: Language, tokens: tuple[Token, ...], sentence: Span) -> Doc:
    first, last = (bisect_left(tokens, at, key=_start) for at in (sentence.start, sentence.end))
    own = tokens[first:last]
    spaces = [one.end < two.start for one, two in pairwise(own)]
    starts: list[bool | int | None] = [
        n == 0 for n in range(len(own))
    ]  # sentence borders are the rules' business: one tree a sentence
    return Doc(nlp.vocab, words=[t.text for t in own], spaces=[*spaces, False][: len(own)], sent_starts=starts)


def _parse(doc: Doc) -> Parse:
    return Parse(
        heads=tuple(t.head.i for t in doc),
        labels=tuple(t.dep_ for t in doc),
    )


def _start(token: Token) -> int:
    return token.start
