"""Statistical mentions: what the model's entities find in places where lexicons and grammars found nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from spacy.language import Language

from secretome_nlp.errors import InputError
from secretome_nlp.model.gaps import Gaps
from secretome_nlp.model.load import load_model
from secretome_nlp.model.run import run, sentence_doc
from secretome_nlp.model.words import bounded_words
from secretome_nlp.types import FoundBy, Mention, Span, Token

NOT_NEEDED = ("parser", "lemmatizer", "senter", "sentencizer", "secretome_sentences", "secretome_lemmas")


@lru_cache(maxsize=2)
def shared_tagger(name: str) -> Language:
    """Return the part of a pipeline that finds entities, by name or path, loaded once a process.

    Raises InputError, one line, where there is none of that name or it has no component for entities.
    """
    nlp = load_model(name, exclude=NOT_NEEDED)
    if not any("doc.ents" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names):
        raise InputError(
            f"the spaCy pipeline {name!r} finds no entities; name one that does, or leave out `model_mentions`"
        )
    return nlp


def find(
    nlp: Language,
    text: str,
    tokens: tuple[Token, ...],
    sentences: tuple[Span, ...],
    taken: Iterable[Span],
    types: Mapping[str, str],
    mined: tuple[Span, ...],
) -> tuple[Mention, ...]:
    """Return the entities of some labels as mentions, where nothing is `taken`, inside the `mined` stretches.

    `types` gives the mention type of each label; other labels are left out. `tokens` are all words of the text;
    offsets are those of `text`. Ids begin with `s`.
    """
    gaps = Gaps(taken)
    numbers = [n for n, s in enumerate(sentences) if any(m.contains(s) for m in mined)]
    found: list[Mention] = []
    with bounded_words(nlp):
        pairs = [sentence_doc(nlp, tokens, sentences[n]) for n in numbers]
        for number, (_, own), doc in zip(numbers, pairs, run(nlp, [doc for doc, _ in pairs]), strict=True):
            for entity in doc.ents:
                span = Span(own[entity.start].start, own[entity.end - 1].end)
                if entity.label_ in types and gaps.free(span):
                    by = FoundBy("model", f"{nlp.meta['lang']}_{nlp.meta['name']}:{entity.label_}")
                    words = text[span.start : span.end]
                    found.append(Mention(f"s{len(found) + 1}", *span, words, types[entity.label_], by, sentence=number))
    return tuple(found)
