"""How raised and lowered characters are written in a flat line of text, so that no number glues to another.

Readers of mark-up and the cleaner of Markdown need the same answers: is `<sup>7</sup>` after `10` a power,
after `cm` a unit's exponent, after `CD4` a sign, or is it the number of a reference? The commonest fault of
other readers is to drop the tags alone: `miR-21<sup>1</sup>` then reads "miR-211".
"""

from __future__ import annotations

import re
from typing import NamedTuple

SIGN = re.compile(r"(?:\d?[+\-−–±]{1,3}|[+\-−–]/[+\-−–]|[®™©°′″'*#†‡§¶]+|st|nd|rd|th)\Z", re.IGNORECASE)
REFERENCE = re.compile(r"\[?\(?\s*\d{1,3}(?:\s*[,;–—‒-]\s*\d{1,3})*\s*[,;]?[\\*#†‡§]*\)?\]?\Z")
POWER = re.compile(r"[+\-−–]?\d{1,3}\Z")
NUMBER_BEFORE = re.compile(r"(?:^|[^\w.\-–])\d+(?:[.,]\d+)?\Z|[×x·*]\s?\d+\Z")
UNIT_BEFORE = re.compile(
    r"(?:^|[\s\d/·×(*])(?:[kcdmnµμp]?m|k?g|m?[Ll]|s|min|h|d|day|wk|[mµμn]?[Mm]ol|Pa|N|J|W|V|K|Hz|inch|in)\Z"
)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "0123456789+-=()")
DASHES = str.maketrans("–—‒−‑", "-----")
MAX_RANGE = 100


class Raised(NamedTuple):
    """What to write between the word before and the raised characters, and whether they cite a reference."""

    joint: str
    text: str
    citation: bool


def raised(before: str, inner: str) -> Raised:
    """Say how `inner`, which stands raised after the text `before`, is written in a flat line.

    Signs, marks and ordinals stay on their word (CD4+, Ca2+, -/-); powers of numbers and units get a
    circumflex (10^7, cm^2), and so do letters (B7-H1^high); numbers after any other word are references and
    stand apart.
    """
    text = " ".join(inner.split())
    last = before[-1:]
    if not text or not last or last.isspace() or SIGN.match(text):
        glued = last.isdigit() and text[:1].isdigit()
        return Raised("^" if glued else "", text, False)
    tail = before[-24:]
    if POWER.match(text) and (NUMBER_BEFORE.search(tail) or (UNIT_BEFORE.search(tail) and len(text) < 3)):
        return Raised("^", text, False)
    if REFERENCE.match(text):
        return Raised("" if last in "([" else " ", text, last not in "-–/^")
    return Raised("^" if last.isalnum() and text[0].isalnum() else "", text, False)


def lowered(before: str, inner: str) -> str:
    """Say how `inner`, lowered after `before`, is written: glued (H2O2), but never digit to digit."""
    text = " ".join(inner.split())
    return f"_{text}" if before[-1:].isdigit() and text[:1].isdigit() else text


def reference_numbers(marker: str) -> tuple[str, ...]:
    """Return the reference numbers that a marker such as "[3, 5-7]" stands for, ranges written out.

    A range that runs backwards or over more than MAX_RANGE numbers counts as its two ends.
    """
    numbers: list[str] = []
    for part in marker.translate(DASHES).strip("[]() ").replace(";", ",").split(","):
        ends = [end.strip() for end in part.split("-") if end.strip()]
        if len(ends) == 2 and all(end.isdecimal() and len(end) < 6 for end in ends):
            low, high = int(ends[0]), int(ends[1])
            numbers.extend(map(str, range(low, high + 1)) if 0 <= high - low <= MAX_RANGE else ends)
        else:
            numbers.extend(ends)
    return tuple(dict.fromkeys(numbers))
