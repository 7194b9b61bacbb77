"""The few shapes that the pictures are made of, as SVG text; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

INK, SOFT, LINE = "#1b1f24", "#57606a", "#c9d0d7"
#: Safe for the colour-blind (Okabe and Ito, 2008), and told apart by words too.
EFFECTS = {"benefit": "#009e73", "harm": "#d55e00", "mixed": "#e69f00", "none": "#8a8f98", "unclear": "#c3c8cf"}


def text(x: float, y: float, content: object, size: int = 12, anchor: str = "start", fill: str = INK) -> str:
    """Return a line of text; `anchor` is start, middle or end."""
    place = f'x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"'
    return f"<text {place}>{escape(str(content))}</text>"


def box(x: float, y: float, width: float, height: float, fill: str, title: str = "", stroke: str = "none") -> str:
    """Return a rectangle, with a tooltip where a title is given."""
    inner = f"<title>{escape(title)}</title>" if title else ""
    shape = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}" stroke="{stroke}" rx="2"'
    return f"{shape}>{inner}</rect>" if inner else f"{shape}/>"


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, width: float = 1, title: str = "") -> str:
    """Return a straight line."""
    inner = f"<title>{escape(title)}</title>" if title else ""
    place = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
    return f'<line {place} stroke="{stroke}" stroke-width="{width:g}">{inner}</line>'


def picture(width: float, height: float, title: str, shapes: Iterable[str]) -> str:
    """Return a whole SVG with its title for those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img"'
        f' aria-label="{escape(title, quote=True)}" font-family="system-ui, sans-serif">'
        f"<title>{escape(title)}</title>{box(0, 0, width, height, '#ffffff')}{''.join(shapes)}</svg>"
    )


def cut(content: str, most: int) -> str:
    """Return a label that is not longer than `most` characters."""
    return content if len(content) <= most else content[: most - 1] + "…"


def legend(x: float, y: float, names: Iterable[str]) -> list[str]:
    """Return a row of coloured squares with the effects' names."""
    shapes = []
    for name in names:
        shapes += [box(x, y - 10, 12, 12, EFFECTS[name]), text(x + 17, y, name)]
        x += 26 + 7 * len(name)
    return shapes
