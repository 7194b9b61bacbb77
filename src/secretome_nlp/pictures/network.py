"""miRNA to target: two columns, a line a relation, its colour the direction."""

from __future__ import annotations

from collections import Counter
from typing import Any

from secretome_nlp.pictures.svg import SOFT, cut, line, picture, text

MOST = 60
TOP, HIGH, LEFT, RIGHT = 70, 20, 200, 460
COLOURS = {"decrease": "#0072b2", "increase": "#d55e00"}


def draw(data: dict[str, Any]) -> str:
    """Return the network of the most frequent miRNA-target relations."""
    edges: Counter[tuple[str, str, str]] = Counter()
    for mirna, target, direction in data.get("targets", []):
        edges[mirna, target, direction or ""] += 1
    kept = sorted(edges.items(), key=lambda kv: (-kv[1], kv[0]))[:MOST]
    mirnas = sorted({e[0] for e, _ in kept})
    targets = sorted({e[1] for e, _ in kept})
    tall = TOP + HIGH * max(len(mirnas), len(targets), 1) + 30
    shapes = [text(10, 22, f"miRNAs and their targets (n = {edges.total()} relations)", 15)]
    shapes += [text(10, 46, "blue: decreases", 12, fill=COLOURS["decrease"]),
               text(130, 46, "orange: increases", 12, fill=COLOURS["increase"]),
               text(270, 46, "grey: not stated", 12, fill=SOFT)]  # fmt: skip
    for (mirna, target, direction), count in kept:
        y1 = TOP + HIGH * mirnas.index(mirna)
        y2 = TOP + HIGH * targets.index(target)
        title = f"{mirna} {direction or 'acts on'} {target}: {count}"
        shapes.append(line(LEFT + 4, y1, RIGHT - 4, y2, COLOURS.get(direction, SOFT), min(1 + count, 5), title))
    shapes += [text(LEFT, TOP + HIGH * n + 4, cut(m, 26), anchor="end") for n, m in enumerate(mirnas)]
    shapes += [text(RIGHT, TOP + HIGH * n + 4, cut(t, 30)) for n, t in enumerate(targets)]
    if not kept:
        shapes.append(text(10, TOP + 14, "No relation between a miRNA and a target was found."))
    return picture(RIGHT + 220, tall, "Network of miRNAs and targets", shapes)
