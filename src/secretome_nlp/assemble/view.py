"""A document's findings, indexed as assembly asks for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from secretome_nlp.assemble.names import long_forms_of, preparation_name, spelled_out, stress_name
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.records import RecordWords
from secretome_nlp.types import Annotations, Mention, Outcome, Relation, Slot

if TYPE_CHECKING:
    from secretome_nlp.assemble.comparisons import Arm

#: Kinds of cells that are given as treatment, against those that are its targets.
SOURCE_KINDS = frozenset({"stem"})
#: Types whose phrases say more than their head's entry: "podocyte apoptosis" is not any apoptosis.
PHRASES = frozenset({"OUTCOME", "MODEL"})
#: Hyphens that texts have in place of the plain one.
HYPHENS = re.compile(r"[\u2010-\u2013]")
#: The ways to begin a miRNA's name, species prefix included: "hsa-miR-21", "microRNA 21", "miRNA-21".
MICRO_RNA = re.compile(r"^(?:[a-z]{3}-)?(?:micro\s?-?rna|mirna|mir)\s?(?:\(mir\))?[\s-]*(?=\d)")


T = TypeVar("T", Mention, Relation)
#: Mentions or relations by the number of their sentence.
Sorted = dict[int, list[T]]


@dataclass(frozen=True)
class View:
    """Annotations with look-ups by sentence and by mention; made once a document."""

    annotations: Annotations
    text: str
    roles: tuple[str, ...]
    entries: dict[str, Entry]
    words: RecordWords
    mentions: dict[str, Mention]
    by_sentence: Sorted[Mention]
    by_type: dict[str, Sorted[Mention]]
    relations_by_sentence: Sorted[Relation]
    relations_by_type: dict[str, Sorted[Relation]]
    inside: dict[str, tuple[Mention, ...]]
    outside: dict[str, tuple[Mention, ...]]
    long_forms: dict[str, str]
    #: What was worked out before: settings and compared arms by sentence, canonical names by mention, and texts of
    #: sentences in lower case.
    settings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    arms: dict[int, tuple[Arm, ...]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    lowered: dict[int, str] = field(default_factory=dict)
    #: The words for settings that the text has at all: no others need be looked for in its sentences.
    setting_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Outcomes by the relation that tells them, and the cells that agents come from.
    outcomes: dict[str, Outcome | None] = field(default_factory=dict)
    cells: dict[str, tuple[Mention, ...]] = field(default_factory=dict)

    def sentence_text(self, number: int) -> str:
        """Return the text of a sentence."""
        span = self.annotations.document.sentences[number]
        return self.text[span.start : span.end]

    def lower_text(self, number: int) -> str:
        """Return the text of a sentence in lower case."""
        known = self.lowered.get(number)
        if known is None:
            known = self.lowered[number] = self.sentence_text(number).lower()
        return known

    def of(self, sentences: Iterable[int], *types: str) -> list[Mention]:
        """Return the mentions of some types in some sentences, in order of place."""
        if len(types) == 1:
            named = self.by_type.get(types[0])
            return [m for s in sentences if s in named for m in named[s]] if named else []
        every = self.by_sentence
        return [m for s in sentences if s in every for m in every[s] if m.type in types]

    def relations(self, sentences: Iterable[int], *types: str) -> list[Relation]:
        """Return the relations of some types that were read in some sentences."""
        if len(types) == 1:
            told = self.relations_by_type.get(types[0])
            return [r for s in sentences if s in told for r in told[s]] if told else []
        every = self.relations_by_sentence
        return [r for s in sentences if s in every for r in every[s] if r.type in types]

    def entry(self, mention: Mention) -> Entry | None:
        """Return the lexicon entry that a mention means, if it means one."""
        return self.entries.get(mention.concept or "")

    def value(self, mention: Mention) -> str:
        """Return the canonical name of what a mention means, in lower case."""
        known = self.values.get(mention.id)
        if known is None:
            known = self.values[mention.id] = HYPHENS.sub("-", self._value(mention))
        return known

    def _value(self, mention: Mention) -> str:
        entry = self.entry(mention)
        if mention.type in ("COMPONENT", "DELIVERY") and mention.value:
            return mention.value
        if mention.type == "MIRNA" and entry is None:
            return MICRO_RNA.sub("mir-", HYPHENS.sub("-", " ".join(mention.text.lower().split())))
        if mention.type == "PRIMING" and (entry is None or mention.by.how == "grammar"):
            return preparation_name(spelled_out(mention.text, self.long_forms))
        if mention.type == "MODEL" and (entry is None or mention.by.how == "grammar"):
            words = phrase_value(spelled_out(mention.text, self.long_forms), entry)
            return stress_name(words) if mention.kind == "in_vitro" else words
        if mention.kind == "in_vitro" and entry is not None:
            return stress_name(spelled_out(entry.name, self.long_forms))
        if mention.by.how == "grammar" and mention.type in PHRASES:
            return phrase_value(mention.text, entry)
        if entry is not None:
            return entry.name.lower()
        return " ".join(mention.text.lower().split())

    def slot(self, mention: Mention, value: str | None = None) -> Slot:
        """Return the slot that a mention fills."""
        ident = mention.norm[0].id if mention.norm and value is None else None
        return Slot(mention.text, value or self.value(mention), ident, (mention.id,))

    def is_nested(self, mention: Mention, *types: str) -> bool:
        """Tell whether a mention lies inside one of the given types."""
        return any(o.type in types for o in self.outside.get(mention.id, ()))


def phrase_value(text: str, entry: Entry | None) -> str:
    """Return a phrase with its head's canonical name: "glycerol-induced AKI" is "… acute kidney injury"."""
    words = " ".join(text.lower().split())
    if entry is None:
        return words
    forms = sorted((f.lower() for f in (*entry.terms, *(s[0] for s in entry.short))), key=lambda f: (-len(f), f))
    head = next((f for f in forms if words.endswith(f)), None)
    return words[: len(words) - len(head)] + entry.name.lower() if head else words


