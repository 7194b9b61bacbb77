"""The order of the cleaning steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from secretome_nlp.clean import abstract_labels, citations, flow, html_tables, inline, ligatures, references, sections
from secretome_nlp.clean.aligned_text import AlignedText, Edit
from secretome_nlp.clean.blocks import Block
from secretome_nlp.clean.laid_out import LaidOutBlocks
from secretome_nlp.clean.layout_rules import LayoutRules, layout_rules
from secretome_nlp.clean.line_breaks import LineJoiner
from secretome_nlp.clean.markdown import MarkdownBlocks
from secretome_nlp.clean.sections import Part
from secretome_nlp.clean.wrapped import WrappedBlocks
from secretome_nlp.types import Citation, Document, RawDocument


def clean(raw: RawDocument) -> Document:
    """Make a document of a raw one: text, sections, citations, references, origin.

    The text of structured input (JSON Lines, XML) stays as it is and has an empty `origin`; only labels and
    citations are looked for, where the reader gave none. For the others paragraphs are separated by exactly
    one blank line and hold no line end; `origin` gives the maximal runs that stand verbatim in `raw.text`.
    Raises nothing: any text has a cleaned form.
    """
    if raw.markup == "structured":
        return _structured(raw)
    rules = layout_rules()
    text = ligatures.resolve(AlignedText.of(raw.text))
    if raw.markup == "markdown":
        text = html_tables.unfolded(text)
    wrapped = raw.markup in ("wrapped", "laid_out")
    blocks = (
        LaidOutBlocks(raw, text, rules).find() if raw.markup == "laid_out" else _blocks(text.text, raw.markup, rules)
    )
    paragraphs = flow.Flow(text.text, rules, wrapped).run(blocks)
    text = flow.assemble(text, paragraphs, LineJoiner.of(text.text.split("\n")))
    text = inline.plain(text, markdown=raw.markup == "markdown")
    text, kept = _without_empty(text, paragraphs)
    text, found = _apart(text)
    parts = _parts(text.text, kept)
    entries = (text.text[part.start : part.end] for part in parts if part.kind == "references")
    return Document(
        doc_id=raw.doc_id, path=raw.path, format=raw.format,
        title=raw.title or next((text.text[p.start : p.end] for p in parts if p.kind == "title"), ""),
        text=text.text, sections=sections.build(text.text, parts, rules),
        references=raw.references or references.parse(entries), citations=_outside_lists(found, parts),
        origin=text.runs, bibliography=raw.bibliography,
    )  # fmt: skip


def _structured(raw: RawDocument) -> Document:
    """Pass a structured document on, its citations found."""
    return Document(
        doc_id=raw.doc_id, path=raw.path, format=raw.format, title=raw.title, text=raw.text,
        sections=abstract_labels.split(raw.text, raw.sections, layout_rules()),
        references=raw.references, bibliography=raw.bibliography,
        citations=raw.citations or citations.find(raw.text),
    )  # fmt: skip


def _blocks(text: str, markup: str, rules: LayoutRules) -> Sequence[Block]:
    if markup == "wrapped":
        return WrappedBlocks(text, rules).find()
    return MarkdownBlocks(text, rules, lines_are_paragraphs=markup == "plain").find()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, max(first, start + len(words.rstrip()))


def _without_empty(text: AlignedText, paragraphs: Sequence[flow.Paragraph]) -> tuple[AlignedText, list[flow.Paragraph]]:
    """Drop the paragraphs of which the earlier steps left nothing, and blanks that marks had kept at their ends."""
    spans = [_trimmed(text.text, *span) for span in _spans(text.text)]
    kept = [(span, paragraph) for span, paragraph in zip(spans, paragraphs, strict=False) if span[0] < span[1]]
    pieces: list[tuple[int, int] | str] = []
    for span, _ in kept:
        pieces += [flow.GAP, span] if pieces else [span]
    return text.take(pieces), [paragraph for _, paragraph in kept]


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs' places."""
    ends = [m.start() for m in re.finditer(flow.GAP, text)] + [len(text)]
    return list(zip([0] + [end + 2 for end in ends[:-1]], ends, strict=True))


def _apart(text: AlignedText) -> tuple[AlignedText, tuple[Citation, ...]]:
    """Find the citations, and put a space before each that is glued to a word."""
    edits, found = list[Edit](), list[Citation]()
    for citation in citations.find(text.text):
        before = text.text[citation.start - 1 : citation.start]
        if before and not before.isspace() and before not in "([":
            edits.append(Edit(citation.start, citation.start, " "))
        shift = len(edits)
        found.append(replace(citation, start=citation.start + shift, end=citation.end + shift))
    return text.edit(edits), tuple(found)


def _parts(text: str, paragraphs: Sequence[flow.Paragraph]) -> list[Part]:
    return [
        Part(*span, paragraph.kind, paragraph.level) for span, paragraph in zip(_spans(text), paragraphs, strict=False)
    ]


def _outside_lists(found: Sequence[Citation], parts: Sequence[Part]) -> tuple[Citation, ...]:
    """Leave out what looks like a citation in the reference list itself, or on the authors' names."""
    lists = [part for part in parts if part.kind in ("references", "front_matter", "back_matter")]
    return tuple(c for c in found if not any(part.start <= c.start < part.end for part in lists))
