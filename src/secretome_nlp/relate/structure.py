"""Relations that need no words: what lies within what, what is named together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from secretome_nlp.knowledge.rules import Argument
from secretome_nlp.relate.atoms import Atom
from secretome_nlp.relate.compile import CompiledRule, CompiledRules
from secretome_nlp.relate.direction import Compass
from secretome_nlp.relate.forms import Flags
from secretome_nlp.relate.reading import Reading
from secretome_nlp.types import Mention, Span


def readings_nested(mentions: list[Mention], number: int, rules: CompiledRules) -> Iterator[Reading]:
    """Read one sentence's mentions by the rules whose frame is nesting."""
    if all(one.end <= two.start for one, two in pairwise(mentions)):
        return
    for compiled in rules.of_frame("nesting"):
        yield from _nested(compiled, mentions, number)


#: The organism of "human serum" and "human microvessels" is where they are from, and no host.
_ADJECTIVE = "human"
#: How many words may stand between "from" and what it governs: "from the serum of AD patients".
_FROM_REACH = 5


def readings_together(
    mentions: list[Mention], row: list[Atom], mask: int, number: int, rules: CompiledRules, actors: frozenset[str]
) -> Iterator[Reading]:
    """Pair each tail with the agent nearest before it in the sentence, else the first after it.

    Agents are of the first of the rule's types that the sentence names; what lies inside another mention takes no
    part, nor what the agent comes from ("exosomes from the serum of patients"). `row` is the sentence's plain
    spelling and `mask` its characters, among them one of the rule's gate, if it has one. Where the sentence says what
    acted (`actors`, ids of mentions), others were not what was tested. What a rule rules out may not stand between.
    """
    outer = _not_inside(mentions)
    origins: set[str] | None = None
    for compiled in rules.of_frame("together"):
        if mask & compiled.never or (compiled.trigger and not mask & compiled.trigger):
            continue
        rule = compiled.rule
        tails = [m for m in outer if m.type in rule.tail.types]
        if not tails:
            continue
        by_type = ([m for m in outer if m.type == t and _of_kind(m, rule.head.kind, rules)] for t in rule.head.types)
        heads = next((found for found in by_type if found), [])
        if origins is None:
            origins = _origins(row, rules)
        for tail in tails if heads else []:
            if tail.id not in origins and tail.text.lower() != _ADJECTIVE:
                before = [h for h in heads if h.start < tail.start]
                head = before[-1] if before else heads[0]
                acted = not actors or head.id in actors or rule.relation != "tested_in"
                if acted and not _comes_between(row, head, tail, compiled.unless):
                    yield Reading(compiled, head, tail, None, None, number)


def _comes_between(row: list[Atom], head: Mention, tail: Mention, symbols: frozenset[str]) -> bool:
    """Tell whether one of some words stands between two mentions."""
    start, end = min(head.end, tail.end), max(head.start, tail.start)
    return bool(symbols) and any(a.symbol in symbols and start <= a.start < end for a in row)


#: How many words before and after what is changed the word of change may stand.
_CHANGE_BEFORE, _CHANGE_AFTER = 10, 5
#: What may have made a change in place of the agent named before it.
_MOLECULES = frozenset({"MIRNA", "GENE"})


