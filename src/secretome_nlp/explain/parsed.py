"""The parse of a sentence: as an indented tree for a terminal, and as displaCy's picture for a page."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.displacy.render import DependencyRenderer

from secretome_nlp.types import Mention, Parse, Token

#: The label of commas and brackets: arrows to them would hide the others.
_PUNCTUATION = "punct"
_LOOKS = {
    "compact": True, "distance": 100, "word_spacing": 32, "color": "currentColor", "bg": "transparent",
    "font": "inherit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence's words and its parse, one head and one label a word; a root is its own head."""

    words: tuple[Token, ...]
    parse: Parse


def tree(parsed: Parsed) -> list[str]:
    """Return the words as lines, each below its head and indented under it, with the label of the link."""
    under: dict[int, list[int]] = {}
    roots: list[int] = []
    for n, head in enumerate(parsed.parse.heads):
        (roots if head == n else under.setdefault(head, [])).append(n)
    made = []
    open_ = [(n, 0) for n in reversed(roots)]
    while open_:
        n, depth = open_.pop()
        made.append(f"{'  ' * depth}{parsed.words[n].text} {parsed.parse.labels[n]}")
        open_.extend((child, depth + 1) for child in reversed(under.get(n, [])))
    return made


def picture(parsed: Parsed, mentions: list[Mention], name: str) -> str:
    """Return the parse as SVG, with the types of the mentions below their words.

    `name` tells the picture from others of the page. displaCy escapes the words and links them by arrows from head to
    dependent; given a name it makes the same bytes each time.
    """
    words = [{"text": w.text, "tag": _type_at(w, mentions)} for w in parsed.words]
    arcs = [
        {"start": min(n, head), "end": max(n, head), "label": label, "dir": "left" if n < head else "right"}
        for n, (head, label) in enumerate(zip(parsed.parse.heads, parsed.parse.labels, strict=True))
        if n != head and label != _PUNCTUATION
    ]
    return DependencyRenderer(dict(_LOOKS)).render_svg(name, words, arcs)


def _type_at(word: Token, mentions: list[Mention]) -> str:
    return next((m.type for m in mentions if m.start <= word.start < m.end), "")
