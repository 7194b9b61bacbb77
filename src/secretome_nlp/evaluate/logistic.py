"""Fit the weights of a logistic score to judged cases, and keep them in a knowledge file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

STEPS = 50


def fit(signs: ArrayLike, right: ArrayLike, of: ArrayLike, ridge: float) -> NDArray[np.float64]:
    """Return the weights that make the right answers likeliest, by Newton's method, with a ridge penalty.

    `signs` has a row for each case, its first column the constant 1, which is not penalised; of a case's `of` answers
    `right` are right.
    """
    given, hits, total = np.asarray(signs, float), np.asarray(right, float), np.asarray(of, float)
    weights = np.zeros(given.shape[1])
    penalty = np.diag([0.0] + [ridge] * (given.shape[1] - 1))
    for _ in range(STEPS):
        said = scores(weights, given)
        slope = given.T @ (hits - total * said) - penalty @ weights
        curve = (given.T * (total * said * (1 - said))) @ given + penalty + 1e-6 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def scores(weights: ArrayLike, signs: ArrayLike) -> NDArray[np.float64]:
    """Return the score, from 0 to 1, of each case."""
    score: NDArray[np.float64] = 1 / (1 + np.exp(-np.asarray(signs, float) @ np.asarray(weights, float)))
    return score


def tell(names: Sequence[str], weights: ArrayLike, path: Path | None) -> None:
    """Print the weights; put them into a knowledge file, if one is given, in which each has a line by its name."""
    told = [f"{name}: {weight:.2f}" for name, weight in zip(names, np.asarray(weights, float), strict=True)]
    print("\n".join(told))
    if path is not None:
        text = path.read_text(encoding="utf-8")
        for name, line in zip(names, told, strict=True):
            text = re.sub(rf"(?m)^(\s*){name}: -?[\d.]+$", rf"\g<1>{line}", text)
        path.write_text(text, encoding="utf-8", newline="\n")
