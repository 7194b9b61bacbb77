"""Train floret vectors on raw text: `vectors.py WORK SHARED`, which writes WORK/vectors (a blank spaCy pipeline).

The text is what the corpora of the recipe hold for training, with the abstracts beside them; no test or development
part is read. Words are lower-cased and cut as the pipeline cuts them. floret (Boyd and Warmerdam, 2022: fastText with
Bloom embeddings) keeps words and sub-words in one small table, so a name that was never seen has a vector too.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import floret
import spacy

ROWS, WIDTH = 20000, 64
TAGGED = ("jnlpba_train", "anatem_train", "ncbi_disease_train", "linnaeus_train", "bc2gm_train", "s800_train")


def texts(shared: Path) -> Iterator[str]:
    """Yield the running texts."""
    bench = shared / "benchmarks"
    with gzip.open(bench / "craft" / "dev.conllu.gz", "rt", encoding="utf-8") as lines:
        held_out = {line.split("=")[1].strip() for line in lines if line.startswith("# newdoc id")}
    for path in (
        bench / "craft" / "texts.jsonl.gz",
        bench / "genia" / "sentences.jsonl.gz",
        shared / "corpus" / "abstracts" / "ev_pubmed.jsonl.gz",
    ):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.get("split") != "dev" and row.get("id") not in held_out:
                    yield " ".join(str(row.get(name) or "") for name in ("title", "text", "abstract"))


def tagged(shared: Path) -> Iterator[str]:
    """Yield the sentences of the corpora that come as tokens."""
    for name in TAGGED:
        words: list[str] = []
        with gzip.open(shared / "benchmarks" / "ner" / f"{name}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                token = line.split("\t")[0].strip()
                if token and token != "-DOCSTART-":
                    words.append(token)
                elif words:
                    yield " ".join(words)
                    words = []


def main(work: str, shared: str) -> None:
    """Write the training text, train on it with one thread (so that each run gives the same table), and load it."""
    from secretome_nlp.tokenizer import WordTokenizer

    out = Path(work)
    nlp = spacy.blank("en")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    raw = out / "vectors.txt"
    with raw.open("w", encoding="utf-8") as sink:
        for text in (*texts(Path(shared)), *tagged(Path(shared))):
            sink.write(" ".join(t.lower_ for t in nlp.tokenizer(text) if not t.is_space) + "\n")
    model = floret.train_unsupervised(str(raw), model="cbow", mode="floret", hashCount=2, bucket=ROWS, minn=3, maxn=6,
                                      dim=WIDTH, epoch=30, minCount=2, neg=10, thread=1, lr=0.05)  # fmt: skip
    table = out / "vectors.floret"
    model.save_floret_vectors(str(table))
    subprocess.run([sys.executable, "-m", "spacy", "init", "vectors", "en", str(table), str(out / "vectors"),
                    "--mode", "floret", "--attr", "LOWER"], check=True)  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
