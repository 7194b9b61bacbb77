"""Text with a map to its source, so that every edit can be traced back.

`runs` lists, in order of `text`, the stretches that stand verbatim in the source; what is in no run was put
there by an edit. Runs never overlap in `text`; their origins may be in any order, for blocks can be moved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from secretome_nlp.types import OriginRun


class Edit(NamedTuple):
    """Put `text` for what stands at `start:end` (an insertion where they are equal)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text, and which runs of it stand verbatim in the source it was made from."""

    text: str
    runs: tuple[OriginRun, ...]

    @classmethod
    def of(cls, source: str) -> AlignedText:
        """Start with the source itself."""
        return cls(source, (OriginRun(0, len(source), 0),) if source else ())

    def edit(self, edits: Iterable[Edit]) -> AlignedText:
        """Make all edits at once; their offsets are into this text, they must not overlap.

        Raises ValueError when edits overlap or lie outside the text.
        """
        pieces: list[tuple[int, int] | str] = []
        at = 0
        for start, end, new in sorted(edits, key=lambda e: (e.start, e.end)):
            if start < at or end < start or end > len(self.text):
                raise ValueError(f"edit at {start}:{end} overlaps another or lies outside the text")
            pieces += [(at, start), new]
            at = end
        return self.take([*pieces, (at, len(self.text))]) if pieces else self

    def take(self, pieces: Iterable[tuple[int, int] | str]) -> AlignedText:
        """Put a new text together: stretches (start, end) of this one, in any order, and new strings."""
        parts: list[str] = []
        runs: list[OriginRun] = []
        length = 0
        starts = [run.start for run in self.runs]
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
                length += len(piece)
                continue
            start, end = piece
            parts.append(self.text[start:end])
            for index in range(max(bisect_right(starts, start) - 1, 0), len(self.runs)):
                run = self.runs[index]
                if run.start >= end:
                    break
                low, high = max(start, run.start), min(end, run.end)
                if low < high:
                    shift = length - start
                    _append(runs, OriginRun(low + shift, high + shift, run.origin_start + low - run.start))
            length += end - start
        return AlignedText("".join(parts), tuple(runs))

    def substitute(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> AlignedText:
        """Replace every match of `pattern`; `new` may be computed from the match.

        A replacement that keeps a part of what it replaces should be given as several matches, or as `edit`s:
        replaced characters lose their origin.
        """
        make = (lambda _: new) if isinstance(new, str) else new
        return self.edit(Edit(m.start(), m.end(), make(m)) for m in pattern.finditer(self.text))


def _append(runs: list[OriginRun], run: OriginRun) -> None:
    """Add a run; one that goes on where the last ended, here and in the source, lengthens it."""
    if runs:
        last = runs[-1]
        if last.end == run.start and last.origin_start + last.end - last.start == run.origin_start:
            runs[-1] = OriginRun(last.start, run.end, last.origin_start)
            return
    runs.append(run)
