"""Where a line ends in mid-sentence: a space, nothing, or a hyphen to drop?

Three faults are told apart by evidence. A word may be broken with its hyphen lost ("transplanta" / "tion"),
broken with a hyphen that printing put there ("transplan-" / "tation"), or end with a hyphen of its own
("well-" / "known"). The joined word is weighed against its halves: how often each occurs in this document and
in the word list (`words.Evidence`), and how often this document breaks words at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from secretome_nlp.clean.words import Evidence

Joint = Literal["space", "glue", "drop"]

LAST_WORD = re.compile(r"(?<!['’])([^\W\d_]{2,})\Z")
FIRST_WORD = re.compile(r"([^\W\d_]+)")
HYPHEN_END = re.compile(r"([^\W_]*)(?<=\S)-\Z")
SUSPENDED = re.compile(r"(?:and|or|to|nor|versus|vs)\b(?!-)")
REACH = 120  # characters on either side that can bear on a line end
RARE = 1e-4  # share of line ends that break a word, in a text that never seems to
TRUSTED_RATE = 0.02  # above it, this text loses its soft hyphens, so that one which stands is meant


@dataclass(frozen=True, slots=True)
class LineJoiner:
    """Decides how lines of one document are joined."""

    evidence: Evidence
    rate: float

    @classmethod
    def of(cls, lines: Iterable[str]) -> LineJoiner:
        """Learn from the lines of a document how it breaks words."""
        kept = [line.strip() for line in lines if line.strip()]
        evidence = Evidence.of(kept)
        broken = whole = 0
        for left, right in pairwise(kept):
            halves = _halves(left[-REACH:], right[:REACH])
            if halves is None:
                continue
            joined = evidence.knows(halves[0] + halves[1])
            both = evidence.knows(halves[0]) and evidence.knows(halves[1])
            broken += joined and not both
            whole += both and not joined
        rate = broken / (broken + whole) if broken > 1 else 0.0
        return cls(evidence, min(max(rate, RARE), 0.9))

    def joint(self, left: str, right: str) -> Joint:
        """Say how `left`, the text before a line end, goes on with `right`, the text after it.

        "space": with a space; "glue": directly; "drop": directly, without the hyphen that ends `left`.
        """
        left, right = left[-REACH:].rstrip(), right[:REACH].lstrip()
        if not left or not right:
            return "glue"
        if left[-1] in "([/–" and not right[0].isspace():
            return "glue" if left[-1] in "([" or left[-2:-1].isalnum() else "space"
        if left[-1] == "-":
            return self._after_hyphen(left, right)
        if right[0] in ")],.;:%" and left[-1] not in ",;" and not right[1:2].isdigit():
            return "glue"
        halves = _halves(left, right)
        return "glue" if halves and self._is_broken(*halves) else "space"

    def _is_broken(self, left: str, right: str) -> bool:
        """Weigh one broken word against two words.

        That a long word can be broken at many places, and is likelier to be broken at all, cancels out.
        """
        known = self.evidence.log_probability
        one = math.log(self.rate) + known(left + right)
        two = math.log(1 - self.rate) + known(left) + known(right)
        return one > two

    def _after_hyphen(self, left: str, right: str) -> Joint:
        """Decide for a line that ends with a hyphen."""
        before = HYPHEN_END.search(left)
        if before is None or SUSPENDED.match(right):
            return "space"
        first = FIRST_WORD.match(right)
        word = before[1]
        if first is None or not word.isalpha() or not first[1][0].islower() or not word[-1].islower():
            return "glue"
        return "drop" if self._is_soft(word.lower(), first[1].lower()) else "glue"

    def _is_soft(self, left: str, right: str) -> bool:
        """Tell whether the hyphen between two lower-case halves is the printer's."""
        evidence = self.evidence
        compounds, joined = evidence.compounds[f"{left}-{right}"], evidence.words[left + right]
        if compounds != joined:
            return joined > compounds
        if self.rate > TRUSTED_RATE:
            return False
        if not evidence.knows(left + right):
            return not evidence.knows(right) and not evidence.knows(left)
        if evidence.knows(left) and evidence.knows(right):
            one, two = evidence.log_probability(left + right), evidence.log_probability(right)
            return len(left) < 4 or one > two
        return True


def _halves(left: str, right: str) -> tuple[str, str] | None:
    """Return the word before and the word after the line end, lower case, where they could be one word."""
    before, after = LAST_WORD.search(left), FIRST_WORD.match(right)
    if before is None or after is None or not after[1][0].islower() or not before[1][-1].islower():
        return None
    return before[1].lower(), after[1].lower()
