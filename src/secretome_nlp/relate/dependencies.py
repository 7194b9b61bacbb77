"""Read relations from the syntax of a sentence: rules whose frame is `syntax`, with paths from trigger to mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import reduce
from operator import or_

from secretome_nlp.relate.atoms import Atom
from secretome_nlp.relate.compile import CompiledRule, CompiledRules
from secretome_nlp.relate.coreference import AGENTS
from secretome_nlp.relate.direction import Compass
from secretome_nlp.relate.forms import Flags
from secretome_nlp.relate.reading import PAIR_LIMIT, Reading, is_divisor
from secretome_nlp.relate.trees import Reached, Step, Tree, reach, tree_of
from secretome_nlp.types import Mention, Parse, Span, Token

#: Types of molecules, which act themselves where the name of what bears them goes before theirs.
_MOLECULES = frozenset({"MIRNA", "FACTOR", "GENE"})
#: Words of a sentence that is worth parsing: what is longer is a table or a list without stops, and following paths
#: through it takes time that grows with the square of its length.
LONGEST_PARSED = 400
#: The type of what acts where it is named, whatever it comes from.
_PRODUCT = "COMPONENT"
#: Labels by which a list goes on, and a thing is named again: beyond a mention a path takes no other.
_LIST = frozenset({"conj", "appos"})


def may_add(atoms: list[Atom], nested: bool, readings: list[Reading], rules: CompiledRules) -> bool:
    """Tell whether a rule of syntax could add to what surface rules read from a spelling of a sentence.

    It could where the sentence has what the rule asks for, and one of the things that the rule could relate is in no
    reading of its kind yet: a product that did nothing, or something that nothing was done to. Cells are named most
    often as what a product comes from, so they do not count.
    """
    known = [r for r in readings if r.rule.rule.relation in rules.syntax.relations]
    heads, tails = {r.head.id for r in known}, {r.tail.id for r in known}
    bits = [rules.bits[a.symbol] for a in atoms]
    mask = reduce(or_, bits, 0)
    idle = left = 0
    for bit, atom in zip(bits, atoms, strict=True):
        for m in atom.mentions():
            if m.type == _PRODUCT and m.id not in heads:
                idle |= bit
            if m.id not in tails:
                left |= bit
    return any(
        mask & c.trigger and mask & c.head and mask & c.tail and (idle & c.head or left & c.tail)
        for c in _rules_for(nested, mask, rules)
    )


def _rules_for(nested: bool, mask: int, rules: CompiledRules) -> Iterator[CompiledRule]:
    return (c for c in rules.syntax.rules if (c.rule.nested or not nested) and not mask & c.never)


def readings_of_syntax(
    atoms: list[Atom],
    nested: bool,
    parse: Parse,
    starts: list[int],
    number: int,
    rules: CompiledRules,
    compass: Compass,
) -> Iterator[Reading]:
    """Read one spelling of a sentence by its parse; `starts` are the starts of the words that were parsed."""
    if len(starts) != len(parse.heads):
        return
    tree = tree_of(atoms, starts, parse)
    bits = [rules.bits[a.symbol] for a in atoms]
    mask = reduce(or_, bits, 0)
    for compiled in _rules_for(nested, mask, rules):
        if not (mask & compiled.trigger and mask & compiled.head and mask & compiled.tail):
            continue
        for at, bit in enumerate(bits):
            if bit & compiled.trigger:
                yield from _at(compiled, atoms, bits, tree, at, number, compass)


def _at(
    compiled: CompiledRule, atoms: list[Atom], bits: list[int], tree: Tree, at: int, number: int, compass: Compass
) -> Iterator[Reading]:
    """Read a rule at one trigger."""
    rule, trigger = compiled.rule, atoms[at]
    if trigger.mention is not None:
        return
    span, given = Span(trigger.start, trigger.end), 0
    for head_path, tail_path in compiled.paths:
        tails = _reached(compiled.tail, atoms, bits, tree, at, tail_path)
        heads = _reached(compiled.head, atoms, bits, tree, at, head_path) if tails else []
        for h in heads:
            if any(atoms[n].symbol in compiled.unless for n in h.passed):
                continue
            for t in tails:
                modifier = t.modifier if t.modifier is not None else h.modifier
                for head, tail in _pairs(atoms[h.node], atoms[t.node], rule.head.types, rule.tail.types):
                    given += 1
                    if given > PAIR_LIMIT:
                        return
                    way = compass.direction(
                        rule.direction, trigger, None if modifier is None else atoms[modifier], tail
                    )
                    yield Reading(compiled, head, tail, way, span, number)


def _pairs(
    head: Atom, tail: Atom, head_types: tuple[str, ...], tail_types: tuple[str, ...]
) -> Iterator[tuple[Mention, Mention]]:
    for h in head.mentions():
        for t in tail.mentions():
            if h.type in head_types and t.type in tail_types and h.id != t.id and not h.span.overlaps(t.span):
                yield h, t


def _reached(
    wanted: int, atoms: list[Atom], bits: list[int], tree: Tree, at: int, path: tuple[Step, ...]
) -> list[Reached]:
    """Return the mentions of a slot that a path leads to, those left out that it reaches only through another one."""
    fitting = [r for r in reach(tree, atoms, at, path) if bits[r.node] & wanted]
    nodes = {r.node for r in fitting}
    kept = [r for r in fitting if not _through(r, nodes, tree) and not _past_molecule(r, atoms)]
    return [r for r in kept if not _names_arm(atoms, r.node) and not is_divisor(atoms, r.node)]


def _names_arm(atoms: list[Atom], node: int) -> bool:
    """Tell whether a molecule only names the arm that was loaded with it: "Exo-BDNF" acts, not BDNF."""
    here = atoms[node].mention
    if node < 2 or here is None or here.type not in _MOLECULES or not atoms[node - 1].flags & Flags.HYPHEN:
        return False
    product = atoms[node - 2].mention
    return product is not None and product.type == "COMPONENT"


def _past_molecule(reached: Reached, atoms: list[Atom]) -> bool:
    """Tell whether a path goes down from a molecule: of "EV-derived miR-21" the miR-21 acts, not the EV."""
    mentions = (atoms[n].mention for n in reached.passed[:-1])
    end = atoms[reached.node].mention
    return end is not None and end.type in AGENTS and any(m is not None and m.type in _MOLECULES for m in mentions)


def _through(reached: Reached, nodes: set[int], tree: Tree) -> bool:
    steps = zip(reached.passed, reached.passed[1:], strict=False)
    return any(one in nodes and not (tree.heads[two] == one and tree.labels[two] in _LIST) for one, two in steps)


def starts_of(tokens: tuple[Token, ...], sentence: Span) -> list[int]:
    """Return the starts of the words of a sentence, as they were parsed; `tokens` are all of the text."""
    starts = [t.start for t in tokens]
    return starts[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
