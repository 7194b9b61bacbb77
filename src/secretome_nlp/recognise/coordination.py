"""Members of a list that share the first part of their name: "IL-4 and -10", "Smad2/3", "collagen I and III"."""

from __future__ import annotations

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.recognise.atoms import GLUED, HYPHEN, SPACE, Atoms
from secretome_nlp.recognise.candidates import Candidate
from secretome_nlp.recognise.trie import Node, ends_of
from secretome_nlp.types import FoundBy

JOINERS = frozenset({"and", "or", ",", "/", "&"})
SHARING = frozenset({"FACTOR", "GENE", "MIRNA"})
ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi"})
LONGEST_LIST = 8


def expand(candidates: list[Candidate], atoms: Atoms, trie: Node, entries: tuple[Entry, ...]) -> list[Candidate]:
    """Return a candidate for each member whose full name, first part restored, is in the lexicon."""
    found: list[Candidate] = []
    for c in candidates:
        if c.type in SHARING and c.last - c.first > 1 and _is_member(atoms.norms[c.last - 1]):
            stem = atoms.norms[c.first : c.last - 1]
            found.extend(_members(c, stem, atoms, trie, entries))
    return found


def _is_member(norm: str) -> bool:
    return norm.isdigit() or norm in ROMAN or len(norm) == 1


def _members(
    head: Candidate, stem: tuple[str, ...], atoms: Atoms, trie: Node, entries: tuple[Entry, ...]
) -> list[Candidate]:
    members: list[Candidate] = []
    at = head.last
    count = len(atoms.norms)
    while at + 1 < count and len(members) < LONGEST_LIST and atoms.norms[at] in JOINERS:
        joiner = atoms.norms[at]
        item = at + 1
        if joiner == "," and atoms.norms[item] in ("and", "or") and item + 1 < count:
            item += 1
        if not _is_member(atoms.norms[item]) or not _shares(joiner, item, atoms):
            break
        entry = _entry_of((*stem, atoms.norms[item]), head.type, trie, entries)
        if entry is None:
            break
        hyphen = atoms.glue[item] == HYPHEN
        start = atoms.starts[item] - 1 if hyphen else atoms.starts[item]
        members.append(
            Candidate(
                item, item + 1, start, atoms.ends[item], head.type, FoundBy("grammar", "coordination.shared_stem"),
                entry, entry.kind, entry.value, 2,
            )
        )  # fmt: skip
        at = item + 1
    return members


def _shares(joiner: str, item: int, atoms: Atoms) -> bool:
    """Tell a shared stem from a plain number: a slash glues it, else a hyphen or a Roman numeral shows it."""
    if joiner == "/":
        return atoms.glue[item] in (GLUED, HYPHEN)
    after = atoms.glue[item + 1] if item + 1 < len(atoms.glue) else SPACE
    return ((atoms.glue[item] == HYPHEN or atoms.norms[item] in ROMAN) and after != GLUED) or (
        atoms.glue[item] == HYPHEN
    )


def _entry_of(norms: tuple[str, ...], type_: str, trie: Node, entries: tuple[Entry, ...]) -> Entry | None:
    return next((entries[number] for number, _, _ in ends_of(trie, norms) if entries[number].type == type_), None)
