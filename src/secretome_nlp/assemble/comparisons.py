"""The arms that stand behind words of comparison: "compared with untreated controls", "than N-EVs"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from secretome_nlp.assemble.view import View
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Mention, Span

#: What ends the name of an arm: a stop, a bracket or a word that begins another phrase.
END = re.compile(
    r"[,;:()\[\]]|\.(?:\s|$)|\s(?:in|on|at|after|for|by|when|while|which|that|as|did|do|does|was|is|were|are|had|has|have|during|through|via|"
    r"under|both|either|respectively|following|before|showed|but)\s"
)  # fmt: skip
#: A short form in brackets, with what stands between it and the words around.
SHORT_FORM = re.compile(r"\s*\([^()\s]{2,15}\)[\s-]*")
#: What tells behind "over" that it is of time: "over time", "over the first two weeks", "over 24 h".
OF_TIME = r"(?!\s+(?:the\s+)?(?:\w+\s+){0,2}(?:time|course|period|hours?|days?|weeks?|months?|years?)\b|\s+\d)"
#: Letters that are the same as some of ASCII where case counts for nothing, whatever their lower case is.
ALIKE = re.compile("[\u0130\u0131\u017f\u212a]")
#: How long an arm's name may be, in characters.
LONGEST = 90
#: Mentions that are what one is compared with, or how that was prepared or given.
ARMS = ("COMPONENT", "CELL_TYPE", "PRIMING", "DELIVERY")


@dataclass(frozen=True)
class Arm:
    """What stands behind a word of comparison: its place and the mentions in it.

    `control` tells whether it is called one, `contrast` whether the word is one behind which an arm with a result of
    its own stands ("but not").
    """

    span: Span
    mentions: tuple[Mention, ...]
    control: bool
    contrast: bool


def arms_of(view: View, number: int) -> tuple[Arm, ...]:
    """Return what stands behind the words of comparison of a sentence."""
    if number not in view.arms:
        view.arms[number] = tuple(_arms_in(view, number))
    return view.arms[number]


def _arms_in(view: View, number: int) -> Iterator[Arm]:
    sentence = view.annotations.document.sentences[number]
    words = view.sentence_text(number)
    if not any(map(view.lower_text(number).__contains__, _cues())) and not ALIKE.search(words):
        return
    for cue in _comparison().finditer(view.text, sentence.start, sentence.end):
        rest = view.text[cue.end() : min(sentence.end, cue.end() + LONGEST)]
        border = END.search(f"{rest} ")
        stop = cue.end() + (border.start() if border else len(rest))
        named = [m for m in view.of([number], *ARMS) if cue.end() <= m.start and m.end <= stop]
        controls = list(pattern_of(load_record_words().controls).finditer(view.text, cue.end(), stop))
        ends = [m.end for m in named] + [c.end() for c in controls]
        if ends:
            contrast = cue.group().lower().startswith(load_record_words().contrasts)
            yield _whole(view, number, Arm(Span(cue.end(), max(ends)), tuple(named), bool(controls), contrast))


def _whole(view: View, number: int, arm: Arm) -> Arm:
    """Return an arm with the product behind its source's short form: "bone marrow stromal cell (BMSC) EVs"."""
    bracket = SHORT_FORM.match(view.text, arm.span.end)
    product = [m for m in view.of([number], "COMPONENT") if bracket is not None and m.start == bracket.end()]
    if not product:
        return arm
    return replace(arm, span=Span(arm.span.start, product[0].end), mentions=(*arm.mentions, product[0]))


@cache
def _cues() -> tuple[str, ...]:
    words = load_record_words()
    return (*words.comparators, *words.contrasts)


@cache
def _comparison() -> re.Pattern[str]:
    names = (_cues(), load_record_words().compared)
    compared, between = ("|".join(map(re.escape, n)) for n in names)
    return re.compile(rf"\b(?:{compared}){OF_TIME}\s+(?:(?:{between})\s+)*", re.IGNORECASE)


@cache
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of words or phrases that stand as words of their own, in any case."""
    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
