"""Ids for mentions: from the lexicon entry that was matched, or from the miRNA's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from secretome_nlp.ground.mirna import SPECIES, ground_mirna
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.types import Mention, Norm

#: Lexicon ids of the species that miRBase knows, with miRBase's prefix.
MIRNA_SPECIES = {"species.human": "hsa", "species.mouse": "mmu", "species.rat": "rno"}


class Grounder:
    """Look up ids offline. A concept without a checked id gets none; nothing is guessed."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Mapping[str, Entry] = {e.id: e for e in entries}
        self.sourced = _sourced(self.entries.values())

    def find(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the mentions with `norm` filled, best id first."""
        prefer = self._species_order(mentions)
        stem = ""
        grounded: list[Mention] = []
        for m in mentions:
            if m.type == "MIRNA" and m.concept is None:
                name = _full_name(m.text, stem)
                stem = name
                grounded.append(replace(m, norm=ground_mirna(name, prefer)))
            else:
                grounded.append(replace(m, norm=self._norms(m, mentions)) if m.concept else m)
        return tuple(grounded)

    def _norms(self, m: Mention, mentions: tuple[Mention, ...]) -> tuple[Norm, ...]:
        entry = self.entries.get(m.concept or "")
        if entry is None:
            return ()
        norms = tuple(Norm(x, entry.name, m.by.how) for x in entry.xref)
        if m.type != "CELL_TYPE" or m.by.how != "grammar" or not norms:
            return norms
        inside = (t for t in mentions if t.type == "TISSUE" and m.start <= t.start and t.end <= m.end)
        exact = next((self.sourced[key] for t in inside if (key := (norms[0].id, t.concept)) in self.sourced), None)
        return norms if exact is None else (Norm(exact.xref[0], exact.name, "source"), *norms)

    def _species_order(self, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
        """Human first, unless the text names only another species that miRBase knows."""
        named = {MIRNA_SPECIES[m.concept] for m in mentions if m.concept in MIRNA_SPECIES}
        if not named or "hsa" in named:
            return SPECIES
        return (*sorted(named), *(s for s in SPECIES if s not in named))


def _sourced(entries: Iterable[Entry]) -> dict[tuple[str, str | None], Entry]:
    """Map a cell's general id and its source tissue to the cell of that tissue ("bone marrow" and MSC)."""
    found: dict[tuple[str, str | None], Entry] = {}
    for e in entries:
        tissues = [concept for type_, concept in e.parts if type_ == "TISSUE"]
        if e.type == "CELL_TYPE" and len(e.xref) > 1 and len(tissues) == 1:
            found.setdefault((e.xref[-1], tissues[0]), e)
    return found


def _full_name(text: str, before: str) -> str:
    """Restore the shared first part of a list member: "146a" after "miR-21" is miR-146a."""
    bare = text.strip().lstrip("-‐‑–")
    if bare[:1].isdigit():
        return f"miR-{bare}"
    if len(bare) == 1 and before:
        return before[:-1] + bare if before[-1:].isalpha() else before + bare
    return text
