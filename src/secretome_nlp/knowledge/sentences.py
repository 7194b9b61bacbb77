"""What the sentence splitter knows: abbreviations, opening words, headings, labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from secretome_nlp.knowledge.files import DATA, read_model

PATH = DATA / "sentences.yml"


class SentenceFields(BaseModel):
    """The keys of `sentences.yml`; each is explained there."""

    model_config = ConfigDict(extra="forbid")

    never: list[str] = Field(min_length=1)
    before_number: list[str] = Field(min_length=1)
    unless_starter: list[str] = Field(min_length=1)
    kinds: list[str] = Field(min_length=1)
    starters: list[str] = Field(min_length=1)
    labels: list[str] = Field(min_length=1)
    headings: list[str] = Field(min_length=1)
    notes: list[str] = Field(min_length=1)
    lower_starts: list[str] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The word lists of `sentences.yml`; abbreviations hold every case in which they may occur."""

    never: frozenset[str]
    before_number: frozenset[str]
    unless_starter: frozenset[str]
    kinds: frozenset[str]
    starters: frozenset[str]
    labels: tuple[str, ...]
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    lower_starts: tuple[str, ...]


@lru_cache(maxsize=4)
def load_sentence_words(path: Path = PATH) -> SentenceWords:
    """Load the word lists; raises KnowledgeError, one line, for an unknown or missing key or empty list."""
    fields = read_model(path, SentenceFields)
    return SentenceWords(
        never=_with_capitals(fields.never),
        before_number=_with_capitals(fields.before_number),
        unless_starter=_with_capitals(fields.unless_starter),
        kinds=_with_capitals([*fields.kinds, *(f"{k}s" for k in fields.kinds)]),
        starters=frozenset(fields.starters),
        labels=_longest_first(fields.labels),
        headings=_longest_first(fields.headings),
        notes=_longest_first(fields.notes),
        lower_starts=_longest_first(fields.lower_starts),
    )


def _with_capitals(words: list[str]) -> frozenset[str]:
    return frozenset(words) | frozenset(w[:1].upper() + w[1:] for w in words)


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda w: (-len(w), w)))
