"""What the label of a structured abstract, or a heading, says about the text below it."""

from __future__ import annotations

import re

from secretome_nlp.types import Section

NLM_CATEGORIES = {
    "BACKGROUND": "background",
    "OBJECTIVE": "objective",
    "METHODS": "methods",
    "RESULTS": "results",
    "CONCLUSIONS": "conclusion",
}


class TextBuilder:
    """A document's text put together paragraph by paragraph, its sections noted as they come."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.sections: list[Section] = []

    def add(self, text: str, kind: str, title: str = "") -> int | None:
        """Append `text` as a section, after a blank line; return its offset (None when it is empty)."""
        if not text:
            return None
        if self._parts:
            self._parts.append("\n\n")
            self.length += 2
        start = self.length
        self._parts.append(text)
        self.length += len(text)
        last = self.sections[-1] if self.sections else None
        if last and last.kind == kind and last.title == title and kind not in ("heading", "title"):
            self.sections[-1] = Section(title, kind, last.start, self.length)
        else:
            self.sections.append(Section(title, kind, start, self.length))
        return start

    @property
    def text(self) -> str:
        """The whole text so far."""
        return "".join(self._parts)


WORDS = re.compile(r"[a-z]+")


def kind_of(label: str, default: str = "body") -> str:
    """Return the section kind that a label or heading names ("Aims" -> objective), else `default`."""
    words = WORDS.findall(label.lower())
    return next((kind for kind, cues in KINDS if any(word in cues for word in words[:4])), default)


KINDS = (
    ("results", frozenset({"result", "results", "findings", "outcomes", "observations"})),
    (
        "methods",
        frozenset({"method", "methods", "materials", "methodology", "design", "setting", "patients"})
        | frozenset({"participants", "subjects", "interventions", "procedures", "experimental"}),
    ),
    ("objective", frozenset({"objective", "objectives", "aim", "aims", "purpose", "goal", "hypothesis"})),
    ("conclusion", frozenset({"conclusion", "conclusions", "interpretation", "significance"})),
    ("background", frozenset({"background", "introduction", "context", "rationale"})),
    ("abstract", frozenset({"abstract", "summary"})),
)
