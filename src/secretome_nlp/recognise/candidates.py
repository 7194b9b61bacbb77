"""Candidates: readings of the text before it is decided which of them stand."""

from __future__ import annotations

from typing import NamedTuple

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.recognise.places import bits_of
from secretome_nlp.types import FoundBy

#: What a reading weighs beside another of the same words: defined here > curated > by grammar > bulk.
BULK, GRAMMAR, CURATED, DEFINED = 1, 2, 3, 4
#: A mention type, with the kind that is asked for, if one is.
TypeKey = tuple[str, str | None]


class Candidate(NamedTuple):
    """A possible mention over atoms `first` up to `last` and characters `start` up to `end`."""

    first: int
    last: int
    start: int
    end: int
    type: str
    by: FoundBy
    entry: Entry | None = None
    kind: str | None = None
    value: str | None = None
    #: Sets one reading above another over the same characters.
    weight: int = 0


class Chart:
    """Candidates by the atom where they begin and by type, the longest first; `count` is the number of atoms."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._by_first: dict[int, dict[str, list[Candidate]]] = {}
        #: Where candidates of a type begin, by how many atoms they cover; and those not yet among the bits.
        self._bits: dict[TypeKey, dict[int, int]] = {}
        self._fresh: dict[TypeKey, list[Candidate]] = {}

    def add(self, candidate: Candidate) -> None:
        """Put a candidate in its place."""
        type_, kind = candidate.type, candidate.kind
        self._fresh.setdefault((type_, None), []).append(candidate)
        if kind is not None:
            self._fresh.setdefault((type_, kind), []).append(candidate)
        row = self._by_first.setdefault(candidate.first, {}).setdefault(type_, [])
        row.append(candidate)
        if len(row) > 1:
            row.sort(key=lambda c: (-c.last, -c.weight))

    def at(self, first: int, type_: str) -> list[Candidate]:
        """Return the candidates of a type that begin at an atom, the longest first."""
        return self._by_first.get(first, {}).get(type_, [])

    def bits(self, key: TypeKey) -> dict[int, int]:
        """Return the atoms where candidates of a type begin, as bits, by how many atoms they cover."""
        fresh = self._fresh.pop(key, None)
        if fresh is None:
            return self._bits.get(key, {})
        sizes: dict[int, list[int]] = {}
        for c in fresh:
            sizes.setdefault(c.last - c.first, []).append(c.first)
        known = self._bits.setdefault(key, {})
        for size, firsts in sizes.items():
            known[size] = known.get(size, 0) | bits_of(firsts, self._count)
        return known

    def types_at(self, first: int) -> dict[str, list[Candidate]]:
        """Return all candidates that begin at an atom, by type."""
        return self._by_first.get(first, {})

    def all(self) -> list[Candidate]:
        """Return every candidate in order of place, the longest first."""
        return [
            c
            for first in sorted(self._by_first)
            for type_ in sorted(self._by_first[first])
            for c in self._by_first[first][type_]
        ]

    def of(self, type_: str) -> list[Candidate]:
        """Return every candidate of a type in order of place, the longest first."""
        rows = self._by_first
        return [c for first in sorted(rows) if type_ in rows[first] for c in rows[first][type_]]
