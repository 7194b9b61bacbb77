"""Members of a list of cells that share their noun: "T and B cells", "M1 and M2 macrophages"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.recognise.atoms import FAR, GLUED, Atoms
from secretome_nlp.recognise.candidates import CURATED, Candidate
from secretome_nlp.recognise.coordination import LONGEST_LIST
from secretome_nlp.recognise.trie import Node, ends_of
from secretome_nlp.types import FoundBy

#: What stands right before the member that bears the noun; before it only commas may join others.
LAST_JOINERS = frozenset({"and", "or", "/", "&"})
MOST_WORDS = 4  # atoms of a member
MOST_SHARED = 3  # atoms of the noun that the members share: "cells", "T cells", "epithelial cells"
MOST_IN_BRACKETS = 6  # atoms of a bracket between a member and what joins it: "T (n = 3) and B cells"
#: What a member may be by itself; a marker ("CD4 and CD8 T cells") is part of the cell's name.
OTHERS = frozenset({"TISSUE", "MODEL", "SPECIES", "COMPONENT"})
#: Nouns before which a bracket may part the name: "ganglion (g) and amacrine (a) cells".
PARTED_NOUNS = frozenset({"cell", "cells", "neuron", "neurons"})
#: A member of one letter is a cell only of these: "A and B cells" may be panels or vitamins.
LETTERS = frozenset({"t", "b"})
#: Words that bear a name themselves: "brain tissue and blood cells" has no cell before "and".
NOUNS = frozenset({"tissue", "tissues"})
BY = FoundBy("grammar", "coordination.shared_noun")


def expand(
    candidates: list[Candidate],
    atoms: Atoms,
    trie: Node,
    entries: tuple[Entry, ...],
    has: Callable[[tuple[str, ...]], bool],
) -> list[Candidate]:
    """Return a candidate for each member whose full name, noun restored, is that of a cell in the lexicon.

    A name that a bracket parts from its noun ("amacrine (a) cells") is one candidate over all of it. A member that is
    by itself an organ ("in lung and endothelial cells") stays that. `has` tells whether the document holds one of the
    words that an ambiguous name asks for.
    """
    names = Names(atoms, trie, entries, has)
    parted = {(begin, last): entry for begin, last, entry in _parted(names)}
    heads = {(c.first, c.last) for c in candidates if c.type == "CELL_TYPE" and c.last - c.first > 1} | parted.keys()
    found = {place: _candidate(*place, entry, atoms) for place, entry in parted.items()}
    joined = [(first, last) for first, last in heads if first > 1 and atoms.norms[first - 1] in LAST_JOINERS]
    if joined:
        named = {
            (c.first, c.last)
            for c in candidates
            if c.type == "CELL_TYPE" or (c.type in OTHERS and c.weight >= CURATED and not _is_adjective(c))
        }
        for first, last in sorted(joined):
            for begin, end, entry in _members(first, last, names):
                if (begin, end) not in named:
                    found[begin, end] = _candidate(begin, end, entry, atoms)
    return list(found.values())


class Names(NamedTuple):
    """The atoms of a text and what the lexicon makes of any of them."""

    atoms: Atoms
    trie: Node
    entries: tuple[Entry, ...]
    has: Callable[[tuple[str, ...]], bool]

    def cell(self, name: slice, noun: slice) -> Entry | None:
        """Return the cell that some atoms name with others for their noun, which need not stand behind them."""
        norms = (*self.atoms.norms[name], *self.atoms.norms[noun])
        cased = (*self.atoms.cased[name], *self.atoms.cased[noun])
        for number, exact, needs in ends_of(self.trie, norms):
            entry = self.entries[number]
            if entry.type == "CELL_TYPE" and exact in (None, cased) and (not needs or self.has(needs)):
                return entry
        return None


def _is_adjective(c: Candidate) -> bool:
    return c.entry is not None and c.entry.role == "adjective"


def _candidate(begin: int, end: int, entry: Entry, atoms: Atoms) -> Candidate:
    start, stop = atoms.starts[begin], atoms.ends[end - 1]
    return Candidate(begin, end, start, stop, "CELL_TYPE", BY, entry, entry.kind, entry.value, CURATED)


def _parted(names: Names) -> Iterator[tuple[int, int, Entry]]:
    """Yield the names of cells with a bracket before their noun: where each begins and ends, and its concept."""
    norms = names.atoms.norms
    for at, norm in enumerate(norms):
        if norm in PARTED_NOUNS and at > 2 and norms[at - 1] == ")":
            end = _before_bracket(at, norms)
            member = None if end is None else _longest(end, slice(at, at + 1), names)
            if member is not None:
                yield member[0], at + 1, member[1]


def _members(first: int, last: int, names: Names) -> Iterator[tuple[int, int, Entry]]:
    """Yield the members before a cell's name over some atoms, from the last to the first, with their concepts."""
    at, joiners = first, LAST_JOINERS
    for _ in range(LONGEST_LIST):
        end = _end_of_member(at, joiners, names.atoms)
        nouns = (slice(shared, last) for shared in range(max(first + 1, last - MOST_SHARED), last))
        member = None if end is None else next(filter(None, (_longest(end, noun, names) for noun in nouns)), None)
        if end is None or member is None:
            return
        at, entry = member
        yield at, end, entry
        joiners = LAST_JOINERS | {","}


def _end_of_member(at: int, joiners: frozenset[str], atoms: Atoms) -> int | None:
    """Return where the member ends that is joined before an atom, its bracket left out; None where none is joined."""
    norms, end = atoms.norms, at
    if end < 2 or norms[end - 1] not in joiners or atoms.glue[at] == FAR:
        return None
    end -= 1
    if norms[end] != "," and end > 1 and norms[end - 1] == ",":
        end -= 1
    return _before_bracket(end, norms) if norms[end - 1] == ")" else end


def _before_bracket(end: int, norms: tuple[str, ...]) -> int | None:
    """Return the atom that opens the short bracket which is closed right before an atom; None where it is not short."""
    return next((n for n in range(end - 2, max(0, end - 2 - MOST_IN_BRACKETS), -1) if norms[n] == "("), None)


def _longest(end: int, noun: slice, names: Names) -> tuple[int, Entry] | None:
    """Return where the longest name begins that ends at an atom, and its concept with a noun elsewhere."""
    atoms = names.atoms
    for begin in range(max(0, end - MOST_WORDS), end):
        if FAR in atoms.glue[begin + 1 : end + 1] or (end - begin == 1 and not _may_stand_alone(atoms.norms[begin])):
            continue
        if begin and atoms.glue[begin] == GLUED and atoms.norms[begin - 1].isalnum():
            continue
        entry = names.cell(slice(begin, end), noun)
        if entry is not None:
            return begin, entry
    return None


def _may_stand_alone(norm: str) -> bool:
    return norm not in NOUNS if len(norm) > 1 else norm in LETTERS
