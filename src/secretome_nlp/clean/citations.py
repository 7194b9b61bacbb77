"""Citation markers: where the text points at its references, and at which.

Four styles are told apart by evidence from the whole document, for a number in brackets may be anything:

- `[5, 6]` and `[35-39]`, on sight, unless it is an interval or a year;
- `(5)` and `(14-18)`, where such numbers come in the order of a reference list: 1, 2, 3, ... at first
  mention;
- `failure1-3)`, raised numbers that lost their place: digits before a bracket that nothing opened, and in the
  same order; where the word before ends with digits of its own (`SMAD439,46)`), the order and the rest of the
  document say which digits are whose.

Raised numbers in mark-up were made `[5]` before (`inline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from secretome_nlp.knowledge.typography import reference_numbers
from secretome_nlp.types import Citation

LIST = r"\d{1,3}(?:\s{0,2}[,;–—‒-]\s{0,2}\d{1,3})*"
BRACKETED = re.compile(rf"\[\s?({LIST})\s?,?\](?![A-Za-z]\w*-)")
ROUND = re.compile(rf"\((?<![\w)]\()\s?({LIST})\s?\)")
GLUED = re.compile(rf"({LIST})\)")
NOT_CITED = re.compile(r"(?:\bCI|range|IQR|interval|[Ff]igs?\.?|[Tt]ables?|[Ee]qs?\.?|\b[Ss]tep|=)[ ,:;]*\Z")
WORD = re.compile(r"\w")
NAME_BEFORE = re.compile(r"[^\W_]+\Z")
ENOUGH = 4  # markers that a document must have for a style to be believed
IN_ORDER = 0.7  # share of first mentions that must follow the numbers before them
STEP = 6  # how far a first mention may run ahead of the highest number so far


class Marker(NamedTuple):
    """A marker in the text: `text[start:end]`, its reference numbers."""

    start: int
    end: int
    refs: tuple[str, ...]


def find(text: str) -> tuple[Citation, ...]:
    """Return the citation markers of `text` in order; offsets are into `text`, which is not changed."""
    bracketed = list(_bracketed(text))
    others: list[Marker] = []
    if len(bracketed) < ENOUGH:
        others = _believed(_round(text))
    glued = _glued(text) if ")" in text else []
    markers = bracketed + others + _believed(glued)
    return tuple(Citation(*m) for m in _disjoint(markers))


def _bracketed(text: str) -> Iterable[Marker]:
    for match in BRACKETED.finditer(text):
        refs = reference_numbers(match[1])
        if "0" not in refs and not NOT_CITED.search(text, max(0, match.start() - 12), match.start()):
            yield Marker(match.start(), match.end(), refs)


def _round(text: str) -> list[Marker]:
    return [
        Marker(match.start(), match.end(), reference_numbers(match[1]))
        for match in ROUND.finditer(text)
        if not NOT_CITED.search(text, max(0, match.start() - 12), match.start())
    ]


def _believed(markers: list[Marker]) -> list[Marker]:
    """Return the markers if they are enough and come in the order of a reference list, else none."""
    if len(markers) < ENOUGH:
        return []
    highest, fits, first = 0, 0, 0
    for marker in markers:
        for number in map(int, marker.refs):
            if number > highest:
                first += 1
                if number <= highest + STEP:
                    fits += 1
                    highest = number
    if not first or fits < IN_ORDER * first or highest < ENOUGH:
        return []
    return [marker for marker in markers if all(0 < int(ref) <= highest for ref in marker.refs)]


def _glued(text: str) -> list[Marker]:
    """Find digits before closing brackets that nothing opened."""
    unopened = _unopened(text)
    if not unopened:
        return []
    found = [match for match in GLUED.finditer(text) if match.end() - 1 in unopened]
    candidates = [match for match in found if _is_raised(text, match)]
    sure = [match for match in candidates if not text[match.start() - 1].isupper()]
    if len(sure) < ENOUGH:
        return []
    highest = max(int(ref) for match in sure for ref in _ascending(match[1]) or ("0",))
    return [
        Marker(start, match.end(), reference_numbers(text[start : match.end() - 1]))
        for match in candidates
        if (start := _where_numbers_begin(text, match, highest)) is not None
    ]


def _unopened(text: str) -> frozenset[int]:
    """Return the offsets of the closing round brackets that have no opening one in their paragraph."""
    depth, found = 0, []
    for match in re.finditer(r"\n\n|[()]", text):
        if match.group() == "(":
            depth += 1
        elif match.group() == ")":
            if depth:
                depth -= 1
            else:
                found.append(match.start())
        else:
            depth = 0
    return frozenset(found)


def _is_raised(text: str, match: re.Match[str]) -> bool:
    """Tell whether the digits can have stood raised: on a word, a stop or a bracket, or several after a
    space.

    A single number after a space is an item of a list: "1) collect, 2) concentrate".
    """
    before = text[match.start() - 1 : match.start()]
    if not before or before in "-–/":
        return False
    return not before.isspace() or not match[1].isdigit()


def _ascending(numbers: str) -> tuple[str, ...]:
    """Return the reference numbers if they are in rising order (equal ones allowed), else nothing."""
    given = [int(number) for number in re.findall(r"\d+", numbers)]
    return reference_numbers(numbers) if given == sorted(given) and given[0] > 0 else ()


def _where_numbers_begin(text: str, match: re.Match[str], highest: int) -> int | None:
    """Return the offset of the first digit that is the marker's, not the name's before it; None if none is.

    All offsets that give rising numbers up to `highest` are possible. If the digits before one make a name
    that the document has elsewhere, that one is taken, else the first.
    """
    first = re.match(r"\d+", match[1])
    length = len(first.group()) if first else 0
    possible = [
        match.start() + skip
        for skip in range(length)
        if match[1][skip] != "0" and (refs := _ascending(match[1][skip:])) and int(refs[-1]) <= highest
    ]
    name = NAME_BEFORE.search(text, max(0, match.start() - 20), match.start())
    if name is None or len(possible) < 2:
        return possible[0] if possible else None
    named = [at for at in possible[1:] if _stands_elsewhere(text, text[name.start() : at], match.start())]
    if named and not _stands_elsewhere(text, name.group(), match.start()):
        return named[0]
    return possible[0]


def _stands_elsewhere(text: str, word: str, here: int) -> bool:
    """Tell whether `word` is a whole word anywhere but at `here`."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        whole = not (WORD.match(text, end) or (at and WORD.match(text, at - 1)))
        if whole and not at <= here <= end:
            return True
        at = text.find(word, end)
    return False


def _disjoint(markers: list[Marker]) -> Iterable[Marker]:
    """Yield the markers in order, without those that overlap an earlier one."""
    at = 0
    for marker in sorted(markers):
        if marker.start >= at:
            yield marker
            at = marker.end
