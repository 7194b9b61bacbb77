"""The pictures by name, and how to draw one from the payload of the page (records, papers, counts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from secretome_nlp.errors import InputError
from secretome_nlp.pictures import effects, flow, heatmap, network, years

#: Name and caption of each picture.
PICTURES = {
    "heatmap": "Component by model: how many records, and which effect most of them report.",
    "effects": "Direction of effect: one square a record, by outcome (a harvest plot).",
    "network": "Which miRNA acts on which target, and in which direction.",
    "years": "Records by the year of their paper.",
    "flow": "From the texts that were read to the records.",
}
_DRAW: dict[str, Callable[[dict[str, Any]], str]] = {
    "heatmap": heatmap.draw,
    "effects": effects.draw,
    "network": network.draw,
    "years": years.draw,
    "flow": flow.draw,
}


def draw(name: str, data: dict[str, Any]) -> str:
    """Return a picture as SVG. Raises InputError for an unknown name."""
    if name not in _DRAW:
        raise InputError(f"no picture {name!r}; use one of {', '.join(PICTURES)}")
    return _DRAW[name](data)


def overall(record: dict[str, Any]) -> str:
    """Return the effect that a record's outcomes share: benefit, harm, none, unclear, or mixed."""
    kinds = {o[2] for o in record["outcomes"]}
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "unclear"
