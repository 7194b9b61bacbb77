"""Sentence boundaries beside pysbd and the spaCy sentencizer: python benchmarks/sentences.py SHARED_PATH

GENIA abstracts (all that the folder holds) and CRAFT dev paragraphs, every line end replaced by a space. A
boundary is the end of a sentence that is not the last of its text, so texts of one sentence can only lose.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pysbd
import spacy

from secretome_nlp.segment import sentences


class Unit(NamedTuple):
    """A text with the ends of its sentences."""

    text: str
    ends: frozenset[int]


Splitter = Callable[[str], set[int]]


def genia(shared: Path) -> list[Unit]:
    """Read the GENIA abstracts."""
    units = []
    with gzip.open(shared / "benchmarks/genia/sentences.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            units.append(_unit(row["text"], [end for _, end in row["sentences"]]))
    return units


def craft_dev(shared: Path) -> list[Unit]:
    """Read the paragraphs of CRAFT's dev articles, with the treebank's sentences found in the raw text."""
    folder = shared / "benchmarks/craft"
    with gzip.open(folder / "texts.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    articles: dict[str, list[str]] = {}
    with gzip.open(folder / "dev.conllu.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = "):
                current = articles.setdefault(line[14:].strip(), [])
            elif line.startswith("# text = "):
                current.append(line[9:].strip())
    units = []
    for name, parts in articles.items():
        spans = list(_aligned(texts[name], parts))
        for m in re.finditer(r"(?:(?!\n\s*\n).)+", texts[name], re.DOTALL):
            ends = [end - m.start() for start, end in spans if m.start() <= start and end <= m.end()]
            if ends:
                units.append(_unit(m.group(), ends))
    return units


def _aligned(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for part in parts:
        start = None
        for char in part:
            if char.isspace():
                continue
            while text[at].isspace():
                at += 1
            if text[at] != char:
                raise ValueError(f"{part!r} does not stand in its article")
            start = at if start is None else start
            at += 1
        if start is not None:
            yield start, at


def _unit(text: str, ends: list[int]) -> Unit:
    return Unit(text.replace("\n", " "), frozenset(ends) - {max(ends)})


def scores(units: list[Unit], split: Splitter) -> tuple[float, float, float, float]:
    """Return precision, recall, F1 and sentences a second."""
    hits = wrong = missed = count = 0
    seconds = 0.0
    for text, gold in units:
        before = time.perf_counter()
        found = split(text)
        seconds += time.perf_counter() - before
        count += len(found)
        found.discard(max(found, default=0))
        hits += len(found & gold)
        wrong += len(found - gold)
        missed += len(gold - found)
    precision, recall = hits / max(hits + wrong, 1), hits / max(hits + missed, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), count / seconds


def _ours(text: str) -> set[int]:
    return {s.end for s in sentences.find(text)}


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


def main(shared: Path) -> None:
    """Print the table."""
    splitters: dict[str, Splitter] = {
        "secretome-nlp": _ours,
        "pysbd": _pysbd(),
        "spaCy sentencizer": _sentencizer(),
        "one-line expression": _one_line,
    }
    _ours("Warm up.")
    print(f"{'splitter':22}{'text':12}{'P':>8}{'R':>8}{'F1':>8}{'sentences/s':>14}")
    for corpus, units in (("GENIA", genia(shared)), ("CRAFT dev", craft_dev(shared))):
        for name, split in splitters.items():
            precision, recall, f1, rate = scores(units, split)
            print(f"{name:22}{corpus:12}{precision:8.4f}{recall:8.4f}{f1:8.4f}{rate:14,.0f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
