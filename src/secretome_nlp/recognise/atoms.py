"""Atoms: the units in which terms and text are compared.

A run of letters, a run of digits or another symbol is an atom; a Greek letter is one by itself and is spelled
out. Hyphens and white space are no atoms but the glue between them, so that "IL-10", "IL10" and "IL 10" are
the same two atoms, and "TGF-β1", "TGFβ1" and "TGF-beta 1" the same three. A raised reference number is no part of
the name before it: "IL-6²" is "IL-6" and a number, while "cm²" is the unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from secretome_nlp.knowledge.typography import raised
from secretome_nlp.segment.tokens import GREEK, LOOK_ALIKES, fold

ATOM = re.compile(r"\d+|[Α-Ωα-ωµßɑɣĸ]|[^\W\d_Α-Ωα-ωµßɑɣĸ²³¹⁰-⁹]+|[^\w\s]|_|[²³¹⁰-⁹]+")
PLAIN = re.compile(r"[A-Za-z0-9 -]+")
RUN = re.compile(r"[0-9]+|[A-Za-z]+")
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
HYPHENS = frozenset("-‐‑‒–—−\u00ad")

GLUED, HYPHEN, SPACE, FAR = 0, 1, 2, 3


class Atoms(NamedTuple):
    """The atoms of a text in parallel tuples; `glue[i]` tells what stands before atom i."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    norms: tuple[str, ...]
    cased: tuple[str, ...]
    glue: tuple[int, ...]


@lru_cache(maxsize=131072)
def _forms(piece: str) -> tuple[str, str]:
    """Return the look-up form of an atom and the form that keeps its case."""
    norm = fold(piece)
    if piece.lower() in GREEK or piece in LOOK_ALIKES or piece == "µ" or not piece.isascii():
        return norm, norm
    return norm, piece


def split(text: str) -> Atoms:
    """Cut a text into atoms. A line break or a long gap between atoms is FAR: no term reaches over it."""
    starts: list[int] = []
    ends: list[int] = []
    norms: list[str] = []
    cased: list[str] = []
    glue: list[int] = []
    at, last, hyphen = 0, 0, False
    for piece in ATOM.findall(text):
        # Nothing but white space lies between pieces, so the next one is found at once; a match object costs more.
        start = text.index(piece, at)
        at = start + len(piece)
        if piece in HYPHENS:
            hyphen = True
            continue
        norm, keep = _forms(piece)
        between = SPACE if start == last + 1 and not hyphen else _between(text, last, start, hyphen)
        if piece[0] in RAISED and _cites(text, start, norm):
            norm, between = f"^{norm}", SPACE
        starts.append(start)
        ends.append(at)
        norms.append(norm)
        cased.append(keep)
        glue.append(between)
        last, hyphen = at, False
    return Atoms(tuple(starts), tuple(ends), tuple(norms), tuple(cased), tuple(glue))


def _cites(text: str, start: int, digits: str) -> bool:
    """Tell whether raised digits are the number of a reference, not a power or an exponent."""
    return raised(text[max(0, start - 24) : start], digits).citation


def _between(text: str, last: int, start: int, hyphen: bool) -> int:
    gap = start - last
    if gap == 0:
        return GLUED
    if gap > 3 or "\n\n" in text[last:start]:
        return FAR
    return HYPHEN if hyphen else SPACE


def read_key(term: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the look-up atoms of a term and the atoms that keep its case."""
    if PLAIN.fullmatch(term):  # as most terms are: the same atoms, ten times as fast
        return tuple(RUN.findall(term.lower())), tuple(RUN.findall(term))
    atoms = split(term)
    return atoms.norms, atoms.cased


def read_norms(term: str) -> Sequence[str]:
    """Return the look-up atoms of a term alone; bare words, as most names are, need no expression."""
    if term.isascii():
        words = term.lower().split(" ")
        if all(map(str.isalpha, words)):
            return words
    return read_key(term)[0]


#: The same for the words of a text's surroundings, which come again and again.
key_of = lru_cache(maxsize=65536)(read_key)


def plural_of(word: str) -> str:
    """Return the regular English plural of a lower-case word."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and len(word) > 2 and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
