"""Counts, precision, recall and F1, and intervals by bootstrap over documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, Any]
SEED = 1729
RESAMPLES = 2000


@dataclass(frozen=True)
class Counts:
    """True positives, false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is no gold."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / both if both else 0.0


def total(counts: Sequence[Counts]) -> Counts:
    """Return the sum of counts (micro average)."""
    return sum(counts, Counts())


def macro(counts: Sequence[Counts]) -> float:
    """Return the mean F1 of the classes that have gold or finds."""
    scores = [c.f1 for c in counts if c.tp + c.fp + c.fn]
    return sum(scores) / len(scores) if scores else 0.0


def interval(units: Sequence[Counts], level: float = 0.95) -> tuple[float, float]:
    """Return the percentile bootstrap interval of F1 over units (documents), with a fixed seed.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. With fewer than two units there is
    no interval, and the F1 itself is returned twice.
    """
    if len(units) < 2:
        f1 = total(units).f1
        return f1, f1
    draws = np.random.default_rng(SEED).integers(0, len(units), (RESAMPLES, len(units)))
    low, high = np.quantile(_resampled_f1(units, draws), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def paired_p(old: Sequence[Counts], new: Sequence[Counts]) -> float:
    """Return the share of resamples of documents in which the new F1 is not above the old (one-sided p)."""
    if len(old) != len(new) or len(old) < 2:
        return 1.0
    draws = np.random.default_rng(SEED).integers(0, len(old), (RESAMPLES, len(old)))

    return float(np.mean(_resampled_f1(new, draws) <= _resampled_f1(old, draws)))


def _resampled_f1(units: Sequence[Counts], draws: Floats) -> Floats:
    """Return the F1 of each resample of units."""
    table = np.array([(c.tp, c.fp, c.fn) for c in units], dtype=float)
    tp, fp, fn = table[draws].sum(axis=1).T
    both = 2 * tp + fp + fn
    scores: Floats = np.divide(2 * tp, both, out=np.zeros_like(tp), where=both > 0)
    return scores


def assign(rows: int, columns: int, worth: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return the one-to-one assignment of greatest worth; pairs of no worth are left out.

    Kuhn, The Hungarian method for the assignment problem (1955), as scipy implements it.
    """
    if not rows or not columns:
        return []
    from scipy.optimize import linear_sum_assignment

    table = np.array([[worth(r, c) for c in range(columns)] for r in range(rows)])
    chosen = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [(int(r), int(c)) for r, c in chosen if table[r, c] > 0]
