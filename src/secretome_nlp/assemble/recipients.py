"""Cultures told apart within a sentence: "less collagen from fibroblasts and more tubes of HUVECs" is two tests."""

from __future__ import annotations

from itertools import pairwise

from secretome_nlp.assemble.view import SOURCE_KINDS, View
from secretome_nlp.types import Mention, Outcome, Span

#: Words right before an outcome that say that the recipient stands before it: "protected neurons from apoptosis".
RECIPIENT_FIRST = ("from", "against")
#: A stress and the cells that bear it stand so close: "LPS-treated macrophages".
GAP = 2


def part(view: View, outcomes: list[Outcome]) -> list[tuple[tuple[Mention, ...], list[Outcome]]]:
    """Return the outcomes of a setting by the culture in which they were measured, each with its mentions.

    Outcomes are parted only where one sentence names several recipients with results of their own, and none tells of
    several at once; those of other sentences belong to the first part, as those without a recipient.
    """
    anchors = {id(o): _anchor(view, _target(view, o)) for o in outcomes}
    told = {_target(view, o).sentence for o in outcomes}
    parted = {n for n in told if _contrasts(view, outcomes, anchors, n)}
    if any(_is_joint(view, outcomes, anchors, n) for n in told - parted):
        return [((), outcomes)]
    parts: dict[str, tuple[list[Mention], list[Outcome]]] = {}
    for o in outcomes:
        anchor = anchors[id(o)] if _target(view, o).sentence in parted else None
        key = view.value(anchor) if anchor is not None else next(iter(parts), "")
        mentions, own = parts.setdefault(key, ([], []))
        own.append(o)
        if anchor is not None and anchor not in mentions:
            mentions.append(anchor)
    return [(tuple(mentions), own) for mentions, own in parts.values()]


def _target(view: View, outcome: Outcome) -> Mention:
    return view.mentions[outcome.target.mentions[0]]


def _trigger(view: View, outcome: Outcome) -> Span | None:
    relations = view.relations([_target(view, outcome).sentence], "affects", "tested_in")
    return next((r.trigger for r in relations if r.id == outcome.relation), None)


def _is_joint(view: View, outcomes: list[Outcome], anchors: dict[int, Mention | None], number: int) -> bool:
    """Tell whether a sentence has results of several recipients."""
    own = [anchors[id(o)] for o in outcomes if _target(view, o).sentence == number]
    return len({view.value(a) for a in own if a is not None}) > 1


def _contrasts(view: View, outcomes: list[Outcome], anchors: dict[int, Mention | None], number: int) -> bool:
    """Tell whether each of several recipients of a sentence has results of its own, and none is another in fewer words.

    What one verb says of several is one result ("raised growth of A549 cells and polarisation of macrophages").
    """
    here = [o for o in outcomes if _target(view, o).sentence == number]
    own = [anchors[id(o)] for o in here]
    if any(a is None or _only_before(view, _target(view, o), a) for o, a in zip(here, own, strict=True)):
        return False
    verbs = {(_trigger(view, o), view.value(a)) for o in here if (a := anchors[id(o)]) is not None}
    if len({trigger for trigger, _ in verbs}) < len(verbs):
        return False
    values = sorted({view.value(a) for a in own if a is not None}, key=len)
    return len(values) > 1 and not any(set(a.split()) & set(b.split()) - {"cell", "cells"} for a, b in pairwise(values))


def _only_before(view: View, target: Mention, anchor: Mention) -> bool:
    """Tell whether cells merely stand before what was measured: it may be theirs or another's."""
    return anchor.end <= target.start and view.text[anchor.end : target.start].split() not in (
        [w] for w in RECIPIENT_FIRST
    )


def _anchor(view: View, target: Mention) -> Mention | None:
    """Return the cells or stress in which a target was measured: in its name, before "from", after it, before it."""
    nested = [m for m in view.inside.get(target.id, ()) if _is_recipient(view, m)]
    if nested:
        return nested[0]
    near = [m for m in view.of([target.sentence], "CELL_TYPE", "MODEL") if _is_recipient(view, m)]
    near = [m for m in near if not m.span.overlaps(target.span) and not view.is_nested(m, "OUTCOME", "MODEL")]
    near = [m for n, m in enumerate(near) if not (n and m.start - near[n - 1].end <= GAP)]
    before = [m for m in near if m.end <= target.start]
    after = [m for m in near if m.start >= target.end]
    if before and view.text[before[-1].end : target.start].split() in ([w] for w in RECIPIENT_FIRST):
        return before[-1]
    return next(iter((*after, *before[::-1])), None)


def _is_recipient(view: View, m: Mention) -> bool:
    if m.type == "MODEL":  # a stress stands for the cells that bear it, not for conditions that hold for all
        borne = any(0 <= c.start - m.end <= GAP for c in view.of([m.sentence], "CELL_TYPE"))
        return m.kind == "in_vitro" and borne
    return m.kind not in SOURCE_KINDS and not view.is_nested(m, "COMPONENT", "PRIMING")
