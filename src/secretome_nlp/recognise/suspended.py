"""Members of a list of cells that share their noun: "T and B cells", "M1 and M2 macrophages"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.recognise.atoms import FAR, GLUED, Atoms
from secretome_nlp.recognise.candidates import Candidate
from secretome_nlp.recognise.coordination import LONGEST_LIST
from secretome_nlp.recognise.trie import Node, ends_of
from secretome_nlp.types import FoundBy

#: What stands right before the member that bears the noun; before it only commas may join others.
LAST_JOINERS = frozenset({"and", "or", "/", "&"})
MOST_WORDS = 4  # atoms of a member
MOST_SHARED = 3  # atoms of the noun that the members share: "cells", "T cells", "epithelial cells"
MOST_IN_BRACKETS = 6  # atoms of a bracket between a member and what joins it: "T (n = 3) and B cells"
CURATED = 3
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

    A member that is by itself an organ ("in lung and endothelial cells") stays that. `has` tells whether the document
    holds one of the words that an ambiguous name asks for.
    """
    heads = {(c.first, c.last) for c in candidates if c.type == "CELL_TYPE" and c.last - c.first > 1}
    joined = [(first, last) for first, last in heads if first > 1 and atoms.norms[first - 1] in LAST_JOINERS]
    if not joined:
        return []
    named = {
        (c.first, c.last)
        for c in candidates
        if c.type == "CELL_TYPE" or (c.weight >= CURATED and (c.entry is None or c.entry.role != "adjective"))
    }
    found: dict[tuple[int, int], Candidate] = {}
    for first, last in sorted(joined):
        for begin, end, entry in _members(first, last, atoms, trie, entries, has):
            if (begin, end) not in named:
                start, stop = atoms.starts[begin], atoms.ends[end - 1]
                found[begin, end] = Candidate(
                    begin, end, start, stop, "CELL_TYPE", BY, entry, entry.kind, entry.value, CURATED
                )
    return list(found.values())


def _members(
    first: int,
    last: int,
    atoms: Atoms,
    trie: Node,
    entries: tuple[Entry, ...],
    has: Callable[[tuple[str, ...]], bool],
) -> Iterator[tuple[int, int, Entry]]:
    """Yield the members before a cell's name over some atoms, from the last to the first, with their concepts."""
    at, joiners = first, LAST_JOINERS
    for _ in range(LONGEST_LIST):
        end = _end_of_member(at, joiners, atoms)
        if end is None:
            return
        member = _longest(end, first, last, atoms, trie, entries, has)
        if member is None:
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
    if norms[end - 1] == ")":
        return next((n for n in range(end - 2, max(0, end - 2 - MOST_IN_BRACKETS), -1) if norms[n] == "("), None)
    return end


def _longest(
    end: int,
    first: int,
    last: int,
    atoms: Atoms,
    trie: Node,
    entries: tuple[Entry, ...],
    has: Callable[[tuple[str, ...]], bool],
) -> tuple[int, Entry] | None:
    """Return where the longest member begins that ends at an atom, and the concept of its full name."""
    for begin in range(max(0, end - MOST_WORDS), end):
        if FAR in atoms.glue[begin + 1 : end + 1] or (end - begin == 1 and not _may_stand_alone(atoms.norms[begin])):
            continue
        if begin and atoms.glue[begin] == GLUED and atoms.norms[begin - 1].isalnum():
            continue
        for shared in range(max(first + 1, last - MOST_SHARED), last):
            norms = (*atoms.norms[begin:end], *atoms.norms[shared:last])
            cased = (*atoms.cased[begin:end], *atoms.cased[shared:last])
            for number, exact, needs in ends_of(trie, norms):
                if entries[number].type == "CELL_TYPE" and exact in (None, cased) and (not needs or has(needs)):
                    return begin, entries[number]
    return None


def _may_stand_alone(norm: str) -> bool:
    return norm not in NOUNS if len(norm) > 1 else norm in LETTERS
