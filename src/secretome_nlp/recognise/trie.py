"""A trie over atoms: all lexicons in one pass, whatever their size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from secretome_nlp.knowledge.collector import paused
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.recognise.atoms import FAR, GLUED, Atoms, plural_of, read_key, read_norms

#: Key of a node under which its payloads stand; no atom is empty, so it cannot clash.
PAYLOAD = ""


#: What the end of a path in the trie stands for: the entry's number, the atoms in exact case (None where any case will
#: do), and the words of which the document must hold one. Plain tuples, so that a trie can be kept by `marshal`.
Target = tuple[int, tuple[str, ...] | None, tuple[str, ...]]


class Hit(NamedTuple):
    """A term found: atoms `first` up to, not including, `last`."""

    first: int
    last: int
    entry: int


#: What follows an atom: the next atoms, and under PAYLOAD the targets that end here; or the targets alone, at a leaf.
Node = dict[str, Any]
SYMBOLS = frozenset({"GENE", "FACTOR"})


def build(entries: Iterable[Entry]) -> Node:
    """Build the trie of the entries; targets keep the entries' order, so that curated ones come first."""
    with paused():
        return _build(entries)


def _build(entries: Iterable[Entry]) -> Node:
    root: Node = {}
    for number, entry in enumerate(entries):
        target = (number, None, entry.needs)
        alone = (target,)
        for term in entry.terms:
            norms = read_norms(term)
            if norms:
                last = norms[-1]
                parent = _parent(root, norms)
                for form in _forms_of(last):
                    _end(parent, form, alone)
        for text, exact, plural, needs in entry.short:
            norms, cased = read_key(text)
            needs = (*entry.needs, *needs)
            exact = exact and not (entry.type in SYMBOLS and not entry.bulk and _is_symbol(text))
            if norms:
                parent = _parent(root, norms)
                _end(parent, norms[-1], ((number, cased if exact else None, needs),))
                if plural and norms[-1].isalpha():
                    many = (*cased[:-1], cased[-1] + "s")
                    _end(parent, norms[-1] + "s", ((number, many if exact else None, needs),))
    return root


def _forms_of(last: str) -> Iterator[str]:
    """Yield a term's last word as it stands, its plural, and "neurone" for "neuron"."""
    yield last
    if len(last) > 2 and last.isalpha():
        yield plural_of(last)
        if last.endswith("neuron"):
            yield from (f"{last}e", f"{last}es")


def _is_symbol(text: str) -> bool:
    """A gene's symbol with a digit is written in several ways (TRAF6, Traf6, PI3k) and clashes with no word."""
    return len(text) > 3 and any(c.isdigit() for c in text) and sum(c.isalpha() for c in text) > 1


def _parent(root: Node, norms: Sequence[str]) -> Node:
    """Return the node before the last atom of a term, made where it was not there."""
    node = root
    for norm in norms[:-1]:
        following = node.get(norm)
        if following is None:
            following = node[norm] = {}
        elif type(following) is tuple:
            following = node[norm] = {PAYLOAD: following}
        node = following
    return node


def _end(parent: Node, last: str, targets: tuple[Target, ...]) -> None:
    """Put targets at the end of a path: as they are where no term goes on, which most ends are, else in its node."""
    node = parent.get(last)
    if node is None:
        parent[last] = targets
    elif type(node) is tuple:
        parent[last] = node + targets
    else:
        node[PAYLOAD] = node.get(PAYLOAD, ()) + targets


def ends_of(root: Node, norms: Sequence[str]) -> tuple[Target, ...]:
    """Return what a path stands for as a whole; nothing where no term ends there."""
    node: Node | tuple[Target, ...] | None = root
    for norm in norms:
        node = node.get(norm) if isinstance(node, dict) else None
    return node.get(PAYLOAD, ()) if isinstance(node, dict) else node or ()


def search(root: Node, atoms: Atoms, has: Any) -> list[Hit]:
    """Find every term of the trie in the atoms, all lengths, in order of place.

    `has(needs)` tells whether the document holds the words that an ambiguous term asks for. A term starts and
    ends at the border of a word: neither may a letter or digit be glued to it.
    """
    norms, cased, glue = atoms.norms, atoms.cased, atoms.glue
    count = len(norms)
    hits: list[Hit] = []
    for first in range(count):
        node = root.get(norms[first])
        if node is None or (glue[first] == GLUED and first and norms[first - 1].isalnum()):
            continue
        at = first
        while node is not None:
            at += 1
            is_end = type(node) is tuple
            targets = node if is_end else node.get(PAYLOAD)
            if targets and not (at < count and glue[at] == GLUED and norms[at].isalnum()):
                for entry, exact, needs in targets:
                    if exact is not None and exact != cased[first:at]:
                        continue
                    if needs and not has(needs):
                        continue
                    hits.append(Hit(first, at, entry))
            if is_end or at >= count or glue[at] == FAR:
                break
            node = node.get(norms[at])
    return hits
