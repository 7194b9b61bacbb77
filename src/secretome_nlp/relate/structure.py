"""Relations that need no words: what lies within what, and which study a sentence cites."""

from __future__ import annotations

from collections.abc import Iterator

from secretome_nlp.relate.compile import CompiledRule, CompiledRules
from secretome_nlp.relate.reading import Reading
from secretome_nlp.types import Mention


def readings_within(mentions: list[Mention], number: int, rules: CompiledRules) -> Iterator[Reading]:
    """Read one sentence's mentions by the rules whose frame is nesting or sentence."""
    if len(mentions) < 2:
        return
    for compiled in rules.rules:
        if compiled.rule.frame == "nesting":
            yield from _nested(compiled, mentions, number)
        elif compiled.rule.frame == "sentence":
            yield from _of_sentence(compiled, mentions, number)


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


def _of_sentence(compiled: CompiledRule, mentions: list[Mention], number: int) -> Iterator[Reading]:
    """Pair each tail (a citation) with the agent nearest before it, else the first one after it."""
    rule = compiled.rule
    heads: list[Mention] = []
    for type_ in rule.head.types:
        heads = [m for m in mentions if m.type == type_]
        if heads:
            break
    for tail in mentions:
        if tail.type not in rule.tail.types or not heads:
            continue
        before = [h for h in heads if h.start < tail.start]
        yield Reading(compiled, before[-1] if before else heads[0], tail, None, None, number)
