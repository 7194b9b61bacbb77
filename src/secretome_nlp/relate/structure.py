"""Relations that need no words: what lies within what, and which study a sentence cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secretome_nlp.relate.compile import CompiledRule, CompiledRules
from secretome_nlp.relate.reading import Reading
from secretome_nlp.types import Mention, Span

#: Relations that are findings about their head; where a thing comes from is none.
FINDINGS = frozenset({"affects", "tested_in", "contains", "regulates", "delivered_by", "mediated_by", "dosed_at"})


def readings_nested(mentions: list[Mention], number: int, rules: CompiledRules) -> Iterator[Reading]:
    """Read one sentence's mentions by the rules whose frame is nesting."""
    if len(mentions) < 2:
        return
    for compiled in rules.rules:
        if compiled.rule.frame == "nesting":
            yield from _nested(compiled, mentions, number)


def readings_together(mentions: list[Mention], number: int, rules: CompiledRules) -> Iterator[Reading]:
    """Pair each tail with the agent nearest before it in the sentence, else the first after it.

    Agents are of the first of the rule's types that the sentence names; what lies inside another mention takes no
    part.
    """
    outer = [
        m for m in mentions if not any(o is not m and o.span.contains(m.span) and o.span != m.span for o in mentions)
    ]
    for compiled in rules.rules:
        if compiled.rule.frame != "together":
            continue
        rule = compiled.rule
        by_type = ([m for m in outer if m.type == t and _of_kind(m, rule.head.kind)] for t in rule.head.types)
        heads = next((found for found in by_type if found), [])
        for tail in outer:
            if tail.type in rule.tail.types and heads:
                before = [h for h in heads if h.start < tail.start]
                yield Reading(compiled, before[-1] if before else heads[0], tail, None, None, number)


def _of_kind(m: Mention, kind: str | None) -> bool:
    """Only cells have kinds that a rule may ask for here."""
    return kind is None or m.type != "CELL_TYPE" or m.kind == kind


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
    for compiled in rules.rules:
        if compiled.rule.frame == "examples":
            rule = compiled.rule
            heads = [m for type_ in rule.head.types for m in mentions if m.type == type_]
            tails = [m for m in mentions if m.type in rule.tail.types and any(r.contains(m.span) for r in regions)]
            for tail in tails if heads else []:
                yield Reading(compiled, heads[0], tail, None, None, number)


def readings_reported(
    mentions: list[Mention], found: list[Reading], number: int, rules: CompiledRules
) -> Iterator[Reading]:
    """Give each agent of a finding the citation or trial that stands next after it, else the sentence's last.

    An author's name alone is the tail only where the sentence has no other citation.
    """
    for compiled in rules.rules:
        if compiled.rule.frame != "sentence":
            continue
        rule = compiled.rule
        tails = [m for m in mentions if m.type in rule.tail.types]
        tails = [m for m in tails if m.value] or tails
        heads = {r.head.id: r.head for r in found if r.rule.rule.relation in FINDINGS and r.sentence == number}
        for head in sorted(heads.values(), key=lambda m: m.start):
            if tails and head.type in rule.head.types:
                after = next((t for t in tails if t.start >= head.end), tails[-1])
                yield Reading(compiled, head, after, None, None, number)


def _nested(compiled: CompiledRule, mentions: list[Mention], number: int) -> Iterator[Reading]:
    """Pair each head with the tails that lie within it; mentions come outer before inner."""
    rule = compiled.rule
    for i, outer in enumerate(mentions):
        if outer.type not in rule.head.types:
            continue
        for inner in mentions[i + 1 :]:
            if inner.start >= outer.end:
                break
            # "Renal cells" says what kind of cells they are, not from where these were taken.
            if inner.type in rule.tail.types and inner.end <= outer.end and inner.kind != "adjective":
                yield Reading(compiled, outer, inner, None, None, number)
