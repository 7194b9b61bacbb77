"""The stretches of a text in which nothing was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from secretome_nlp.types import Span


class Gaps:
    """Tells free stretches from those that are `taken`, which may overlap each other."""

    def __init__(self, taken: Iterable[Span]) -> None:
        spans = sorted(taken)
        self._starts, self._ends = [s.start for s in spans], list(accumulate((s.end for s in spans), max))

    def free(self, span: Span) -> bool:
        """Tell whether nothing taken overlaps a stretch."""
        before = bisect_left(self._starts, span.end)
        return not (before and self._ends[before - 1] > span.start)
