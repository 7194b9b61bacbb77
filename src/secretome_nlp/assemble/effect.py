"""Which way an endpoint went, and what that means: benefit, harm, none or unclear.

A direction is read with the polarity of its target: infarct size down is a benefit, capillary density up is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from secretome_nlp.assemble.view import View
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.ratios import unmodified
from secretome_nlp.types import Effect, Mention, Outcome, OutcomeDirection, Relation, Slot

#: What a molecule is divided by.
RATIO = re.compile(r"\s?/\s?(?P<by>[\w-]+)\b(?P<ratio>\s+ratio)?")
#: A word, with what a hyphen joins to it, or the part behind one.
WORD = re.compile(r"(?=\b([\w-]+))")
#: What is measured when a disease word is an endpoint is better when there is less of it.
DISEASE_POLARITY = "lower_better"
#: What a tumour must not do, and what it should (beginnings of words).
GROWTH = ("m2 ", "prolif", "growth", "migrat", "invas", "metasta", "viab", "surviv", "angiogen", "vascul",
          "emt", "stemness", "mesenchymal transition", "resistance", "progression", "mobility", "motility",
          "colony")  # fmt: skip
DEATH = ("apopto", "death", "senescen", "necro", "pyropto", "ferropto", "sensitiv", "cytotox", "cytoly", "kill",
         "tumoricid", "tumouricid", "anti-tumo", "antitumo", "anti-cancer", "anticancer", "regress")  # fmt: skip
#: Types whose names hold words that say nothing of growth or death ("tumor necrosis factor").
MOLECULES = frozenset({"GENE", "FACTOR", "MIRNA"})


def outcome_of(view: View, relation: Relation) -> Outcome | None:
    """Return the outcome that an `affects` relation tells, None where its target is no endpoint.

    "Regulates autophagy" says neither that it changed in a direction nor that it did not: no outcome either.
    """
    if relation.id not in view.outcomes:
        view.outcomes[relation.id] = _outcome_of(view, relation)
    return view.outcomes[relation.id]


def _outcome_of(view: View, relation: Relation) -> Outcome | None:
    target = view.mentions[relation.tail]
    if target.type not in ("OUTCOME", "MODEL", "FACTOR", "GENE", "CELL_TYPE", "MIRNA", "TISSUE"):
        return None
    if relation.direction == "none" and not relation.negated:
        return None
    direction, effect = _read(view, relation, target)
    return Outcome(_slot(view, target), direction, effect, relation.negated, relation.hedged, relation.id)


def _slot(view: View, target: Mention) -> Slot:
    """Return what was measured; a molecule that another divides is measured as their ratio, "p-ERK/ERK"."""
    ratio = RATIO.match(view.text, target.end) if target.type in ("GENE", "FACTOR") else None
    slot = view.slot(target)
    if ratio is None or not (ratio["ratio"] or ratio["by"] == "I" or unmodified(target.text) == ratio["by"]):
        return slot
    text = view.text[target.start : ratio.end("by")]
    return replace(slot, text=text, value=text.lower(), id=None)


def with_context(
    view: View, outcomes: tuple[Outcome, ...], models: tuple[Slot, ...], claimed: Iterable[Outcome] = ()
) -> tuple[Outcome, ...]:
    """Read the outcomes of a record together, in the light of all that is `claimed` of its article.

    In a tumour more growth is harm, whatever growth is elsewhere; cultures without a model of their own are a tumour's
    where the title names one. A marker of no known meaning that changed along with
    endpoints of one meaning (all benefits, or all harms) shares it: that is why its authors report it. Where the record
    itself has no endpoint of known meaning, title and conclusion may tell.
    """
    tumour = any(w in m.value for m in models for w in view.words.tumours)
    if not any(view.mentions[i].type == "MODEL" for m in models for i in m.mentions):
        tumour = tumour or _titled_tumour(view)
    read = [_in_tumour(view, o, tumour) for o in outcomes]
    clear = _clear(read) or _clear(_in_tumour(view, o, tumour) for o in claimed)
    if len(clear) != 1:
        return tuple(read)
    (shared,) = clear
    return tuple(replace(o, effect=shared) if _is_marker(view, o) else o for o in read)


def _titled_tumour(view: View) -> bool:
    """Tell whether a tumour, or a cell of one, stands in the title."""
    names = [name for m in view.of((0,), "MODEL", "CELL_TYPE") for name in (view.value(m), m.text.lower())]
    return any(w in name for name in names for w in view.words.tumours)


def _clear(outcomes: Iterable[Outcome]) -> set[Effect]:
    return {o.effect for o in outcomes if o.effect in ("benefit", "harm") and not o.hedged}


def _is_marker(view: View, outcome: Outcome) -> bool:
    target = view.mentions[outcome.target.mentions[0]]
    return outcome.effect == "unclear" and target.type in ("GENE", "FACTOR", "MIRNA", "OUTCOME")


def _in_tumour(view: View, outcome: Outcome, tumour: bool) -> Outcome:
    """Turn the meaning of growth, movement, vessels and death where they are a tumour's."""
    if view.mentions[outcome.target.mentions[0]].type in MOLECULES:
        return outcome
    words = outcome.target.text.lower()
    named = any(w in words for w in view.words.tumours)
    if not (tumour or named) or outcome.direction not in ("increase", "decrease"):
        return outcome
    up = outcome.direction == "increase"
    if any(w in words for w in GROWTH) or named:
        dies = any(w in words for w in DEATH)
        return replace(outcome, effect="harm" if up != dies else "benefit")
    if any(w in words for w in DEATH):
        return replace(outcome, effect="benefit" if up else "harm")
    return outcome


