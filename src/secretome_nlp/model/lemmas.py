"""Lemmas by table and by endings: the tag-aware lemmatizer of the shipped model.

What was seen in training is looked up by word and tag. Other words lose the longest known ending of their tag, as in
Kanerva et al. (2021) but without a network: nearly all that an edit-tree classifier got wrong on CRAFT was letter case,
and all lemmas there are lower case.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

FILE = "lemmas.json"


class Lemmatizer:
    """Sets `token.lemma_` from the token's word and its Penn tag, which a tagger has set before."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, str]] = {}  # tag -> word -> lemma, where no ending gives it
        self.endings: dict[str, dict[str, str]] = {}  # tag -> ending -> what stands in its place

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a Doc and return it."""
        for token in doc:
            token.lemma_ = self.lemma(token.lower_, token.tag_)
        return doc

    def lemma(self, word: str, tag: str) -> str:
        """Return the lemma of a lower-case word with a Penn tag; the word itself where nothing is known."""
        seen = self.words.get(tag, {}).get(word)
        return seen if seen is not None else self.by_ending(word, tag)

    def by_ending(self, word: str, tag: str) -> str:
        """Return the lemma that the longest known ending gives."""
        endings = self.endings.get(tag)
        if not endings:
            return word
        for size in range(min(LONGEST, len(word) - 1), -1, -1):
            put = endings.get(word[len(word) - size :])
            if put is not None:
                cut, _, add = put.partition(":")
                return word[: len(word) - int(cut)] + add
        return word

    def learn(self, seen: Iterable[tuple[str, str, str]]) -> None:
        """Learn from (lower-case word, tag, lower-case lemma) of a treebank, one a token."""
        from secretome_nlp.model.lemma_rules import learned

        self.words, self.endings = learned(list(seen), self)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the table into the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        content = {"words": self.words, "endings": self.endings}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0)
        (Path(path) / FILE).write_text(text, encoding="utf-8")

    def from_disk(self, path: str | Path, **_: Any) -> Lemmatizer:
        """Read what `to_disk` wrote."""
        content = json.loads((Path(path) / FILE).read_text(encoding="utf-8"))
        self.words, self.endings = content["words"], content["endings"]
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return the table as bytes."""
        return json.dumps([self.words, self.endings], sort_keys=True).encode()

    def from_bytes(self, data: bytes, **_: Any) -> Lemmatizer:
        """Read what `to_bytes` gave."""
        self.words, self.endings = json.loads(data)
        return self


LONGEST = 6


@Language.factory("secretome_lemmas", requires=["token.tag"], assigns=["token.lemma"])
def make_lemmas(nlp: Language, name: str) -> Lemmatizer:  # noqa: ARG001 -- spaCy's signature of a factory
    """Make the component, empty until it learns or is read from disk."""
    return Lemmatizer()
