"""Candidates: readings of the text before it is decided which of them stand."""

from __future__ import annotations

from typing import NamedTuple

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.types import FoundBy


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
    #: Sets one reading above another over the same characters: defined here > curated > bulk.
    weight: int = 0


class Chart:
    """Candidates by the atom where they begin and by type, the longest first."""

    def __init__(self) -> None:
        self._by_first: dict[int, dict[str, list[Candidate]]] = {}
        self._firsts: dict[str, set[int]] = {}
        self._longest: dict[str, int] = {}

    def add(self, candidate: Candidate) -> None:
        """Put a candidate in its place."""
        first, last, type_ = candidate.first, candidate.last, candidate.type
        self._firsts.setdefault(type_, set()).add(first)
        if last - first > self._longest.get(type_, 0):
            self._longest[type_] = last - first
        row = self._by_first.setdefault(first, {}).setdefault(type_, [])
        row.append(candidate)
        if len(row) > 1:
            row.sort(key=lambda c: (-c.last, -c.weight))

    def at(self, first: int, type_: str) -> list[Candidate]:
        """Return the candidates of a type that begin at an atom, the longest first."""
        return self._by_first.get(first, {}).get(type_, [])

    def firsts(self, type_: str) -> set[int]:
        """Return the atoms where candidates of a type begin."""
        return self._firsts.get(type_, set())

    def longest(self, type_: str) -> int:
        """Return how many atoms the longest candidate of a type covers; 1 where there is none."""
        return self._longest.get(type_, 1)

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
