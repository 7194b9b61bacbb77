"""Component by model: a cell's colour is the effect that most of its records report, its figure their number."""

from __future__ import annotations

from collections import Counter
from typing import Any

from secretome_nlp.pictures.svg import EFFECTS, LINE, box, cut, legend, picture, text

MOST_MODELS, MOST_COMPONENTS = 20, 8
LEFT, TOP, WIDE, HIGH = 240, 120, 74, 26
OVERHANG = 80  # of the last column's name, which leans to the right


def draw(data: dict[str, Any]) -> str:
    """Return the heat map of the most frequent models and components."""
    cells: dict[tuple[str, str], Counter[str]] = {}
    models: Counter[str] = Counter()
    components: Counter[str] = Counter()
    for record in data["records"]:
        component = (record["slots"].get("component") or ["not stated"])[0].replace("_", " ")
        components[component] += 1
        for model in {s[0] for s in record["slots"].get("model", [])} or {"not stated"}:
            models[model] += 1
            cells.setdefault((model, component), Counter()).update(
                o[2] for o in record["outcomes"] or [[0, 0, "unclear"]]
            )
            cells[model, component]["records"] += 1
    rows = _most(models, MOST_MODELS)
    columns = _most(components, MOST_COMPONENTS)
    width, height = LEFT + WIDE * max(len(columns), 3) + OVERHANG, TOP + HIGH * len(rows) + 40
    shapes = [text(10, 22, f"Component by model (n = {len(data['records'])} records)", 15)]
    shapes += legend(10, 46, ("benefit", "harm", "none", "unclear"))
    for x, column in enumerate(columns):
        shapes.append(
            f'<g transform="translate({LEFT + WIDE * x + 12},{TOP - 8}) rotate(-30)">{text(0, 0, cut(column, 22))}</g>'
        )
    for y, row in enumerate(rows):
        shapes.append(text(LEFT - 8, TOP + HIGH * y + 18, cut(row, 31), anchor="end"))
        for x, column in enumerate(columns):
            shapes += _cell(LEFT + WIDE * x, TOP + HIGH * y, row, column, cells.get((row, column)))
    if len(models) > len(rows):
        shapes.append(text(10, height - 10, f"{len(models) - len(rows)} rarer models are not shown"))
    return picture(width, height, "Heat map of components and models", shapes)


def _most(counts: Counter[str], most: int) -> list[str]:
    return [name for name, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:most]]


def _cell(x: float, y: float, row: str, column: str, found: Counter[str] | None) -> list[str]:
    if not found:
        return [box(x, y, WIDE - 2, HIGH - 2, "#f3f5f7", stroke=LINE)]
    effect = max(("benefit", "harm", "none", "unclear"), key=lambda e: found[e])
    said = ", ".join(f"{found[e]} {e}" for e in ("benefit", "harm", "none", "unclear") if found[e])
    title = f"{column} in {row}: {found['records']} records; outcomes: {said}"
    return [
        box(x, y, WIDE - 2, HIGH - 2, EFFECTS[effect], title),
        text(x + WIDE / 2 - 1, y + 17, found["records"], 12, "middle", "#000000"),
    ]
