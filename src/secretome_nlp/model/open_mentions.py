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
from dataclasses import dataclass
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
#: The scores of so many different words are kept; the table of them begins with room for so many.
MOST_WORDS, ROOM = 50_000, 1024


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
        self._edge = np.stack([self._sum([f"{step}{EDGE}"]) for step in STEPS])
        self._forget()

    def _forget(self) -> None:
        """Begin the table of scores anew, with the edge of a sentence as its first word."""
        self._numbers = {"": 0}
        self._table: NDArray[np.float64] = np.zeros((ROOM, *self._edge.shape))
        self._table[0] = self._edge

    def best(self, sentences: Sequence[Sequence[str]], reluctance: float = 0.0) -> list[list[str]]:
        """Return the best label of each word of each sentence; what stands beside a sentence changes nothing.

        `reluctance` is added to the score of every word to be in no mention, in natural logarithms of odds.
        """
        order = sorted((n for n, words in enumerate(sentences) if words), key=lambda n: -len(sentences[n]))
        found: list[list[str]] = [[] for _ in sentences]
        if not order:
            return found
        sizes = [len(sentences[n]) for n in order]
        rows = self._scores([sentences[n] for n in order])
        rows[:, :, self._outside] += reluctance
        for row, (n, path) in enumerate(zip(order, self._viterbi(rows, sizes).tolist(), strict=True)):
            found[n] = [self.labels[label] for label in path[: sizes[row]]]
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

    def _number(self, word: str) -> int:
        """Return the row of a word in the table, which it is given when it is first met."""
        number = self._numbers.get(word)
        if number is None:
            number = len(self._numbers)
            if number == len(self._table):
                self._table = np.concatenate([self._table, np.zeros_like(self._table)])
            self._table[number] = self._scores_of(word)
            self._numbers[word] = number
        return number

    def _scores(self, sentences: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Return the scores of the labels by sentence, the longest first, and by word; edges stand around each."""
        if len(self._numbers) > MOST_WORDS:
            self._forget()
        longest, reach = len(sentences[0]), max(STEPS)
        numbers = np.zeros((len(sentences), longest + 2 * reach), dtype=np.intp)
        for row, words in enumerate(sentences):
            numbers[row, reach : reach + len(words)] = [self._number(word) for word in words]
        scores: NDArray[np.float64] = self._table[numbers[:, reach : reach + longest], 0]
        for n, step in enumerate(STEPS[1:], 1):
            scores += self._table[numbers[:, reach + step : reach + step + longest], n]
        return scores

    def _viterbi(self, rows: NDArray[np.float64], sizes: Sequence[int]) -> NDArray[np.intp]:
        """Return the best path of each sentence, the longest first; all take their steps together.

        Only the scores of the best ways to each label are kept: where a way came from is asked again on the way
        back, of the labels that are on it. Sentences stand last, so that a maximum runs over long rows of memory.
        """
        going = [bisect_left(sizes, -at, key=lambda size: -size) for at in range(sizes[0])]
        best = np.ascontiguousarray(rows.transpose(1, 2, 0))  # each step is added to the score of the word alone
        moves, into = self._moves[:, :, None], self._moves.T
        for at in range(1, sizes[0]):
            g = going[at]
            best[at, :, :g] += (best[at - 1, :, None, :g] + moves).max(axis=0)
        ends = best[np.array(sizes) - 1, :, np.arange(len(sizes))].argmax(axis=1)
        paths = np.repeat(ends[:, None], sizes[0], axis=1)
        for at in range(sizes[0] - 1, 0, -1):
            g = going[at]
            paths[:g, at - 1] = (best[at - 1, :, :g].T + into[paths[:g, at]]).argmax(axis=1)
        return paths


@lru_cache(maxsize=1)
def shared_tagger() -> OpenTagger:
    """Return the shipped tagger, read once a process."""
    weights = json.loads(OPEN_WEIGHTS.read_text(encoding="utf-8"))
    return OpenTagger(weights, json.loads(CLUSTERS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Task:
    """A text to read: its words, its sentences, the stretches that may be read, and those that are taken."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    mined: tuple[Span, ...]
    taken: tuple[Span, ...]


def find(
    tagger: OpenTagger, tasks: Sequence[Task], types: Iterable[str], reluctance: float = 0.0
) -> list[tuple[Mention, ...]]:
    """Return the mentions of some types in each text, where nothing is taken; texts beside it change nothing.

    Offsets are those of the text. Ids begin with `o`.
    """
    rows = [_rows(task) for task in tasks]
    labelled = iter(tagger.best([[t.text for t in row] for own in rows for row in own.values()], reluctance))
    wanted = frozenset(types)
    made_by = {type_: FoundBy("model", f"{NAME}:{type_}") for type_ in wanted}
    found: list[tuple[Mention, ...]] = []
    for task, own in zip(tasks, rows, strict=True):
        gaps = Gaps(task.taken)
        new: list[tuple[Span, str, int]] = []
        for number, row in own.items():
            for first, last, type_ in stretches(next(labelled)):
                span = Span(row[first].start, row[last].end)
                if type_ in wanted and gaps.free(span) and not (first == last and _is_torn(row, last)):
                    new.append((span, type_, number))
        found.append(
            tuple(
                Mention(f"o{n}", *span, task.text[span.start : span.end], type_, made_by[type_], sentence=number)
                for n, (span, type_, number) in enumerate(new, 1)
            )
        )
    return found


def _rows(task: Task) -> dict[int, tuple[Token, ...]]:
    """Return the words of each sentence that may be read, by its number."""
    starts = [t.start for t in task.tokens]
    return {
        n: task.tokens[bisect_left(starts, s.start) : bisect_left(starts, s.end)]
        for n, s in enumerate(task.sentences)
        if any(m.contains(s) for m in task.mined)
    }


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
