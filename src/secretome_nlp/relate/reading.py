"""From a pattern's match to relations: pairs of mentions, their direction, and which of them stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from secretome_nlp.knowledge.cues import load_cues
from secretome_nlp.knowledge.ratios import unmodified
from secretome_nlp.knowledge.rules import Rule
from secretome_nlp.relate.atoms import Atom
from secretome_nlp.relate.compile import CompiledRule
from secretome_nlp.relate.direction import Compass
from secretome_nlp.relate.forms import Flags
from secretome_nlp.types import Cue, Direction, Mention, Relation, Span

#: How soon after two names "ratio" makes them one.
_RATIO_REACH = 2
#: How soon after two lists "respectively" makes them go in step.
_STEP_REACH = 4
#: The most pairs that one match of one pattern may give.
PAIR_LIMIT = 400
#: Relations whose head is what is given.
_OF_GIVEN = frozenset({"affects", "tested_in", "delivered_by", "dosed_at"})
#: What stands behind a product that is kept away rather than given: "exosome inhibitors", "EV-depleted serum".
_KEPT_AWAY = re.compile(
    r"[\s-]*(?:(?:release|secretion|biogenesis|production|generation|formation|uptake)\s+)?"
    r"(?:inhibitors?|blockers?|free|depleted|deficient|pathways?)\b",
    re.I,
)
#: Relations whose head is what acts or is given: of "MSC-derived exosomes" the exosomes, not the cells.
_OF_AGENTS = frozenset({"affects", "tested_in", "contains", "delivered_by", "mediated_by", "dosed_at"})


class Reading(NamedTuple):
    """Two mentions as one rule relates them, before duplicates and blocked readings are dropped."""

    rule: CompiledRule
    head: Mention
    tail: Mention
    direction: Direction | None
    trigger: Span | None
    sentence: int


def readings_of(
    compiled: CompiledRule, match: re.Match[str], row: list[Atom], number: int, compass: Compass
) -> Iterator[Reading]:
    """Pair every head with every tail of a match, or the first with the first and so on, if told "respectively"."""
    trigger = _single(match, row, "trigger")
    modifier = _single(match, row, "modifier")
    rule = compiled.rule
    heads = _members(match, row, "head", rule)
    tails = _members(match, row, "tail", rule)
    given = 0
    span = Span(trigger.start, trigger.end) if trigger is not None else None
    each = len(heads) == len(tails) > 1 and _respectively(match, row)
    for i, head in enumerate(heads):
        for tail in tails[i : i + 1] if each else tails:
            if head.id == tail.id or head.span.overlaps(tail.span):
                continue
            given += 1
            if given > PAIR_LIMIT:
                return
            direction = compass.direction(rule.direction, trigger, modifier, tail)
            yield Reading(compiled, head, tail, direction, span, number)


def _respectively(match: re.Match[str], row: list[Atom]) -> bool:
    """Tell whether two lists go in step: "miR-1 and miR-2 lowered A and B, respectively"."""
    return any(atom.norm == "respectively" for atom in row[match.start() : match.end() + _STEP_REACH])


def _single(match: re.Match[str], row: list[Atom], name: str) -> Atom | None:
    if name not in match.re.groupindex or match.start(name) < 0:
        return None
    return row[match.start(name)]


def _members(match: re.Match[str], row: list[Atom], name: str, rule: Rule) -> list[Mention]:
    """The mentions of a slot: of a list, each member that has a type of the slot.

    miRNA-target corpora pair the long and the short form of a gene alike, so `regulates` gives both.
    """
    types = rule.head.types if name == "head" else rule.tail.types
    both = rule.relation == "regulates"
    found: list[Mention] = []
    atoms = row[match.start(name) : match.end(name)]
    following = row[match.end(name) : match.end(name) + _RATIO_REACH]
    for i, atom in enumerate(atoms):
        apart = both or i < 2 or not (is_divisor([*atoms, *following], i) or _is_short_form(atoms, i))
        if apart:
            found.extend(m for m in atom.mentions(both) if m.type in types)
    return found


def is_divisor(atoms: list[Atom], i: int) -> bool:
    """Tell whether a molecule is what another is divided by: a change of "p-ERK/ERK" or of a ratio is the first's."""
    if i < 2 or atoms[i - 1].norm != "/":
        return False
    first, second = atoms[i - 2].mention, atoms[i].mention
    if first is None or second is None or first.type != second.type:
        return False
    bare = unmodified(first.text).lower()
    if bare == second.text.lower() != first.text.lower() or second.text == "I":
        return True
    return any(a.norm in ("ratio", "ratios") for a in atoms[i + 1 : i + 1 + _RATIO_REACH])


def _is_short_form(atoms: list[Atom], i: int) -> bool:
    """Tell whether a thing stands alone in a bracket after the longer name of its type: "stem cells (SCs)"."""
    if i < 2 or i + 1 >= len(atoms) or not (atoms[i - 1].flags & Flags.OPEN and atoms[i + 1].flags & Flags.CLOSE):
        return False
    long, short = atoms[i - 2].mention, atoms[i].mention
    return bool(long and short and long.type == short.type and len(short.text) < len(long.text))


