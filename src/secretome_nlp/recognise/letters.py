"""Cells that a legend gives a letter: "rods (r) and cones (c)"."""

from __future__ import annotations

import re
from dataclasses import replace

from secretome_nlp.types import FoundBy, Mention

KEY = re.compile(r" ?[(\[]([a-z])[)\]]")
WORD = re.compile(r"[^\W\d_]+")
BY = FoundBy("grammar", "cell.letter_of_legend")


def with_letters(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Add the letter in brackets right behind a cell's name that begins with it: a short form, there and nowhere else.

    A capital may be the letter of a panel, and another letter one of an enumeration. `mentions` are in order of
    place, and so are those returned.
    """
    added = []
    for m in mentions:
        key = KEY.match(text, m.end) if m.type == "CELL_TYPE" else None
        name = WORD.search(m.text)
        if key is not None and name is not None and name.group()[0].lower() == key.group(1):
            added.append(replace(m, id=f"{m.id}k", start=key.start(1), end=key.end(1), text=key.group(1), by=BY))
    if not added:
        return mentions
    return tuple(sorted((*mentions, *added), key=lambda m: (m.start, -m.end)))
