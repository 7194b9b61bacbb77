"""Fit the weights of a record's confidence on a gold: python benchmarks/calibrate.py GOLD TEXTS

GOLD is a folder of gold files (annotations/gold/abstracts; its dev split is used), TEXTS a file or folder of texts.
Printed are the weights for `assemble/confidence.py`, and the Brier score with them, with each document's own records
left out of the fit, against the score of always saying the mean. The fit is a logistic regression (Platt scaling over
the signs of a record) with a ridge penalty, each slot value that a record found being one case.
"""

from __future__ import annotations

import sys

import numpy as np

from secretome_nlp.assemble.confidence import WEIGHTS, signs_of
from secretome_nlp.evaluate.gold import load_gold
from secretome_nlp.evaluate.records import score_records
from secretome_nlp.read import read_paths
from secretome_nlp.street import process

RIDGE = 2.0
STEPS = 50


def fit(signs: np.ndarray, right: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Return the weights that make the right values likeliest, by Newton's method."""
    weights = np.zeros(signs.shape[1])
    penalty = np.diag([0.0] + [RIDGE] * (signs.shape[1] - 1))
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (right - of * said) - penalty @ weights
        curve = (signs.T * (of * said * (1 - said))) @ signs + penalty + 1e-6 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def brier(said: np.ndarray, right: np.ndarray, of: np.ndarray) -> float:
    """Return the mean squared error, slot value by slot value."""
    return float((right * (1 - said) ** 2 + (of - right) * said**2).sum() / of.sum())


def main(gold: str, texts: str) -> None:
    """Print the weights and the scores."""
    golds = {g.doc: g for g in load_gold([gold], "dev")}
    rows: list[tuple[str, list[float], int, int]] = []
    for found in process([r for r in read_paths([texts]) if r.doc_id in golds]):
        doc = found.document.doc_id
        score = score_records(golds[doc].records, found.records)
        paired = [f for _, f in score.indices]
        order = [*paired, *(n for n in range(len(found.records)) if n not in paired)]
        for n, judged in zip(order, score.judged, strict=True):
            held = signs_of(found.records[n])
            rows.append((doc, [float(held[name]) for name in WEIGHTS], judged.right, judged.of))
    signs = np.array([r[1] for r in rows])
    right, of = np.array([r[2] for r in rows], float), np.array([r[3] for r in rows], float)
    docs = np.array([r[0] for r in rows])
    said = np.zeros(len(rows))
    for doc in sorted(set(docs)):
        rest = docs != doc
        said[~rest] = 1 / (1 + np.exp(-signs[~rest] @ fit(signs[rest], right[rest], of[rest])))
    for name, weight in zip(WEIGHTS, fit(signs, right, of), strict=True):
        print(f'    "{name}": {weight:.2f},')
    mean = right.sum() / of.sum()
    print(f"Brier score, each document left out {brier(said, right, of):.4f}, always the mean {mean * (1 - mean):.4f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
