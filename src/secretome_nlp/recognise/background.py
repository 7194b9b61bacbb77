"""Diseases that a text only talks about: what is treated or tested is a MODEL, what is background is no mention."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secretome_nlp.knowledge.overlaps import BackgroundWords
from secretome_nlp.types import Mention, Span

OPENING = 4  # sentences, the title included, that introduce a paper
TESTED = frozenset({"COMPONENT", "CELL_TYPE", "SPECIES", "DELIVERY", "PRIMING", "MIRNA"})
PRODUCTS = frozenset({"COMPONENT", "DELIVERY", "PRIMING"})
#: A paper whose title names neither product nor stem cell, and of whose sentences fewer than this share do, is on
#: something else.
LEAST_SHARE = 0.34
FOLLOWS = re.compile(r"[\s‐-―-]*([^\W_]+)(?:[\s‐-―-]+[^\W_]+){0,2}?(?P<model>[\s‐-―-]+models?\b)?", re.I)
#: Adjectives that tell of a product as its name does.
BY_PRODUCT = re.compile(r"\b(?:exosomal|vesicular|EV[‐-―-]\w+)\b", re.I)
#: A time after an injury: "24 h post-burn".
TIME_AFTER = re.compile(r"\bpost[‐-―-]$", re.I)
#: What was made in an experiment; with its agent named, it is never background.
MADE = frozenset({"induced", "in_vitro"})


def without_background(
    text: str, mentions: tuple[Mention, ...], sentences: tuple[Span, ...], words: BackgroundWords
) -> tuple[Mention, ...]:
    """Drop diseases that are not treated or tested.

    Those are: a disease before a noun that makes it a mere attribute ("tumour microenvironment"), in an opening
    sentence that introduces it, in a sentence that names nothing given and no treatment, and in a paper or a
    review's sentence that has another subject. A disease with its inducing agent, and a stress put on cells, stay.
    A process goes too where an opening sentence tells it as part of a disease ("is a cause of death", "is marked by").
    """
    plain = [m for m in mentions if m.type == "MODEL" and not (m.by.how == "grammar" and m.kind in MADE)]
    processes = [m for m in mentions if m.type == "OUTCOME"] if len(sentences) >= OPENING else []
    if not plain and not processes:
        return mentions
    view = _View(text, mentions, sentences, words)
    background = {m.id for m in plain if len(sentences) >= OPENING and view.is_background(m)}
    attributes = {m.id for m in plain if m.id not in background and view.is_attribute(m)}
    dropped = background | (attributes - _named_in_endpoints(plain, background | attributes, mentions))
    dropped |= {m.id for m in processes if view.is_course(m)}
    gone = [m for m in plain if m.id in dropped]
    kept = tuple(m for m in mentions if m.id not in dropped)
    return tuple(m for m in kept if not _goes_with(m, gone, kept))


def _named_in_endpoints(plain: Sequence[Mention], dropped: set[str], mentions: Sequence[Mention]) -> set[str]:
    """Return diseases that stand in an endpoint ("AD progression") and are treated elsewhere in the text.

    Tumours are not among them: "tumour growth" is told of a tumour, whether or not it is what is treated.
    """
    treated = {m.concept for m in plain if m.id not in dropped and m.concept and m.kind == "disease"}
    endpoints = [m for m in mentions if m.type == "OUTCOME"]
    return {m.id for m in plain if m.concept in treated and any(e.span.contains(m.span) for e in endpoints)}


def _goes_with(m: Mention, gone: Sequence[Mention], kept: Sequence[Mention]) -> bool:
    """Tell whether a tissue stood only in the name of a disease that was dropped ("breast cancer")."""
    return (
        m.type == "TISSUE"
        and any(d.start <= m.start and m.end <= d.end for d in gone)
        and not any(k is not m and k.start <= m.start and m.end <= k.end for k in kept)
    )


class _View:
    """What the sentences of one text name and say."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], sentences: Sequence[Span], words: BackgroundWords
    ) -> None:
        self.text, self.sentences, self.words = text, sentences, words
        self.types: dict[int, set[str]] = {}
        for m in mentions:
            found = self.types.setdefault(m.sentence, set())
            found.add(m.type)
            if m.type == "CELL_TYPE" and m.kind == "stem":
                found.add("COMPONENT")
        for n, s in enumerate(sentences):
            if BY_PRODUCT.search(text, s.start, s.end):
                self.types.setdefault(n, set()).add("COMPONENT")
        named = sum("COMPONENT" in self.types.get(n, ()) for n in range(len(sentences)))
        self.off_topic = "COMPONENT" not in self.types.get(0, ()) and named < LEAST_SHARE * len(sentences)
        self.is_review = re.search(words.review, text) is not None

    def is_attribute(self, m: Mention) -> bool:
        follows = FOLLOWS.match(self.text, m.end)
        if follows is None or follows.group("model"):
            return False
        return follows.group(1).lower() in self.words.attribute_of

    def is_background(self, m: Mention) -> bool:
        if m.sentence >= len(self.sentences) or TIME_AFTER.search(self.text, max(0, m.start - 5), m.start):
            return False
        span = self.sentences[m.sentence]
        said = self.text[span.start : span.end]
        types = self.types.get(m.sentence, set())
        treats = re.search(self.words.treatment, said, re.I) is not None
        if self.off_topic and m.kind != "induced":
            return True
        if not treats and (not types & TESTED or (self.is_review and m.sentence > 0)):
            return True
        opens = 0 < m.sentence < OPENING and not types & PRODUCTS
        return opens and re.search(self.words.introduction, said, re.I) is not None

    def is_course(self, m: Mention) -> bool:
        """Tell whether an opening sentence that names nothing given has a process as the course of a disease."""
        if not 0 < m.sentence < OPENING or self.types.get(m.sentence, set()) & PRODUCTS:
            return False
        span = self.sentences[m.sentence]
        if re.search(self.words.introduction, self.text[span.start : span.end], re.I):
            return True
        return re.search(self.words.course, self.text[span.start : m.start], re.I) is not None
