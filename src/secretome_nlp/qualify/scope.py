"""How far a cue reaches, in tokens of its sentence, by the conventions of BioScope and without a parser.

A scope includes its cue. It runs to the right to the end of the clause or phrase; to the left it takes in
the subject where the verb is passive or a raising one ("X was not detected", "X appears to ..."), and stays
at the cue otherwise ("X did not lower Y").
"""

from __future__ import annotations

from dataclasses import dataclass

from secretome_nlp.knowledge.cues import CueEntry, Reach
from secretome_nlp.qualify.words import ADVERBS, BACK, Words

_OPEN = frozenset("([")
_CLOSED = frozenset(")]")
_DENYING = frozenset(["not", "no", "without"])
_FINAL = frozenset([".", "?", "!", "…", '"', "”", "’", "'", ":", ";", ","])
# Most tokens that a scope spans to either side of its cue: no clause is that long, and time stays linear in a
# text of one endless sentence.
_MOST = 150
_HEAVY = 14  # tokens within which the verb of a coordinated clause must come
_SHORT = 6  # most tokens of a closing apposition
_ITEM = 8  # most tokens of a further item in a list of contrasted things
_LIST = 24  # tokens within which a list must come to its "and"


@dataclass(frozen=True, slots=True)
class Clause(Words):
    """The clauses of one sentence, told from its folded words."""

    def scope(self, first: int, after: int, entry: CueEntry) -> tuple[int, int]:
        """Return the token range that the cue at `[first, after)` governs."""
        left, reach = first, entry.reach
        if entry.direction == "passive":
            if self._is_elliptic(first):
                return left, self._elliptic_right(first, after, entry.stops_at)
            if self._is_passive(first, after):
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
        right = self._right(first, after, reach, entry.stops_at)
        if self.norms[first] == "neither":
            right = self._past_nor(right)
        return left, right

    def _past_nor(self, right: int) -> int:
        """Let a scope that ends before its "nor", or at what follows it in commas, run on to the clause's end."""
        at = next((n for n in range(right, min(len(self.norms), right + _LIST)) if self.norms[n] == "nor"), None)
        return right if at is None else self._right(at, at + 1, "clause", frozenset())

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
        at, last = first, max(0, first - 2 * ADVERBS)
        while at > last and (self.norms[at - 1] in self.words.auxiliaries or self._is_adverb(at - 1)):
            at -= 1
        return at

    def _is_in_relative(self, first: int) -> bool:
        """Tell whether the verb at the cue belongs to a relative pronoun: the main verb comes after it."""
        at = self._chain_start(first)
        return 0 < at < first and self.norms[at - 1] in ("which", "that", "who")

    def _parenthesis_start(self, comma: int) -> int:
        """Return the comma that opens what `comma` closes ("the gel, a gift, was"), or `comma` itself."""
        for at in range(comma - 1, max(0, comma - BACK), -1):
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
        start, last = comma, max(0, comma - BACK)
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
        for at in range(first - 1, max(-1, first - BACK), -1):
            if self.norms[at] in self.words.subordinators:
                return at == 0 or self.norms[at - 1] in (",", ";", ":", "that")
        return False

    def _right(self, first: int, after: int, reach: Reach, stops: frozenset[str]) -> int:
        end = self._last(after)
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
                    if self._comma_ends(at, end, commas, list_within, reach == "clause" and not verb_before):
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

    def _elliptic_right(self, first: int, after: int, stops: frozenset[str]) -> int:
        """Return where the phrase ends that stands against another one ("A but not B", "in A, but not in B,")."""
        end = self._last(after)
        aside = first > 1 and self.norms[first - 2] == ","
        depth = 0
        for at in range(after, end):
            norm = self.norms[at]
            if norm in _OPEN:
                depth += 1
            elif norm in _CLOSED:
                if depth == 0:
                    return at
                depth -= 1
            elif depth == 0:
                if norm in stops or norm in self.words.clause_ends or self._is_finite(at) or self._is_past(at):
                    return at
                if norm == "," and (self._closes_aside(at, end) if aside else self._comma_ends(at, end, 0, _LIST)):
                    return at
                if norm == "and" and self._opens_predicate(at + 1, end):
                    return at
        return end

    def _closes_aside(self, comma: int, end: int) -> bool:
        """Tell "A, but not B, grew" from "A, but not B, C or D, grew": no further item follows the comma."""
        if comma + 1 < end and (self._is_adverb(comma + 1) or self.norms[comma + 1] in self.words.clause_ends):
            return True
        for at in range(comma + 1, min(end, comma + 1 + _ITEM)):
            if self.norms[at] in ("and", "or", ","):
                return False
            if self._is_verbal(at):
                return True
        return True

    def _opens_predicate(self, at: int, end: int) -> bool:
        """Tell "not B and blocked growth" from "not B and C"."""
        opens_verb = at < end and self.norms[at].endswith("ed") and self.norms[at] not in self.words.adjectival
        return opens_verb or self._opens_clause(at, end) or (at < end and self.norms[at] in _DENYING)

    def _last(self, after: int) -> int:
        """Return where the sentence ends for a scope: final punctuation is outside."""
        end = len(self.norms)
        while end > after and self.norms[end - 1] in _FINAL:
            end -= 1
        return min(end, after + _MOST)

    def _sentence_right(self, after: int, end: int) -> int:
        """Return the end of what is reported: the sentence's, a semicolon's or an enclosing bracket's."""
        depth = 0
        for at in range(after, end):
            norm = self.norms[at]
            depth += (norm in _OPEN) - (norm in _CLOSED)
            if depth < 0 or (depth == 0 and norm == ";"):
                return at
        return end

    def _comma_ends(self, comma: int, end: int, commas: int, list_within: int, verb_awaited: bool = False) -> bool:
        following = comma + 1
        if following >= end:
            return True
        norm = self.norms[following]
        if norm == "or" or norm.isdigit():
            return False
        if verb_awaited and (
            (commas and self._has_verb_at(following, end)) or self._closes_parenthesis(following, end)
        ):
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

    def _closes_parenthesis(self, at: int, end: int) -> bool:
        """Tell "No graft, a gift, was lost" from "No graft was lost, a gift": the verb follows the next comma."""
        for place in range(at, min(end, at + _LIST)):
            if self.norms[place] == ",":
                return self._has_verb_at(place + 1, end)
            if self._is_finite(place):
                return False
        return False

    def _has_verb_at(self, at: int, end: int) -> bool:
        following = self._after(at)
        return following < end and self._is_finite(following)

    def _is_closing_phrase(self, at: int, end: int) -> bool:
        """Tell an apposition that closes the sentence ("..., Egr-1.")."""
        if end - at > _SHORT:
            return False
        return not any(self._is_verbal(place) or self.norms[place] == "," for place in range(at, end))

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
        following = self._after(at + 1)
        if at + 1 < following < end and self.norms[following].endswith(("s", "ed")):  # "and strongly increases"
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
