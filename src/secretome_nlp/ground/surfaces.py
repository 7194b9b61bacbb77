"""Ids by the words of a mention: official names first, then the nearest broader concept that its head names.

An entry of a lexicon may hold several surfaces ("femur" among the words for bone). Where an official table names one of
them exactly, that concept is the one meant. Where nothing names a cell or a tissue, the longest end of its words that
is named gives a broader concept: "oral mucosa stem cells" are stem cells.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from secretome_nlp.knowledge.files import DATA
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.segment.tokens import fold
from secretome_nlp.types import Norm

WORD = re.compile(r"[^\W\d_]+|\d+")
#: Types whose concepts are grounded by their words.
TYPES = frozenset({"CELL_TYPE", "TISSUE"})
Ids = tuple[tuple[str, str], ...]
Known = dict[tuple[str, str], Ids]


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Return the words of a name as they are compared: folded, hyphens and possessives away, the last in singular."""
    words = [fold(w) for w in WORD.findall(text.replace("'s", "").replace("’s", ""))]
    if words and len(words[-1]) > 3 and words[-1].endswith("s") and not words[-1].endswith(("ss", "us", "is")):
        words[-1] = f"{words[-1][:-3]}y" if words[-1].endswith("ies") else words[-1][:-1]
    return " ".join(words)


def table(entries: Iterable[Entry]) -> tuple[Known, Known]:
    """Return names with ids and their names: `exact` ones from official tables, `heads` also from curated entries."""
    exact: Known = dict(_listed())
    heads: Known = {}
    for e in entries:
        if e.type in TYPES and e.xref and e.role != "adjective" and e.kind != "line":
            ids = tuple((x, e.name) for x in e.xref)
            for name in (e.name, *e.terms):
                heads.setdefault((e.type, key(name)), ids)
                if e.bulk:
                    exact.setdefault((e.type, key(name)), ids)
    return exact, heads


class Surfaces:
    """Names with their concepts, as `table` makes them."""

    def __init__(self, exact: Known, heads: Known) -> None:
        self.exact = exact
        self.heads = heads

    def named(self, type_: str, text: str) -> tuple[Norm, ...]:
        """Return the concept that an official table names by just these words."""
        ids = self.exact.get((type_, key(text)))
        return tuple([Norm(i, name, "name") for i, name in ids]) if ids else ()

    def head(self, type_: str, text: str) -> tuple[Norm, ...]:
        """Return the concept of the longest end of the words that is named, their whole included."""
        words = key(text).split()
        for first in range(len(words)):
            end = (type_, " ".join(words[first:]))
            ids = self.exact.get(end) or self.heads.get(end)
            if ids:
                return tuple(Norm(i, name, "head") for i, name in ids)
        return ()


def _listed() -> Iterator[tuple[tuple[str, str], Ids]]:
    """Read the shipped table of surfaces that an official file names and a curated entry holds among others."""
    with (DATA / "surface_ids.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        for row in rows:
            yield (row["type"], row["surface"]), ((row["id"], row["name"]),)
