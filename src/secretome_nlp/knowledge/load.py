"""All the knowledge that recognition needs, loaded once and fingerprinted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from secretome_nlp.knowledge.files import DATA
from secretome_nlp.knowledge.grammar import Grammar, load_grammars
from secretome_nlp.knowledge.kept import keep
from secretome_nlp.knowledge.lexicon import Entry, as_row, load_lexicons
from secretome_nlp.knowledge.overlaps import Overlaps, load_overlaps
from secretome_nlp.types import Mention


@dataclass(frozen=True)
class Knowledge:
    """Entries, grammars and overlap settings, with the entries by id."""

    entries: tuple[Entry, ...]
    grammars: tuple[Grammar, ...]
    overlaps: Overlaps

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Return the lexicon entries by their id."""
        return {e.id: e for e in self.entries}

    @cached_property
    def agents(self) -> dict[str, str]:
        """Return the short forms of what induces a model with its name, both in lower case ("lps")."""
        # By id first: where two files name one, the later holds, in the place of the earlier.
        inducers = (e for e in self.by_id.values() if e.type == "MODEL_INDUCER")
        return {s[0].lower(): e.name.lower() for e in inducers for s in e.short}


def load_knowledge(overlays: tuple[Path, ...] = ()) -> Knowledge:
    """Load the shipped knowledge once, with a user's own lexicon files laid over it.

    Raises KnowledgeError, one line with file, line and remedy, where a file does not hold.
    """
    return _load(overlays)


@lru_cache(maxsize=4)
def _load(overlays: tuple[Path, ...]) -> Knowledge:
    rows = keep("lexicons", overlays, lambda: [as_row(e) for e in load_lexicons(overlays=overlays)])
    return Knowledge(tuple(Entry(*row) for row in rows), load_grammars(), load_overlaps())


def polarity_of(overlays: tuple[Path, ...], mention: Mention) -> Literal["higher_better", "lower_better"] | None:
    """Tell of an outcome whether more of it is better, by its lexicon entry."""
    entry = load_knowledge(overlays).by_id.get(mention.concept or "")
    if entry is None or entry.polarity not in ("higher_better", "lower_better"):
        return None
    return "higher_better" if entry.polarity == "higher_better" else "lower_better"


def fingerprint(overlays: tuple[Path, ...] = ()) -> str:
    """Return a hash of every knowledge file, which tells whether two runs knew the same."""
    digest = hashlib.sha256()
    for path in [*sorted(p for p in DATA.rglob("*") if p.is_file()), *overlays]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
