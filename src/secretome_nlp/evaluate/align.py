"""Find where gold annotations stand in a document, independently of how it was cut into sentences."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from secretome_nlp.evaluate.gold import GoldDocument, GoldMention
from secretome_nlp.segment.tokens import GREEK
from secretome_nlp.types import Span

HYPHENS = re.compile(r"[‐‑‒–—−\u00ad]")
SENTENCE_END = re.compile(r"[.!?:]\s+|\n\s*\n\s*")


@dataclass(frozen=True)
class Aligned:
    """Gold in a document: the place of each sentence and mention, and what was not found."""

    sentences: dict[str, Span]  # by fingerprint
    mentions: dict[str, Span]  # by mention id
    lost_sentences: tuple[str, ...]
    lost_mentions: tuple[str, ...]


class Letters:
    """The letters of a document with the place of each, for search by fingerprint."""

    def __init__(self, text: str) -> None:
        self.text = text
        found: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            for piece in unicodedata.normalize("NFKD", char).lower():
                for c in GREEK.get(piece, piece):
                    if "a" <= c <= "z":
                        found.append(c)
                        places.append(place)
        self.letters = "".join(found)
        self.places = places
        self.starts = sorted({bisect_left(places, m.start()) for m in re.finditer(r"[^\W\d_]+", text)} - {len(places)})

    def find(self, fp: str, size: int) -> Span | None:
        """Return the stretch of text whose `size` letters have the fingerprint, or None."""
        if size == 0:
            return None
        for at in self.starts:
            piece = self.letters[at : at + size]
            if len(piece) < size:
                break
            if hashlib.sha256(piece.encode()).hexdigest()[:16] == fp:
                return self.stretch(at, at + size)
        return None

    def stretch(self, first: int, last: int) -> Span:
        """Widen a run of letters to the digits, brackets and stops that belong to it."""
        start, end = self.places[first], self.places[last - 1] + 1
        stop = self.places[last] if last < len(self.places) else len(self.text)
        while end < stop and not self.text[end].isspace():
            end += 1
        before = self.places[first - 1] + 1 if first else 0
        while start > before and not self.text[start - 1].isspace():
            start -= 1
        # Numbers and brackets between the last letter and the next word may still be the sentence's.
        tail = re.match(r"(?:\s*[\d(\[][^\s]*)*", self.text[end:stop])
        return Span(start, end + (tail.end() if tail else 0))

    def reach(self, span: Span) -> Span:
        """Widen a sentence to the numbers before its first letter, back to where the one before it has ended."""
        first = bisect_left(self.places, span.start)
        before = self.places[first - 1] + 1 if first else 0
        ends = list(SENTENCE_END.finditer(self.text, before, span.start))
        begin = ends[-1].end() if ends else span.start if first else before
        return Span(begin, span.end)


def fold(text: str) -> tuple[str, list[int]]:
    """Fold a text for comparing surfaces: no white space, one hyphen, compatibility forms; with each place."""
    found: list[str] = []
    places: list[int] = []
    for place, char in enumerate(HYPHENS.sub("-", text)):
        if char.isspace():
            continue
        for piece in unicodedata.normalize("NFKC", char):
            found.append(piece)
            places.append(place)
    return "".join(found), places


def locate(text: str, span: Span, mention: GoldMention) -> Span | None:
    """Return the place of a mention in its sentence: the nth occurrence of its folded surface."""
    folded, places = fold(text[span.start : span.end])
    wanted, _ = fold(mention.text)
    at = -1
    for _ in range(mention.nth + 1):
        at = folded.find(wanted, at + 1)
        if at < 0:
            return None
    return Span(span.start + places[at], span.start + places[at + len(wanted) - 1] + 1)


def align(text: str, gold: GoldDocument) -> Aligned:
    """Find each sentence and mention of the gold in a text; what is not found is listed, never dropped."""
    index = Letters(text)
    sentences: dict[str, Span] = {}
    mentions: dict[str, Span] = {}
    lost_sentences: list[str] = []
    lost_mentions: list[str] = []
    for sentence in gold.sentences:
        span = index.find(sentence.fp, sentence.n)
        if span is None:
            lost_sentences.append(sentence.fp)
            lost_mentions.extend(m.id for m in sentence.mentions)
            continue
        sentences[sentence.fp] = span
        for m in sentence.mentions:
            place = locate(text, index.reach(span), m)
            if place is None:
                lost_mentions.append(m.id)
            else:
                mentions[m.id] = place
    return Aligned(sentences, mentions, tuple(lost_sentences), tuple(lost_mentions))


def coverage(text: str, gold: GoldDocument) -> float:
    """Return the share of the gold's sentences that stand in a text: by it a rendition is recognised."""
    if not gold.sentences:
        return 0.0
    index = Letters(text)
    return sum(index.find(s.fp, s.n) is not None for s in gold.sentences) / len(gold.sentences)
