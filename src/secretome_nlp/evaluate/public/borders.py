"""Sentence boundaries on GENIA abstracts and CRAFT dev paragraphs, every line end replaced by a space.

A boundary is the end of a sentence that is not the last of its text, so texts of one sentence can only lose.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from secretome_nlp.evaluate.metrics import Counts
from secretome_nlp.segment import sentences


class Unit(NamedTuple):
    """A text with the ends of its sentences."""

    text: str
    ends: frozenset[int]


def genia(data: Path) -> list[Unit]:
    """Read the GENIA abstracts."""
    units = []
    with gzip.open(data / "genia/sentences.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            units.append(_unit(row["text"], [end for _, end in row["sentences"]]))
    return units


def craft_dev(data: Path) -> list[Unit]:
    """Read the paragraphs of CRAFT's dev articles, with the treebank's sentences found in the raw text."""
    folder = data / "craft"
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


def score(unit: Unit, found: set[int]) -> Counts:
    """Count the boundaries found in a text; the end of its last sentence is given and not counted."""
    inner = found - {max(found, default=0)}
    return Counts(len(inner & unit.ends), len(inner - unit.ends), len(unit.ends - inner))


def ours(text: str) -> set[int]:
    """Return the ends of the sentences that the pipeline finds."""
    return {s.end for s in sentences.find(text)}
