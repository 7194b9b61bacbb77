"""Which way an endpoint went, and what that means: benefit, harm, none or unclear.

A direction is read with the polarity of its target: infarct size down is a benefit, capillary density up is one.
"""

from __future__ import annotations

from secretome_nlp.assemble.view import View
from secretome_nlp.types import Effect, Mention, Outcome, OutcomeDirection, Relation

#: What is measured when a disease word is an endpoint is better when there is less of it.
DISEASE_POLARITY = "lower_better"


def outcome_of(view: View, relation: Relation) -> Outcome | None:
    """Return the outcome that an `affects` relation tells, None where its target is no endpoint."""
    target = view.mentions[relation.tail]
    if target.type not in ("OUTCOME", "MODEL", "FACTOR", "GENE", "CELL_TYPE", "MIRNA", "TISSUE"):
        return None
    direction, effect = _read(view, relation, target)
    return Outcome(view.slot(target), direction, effect, relation.negated, relation.hedged, relation.id)


def _read(view: View, relation: Relation, target: Mention) -> tuple[OutcomeDirection, Effect]:
    if relation.negated or relation.direction == "none":
        return "no_change", "none"
    trigger = ""
    if relation.trigger is not None:
        trigger = view.text[relation.trigger.start : relation.trigger.end].lower()
    polarity = polarity_of(view, target)
    if any(w.startswith(view.words.worsen) for w in trigger.split()):
        return "worsen", "harm"
    if any(w.startswith(view.words.improve) for w in trigger.split()):
        return _improved(relation, polarity)
    if relation.direction is None:
        return "improve", "unclear"
    return relation.direction, _effect(relation.direction, polarity)


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
    """Return the polarity of an endpoint from its lexicon entry; a disease is better when it is less."""
    entry = view.entry(target)
    if entry is not None and entry.polarity:
        return entry.polarity
    return DISEASE_POLARITY if target.type == "MODEL" else None
