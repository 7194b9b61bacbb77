"""Mentions matched by hand, and beside nervaluate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator

from secretome_nlp.evaluate.match import Item, confusion, match, relaxed, strict, type_only
from secretome_nlp.evaluate.metrics import Counts, interval, macro, paired_p, total
from secretome_nlp.types import Span


def items(*spans: tuple[int, int, str]) -> list[Item]:
    return [Item(f"i{n}", t, Span(a, b)) for n, (a, b, t) in enumerate(spans)]


CASES = {
    "equal": ([(0, 5, "A")], [(0, 5, "A")], Counts(1, 0, 0), Counts(1, 0, 0)),
    "partial overlap": ([(0, 5, "A")], [(3, 9, "A")], Counts(0, 1, 1), Counts(1, 0, 0)),
    "another type": ([(0, 5, "A")], [(0, 5, "B")], Counts(0, 1, 1), Counts(0, 1, 1)),
    "found twice": ([(0, 5, "A")], [(0, 5, "A"), (0, 5, "A")], Counts(1, 1, 0), Counts(1, 1, 0)),
    "one find over two": ([(0, 4, "A"), (5, 9, "A")], [(0, 9, "A")], Counts(0, 1, 2), Counts(1, 0, 1)),
    "nested": ([(0, 9, "A"), (2, 5, "B")], [(0, 9, "A"), (2, 5, "B")], Counts(2, 0, 0), Counts(2, 0, 0)),
    # The exact pair comes first, so that the loose find cannot take its place.
    "exact before overlap": ([(0, 5, "A"), (4, 9, "A")], [(0, 9, "A"), (0, 5, "A")], Counts(1, 1, 1), Counts(2, 0, 0)),
    "nothing found": ([(0, 5, "A")], [], Counts(0, 0, 1), Counts(0, 0, 1)),
    "no gold": ([], [(0, 5, "A")], Counts(0, 1, 0), Counts(0, 1, 0)),
}


@pytest.mark.parametrize(("gold", "found", "exactly", "loosely"), CASES.values(), ids=CASES.keys())
def test_counts_by_hand(gold: list, found: list, exactly: Counts, loosely: Counts) -> None:  # type: ignore[type-arg]
    matched = match(items(*gold), items(*found))
    assert strict(matched) == exactly
    assert relaxed(matched) == loosely


def test_types_alone_and_confusion() -> None:
    gold, found = items((0, 5, "A"), (6, 9, "A")), items((0, 5, "B"), (20, 25, "A"))
    assert type_only(gold, found) == Counts(1, 1, 1)
    assert confusion(gold, found) == {("A", "B"): 1, ("A", "-"): 1}


spans = st.lists(st.tuples(st.integers(0, 30), st.sampled_from("AB")), max_size=6, unique=True)


@given(spans, spans)
def test_strict_counts_are_those_of_nervaluate(gold: list[tuple[int, str]], found: list[tuple[int, str]]) -> None:
    """Spans of five characters ten apart, so that neither side overlaps itself; nervaluate's ends are inclusive."""
    sides = [[(start * 10, start * 10 + 5, t) for start, t in side] for side in (gold, found)]
    sides = [list({(a, b): (a, b, t) for a, b, t in side}.values()) for side in sides]
    ours = strict(match(items(*sides[0]), items(*sides[1])))
    as_dicts = [[{"label": t, "start": a, "end": b - 1} for a, b, t in side] for side in sides]
    theirs = Evaluator([as_dicts[0]], [as_dicts[1]], tags=["A", "B"], loader="dict").evaluate()["overall"]["strict"]
    assert (ours.tp, ours.tp + ours.fp, ours.tp + ours.fn) == (theirs.correct, theirs.actual, theirs.possible)


def test_metrics_of_empty_sides_are_zero_and_bounded() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)
    assert Counts(1, 1, 3).f1 == pytest.approx(1 / 3)
    assert macro([Counts(1, 0, 0), Counts(0, 1, 1), Counts()]) == 0.5
    assert total([Counts(1, 2, 3), Counts(1, 0, 0)]) == Counts(2, 2, 3)


def test_intervals_are_the_same_each_time_and_hold_the_score() -> None:
    units = [Counts(8, 2, 1), Counts(3, 3, 3), Counts(9, 0, 2), Counts(1, 4, 1)]
    low, high = interval(units)
    assert (low, high) == interval(units)
    assert low < total(units).f1 < high
    assert interval(units[:1]) == (units[0].f1, units[0].f1)
    better = [Counts(c.tp + 3, 0, 0) for c in units]
    assert paired_p(units, better) < 0.05 < paired_p(better, units)
