"""The project's words as a spaCy tokenizer, for the pipeline and for the models that are trained on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from secretome_nlp.segment import tokens


class WordTokenizer:
    """spaCy tokenizer with the project's words; white space is kept, so `doc.text` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text."""
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end, word, _norm, _sentence in tokens.find(text):
            if start > at:
                if text[at:start] == " " and at:  # as between most words
                    spaces[-1] = True
                else:
                    _add_gap(words, spaces, text[at:start])
            words.append(word)
            spaces.append(False)
            at = end
        _add_gap(words, spaces, text[at:])
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:  # noqa: ARG002 -- spaCy's signature
        """Yield the Docs of texts in order."""
        yield from map(self, texts)

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the tokenizer has no settings."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> WordTokenizer:
        """Return itself: the tokenizer has no settings."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Write nothing: the tokenizer has no settings."""

    def from_disk(self, _path: str | Path, **_: Any) -> WordTokenizer:
        """Return itself: the tokenizer has no settings."""
        return self


def _add_gap(words: list[str], spaces: list[bool], gap: str) -> None:
    """Put the white space between two words where spaCy has it: one blank as a flag, the rest as a token."""
    if gap.startswith(" ") and words and not words[-1].isspace():
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def make_tokenizer() -> Callable[[Language], WordTokenizer]:
    """Return the maker of the tokenizer that a config names `secretome_nlp.Words.v1` (an entry point)."""
    return lambda nlp: WordTokenizer(nlp.vocab)
