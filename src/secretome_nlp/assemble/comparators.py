"""What an article was compared with: what stands behind a word of comparison, or an arm that is named a control."""

from __future__ import annotations

import re

from secretome_nlp.assemble.arms import Article
from secretome_nlp.assemble.comparisons import LONGEST, Arm, arms_of, pattern_of
from secretome_nlp.assemble.preparations import preparations_of
from secretome_nlp.assemble.view import View
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Mention, Slot

#: The finder of arms that are named as controls ("Ctrl-EVs").
CONTROL_ARM = "component.arm"

#: "Neither A nor B" names no arm kept in normoxia ("Nor-exo").
CONJUNCTION = re.compile(r"nor\b(?!-)")


def comparator_slot(view: View, article: Article, sentences: list[int]) -> Slot | None:
    """Return what the article was compared with, if that is said: in a finding before an aim or a method.

    The article itself without its preparation can be the comparator of the prepared one.
    """
    ordered = sorted(sentences, key=lambda n: view.roles[n] in ("aim", "method", "hypothesis"))
    prepared = any(preparations_of(view, m) for m in article.mentions)
    for number in ordered:
        for arm in arms_of(view, number):
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
        words = pattern_of(load_record_words().beside).finditer(view.text, sentence.start, sentence.end)
        word = next((w for w in words if not CONJUNCTION.match(view.text, w.start())), None)
        if word is not None:
            text = view.text[word.start() : word.end()]
            return Slot(text, text.lower(), None, (article.component.id,))
    return None


def _is_other(view: View, article: Article, arm: Arm, prepared: bool) -> bool:
    """Tell whether an arm is not the article: another product, a control, or the article by another name."""
    own = [m for m in arm.mentions if m.id in article.ids()]
    if not own or arm.mentions[0].type == "DELIVERY":
        return True
    if arm.control or (prepared and not any(preparations_of(view, m) for m in own)):
        return True
    others = [m for m in article.mentions if m.sentence == own[0].sentence and m not in own]
    ways = frozenset().union(*(preparations_of(view, m) for m in own))
    if any(preparations_of(view, m) - ways for m in others):
        return True
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


def _slot(view: View, article: Article, arm: Arm) -> Slot:
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
