"""Records by year of publication, stacked by effect."""

from __future__ import annotations

from collections import Counter
from typing import Any

from secretome_nlp.pictures.svg import EFFECTS, LINE, box, legend, line, picture, text

LEFT, TOP, HIGH, WIDE = 50, 70, 180, 30
ORDER = ("benefit", "mixed", "none", "harm", "unclear")


def draw(data: dict[str, Any]) -> str:
    """Return the bar chart; papers without a year are counted below it."""
    from secretome_nlp.pictures.all import overall

    found: dict[int, Counter[str]] = {}
    without = 0
    for record in data["records"]:
        year = data["papers"][record["doc"]]["year"]
        if year is None:
            without += 1
        else:
            found.setdefault(int(year), Counter())[overall(record)] += 1
    years = list(range(min(found), max(found) + 1))[-40:] if found else []
    highest = max((found[y].total() for y in years if y in found), default=1)
    width = max(LEFT + WIDE * len(years) + 30, 460)
    dated = len(data["records"]) - without
    shapes = [text(10, 22, f"Records by year (n = {dated} records with a year)", 15), *legend(10, 46, ORDER)]
    for tick in sorted({0, highest // 2, highest}):
        y = TOP + HIGH - HIGH * tick / highest
        shapes += [line(LEFT, y, width - 20, y, LINE, 0.6), text(LEFT - 6, y + 4, tick, 11, "end")]
    for n, year in enumerate(years):
        base = float(TOP + HIGH)
        for effect in ORDER:
            count = found.get(year, Counter())[effect]
            tall = HIGH * count / highest
            base -= tall
            if count:
                shapes.append(
                    box(LEFT + WIDE * n + 4, base, WIDE - 8, tall, EFFECTS[effect], f"{year}: {count} {effect}")
                )
        shapes.append(text(LEFT + WIDE * n + WIDE / 2, TOP + HIGH + 16, f"’{year % 100:02}", 10, "middle"))
    if without:
        shapes.append(text(10, TOP + HIGH + 40, f"{without} records whose paper has no year are not shown"))
    return picture(width, TOP + HIGH + 52, "Records by year", shapes)
