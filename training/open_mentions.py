"""Train the tagger of open classes on gold: `open_mentions.py OUT.json --gold FOLDER... --texts PATH... [--without S]`.

A linear-chain CRF (CRFsuite: L-BFGS with both penalties). It learns from the outermost mentions of a few types; those
that are not wanted in the end stand by as rivals. The gold holds no texts: they are read from PATH, as `evaluate` reads
them. `--without` names a split that is not learned from: the test split always, the dev split so that its figures tell
of text that the weights have not seen.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pycrfsuite
from entities import bilou, kept

from secretome_nlp.cli.evaluate import may_be_gold
from secretome_nlp.evaluate.align import align
from secretome_nlp.evaluate.gold import GoldDocument, load_gold
from secretome_nlp.evaluate.run import pair
from secretome_nlp.model.open_mentions import CLUSTERS, EDGE, STEPS, features
from secretome_nlp.read import read_paths
from secretome_nlp.segment import tokens
from secretome_nlp.street import process
from secretome_nlp.types import Annotations, Token

TYPES = ("OUTCOME", "MODEL", "PRIMING", "FACTOR", "GENE")
NEVER = ("test",)


def rows_of(words: list[str], clusters: dict[str, list[int]]) -> list[list[str]]:
    """Return the features of each word of a sentence."""
    last = len(words) - 1
    return [
        [
            feature
            for step in STEPS
            for feature in (
                features(words[n + step], step, clusters) if 0 <= n + step <= last else [f"{step}{EDGE}"]
            )
        ]
        for n in range(len(words))
    ]  # fmt: skip


def labels_of(words: tuple[Token, ...], mentions: list[tuple[int, int, str]]) -> list[str]:
    """Return the BIO labels of a sentence's words; `mentions` are outermost ones."""
    labels = ["O"] * len(words)
    for start, end, type_ in mentions:
        inside = [n for n, word in enumerate(words) if word.start < end and start < word.end]
        for place, n in enumerate(inside):
            labels[n] = f"{'I' if place else 'B'}-{type_}"
    return labels


def outermost(gold: GoldDocument, places: dict[str, tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return the outermost mentions of the types that are learned, in order."""
    spans = sorted(
        (places[m.id][0], -places[m.id][1], m.type)
        for sentence in gold.sentences
        for m in sentence.mentions
        if m.type in TYPES and m.id in places
    )
    found: list[tuple[int, int, str]] = []
    for start, end, type_ in spans:
        if not found or start >= found[-1][1]:
            found.append((start, -end, type_))
    return found


def sentences(gold: GoldDocument, a: Annotations) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words and BIO labels of each annotated sentence."""
    text, aligned = a.document.text, align(a.document.text, gold)
    places = {id_: (span.start, span.end) for id_, span in aligned.mentions.items()}
    mentions, words = outermost(gold, places), tokens.find(text)
    starts = [t.start for t in words]
    regions = list(aligned.sentences.values())
    for s in a.document.sentences:
        if any(region.overlaps(s) for region in regions):
            own = words[bisect_left(starts, s.start) : bisect_left(starts, s.end)]
            yield [t.text for t in own], labels_of(own, mentions)


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--gold", nargs="+", required=True)
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--c1", type=float, default=0.3)
    parser.add_argument("--c2", type=float, default=0.1)
    parser.add_argument("--iterations", type=int, default=100)
    given = parser.parse_args()
    golds = [g for g in load_gold(given.gold) if g.split not in (*NEVER, *given.without)]
    chosen = filter(partial(may_be_gold, {g.doc for g in golds}), read_paths(given.texts))
    texts = [a for a in process(chosen) if isinstance(a, Annotations)]
    clusters = json.loads(CLUSTERS.read_text(encoding="utf-8"))
    trainer = pycrfsuite.Trainer(verbose=False)
    learned = 0
    for gold in golds:
        a = pair(gold, texts)
        for words, labels in sentences(gold, a) if a else ():
            if words:
                trainer.append(rows_of(words, clusters), bilou(labels))
                learned += 1
    settings = {"c1": given.c1, "c2": given.c2, "max_iterations": given.iterations}
    trainer.set_params({**settings, "feature.possible_transitions": False})
    trainer.train(f"{given.out}.crf")
    tagger = pycrfsuite.Tagger()
    tagger.open(f"{given.out}.crf")
    content = kept(tagger, 0.02)
    Path(f"{given.out}.crf").unlink()
    Path(given.out).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    size = Path(given.out).stat().st_size
    print(
        f"{given.out}: {learned} sentences of {len(golds)} documents, {len(content['states'])} features, {size:,} bytes"
    )


if __name__ == "__main__":
    main()
