"""Readings that did not stand, and what beat them: for people who write terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from secretome_nlp.recognise.candidates import Candidate
from secretome_nlp.recognise.compile import Recogniser, Step
from secretome_nlp.recognise.inducers import without_harm
from secretome_nlp.recognise.overlaps import context_allows, resolve
from secretome_nlp.types import MENTION_TYPES, Abbreviation, Citation, FoundBy, Mention, Span

Why = Literal["context", "same words", "longer reading", "overlap", "inside", "harm", "not cargo"] | Step
#: Mentions that had won over all other readings and were dropped, or read otherwise, by what stands around them.
LATER: frozenset[Why] = frozenset({
    "harm", "not cargo", "initials", "stress", "role", "vague", "recipient", "preparation", "prefix", "background",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lost:
    """A reading that lost. `winner` is the text, type and finder of what stands instead, None where nothing does.

    `why` is `context` (a word beside it forbids it), `same words` (another reading of them ranks above it),
    `longer reading` (one of its type that covers it), `inside` (its type is not told within the one around it) or
    `overlap` (it shares words with a longer one); or it won and was dropped or read otherwise later: `harm` (route or
    dose of an agent that harms), `not cargo` (a drug that nothing says is carried) or the step of the recogniser that
    did it. Offsets are those of the text.
    """

    start: int
    end: int
    text: str
    type: str
    by: FoundBy
    why: Why
    winner: tuple[str, str, FoundBy] | None


def contest(
    recogniser: Recogniser,
    text: str,
    sentences: tuple[Span, ...] = (),
    abbreviations: tuple[Abbreviation, ...] = (),
    citations: tuple[Citation, ...] = (),
    mined: Iterable[Span] | None = None,
) -> tuple[Lost, ...]:
    """Return the readings of a text that did not stand, in order of place, each span, finder and reason once."""
    atoms, chart = recogniser.read(text, abbreviations, citations)
    candidates = chart.all()
    kept = resolve(candidates, atoms, recogniser.settings)
    stands = {(c.start, c.end, c.by) for c in kept}
    found: dict[tuple[int, int, FoundBy], Lost] = {}
    for c in candidates:
        key = (c.start, c.end, c.by)
        if key in stands or key in found or c.type not in MENTION_TYPES:
            continue
        winner = min(
            (k for k in kept if k.start < c.end and c.start < k.end),
            key=lambda k: ((k.start, k.end) != (c.start, c.end), k.end - k.start),
            default=None,
        )
        why: Why = _why(c, winner) if context_allows(c, atoms) else "context"
        beaten = winner and (text[winner.start : winner.end], winner.type, winner.by)
        found[key] = Lost(c.start, c.end, text[c.start : c.end], c.type, c.by, why, beaten)
    harmless = without_harm(kept, chart, atoms)
    harms = (c for c in kept if c not in harmless and c.type in MENTION_TYPES)
    later = [Lost(c.start, c.end, text[c.start : c.end], c.type, c.by, "harm", None) for c in harms]
    later += _changes(recogniser.steps(text, harmless, sentences, abbreviations, mined))
    return tuple(sorted((*found.values(), *later), key=lambda x: (x.start, -x.end, x.type, x.by.id)))


def _changes(steps: Iterable[tuple[Step, tuple[Mention, ...]]]) -> Iterator[Lost]:
    """Yield the mentions that a step dropped or gave another type."""
    for (_, before), (step, after) in pairwise(steps):
        now = {m.id: m for m in after}
        for m in before:
            kept = now.get(m.id)
            if kept is None:
                why: Why = "not cargo" if step == "role" else step
                yield Lost(m.start, m.end, m.text, m.type, m.by, why, None)
            elif kept.type != m.type:
                yield Lost(m.start, m.end, m.text, m.type, m.by, step, (kept.text, kept.type, kept.by))


def _why(lost: Candidate, winner: Candidate | None) -> Why:
    if winner is None:
        return "context"
    if (winner.start, winner.end) == (lost.start, lost.end):
        return "same words"
    if winner.start <= lost.start and lost.end <= winner.end:
        return "longer reading" if winner.type == lost.type else "inside"
    return "overlap"
