"""The harvest plot: outcomes in rows, a square for each record on the side of its effect (Ogilvie et al., 2008)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from secretome_nlp.pictures.svg import EFFECTS, LINE, box, cut, line, picture, text

MOST_OUTCOMES, MOST_SQUARES = 24, 24
LEFT, TOP, HIGH, SIDE = 250, 76, 22, 11
SIDES = ("harm", "none", "benefit")


def draw(data: dict[str, Any]) -> str:
    """Return the harvest plot of the most frequent outcomes."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for record in data["records"]:
        for target, effect in {(o[0], o[2]) for o in record["outcomes"]}:
            found[target][effect] += 1
    rows = sorted(found, key=lambda t: (-found[t].total(), t))[:MOST_OUTCOMES]
    column = SIDE * MOST_SQUARES / 2 + 24
    width, height = LEFT + column * 3 + 20, TOP + HIGH * len(rows) + 34
    total = sum(c.total() for c in found.values())
    shapes = [text(10, 22, f"Direction of effect (n = {total} outcomes of {len(data['records'])} records)", 15)]
    for n, side in enumerate(SIDES):
        shapes.append(text(LEFT + column * n + column / 2, TOP - 14, side, 13, "middle"))
        shapes.append(line(LEFT + column * n, TOP - 6, LEFT + column * n, height - 30))
    for y, target in enumerate(rows):
        top = TOP + HIGH * y
        shapes.append(text(LEFT - 8, top + 14, cut(target, 33), anchor="end"))
        for n, side in enumerate(SIDES):
            shapes += _squares(LEFT + column * n + 6, top, side, found[target][side], target)
    unclear = sum(c["unclear"] for c in found.values())
    shapes.append(text(10, height - 10, f"{unclear} outcomes whose good or harm the text does not tell are not shown"))
    return picture(width, height, "Direction of effect by outcome", shapes)


def _squares(x: float, top: float, side: str, count: int, target: str) -> list[str]:
    """Return two rows of squares; what is more than fits is told as a figure."""
    shown = min(count, MOST_SQUARES)
    shapes = [
        box(x + SIDE * (n // 2), top + (SIDE - 1) * (n % 2), SIDE - 2, SIDE - 3, EFFECTS[side],
            f"{target}: {count} records with {side}" if n == 0 else "")
        for n in range(shown)
    ]  # fmt: skip
    if count > shown:
        shapes.append(text(x + SIDE * MOST_SQUARES / 2, top + 14, f"+{count - shown}", 9))
    return [*shapes, line(x - 6, top + HIGH - 3, x + SIDE * MOST_SQUARES / 2 + 18, top + HIGH - 3, LINE, 0.5)]
