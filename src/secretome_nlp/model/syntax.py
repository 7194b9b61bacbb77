"""Parse chosen sentences of a text with the shipped model, or with any other spaCy pipeline that parses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from secretome_nlp.errors import InputError
from secretome_nlp.model.load import load_model
from secretome_nlp.model.run import run, sentence_doc
from secretome_nlp.model.words import bounded_words
from secretome_nlp.types import Parse, Span, Token

#: Parts of pipelines that a parse does not need, by the names that spaCy's, scispaCy's and our models give them.
NOT_NEEDED = (
    "tagger", "morphologizer", "ner", "lemmatizer", "attribute_ruler", "senter", "sentencizer", "abbreviation_detector",
    "secretome_sentences", "secretome_lemmas", "secretome_entities",
)  # fmt: skip


@lru_cache(maxsize=2)
def shared_parser(name: str) -> Language:
    """Return the parsing part of a pipeline by name or path, loaded once a process.

    Raises InputError, one line, where there is none of that name or it does not parse.
    """
    nlp = load_model(name, exclude=NOT_NEEDED)
    if not run(nlp, [Doc(nlp.vocab, words=["Cells", "grow"])])[0].has_annotation("DEP"):
        raise InputError(f"the spaCy pipeline {name!r} has no parser; name one that has, or leave out `syntax`")
    return nlp


class Task(NamedTuple):
    """A text's words and sentences, and the numbers of those sentences that are to be parsed."""

    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    chosen: tuple[int, ...]


def parse(
    nlp: Language, tokens: tuple[Token, ...], sentences: tuple[Span, ...], chosen: Iterable[int]
) -> dict[int, Parse]:
    """Return the parses of the chosen sentences by number: one value for each of `tokens` that stands in them."""
    return parse_all(nlp, [Task(tokens, sentences, tuple(chosen))])[0]


def parse_all(nlp: Language, tasks: Sequence[Task]) -> list[dict[int, Parse]]:
    """Return for each task the parses of its chosen sentences by number.

    The sentences of all tasks are parsed together, which costs less; what stands beside a sentence changes nothing.
    """
    with bounded_words(nlp):
        docs = iter(run(nlp, [sentence_doc(nlp, t.tokens, t.sentences[n])[0] for t in tasks for n in t.chosen]))
        return [{number: _parse(next(docs)) for number in task.chosen} for task in tasks]


def _parse(doc: Doc) -> Parse:
    return Parse(
        heads=tuple(t.head.i for t in doc),
        labels=tuple(t.dep_ for t in doc),
    )
