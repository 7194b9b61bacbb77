"""How likely a string is a word: from the shipped word list and from the document itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

WORD = re.compile(r"[^\W\d_]+")
COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+")
LIST_TOTAL = 960_000  # words counted for the list
UNKNOWN_SHARE = 0.03  # of running words, those that no list knows
UNKNOWN_LETTER = 1 / 12  # a letter of an unknown word, given the letters before it


@lru_cache(maxsize=1)
def word_list() -> MappingProxyType[str, int]:
    """Return the shipped words, lower case, with their approximate counts (powers of two)."""
    path = resources.files("secretome_nlp.knowledge").joinpath("data/wordlists/words.tsv")
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return MappingProxyType({word: 1 << int(power) for word, power in rows})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document says about words: counts of those that stand whole, within a line."""

    words: Counter[str]
    compounds: Counter[str]
    total: int

    @classmethod
    def of(cls, lines: Iterable[str]) -> Evidence:
        """Count the words of `lines`, without the first and the last of each, which may be halves."""
        words, compounds = Counter[str](), Counter[str]()
        for line in lines:
            inner = WORD.findall(line.lower())[1:-1]
            words.update(inner)
            compounds.update(COMPOUND.findall(line.lower()))
        return cls(words, compounds, max(sum(words.values()), 1))

    def knows(self, word: str) -> bool:
        """Tell whether `word` stands in the list or elsewhere in the document."""
        return word in word_list() or word in self.words

    def log_probability(self, word: str) -> float:
        """Return the natural logarithm of the chance that a running word is `word`."""
        listed, here = word_list().get(word, 0), self.words.get(word, 0)
        if listed or here:
            return math.log(listed / (2 * LIST_TOTAL) + here / (2 * self.total))
        return math.log(UNKNOWN_SHARE) + len(word) * math.log(UNKNOWN_LETTER)
