"""The notation of cue examples: a sentence with its cue marked, and words that are in or out of the scope.

    Treated rats [failed to]cue show less [fibrosis]negated, but [weight]plain fell.

A cue is `[words]cue`; `[words]negated` and `[words]hedged` stand in the scope of a cue of that kind,
`[words]both` in both, `[words]plain` in none. An example of `match` marks the one cue of the entry that it
belongs to, an example of `no_match` has none of them; other words need not be marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.types import Span

_LABEL = re.compile(r"cue|negated|hedged|both|plain")
_MARK = re.compile(r"\[([^\[\]]+)\]([a-z]*)")


@dataclass(frozen=True, slots=True)
class MarkedCue:
    """An example without its marks; offsets are those of `text`."""

    text: str
    cues: tuple[Span, ...]
    words: tuple[tuple[Span, str], ...]


def parse(marked: str) -> MarkedCue:
    """Read a marked sentence; raises KnowledgeError for a bracket without a partner or known label."""
    plain: list[str] = []
    length = at = 0
    cues: list[Span] = []
    words: list[tuple[Span, str]] = []
    for m in _MARK.finditer(marked):
        before = marked[at : m.start()]
        label = _LABEL.match(m[2])
        if label is None or label.end() != len(m[2]):
            raise KnowledgeError(f"example {marked!r}: label {m[2]!r} is none of cue, negated, hedged, both, plain")
        plain += [before, m[1]]
        start = length + len(before)
        length = start + len(m[1])
        if m[2] == "cue":
            cues.append(Span(start, length))
        else:
            words.append((Span(start, length), m[2]))
        at = m.end()
    text = "".join([*plain, marked[at:]])
    if "[" in text or "]" in text:
        raise KnowledgeError(f"example {marked!r}: a bracket has no partner")
    return MarkedCue(text, tuple(cues), tuple(words))
