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
Known = dict[tuple[str, str], tuple[Norm, ...]]


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Return the words of a name as they are compared: folded, hyphens and possessives away, the last in singular."""
    words = [fold(w) for w in WORD.findall(text.replace("'s", "").replace("’s", ""))]
    if words and len(words[-1]) > 3 and words[-1].endswith("s") and not words[-1].endswith(("ss", "us", "is")):
        words[-1] = f"{words[-1][:-3]}y" if words[-1].endswith("ies") else words[-1][:-1]
    return " ".join(words)


class Surfaces:
    """Names with their concepts: `exact` ones from official tables, `heads` also from the curated entries."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.exact: Known = {(type_, name): norms for type_, name, norms in _listed()}
        self.heads: Known = {}
        for e in entries:
            if e.type in TYPES and e.xref and e.role != "adjective" and e.kind != "line":
                for name in (e.name, *e.terms):
                    norms = tuple(Norm(x, e.name, "head") for x in e.xref)
                    self.heads.setdefault((e.type, key(name)), norms)
                    if e.bulk:
                        self.exact.setdefault((e.type, key(name)), tuple(Norm(x, e.name, "name") for x in e.xref))

    def named(self, type_: str, text: str) -> tuple[Norm, ...]:
        """Return the concept that an official table names by just these words."""
        return self.exact.get((type_, key(text)), ())

    def head(self, type_: str, text: str) -> tuple[Norm, ...]:
        """Return the concept of the longest end of the words that is named, their whole included."""
        words = key(text).split()
        for first in range(len(words)):
            end = " ".join(words[first:])
            norms = self.exact.get((type_, end)) or self.heads.get((type_, end))
            if norms:
                return tuple(Norm(n.id, n.name, "head") for n in norms)
        return ()


def _listed() -> Iterator[tuple[str, str, tuple[Norm, ...]]]:
    """Read the shipped table of surfaces that an official file names and a curated entry holds among others."""
    with (DATA / "surface_ids.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        for row in rows:
            yield row["type"], row["surface"], (Norm(row["id"], row["name"], "name"),)
