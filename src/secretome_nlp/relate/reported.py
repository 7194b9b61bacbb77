"""Whose finding a citation or trial stands for: once for each cited finding, from its agent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secretome_nlp.relate.compile import CompiledRules
from secretome_nlp.relate.reading import Reading
from secretome_nlp.types import Mention

#: Relations that are findings about their head; where a thing comes from is none.
FINDINGS = frozenset({"affects", "tested_in", "contains", "regulates", "delivered_by", "mediated_by", "dosed_at"})


#: How many sentences after an author's name the number of the study may stand.
_REACH = 3


def readings_reported(
    mentions: list[Mention],
    found: list[Reading],
    mask: int,
    number: int,
    rules: CompiledRules,
    citations: Sequence[Mention] = (),
) -> Iterator[Reading]:
    """Give each citation or trial of a sentence the agent of what is told right before it.

    That is the first agent, of the first of the rule's types that is named there, behind the citation before, or else
    in the whole sentence. A rule without a gate asks for agents that the sentence has findings (`found`) of; one with a
    gate asks for one of its words among those of the sentence, whose mask is given, and takes what is left. An author's
    name is told of only where the sentence has no other citation, and stands for the number that follows soon among
    the `citations` of the text.
    """
    told: set[str] = set()
    for compiled in rules.of_frame("sentence"):
        rule = compiled.rule
        if mask & compiled.never or (compiled.trigger and not mask & compiled.trigger):
            continue
        tails = [m for m in mentions if m.type in rule.tail.types]
        tails = [m for m in tails if _is_numbered(m)] or [_number_of(m, citations) for m in tails]
        acting = {r.head.id for r in found if r.rule.rule.relation in FINDINGS}
        heads = [m for m in mentions if compiled.trigger or m.id in acting]
        after = 0
        for tail in tails:
            near = [h for h in heads if after <= h.start < tail.start]
            head = _first(near, rule.head.types, rules) or _first(heads, rule.head.types, rules)
            if head is not None and tail.id not in told:
                told.add(tail.id)
                yield Reading(compiled, head, tail, None, None, number)
            after = tail.end


def _is_numbered(citation: Mention) -> bool:
    return any(map(str.isdigit, citation.text))


def _number_of(name: Mention, citations: Sequence[Mention]) -> Mention:
    """Return the number by which a study that an author's name opens is cited, unless another name comes first."""
    following = next((c for c in citations if c.start >= name.end), name)
    near = following.sentence <= name.sentence + _REACH
    return following if near and _is_numbered(following) else name


def _first(mentions: list[Mention], types: tuple[str, ...], rules: CompiledRules) -> Mention | None:
    agents = [m for m in mentions if m.type != "CELL_TYPE" or rules.speller.stem_like(m)]
    return next((m for type_ in types for m in agents if m.type == type_), None)
