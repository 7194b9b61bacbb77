"""Named entities by linear-chain tagging: the statistical mentions of the shipped model.

Several taggers, each trained on one corpus with that corpus's labels, read the same features; where their entities
overlap, the tagger that stands first wins. Weights come from CRFsuite (training/entities.py); decoding is Viterbi's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from secretome_nlp.model.features import features

FILE, CLUSTERS, NAMES = "taggers.json", "clusters.json", "names.json"


class LinearChain:
    """The weights of one tagger: `states` by feature (label number, weight, ...), `moves` from label to label."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.labels: list[str] = given["labels"]
        self.moves: NDArray[np.float64] = np.array(given["moves"])
        self.states: dict[str, list[float]] = given["states"]

    def best(self, rows: list[list[str]]) -> list[str]:
        """Return the best label of each word of a sentence, given their features."""
        scores = np.zeros((len(rows), len(self.labels)))
        known = self.states
        for n, row in enumerate(rows):
            line = scores[n]
            for feature in row:
                weights = known.get(feature)
                if weights is not None:
                    for at in range(0, len(weights), 2):
                        line[int(weights[at])] += weights[at + 1]
        return [self.labels[n] for n in self._viterbi(scores)]

    def _viterbi(self, scores: NDArray[np.float64]) -> list[int]:
        best, came = scores[0], []
        for line in scores[1:]:
            reached = best[:, None] + self.moves
            came.append(reached.argmax(axis=0))
            best = reached.max(axis=0) + line
        path = [int(best.argmax())]
        for back in reversed(came):
            path.append(int(back[path[-1]]))
        return path[::-1]


class EntityTagger:
    """Sets `doc.ents` from words and Penn tags; entities that stand already are kept."""

    def __init__(self) -> None:
        self.taggers: dict[str, LinearChain] = {}
        self.clusters: dict[str, list[int]] = {}
        self.names: dict[str, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a Doc and return it."""
        found: list[Span] = list(doc.ents)
        for sentence in _sentences(doc):
            rows = features(
                [t.text for t in sentence],
                [bool(t.whitespace_) for t in sentence],
                [t.tag_ for t in sentence],
                self.clusters,
                self.names,
            )
            for tagger in self.taggers.values():
                found += (s for s in _spans(doc, sentence.start, tagger.best(rows)) if not _taken(s, found))
        doc.ents = filter_spans(found)
        return doc

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity labels of all taggers."""
        return tuple(sorted({name[2:] for t in self.taggers.values() for name in t.labels if name != "O"}))

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write weights, clusters and names into the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        content = {name: tagger.given for name, tagger in self.taggers.items()}
        for file, value in ((FILE, content), (CLUSTERS, self.clusters), (NAMES, self.names)):
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            (Path(path) / file).write_text(text, encoding="utf-8")

    def from_disk(self, path: str | Path, **_: Any) -> EntityTagger:
        """Read what `to_disk` wrote."""
        content = json.loads((Path(path) / FILE).read_text(encoding="utf-8"))
        self.taggers = {name: LinearChain(given) for name, given in content.items()}
        self.clusters = json.loads((Path(path) / CLUSTERS).read_text(encoding="utf-8"))
        self.names = json.loads((Path(path) / NAMES).read_text(encoding="utf-8"))
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return weights, clusters and names as bytes."""
        return json.dumps([{name: t.given for name, t in self.taggers.items()}, self.clusters, self.names]).encode()

    def from_bytes(self, data: bytes, **_: Any) -> EntityTagger:
        """Read what `to_bytes` gave."""
        content, self.clusters, self.names = json.loads(data)
        self.taggers = {name: LinearChain(given) for name, given in content.items()}
        return self


def _sentences(doc: Doc) -> Iterator[Span]:
    """Yield the sentences, or the whole where no borders are set."""
    if doc.has_annotation("SENT_START"):
        yield from doc.sents
    elif len(doc):
        yield doc[:]


def _spans(doc: Doc, start: int, labels: list[str]) -> Iterator[Span]:
    """Yield the entities of a sentence's BIO or BILOU labels; an I or L that follows no like label begins one."""
    begin, kind = 0, ""
    for n, label in enumerate([*labels, "O"]):
        goes_on = bool(kind) and label[0] in "IL" and label[2:] == kind
        if kind and not goes_on:
            yield Span(doc, start + begin, start + n, label=kind)
            kind = ""
        if label != "O" and not kind:
            begin, kind = n, label[2:]
        if kind and label[0] in "LU":
            yield Span(doc, start + begin, start + n + 1, label=kind)
            kind = ""


def _taken(span: Span, found: list[Span]) -> bool:
    return any(s.start < span.end and span.start < s.end for s in found)


@Language.factory("secretome_entities", requires=["token.tag"], assigns=["doc.ents"])
def make_entities(nlp: Language, name: str) -> EntityTagger:  # noqa: ARG001 -- spaCy's signature of a factory
    """Make the component, which is empty until it is read from disk."""
    return EntityTagger()
