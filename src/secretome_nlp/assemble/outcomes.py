"""The outcomes of a record: one for each measured thing, however often and in whatever words the text tells of it."""

from __future__ import annotations

import re

from secretome_nlp.assemble.view import View
from secretome_nlp.types import Mention, Outcome

#: Directions of which the first says more than the second of the same thing.
FULLER = {"increase": "improve", "decrease": "improve"}
OPPOSITE = {"increase": "decrease", "decrease": "increase"}
#: Types whose names mean another thing with one word more ("glutathione", "glutathione peroxidase").
MOLECULES = frozenset({"GENE", "FACTOR", "MIRNA"})


def distinct(view: View, outcomes: list[Outcome]) -> tuple[Outcome, ...]:
    """Keep one outcome a target and direction: plain before hedged, and a measured change before "improved".

    A target is met again in fewer words ("apoptosis" after "podocyte apoptosis") or in other words for the same
    concept in the same cells.
    """
    kept: list[Outcome] = []
    for o in sorted(outcomes, key=lambda o: o.hedged):
        place = next((n for n, k in enumerate(kept) if _same_direction(k, o) and _same_target(view, k, o)), None)
        if place is None:
            kept.append(o)
        elif FULLER.get(o.direction) == kept[place].direction and not o.hedged:
            kept[place] = o
    kept = [o for n, o in enumerate(kept) if not _is_gainsaid(view, o, kept[:n])]
    order = {o.relation: n for n, o in enumerate(outcomes)}
    return tuple(sorted(kept, key=lambda o: order[o.relation]))


def named(view: View, outcomes: list[Outcome]) -> list[Outcome]:
    """Leave out that a product protects, repairs or has a power, where something is named in which this was seen."""
    plain = [
        o
        for o in outcomes
        if o.direction not in ("increase", "improve") or not is_vague(view, view.mentions[o.target.mentions[0]])
    ]
    return plain if any(not o.hedged for o in plain) else outcomes


def is_vague(view: View, target: Mention) -> bool:
    """Tell whether a target is a power of a product, or says that something got better without saying what."""
    return target.kind == "power" or target.text.lower().endswith(view.words.vague_endpoints)


def _is_gainsaid(view: View, outcome: Outcome, earlier: list[Outcome]) -> bool:
    """Tell whether the same target went the other way before: an inhibitor's or another arm took it back."""
    return any(OPPOSITE.get(k.direction) == outcome.direction and _same_target(view, k, outcome) for k in earlier)


def _same_direction(a: Outcome, b: Outcome) -> bool:
    return (
        a.direction == b.direction or b.direction == FULLER.get(a.direction) or a.direction == FULLER.get(b.direction)
    )


def _same_target(view: View, a: Outcome, b: Outcome) -> bool:
    first, second = (view.mentions[o.target.mentions[0]] for o in (a, b))
    return a.target.value == b.target.value or same_measure(view, first, second)


def same_measure(view: View, first: Mention, second: Mention) -> bool:
    """Tell whether two targets are one measured thing: in fewer words, or by the same concept in the same cells."""
    cells = [{view.value(c) for c in view.inside.get(m.id, ()) if c.type == "CELL_TYPE"} for m in (first, second)]
    if cells[0] and cells[1] and cells[0] != cells[1]:
        return False
    if first.concept is not None and first.concept == second.concept:
        return True
    if {first.type, second.type} & MOLECULES:
        return False
    words = [_words(view, m) for m in (first, second)]
    return words[0] <= words[1] or words[1] <= words[0]


def _words(view: View, mention: Mention) -> set[str]:
    return set(re.split(r"[\s/-]+", view.value(mention)))
