"""Shorten a sentence to its bones: brackets, sources, cargo, places and comparisons are folded away.

"Exosomes derived from hypoxic MSCs (50 µg)" becomes the one atom "Exosomes", so that the pattern of a finding
need not know how many ways there are to say where exosomes come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from secretome_nlp.relate.atoms import Atom
from secretome_nlp.relate.forms import Flags
from secretome_nlp.types import Mention

BRACKET_LIMIT = 80
#: What `unbracket` takes out, by the labels of the alphabet.
BRACKETS = ("LPAREN", "RPAREN", "CITATION")
#: Types that a bracket may hold without saying anything of the thing before it.
SIDE_TYPES = frozenset({"CITATION", "DOSE", "TRIAL_ID"})
_SHORT_FORM = re.compile(r"^[\w+\-/.]{1,16}$")


@dataclass(frozen=True, slots=True)
class CompiledFold:
    """A fold's expression and the mask of the sets of characters of each of which it needs one."""

    id: str
    expression: re.Pattern[str]
    needs: int
    apposed: bool


def fold(atoms: list[Atom], folds: Iterable[CompiledFold]) -> list[Atom]:
    """Return the atoms that are left when every fold has been taken out; some folds give what is left a short form."""
    text = "".join([a.symbol for a in atoms])
    for compiled in folds:
        kept: list[Atom] = []
        done = 0
        for match in compiled.expression.finditer(text):
            keep = match.start("keep")
            kept.extend(atoms[done : match.start()])
            kept.append(atoms[keep])
            if compiled.apposed:
                others = (a.mention for a in atoms[match.start() : match.end()] if a is not atoms[keep])
                atoms[keep].short += tuple(m for m in others if m is not None)
            done = match.end()
        if done:
            kept.extend(atoms[done:])
            atoms = kept
            text = "".join([a.symbol for a in atoms])
    return atoms


def unbracket(atoms: list[Atom], comma: str) -> list[Atom]:
    """Take out citations and brackets; things listed in a bracket stay with the thing before it.

    A bracket after a plain word ("cytokines (IL-6 and TNF-α)"), or after what is measured by things of another type
    ("inflammation (IL-6, TNF-α)"), becomes part of the list: `comma` is the character of a comma.
    """
    kept: list[Atom] = []
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        if atom.mention is not None and atom.mention.type == "CITATION":
            i += 1
        elif atom.flags & Flags.OPEN and kept:
            close = _closing(atoms, i)
            inside = atoms[i + 1 : close]
            named = [a for a in inside if a.mention is not None and a.mention.type not in SIDE_TYPES]
            if kept[-1].mention is not None and not _measured(kept[-1].mention, named):
                _appose(kept[-1], kept[-1].mention, named)
            elif named:
                kept.extend([_comma(atom, comma), *inside])
            i = close + 1
        elif atom.flags & (Flags.OPEN | Flags.CLOSE):
            i += 1
        else:
            kept.append(atom)
            i += 1
    return kept


def _measured(mention: Mention, named: list[Atom]) -> bool:
    """Tell whether a bracket lists molecules by which an outcome was measured."""
    return mention.type == "OUTCOME" and any(a.mention and a.mention.type in ("GENE", "FACTOR") for a in named)


def _comma(atom: Atom, symbol: str) -> Atom:
    return Atom(atom.start, atom.end, ",", symbol, Flags.SEP | Flags.COMMA)


def _closing(atoms: list[Atom], start: int) -> int:
    depth = 0
    for i in range(start, min(len(atoms), start + BRACKET_LIMIT)):
        if atoms[i].flags & Flags.OPEN:
            depth += 1
        elif atoms[i].flags & Flags.CLOSE:
            depth -= 1
            if depth == 0:
                return i
    return start


def _appose(atom: Atom, mention: Mention, named: list[Atom]) -> None:
    """Give a thing the things that a bracket lists after it, or its short form."""
    same = tuple(a.mention for a in named if a.mention is not None and a.mention.type == mention.type)
    if len(same) == 1 and _SHORT_FORM.match(same[0].text) and len(same[0].text) < len(mention.text):
        atom.short = same
    else:
        atom.also = same
