"""What an article was compared with: what stands behind a word of comparison, or an arm that is named a control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from secretome_nlp.assemble.arms import Article
from secretome_nlp.assemble.preparations import preparations_of
from secretome_nlp.assemble.view import View
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Mention, Slot, Span

#: The finder of arms that are named as controls ("Ctrl-EVs").
CONTROL_ARM = "component.arm"
#: What ends the name of an arm: a stop, a bracket or a word that begins another phrase.
END = re.compile(
    r"[,;:()\[\]]|\.(?:\s|$)|\s(?:in|on|at|after|for|by|when|while|which|that|as|did|do|does|was|is|were|are|had|has|have|during|through|via|"
    r"under|both|either|respectively|following|before|showed|but)\s"
)  # fmt: skip
#: A short form in brackets, with what stands between it and the words around.
SHORT_FORM = re.compile(r"\s*\([^()\s]{2,15}\)[\s-]*")
#: How long an arm's name may be, in characters.
LONGEST = 90
#: Mentions that are what one is compared with, or how that was prepared or given.
ARMS = ("COMPONENT", "CELL_TYPE", "PRIMING", "DELIVERY")


@dataclass(frozen=True)
class _Arm:
    """What stands behind a word of comparison: its place, the mentions in it, and whether it is called a control."""

    span: Span
    mentions: tuple[Mention, ...]
    control: bool


def comparator_slot(view: View, article: Article, sentences: list[int]) -> Slot | None:
    """Return what the article was compared with, if that is said: in a finding before an aim or a method.

    The article itself without its preparation can be the comparator of the prepared one.
    """
    ordered = sorted(sentences, key=lambda n: view.roles[n] in ("aim", "method", "hypothesis"))
    prepared = any(preparations_of(view, m) for m in article.mentions)
    for number in ordered:
        for arm in _arms(view, number):
            if _is_other(view, article, arm, prepared):
                return _slot(view, article, arm)
        for m in view.of([number], "COMPONENT"):
            if m.by.id == CONTROL_ARM and m.id not in article.ids():
                return view.slot(m)
    return _beside(view, article, sentences)


def _beside(view: View, article: Article, sentences: list[int]) -> Slot | None:
    """Return an arm that a study names beside its article without a word of comparison: "EVs or vehicle"."""
    for number in sentences:
        sentence = view.annotations.document.sentences[number]
        word = _pattern(load_record_words().beside).search(view.text.lower(), sentence.start, sentence.end)
        if word is not None:
            text = view.text[word.start() : word.end()]
            return Slot(text, text.lower(), None, (article.component.id,))
    return None


def _arms(view: View, number: int) -> Iterator[_Arm]:
    """Yield what stands behind the words of comparison of a sentence."""
    sentence = view.annotations.document.sentences[number]
    for cue in _comparison().finditer(view.text.lower(), sentence.start, sentence.end):
        rest = view.text[cue.end() : min(sentence.end, cue.end() + LONGEST)]
        border = END.search(f"{rest} ")
        stop = cue.end() + (border.start() if border else len(rest))
        named = [m for m in view.of([number], *ARMS) if cue.end() <= m.start and m.end <= stop]
        words = list(_pattern(load_record_words().controls).finditer(view.text.lower(), cue.end(), stop))
        ends = [m.end for m in named] + [w.end() for w in words]
        if ends:
            yield _whole(view, number, _Arm(Span(cue.end(), max(ends)), tuple(named), bool(words)))


def _whole(view: View, number: int, arm: _Arm) -> _Arm:
    """Return an arm with the product behind its source's short form: "bone marrow stromal cell (BMSC) EVs"."""
    bracket = SHORT_FORM.match(view.text, arm.span.end)
    product = [m for m in view.of([number], "COMPONENT") if bracket is not None and m.start == bracket.end()]
    if not product:
        return arm
    return _Arm(Span(arm.span.start, product[0].end), (*arm.mentions, product[0]), arm.control)


def _is_other(view: View, article: Article, arm: _Arm, prepared: bool) -> bool:
    """Tell whether an arm is not the article: another product, a control, or the article by another name."""
    own = [m for m in arm.mentions if m.id in article.ids()]
    if not own or arm.mentions[0].type == "DELIVERY":
        return True
    if arm.control or (prepared and not any(preparations_of(view, m) for m in own)):
        return True
    others = [m for m in article.mentions if m.sentence == own[0].sentence and m not in own]
    names = {_name(view, m) for m in others}
    first = view.text[arm.span.start : own[0].end].lower().removesuffix("s")
    repeated = _name(view, own[0]) in names and any(n.endswith(first) for n in _phrases(view, others))
    return bool(names) and not repeated


def _phrases(view: View, mentions: list[Mention]) -> list[str]:
    """Return mentions in lower case with some of what stands before them, without a plural's ending."""
    return [view.text[max(0, m.start - LONGEST) : m.end].lower().removesuffix("s") for m in mentions]


def _name(view: View, m: Mention) -> str:
    """Return the whole word that ends with a mention, without a plural's ending: of "H-EVs" all, not "EVs"."""
    start = m.start
    while start and not view.text[start - 1].isspace() and view.text[start - 1] not in "([":
        start -= 1
    return view.text[start : m.end].lower().removesuffix("s")


def _slot(view: View, article: Article, arm: _Arm) -> Slot:
    """Return the arm's words, with the canonical names of its mentions; a bare control stands on the article."""
    text = " ".join(view.text[arm.span.start : arm.span.end].split())
    outer = [m for m in arm.mentions if not any(o.span != m.span and o.span.contains(m.span) for o in arm.mentions)]
    value, at = "", arm.span.start
    for m in outer:
        value += view.text[at : m.start].lower() + view.value(m).replace("_", " ")
        at = m.end
    value = " ".join((value + view.text[at : arm.span.end].lower()).split())
    if len(outer) == 1 and outer[0].text == text:
        return view.slot(outer[0])
    return Slot(text, value, None, tuple(m.id for m in outer) or (article.component.id,))


@cache
def _comparison() -> re.Pattern[str]:
    words = load_record_words()
    names = ((*words.comparators, *words.contrasts), words.compared)
    compared, between = ("|".join(map(re.escape, n)) for n in names)
    return re.compile(rf"\b(?:{compared})\s+(?:(?:{between})\s+)*")


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")