def settle(readings: list[Reading], cues: tuple[Cue, ...], text: str) -> tuple[Relation, ...]:
    """Drop blocked and repeated readings, mark negated and hedged ones, and number what stands.

    `text` is the document's, of which the cues are.

    Of two readings of the same pair the one of the earlier rule stands. A rule that blocks a relation type
    takes it from every other reading with the same trigger.
    """
    readings = _effects_first(_not_left_over(_unclaimed(_agents_for_sources(readings))))
    blocked = {
        (reading.sentence, reading.trigger, type_)
        for reading in readings
        for type_ in reading.rule.rule.blocks
        if reading.trigger is not None
    }
    best: dict[tuple[str, str, str], Reading] = {}
    for reading in readings:
        rule = reading.rule.rule
        if (reading.sentence, reading.trigger, rule.relation) in blocked and rule.relation not in rule.blocks:
            continue
        if _of_itself(reading) or _is_kept_away(reading, text):
            continue
        key = (rule.relation, reading.head.id, reading.tail.id)
        if key not in best or reading.rule.order < best[key].rule.order:
            best[key] = reading
    ordered = sorted(best.values(), key=_place)
    told = load_cues().assertion
    cues = tuple(cue for cue in cues if cue.id not in told.told_cues and not told.tells_ability(cue, text))
    return tuple(_relation(f"r{n + 1}", reading, cues) for n, reading in enumerate(ordered))


def _of_itself(reading: Reading) -> bool:
    """Tell whether both ends are one thing: "targets of miR-21", said of miR-21, name no target."""
    head, tail = reading.head, reading.tail
    return head.type == tail.type and head.text.lower() == tail.text.lower()


def _is_kept_away(reading: Reading, text: str) -> bool:
    """Tell whether what is given is a thing against the product, or one without it."""
    head = reading.head
    given = reading.rule.rule.relation in _OF_GIVEN and head.type == "COMPONENT"
    return given and _KEPT_AWAY.match(text, head.end) is not None


def _agents_for_sources(readings: list[Reading]) -> list[Reading]:
    """Where a cell is named only as the source of a product, let the product be the agent of what is said of it."""
    products: dict[str, Mention] = {}
    for reading in sorted(readings, key=_place):
        if reading.rule.rule.source and reading.head.type == "COMPONENT":
            products.setdefault(reading.tail.id, reading.head)
    if not products:
        return readings
    found = []
    for reading in readings:
        product = products.get(reading.head.id) if reading.rule.rule.relation in _OF_AGENTS else None
        if product is None:
            found.append(reading)
        elif product.id != reading.tail.id and not product.span.overlaps(reading.tail.span):
            found.append(reading._replace(head=product))
    return found


def _unclaimed(readings: list[Reading]) -> list[Reading]:
    """Drop readings of a tail that another rule of the relation has claimed in the same sentence."""
    claims: dict[tuple[int, str, str], int] = {}
    for reading in readings:
        if reading.rule.rule.claims:
            key = (reading.sentence, reading.rule.rule.relation, reading.tail.id)
            claims[key] = min(reading.rule.order, claims.get(key, reading.rule.order))
    return [
        r for r in readings if claims.get((r.sentence, r.rule.rule.relation, r.tail.id), r.rule.order) == r.rule.order
    ]


def _not_left_over(readings: list[Reading]) -> list[Reading]:
    """Drop readings by rules of leftovers whose tail another rule of the relation has read in the same sentence."""
    told = {(r.sentence, r.rule.rule.relation, r.tail.id) for r in readings if not r.rule.rule.leftover}
    return [
        r for r in readings if not r.rule.rule.leftover or (r.sentence, r.rule.rule.relation, r.tail.id) not in told
    ]


def _effects_first(readings: list[Reading]) -> list[Reading]:
    """What an effect runs through belongs to the outcome that the sentence names, else to the agent: never to both."""
    named = {_means(r) for r in readings if r.rule.rule.relation == "mediated_by" and r.head.type == "OUTCOME"}
    return [
        r
        for r in readings
        if r.rule.rule.relation != "mediated_by" or r.head.type == "OUTCOME" or _means(r) not in named
    ]


def _means(reading: Reading) -> tuple[int, str]:
    return reading.sentence, reading.tail.id


def _place(reading: Reading) -> tuple[int, int, int, str, str, str]:
    head, tail = reading.head, reading.tail
    return (reading.sentence, head.start, tail.start, reading.rule.rule.relation, head.id, tail.id)


def _relation(id_: str, reading: Reading, cues: tuple[Cue, ...]) -> Relation:
    rule, told = reading.rule.rule, load_cues().assertion
    place = reading.trigger or reading.tail.span
    kinds = {cue.kind for cue in cues if cue.scope.contains(place) or cue.span.overlaps(place)}
    return Relation(
        id=id_,
        type=rule.relation,
        head=reading.head.id,
        tail=reading.tail.id,
        rule=rule.id,
        sentence=reading.sentence,
        direction=reading.direction,
        negated=rule.negated or ("negation" in kinds and not rule.denial_shows and rule.relation not in told.undenied),
        hedged="hedge" in kinds and rule.relation not in told.undoubted,
        trigger=reading.trigger,
    )
