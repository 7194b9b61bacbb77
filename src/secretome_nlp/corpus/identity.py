"""What makes two documents the same paper: their PMID, their DOI, or their sentences.

Sentences are compared by fingerprints of their letters, which are the same for a PDF's and an XML's rendition.
Of each document the few smallest fingerprints are kept, so that two renditions keep the same ones.
Method: bottom-k sketches (A. Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass

from secretome_nlp import clean
from secretome_nlp.evaluate.gold import fingerprint, letters
from secretome_nlp.segment import sentences
from secretome_nlp.types import Document, RawDocument, Span

LEAST_LETTERS = 60  # shorter sentences stand in many papers
KEPT = 12
ENOUGH = 4  # fewer sentences than this are compared as a whole
ALIKE = 0.5

Print = tuple[str, int]  # a sentence's fingerprint and its number of letters


@dataclass(frozen=True, slots=True)
class Paper:
    """A document by what identifies it. `whole` is the fingerprint of all its letters, `size` their number."""

    doc_id: str
    title: str
    pmid: str | None
    doi: str | None
    year: int | None
    first_author: str | None
    journal: str | None
    whole: str
    size: int
    prints: tuple[Print, ...]


def identify(raw: RawDocument) -> Paper:
    """Return what identifies a document: its bibliography, and fingerprints of its cleaned text."""
    document = clean.clean(raw)
    known = document.bibliography
    return Paper(
        document.doc_id, document.title, known.pmid, known.doi.lower() if known.doi else None, known.year,
        known.first_author, known.journal, fingerprint(document.text), len(letters(document.text)), _prints(document),
    )  # fmt: skip


def _prints(document: Document) -> tuple[Print, ...]:
    lists = [Span(s.start, s.end) for s in document.sections if s.kind == "references"]
    found = {
        (fingerprint(words), size)
        for span in sentences.find(document.text, document.sections)
        if not any(part.contains(span) for part in lists)
        and (size := len(letters(words := document.text[span.start : span.end]))) > LEAST_LETTERS
    }
    return tuple(heapq.nsmallest(KEPT, found))


class Known:
    """The papers that are there, to ask whether another is one of them."""

    def __init__(self) -> None:
        self._papers: dict[str, Paper] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._with: dict[str, list[str]] = defaultdict(list)

    def __contains__(self, key: str) -> bool:
        return key in self._papers

    def add(self, key: str, paper: Paper) -> None:
        """Note that a paper is there under `key`."""
        self._papers[key] = paper
        for kind, value in (("pmid", paper.pmid), ("doi", paper.doi), ("whole", paper.whole)):
            if value:
                self._ids.setdefault((kind, value), key)
        for print_, _ in paper.prints:
            self._with[print_].append(key)

    def same_as(self, paper: Paper) -> tuple[str, str] | None:
        """Return the key of the paper that this one is, and by what (`pmid`, `doi` or `text`); None for a new one.

        Papers whose PMIDs or DOIs differ are never the same, however alike they read.
        """
        for kind, value in (("pmid", paper.pmid), ("doi", paper.doi)):
            key = self._ids.get((kind, value)) if value else None
            if key is not None:
                return key, kind
        key = self._ids.get(("whole", paper.whole))
        if key is not None and paper.size > LEAST_LETTERS and not _differ(paper, self._papers[key]):
            return key, "text"
        shared = Counter(key for print_, _ in paper.prints for key in self._with.get(print_, ()))
        for key, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if _alike(paper, self._papers[key]) and not _differ(paper, self._papers[key]):
                return key, "text"
        return None


def _differ(one: Paper, other: Paper) -> bool:
    pairs = ((one.pmid, other.pmid), (one.doi, other.doi))
    return any(a and b and a != b for a, b in pairs)


def _alike(one: Paper, other: Paper) -> bool:
    """Estimate from the sketches whether at least half of the sentences of both together stand in both."""
    both = heapq.nsmallest(KEPT, set(one.prints) | set(other.prints))
    shared = set(one.prints) & set(other.prints)
    return len(both) >= ENOUGH and sum(p in shared for p in both) >= ALIKE * len(both)
