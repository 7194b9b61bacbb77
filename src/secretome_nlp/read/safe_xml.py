"""XML that nobody trusts: no entity expanded, no DTD loaded, nothing fetched, bounded in memory.

NLM's files carry a DOCTYPE, so it is read over, never followed. Named characters that only the DTD defines
(`&alpha;`) are resolved from HTML's table; other entities are left out.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from typing import Protocol

from lxml import etree

from secretome_nlp.knowledge.typography import lowered, raised, reference_numbers
from secretome_nlp.types import Citation

Element = etree._Element


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, b"" at the end."""


def elements(stream: Readable, tags: tuple[str, ...]) -> Iterator[Element]:
    """Yield the elements named in `tags` as they close, each emptied once the next is asked for.

    Memory stays that of one element. Raises etree.XMLSyntaxError where the XML ends or breaks.
    """
    parser = etree.iterparse(
        stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in parser:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def one_line(error: Exception) -> str:
    """Return the first line of an error's message, short enough for a list of failures."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def local_name(element: Element) -> str:
    """Return the element's name without namespace, or "" for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def folded(text: str) -> str:
    """Return the text with each run of white space made one space, none at its ends."""
    plain = text.isascii() and "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text
    return text.strip() if plain and text.isprintable() else " ".join(text.split())


class Flattener:
    """Text taken out of mark-up, white space folded, citations noted as they pass.

    `cites` tells of an element whether it is a citation, and of which reference ids; `skip` names elements
    whose text is left out; `breaks` names those that end a word.
    """

    def __init__(
        self,
        cites: Callable[[Element], tuple[str, ...] | None] = lambda _: None,
        skip: frozenset[str] = frozenset(),
        breaks: frozenset[str] = frozenset({"br", "break", "p", "li", "title", "list-item", "td", "tr"}),
    ) -> None:
        self._cites, self._skip, self._breaks = cites, skip, breaks
        self.text = ""
        self.citations: list[Citation] = []

    def add(self, piece: str | None) -> None:
        """Append text; runs of white space become one space, none at the start of a paragraph."""
        if not piece:
            return
        words = folded(piece)
        lead = " " if piece[0].isspace() and self.text and not self.text[-1].isspace() else ""
        trail = " " if words and piece[-1].isspace() else ""
        self.text += lead + words + trail

    def paragraph(self) -> None:
        """End the paragraph: what follows stands after a blank line."""
        self.text = self.text.rstrip()
        if self.text:
            self.text += "\n\n"

    def walk(self, element: Element) -> None:
        """Append the text of `element` and all in it, but not its tail."""
        self.add(element.text)
        for child in element:
            self._child(child)
            self.add(child.tail)

    def _child(self, child: Element) -> None:
        if child.tag is etree.Entity:
            self.add(html.unescape(str(child.text)) if html.unescape(str(child.text)) != child.text else None)
            return
        tag = child.tag
        name = tag if isinstance(tag, str) and tag[0] != "{" else local_name(child)
        if not name or name in self._skip:
            return
        refs = self._cites(child)
        if refs is not None:
            self._cite(child, refs)
        elif name == "sup":
            self._raise(child)
        elif name in ("sub", "inf"):
            self.add(lowered(self.text, self._inner(child)) or None)
        else:
            if name in self._breaks:
                self.add(" ")
            self.walk(child)
            if name in self._breaks:
                self.add(" ")

    def _inner(self, child: Element) -> str:
        if not len(child):
            return " ".join((child.text or "").split())
        inner = Flattener(self._cites, self._skip, self._breaks)
        inner.walk(child)
        return inner.text.strip()

    def _raise(self, child: Element) -> None:
        if len(child) and any(self._cites(inner) is not None for inner in child.iter() if isinstance(inner.tag, str)):
            self.walk(child)
            return
        written = raised(self.text, self._inner(child))
        self.text += written.joint
        start = len(self.text)
        self.text += written.text
        if written.citation:
            self.citations.append(Citation(start, len(self.text), reference_numbers(written.text)))

    def _cite(self, child: Element, refs: tuple[str, ...]) -> None:
        marker = self._inner(child)
        if not marker:
            return
        if self.text[-1:].isalnum():
            self.text += " "
        start = len(self.text)
        self.text += marker
        self.citations.append(Citation(start, len(self.text), refs))
