"""Fit the weights that tell background diseases: python training/background.py GOLD=TEXTS... [--write]

Each GOLD is a folder of gold files (of annotations/gold; documents of the test split are left out), its TEXTS a file or
folder of the texts. A case is a disease's name as it stands before the background is left out; it is right where the
gold has a MODEL. Printed is, for each split, how well the names are told where each tenth of the documents was left
out of the fit that judged it. `--write` puts the weights of a fit on all documents into knowledge/data/background.yml.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

import secretome_nlp
from secretome_nlp import clean, doc_state, read
from secretome_nlp.components import shared_recogniser
from secretome_nlp.evaluate import logistic
from secretome_nlp.evaluate.align import align
from secretome_nlp.evaluate.gold import GoldDocument, load_gold
from secretome_nlp.knowledge.background import BACKGROUND, load_background
from secretome_nlp.recognise.background import OPENING, SIGNS, View, weighed
from secretome_nlp.recognise.inducers import without_harm
from secretome_nlp.recognise.overlaps import resolve
from secretome_nlp.types import Document, Mention, RawDocument

RIDGE, PARTS = 3.0, 10


class Case(NamedTuple):
    """One disease's name: its document and split, what tells of it, and whether the gold has it."""

    doc: str
    split: str
    signs: list[float]
    real: bool


def documents(gold: str, texts: str) -> Iterator[tuple[GoldDocument, Document, tuple[Mention, ...]]]:
    """Yield each gold document, its text and the mentions in it before the background is left out."""
    known = {g.doc: g for g in load_gold([gold]) if g.split != "test"}
    nlp = secretome_nlp.load()
    recogniser, _ = shared_recogniser(())
    before = nlp.pipe_names[: nlp.pipe_names.index("secretome_mentions")]
    for raw in read.read_paths([texts]):
        found = known.get(raw.doc_id.replace("/", "_")) or known.get(raw.doc_id)
        if found is None or not isinstance(raw, RawDocument):
            continue
        document = clean.clean(raw)
        doc = nlp.make_doc(document.text)
        doc_state.set_document(doc, document)
        for name in before:
            doc = nlp.get_pipe(name)(doc)
        whole = doc_state.get_annotations(doc)
        d = whole.document
        atoms, chart = recogniser.read(d.text, whole.abbreviations, d.citations)
        kept = without_harm(resolve(chart.all(), atoms, recogniser.settings), chart, atoms)
        steps = recogniser.steps(d.text, kept, d.sentences, whole.abbreviations, d.mined(), running=False)
        yield found, d, list(steps)[-1][1]


def cases(gold: str, texts: str) -> Iterator[Case]:
    """Yield the cases of a folder of gold."""
    for found, d, mentions in documents(gold, texts):
        if len(d.sentences) < OPENING:
            continue
        places = align(d.text, found).mentions
        models = [places[m.id] for s in found.sentences for m in s.mentions if m.type == "MODEL" and m.id in places]
        view = View(d.text, mentions, d.sentences, load_background())
        for m in weighed(mentions, d.sentences):
            real = any(s.start < m.end and m.start < s.end for s in models)
            yield Case(found.doc, found.split, view.signs_of(m), real)


def tell(found: list[Case]) -> None:
    """Print for each split how well diseases are told by fits that did not see their documents."""
    docs = sorted({c.doc for c in found})
    part = dict(zip(docs, np.random.default_rng(0).permutation(len(docs)) % PARTS, strict=True))
    kept: dict[int, bool] = {}
    for n in range(PARTS):
        weights = fitted([c for c in found if part[c.doc] != n])
        for number, case in enumerate(found):
            if part[case.doc] == n:
                kept[number] = logistic.scores(weights, case.signs) >= load_background().least
    for split in sorted({c.split for c in found}):
        own = [(kept[n], c.real) for n, c in enumerate(found) if c.split == split]
        tp, fp, fn = (sum(pair == wanted for pair in own) for wanted in ((True, True), (True, False), (False, True)))
        p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
        print(f"{split}: {len(own)} names, P {p:.3f} R {r:.3f} F1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}")


def fitted(found: list[Case]) -> np.ndarray:
    """Return the weights of a fit on some cases."""
    return logistic.fit([c.signs for c in found], [c.real for c in found], np.ones(len(found)), RIDGE)


def main(arguments: list[str]) -> None:
    """Print the scores and the weights; with --write, keep them."""
    found = [c for a in arguments if a != "--write" for c in cases(*a.split("=", 1))]
    tell(found)
    logistic.tell(SIGNS, fitted(found), BACKGROUND if "--write" in arguments else None)


if __name__ == "__main__":
    if not any("=" in given for given in sys.argv[1:]):
        sys.exit(__doc__)
    main(sys.argv[1:])
