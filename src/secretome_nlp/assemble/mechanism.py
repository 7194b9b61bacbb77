"""By what an effect comes about: molecules that mediate it, what a carried miRNA acts on, and processes."""

from __future__ import annotations

import re

from secretome_nlp.assemble import slots
from secretome_nlp.assemble.arms import is_carried
from secretome_nlp.assemble.effect import polarity_of
from secretome_nlp.assemble.view import View
from secretome_nlp.types import Mention, Slot

#: The words that lead from an effect to a process by which it comes about: "via", "through", "by promoting",
#: "by the activation of", with what stands between them and the process.
MEANS = re.compile(
    r"\b(?:(?:via|through)\s[^,;:.()]{0,60}|by\s(?:\w+ly\s)?\w+ing\s[^,;:.()]{0,40}|by\s(?:the\s)?\w+ion\sof\s[^,;:.()]{0,30})$"
)
#: How far before a process those words may begin.
REACH = 90


def mechanism_slots(view: View, sentences: list[int], priming: tuple[Slot, ...] = ()) -> tuple[Slot, ...]:
    """Return by what the effects come about: what mediates them, what carried molecules do, and processes.

    `sentences` are those that tell of the record's setting, or of none. A miRNA with which the product was prepared
    (`priming`) is what was tested; what it acts on is the mechanism.
    """
    found = [view.mentions[r.tail] for r in view.relations(sentences, "mediated_by") if not r.negated]
    brought = {view.value(view.mentions[r.tail]) for r in view.relations(sentences, "contains") if not r.negated}
    brought |= {view.value(m) for m in found if m.type == "MIRNA"}
    for r in view.relations(sentences, "regulates", "affects"):
        head = view.mentions[r.head]
        if r.negated or head.type not in ("MIRNA", "FACTOR"):
            continue
        if r.type == "regulates" and (view.value(head) in brought or is_carried(view, head)):
            found += [head, view.mentions[r.tail]]
        elif is_carried(view, head):
            found.append(head)
    found += _processes(view, sentences)
    given = {view.value(o) for s in priming for i in s.mentions for o in view.inside.get(i, ()) if o.type == "MIRNA"}
    means = (m for m in found if m.type != "MIRNA" or view.value(m) not in given)
    return slots.unique(view.slot(m) for m in sorted(means, key=lambda m: m.start))


def _processes(view: View, sentences: list[int]) -> list[Mention]:
    """Return the processes that a sentence of a finding names as the means of another effect.

    "By lowering inflammation" tells of one more outcome: what is a harm in itself is no means. A title puts an effect
    for its means; beside results they stand as outcomes.
    """
    told = {r.sentence for r in view.relations(sentences, "affects", "mediated_by", "tested_in")}
    found = [
        m for m in view.of(sentences, "OUTCOME") if m.sentence in told and not _is_harm(view, m) and _is_means(view, m)
    ]
    title = len(view.annotations.document.title)
    if any(view.relations([n], "affects") for n in sentences if view.annotations.document.sentences[n].end > title):
        return [m for m in found if m.end > title]
    return found


def _is_harm(view: View, m: Mention) -> bool:
    return polarity_of(view, m) == "lower_better"


def _is_means(view: View, m: Mention) -> bool:
    start = view.annotations.document.sentences[m.sentence].start
    before = view.text[max(start, m.start - REACH) : m.start].lower()
    found = MEANS.search(before)
    if found is None:
        return False
    since = m.start - len(before) + found.start()
    between = [o for o in view.of([m.sentence], "COMPONENT", "OUTCOME") if since <= o.start and o.end <= m.start]
    return not any(o.type == "COMPONENT" for o in between) and not view.is_nested(m, "OUTCOME", "MODEL", "PRIMING")
