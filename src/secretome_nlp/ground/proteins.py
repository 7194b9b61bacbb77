"""Ids of proteins that a grammar found: the name without what modifies it, looked up among the lexicons' names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.segment.tokens import fold
from secretome_nlp.types import Norm

TYPES = frozenset({"GENE", "FACTOR"})
SHORT_FORM = re.compile(r"\s\([^)]*\)")
PHOSPHORYLATED = re.compile(r"^p(?:hospho)?(?:[-‐‑–\s]+|(?=[A-Zm]))(?=\w)")
PIECE = re.compile(r"\d+|[^\W\d_]")


class Proteins:
    """Names and symbols of proteins with their ids; entries that come first win."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.known: dict[str, tuple[Norm, ...]] = {}
        for e in entries:
            if e.type in TYPES and e.xref:
                norms = tuple(Norm(x, e.name, "name") for x in e.xref)
                for name in (e.name, *e.terms, *(text for text, *_ in e.short)):
                    self.known.setdefault(_key(name), norms)

    def find(self, text: str) -> tuple[Norm, ...]:
        """Return the ids of "pSTAT3" (STAT3) or "interleukin (IL)-6"; none where the rest has no name."""
        bare = SHORT_FORM.sub("", text)
        return self.known.get(_key(bare)) or self.known.get(_key(PHOSPHORYLATED.sub("", bare)), ())


def _key(name: str) -> str:
    """Return letters and numbers alone, folded: hyphens and spaces are written in several ways."""
    if name.isascii():
        return "".join(filter(str.isalnum, name)).lower()
    return "".join(fold(piece) for piece in PIECE.findall(name))
