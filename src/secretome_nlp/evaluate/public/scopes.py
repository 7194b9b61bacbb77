"""Cues and scopes on BioScope's abstracts (Vincze et al., 2008).

Two thirds of the abstracts (by a hash of their number) were used in development; of the last third only the
list of cue words was seen, never a sentence. For each kind: cues by overlap; scope tokens with gold cues
(each gold scope against the scope that our scope finder gives at its cue; a cue that we do not know gets a
plain forward clause) with the share of exact scopes; and scope tokens with our own cues (a token counts once
a sentence, whatever the number of scopes over it).
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from secretome_nlp import qualify
from secretome_nlp.evaluate.metrics import Counts
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
class Scores:
    """All counts of one kind of cue."""

    cue: Counts = field(default_factory=Counts)
    gold_scope: Counts = field(default_factory=Counts)
    own_scope: Counts = field(default_factory=Counts)
    in_scheme: Counts = field(default_factory=Counts)
    scopes: int = 0
    exact: int = 0


def read(path: Path) -> list[Sentence]:
    """Read the corpus; the DTD that it names is not fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(gzip.decompress(path.read_bytes()), parser)
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


def score(sentences: Iterable[Sentence], kind: str, unmarked: frozenset[str] = frozenset()) -> Scores:
    """Score one kind of cue; `in_scheme` leaves out those of our cues with `unmarked` ids that meet no gold cue."""
    scores = Scores()
    for sentence in sentences:
        words = tokens.find(sentence.text)
        whole = (Span(0, len(sentence.text)),)
        own = [c for c in qualify.find(sentence.text, whole, words) if c.kind == kind]
        gold = [c for c in sentence.cues if c.kind == kind]
        scores.cue += _cues(own, [p for c in gold for p in c.parts])
        marked = {w for c in gold for w in _covered(words, c.scope)}
        scores.own_scope += between({w for c in own for w in _covered(words, c.scope)}, marked)
        kept = [c for c in own if c.id not in unmarked or _meets(c, gold)]
        scores.in_scheme += between({w for c in kept for w in _covered(words, c.scope)}, marked)
        for cue in gold:
            given, right = _at_gold_cue(cue, own, words), _covered(words, cue.scope)
            scores.gold_scope += between(given, right)
            scores.scopes += 1
            scores.exact += given == right
    return scores


def _meets(cue: Cue, gold: list[GoldCue]) -> bool:
    return any(cue.span.overlaps(part) for g in gold for part in g.parts)


def between(found: set[int], gold: set[int]) -> Counts:
    """Count two sets of tokens against each other."""
    return Counts(len(found & gold), len(found - gold), len(gold - found))


def _cues(own: list[Cue], parts: list[Span]) -> Counts:
    hits = sum(any(c.span.overlaps(p) for p in parts) for c in own)
    return Counts(hits, len(own) - hits, sum(not any(c.span.overlaps(p) for c in own) for p in parts))


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
