"""A sentence as a row of atoms: each outermost mention is one, every other word or fixed phrase another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from secretome_nlp.relate.alphabet import Alphabet, WordForms
from secretome_nlp.relate.forms import Flags, resolve
from secretome_nlp.relate.kinds import Kinds
from secretome_nlp.types import Mention, Span, Token


class Atom:
    """One symbol of a sentence. `also` holds mentions in apposition, `short` the mention's own short form."""

    __slots__ = ("also", "end", "flags", "forms", "mention", "norm", "short", "start", "symbol")

    def __init__(
        self, start: int, end: int, norm: str, symbol: str, flags: int, forms: WordForms | None = None
    ) -> None:
        self.start = start
        self.end = end
        self.norm = norm
        self.symbol = symbol
        self.flags = flags
        self.forms = forms
        self.mention: Mention | None = None
        self.also: tuple[Mention, ...] = ()
        self.short: tuple[Mention, ...] = ()

    def mentions(self, short_forms: bool = False) -> tuple[Mention, ...]:
        """The mentions that this atom stands for, its appositions included."""
        if self.mention is None:
            return ()
        return (self.mention, *self.also, *self.short) if short_forms else (self.mention, *self.also)


#: Of so many mentions' words the character is kept.
_MOST_NAMES = 16_384
#: How fixed phrases go on from a word: by their next word, longest first.
Ways = dict[str, list[tuple[str, ...]]]
#: A word's character and its flags, its forms if it has several, and how phrases go on from it.
KnownWord = tuple[str, int, WordForms | None, Ways]


@dataclass(frozen=True, slots=True)
class Speller:
    """What is needed to spell a sentence: the alphabet, each character's flags, and what makes a mention's kind."""

    alphabet: Alphabet
    flags: dict[str, int]
    kinds: Kinds
    known: dict[str, KnownWord]
    named: dict[tuple[str, str | None, str], str] = field(default_factory=dict, compare=False)  # as mentions recur

    def spell(self, tokens: Sequence[Token], mentions: list[Mention]) -> list[Atom]:
        """Spell the tokens of a sentence; `mentions` are the outermost ones among them, in order."""
        atoms: list[Atom] = []
        starts = [t.start for t in tokens]
        at = 0
        for mention in mentions:
            first = bisect_left(starts, mention.start, at)
            self._spell_words(tokens, at, first, mention.start, atoms)
            at = first
            if first < len(tokens) and starts[first] < mention.end:
                atoms.append(self.mention_atom(mention))
                at = max(first + 1, bisect_left(starts, mention.end, first))
        self._spell_words(tokens, at, len(tokens), None, atoms)
        resolve(atoms, self.flags)
        return atoms

    def _spell_words(self, tokens: Sequence[Token], at: int, stop: int, border: int | None, atoms: list[Atom]) -> None:
        """Spell `tokens[at:stop]`, words alone, into `atoms`. A fixed phrase ends before the border, if any."""
        limit = stop - 1 if border is not None and at < stop and tokens[stop - 1].end > border else stop
        known = self.known
        while at < stop:
            start, end, _, norm, _ = tokens[at]
            at += 1
            word = known.get(norm)
            if word is None:
                symbol = unknown_symbol(self.alphabet, norm)
                atoms.append(Atom(start, end, norm, symbol, self.flags[symbol]))
                continue
            symbol, flags, forms, ways = word
            length = _longest(ways, tokens, at, limit) if ways and at < limit else 0
            if length:
                at += length
                end = tokens[at - 1].end
                norm = " ".join([norm, *(t.norm for t in tokens[at - length : at])])
                symbol, flags, forms, _ = known[norm]
            atoms.append(Atom(start, end, norm, symbol, flags, forms))

    def mention_atom(self, mention: Mention) -> Atom:
        """Make the atom of a mention."""
        atom = Atom(mention.start, mention.end, "", self.symbol_of(mention), Flags.MENTION)
        atom.mention = mention
        return atom

    def symbol_of(self, mention: Mention) -> str:
        """Return the character of a mention."""
        known = (mention.type, mention.kind, mention.text)
        symbol = self.named.get(known)
        if symbol is None:
            if len(self.named) >= _MOST_NAMES:
                self.named.clear()
            symbols = self.alphabet.mentions
            symbol = symbols.get((mention.type, self.kinds.of(mention))) or symbols[mention.type, None]
            self.named[known] = symbol
        return symbol

    def stem_like(self, mention: Mention) -> bool:
        """Tell whether a cell type is one that secretomes are taken from, by its words."""
        return self.kinds.stem_like(mention)

    def _unknown(self, norm: str) -> str:
        if norm[0].isdigit():
            return self.alphabet.number
        return self.alphabet.adverb if norm.endswith("ly") and len(norm) > 4 else self.alphabet.word


def known_words(alphabet: Alphabet, flags: dict[str, int]) -> dict[str, KnownWord]:
    """Return all that spelling asks of a word or phrase that rules know, by its folded words."""
    found: dict[str, KnownWord] = {}
    for norm in {**alphabet.words, **alphabet.phrases}:
        forms = alphabet.words.get(norm)
        symbol = forms.symbols[""] if forms else unknown_symbol(alphabet, norm)
        ways: dict[str, list[tuple[str, ...]]] = {}
        for rest, _ in alphabet.phrases.get(norm, ()):
            ways.setdefault(rest[0], []).append(rest)
        found[norm] = (symbol, flags[symbol], forms if forms and forms.inflections else None, ways)
    return found


def unknown_symbol(alphabet: Alphabet, norm: str) -> str:
    """Return the character of a word that no rule knows."""
    if norm[:1].isdigit():
        return alphabet.number
    return alphabet.adverb if norm.endswith("ly") and len(norm) > 4 else alphabet.word


def _longest(ways: Ways, tokens: Sequence[Token], at: int, limit: int) -> int:
    """Return how many more words the longest fixed phrase has that goes on at a place."""
    for rest in ways.get(tokens[at].norm, ()):
        if at + len(rest) <= limit and all(tokens[at + i].norm == word for i, word in enumerate(rest)):
            return len(rest)
    return 0


def outermost(mentions: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Part mentions (sorted by start, longest first) into outermost ones and those inside them."""
    top: list[Mention] = []
    inner: list[Mention] = []
    for mention in mentions:
        if top and mention.start < top[-1].end:
            inner.append(mention)
        else:
            top.append(mention)
    return top, inner


def opened(top: list[Mention], inner: list[Mention]) -> list[Mention]:
    """Give the inner mentions the place of the outer ones that hold them; outcomes stay whole."""
    whole = [m for m in top if m.type == "OUTCOME"]
    begins = [m.start for m in whole]  # outermost mentions stand apart: only the one before can hold an inner one
    holders = ((m, bisect_right(begins, m.start) - 1) for m in inner)
    inner = [m for m, at in holders if at < 0 or m.end > whole[at].end]
    starts = [m.start for m in inner]
    kept = []
    for mention in top:
        at = bisect_left(starts, mention.start)
        if not (at < len(inner) and inner[at].end <= mention.end):
            kept.append(mention)
    merged = sorted([*kept, *inner], key=lambda m: (m.start, -m.end, m.id))
    return outermost(merged)[0]


def token_range(starts: list[int], sentence: Span) -> tuple[int, int]:
    """Find the tokens of a sentence; `starts` are all tokens' starts."""
    return bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
