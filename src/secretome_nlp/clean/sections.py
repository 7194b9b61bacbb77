"""Sections: what each paragraph of a cleaned text is, under which heading.

Consecutive paragraphs of one kind below one heading are one section. Sections tile the text: each paragraph
is in exactly one, and between two sections stands only the blank line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from secretome_nlp.clean.layout_rules import LayoutRules
from secretome_nlp.types import Section

RUNNING = frozenset({"text", "item"})
OUTSIDE = frozenset({"references", "back_matter", "front_matter"})
DEPTH = re.compile(r"\W*(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s")


class Part(NamedTuple):
    """A paragraph of the cleaned text: its place, the kind of block it was made of, its Markdown level."""

    start: int
    end: int
    kind: str
    level: int


def build(text: str, parts: Sequence[Part], rules: LayoutRules) -> tuple[Section, ...]:
    """Return the sections of a text whose paragraphs are known."""
    kind = "abstract" if _begins_with_abstract(text, parts, rules) else "body"
    title, depth, found = "", 0, list[Section]()
    for part in parts:
        words = text[part.start : part.end]
        if part.kind == "heading":
            named, level = rules.kind_of(words), _depth(words, part.level)
            if named is not None:
                kind, depth = named if named not in OUTSIDE else "body", level
            elif not depth or level <= depth or kind in ("abstract", "conclusion"):
                kind, depth = "body", level
            title = words
        own = kind if part.kind in RUNNING else part.kind
        last = found[-1] if found else None
        if last is not None and last.kind == own and last.title == title and own not in ("heading", "title"):
            found[-1] = Section(title, own, last.start, part.end)
        else:
            found.append(Section("" if own == "title" else title, own, part.start, part.end))
    return tuple(found)


def _depth(heading: str, level: int) -> int:
    """Return how deep a heading stands: by its number, else by its Markdown level, else 1."""
    number = DEPTH.match(heading)
    return number[1].count(".") + 1 if number else level or 1


def _begins_with_abstract(text: str, parts: Sequence[Part], rules: LayoutRules) -> bool:
    """Tell whether running text before the first heading is the abstract: an introduction follows it."""
    first = next((part for part in parts if part.kind == "heading"), None)
    return first is not None and rules.kind_of(text[first.start : first.end]) in ("background", "objective")
