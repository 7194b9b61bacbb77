"""Where things stand in one document, as integers: bit n of a number is set where atom n is meant.

What a token grammar asks of all atoms is then one `&`, `|` or shift for the whole document (bit-parallel matching,
Baeza-Yates and Gonnet, Communications of the ACM 35, 1992).
"""

from __future__ import annotations

from collections.abc import Iterable

from secretome_nlp.recognise.atoms import FAR, GLUED, HYPHEN, Atoms

Words = frozenset[str]


def bits_of(places: Iterable[int], count: int) -> int:
    """Return the number whose bits are set at some places below `count`, in time linear in the places."""
    filled = bytearray(count // 8 + 1)
    for at in places:
        filled[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(filled, "little")


class WordSets:
    """Sets of words, found by their members: a text asks once for each of its words which sets it is in."""

    def __init__(self, sets: Iterable[Words]) -> None:
        by_word: dict[str, list[Words]] = {}
        for words in dict.fromkeys(sets):
            for word in words:
                by_word.setdefault(word, []).append(words)
        self.by_word = {word: tuple(found) for word, found in by_word.items()}


class Places:
    """The atoms of one document by word sets, by what stands before them, and by their form."""

    def __init__(self, atoms: Atoms, sets: WordSets) -> None:
        self.atoms = atoms
        self.count = len(atoms.norms)
        by_word: dict[str, list[int]] = {}
        for at, norm in enumerate(atoms.norms):
            if norm in by_word:
                by_word[norm].append(at)
            else:
                by_word[norm] = [at]
        self._by_word = by_word
        self._sets: dict[Words, int] = {}
        known = sets.by_word
        for word in by_word.keys() & known.keys():
            bits = bits_of(by_word[word], self.count)
            for words in known[word]:
                self._sets[words] = self._sets.get(words, 0) | bits
        self.anywhere = (1 << self.count + 1) - 1  # the end of the text too, where a match can end
        self.numbers = bits_of((at for norm, found in by_word.items() if norm.isdigit() for at in found), self.count)
        glue = atoms.glue
        self.joined = bits_of((at for at, before in enumerate(glue) if before != FAR), self.count)
        self.hyphened = bits_of((at for at, before in enumerate(glue) if before == HYPHEN), self.count)
        inside = (at for at, b in enumerate(glue) if at and b == GLUED and atoms.norms[at - 1].isalnum())
        self.word_starts = self.anywhere & ~bits_of(inside, self.count)
        self._ending: dict[tuple[int, tuple[str, ...]], int] = {}

    def of(self, words: Words) -> int:
        """Return the atoms that are a word of one of the known sets."""
        return self._sets.get(words, 0)

    def holds(self, sets: Iterable[Words]) -> bool:
        """Tell whether the document has a word of each of some known sets."""
        return all(words in self._sets for words in sets)

    def words_but(self, shortest: int, endings: tuple[str, ...]) -> int:
        """Return the atoms that are words of letters, `shortest` letters at least, without one of some endings."""
        key = (shortest, endings)
        if key not in self._ending:
            fit = (w for w in self._by_word if w.isalpha() and len(w) >= shortest and not w.endswith(endings))
            self._ending[key] = bits_of((at for word in fit for at in self._by_word[word]), self.count)
        return self._ending[key]
