"""What a document's own short forms mean: each defined form takes the type and concept of its long form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.recognise.atoms import GLUED, HYPHEN, Atoms, key_of
from secretome_nlp.recognise.candidates import Candidate, Chart
from secretome_nlp.recognise.trie import Node, ends_of
from secretome_nlp.types import Abbreviation

#: A concept must cover this share of the long form's letters to give the short form its meaning.
LEAST_COVER = 0.5


@dataclass(frozen=True, slots=True)
class Defined:
    """A short form in exact case with what it means; `type` is None where that is nothing we know."""

    id: str
    norms: tuple[str, ...]
    cased: tuple[str, ...]
    type: str | None
    entry: Entry | None
    kind: str | None
    value: str | None

    def places(self, atoms: Atoms, by_case: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
        """Yield the atoms of each use of the short form, plural s included.

        `by_case` holds the numbers of the atoms by their form that keeps its case.
        """
        size = len(self.norms)
        forms = [self.cased, (*self.cased[:-1], self.cased[-1] + "s")]
        if self.cased[-1].endswith("s") and len(self.norms[-1]) > 2:
            forms.append((*self.cased[:-1], self.cased[-1][:-1]))
        for begin in {form[0] for form in forms}:
            for first in by_case.get(begin, ()):
                if (size > 1 and atoms.norms[first] != self.norms[0]) or atoms.cased[first : first + size] not in forms:
                    continue
                if atoms.glue[first] == GLUED and first and atoms.norms[first - 1].isalnum():
                    continue
                end = first + size
                if end < len(atoms.norms) and atoms.glue[end] == GLUED and atoms.norms[end].isalnum():
                    continue
                yield first, end


def defined_forms(
    abbreviations: tuple[Abbreviation, ...],
    chart: Chart,
    atoms: Atoms,
    trie: Node,
    entries: tuple[Entry, ...],
) -> tuple[Defined, ...]:
    """Give each defined short form the meaning of its long form.

    A compound short form whose parts the lexicon knows ("MSC-Exos") is left to be read part by part. A short
    form whose long form names nothing that we know, and shares no word with what the lexicon takes it for, is
    no mention in this document ("CM (choroid membrane)").
    """
    found: list[Defined] = []
    for a in abbreviations:
        norms, cased = key_of(a.short_text)
        if not norms:
            continue
        meaning = _meaning(a, chart, atoms)
        ident = f"definition:{a.short_text}"
        split = _split_compound(a, chart, atoms) if len(norms) > 1 else None
        if split is not None:
            size, source = split
            kind, value = source.kind, source.value
            found.append(Defined(ident, norms[:size], cased[:size], source.type, source.entry, kind, value))
            continue
        if meaning is not None:
            if len(norms) > 1 and (_turned(a, chart, atoms, meaning) or _covered_in_parts(a, chart, atoms, meaning)):
                continue
            found.append(Defined(ident, norms, cased, meaning.type, meaning.entry, meaning.kind, meaning.value))
        elif not _lexicon_agrees(norms, a.long_text, trie, entries):
            found.append(Defined(ident, norms, cased, None, None, None, None))
    return tuple(found)


def _meaning(a: Abbreviation, chart: Chart, atoms: Atoms) -> Candidate | None:
    """Find the best candidate that ends where the long form ends and covers enough of it."""
    first = bisect_left(atoms.starts, a.long.start)
    last = bisect_left(atoms.starts, a.long.end)
    best: Candidate | None = None
    for at in range(first, last):
        for row in chart.types_at(at).values():
            for c in row:
                if c.last == last and (
                    best is None or (c.end - c.start, c.weight) > (best.end - best.start, best.weight)
                ):
                    best = c
    if best is None:
        return None
    whole = a.long.end - a.long.start
    enough = best.end - best.start >= LEAST_COVER * whole
    return best if enough or best.type in ("COMPONENT", "CELL_TYPE", "MODEL", "OUTCOME") else None


#: Words of a long form by which it names a protein.
ENZYME = re.compile(
    r"[a-z]+(?:kinase|genase|synthase|ferase|ductase|oxidase|phatase|mutase|merase|tidase|protease|lyase)|receptor"
)
#: What the first part of a compound short form can stand for, best first.
_SOURCES = ("CELL_TYPE", "FACTOR", "MIRNA", "PRIMING")


def _split_compound(a: Abbreviation, chart: Chart, atoms: Atoms) -> tuple[int, Candidate] | None:
    """Read "thMSC-EVs" as a source and its product, where the long form names both.

    Returns how many atoms of the short form stand for the source, and the long form's candidate for it; None where
    the short form does not end in a product joined by a hyphen, where its first part is known by itself, or is
    the arm of a study ("Ctrl-EVs").
    """
    first, last = bisect_left(atoms.starts, a.short.start), bisect_left(atoms.starts, a.short.end)
    inner = (at for at in range(first + 1, last) if atoms.glue[at] == HYPHEN)
    product = next((at for at in inner if _ends_at(chart, at, last, "COMPONENT")), None)
    if product is None or any(c.last <= product for t in _SOURCES for c in chart.at(first, t)):
        return None
    if any(c.last in (product, last) for c in chart.at(first, "COMPONENT")):
        return None
    low, high = bisect_left(atoms.starts, a.long.start), bisect_left(atoms.starts, a.long.end)
    inside = [c for t in _SOURCES for at in range(low, high) for c in chart.at(at, t) if c.last <= high]
    start = atoms.norms[first][:3]
    alike = [c for c in inside if len(start) == 3 and atoms.norms[c.first].startswith(start)]
    cells = [c for c in inside if c.type == "CELL_TYPE"] if len(atoms.norms[first]) > 2 else []
    best = max(alike or cells, key=lambda c: c.end - c.start, default=None)
    return (product - first, best) if best is not None else None


def _ends_at(chart: Chart, first: int, last: int, type_: str) -> bool:
    return any(c.last == last for c in chart.at(first, type_))


def _covered_in_parts(a: Abbreviation, chart: Chart, atoms: Atoms, meaning: Candidate) -> bool:
    """Tell whether the short form's own last part already has the meaning's type, its other parts another."""
    first = bisect_left(atoms.starts, a.short.start)
    last = bisect_left(atoms.starts, a.short.end)
    ends = any(
        c.last == last and c.type == meaning.type and at > first
        for at in range(first, last)
        for row in chart.types_at(at).values()
        for c in row
    )
    return ends and any(c.last < last for row in chart.types_at(first).values() for c in row)


def _turned(a: Abbreviation, chart: Chart, atoms: Atoms, meaning: Candidate) -> bool:
    """Tell whether the long form names a product first and then its source, which alone is no meaning of the whole."""
    first = bisect_left(atoms.starts, a.long.start)
    product = max((c.last for c in chart.at(first, "COMPONENT")), default=first)
    return meaning.type != "COMPONENT" and first < product <= meaning.first


def _lexicon_agrees(norms: tuple[str, ...], long: str, trie: Node, entries: tuple[Entry, ...]) -> bool:
    words = {w for w in key_of(long)[0] if len(w) > 2}
    known = [entries[number] for number, _, _ in ends_of(trie, norms)]
    if known and all(e.type == "GENE" for e in known) and any(map(ENZYME.fullmatch, words)):
        return True  # a protein by its long form too, which need not be the name that the lexicon has for it
    return all(any(words & set(key_of(term)[0]) for term in (*e.terms, e.name)) for e in known)
