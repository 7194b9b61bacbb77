"""Put the trained parts together: `assemble.py PARSER TREEBANK.spacy OUT NAME=WEIGHTS.json... --clusters F --names F`.

PARSER is the spaCy pipeline with tok2vec, tagger and parser; lemmas are learned from the treebank's training part;
the entity taggers stand in the order given, and where two overlap the first wins.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import DocBin

from secretome_nlp.model.entities import EntityTagger, LinearChain
from secretome_nlp.model.lemmas import Lemmatizer

META = {
    "name": "secretome_sm",
    "version": "1.2.0",
    "description": "Tagger, lemmatizer, parser and named entities for papers on cells, from full text and abstracts.",
    "license": "CC BY-SA 3.0",
    "sources": [
        {"name": "CRAFT 5 (60 training articles)", "license": "CC BY 3.0"},
        {"name": "JNLPBA / GENIA (training part)", "license": "CC BY 3.0"},
        {"name": "AnatEM (training part)", "license": "CC BY-SA 3.0"},
        {"name": "BioRED (training part)", "license": "public domain in the US"},
    ],
}  # fmt: skip


def lemmatizer(treebank: str, given: Lemmatizer) -> None:
    """Learn lemmas from a treebank in spaCy's format."""
    vocab = spacy.blank("en").vocab
    docs = DocBin().from_disk(treebank).get_docs(vocab)
    given.learn((t.lower_, t.tag_, t.lemma_.lower()) for doc in docs for t in doc)


def tagger(weights: list[str], clusters: str, names: str, given: EntityTagger) -> None:
    """Fill the entity tagger; clusters of words that no weight asks for would be dead weight, and there are none."""
    given.clusters = json.loads(Path(clusters).read_text(encoding="utf-8"))
    given.names = json.loads(Path(names).read_text(encoding="utf-8"))
    for item in weights:
        name, _, path = item.partition("=")
        given.taggers[name] = LinearChain(json.loads(Path(path).read_text(encoding="utf-8")))


def keep_labels_only(nlp: Language, strings: Path) -> None:
    """Leave only the labels among the stored strings: the words of the treebank are no part of the weights."""
    labels = {label for pipe in nlp.pipe_names for label in nlp.pipe_labels.get(pipe, ())}
    labels |= {label.rpartition("-")[2] for label in labels}  # the parser's moves are named "L-nsubj"
    strings.write_text(json.dumps(sorted(labels | {"dep", "ROOT"})), encoding="utf-8")


def main() -> None:
    """Write the pipeline's folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parser")
    parser.add_argument("treebank")
    parser.add_argument("out", type=Path)
    parser.add_argument("weights", nargs="+")
    parser.add_argument("--clusters", required=True)
    parser.add_argument("--names", required=True)
    given = parser.parse_args()
    nlp = spacy.load(given.parser)
    nlp.add_pipe("secretome_sentences", first=True)
    lemmatizer(given.treebank, nlp.add_pipe("secretome_lemmas"))
    tagger(given.weights, given.clusters, given.names, nlp.add_pipe("secretome_entities"))
    performance = nlp.meta.get("performance", {})
    nlp.meta.update(META)
    nlp.meta["performance"] = {k: performance[k] for k in ("tag_acc", "dep_uas", "dep_las") if k in performance}
    for part in ("paths", "corpora", "training", "pretraining", "initialize"):
        nlp.config[part] = {}
    nlp.to_disk(given.out)
    keep_labels_only(nlp, given.out / "vocab" / "strings.json")
    size = sum(f.stat().st_size for f in given.out.rglob("*") if f.is_file())
    print(f"{given.out}: {', '.join(nlp.pipe_names)}; {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
