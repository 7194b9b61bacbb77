"""Score relations: each distinct one once a document, coreferent mentions counting as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secretome_nlp.evaluate.match import Item
from secretome_nlp.evaluate.metrics import Counts
from secretome_nlp.types import Abbreviation, Span

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Claim:
    """A relation on either side: type, the concepts it links, its direction and assertion, its source."""

    type: str
    head: str
    tail: str
    direction: str | None
    negated: bool
    hedged: bool
    rule: str = ""
    id: str = ""
    place: Span | None = None  # of the sentence that says it

    @property
    def key(self) -> Key:
        """What makes two relations the same: type and both concepts."""
        return self.type, self.head, self.tail


@dataclass(frozen=True)
class RelationScore:
    """Matched keys and the claims on both sides, by key."""

    gold: Mapping[Key, Claim]
    found: Mapping[Key, Claim]

    def counts(self, type_: str | None = None) -> Counts:
        """Return the counts of one relation type, or of all."""
        gold = {k for k in self.gold if type_ in (None, k[0])}
        found = {k for k in self.found if type_ in (None, k[0])}
        return Counts(len(gold & found), len(found - gold), len(gold - found))

    def agreement(self, field: str) -> tuple[int, int]:
        """Return in how many matched relations a field (direction, negated, hedged) agrees, and of how many."""
        both = self.gold.keys() & self.found.keys()
        if field == "direction":
            both = {k for k in both if self.gold[k].direction is not None}
        same = sum(getattr(self.gold[k], field) == getattr(self.found[k], field) for k in both)
        return same, len(both)

    def by_rule(self) -> dict[str, Counts]:
        """Return, for each rule, how many of its distinct relations stand in the gold."""
        table: dict[str, Counts] = {}
        for key, claim in self.found.items():
            right = key in self.gold
            table[claim.rule] = table.get(claim.rule, Counts()) + Counts(int(right), int(not right), 0)
        return table


def distinct(claims: Iterable[Claim]) -> dict[Key, Claim]:
    """Keep one claim a key: the plain one before the hedged or negated one."""
    found: dict[Key, Claim] = {}
    for c in claims:
        old = found.get(c.key)
        if old is None or (old.hedged or old.negated, old.hedged) > (c.hedged or c.negated, c.hedged):
            found[c.key] = c
    return found


class Concepts:
    """Names the concept of each mention, so that "MSC-EVs" here and "the vesicles" there can be one.

    Gold and found mentions that were matched share a name; others of the same type and folded words join them, a
    short form that the text defines counting as its long one. Of a fused short form ("exosomes of bone marrow MSCs
    (BMSC-Exos)") the parts count as those of the long form: `items` are the gold's mentions, which tell them.
    """

    def __init__(self, abbreviations: Iterable[Abbreviation] = (), items: Iterable[Item] = ()) -> None:
        self._long = {singular(a.short_text): singular(a.long_text) for a in reversed(list(abbreviations))}
        self._part = _fused_parts(list(abbreviations), list(items))
        self._name: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], str] = {}

    def name(self, side: str, ident: str, type_: str, text: str, twin: str | None = None) -> str:
        """Return the name of a mention's concept; `twin` is the gold id that a found mention was matched with."""
        if twin is not None and ("gold", twin) in self._name:
            self._name[side, ident] = self._name["gold", twin]
        elif (side, ident) not in self._name:
            folded = singular(text)
            words = (type_, self._long.get(folded) or self._part.get((type_, folded), folded))
            self._name[side, ident] = self._words.setdefault(words, f"{type_}:{words[1]}")
        return self._name[side, ident]


def _fused_parts(abbreviations: list[Abbreviation], items: list[Item]) -> dict[tuple[str, str], str]:
    """Return, by type and folded words, what each part of a short form stands for in the long form."""
    found: dict[tuple[str, str], str] = {}
    for a in abbreviations:
        short, long = (_only_of_type(items, span) for span in (a.short, a.long))
        for type_ in short.keys() & long.keys():
            part, whole = _within(a.short_text, a.short, short[type_]), _within(a.long_text, a.long, long[type_])
            found.setdefault((type_, singular(part)), singular(whole))
    return found


def _within(text: str, place: Span, part: Span) -> str:
    """Return the words at `part` of a text that stands at `place`."""
    return text[part.start - place.start : part.end - place.start]


def _only_of_type(items: list[Item], span: Span) -> dict[str, Span]:
    """Return the mention of each type of which a stretch holds one alone, nested ones left aside."""
    inside = [i for i in items if span.contains(i.span)]
    outer = [i for i in inside if not any(o.type == i.type and o is not i and o.span.contains(i.span) for o in inside)]
    return {i.type: i.span for i in outer if sum(o.type == i.type for o in outer) == 1}


#: Plurals without an s that texts on animals and their cells use beside the singular.
_PLURALS = {"mice": "mouse", "mitochondria": "mitochondrion"}


def singular(text: str) -> str:
    """Fold words for comparison: lower case, hyphens as blanks, the last word in the singular."""
    words = text.lower().replace("-", " ").replace("‐", " ").replace("–", " ").split()
    if words and len(words[-1]) > 2 and words[-1].endswith("s") and not words[-1].endswith("ss"):
        words[-1] = words[-1][:-1]
    if words:
        words[-1] = _PLURALS.get(words[-1], words[-1])
    return " ".join(words)
