"""Statistical mentions of open classes: outcomes above all, of which no lexicon or grammar knows the end.

A linear-chain tagger trained on gold abstracts (training/open_mentions.py) marks them where nothing else was found.
Its features speak of single words and of how far they stand, so the score of a word in a place is added up once a
process and kept: a text costs as many look-ups as it has words. Decoding is Viterbi's, over all sentences of a text
together.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from secretome_nlp.model.features import spelling
from secretome_nlp.model.gaps import Gaps
from secretome_nlp.model.load import OPEN_WEIGHTS, PATH
from secretome_nlp.types import FoundBy, Mention, Span, Token

CLUSTERS = PATH / "secretome_entities" / "clusters.json"
NAME = "open_mentions"
#: Places whose words a word's label is judged by, itself first.
STEPS = (0, -1, 1, -2, 2, -3, 3)
EDGE = "^"
#: The scores of so many different words are kept.
MOST_WORDS = 50_000


def features(word: str, step: int, clusters: Mapping[str, Sequence[int]]) -> list[str]:
    """Return what a word tells of the label of the place from which it stands `step` words away."""
    lower = word.lower()
    found = [f"c{k}={c}" for k, c in enumerate(clusters.get(lower, ()))]
    if step == 0:
        return [*spelling(word), *found]
    own = [f"w={lower}", f"e3={lower[-3:]}", *found]
    return [f"{step}{f}" for f in (own if abs(step) == 1 else own[:4])]


class OpenTagger:
    """The weights of the tagger: `states` by feature (label number, weight, ...), `moves` from label to label."""

    def __init__(self, given: Mapping[str, Any], clusters: Mapping[str, Sequence[int]]) -> None:
        self.labels: list[str] = given["labels"]
        self._outside = self.labels.index("O")
        self._moves: NDArray[np.float64] = np.array(given["moves"])
        self._states: Mapping[str, list[float]] = given["states"]
        self._clusters = clusters
        self._word = lru_cache(maxsize=MOST_WORDS)(self._scores_of)
        self._edges = [self._sum([f"{step}{EDGE}"]) for step in STEPS]

    def best(self, sentences: Sequence[Sequence[str]], reluctance: float = 0.0) -> list[list[str]]:
        """Return the best label of each word of each sentence; what stands beside a sentence changes nothing.

        `reluctance` is added to the score of every word to be in no mention, in natural logarithms of odds.
        """
        filled = [n for n, words in enumerate(sentences) if words]
        scores = [self._scores(sentences[n]) for n in filled]
        for rows in scores:
            rows[:, self._outside] += reluctance
        paths = self._viterbi(scores)
        found: list[list[str]] = [[] for _ in sentences]
        for n, path in zip(filled, paths, strict=True):
            found[n] = [self.labels[label] for label in path]
        return found

    def _sum(self, names: Iterable[str]) -> NDArray[np.float64]:
        scores = np.zeros(len(self.labels))
        for name in names:
            weights = self._states.get(name, ())
            for at in range(0, len(weights), 2):
                scores[int(weights[at])] += weights[at + 1]
        return scores

    def _scores_of(self, word: str) -> NDArray[np.float64]:
        """Return the scores that a word gives its own place and each of those around it."""
        return np.stack([self._sum(features(word, step, self._clusters)) for step in STEPS])

    def _scores(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return the scores of the labels for each word of a sentence."""
        given = np.stack([self._word(word) for word in words])
        size = len(words)
        scores = given[:, 0].copy()
        for n, step in enumerate(STEPS[1:], 1):
            edge, reach = self._edges[n], min(abs(step), size)
            if step < 0:
                scores[reach:] += given[: size - reach, n]
                scores[:reach] += edge
            else:
                scores[: size - reach] += given[reach:, n]
                scores[size - reach :] += edge
        return scores

    def _viterbi(self, sentences: Sequence[NDArray[np.float64]]) -> list[list[int]]:
        """Return the best path of each sentence; all take their steps together, the longest ones last alone."""
        if not sentences:
            return []
        order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
        sizes = [len(sentences[n]) for n in order]
        rows = np.zeros((len(order), sizes[0], len(self.labels)))
        for row, n in enumerate(order):
            rows[row, : sizes[row]] = sentences[n]
        best, going = rows[:, 0], len(order)
        came: list[NDArray[np.intp]] = []
        for at in range(1, sizes[0]):
            while sizes[going - 1] <= at:
                going -= 1
            reached = best[:going, :, None] + self._moves
            came.append(reached.argmax(axis=1))
            best[:going] = reached.max(axis=1) + rows[:going, at]
        paths: list[list[int]] = [[] for _ in sentences]
        for row, n in enumerate(order):
            path = [int(best[row].argmax())]
            for back in reversed(came[: sizes[row] - 1]):
                path.append(int(back[row, path[-1]]))
            paths[n] = path[::-1]
        return paths


@lru_cache(maxsize=1)
def shared_tagger() -> OpenTagger:
    """Return the shipped tagger, read once a process."""
    weights = json.loads(OPEN_WEIGHTS.read_text(encoding="utf-8"))
    return OpenTagger(weights, json.loads(CLUSTERS.read_text(encoding="utf-8")))


def find(
    tagger: OpenTagger,
    text: str,
    tokens: tuple[Token, ...],
    sentences: tuple[Span, ...],
    taken: Iterable[Span],
    types: Iterable[str],
    mined: tuple[Span, ...],
    reluctance: float = 0.0,
) -> tuple[Mention, ...]:
    """Return mentions of some types, where nothing is `taken`, inside the `mined` stretches.

    `tokens` are all words of the text; offsets are those of `text`. Ids begin with `o`.
    """
    numbers = [n for n, s in enumerate(sentences) if any(m.contains(s) for m in mined)]
    starts = [t.start for t in tokens]
    rows = [tokens[bisect_left(starts, sentences[n].start) : bisect_left(starts, sentences[n].end)] for n in numbers]
    wanted, gaps = frozenset(types), Gaps(taken)
    found: list[tuple[Span, str, int]] = []
    labelled = tagger.best([[t.text for t in row] for row in rows], reluctance)
    for number, row, labels in zip(numbers, rows, labelled, strict=True):
        for first, last, type_ in stretches(labels):
            span = Span(row[first].start, row[last].end)
            if type_ in wanted and gaps.free(span) and not (first == last and _is_torn(row, last)):
                found.append((span, type_, number))
    made_by = {type_: FoundBy("model", f"{NAME}:{type_}") for type_ in wanted}
    return tuple(
        Mention(f"o{n}", *span, text[span.start : span.end], type_, made_by[type_], sentence=number)
        for n, (span, type_, number) in enumerate(found, 1)
    )


def stretches(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the first word, the last word and the type of each mention that BILOU labels tell."""
    found, begin = [], 0
    for n, label in enumerate(labels):
        if label[0] in "BU":
            begin = n
        if label[0] in "LU":
            found.append((begin, n, label[2:]))
    return found


def _is_torn(row: Sequence[Token], at: int) -> bool:
    """Tell a noun from what it is of: in "formation of a niche" the first word alone says nothing."""
    return at + 1 < len(row) and row[at + 1].norm == "of"
