"""Train an entity tagger: `entities.py TRAIN.spacy OUT.json --tagger MODEL --clusters FILE --names FILE`.

A linear-chain CRF (CRFsuite: L-BFGS with both penalties, so that most weights are zero); what is kept of it are the
weights, which the shipped component reads without CRFsuite.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import pycrfsuite
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from secretome_nlp.model.features import features

NEVER = -1000.0


def sentences(
    path: str, nlp: Language, clusters: dict[str, list[int]], names: dict[str, str]
) -> list[tuple[list[list[str]], list[str]]]:
    """Return the features and the BIO labels of each sentence of a DocBin."""
    found = []
    for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
        words = [t.text for t in doc]
        tagged = nlp(Doc(nlp.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc]))
        labels = [t.ent_iob_ if t.ent_iob_ in ("O", "") else f"{t.ent_iob_}-{t.ent_type_}" for t in doc]
        found.append(
            (
                features(words, [bool(t.whitespace_) for t in doc], [t.tag_ for t in tagged], clusters, names),
                [label or "O" for label in labels],
            )
        )
    return found


def bilou(labels: list[str]) -> list[str]:
    """Tell the last word (L) and the only word (U) of an entity apart, which BIO labels do not."""
    marks = {("B", True): "B", ("B", False): "U", ("I", True): "I", ("I", False): "L"}
    after = [*labels[1:], "O"]
    return [a if a == "O" else marks[a[0], b == f"I-{a[2:]}"] + a[1:] for a, b in zip(labels, after, strict=True)]


def may_follow(one: str, two: str, bio: bool = False) -> bool:
    """Tell whether a label may stand after another: an entity that has begun goes on (in BILOU it must), no other."""
    same = one[2:] == two[2:]
    if bio:
        return same or two[0] != "I"
    return (same and two[0] in "IL") if one[0] in "BI" else two[0] in "BUO"


def kept(tagger: pycrfsuite.Tagger, least: float, bio: bool = False) -> dict[str, object]:
    """Return the weights that are worth keeping."""
    info = tagger.info()
    labels = sorted(tagger.labels())
    number = {label: n for n, label in enumerate(labels)}
    states: dict[str, list[float]] = defaultdict(list)
    for (feature, label), weight in info.state_features.items():
        if abs(weight) >= least:
            states[feature] += [number[label], round(weight, 2)]
    # What never followed in training has no weight; the labels say which of it must not.
    moves = [
        [round(info.transitions.get((a, b), 0.0 if may_follow(a, b, bio) else NEVER), 3) for b in labels]
        for a in labels
    ]
    return {"labels": labels, "moves": moves, "states": dict(sorted(states.items()))}


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", nargs="+")
    parser.add_argument("out")
    parser.add_argument("--tagger", required=True)
    parser.add_argument("--clusters", required=True)
    parser.add_argument("--names", required=True)
    parser.add_argument("--c1", type=float, default=0.15)
    parser.add_argument("--c2", type=float, default=0.02)
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--fewest", type=int, default=2, help="features seen less often are left out")
    parser.add_argument(
        "--bio", action="store_true", help="BIO labels instead of BILOU, for small corpora of many types"
    )
    parser.add_argument("--least", type=float, default=0.02, help="weights nearer to zero are left out")
    given = parser.parse_args()
    nlp = spacy.load(given.tagger, exclude=["parser", "secretome_lemmas", "secretome_entities", "secretome_sentences"])
    names = json.loads(Path(given.names).read_text(encoding="utf-8"))
    clusters = json.loads(Path(given.clusters).read_text(encoding="utf-8"))
    trainer = pycrfsuite.Trainer(verbose=True)
    for path in given.train:
        for rows, labels in sentences(path, nlp, clusters, names):
            trainer.append(rows, labels if given.bio else bilou(labels))
    settings = {"c1": given.c1, "c2": given.c2, "max_iterations": given.iterations}
    trainer.set_params({**settings, "feature.minfreq": given.fewest, "feature.possible_transitions": False})
    trainer.train(f"{given.out}.crf")
    tagger = pycrfsuite.Tagger()
    tagger.open(f"{given.out}.crf")
    content = kept(tagger, given.least, given.bio)
    Path(given.out).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    print(f"{given.out}: {len(content['states'])} features, {Path(given.out).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
