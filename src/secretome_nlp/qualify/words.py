"""The classes of a sentence's words that scopes hang on, told from their forms and neighbours without a tagger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secretome_nlp.knowledge.cues import ScopeWords

# Most tokens that a look back for a verb takes: time stays linear in a text of one endless sentence.
BACK = 60
ADVERBS = 6  # most adverbs between a verb's parts


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of one sentence."""

    norms: Sequence[str]
    words: ScopeWords

    def _is_adverb(self, at: int) -> bool:
        norm = self.norms[at]
        return norm in self.words.adverbs or (norm.endswith("ly") and len(norm) > 4)

    def _is_finite(self, at: int) -> bool:
        norm = self.norms[at]
        if norm in self.words.auxiliaries or norm in self.words.finite:
            return True
        if norm == "results" and at + 1 < len(self.norms) and self.norms[at + 1] in ("in", "from"):
            return True
        if not norm.endswith("ed") or at == 0 or at + 1 >= len(self.norms):
            return False
        before = self.norms[at - 1]
        return self.norms[at + 1] in self.words.determiners and before not in self.words.auxiliaries

    def _is_past(self, at: int) -> bool:
        """Tell "A but not B inhibited growth" from "B inhibited by C" and "a cloned gene"."""
        norm = self.norms[at]
        if not norm.endswith("ed") or at + 1 >= len(self.norms) or norm in self.words.adjectival:
            return False
        before, following = self.norms[at - 1], self.norms[at + 1]
        if not (before.isalnum() and following.isalnum()) or following in self.words.prepositions:
            return False
        light = before in self.words.determiners or before in self.words.prepositions or before in ("and", "or")
        return not light and not self._is_adverb(at - 1) and following not in ("and", "or")

    def _is_participle(self, at: int) -> bool:
        norm = self.norms[at]
        if norm in self.words.adjectival:
            return False
        return norm in self.words.participles or (norm.endswith("ed") and len(norm) > 4)

    def _before(self, at: int) -> int:
        """Return the place of the word before `at`, adverbs skipped, or -1."""
        at -= 1
        last = at - ADVERBS
        while at >= 0 and at > last and self._is_adverb(at):
            at -= 1
        return at

    def _after(self, at: int) -> int:
        """Return the place of the word from `at` on, adverbs skipped; may be the sentence's length."""
        last = min(len(self.norms), at + ADVERBS)
        while at < last and self._is_adverb(at):
            at += 1
        return at

    def _has_verb(self, at: int) -> bool:
        """Tell whether a finite verb stands between `at` and the border of its clause to the left."""
        last = max(0, at - BACK)
        while at >= last:
            norm = self.norms[at]
            if norm in self.words.subject_starts:
                return False
            if self._is_finite(at):
                return True
            at -= 1
        return False

    def _is_verbal(self, at: int) -> bool:
        return self._is_finite(at) or self._is_participle(at)

    def _is_list(self, at: int, end: int) -> bool:
        """Tell whether an "and" or "or" comes soon and before any verb."""
        for place in range(at, end):
            if self.norms[place] in ("and", "or"):
                return True
            if self._is_finite(place) or self.norms[place] in self.words.clause_ends:
                return False
        return False

    def _opens_clause(self, at: int, end: int) -> bool:
        following = self._after(at)
        if following >= end:
            return False
        if self.norms[following] in self.words.pronouns or self.norms[following] == "that":
            return True
        return self._is_finite(following)
