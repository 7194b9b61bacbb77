"""What a page of a PDF is for layout analysis: characters with their places, and ruled lines.

Coordinates are in points from the lower left corner, y upwards, after a page that was set sideways is turned upright.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Glyph(NamedTuple):
    """A character: its text, its box, the baseline it stands on, its size in points, whether it is bold.

    `apart`: white space stands before it in the file.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    apart: bool


class Rule(NamedTuple):
    """A ruled line that runs across: its ends and its height on the page."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, the characters in the order of the file, the ruled lines."""

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule] = field(default_factory=list)


class PdfError(ValueError):
    """A PDF that gives no text; the message says why, in one line, and how to mend it."""
