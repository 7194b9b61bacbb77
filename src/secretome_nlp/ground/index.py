"""Ids for mentions: from the lexicon entry that was matched, or from the miRNA's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from secretome_nlp.ground.mirna import DASHES, SPECIES, ground_mirna
from secretome_nlp.ground.proteins import TYPES as PROTEINS
from secretome_nlp.ground.proteins import Proteins
from secretome_nlp.ground.surfaces import TYPES, Surfaces, table
from secretome_nlp.knowledge.grammar import Grammar
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.types import How, Mention, Norm

#: Lexicon ids of the species that miRBase knows, with miRBase's prefix.
MIRNA_SPECIES = {"species.human": "hsa", "species.mouse": "mmu", "species.rat": "rno"}


class Grounder:
    """Look up ids offline. A concept without a checked id gets none; nothing is guessed."""

    def __init__(
        self, entries: Iterable[Entry], grammars: Iterable[Grammar] = (), surfaces: Surfaces | None = None
    ) -> None:
        self.entries: Mapping[str, Entry] = {e.id: e for e in entries}
        self.sourced = _sourced(self.entries.values())
        self.surfaces = surfaces or Surfaces(*table(self.entries.values()))
        self.mirnas = _mirnas(self.entries.values())
        self._known: dict[tuple[str, How], tuple[Norm, ...]] = {}
        self.by_grammar = {g.id: g for g in grammars if g.xref}

    @cached_property
    def proteins(self) -> Proteins:
        """Return the names of proteins, indexed when the first phrase asks for them: they are many."""
        return Proteins(self.entries.values())

    def find(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the mentions with `norm` filled, best id first."""
        prefer = self._species_order(mentions)
        stem = ""
        grounded: list[Mention] = []
        for m in mentions:
            if m.type == "MIRNA" and m.concept is None:
                name = _full_name(m.text, stem)
                stem = name
                listed = tuple(Norm(x, e.name, "name") for e in self.mirnas.get(_bare(name), ()) for x in e.xref)
                grounded.append(m.grounded(tuple(dict.fromkeys((*ground_mirna(name, prefer), *listed)))))
            else:
                norms = self._norms(m, mentions)
                grounded.append(m.grounded(norms) if norms != m.norm else m)
        return tuple(grounded)

    def _norms(self, m: Mention, mentions: tuple[Mention, ...]) -> tuple[Norm, ...]:
        """Return a concept's ids: by its official name, its entry, its grammar, then by the head of its words."""
        entry = self.entries.get(m.concept or "")
        given = self._given(entry, m.by.how) if entry else ()
        if m.type in PROTEINS and entry is None and m.by.how == "grammar":
            return self.proteins.find(m.text)
        if m.type not in TYPES or m.kind == "line":
            return given
        words = entry.name if entry and m.by.how == "abbreviation" else m.text
        named = self.surfaces.named(m.type, words)
        if named:
            return (*named, *(n for n in given if n.id != named[0].id))
        if m.by.how == "grammar":
            given = self._by_parts(m, mentions, words, given)
        return given or self.surfaces.head(m.type, entry.name if entry and _is_short(m.text) else words)

    def _given(self, entry: Entry, how: How) -> tuple[Norm, ...]:
        """Return the ids of an entry, made once for each way in which its mentions are found."""
        norms = self._known.get((entry.id, how))
        if norms is None:
            norms = self._known[entry.id, how] = tuple(Norm(x, entry.name, how) for x in entry.xref)
        return norms

    def _by_parts(
        self, m: Mention, mentions: tuple[Mention, ...], words: str, given: tuple[Norm, ...]
    ) -> tuple[Norm, ...]:
        """Ground a phrase that a grammar put together: by its source, else by the longest end that has a name."""
        inside = [t for t in mentions if t.type == "TISSUE" and m.start <= t.start and t.end <= m.end]
        if given:
            keys = ((given[-1].id, t.concept) for t in inside)
            exact = next((self.sourced[key] for key in keys if key in self.sourced), None)
            if exact is not None:
                return (Norm(exact.xref[0], exact.name, "source"), *given)
        grammar = self.by_grammar.get(m.by.id)
        if grammar is not None and not given:
            return tuple(Norm(x, m.text, "grammar") for x in grammar.xref)
        head = self.surfaces.head(m.type, words)
        return (*head, *(n for n in given if n.id not in {h.id for h in head}))

    def _species_order(self, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
        """Human first, so that a name has one id in all papers; then the species that the text names."""
        named = {MIRNA_SPECIES[m.concept] for m in mentions if m.concept in MIRNA_SPECIES}
        return tuple(sorted(SPECIES, key=lambda s: (s != "hsa", s not in named)))


def _sourced(entries: Iterable[Entry]) -> dict[tuple[str, str | None], Entry]:
    """Map a cell's general id and its source tissue to the cell of that tissue ("bone marrow" and MSC)."""
    found: dict[tuple[str, str | None], Entry] = {}
    for e in entries:
        tissues = [concept for type_, concept in e.parts if type_ == "TISSUE"]
        if e.type == "CELL_TYPE" and len(e.xref) > 1 and len(tissues) == 1:
            found.setdefault((e.xref[-1], tissues[0]), e)
    return found


def _mirnas(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Map the names of miRNAs that a user's own lexicon lists (mature ones, with their accessions) to its entries."""
    found: dict[str, list[Entry]] = {}
    for e in entries:
        if e.type == "MIRNA" and e.bulk:
            for name in {_bare(n) for n in (e.name, *e.terms, *(text for text, *_ in e.short))}:
                found.setdefault(name, []).append(e)
    return found


def _bare(name: str) -> str:
    return name.translate(DASHES).strip().lower().replace("microrna", "mir").replace("mirna", "mir").replace("-", "")


def _full_name(text: str, before: str) -> str:
    """Restore the shared first part of a list member: "146a" after "miR-21" is miR-146a."""
    bare = text.strip().lstrip("-‐‑–")
    if bare[:1].isdigit():
        return f"miR-{bare}"
    if len(bare) == 1 and before:
        return before[:-1] + bare if before[-1:].isalpha() else before + bare
    return text


def _is_short(text: str) -> bool:
    """Tell a short form, whose letters name nothing by themselves."""
    return " " not in text and sum(c.isupper() for c in text) > 1
