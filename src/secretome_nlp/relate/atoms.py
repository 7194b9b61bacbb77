"""A sentence as a row of atoms: each outermost mention is one, every other word or fixed phrase another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from secretome_nlp.relate.alphabet import Alphabet, WordForms
from secretome_nlp.relate.forms import Flags, resolve
from secretome_nlp.relate.kinds import Kinds
from secretome_nlp.types import Mention, Span, Token


class Atom:
    """One symbol of a sentence. `also` holds mentions in apposition, `short` the mention's own short form."""

    __slots__ = ("also", "end", "flags", "forms", "mention", "norm", "short", "start", "symbol")

    def __init__(self, start: int, end: int, norm: str, symbol: str, flags: int) -> None:
        self.start = start
        self.end = end
        self.norm = norm
        self.symbol = symbol
        self.flags = flags
        self.forms: WordForms | None = None
        self.mention: Mention | None = None
        self.also: tuple[Mention, ...] = ()
        self.short: tuple[Mention, ...] = ()

    def mentions(self, short_forms: bool = False) -> tuple[Mention, ...]:
        """The mentions that this atom stands for, its appositions included."""
        if self.mention is None:
            return ()
        return (self.mention, *self.also, *self.short) if short_forms else (self.mention, *self.also)


@dataclass(frozen=True, slots=True)
class Speller:
    """What is needed to spell a sentence: the alphabet, each character's flags, and what makes a mention's kind."""

    alphabet: Alphabet
    flags: dict[str, int]
    kinds: Kinds

    def spell(self, tokens: tuple[Token, ...], first: int, last: int, mentions: list[Mention]) -> list[Atom]:
        """Spell `tokens[first:last]`; `mentions` are the outermost ones among them, in order."""
        atoms: list[Atom] = []
        words, phrases = self.alphabet.words, self.alphabet.phrases
        at, m = first, 0
        while at < last:
            token = tokens[at]
            while m < len(mentions) and mentions[m].end <= token.start:
                m += 1
            if m < len(mentions) and mentions[m].start <= token.start:
                mention = mentions[m]
                m += 1
                at += 1
                while at < last and tokens[at].start < mention.end:
                    at += 1
                atoms.append(self.mention_atom(mention))
                continue
            norm, length = token.norm, 1
            ways = phrases.get(norm)
            if ways is not None:
                limit = last if m >= len(mentions) else at + self._words_before(tokens, at, last, mentions[m].start)
                norm, length = _phrase(ways, tokens, at, limit, norm)
            forms = words.get(norm)
            symbol = forms.symbols[""] if forms else self._unknown(norm)
            atom = Atom(token.start, tokens[at + length - 1].end, norm, symbol, self.flags[symbol])
            atom.forms = forms if forms and forms.inflections else None
            atoms.append(atom)
            at += length
        resolve(atoms, self.flags)
        return atoms

    def mention_atom(self, mention: Mention) -> Atom:
        """Make the atom of a mention."""
        kind = self.kinds.of(mention)
        symbols = self.alphabet.mentions
        symbol = symbols.get((mention.type, kind)) or symbols[mention.type, None]
        atom = Atom(mention.start, mention.end, "", symbol, Flags.MENTION)
        atom.mention = mention
        return atom

    def stem_like(self, mention: Mention) -> bool:
        """Tell whether a cell type is one that secretomes are taken from, by its words."""
        return self.kinds.stem_like(mention)

    def _unknown(self, norm: str) -> str:
        if norm[0].isdigit():
            return self.alphabet.number
        return self.alphabet.adverb if norm.endswith("ly") and len(norm) > 4 else self.alphabet.word

    @staticmethod
    def _words_before(tokens: tuple[Token, ...], at: int, last: int, start: int) -> int:
        """Count the tokens from `at` that end before a mention (at most as many as a phrase may have)."""
        count = 0
        while at + count < last and tokens[at + count].end <= start and count < 8:
            count += 1
        return count


def _phrase(
    ways: tuple[tuple[tuple[str, ...], str], ...], tokens: tuple[Token, ...], at: int, limit: int, norm: str
) -> tuple[str, int]:
    """Return the longest fixed phrase that starts here and its number of tokens, or the word alone."""
    for rest, phrase in ways:
        end = at + 1 + len(rest)
        if end <= limit and tokens[at + 1].norm == rest[0] and _follow(tokens, at + 1, rest):
            return phrase, 1 + len(rest)
    return norm, 1


def _follow(tokens: tuple[Token, ...], at: int, words: tuple[str, ...]) -> bool:
    return all(tokens[at + i].norm == word for i, word in enumerate(words))


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
