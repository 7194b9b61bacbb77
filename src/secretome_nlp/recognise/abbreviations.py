"""Definitions of short forms: "mesenchymal stem cells (MSCs)", and the reverse order.

The base is Schwartz and Hearst's algorithm (A simple algorithm for identifying abbreviation definitions in
biomedical text, Pacific Symposium on Biocomputing 2003), extended where it fails in this field: Greek letters
are compared as they are spelled, a plural s may be missing from the long form's words, a short form that stands
before its explanation in brackets is read too, and so is a compound that turns the words round: "exosomes of bone
marrow MSCs (BMSC-Exos)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from secretome_nlp.segment.tokens import fold
from secretome_nlp.types import Abbreviation, Span

BRACKET = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")
SHORT = re.compile(r"[A-Za-z0-9Α-Ωα-ω][A-Za-z0-9Α-Ωα-ω/+.\-‐‑–]{1,14}")
LEAD = re.compile(r"(?:hereafter|termed|named|called|abbreviated(?: as)?|referred to as|known as|i\.e\.,?|or)\s+", re.I)
#: What stands between a product and its source.
SOURCE = re.compile(
    r"\s+(?:(?:that\s+were\s+|were\s+)?(?:derived|isolated|released|secreted|shed|collected|obtained|purified|prepared)\s+)?"
    r"(?:of|from|by)\s+(?:the\s+|an?\s+)?$",
    re.I,
)
WORD = re.compile(r"[^\s\-‐‑–/]+")


def find(text: str, sentences: Iterable[Span]) -> tuple[Abbreviation, ...]:
    """Find the definitions in a text, at most one for each short form, in order of place.

    Offsets are into `text`. A definition never reaches over the border of a sentence.
    """
    found: dict[str, Abbreviation] = {}
    for sentence in sentences:
        for m in BRACKET.finditer(text, sentence.start, sentence.end):
            definition = _defined(text, sentence, m)
            if definition is not None:
                found.setdefault(definition.short_text, definition)
    return tuple(sorted(found.values(), key=lambda a: a.short))


def _defined(text: str, sentence: Span, m: re.Match[str]) -> Abbreviation | None:
    inside = m.group(1)
    lead = LEAD.match(inside)
    start = m.start(1) + (lead.end() if lead else 0)
    first = re.split(r"[;,]|\s(?=or\s)|:\s", text[start : m.end(1)], maxsplit=1)[0].strip()
    if _is_list(text[start : m.end(1)]):
        return _short_before(text, sentence, m)
    if SHORT.fullmatch(first) and _is_short(first):
        long = _long_before(text, sentence.start, m.start(), first) or _turned(text, sentence.start, m.start(), first)
        if long is not None:
            short = Span(start, start + len(first))
            return Abbreviation(short, long, first, text[long.start : long.end])
    return _short_before(text, sentence, m)


def _is_list(inside: str) -> bool:
    """Tell examples ("cytokines (TNF-α, IL-6 and IL-1β)") from a definition."""
    parts = [part.strip() for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", inside) if part.strip()]
    return len(parts) > 1 and all(SHORT.fullmatch(part) and _is_short(part) for part in parts)


def _is_short(form: str) -> bool:
    """A short form has a capital or a Greek letter, or digits with letters; plain words and numbers do not."""
    letters = [c for c in form if c.isalpha()]
    return len(letters) >= 2 and any(c.isupper() or not c.isascii() for c in letters)


def _long_before(text: str, floor: int, bracket: int, short: str) -> Span | None:
    """Find the long form that ends where the bracket opens: at most |short|+5 words, or twice |short|."""
    end = len(text[floor:bracket].rstrip()) + floor
    letters = sum(map(str.isalnum, short))
    window = [Span(*m.span()) for m in WORD.finditer(text, floor, end)][-min(letters + 5, letters * 2) :]
    if not window:
        return None
    for form in _spellings(short):
        start = _by_initials(text, window, form)
        if start is None:
            start = _align(text, window, end, form)
        if start is not None:
            return Span(start, end)
    return None


def _turned(text: str, floor: int, bracket: int, short: str) -> Span | None:
    """Find the long form of a compound in the order product, source: the short form has the source first."""
    source, _, product = short.replace("‐", "-").replace("–", "-").rpartition("-")
    if len(source) < 2 or len(product) < 2:
        return None
    behind = _long_before(text, floor, bracket, source)
    between = SOURCE.search(text, floor, behind.start) if behind is not None else None
    if behind is None or between is None:
        return None
    before = _long_before(text, floor, between.start(), product)
    return Span(before.start, behind.end) if before is not None else None


def _by_initials(text: str, window: list[Span], short: str) -> int | None:
    """Take the words whose first letters are the short form's, if there are such: "unilateral ureteral …" (UUO)."""
    wanted = [fold(c)[0] for c in short if c.isalnum() and fold(c)]
    words = [w for w in window if fold(text[w.start : w.end]) not in _SMALL]
    last = words[-len(wanted) :]
    if len(last) < 2 or [fold(text[w.start : w.end])[:1] for w in last] != wanted:
        return None
    return last[0].start


