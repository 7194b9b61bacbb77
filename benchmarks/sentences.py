"""Sentence boundaries beside three peers: python benchmarks/sentences.py DATA

DATA holds `genia/sentences.jsonl.gz` and `craft/` (texts and the dev treebank).
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pysbd
import spacy

from secretome_nlp.evaluate.metrics import Counts
from secretome_nlp.evaluate.public.borders import Unit, craft_dev, genia, ours, score

Splitter = Callable[[str], set[int]]


def scores(units: list[Unit], split: Splitter) -> tuple[Counts, float]:
    """Return the counts, and sentences a second."""
    counts, sentences, seconds = Counts(), 0, 0.0
    for unit in units:
        before = time.perf_counter()
        found = split(unit.text)
        seconds += time.perf_counter() - before
        sentences += len(found)
        counts += score(unit, found)
    return counts, sentences / seconds


def _pysbd() -> Splitter:
    segmenter = pysbd.Segmenter(language="en", clean=False)

    def split(text: str) -> set[int]:
        ends, at = set(), 0
        for sentence in segmenter.segment(text):
            start = text.find(sentence.strip(), at)
            if start >= 0 and sentence.strip():
                at = start + len(sentence.strip())
                ends.add(at)
        return ends

    return split


def _sentencizer() -> Splitter:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return lambda text: {s.end_char for s in nlp(text).sents}


def _one_line(text: str) -> set[int]:
    return {m.start() + 1 for m in re.finditer(r"[.?!](?=\s+[A-Z0-9(\"\[])", text)} | {len(text.rstrip())}


def main(data: Path) -> None:
    """Print the table."""
    splitters: dict[str, Splitter] = {
        "secretome-nlp": ours,
        "pysbd": _pysbd(),
        "spaCy sentencizer": _sentencizer(),
        "one-line expression": _one_line,
    }
    ours("Warm up.")
    print(f"{'splitter':22}{'text':12}{'P':>8}{'R':>8}{'F1':>8}{'sentences/s':>14}")
    for corpus, units in (("GENIA", genia(data)), ("CRAFT dev", craft_dev(data))):
        for name, split in splitters.items():
            c, rate = scores(units, split)
            print(f"{name:22}{corpus:12}{c.precision:8.4f}{c.recall:8.4f}{c.f1:8.4f}{rate:14,.0f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
