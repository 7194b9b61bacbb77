"""How far a cue reaches, in tokens of its sentence, by the conventions of BioScope and without a parser.

A scope includes its cue. It runs to the right to the end of the clause or phrase; to the left it takes in
the subject where the verb is passive or a raising one ("X was not detected", "X appears to ..."), and stays
at the cue otherwise ("X did not lower Y").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secretome_nlp.knowledge.cues import CueEntry, Reach, ScopeWords

_OPEN = frozenset("([")
_CLOSED = frozenset(")]")
_DENYING = frozenset(["not", "no", "without"])
_FINAL = frozenset([".", "?", "!", "…", '"', "”", "’", "'", ":", ";", ","])
# Most tokens that a scope spans to either side of its cue, and that a look back for a verb takes: no clause
# is that long, and time stays linear in a text of one endless sentence.
_MOST = 150
_BACK = 60
_ADVERBS = 6  # most adverbs between a verb's parts
_HEAVY = 14  # tokens within which the verb of a coordinated clause must come
_SHORT = 6  # most tokens of a closing apposition
_LIST = 24  # tokens within which a list must come to its "and"


@dataclass(frozen=True, slots=True)
class Clause:
    """The folded words of one sentence."""

    norms: Sequence[str]
    words: ScopeWords

    def scope(self, first: int, after: int, entry: CueEntry) -> tuple[int, int]:
        """Return the token range that the cue at `[first, after)` governs."""
        left, reach = first, entry.reach
        if entry.direction == "passive":
            if self._is_elliptic(first):
                reach = "phrase"
            elif self._is_passive(first, after):
                left = self._subject(first)
            if reach == "clause" and self._is_in_relative(first):
                reach = "phrase"
        elif entry.direction in ("both", "backward"):
            if self._is_predicate(first):
                left = self._subject(first)
            else:
                reach = "phrase"
        if entry.direction == "backward" and left < first:
            return left, after
        return left, self._right(first, after, reach, entry.stops_at)

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
        last = at - _ADVERBS
        while at >= 0 and at > last and self._is_adverb(at):
            at -= 1
        return at

    def _after(self, at: int) -> int:
        """Return the place of the word from `at` on, adverbs skipped; may be the sentence's length."""
        last = min(len(self.norms), at + _ADVERBS)
        while at < last and self._is_adverb(at):
            at += 1
        return at

    def _is_elliptic(self, first: int) -> bool:
        """Tell "A but not B" from "A did not B" and "A seems not to B": the cue belongs to no verb."""
        if self.norms[first] != "not" or self.norms[first + 1 : first + 2] == ["to"]:
            return False
        before = self._before(first)
        return before < 0 or self.norms[before] not in self.words.auxiliaries

    def _is_passive(self, first: int, after: int) -> bool:
        be = self.words.be
        if after - first == 1 and self.norms[first] not in ("not", "cannot") and self._is_participle(first):
            before = self._before(first)
            return before >= 0 and self.norms[before] in be
        following = self._after(after)
        if following >= len(self.norms):
            return False
        if self.norms[following] in self.words.raising and self.norms[first] in ("not", "cannot"):
            return True
        before = self._before(first)
        bound = before >= 0 and self.norms[before] in be
        while following < len(self.norms) and (self.norms[following] in be or self._is_adverb(following)):
            bound = bound or self.norms[following] in be
            following += 1
        if not bound or following >= len(self.norms):
            return False
        # "X may be involved" takes X in, "X is not involved" does not.
        stative = self.norms[following] in self.words.adjectival and self.norms[first] != "not"
        return stative or self._is_participle(following)

    def _is_predicate(self, first: int) -> bool:
        """Tell "X is absent" and "X appears" from "absent X" and "it appears that"."""
        verb = first
        if self.norms[first] not in self.words.raising and self.norms[first] not in self.words.auxiliaries:
            verb = self._before(first)
            linking = verb >= 0 and (
                self.norms[verb] in self.words.be or self.norms[verb] in ("remains", "remain", "remained", "became")
            )
            if not linking:
                return False
        before = self._before(verb)
        while before >= 0 and self.norms[before] in self.words.auxiliaries:
            before = self._before(before)
        return before >= 0 and self.norms[before] not in ("it", "there")

    def _subject(self, first: int) -> int:
        """Find where the subject of the verb at or before `first` begins."""
        at = self._chain_start(first)
        if at > 0 and self.norms[at - 1] in ("and", "but", "or"):
            return at
        if at > 0 and self.norms[at - 1] in self.words.relatives:
            return at - 1
        if at > 1 and self.norms[at - 1] == ",":
            return self._clause_start(self._parenthesis_start(at - 1))
        return self._clause_start(at)

    def _chain_start(self, first: int) -> int:
        """Return where the auxiliaries and adverbs before `first` begin."""
        at, last = first, max(0, first - 2 * _ADVERBS)
        while at > last and (self.norms[at - 1] in self.words.auxiliaries or self._is_adverb(at - 1)):
            at -= 1
        return at

    def _is_in_relative(self, first: int) -> bool:
        """Tell whether the verb at the cue belongs to a relative pronoun: the main verb comes after it."""
        at = self._chain_start(first)
        return 0 < at < first and self.norms[at - 1] in ("which", "that", "who")

    def _parenthesis_start(self, comma: int) -> int:
        """Return the comma that opens what `comma` closes ("the gel, a gift, was"), or `comma` itself."""
        for at in range(comma - 1, max(0, comma - _BACK), -1):
            if self.norms[at] == ",":
                return at
            if self.norms[at] in self.words.clause_ends:
                break
        return comma

    def _clause_start(self, at: int) -> int:
        depth = 0
        end = at
        last = max(0, at - _MOST)
        while at > last:
            norm = self.norms[at - 1]
            if norm in _CLOSED:
                depth += 1
            elif norm in _OPEN:
                if depth == 0:
                    break
                depth -= 1
            elif depth == 0:
                if norm in self.words.subject_starts and not self._is_inner_relative(at - 1, end):
                    break
                if norm == "," and self._comma_opens_subject(at - 1, end):
                    break
                if norm == "and" and self._has_verb(at - 2):
                    break
            at -= 1
        while at < end - 1 and (self.norms[at] in (",", "and", "thus") or self._opens_adverbially(at)):
            at += 1
        return at

    def _is_inner_relative(self, at: int, end: int) -> bool:
        """Tell "cells that lack X were" from "we show that X was", by the words before "that"."""
        if self.norms[at] != "that" or at == 0 or at + 1 >= end:
            return False
        return not any(self._reports(norm) for norm in self.norms[max(0, at - 3) : at])

    def _reports(self, norm: str) -> bool:
        stems = self.words.reporting
        return norm in stems if len(norm) < 4 else norm.startswith(tuple(s for s in stems if len(s) > 3))

    def _opens_adverbially(self, at: int) -> bool:
        norm = self.norms[at]
        return norm in ("however", "moreover", "furthermore", "therefore", "hence", "also") and at + 1 < len(self.norms)

    def _comma_opens_subject(self, comma: int, end: int) -> bool:
        """Tell "In rats, X was" (the subject opens behind the comma) from "X, Y and Z were"."""
        following = self.norms[comma + 1] if comma + 1 < end else ""
        if following in ("and", "or", "which", "who", "") or following.isdigit() or self._is_participle(comma + 1):
            return False
        start, last = comma, max(0, comma - _BACK)
        while start > last and self.norms[start - 1] not in self.words.subject_starts:
            start -= 1
        opening = self.norms[start]
        if opening in self.words.prepositions or opening in self.words.adverbs or opening.endswith("ly"):
            return True
        if start + 1 == comma or self._has_verb(comma - 1):
            return True
        return not self._closes_list(comma + 1, end)

    def _closes_list(self, at: int, end: int) -> bool:
        return any(n in ("and", "or") for n in self.norms[at:end])

    def _opens_subordinate(self, first: int) -> bool:
        """Tell whether the main clause follows that of the cue ("While X did not, Y did")."""
        for at in range(first - 1, max(-1, first - _BACK), -1):
            if self.norms[at] in self.words.subordinators:
                return at == 0 or self.norms[at - 1] in (",", ";", ":", "that")
        return False

    def _has_verb(self, at: int) -> bool:
        """Tell whether a finite verb stands between `at` and the border of its clause to the left."""
        last = max(0, at - _BACK)
        while at >= last:
            norm = self.norms[at]
            if norm in self.words.subject_starts:
                return False
            if self._is_finite(at):
                return True
            at -= 1
        return False

    def _right(self, first: int, after: int, reach: Reach, stops: frozenset[str]) -> int:
        end = len(self.norms)
        while end > after and self.norms[end - 1] in _FINAL:
            end -= 1
        end = min(end, after + _MOST)
        if reach == "sentence":
            return self._sentence_right(after, end)
        verb_before = reach == "clause" and self._has_verb(first)
        list_within = _SHORT if self._opens_subordinate(first) else _LIST
        depth = commas = relatives = 0
        for at in range(after, end):
            norm = self.norms[at]
            if norm in _OPEN:
                depth += 1
            elif norm in _CLOSED:
                if depth == 0:
                    return at
                depth -= 1
            elif depth == 0:
                if norm in stops or norm in self.words.clause_ends:
                    return at
                if norm == ",":
                    if self._comma_ends(at, end, commas, list_within):
                        return at
                    commas += 1
                elif self._conjunction_ends(at, end, verb_before):
                    return at
                elif norm in self.words.relatives and at > after:
                    relatives += 1
                elif self._is_finite(at) or (reach == "phrase" and self._is_past(at)):
                    verb_before = True
                    chained = self._is_finite(at - 1) or self._is_adverb(at - 1)
                    if reach == "phrase" and at > after and not (chained and relatives == 0):
                        if not relatives:
                            return at
                        relatives -= 1
        return end

    def _sentence_right(self, after: int, end: int) -> int:
        """Return the end of what is reported: the sentence's, a semicolon's or an enclosing bracket's."""
        depth = 0
        for at in range(after, end):
            norm = self.norms[at]
            depth += (norm in _OPEN) - (norm in _CLOSED)
            if depth < 0 or (depth == 0 and norm == ";"):
                return at
        return end

    def _comma_ends(self, comma: int, end: int, commas: int, list_within: int) -> bool:
        following = comma + 1
        if following >= end:
            return True
        norm = self.norms[following]
        if norm == "or" or norm.isdigit():
            return False
        if norm == "and":
            return self._opens_clause(following + 1, end) or commas == 0
        if norm in self.words.comma_ends or self._is_verbal(following):
            return True
        if norm.endswith(("ing", "ly")) and norm != "including":
            return True
        return not (
            self._is_list(following, min(end, following + list_within)) or self._is_closing_phrase(following, end)
        )

    def _is_closing_phrase(self, at: int, end: int) -> bool:
        """Tell an apposition that closes the sentence ("..., Egr-1.")."""
        if end - at > _SHORT:
            return False
        return not any(self._is_verbal(place) or self.norms[place] == "," for place in range(at, end))

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

    def _conjunction_ends(self, at: int, end: int, verb_before: bool) -> bool:
        norm, following = self.norms[at], self.norms[at + 1] if at + 1 < end else ""
        if norm == "nor":
            return following in self.words.auxiliaries
        if norm == "as":
            return following in self.words.as_ends
        return norm == "and" and self._and_ends(at, end, verb_before)

    def _and_ends(self, at: int, end: int, verb_before: bool) -> bool:
        if self._opens_clause(at + 1, end) or (at + 1 < end and self.norms[at + 1] in _DENYING):
            return True
        if not verb_before:
            return False
        for place in range(at + 1, min(end, at + 1 + _HEAVY)):
            norm = self.norms[place]
            if norm in self.words.relatives or norm == "," or norm in self.words.clause_ends:
                return False
            if norm in self.words.auxiliaries or norm in self.words.finite:
                return True
        return False
