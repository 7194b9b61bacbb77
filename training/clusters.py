"""Cluster words by their vectors: `clusters.py VECTORS VECTORS.txt OUT.json`, with the recipe's three sizes.

VECTORS is what `vectors.py` made, VECTORS.txt its training text; words seen fewer than three times are left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from sklearn.cluster import MiniBatchKMeans

SIZES = (50, 300, 1500)
SEED, LEAST = 7, 3


def main(model: str, text: str, out: str) -> None:
    """Write word to cluster ids, coarse to fine."""
    nlp = spacy.load(model)
    counts = Counter(word for line in Path(text).read_text(encoding="utf-8").splitlines() for word in line.split())
    words = sorted(w for w, n in counts.items() if n >= LEAST and any(c.isalpha() for c in w))
    rows = np.stack([nlp.vocab[w].vector for w in words])
    rows = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    ids = [MiniBatchKMeans(k, random_state=SEED, n_init=3, batch_size=4096).fit_predict(rows) for k in SIZES]
    table = {w: [int(column[n]) for column in ids] for n, w in enumerate(words)}
    Path(out).write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    print(f"{out}: {len(table)} words in {SIZES} clusters")


if __name__ == "__main__":
    main(*sys.argv[1:])
