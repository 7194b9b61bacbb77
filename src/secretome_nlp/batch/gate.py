"""The gate: which records deserve the full pipeline, decided on their bytes before anything is parsed.

A record passes when it holds one of the anchors of `knowledge/data/gate.yml`: stems that every name of a secretome
component or of a stem or stromal cell contains. What does not pass cannot yield a record; it is counted, not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from secretome_nlp.knowledge.files import DATA, read_model
from secretome_nlp.read.jsonl import NAME as JSONL


class GateFile(BaseModel):
    """The anchors, lower case, and the stretches of PubMed XML that are searched for them."""

    model_config = ConfigDict(extra="forbid")
    anchors: list[str]


@lru_cache(maxsize=1)
def anchors() -> tuple[bytes, ...]:
    """Return the anchors as bytes. Raises KnowledgeError where the file does not hold."""
    return tuple(a.encode() for a in read_model(DATA / "gate.yml", GateFile).anchors)


def passes(raw: bytes, form: str) -> bool:
    """Tell whether a raw record deserves the pipeline; of a citation, its title, abstract and keywords are searched."""
    if form == JSONL:
        text = raw.lower()
    else:
        start = raw.find(b"<ArticleTitle")
        end = raw.find(b"</Abstract>", start)
        if end < 0:
            end = raw.find(b"</ArticleTitle>", start)
        text = raw[start:end].lower()
    return _holds_one(text)


def _make_finder(stems: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    """Return what tells whether a text holds one of the stems: one pass where the `fast` extra is there, else many."""
    try:
        from ahocorasick_rs import BytesAhoCorasick
    except ImportError:
        return lambda text: any(stem in text for stem in stems)
    automaton = BytesAhoCorasick(stems)
    return lambda text: bool(automaton.find_matches_as_indexes(text))


@lru_cache(maxsize=1)
def _finder() -> Callable[[bytes], bool]:
    return _make_finder(anchors())


def _holds_one(text: bytes) -> bool:
    return _finder()(text)


def passes_text(text: str) -> bool:
    """Tell whether a text deserves the pipeline."""
    return passes(text.encode("utf-8", "replace"), JSONL)
