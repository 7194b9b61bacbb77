"""Candidates: readings of the text before it is decided which of them stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.recognise.places import bits_of
from secretome_nlp.types import FoundBy

#: What a reading weighs beside another of the same words: defined here > curated > by grammar > bulk.
BULK, GRAMMAR, CURATED, DEFINED = 1, 2, 3, 4
#: What a pattern can ask for: a mention type, or one with a kind ("MODEL:induced").
TypeKey = str


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
    """Candidates by the atom where they begin and by type, the longest first; `count` is the number of atoms.

    `bits` holds the atoms where candidates of a type begin, as bits, by how many atoms they cover.
    """

    def __init__(self, candidates: Iterable[Candidate], count: int) -> None:
        self._by_first: dict[int, dict[str, list[Candidate]]] = {}
        self.bits: dict[TypeKey, dict[int, int]] = {}
        firsts: dict[TypeKey, dict[int, list[int]]] = {}
        for c in candidates:
            first, size = c.first, c.last - c.first
            self._put(c)
            for key in _keys(c):
                sizes = firsts.get(key)
                if sizes is None:
                    firsts[key] = {size: [first]}
                elif size in sizes:
                    sizes[size].append(first)
                else:
                    sizes[size] = [first]
        for key, sizes in firsts.items():
            self.bits[key] = {size: bits_of(places, count) for size, places in sizes.items()}

    def add(self, candidate: Candidate) -> None:
        """Put a candidate in its place."""
        self._put(candidate)
        size = candidate.last - candidate.first
        for key in _keys(candidate):
            known = self.bits.setdefault(key, {})
            known[size] = known.get(size, 0) | 1 << candidate.first

    def _put(self, candidate: Candidate) -> None:
        here = self._by_first.get(candidate.first)
        if here is None:
            self._by_first[candidate.first] = {candidate.type: [candidate]}
            return
        row = here.get(candidate.type)
        if row is None:
            here[candidate.type] = [candidate]
        else:
            row.append(candidate)
            row.sort(key=_by_length)

    def at(self, first: int, type_: str) -> list[Candidate]:
        """Return the candidates of a type that begin at an atom, the longest first."""
        return self._by_first.get(first, {}).get(type_, [])

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


def _by_length(c: Candidate) -> tuple[int, int]:
    return -c.last, -c.weight


def _keys(candidate: Candidate) -> tuple[TypeKey, ...]:
    """Return what a pattern can call the type of a candidate."""
    type_, kind = candidate.type, candidate.kind
    return (type_,) if kind is None else (type_, f"{type_}:{kind}")