def _spellings(short: str) -> list[str]:
    """The forms under which a short form is compared: as it stands and, for a plural, without its s."""
    forms = [short]
    if short.endswith("s") and len(short) > 2 and short[-2].isupper():
        forms.insert(0, short[:-1])
    return forms


def _align(text: str, window: list[Span], end: int, short: str) -> int | None:
    """Match the short form's letters from right to left. Returns the start.

    The first letter must begin a word, and so must one behind a slash: "I/R" is no "injury".
    """
    letters = [(c, at > 0 and short[at - 1] == "/") for at, c in enumerate(short) if c.isalnum() and fold(c)]
    wanted = [fold(c)[0] for c, _ in letters]
    begins = {number for number, (_, after_slash) in enumerate(letters) if after_slash or number == 0}
    if not wanted:
        return None
    low = window[0].start
    starts = {w.start for w in window}
    at = end - 1
    for number in range(len(wanted) - 1, -1, -1):
        letter = wanted[number]
        while at >= low:
            here = fold(text[at])[:1]
            if here == letter and (number not in begins or at in starts):
                break
            at -= 1
        if at < low:
            return None
        if number:
            at -= 1
    long = text[at:end]
    if len(long) <= len(short) + 1 or short in WORD.findall(long):
        return None
    if not _initials_plausible(long, short) or long.count("(") != long.count(")"):
        return None
    return at


def _initials_plausible(long: str, short: str) -> bool:
    """Refuse alignments whose long form has far more words than the short form has letters."""
    words = [w for w in WORD.findall(long) if fold(w) not in _SMALL]
    return len(words) <= sum(c.isalnum() for c in short) + 1


_SMALL = frozenset({"of", "the", "and", "in", "for", "to", "by", "with", "from", "derived", "a", "on"})


def _short_before(text: str, sentence: Span, m: re.Match[str]) -> Abbreviation | None:
    """Read "MSCs (mesenchymal stem cells)": the short form stands first and the bracket explains it."""
    before = text[sentence.start : m.start()].rstrip()
    words = re.findall(r"[^\s(]+$", before)
    inside = m.group(1).strip()
    if not words or not SHORT.fullmatch(words[0]) or not _is_short(words[0]) or " " not in inside:
        return None
    short = words[0]
    begin = m.start(1) + (len(m.group(1)) - len(m.group(1).lstrip()))
    end = begin + len(inside)
    window = [Span(w.start(), w.end()) for w in WORD.finditer(text, begin, end)]
    for form in _spellings(short):
        if sum(c.isupper() for c in form) < 2:
            continue
        start = _align(text, window, end, form)
        if start == begin:
            at = sentence.start + len(before) - len(short)
            return Abbreviation(Span(at, at + len(short)), Span(begin, end), short, text[begin:end])
    return None


def merge(own: Iterable[Abbreviation], base: Iterable[Abbreviation]) -> tuple[Abbreviation, ...]:
    """Join two sets of definitions; where both define a short form, ours stands."""
    found = {a.short_text: a for a in base}
    found.update({a.short_text: a for a in own})
    return tuple(sorted(found.values(), key=lambda a: a.short))
