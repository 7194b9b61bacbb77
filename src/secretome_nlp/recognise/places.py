"""Where things stand in one document, as integers: bit n of a number is set where atom n is meant.

What a token grammar asks of all atoms is then one `&`, `|` or shift for the whole document (bit-parallel matching,
Baeza-Yates and Gonnet, Communications of the ACM 35, 1992).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secretome_nlp.recognise.atoms import GLUED, HYPHEN, SPACE, Atoms

FEW = 8  # places that are faster set one after the other


def bits_of(places: Sequence[int], count: int) -> int:
    """Return the number whose bits are set at some places below `count`, in time linear in the places."""
    if len(places) <= FEW:
        bits = 0
        for at in places:
            bits |= 1 << at
        return bits
    filled = bytearray(count // 8 + 1)
    for at in places:
        filled[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(filled, "little")


def bits_where(flags: Iterable[int], wanted: bytes) -> int:
    """Return the number whose bits are set where a flag, a small number for each atom, is one of those wanted."""
    return int(bytes(flags)[::-1].translate(wanted) or b"0", 2)


def _marking(*flags: int) -> bytes:
    return bytes(ord("1" if n in flags else "0") for n in range(256))


_JOINED, _HYPHENED, _GLUED, _TRUE = _marking(GLUED, HYPHEN, SPACE), _marking(HYPHEN), _marking(GLUED), _marking(1)


class WordSets:
    """Sets of words by number, found by their members: a text asks once for each of its words which sets it is in."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        #: The numbers of the sets that each word is in, as a list and as bits.
        self.by_word: dict[str, tuple[list[int], int]] = {}

    def number(self, words: frozenset[str]) -> int:
        """Return the number of a set, which it is given when it is first met."""
        if words not in self._numbers:
            number = self._numbers[words] = len(self._numbers)
            for word in words:
                numbers, bits = self.by_word.get(word, ([], 0))
                self.by_word[word] = ([*numbers, number], bits | 1 << number)
        return self._numbers[words]

    def bits(self, sets: Iterable[int]) -> int:
        """Return the bits of some sets."""
        return bits_of(list(sets), len(self._numbers))

    def __len__(self) -> int:
        """Return how many sets there are."""
        return len(self._numbers)


class Places:
    """The atoms of one document by word sets, by what stands before them, and by their form.

    `of` holds the atoms that are a word of each set, by its number; `present` is the bits of the sets that have any.
    """

    def __init__(self, atoms: Atoms, sets: WordSets) -> None:
        self.count = len(atoms.norms)
        by_word: dict[str, list[int]] = {}
        for at, norm in enumerate(atoms.norms):
            if norm in by_word:
                by_word[norm].append(at)
            else:
                by_word[norm] = [at]
        self._by_word = by_word
        self.of = [0] * len(sets)
        self.present = 0
        known = sets.by_word
        for word in by_word.keys() & known.keys():
            found = by_word[word]
            bits = 1 << found[0] if len(found) == 1 else bits_of(found, self.count)
            numbers, have = known[word]
            self.present |= have
            for number in numbers:
                self.of[number] |= bits
        self.anywhere = (1 << self.count + 1) - 1  # the end of the text too, where a match can end
        self.numbers = bits_where(map(str.isdigit, atoms.norms), _TRUE)
        self._letters = bits_where(map(str.isalpha, atoms.norms), _TRUE)
        self.joined = bits_where(atoms.glue, _JOINED)
        self.hyphened = bits_where(atoms.glue, _HYPHENED)
        inside = bits_where(atoms.glue, _GLUED) & bits_where(map(str.isalnum, atoms.norms), _TRUE) << 1
        self.word_starts = self.anywhere & ~inside
        self._ending: dict[tuple[int, tuple[str, ...]], int] = {}

    def words_but(self, shortest: int, endings: tuple[str, ...]) -> int:
        """Return the atoms that are words of letters, `shortest` letters at least, without one of some endings."""
        key = (shortest, endings)
        if key not in self._ending:
            unfit = (w for w in self._by_word if len(w) < shortest or w.endswith(endings))
            places = [at for word in unfit for at in self._by_word[word]]
            self._ending[key] = self._letters & ~bits_of(places, self.count)
        return self._ending[key]
