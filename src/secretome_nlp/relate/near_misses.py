"""Which rules nearly fired, and what they lacked: for people who write rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from secretome_nlp.relate.compile import CompiledRule, CompiledRules
from secretome_nlp.relate.engine import Row, is_silent, spelled, spoilt
from secretome_nlp.types import Mention, Span, Token

Lack = Literal["head", "tail", "frame"]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule whose trigger stands in a sentence that it did not read.

    `lack` is the argument that the clause does not name, or `frame` where both are there but the words between
    them fit none of the rule's patterns. `trigger` is in the offsets of the text.
    """

    rule: str
    sentence: int
    trigger: Span
    lack: Lack


def near_misses(
    sentences: tuple[Span, ...],
    tokens: tuple[Token, ...],
    mentions: tuple[Mention, ...],
    *,
    rules: CompiledRules,
    roles: tuple[str, ...] = (),
) -> tuple[NearMiss, ...]:
    """Find the rules whose trigger and at least one argument stand in a clause that they did not read.

    Takes what `find` takes; one near miss a rule and sentence, that of the clause which came nearest.
    """
    best: dict[tuple[int, str], NearMiss] = {}
    for number, _, _, rows in spelled(sentences, tokens, mentions, rules, every=True):
        if is_silent(number, roles):
            continue
        fired = {c.rule.id for row in rows for c in _for(row, rules) if _fires(c, row)}
        for row in rows:
            for compiled in _for(row, rules):
                miss = _miss(compiled, row, number, rules)
                key = (number, compiled.rule.id)
                if miss is None or compiled.rule.id in fired:
                    continue
                if key not in best or (miss.lack == "frame" and best[key].lack != "frame"):
                    best[key] = miss
    return tuple(sorted(best.values(), key=lambda m: (m.sentence, m.trigger, m.rule)))


def _for(row: Row, rules: CompiledRules) -> tuple[CompiledRule, ...]:
    return rules.for_rows(row.within, row.nested)


def _fires(compiled: CompiledRule, row: Row) -> bool:
    return any(
        not spoilt(compiled, match)
        for pattern in compiled.patterns
        if pattern.may_match(row.mask)
        for match in pattern.expression.finditer(row.text)
    )


def _miss(compiled: CompiledRule, row: Row, number: int, rules: CompiledRules) -> NearMiss | None:
    if not compiled.trigger:
        return None
    trigger = next((a for a in row.atoms if a.mention is None and rules.bits[a.symbol] & compiled.trigger), None)
    head, tail = row.mask & compiled.head, row.mask & compiled.tail
    if trigger is None or not (head or tail):
        return None
    lack: Lack = "frame" if head and tail else "tail" if head else "head"
    return NearMiss(compiled.rule.id, number, Span(trigger.start, trigger.end), lack)