def readings_nearest(
    row: list[Atom], mask: int, number: int, rules: CompiledRules, compass: Compass, found: list[Reading]
) -> Iterator[Reading]:
    """Pair what the patterns left untold with the first agent of its sentence, by the nearest word of change.

    The agent is of the first of the rule's types that the sentence names and stands before both. `row` is the
    sentence's plain spelling and `mask` its characters, `found` what was read from it.
    """
    named = [(i, a.mention) for i, a in enumerate(row) if a.mention is not None]
    for compiled in rules.of_frame("nearest"):
        if mask & compiled.never or not mask & compiled.trigger:
            continue
        rule = compiled.rule
        by_type = ([(i, m) for i, m in named if _is_argument(m, rule.head, t, rules)] for t in rule.head.types)
        agent = next((things[0] for things in by_type if things), None)
        if agent is None:
            continue
        first, head = agent
        told = {
            end.id for r in found for end in (r.head, r.tail) if r.rule.rule.relation in (rule.relation, "mediated_by")
        }
        tails = [(i, m) for i, m in named if i > first and m.type in rule.tail.types and m.id not in told]
        changes = [i for i, a in enumerate(row) if rules.bits[a.symbol] & compiled.trigger] if tails else []
        for at, tail in tails:
            near = min(changes, key=lambda i: abs(i - at))
            if _comes_between(row, head, tail, compiled.unless):
                continue
            if near > first and at - _CHANGE_BEFORE <= near <= at + _CHANGE_AFTER and _tells(row, first, near, at):
                trigger = row[near]
                direction = compass.direction(rule.direction, trigger, None, tail)
                yield Reading(compiled, head, tail, direction, Span(trigger.start, trigger.end), number)


def _tells(row: list[Atom], agent: int, change: int, at: int) -> bool:
    """Tell a change of what stands at a place from one in its presence, by another thing, or in another clause."""
    if any(a.flags & Flags.BORDER for a in row[agent : max(change, at)]):
        return False
    between = row[change + 1 : at]
    if any(a.flags & Flags.FINITE or a.flags & (Flags.PREP | Flags.OF_IN) == Flags.PREP for a in between):
        return False
    if any(a.mention is not None and a.mention.type in _MOLECULES for a in row[agent:change]):
        return False
    if any(_names_agent(row, end) for end in (change + 1, at + 1)):
        return False
    return at + 1 == len(row) or not row[at + 1].flags & (Flags.MENTION | Flags.HYPHEN)


def _names_agent(row: list[Atom], at: int) -> bool:
    """Tell "reduced by rest", which says what did it, from "reduced by raising A"."""
    return at + 1 < len(row) and row[at].norm == "by" and not row[at + 1].flags & Flags.ING


def _is_argument(mention: Mention, argument: Argument, type_: str, rules: CompiledRules) -> bool:
    return mention.type == type_ and _of_kind(mention, argument.kind, rules)


#: How many sentences after that on the model the agent may be named.
_SETUP_REACH = 2


class Setups:
    """Hosts in sentences that tell how a model was made, until a sentence names what was given."""

    def __init__(self, rules: CompiledRules) -> None:
        self._rules = rules.of_frame("setup")
        self._waiting: list[tuple[int, CompiledRule, Mention]] = []

    def readings(self, mentions: list[Mention], agent: Mention | None, mask: int, number: int) -> Iterator[Reading]:
        """Take in a sentence: `agent` is what it says was given or acted, `mask` its characters."""
        if agent is None:
            for compiled in self._rules:
                if mask & compiled.trigger and not mask & compiled.never:
                    tails = [m for m in _not_inside(mentions) if m.type in compiled.rule.tail.types]
                    self._waiting.extend((number, compiled, tail) for tail in tails)
            return
        for told, compiled, tail in self._waiting:
            if number - told <= _SETUP_REACH and agent.type in compiled.rule.head.types:
                yield Reading(compiled, agent, tail, None, None, number)
        self._waiting.clear()


#: What stands between a model and its host: "UUO rats", "colitis in mice", "a rat model of sepsis", "MI model mice".
_JOINED = re.compile(r"[\s-]*(?:\w+\s+){0,2}(?:models?\s*)?(?:(?:in|of)\s+(?:(?:a|an|the)\s+)?(?:\w+\s+)?)?")


_NEAR = 120  # characters


