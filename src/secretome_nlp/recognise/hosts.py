"""Organisms that are no host: "animals" where the sentence names the species, those that antibodies are of."""

from __future__ import annotations

import re
from dataclasses import replace

from secretome_nlp.types import Mention

VAGUE = "species.animal"
#: Behind the animal that an antibody was raised in: "goat anti-rabbit".
AGAINST = re.compile(r"[\s‐-―-]+(?:polyclonal |monoclonal )?anti[\s‐-―-]", re.IGNORECASE)
#: Before the animal whose proteins it binds.
ANTI = re.compile(r"(?<!\w)anti[\s‐-―-]+$", re.IGNORECASE)
LONGEST_ANTI = 6


def of_antibodies(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Make the organisms of antibodies ("goat anti-rabbit") plain taxa: they are no hosts of a study."""
    return tuple(
        replace(m, kind="taxon")
        if m.type == "SPECIES"
        and (AGAINST.match(text, m.end) or ANTI.search(text, max(0, m.start - LONGEST_ANTI), m.start))
        else m
        for m in mentions
    )


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
