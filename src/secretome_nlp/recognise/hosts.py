"""Organisms by a vague word: "animals" say nothing where the sentence names the species."""

from __future__ import annotations

from secretome_nlp.types import Mention

VAGUE = "species.animal"


def without_vague(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Drop "animals" from sentences with a better word for the host: a species that is no part of a cell's name."""
    if not any(m.concept == VAGUE for m in mentions):
        return mentions
    cells = [m for m in mentions if m.type == "CELL_TYPE"]
    told = {
        m.sentence
        for m in mentions
        if m.type == "SPECIES" and m.concept != VAGUE and not any(c.start <= m.start and m.end <= c.end for c in cells)
    }
    return tuple(m for m in mentions if m.concept != VAGUE or m.sentence not in told)
