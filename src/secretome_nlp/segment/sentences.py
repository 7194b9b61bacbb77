"""Sentences: paragraph by paragraph, by one expression for candidates and a few cheap checks.

A candidate is a stop with what may cling to it (closing quotes and brackets, citation numbers) before white
space. The word before and the word after then decide, by the lists of `knowledge/data/sentences.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from secretome_nlp.knowledge.sentences import SentenceWords, load_sentence_words
from secretome_nlp.types import Section, Span

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_SQUARE = re.compile(r"[\[\]]")
_THEN_CAPITAL = re.compile(r"\s+(?=[A-Z])")
_OPENERS = "\"'“‘«([{"
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]$")
_NUMBER_OR_LETTER = re.compile(r"[(\[]?(?:[A-Za-z]{0,2}\d|[A-Z]\b|[IVX]+\b)")
_FIRST_WORD = re.compile(r"[^\W_]+")
_EARLIER_LETTERS = re.compile(r"(?:\b[A-Z](?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s))+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HAS_WORD = re.compile(r"[^\W\d_]{2}")
# p53, mRNA, miR-21, iPSCs, c-Myc, α-SMA, hUC-MSCs: symbols that keep their lower case at a sentence's start.
_ITEM = re.compile(r"(?:[ivx]{1,4}|[a-h])\)")
_SYMBOL = r"(?:[a-z]{1,5}-?[A-Z0-9][\w-]*|[a-z]{1,2}-[A-Za-z][\w-]*|[a-z]{2,6}-[0-9A-Z][\w-]*|[α-ω][\w-]*)"
_BULLET = re.compile(r"\s*[•▪◦‣●]\s*\S")
_LIST_ITEM = re.compile(r"\s*(?:[-*–—]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_STOPPED = (".", "!", "?", ":", ";", ".)", '."', ".”")
_CAPITALS = re.compile(r"\s*[A-Z][A-Z0-9 ,&/()-]{7,80}\s*$")

# How far back or ahead a check looks, in characters: bounded, so that time stays linear in any text.
_WORD_REACH = 80
_BRACKET_REACH = 250
_CITED = r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*"


@dataclass(frozen=True, slots=True)
class _Rules:
    words: SentenceWords
    candidate: re.Pattern[str]
    label: re.Pattern[str]
    note: re.Pattern[str]
    heading: re.Pattern[str]
    lower_start: re.Pattern[str]


def find(text: str, sections: Iterable[Section] = ()) -> tuple[Span, ...]:
    """Return the sentences of `text`, in order.

    Spans are half-open code-point offsets, trimmed of white space; they never overlap and together cover
    every character that is not white space. A blank line ends a paragraph, and so do the borders of
    `sections`; a single line end counts as a space unless a heading or a list item begins or ends there.
    Boundary F1 0.9995 on GENIA and 0.9986 on CRAFT dev, at 110,000 sentences a second
    (`benchmarks/sentences.py`).
    """
    rules = _rules()
    found: list[Span] = []
    for start, end in _paragraphs(text, sections):
        at = start
        for stop, after in _boundaries(text, start, end, rules):
            if stop > at:
                found.append(Span(at, stop))
            at = after
        last = end - (len(chunk := text[at:end]) - len(chunk.rstrip()))
        if last > at:
            found.append(Span(at, last))
    return tuple(found)


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    words = load_sentence_words()
    labels = "|".join(map(re.escape, words.labels))
    starters = "|".join(sorted(map(re.escape, words.starters), key=lambda w: (-len(w), w)))
    # A glued start ("cells.The mice") needs an opening word or a label, else "p50.RelA" would break. What stands before
    # a stop is asked behind it, so that the engine jumps from stop to stop.
    candidate = re.compile(
        rf"""(?P<stop>[.?!…](?<![.?!…]{{2}})[.?!…]*+)(?P<close>["'”’»)\]}}]*+)
             (?:(?P<cite>{_CITED}|[¹²³⁰⁴-⁹][¹²³⁰⁴-⁹⁻‑–,]*|\s?\[{_CITED}\]|\({_CITED}\))(?=\s+[^\Wa-z\d_]))?
             (?:\s++(?=\S)|(?P<glued>(?=(?:{starters})\ [a-z]|(?:{labels}):)))""",
        re.VERBOSE,
    )
    notes = "|".join(map(re.escape, words.notes))
    headings = "|".join(map(re.escape, words.headings))
    lower = "|".join(map(re.escape, words.lower_starts))
    return _Rules(
        words=words,
        candidate=candidate,
        label=re.compile(rf"\b(?:[A-Z]{{3,}}(?:\ AND|\ &|/)\ ?)?(?:{labels}):(?=\s)"),
        note=re.compile(rf"\[(?:{notes})\b[^\]]{{0,200}}\]\s+(?=[A-Z\d])"),
        heading=re.compile(rf"\s*(?:#{{1,6}}\s+\S.*|(?:\d+(?:\.\d+)*\.?\s+)?(?i:{headings})\s*:?)\s*$"),
        lower_start=re.compile(rf"{_SYMBOL}|(?:{lower})\b"),
    )


def _paragraphs(text: str, sections: Iterable[Section]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs, each beginning at a character that is not white space."""
    length = len(text)
    borders = {b for s in sections for b in (s.start, s.end) if 0 < b < length}
    borders.update(m.end() for m in _PARAGRAPH_END.finditer(text))
    start = 0
    for border in [*sorted(borders), length]:
        while start < border and text[start].isspace():
            start += 1
        if start < border:
            yield start, border
        start = border


def _boundaries(text: str, start: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    """Yield the end of each sentence but the last, with the start of the next one."""
    extra = _extra_boundaries(text, start, end, rules)
    at, next_extra = start, 0
    for m in rules.candidate.finditer(text, start, end):
        while next_extra < len(extra) and extra[next_extra][1] <= m.start():
            yield extra[next_extra]
            at = extra[next_extra][1]
            next_extra += 1
        if m.end() < end and _ends(text, at, m, end, rules):
            tail = m.end("cite") if m["cite"] else m.end("close")
            yield tail, m.end()
            at = m.end()
    for boundary in extra[next_extra:]:
        if boundary[1] > at:
            yield boundary


def _extra_boundaries(text: str, start: int, end: int, rules: _Rules) -> list[tuple[int, int]]:
    """List the boundaries that need no stop: labels, notes after a title, bracketed titles, lines."""
    found: set[tuple[int, int]] = set()
    if text.find(":", start, end) >= 0:
        for m in rules.label.finditer(text, start + 1, end):
            if text[m.start() - 1].isspace():
                found.add((_trimmed(text, start, m.start()), m.start()))
    if text.find("[", start, end) >= 0:
        for m in rules.note.finditer(text, start, end):
            found.add((_trimmed(text, start, m.end()), m.end()))
        if text[start] == "[" and (bracket := _bracketed_title(text, start, end)):
            found.add(bracket)
    if text.find("\n", start, end) >= 0:
        found.update(_line_boundaries(text, start, end, rules))
    return sorted(found)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _bracketed_title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Find where a translated title in square brackets ends, if the text goes on with a capital."""
    depth = 0
    for m in _SQUARE.finditer(text, start, end):
        depth += 1 if m.group() == "[" else -1
        if depth == 0:
            after = _THEN_CAPITAL.match(text, m.end(), end)
            return (m.end(), after.end()) if after and after.end() < end else None
    return None


def _line_boundaries(text: str, start: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    """Yield the line ends at which a heading or a list item begins or ends."""
    lines = text[start:end].split("\n")
    at = start
    previous_stopped = True
    for number, (line, following) in enumerate(pairwise(lines)):
        at += len(line) + 1
        stopped = line.rstrip().endswith(_STOPPED)
        itemised = bool(_LIST_ITEM.match(line)) or stopped
        if (
            _is_heading(line, previous_stopped, rules)
            or (number == 0 and _is_short_opening(line, following))
            or _is_heading(following, stopped, rules)
            or _BULLET.match(following)
            or (itemised and _LIST_ITEM.match(following))
        ):
            after = at + len(following) - len(following.lstrip())
            yield _trimmed(text, start, at), after
        previous_stopped = stopped


def _is_heading(line: str, previous_stopped: bool, rules: _Rules) -> bool:
    return bool(rules.heading.match(line) or (previous_stopped and _CAPITALS.match(line)))


def _is_short_opening(line: str, following: str) -> bool:
    """Tell a heading from the first line of wrapped text: it is much shorter than the line below."""
    return (
        len(line) <= 60
        and not line.rstrip().endswith((*_STOPPED, ",", "-", "("))
        and line[:1].isupper()
        and following[:1].isupper()
        and len(following) >= 1.6 * len(line)
    )


def _ends(text: str, at: int, m: re.Match[str], end: int, rules: _Rules) -> bool:
    """Decide whether the stop of a candidate ends the sentence that began at `at`."""
    stop = m.start()
    near = max(at, stop - _WORD_REACH)
    word = text[text.rfind(" ", near, stop) + 1 or near : stop].rsplit("\n", 1)[-1].lstrip(_OPENERS)
    following = m.end()
    if m["glued"] is not None:
        return len(word) > 2 and (word[-3:].isalpha() or word[-1] in ")]%")
    cited = m["cite"] is not None and not m["close"] and m["cite"][0].isdigit()
    if cited and not _may_be_cited(text, word, following, rules):
        return False
    inner = following
    while inner < end and text[inner] in _OPENERS:
        inner += 1
    if inner == end or (text[following] == "[" and rules.note.match(text, following)):
        return False
    opening = text[inner]
    if opening.islower() and not _opens_in_lower_case(text, inner, word, rules):
        return False
    if not (opening.isalnum() or opening in "*+†‡#~≥≤<>±•-–"):
        return False
    if not m["close"] and not _word_may_end(text, at, stop, word, m, rules):
        return False
    return not _inside_brackets(text, at, following, end)


def _may_be_cited(text: str, word: str, following: int, rules: _Rules) -> bool:
    """Tell "model.27 They" from "Fig.2 The" and "0.5 The"."""
    if len(word) < 3 or word in rules.words.before_number or word in rules.words.never:
        return False
    if word[-1].isdigit():
        return bool(_YEAR.fullmatch(word)) and _is_starter(text, following, rules)
    return word[-1].isalpha() or word[-1] in ")]%"


def _opens_in_lower_case(text: str, at: int, word: str, rules: _Rules) -> bool:
    words = rules.words
    if text[at - 1] == "(" and _ITEM.match(text, at):
        return True
    if len(word) < 2 or word in words.never or word in words.before_number or word in words.unless_starter:
        return False
    return not _DOTTED.search(word) and bool(rules.lower_start.match(text, at))


def _word_may_end(text: str, at: int, stop: int, word: str, m: re.Match[str], rules: _Rules) -> bool:
    """Judge by the word before the stop: abbreviations, initials, item numbers, ellipses."""
    words = rules.words
    following = m.end()
    if len(m["stop"]) > 2 or m["stop"] == "…":
        return _is_starter(text, following, rules)
    if m["stop"] != "." or not word:
        return True
    if word in words.never:
        return False
    if len(word) == 1 and word.isupper():
        return _capital_may_end(text, at, stop, following, rules)
    if word in words.before_number:
        return not (_NUMBER_OR_LETTER.match(text, following) or _is_numbering(text, following, rules))
    if word in words.unless_starter:
        return _is_starter(text, following, rules)
    if _opens_item(text, at, stop, word):
        return False
    if "." in word and _DOTTED.search(word):
        is_name = not (word.islower() and text[following + 1 : following + 3].islower())
        return not is_name or _is_starter(text, following, rules)
    return True


def _opens_item(text: str, at: int, stop: int, word: str) -> bool:
    """Tell the number of a list item: it stands alone ("1." or "(iv).") or follows a colon or semicolon."""
    if stop - at < 8 and not _HAS_WORD.search(text, at, stop):
        return True
    before = text[max(at, stop - 8) : stop - len(word)].rstrip()
    return word.isdigit() and len(word) <= 2 and before.endswith((":", ";"))


def _capital_may_end(text: str, at: int, stop: int, following: int, rules: _Rules) -> bool:
    """Tell "vitamin C. Mice" from "J. Smith" and "S. Typhimurium"."""
    if _is_starter(text, following, rules):
        return True
    before = _EARLIER_LETTERS.sub("", text[max(at, stop - _WORD_REACH) : stop - 1].rstrip() + " ").rstrip()
    return before[before.rfind(" ") + 1 :] in rules.words.kinds


def _inside_brackets(text: str, at: int, following: int, end: int) -> bool:
    """Tell whether a bracket that was opened in this sentence is closed soon after `following`."""
    near = max(at, following - _BRACKET_REACH)
    for left, right in ("()", "[]"):
        if text.count(left, near, following) > text.count(right, near, following):
            closing = text.find(right, following, min(end, following + _BRACKET_REACH))
            if closing >= 0 and text.find(left, following, closing) < 0:
                return True
    return False


def _is_numbering(text: str, at: int, rules: _Rules) -> bool:
    """Tell whether the next word is itself such an abbreviation ("Cat. No. 12")."""
    word = _FIRST_WORD.match(text, at)
    if word is None or word.group() not in rules.words.before_number:
        return False
    return text.startswith(".", word.end())


def _is_starter(text: str, at: int, rules: _Rules) -> bool:
    word = _FIRST_WORD.match(text, at)
    return word is not None and word.group() in rules.words.starters
