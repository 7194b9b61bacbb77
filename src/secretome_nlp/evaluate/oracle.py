"""Relations and assertion from gold mentions: what the rules can do where recognition makes no mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from secretome_nlp import qualify, relate
from secretome_nlp.evaluate.align import Aligned
from secretome_nlp.evaluate.gold import GoldDocument
from secretome_nlp.evaluate.match import Item
from secretome_nlp.evaluate.metrics import Counts
from secretome_nlp.evaluate.relations import Claim, Concepts, RelationScore, distinct
from secretome_nlp.relate import CompiledRules
from secretome_nlp.segment import tokens
from secretome_nlp.types import Annotations, FoundBy, Mention, Parse

#: Returns the parses, by number, of those sentences of a text that are worth it after its surface was read.
Parser = Callable[[relate.Begun], dict[int, Parse]]


@dataclass
class OracleScore:
    """Relations found among gold mentions, and the two flags decided for them."""

    relations: RelationScore
    negated: Counts = field(default_factory=Counts)
    hedged: Counts = field(default_factory=Counts)
    #: For each flag, how many mentions were decided as in the gold, and of how many.
    agreed: dict[str, tuple[int, int]] = field(default_factory=dict)


def score(
    gold: GoldDocument, a: Annotations, aligned: Aligned, rules: CompiledRules, parse: Parser | None = None
) -> OracleScore:
    """Mark the gold's mentions in a text, decide their assertion and relate them; rules of syntax need `parse`."""
    text, sentences = a.document.text, a.document.sentences
    mentions, flags = _gold_mentions(gold, aligned, text)
    words = tokens.find(text)
    cues = qualify.find(text, sentences, words)
    decided = qualify.assert_mentions(mentions, cues, text)
    roles = tuple(qualify.discourse(text, s) for s in sentences)
    begun = relate.begin(text, sentences, words, decided, rules=rules, roles=roles)
    found = relate.finish(begun, cues, parse(begun) if parse is not None else {})
    names = Concepts(a.abbreviations, [Item(m.id, m.type, m.span) for m in mentions])
    for m in mentions:
        names.name("gold", m.id, m.type, m.text)
    wanted = [
        _claim(names, r.type, r.head, r.tail, r.direction, r.negated, r.hedged)
        for s in gold.sentences
        for r in s.relations
        if r.head in aligned.mentions and r.tail in aligned.mentions
    ]
    regions = list(aligned.sentences.values())
    made = [
        _claim(names, r.type, r.head, r.tail, r.direction, r.negated, r.hedged, r.rule)
        for r in found
        if any(region.overlaps(sentences[r.sentence]) for region in regions)
    ]
    result = OracleScore(RelationScore(distinct(wanted), distinct(made)))
    for flag in ("negated", "hedged"):
        pairs = [(flag in flags[m.id], getattr(m, flag)) for m in decided]
        counts = Counts(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))
        setattr(result, flag, counts)
        result.agreed[flag] = (sum(g == f for g, f in pairs), len(pairs))
    return result


def _claim(
    names: Concepts,
    type_: str,
    head: str,
    tail: str,
    direction: str | None,
    negated: bool,
    hedged: bool,
    rule: str = "",
) -> Claim:
    ends = names.name("gold", head, "", ""), names.name("gold", tail, "", "")
    return Claim(type_, *ends, direction, negated, hedged, rule)


def _gold_mentions(
    gold: GoldDocument, aligned: Aligned, text: str
) -> tuple[tuple[Mention, ...], dict[str, frozenset[str]]]:
    """Return the gold's mentions that stand in the text, in its order and not yet asserted, and their true flags."""
    found, flags = [], {}
    for sentence in gold.sentences:
        for m in sentence.mentions:
            span = aligned.mentions.get(m.id)
            if span is not None:
                found.append(
                    Mention(
                        m.id, span.start, span.end, text[span.start : span.end], m.type, FoundBy("model", "gold"),
                        kind=m.kind, value=m.value,
                    )
                )  # fmt: skip
                flags[m.id] = frozenset(f for f in ("negated", "hedged") if getattr(m, f))
    return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.id))), flags