def make_view(
    annotations: Annotations,
    roles: tuple[str, ...],
    entries: dict[str, Entry],
    agents: dict[str, str],
    words: RecordWords,
) -> View:
    """Index the annotations of one document; `agents` are short forms of inducing agents with their names."""
    by_sentence, by_type = _sorted(annotations.mentions)
    relations_by_sentence, relations_by_type = _sorted(annotations.relations)
    inside, outside = _nesting(annotations.mentions)
    return View(
        annotations,
        annotations.document.text,
        roles,
        entries,
        words,
        {m.id: m for m in annotations.mentions},
        by_sentence,
        by_type,
        relations_by_sentence,
        relations_by_type,
        inside,
        outside,
        long_forms_of(annotations, agents),
    )


def _sorted(things: tuple[T, ...]) -> tuple[Sorted[T], dict[str, Sorted[T]]]:
    """Return mentions or relations by sentence, and those of each type by sentence, in their order."""
    by_sentence: Sorted[T] = {}
    by_type: dict[str, Sorted[T]] = {}
    for thing in things:
        by_sentence.setdefault(thing.sentence, []).append(thing)
        by_type.setdefault(thing.type, {}).setdefault(thing.sentence, []).append(thing)
    return by_sentence, by_type


def _nesting(
    mentions: tuple[Mention, ...],
) -> tuple[dict[str, tuple[Mention, ...]], dict[str, tuple[Mention, ...]]]:
    """Return, for each mention, what lies inside it and what it lies inside (mentions are in order of place)."""
    inside: dict[str, list[Mention]] = {}
    outside: dict[str, list[Mention]] = {}
    starts = [m.start for m in mentions]
    for number, outer in enumerate(mentions):
        stop = bisect_left(starts, outer.end)
        for inner in mentions[number + 1 : stop]:
            if inner.end <= outer.end:
                inside.setdefault(outer.id, []).append(inner)
                outside.setdefault(inner.id, []).append(outer)
    return {k: tuple(v) for k, v in inside.items()}, {k: tuple(v) for k, v in outside.items()}
