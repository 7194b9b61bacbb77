"""Cargo given as examples: "the vesicles contained mRNAs for cell cycle control (e.g. X, Y)" names X and Y as cargo."""

from __future__ import annotations

import re
from dataclasses import replace

from secretome_nlp.types import Mention, Span

CARGO = re.compile(r"\b(?:mRNAs?|transcripts|proteins|cargos?|factors)\b", re.I)
HOLDS = re.compile(
    r"\b(?:contain\w*|enriched|carr(?:y|ied|ies)|packag\w+|contents?|identified|detected|rich in|release|secrete)",
    re.I,
)
EXAMPLES = re.compile(r"\(\s*(?:e\.g\.,?|including|such as|i\.e\.,?|namely)?[^()]{2,300}\)")


def cargo_examples(text: str, mentions: tuple[Mention, ...], sentences: tuple[Span, ...]) -> tuple[Mention, ...]:
    """Read GENE mentions as FACTOR where brackets list them as examples of what a vesicle or cell holds.

    `mentions` are in order of place; those of other types and places are returned as they are.
    """
    regions: list[Span] = []
    holders = {m.sentence for m in mentions if m.type in ("COMPONENT", "CELL_TYPE")}
    for number in sorted(holders):
        if number >= len(sentences):
            continue
        sentence = sentences[number]
        words = text[sentence.start : sentence.end]
        if CARGO.search(words) and HOLDS.search(words):
            regions += [Span(m.start(), m.end()) for m in EXAMPLES.finditer(text, sentence.start, sentence.end)]
    if not regions:
        return mentions
    return tuple(
        replace(m, type="FACTOR") if m.type == "GENE" and any(r.contains(m.span) for r in regions) else m
        for m in mentions
    )


#: A disease that one of the first sentences only introduces is not what is treated.
OPENING = 3
TESTED = frozenset({"COMPONENT", "CELL_TYPE", "SPECIES", "DELIVERY", "PRIMING", "MIRNA"})
MODELLED = re.compile(r"\b(?:model|models|induced|treat|treats|treated|treating|treatment|therapy|patients)\b", re.I)


def without_introductions(text: str, mentions: tuple[Mention, ...], sentences: tuple[Span, ...]) -> tuple[Mention, ...]:
    """Drop diseases of opening sentences that name neither agent nor host nor model ("X is a burden worldwide").

    The title, a text's first sentence where it has several, always counts.
    """
    if len(sentences) <= OPENING:
        return mentions
    dropped = set()
    for number in range(1, OPENING):
        here = [m for m in mentions if m.sentence == number]
        words = text[sentences[number].start : sentences[number].end]
        if not any(m.type in TESTED for m in here) and not MODELLED.search(words):
            dropped |= {m.id for m in here if m.type == "MODEL" and m.kind == "disease"}
    return tuple(m for m in mentions if m.id not in dropped)
