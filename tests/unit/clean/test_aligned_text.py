"""The map from a text to its source holds through any edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretome_nlp.clean.aligned_text import AlignedText, Edit
from secretome_nlp.types import OriginRun


def holds(text: AlignedText, source: str) -> bool:
    return all(text.text[s:e] == source[o : o + e - s] for s, e, o in text.runs)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    source = draw(st.text(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return source, [Edit(start, end, draw(st.text(max_size=4))) for start, end in pairs]


@given(edited(), edited())
def test_edits_keep_the_map(first: tuple[str, list[Edit]], second: tuple[str, list[Edit]]) -> None:
    source, edits = first
    once = AlignedText.of(source).edit(edits)
    expected, at = "", 0
    for edit in edits:
        expected += source[at : edit.start] + edit.text
        at = edit.end
    assert once.text == expected + source[at:]
    assert holds(once, source)
    twice = once.edit(edit for edit in second[1] if edit.end <= len(once.text))
    assert holds(twice, source)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_pieces_can_be_moved(source: str, spans: list[tuple[int, int]]) -> None:
    pieces = [(min(a, b, len(source)), min(max(a, b), len(source))) for a, b in spans]
    moved = AlignedText.of(source).take(pieces)
    assert moved.text == "".join(source[start:end] for start, end in pieces)
    assert holds(moved, source)
    assert sum(run.end - run.start for run in moved.runs) == len(moved.text)


def test_runs_are_maximal() -> None:
    text = AlignedText.of("abcdef").take([(0, 2), (2, 4), "-", (4, 6)])
    assert text.runs == (OriginRun(0, 4, 0), OriginRun(5, 7, 4))


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        AlignedText.of("abc").edit([Edit(0, 2, ""), Edit(1, 3, "")])
