"""The alphabet that sentences are spelled in: one character for every kind of word and mention.

A pattern is then a plain regular expression over short strings, which Python's engine matches in C. Two words
share a character when no pattern can tell them apart; all words that no rule knows share one.
"""

from __future__ import annotations

from dataclasses import dataclass

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.rules import Vocabulary
from secretome_nlp.relate.inflect import inflect
from secretome_nlp.segment.tokens import find as tokenize
from secretome_nlp.types import MENTION_TYPES, Direction

FIRST = 0xE000  # the private use area: no text's own characters
FORMS = ("act", "pass", "part", "adj", "ing", "inf", "noun", "hyph", "cmp")
#: The class of verbs that have no object: their active form is called `self` ("IL-6 fell").
CHANGING = "INTRANSITIVE"
#: The forms that a word with a given inflection can take in a sentence.
FORMS_OF = {
    "base": ("act", "inf"),
    "s": ("act",),
    "ed": ("act", "pass", "part", "adj", "hyph"),
    "participle": ("act", "pass", "part", "adj", "hyph"),
    "ing": ("ing", "hyph", "adj"),
    "noun": ("noun",),
    "cmp": ("cmp",),
}
KINDS = {
    "DELIVERY": ("route", "carrier"),
    "MODEL": ("disease", "induced", "in_vitro"),
    "CELL_TYPE": ("stem",),
    "OUTCOME": ("power", "gain", "asset"),
    "PRIMING": ("given", "loss", "loaded"),
}
START = "START"
WORD, NUMBER, MENTION = "WORD", "NUMBER", "*"


@dataclass(frozen=True, slots=True)
class WordForms:
    """A word's inflections (empty for an unchanging word) and its character in each form ("" for none)."""

    inflections: frozenset[str]
    symbols: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb class says of a change: its direction, and whether it depends on or turns its object."""

    direction: Direction | None
    polar: str | None
    reverses: bool


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Characters for words, phrases and mentions, and the labels that each character answers to."""

    words: dict[str, WordForms]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    mentions: dict[tuple[str, str | None], str]
    labels: dict[str, frozenset[str]]  # character -> labels
    by_label: dict[str, frozenset[str]]  # label -> characters
    senses: dict[str, Sense]  # character -> what its verb class says
    word: str
    adverb: str
    number: str
    start: str
    comma: str

    def characters(self, label: str) -> frozenset[str]:
        """Return the characters that answer to a label; raises KnowledgeError for a label without any."""
        found = self.by_label.get(label)
        if not found:
            raise KnowledgeError(f"unknown word class {label!r} in a pattern; name one of the vocabulary")
        return found


def build(vocabulary: Vocabulary, literals: frozenset[str]) -> Alphabet:
    """Build the alphabet of a vocabulary; `literals` are the words that patterns name by themselves."""
    return _Builder(vocabulary, literals).alphabet()


class _Builder:
    """Gathers every word's labels, then gives each different set of labels a character."""

    def __init__(self, vocabulary: Vocabulary, literals: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self.classes: dict[str, set[str]] = {}
        self.inflections: dict[str, set[tuple[str, str]]] = {}
        self.symbols: dict[frozenset[str], str] = {}
        self.groups: dict[str, list[str]] = {}
        for group, members in vocabulary.groups:
            for member in members:
                self.groups.setdefault(member, []).append(group)
        for name, words in vocabulary.words:
            for word in words:
                self.classes.setdefault(canonical(word), set()).add(name)
        self._verbs()
        for literal in literals:
            self.classes.setdefault(canonical(literal), set()).add(f"={literal}")

    def _verbs(self) -> None:
        irregular = dict(self.vocabulary.irregular)
        for verb_class in self.vocabulary.verbs:
            for lemma, nouns in verb_class.verbs:
                for inflection, form in inflect(lemma, irregular):
                    self.inflections.setdefault(canonical(form), set()).add((verb_class.name, inflection))
                for noun in nouns:
                    self.inflections.setdefault(canonical(noun), set()).add((verb_class.name, "noun"))
                    self.inflections.setdefault(canonical(noun + "s"), set()).add((verb_class.name, "noun"))
            for word in verb_class.words:
                self.inflections.setdefault(canonical(word), set()).add((verb_class.name, "cmp"))

    def symbol(self, labels: frozenset[str]) -> str:
        return self.symbols.setdefault(labels, chr(FIRST + len(self.symbols)))

    def alphabet(self) -> Alphabet:
        plain = self.symbol(frozenset({WORD}))
        adverb = self.symbol(frozenset({WORD, "ADV"}))
        number = self.symbol(frozenset({NUMBER}))
        start = self.symbol(frozenset({START}))
        mentions = {}
        for type_ in MENTION_TYPES:
            for kind in (None, *KINDS.get(type_, ())):
                labels = {MENTION, type_} | ({f"{type_}/{kind}"} if kind else set())
                mentions[type_, kind] = self.symbol(frozenset(labels))
        words = {w: self._forms(w) for w in sorted(self.classes.keys() | self.inflections.keys())}
        labels_of = {symbol: labels for labels, symbol in self.symbols.items()}
        by_label: dict[str, set[str]] = {}
        for symbol, names in labels_of.items():
            for name in names:
                by_label.setdefault(name, set()).add(symbol)
        return Alphabet(
            words=words,
            phrases=_phrases(words),
            mentions=mentions,
            labels=labels_of,
            by_label={name: frozenset(symbols) for name, symbols in by_label.items()},
            senses=self._senses(labels_of),
            word=plain,
            adverb=adverb,
            number=number,
            start=start,
            comma=words[","].symbols[""],
        )

    def _forms(self, word: str) -> WordForms:
        fixed = self._with_groups(self.classes.get(word, set())) | {WORD}
        readings = self.inflections.get(word, set())
        possible = self._with_groups({c for c, _ in readings})
        symbols = {"": self.symbol(frozenset(fixed | {f"?{c}" for c in possible}))}
        for form in FORMS:
            verb_classes = {c for c, inflection in readings if form in FORMS_OF[inflection]}
            if verb_classes:
                named = self._with_groups(verb_classes)
                said = "self" if form == "act" and CHANGING in fixed else form
                labels = fixed | named | {f"{c}.{said}" for c in named} | {f"VERB.{said}", "VERB"}
                symbols[form] = self.symbol(frozenset(labels))
        return WordForms(frozenset(i for _, i in readings), symbols)

    def _with_groups(self, names: set[str]) -> set[str]:
        return names | {group for name in names for group in self.groups.get(name, ())}

    def _senses(self, labels_of: dict[str, frozenset[str]]) -> dict[str, Sense]:
        """Give each character the sense of its first verb class (in the vocabulary's order) that has one."""
        senses = {}
        for symbol, labels in labels_of.items():
            for verb_class in self.vocabulary.verbs:
                if verb_class.name in labels and verb_class.direction is not None:
                    senses[symbol] = Sense(verb_class.direction, verb_class.polar, verb_class.reverses)
                    break
        return senses


def canonical(word: str) -> str:
    """Spell a word or phrase as its folded tokens joined by single spaces."""
    return " ".join(token.norm for token in tokenize(word))


def _phrases(words: dict[str, WordForms]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Index the words of more than one token by their first token, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for word in words:
        first, *rest = word.split(" ")
        if rest:
            found.setdefault(first, []).append((tuple(rest), word))
    return {f: tuple(sorted(ways, key=lambda w: (-len(w[0]), w[1]))) for f, ways in found.items()}
