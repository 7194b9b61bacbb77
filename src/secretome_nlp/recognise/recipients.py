"""Treatments of hosts and of recipient cells: "mice were pretreated with X" primes no source."""

from __future__ import annotations

import re

from secretome_nlp.types import Mention

#: What stands between the one that is treated and the treatment.
TREATED = re.compile(r"\s(?:(?:were|was|are|had\sbeen|have\sbeen|being)\s)?(?:(?:first|then|also|\w+ly)\s)?")
#: "MSCs prepared from young mice were treated": the mice are not.
ORIGIN = re.compile(r"\b(?:from|of|in)\s(?:[\w‐-―-]+\s){0,2}$")
PARTICIPLE = re.compile(
    r"(?:pre[‐-―-]?\w+ed|primed|treated|stimulated|transfected|transduced|infected|exposed|challenged|activated|licensed"
    r"|cultured|grown|expanded|cultivated|incubated|loaded|engineered|modified)\s(?:with|by|to|in|on|under|within|as)\b",
    re.I,
)

MOST_BETWEEN = 30  # characters between a cell and its product


def without_recipients(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Drop a PRIMING told of a host or of a cell that is no source: neither a stem cell nor one whose product is named.

    `mentions` are in order of place, and so are those returned.
    """
    told = [m for m in mentions if m.type == "PRIMING" and PARTICIPLE.match(m.text)]
    if not told:
        return mentions
    sources = sources_of(text, mentions)
    dropped = {p.id for p in told if _is_recipient(text, _treated(text, p, mentions), sources)}
    return tuple(m for m in mentions if m.id not in dropped) if dropped else mentions


def _treated(text: str, priming: Mention, mentions: tuple[Mention, ...]) -> Mention | None:
    """Return the outermost mention that a priming is told of, right before it."""
    near = (
        m for m in mentions
        if priming.start - 40 < m.end < priming.start and TREATED.fullmatch(text, m.end, priming.start)
    )  # fmt: skip
    return min(near, key=lambda m: m.start, default=None)


def _is_recipient(text: str, treated: Mention | None, sources: set[str]) -> bool:
    if treated is None or ORIGIN.search(text, max(0, treated.start - 24), treated.start):
        return False
    if treated.type == "CELL_TYPE":
        return treated.kind != "stem" and key_of_cell(treated) not in sources
    return treated.type == "SPECIES"


def sources_of(text: str, mentions: tuple[Mention, ...]) -> set[str]:
    """Return the cells whose products the text names: "macrophage-derived EVs", "exosomes of neurons"."""
    products = [m for m in mentions if m.type == "COMPONENT"]
    found = set()
    for cell in (m for m in mentions if m.type == "CELL_TYPE"):
        for p in products:
            between = text[cell.end : p.start] if cell.end <= p.start else text[p.end : cell.start]
            if len(between) < MOST_BETWEEN and re.fullmatch(
                r"[\s‐-―-](?:(?:derived|secreted|released|from|of|by|the|engineered|modified)[\s‐-―-])*", between
            ):
                found.add(key_of_cell(cell))
    return found


def key_of_cell(cell: Mention) -> str:
    return cell.concept or cell.text.lower()
