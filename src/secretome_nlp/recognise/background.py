"""Diseases that a text only talks about: what is treated or tested is a MODEL, what is background is no mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import exp, log

from secretome_nlp.knowledge.background import Background, BackgroundWeights
from secretome_nlp.types import Mention, Span

OPENING = 4  # sentences, the title included, that introduce a paper
LISTED = 4  # diseases of a sentence; more count as so many
NEAR = 60  # characters before a mention in which its surroundings are looked at
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
SIGNS = tuple(BackgroundWeights.model_fields)
#: Expressions that are searched in a whole sentence.
OF_SENTENCES = ("treatment", "introduction", "own_work", "past")


def without_background(
    text: str, mentions: tuple[Mention, ...], sentences: tuple[Span, ...], words: Background
) -> tuple[Mention, ...]:
    """Drop diseases that are not treated or tested.

    What tells of one is weighed: how often and where it is named, what its sentence says and names besides, and what
    stands right around it (`knowledge/data/background.yml`). In a text of a few sentences only a disease before a noun
    that makes it a mere attribute ("tumour microenvironment") goes. A disease with its inducing agent, and a stress put
    on cells, stay. A process goes too where an opening sentence tells it as part of a disease ("is a cause of death").
    """
    plain = weighed(mentions, sentences)
    long = len(sentences) >= OPENING
    processes = [m for m in mentions if m.type == "OUTCOME"] if long else []
    if not plain and not processes:
        return mentions
    view = View(text, mentions, sentences, words)
    dropped = {m.id for m in plain if (view.is_background(m) if long else view.is_attribute(m))}
    dropped |= {m.id for m in processes if view.is_course(m)}
    gone = [m for m in plain if m.id in dropped]
    kept = tuple(m for m in mentions if m.id not in dropped)
    return tuple(m for m in kept if not _goes_with(m, gone, kept))


def weighed(mentions: tuple[Mention, ...], sentences: tuple[Span, ...]) -> list[Mention]:
    """Return the diseases that may be background."""
    models = [m for m in mentions if m.type == "MODEL" and m.sentence < len(sentences)]
    return [m for m in models if not (m.by.how == "grammar" and m.kind in MADE)]


def _goes_with(m: Mention, gone: Sequence[Mention], kept: Sequence[Mention]) -> bool:
    """Tell whether a tissue stood only in the name of a disease that was dropped ("breast cancer")."""
    return (
        m.type == "TISSUE"
        and any(d.start <= m.start and m.end <= d.end for d in gone)
        and not any(k is not m and k.start <= m.start and m.end <= k.end for k in kept)
    )


class View:
    """What the sentences of one text name and say."""

    def __init__(self, text: str, mentions: Sequence[Mention], sentences: Sequence[Span], words: Background) -> None:
        self.text, self.sentences, self.words = text, sentences, words
        self._search = words.expressions
        self.types: dict[int, set[str]] = {}
        self._models: Counter[int] = Counter()
        self._names: Counter[str] = Counter()
        self._of_title: set[str] = set()
        for m in mentions:
            found = self.types.setdefault(m.sentence, set())
            found.add(m.type)
            if m.type == "CELL_TYPE" and m.kind == "stem":
                found.add("COMPONENT")
            if m.type == "MODEL":
                self._models[m.sentence] += 1
                self._names[_name(m)] += 1
                if m.sentence == 0:
                    self._of_title.add(_name(m))
        for n, s in enumerate(sentences):
            found = self.types.setdefault(n, set())
            if "COMPONENT" not in found and BY_PRODUCT.search(text, s.start, s.end):
                found.add("COMPONENT")
        named = sum("COMPONENT" in self.types.get(n, ()) for n in range(len(sentences)))
        self._product_title = "COMPONENT" in self.types.get(0, ())
        self._off_topic = not self._product_title and named < LEAST_SHARE * len(sentences)
        self._said: dict[int, dict[str, bool]] = {}

    @cached_property
    def _is_review(self) -> bool:
        return self._search["review"].search(self.text) is not None

    def is_attribute(self, m: Mention) -> bool:
        """Tell whether a disease stands before a noun that makes it an attribute."""
        follows = FOLLOWS.match(self.text, m.end)
        if follows is None or follows.group("model"):
            return False
        return follows.group(1).lower() in self.words.attribute_of

    def is_background(self, m: Mention) -> bool:
        """Tell whether a disease is only talked about."""
        if TIME_AFTER.search(self.text, max(0, m.start - 5), m.start):
            return False
        signs, weights = self.signs_of(m), self.words.weights
        score = sum(getattr(weights, name) * value for name, value in zip(SIGNS, signs, strict=True) if value)
        return 1 / (1 + exp(-score)) < self.words.least

    def signs_of(self, m: Mention) -> list[float]:
        """Return what tells of a disease, in the order of SIGNS."""
        search, said = self._search, self._said_in(m.sentence)
        types = self.types.get(m.sentence, set())
        before, behind = self.text[max(0, m.start - NEAR) : m.start], self.text[m.end : m.end + NEAR]
        opening = 0 < m.sentence < OPENING and not types & PRODUCTS
        name, last = _name(m), len(self.sentences) - 1
        signs: dict[str, float] = {
            "bias": 1, "product_title": self._product_title, "off_topic": self._off_topic, "review": self._is_review,
            "cancer": m.kind == "cancer", "in_vitro": m.kind == "in_vitro",
            "by_grammar": m.by.how == "grammar", "by_definition": m.by.how == "abbreviation",
            "general": search["general"].search(m.text) is not None, "plural": m.text.endswith("s"),
            "times": log(self._names[name]), "title": m.sentence == 0,
            "of_title": m.sentence > 0 and name in self._of_title,
            "not_of_title": bool(self._of_title) and name not in self._of_title,
            "place": m.sentence / max(1, last), "last": m.sentence >= last - 1,
            "opening": opening, "introduced": opening and said["introduction"], "introduction": said["introduction"],
            "treatment": said["treatment"], "own_work": said["own_work"], "past": said["past"],
            "nothing": not said["treatment"] and not types & TESTED,
            "cell": "CELL_TYPE" in types, "host": "SPECIES" in types, "delivery": "DELIVERY" in types,
            "mirna": "MIRNA" in types, "outcome": "OUTCOME" in types, "factor": "FACTOR" in types,
            "listed": min(LISTED, self._models[m.sentence]),
            "attribute": self.is_attribute(m), "before_model": search["model"].match(behind) is not None,
            "before_host": search["host"].match(behind) is not None,
            "in_treatment": search["in_treatment"].search(before) is not None,
            "preposition": search["preposition"].search(before) is not None,
            "example": search["example"].search(before) is not None,
        }  # fmt: skip
        return [float(signs[sign]) for sign in SIGNS]

    def _said_in(self, number: int) -> dict[str, bool]:
        """Return which expressions stand in a sentence."""
        if number not in self._said:
            span = self.sentences[number]
            told = (name for name in OF_SENTENCES if self._search[name].search(self.text, span.start, span.end))
            self._said[number] = dict.fromkeys(OF_SENTENCES, False) | dict.fromkeys(told, True)
        return self._said[number]

    def is_course(self, m: Mention) -> bool:
        """Tell whether an opening sentence that names nothing given has a process as the course of a disease."""
        if not 0 < m.sentence < OPENING or self.types.get(m.sentence, set()) & PRODUCTS:
            return False
        if self._said_in(m.sentence)["introduction"]:
            return True
        start = self.sentences[m.sentence].start
        return self._search["course"].search(self.text[start : m.start]) is not None


def _name(m: Mention) -> str:
    return m.concept or m.text.lower()
