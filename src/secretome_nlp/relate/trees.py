"""The syntax of a sentence over its atoms: a tree whose nodes are words and mentions, and paths through it.

A path is written as steps: `>dobj` goes down to a node of that label, `<conj` goes from a node of that label up to its
head; `>(dobj|nsubjpass)` takes one of several; `?`, `*` and `+` repeat a step as in regular expressions. `[OF]` asks
for a word class of the vocabulary at the node that the step reaches, `[!NEG]` for any other, `=modifier` names that
node. `@NAME` stands for steps that the vocabulary keeps under `paths`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.relate.alphabet import Alphabet
from secretome_nlp.relate.atoms import Atom
from secretome_nlp.types import Parse

_STEP = re.compile(
    r"(?P<way>[<>])(?P<labels>[a-z]+|\([a-z|]+\))(?:\[(?P<classes>!?[A-Z_.a-z|*]+)\])?(?P<name>=modifier)?(?P<many>[?*+])?\Z"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One move in a tree; `symbols` are the characters of the nodes that it may reach, None for all."""

    up: bool
    labels: frozenset[str]
    symbols: frozenset[str] | None
    without: bool
    modifier: bool
    optional: bool
    many: bool

    def allows(self, atom: Atom) -> bool:
        """Tell whether the step may end at a node."""
        return self.symbols is None or (atom.symbol in self.symbols) != self.without


@dataclass(frozen=True, slots=True)
class Tree:
    """Heads (-1 for none), labels and children of the atoms of a sentence."""

    heads: tuple[int, ...]
    labels: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]

    def moves(self, node: int, step: Step) -> tuple[int, ...]:
        """Return the nodes that a step may reach by its direction and labels, words aside."""
        if not step.up:
            return tuple(c for c in self.children[node] if self.labels[c] in step.labels)
        return (self.heads[node],) if self.labels[node] in step.labels and self.heads[node] >= 0 else ()


def tree_of(atoms: list[Atom], starts: list[int], parse: Parse) -> Tree:
    """Gather the words of each atom into one node; `starts` are the starts of the parsed words.

    An atom hangs where the first of its words hangs whose head is outside it.
    """
    owner = [-1] * len(starts)
    for n, atom in enumerate(atoms):
        for word in range(bisect_left(starts, atom.start), bisect_left(starts, atom.end)):
            owner[word] = n
        if atom.mention is not None:  # a mention may begin inside a word
            owner[max(0, bisect_right(starts, atom.start) - 1)] = n
    heads, labels = [-1] * len(atoms), [""] * len(atoms)
    for word, node in enumerate(owner):
        if node < 0 or labels[node]:
            continue
        above = parse.heads[word]
        if above == word:
            labels[node] = "ROOT"
        elif owner[above] not in (node, -1):
            heads[node], labels[node] = owner[above], parse.labels[word]
    children: list[list[int]] = [[] for _ in atoms]
    for node, above in enumerate(heads):
        if above >= 0:
            children[above].append(node)
    return Tree(tuple(heads), tuple(labels), tuple(map(tuple, children)))


def steps_of(path: str, paths: Mapping[str, str], alphabet: Alphabet) -> tuple[Step, ...]:
    """Read a path; raises KnowledgeError for what is none, or names an unknown word class or macro."""
    steps: list[Step] = []
    for piece in path.split():
        if piece.startswith("@"):
            if piece[1:] not in paths:
                raise KnowledgeError(f"path {path!r}: no {piece}; the vocabulary's paths name {', '.join(paths)}")
            steps.extend(steps_of(paths[piece[1:]], {k: v for k, v in paths.items() if k != piece[1:]}, alphabet))
            continue
        found = _STEP.match(piece)
        if found is None:
            raise KnowledgeError(f"path {path!r}: {piece!r} is no step; write e.g. >dobj, <conj*, >prep[OF], @NAME")
        steps.append(_step(found, alphabet))
    return tuple(steps)


def _step(found: re.Match[str], alphabet: Alphabet) -> Step:
    classes = found["classes"]
    symbols = None
    if classes:
        symbols = frozenset[str]().union(*(alphabet.characters(c) for c in classes.lstrip("!").split("|")))
    return Step(
        up=found["way"] == "<",
        labels=frozenset(found["labels"].strip("()").split("|")),
        symbols=symbols,
        without=bool(classes) and classes.startswith("!"),
        modifier=found["name"] is not None,
        optional=found["many"] in ("?", "*"),
        many=found["many"] in ("*", "+"),
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a path ends, the nodes that it passed, and the one that it named."""

    node: int
    passed: tuple[int, ...]
    modifier: int | None


def reach(tree: Tree, atoms: list[Atom], start: int, steps: tuple[Step, ...]) -> list[Reached]:
    """Follow a path from a node to every node that it leads to, nearest first. Each is tried once a step: bounded."""
    found: list[Reached] = []
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[int, int, Reached]] = [(start, 0, Reached(start, (), None))]
    while waiting:
        ahead: list[tuple[int, int, Reached]] = []
        for node, at, so_far in waiting:
            if (node, at) in seen:
                continue
            seen.add((node, at))
            if at == len(steps):
                found.append(so_far)
                continue
            step = steps[at]
            if step.optional:
                ahead.append((node, at + 1, so_far))
            for other in tree.moves(node, step):
                if step.allows(atoms[other]):
                    named = other if step.modifier else so_far.modifier
                    after = Reached(other, (*so_far.passed, other), named)
                    ahead.append((other, at if step.optional and step.many else at + 1, after))
                    if step.many and not step.optional:
                        ahead.append((other, at, after))
        waiting = ahead
    return found
