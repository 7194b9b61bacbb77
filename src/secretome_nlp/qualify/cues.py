"""Find the cues of negation and hedging with their scopes, and the discourse role of a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from secretome_nlp.knowledge.cues import CueEntry, CueSet, DiscourseEntry, Role, load_cues
from secretome_nlp.qualify.scope import Clause
from secretome_nlp.segment import tokens as words
from secretome_nlp.types import Cue, Mention, Span, Token

#: A phrase with what it stands for; None where the phrase only hides the cues inside it.
_Phrase = tuple[tuple[str, ...], CueEntry | DiscourseEntry | None]
#: Phrases by their first word and by their second, "" where there is none; longest first.
_Index = dict[str, dict[str, tuple[_Phrase, ...]]]


#: Words of a sentence among which a discourse cue with `place: start` must begin.
_START = 4
#: Characters behind an adjective of doubt within which its noun stands.
_NEAR = 60


@dataclass(frozen=True, slots=True)
class _Tables:
    cues: _Index
    discourse: _Index
    order: dict[str, int]
    set: CueSet


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    known = load_cues()
    return _Tables(_index(known.cues), _index(known.discourse), {e.id: n for n, e in enumerate(known.discourse)}, known)


def _index(entries: Sequence[CueEntry | DiscourseEntry]) -> _Index:
    """Order phrases by first and second word, longest first; at equal length a cue goes before a pseudo-cue."""
    found: dict[str, dict[str, list[_Phrase]]] = {}
    for entry in entries:
        phrases: list[_Phrase] = [*((p, None) for p in entry.blocks), *((p, entry) for p in entry.phrases)]
        for phrase, meant in phrases:
            second = phrase[1] if len(phrase) > 1 else ""
            found.setdefault(phrase[0], {}).setdefault(second, []).append((phrase, meant))
    return {
        first: {
            second: tuple(sorted(phrases, key=lambda p: (-len(p[0]), p[1] is None)))
            for second, phrases in by_second.items()
        }
        for first, by_second in found.items()
    }


def find(
    text: str,  # noqa: ARG001 -- every stage's find takes the text first; the tokens hold all that is needed
    sentences: Sequence[Span],
    tokens: Sequence[Token],
) -> tuple[Cue, ...]:
    """Return the cues of `text` in order of their place, each with the scope that it governs.

    `sentences` and `tokens` are those of the text, in order; offsets are half-open code points of `text`. A
    scope lies within its sentence and includes its cue; final punctuation is outside. Conventions: BioScope
    (Vincze et al. 2008); matching: ConText (Harkema et al. 2009). Token F1 of negation
    scopes on abstracts that development did not see: 0.92 with gold cues, 0.88 with our own, which also take
    "not significantly" and "in the absence of" (`secretome-nlp benchmark bioscope`).
    """
    tables = _tables()
    starts = [t.start for t in tokens]
    found: list[Cue] = []
    for sentence in sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        norms = [t.norm for t in tokens[low:high]]
        clause = Clause(norms, tables.set.scope)
        for first, after, entry in _matches(norms, tables.cues):
            if isinstance(entry, CueEntry) and _is_written(tokens[low + first].text, entry):
                left, right = clause.scope(first, after, entry)
                if entry.needs and entry.needs.isdisjoint(norms[after:right]):
                    continue
                cue = Span(tokens[low + first].start, tokens[low + after - 1].end)
                scope = Span(tokens[low + left].start, tokens[low + max(right, after) - 1].end)
                found.append(Cue(entry.kind, cue, scope, entry.id))
    return tuple(found)


def _is_written(word: str, entry: CueEntry) -> bool:
    return not entry.written or word in entry.written


def _matches(norms: Sequence[str], index: _Index) -> Iterable[tuple[int, int, CueEntry | DiscourseEntry]]:
    """Yield the longest phrase at each place, from left to right, none overlapping another."""
    free = 0
    for at in [n for n, norm in enumerate(norms) if norm in index]:
        if at < free:
            continue
        by_second = index[norms[at]]
        following = by_second.get(norms[at + 1], ()) if at + 1 < len(norms) else ()
        for phrase, entry in (*following, *by_second.get("", ())):
            size = len(phrase)
            if size <= 2 or tuple(norms[at : at + size]) == phrase:
                if entry is not None:
                    yield at, at + size, entry
                free = at + size
                break


def within_scopes(mentions: Sequence[Mention], cues: Sequence[Cue]) -> tuple[Mention, ...]:
    """Return the mentions with `negated` and `hedged` set where they lie in the scope of such a cue.

    A mention that contains the cue ("non-responders") is not in its scope; flags that are already set stay.
    """
    return _flagged(mentions, cues)


def assert_mentions(mentions: Sequence[Mention], cues: Sequence[Cue], text: str) -> tuple[Mention, ...]:
    """Return the mentions with `negated` and `hedged` set where they are what is denied or said with doubt.

    Of what stands in a cue's scope this is the thing said, not who acts, on whom, where or how: by type, and by
    its place behind the cue (`scope.yml` has the words). `text` is the document's; flags that are set stay.
    """
    told = _tables().set.assertion

    def is_said(mention: Mention, cue: Cue) -> bool:
        if mention.type not in told.said or cue.id in told.unsaid_cues:
            return False
        if mention.end <= cue.span.start:
            return cue.id in told.raising_cues or cue.kind == "negation"
        if cue.id in told.adjectives and mention.start - cue.span.end > _NEAR:
            return False
        return not told.tells_ability(cue, text)

    return _flagged(mentions, cues, is_said)


def _flagged(
    mentions: Sequence[Mention], cues: Sequence[Cue], is_meant: Callable[[Mention, Cue], bool] | None = None
) -> tuple[Mention, ...]:
    by_start = sorted(cues, key=lambda c: c.scope)
    starts = [c.scope.start for c in by_start]
    longest = max((c.scope.end - c.scope.start for c in by_start), default=0)
    result = []
    for mention in mentions:
        near = by_start[bisect_left(starts, mention.end - longest) : bisect_right(starts, mention.start)]
        over = (c for c in near if mention.end <= c.scope.end and not mention.span.overlaps(c.span))
        kinds = {c.kind for c in over if is_meant is None or is_meant(mention, c)}
        if kinds:
            negated, hedged = mention.negated or "negation" in kinds, mention.hedged or "hedge" in kinds
            mention = replace(mention, negated=negated, hedged=hedged)
        result.append(mention)
    return tuple(result)


def discourse(text: str, sentence: Span) -> Role:
    """Tell a `finding` from a statement of `aim`, `background`, `hypothesis` or `method`.

    The first entry of the discourse file that occurs in the sentence decides; without one it is a finding.
    """
    return _role([t.norm for t in words.find(text[sentence.start : sentence.end])])


def roles(text: str, sentences: Sequence[Span], tokens: Sequence[Token]) -> tuple[Role, ...]:
    """Return the discourse role of each sentence; `tokens` are those of the text, in order."""
    starts = [t.start for t in tokens]
    found: list[Role] = []
    for sentence in sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        whole = (low == 0 or tokens[low - 1].end <= sentence.start) and tokens[high - 1].end <= sentence.end
        found.append(_role([t.norm for t in tokens[low:high]]) if whole else discourse(text, sentence))
    return tuple(found)


def _role(norms: list[str]) -> Role:
    tables = _tables()
    present = [
        entry
        for first, _, entry in _matches(norms, tables.discourse)
        if isinstance(entry, DiscourseEntry)
        and (entry.place == "anywhere" or first < _START)
        and entry.unless.isdisjoint(norms)
    ]
    if not present:
        return "finding"
    return min(present, key=lambda entry: tables.order[entry.id]).role