def readings_companions(text: str, mentions: list[Mention], found: list[Reading]) -> Iterator[Reading]:
    """Give what was tested in a model the host that is named with it, and what was tested in a host its model."""
    tested = [r for r in found if r.rule.rule.relation == "tested_in" and r.rule.rule.frame != "together"]
    if not tested:
        return
    cells = [m.span for m in mentions if m.type == "CELL_TYPE"]
    hosts = [m for m in mentions if m.type == "SPECIES" and not any(c.contains(m.span) for c in cells)]
    pairs = [(m, h) for m in mentions if m.type == "MODEL" for h in hosts if _go_together(text, m, h)]
    known = {(r.head.id, r.tail.id) for r in tested}
    for reading in tested:
        for other in _companions(reading.tail, pairs):
            if other.type in reading.rule.rule.tail.types and (reading.head.id, other.id) not in known:
                known.add((reading.head.id, other.id))
                yield reading._replace(tail=other)


def _companions(tail: Mention, pairs: list[tuple[Mention, Mention]]) -> list[Mention]:
    return [other for pair in pairs for one, other in (pair, pair[::-1]) if one.id == tail.id]


def _go_together(text: str, model: Mention, host: Mention) -> bool:
    """Tell whether a model and a host stand so close that one is told of the other, or one lies in the other."""
    if host.span.contains(model.span):
        return True
    first, second = sorted((model, host), key=lambda m: m.start)
    return (
        first.end <= second.start <= first.end + _NEAR and _JOINED.fullmatch(text[first.end : second.start]) is not None
    )


def _not_inside(mentions: list[Mention]) -> list[Mention]:
    """Leave out mentions that lie inside longer ones; those of the same span stay side by side."""
    kept: list[Mention] = []
    for m in mentions:
        if not kept or m.end > kept[-1].end or m.span == kept[-1].span:
            kept.append(m)
    return kept


def _origins(row: list[Atom], rules: CompiledRules) -> set[str]:
    """Return the ids of what stands behind "from", up to the next verb or separator."""
    froms = rules.speller.alphabet.characters("FROM") - rules.speller.alphabet.characters("OF")
    found: set[str] = set()
    for i, atom in enumerate(row):
        if atom.mention is None and atom.symbol in froms:
            for after in row[i + 1 : i + 1 + _FROM_REACH]:
                if after.flags & (Flags.FINITE | Flags.SEP | Flags.BORDER | Flags.BE):
                    break
                if after.mention is not None:
                    found.add(after.mention.id)
    return found


def _of_kind(m: Mention, kind: str | None, rules: CompiledRules) -> bool:
    """Only cells have kinds that a rule may ask for here."""
    return kind is None or m.type != "CELL_TYPE" or rules.speller.stem_like(m)


HOLDS = re.compile(
    r"\b(?:contain\w*|enriched|carr(?:y|ied|ies)|packag\w+|identified|detected|found in|rich in)\b", re.I
)
EXAMPLES = re.compile(r"\(\s*(?:e\.g\.,?|including|such as|i\.e\.,?|namely)[^()]{2,300}\)")


def readings_examples(
    text: str, sentence: Span, mentions: list[Mention], number: int, rules: CompiledRules
) -> Iterator[Reading]:
    """Give the leftmost agent of a sentence what brackets list as examples of what it holds."""
    words = text[sentence.start : sentence.end]
    if "(" not in words or not HOLDS.search(words):
        return
    regions = [Span(m.start(), m.end()) for m in EXAMPLES.finditer(text, sentence.start, sentence.end)]
    if not regions:
        return
    for compiled in rules.of_frame("examples"):
        rule = compiled.rule
        heads = [m for type_ in rule.head.types for m in mentions if m.type == type_]
        tails = [m for m in mentions if m.type in rule.tail.types and any(r.contains(m.span) for r in regions)]
        for tail in tails if heads else []:
            yield Reading(compiled, heads[0], tail, None, None, number)


def _nested(compiled: CompiledRule, mentions: list[Mention], number: int) -> Iterator[Reading]:
    """Pair each head with the tails that lie within it; mentions come outer before inner."""
    rule = compiled.rule
    for i, outer in enumerate(mentions):
        if outer.type not in rule.head.types:
            continue
        for inner in mentions[i + 1 :]:
            if inner.start >= outer.end:
                break
            if inner.type in rule.tail.types and inner.end <= outer.end:
                yield Reading(compiled, outer, inner, None, None, number)
