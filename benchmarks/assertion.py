"""Cues and scopes on BioScope's abstracts: python benchmarks/assertion.py SHARED_PATH

Two thirds of the abstracts (by a hash of their number) were used in development; of the last third only the
list of cue words was seen, never a sentence. For each kind: cues by overlap; scope tokens with gold cues
(each gold scope against the scope that our scope finder gives at its cue; a cue that we do not know gets a
plain forward clause) with the share of exact scopes; and scope tokens with our own cues (a token counts once
a sentence, whatever the number of scopes over it).
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from secretome_nlp import qualify
from secretome_nlp.knowledge.cues import CueEntry, load_cues
from secretome_nlp.qualify.scope import Clause
from secretome_nlp.segment import tokens
from secretome_nlp.types import Cue, Span, Token

KINDS = {"negation": "negation", "speculation": "hedge"}


class GoldCue(NamedTuple):
    """A cue of the corpus: its parts (`neither ... nor` has two) and its scope."""

    kind: str
    parts: tuple[Span, ...]
    scope: Span


@dataclass
class Sentence:
    """A sentence with its gold cues; `held` tells the third that development did not see."""

    text: str
    held: bool
    cues: list[GoldCue]


@dataclass
class Counts:
    """Hits, wrong and missed items."""

    hits: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: set[int], gold: set[int]) -> None:
        """Count two sets of items against each other."""
        self.hits += len(found & gold)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)

    def row(self) -> str:
        """Format precision, recall and F1."""
        precision = self.hits / max(self.hits + self.wrong, 1)
        recall = self.hits / max(self.hits + self.missed, 1)
        f1 = 2 * self.hits / max(2 * self.hits + self.wrong + self.missed, 1)
        return f"{precision:8.4f}{recall:8.4f}{f1:8.4f}"


@dataclass
class Scores:
    """All counts of one kind of cue."""

    cue: Counts = field(default_factory=Counts)
    gold_scope: Counts = field(default_factory=Counts)
    own_scope: Counts = field(default_factory=Counts)
    scopes: int = 0
    exact: int = 0


def read(path: Path) -> list[Sentence]:
    """Read the corpus; the DTD that it names is not fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with gzip.open(path) as file:
        root = etree.parse(file, parser).getroot()
    found = []
    for document in root.iter("Document"):
        number = (document.findtext("DocID") or "").encode()
        held = int(hashlib.sha256(number).hexdigest(), 16) % 3 == 0
        found += [_sentence(element, held) for element in document.iter("sentence")]
    return found


def _sentence(element: etree._Element, held: bool) -> Sentence:
    text: list[str] = []
    scopes: dict[str, Span] = {}
    parts: dict[tuple[str, str], list[Span]] = {}

    def walk(node: etree._Element) -> None:
        start = sum(map(len, text))
        text.append(node.text or "")
        for child in node:
            walk(child)
            text.append(child.tail or "")
        span = Span(start, sum(map(len, text)))
        if node.tag == "xcope":
            scopes[node.get("id", "")] = span
        elif node.tag == "cue":
            parts.setdefault((KINDS[node.get("type", "")], node.get("ref", "")), []).append(span)

    walk(element)
    cues = [GoldCue(kind, tuple(sorted(p)), scopes[ref]) for (kind, ref), p in parts.items() if ref in scopes]
    return Sentence("".join(text), held, cues)


def score(sentences: Iterable[Sentence], kind: str) -> Scores:
    """Score one kind of cue."""
    scores = Scores()
    for sentence in sentences:
        words = tokens.find(sentence.text)
        whole = (Span(0, len(sentence.text)),)
        own = [c for c in qualify.find(sentence.text, whole, words) if c.kind == kind]
        gold = [c for c in sentence.cues if c.kind == kind]
        _score_cues(scores.cue, own, [p for c in gold for p in c.parts])
        marked = {w for c in gold for w in _covered(words, c.scope)}
        scores.own_scope.add({w for c in own for w in _covered(words, c.scope)}, marked)
        for cue in gold:
            given, right = _at_gold_cue(cue, own, words), _covered(words, cue.scope)
            scores.gold_scope.add(given, right)
            scores.scopes += 1
            scores.exact += given == right
    return scores


def _score_cues(counts: Counts, own: list[Cue], parts: list[Span]) -> None:
    hits = sum(any(c.span.overlaps(p) for p in parts) for c in own)
    counts.hits += hits
    counts.wrong += len(own) - hits
    counts.missed += sum(not any(c.span.overlaps(p) for c in own) for p in parts)


def _at_gold_cue(gold: GoldCue, own: list[Cue], words: tuple[Token, ...]) -> set[int]:
    for cue in own:
        if any(cue.span.overlaps(p) for p in gold.parts):
            return _covered(words, cue.scope)
    place = sorted(_covered(words, gold.parts[0]))
    clause = Clause([w.norm for w in words], load_cues().scope)
    return set(range(*clause.scope(place[0], place[-1] + 1, _plain_forward())))


def _plain_forward() -> CueEntry:
    return next(c for c in load_cues().cues if c.direction == "forward" and c.reach == "clause")


def _covered(words: tuple[Token, ...], span: Span) -> set[int]:
    return {i for i, w in enumerate(words) if w.start < span.end and span.start < w.end}


def _print_speed(sentences: list[Sentence]) -> None:
    ready = [(s.text, (Span(0, len(s.text)),), tokens.find(s.text)) for s in sentences]
    before = time.process_time()
    for text, whole, words in ready:
        qualify.find(text, whole, words)
        qualify.discourse(text, whole[0])
    print(f"cues, scopes and discourse roles: {len(ready) / (time.process_time() - before):,.0f} sentences/s")


def main(shared: Path) -> None:
    """Print the table."""
    sentences = read(shared / "benchmarks/negation/bioscope_abstracts.xml.gz")
    print(f"{'part':13}{'kind':10}{'what':30}{'P':>8}{'R':>8}{'F1':>8}")
    for part, held in (("development", False), ("held out", True)):
        for kind in KINDS.values():
            scores = score((s for s in sentences if s.held == held), kind)
            print(f"{part:13}{kind:10}{'cues':30}{scores.cue.row()}")
            print(f"{part:13}{kind:10}{'scope tokens, gold cues':30}{scores.gold_scope.row()}")
            print(f"{part:13}{kind:10}{'scope tokens, own cues':30}{scores.own_scope.row()}")
            print(f"{part:13}{kind:10}{'exact scopes, gold cues':30}{scores.exact / scores.scopes:24.4f}")
    _print_speed(sentences)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
