"""Read public gold corpora: texts with labelled spans, by the corpus's own labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from secretome_nlp.types import Span


@dataclass(frozen=True)
class Labelled:
    """A text with its gold spans, each with a label of its corpus; `concepts` are their ids, where it has some."""

    id: str
    text: str
    spans: tuple[tuple[Span, str], ...]
    concepts: tuple[str, ...] = ()


def craft(data: Path, part: str) -> Iterator[Labelled]:
    """Yield CRAFT's full texts (the last seven of the file are its dev part) with their concepts.

    Bada et al., Concept annotation in the CRAFT corpus (2012). A concept in several parts ("rod ... cells" in "rod and
    cone cells") reaches from its first to its last; where it shares that stretch with another of its label, it stands
    at its first part, as a member of a list does with us.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(data / "craft" / "concepts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            rows.setdefault(row["id"], []).append(row)
    with gzip.open(data / "craft" / "dev.conllu.gz", "rt", encoding="utf-8") as lines:
        dev = {line[14:].strip() for line in lines if line.startswith("# newdoc id = ")}
    with gzip.open(data / "craft" / "texts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for text in map(json.loads, lines):
            if (text["id"] in dev) == (part == "dev"):
                own = rows.get(text["id"], [])
                spans = tuple((_place(row, own), row["type"]) for row in own)
                yield Labelled(text["id"], text["text"], spans, tuple(row["concept"] for row in own))


def _place(row: dict[str, Any], others: list[dict[str, Any]]) -> Span:
    """Return where a concept of CRAFT stands among the others of its text."""
    if "spans" in row and any(
        other is not row
        and other["type"] == row["type"]
        and other["start"] < row["end"]
        and row["start"] < other["end"]
        for other in others
    ):
        return Span(*row["spans"][0])
    return Span(row["start"], row["end"])


def two_columns(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of a file of tokens and BIO tags, with blanks put where English has them."""
    words: list[str] = []
    tags: list[str] = []
    number = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            token, _, tag = line.rstrip("\n").partition("\t")
            if token and token != "-DOCSTART-":
                words.append(token)
                tags.append(tag)
            elif words:
                yield _sentence(f"s{number}", words, tags)
                number, words, tags = number + 1, [], []


def _sentence(name: str, words: list[str], tags: list[str]) -> Labelled:
    text = ""
    places: list[Span] = []
    for n, word in enumerate(words):
        tight = word in ")],.;:%/-" or (n and words[n - 1] in "([/-")
        text += word if tight or not n else f" {word}"
        places.append(Span(len(text) - len(word), len(text)))
    spans: list[tuple[Span, str]] = []
    kind = ""
    for place, tag in zip(places, tags, strict=True):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and label == kind and spans:
            spans[-1] = (Span(spans[-1][0].start, place.end), kind)
        elif prefix in ("B", "I"):
            spans.append((place, label))
        kind = label
    return Labelled(name, text, tuple(spans))


def scai(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of the miRNA corpus (Bagewadi et al., 2014); its offsets end inclusively."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(gzip.decompress(path.read_bytes()), parser)
    for node in root.iter("sentence"):
        spans = []
        for entity in node.iter("entity"):
            start, end = map(int, entity.get("charOffset", "0-0").split("-"))
            spans.append((Span(start, end + 1), entity.get("type", "")))
        yield Labelled(node.get("id", ""), node.get("text", ""), tuple(spans))


def pubtator(path: Path) -> Iterator[Labelled]:
    """Yield the documents of a PubTator file (Wei et al., 2013)."""
    name, parts, spans = "", ["", ""], list[tuple[Span, str]]()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            line = line.rstrip("\n")
            fields = line.split("\t")
            if len(fields) == 1 and "|t|" in line:
                name, _, parts[0] = line.partition("|t|")
            elif len(fields) == 1 and "|a|" in line:
                parts[1] = line.partition("|a|")[2]
            elif len(fields) >= 6 and fields[1].isdigit():
                spans.append((Span(int(fields[1]), int(fields[2])), fields[4]))
            elif not line and name:
                yield Labelled(name, " ".join(parts), tuple(spans))
                name, parts, spans = "", ["", ""], []