def _read(view: View, relation: Relation, target: Mention) -> tuple[OutcomeDirection, Effect]:
    if relation.negated or relation.direction == "none":
        return "no_change", "none"
    trigger = _trigger(view, relation)
    polarity = polarity_of(view, target)
    words = trigger.split()
    if any(w.startswith(view.words.worsen) for w in words):
        return "worsen", "harm"
    if any(w.startswith(view.words.improve) for w in words):
        return _improved(relation, polarity)
    if relation.direction is None:
        return "improve", "unclear"
    return relation.direction, _effect(relation.direction, polarity)


def _trigger(view: View, relation: Relation) -> str:
    """Return the words by which a relation was read, in lower case."""
    span = relation.trigger
    return view.text[span.start : span.end].lower() if span is not None else ""


def _improved(relation: Relation, polarity: str | None) -> tuple[OutcomeDirection, Effect]:
    """ "Attenuated fibrosis" is a decrease, "restored perfusion" an increase, "improved X" as X is known."""
    direction = relation.direction
    if direction is not None and direction != "none" and _effect(direction, polarity) == "benefit":
        return direction, "benefit"
    return "improve", "benefit"


def _effect(direction: str, polarity: str | None) -> Effect:
    if polarity == "higher_better":
        return "benefit" if direction == "increase" else "harm"
    if polarity == "lower_better":
        return "benefit" if direction == "decrease" else "harm"
    return "unclear"


def polarity_of(view: View, target: Mention) -> str | None:
    """Return the polarity of an endpoint by its lexicon entry, else by its words; less of a disease is better."""
    entry = view.entry(target)
    if entry is not None and entry.polarity and not _says_more(target, entry):
        return entry.polarity
    if target.type == "MODEL" or (entry is not None and entry.type == "MODEL"):
        return DISEASE_POLARITY
    return _polarity_by_words(view, target) if target.type == "OUTCOME" else None


def _says_more(target: Mention, entry: Entry) -> bool:
    """Tell whether an endpoint is named in more words than what it is measured as: "hair density" by its density."""
    return entry.polarity == "neutral" and target.type == "OUTCOME" and target.by.how == "grammar"


def _polarity_by_words(view: View, target: Mention) -> str | None:
    words = WORD.findall(target.text.lower())
    lists = (view.words.against_harm, view.words.harms, view.words.goods)
    told = next((n for n, beginnings in enumerate(lists) if any(w.startswith(beginnings) for w in words)), None)
    return None if told is None else ("higher_better", "lower_better", "higher_better")[told]
