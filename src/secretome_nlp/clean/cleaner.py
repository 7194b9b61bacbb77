"""The order of the cleaning steps."""

from __future__ import annotations

import re

from secretome_nlp.clean import ligatures
from secretome_nlp.clean.aligned_text import AlignedText
from secretome_nlp.types import Document, RawDocument, Section

BLANK = re.compile(r"\s*\n\s*\n\s*")
LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*")


def clean(raw: RawDocument) -> Document:
    """Make a document of a raw one.

    The text of structured input (JSON Lines, XML) stays as it is and has an empty `origin`. For the others
    paragraphs are separated by exactly one blank line and hold no line end; `origin` gives the runs that stand
    verbatim in `raw.text`.
    """
    if raw.markup == "structured":
        return Document(
            raw.doc_id, raw.path, raw.format, raw.title, raw.text, sections=raw.sections,
            references=raw.references, citations=raw.citations, bibliography=raw.bibliography,
        )  # fmt: skip
    text = ligatures.resolve(AlignedText.of(raw.text))
    text = text.substitute(BLANK, "\n\n")
    text = text.substitute(re.compile(r"\A\s+|\s+\Z"), "")
    text = text.substitute(re.compile(r"(?<!\n)[^\S\n]*\n[^\S\n]*(?!\n)"), " ")
    return Document(
        raw.doc_id, raw.path, raw.format, raw.title, text.text, origin=text.runs, bibliography=raw.bibliography,
        sections=(Section("", "body", 0, len(text.text)),) if text.text else (),
    )  # fmt: skip
