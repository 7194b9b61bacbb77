"""Labels inside an abstract that came as one string: "BACKGROUND: ... METHODS: ..." becomes sections.

The text is not changed; a label is the start of its section. Labels are believed where an abstract has two or
more that `layout.yml` knows as headings.
"""

from __future__ import annotations

import re

from secretome_nlp.clean.layout_rules import LayoutRules
from secretome_nlp.types import MINED_KINDS, Section

LABEL = re.compile(
    r"(?:\A|(?<=[.?!)\]]\s)|(?<=\n)|<(?:jats:)?title>)"
    r"\s{0,20}([A-Z][A-Za-z/&,' -]{2,50}?)\s?(?::\s|</(?:jats:)?title>)"
)
FEWEST = 2


def split(text: str, sections: tuple[Section, ...], rules: LayoutRules) -> tuple[Section, ...]:
    """Return the sections, those of kind abstract or body cut at the labels inside them."""
    found: list[Section] = []
    for section in sections:
        found += _cut(text, section, rules) if section.kind in ("abstract", "body") else [section]
    return tuple(found)


def _cut(text: str, section: Section, rules: LayoutRules) -> list[Section]:
    """Cut one section at its labels; what stands before the first keeps the section's kind."""
    words = text[section.start : section.end]
    if words.count(":") + words.count("</") < FEWEST:  # each label ends with one; to search for labels is slow
        return [section]
    marks = [
        (section.start + match.start(), match[1], kind)
        for match in LABEL.finditer(words)
        if (kind := rules.kind_of(match[1])) in MINED_KINDS and kind != "abstract"
    ]
    if len(marks) < FEWEST:
        return [section]
    ends = [start for start, _, _ in marks[1:]] + [section.end]
    parts = [
        Section(label, kind or section.kind, start, end) for (start, label, kind), end in zip(marks, ends, strict=True)
    ]
    head = Section(section.title, section.kind, section.start, marks[0][0])
    return [head, *parts] if head.start < head.end else parts
