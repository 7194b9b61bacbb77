"""Arcs: the relations of a sentence over the mentions that they link, as SVG. All text is escaped."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from secretome_nlp.types import Mention, Relation

CHARACTER, GAP, PAD = 7.6, 14.0, 10.0
STEP, BASE = 30.0, 18.0
MOST_BETWEEN = 28


@dataclass(frozen=True, slots=True)
class Node:
    """A mention in the picture: where it begins and how wide it is, in pixels."""

    mention: Mention
    x: float
    width: float

    @property
    def middle(self) -> float:
        """The middle of the mention."""
        return self.x + self.width / 2


def arcs(text: str, relations: list[Relation], by_id: dict[str, Mention]) -> str:
    """Return the picture of some relations of a text; empty where there are none."""
    if not relations:
        return ""
    linked = {m.id: m for r in relations for m in (by_id[r.head], by_id[r.tail])}
    nodes, between, width = _placed(text, sorted(linked.values(), key=lambda m: (m.start, -m.end, m.id)))
    levels = _levels(relations, list(nodes))
    floor = BASE + STEP * max(levels.values())
    shapes = [_word(n, floor) for n in nodes.values()]
    shapes += [f'<text class="between" x="{x:g}" y="{floor + 24:g}">{escape(words)}</text>' for x, words in between]
    shapes += [_arc(r, nodes[r.head], nodes[r.tail], floor, levels[r.id]) for r in relations]
    said = "; ".join(f"{by_id[r.head].text} {r.type} {by_id[r.tail].text}" for r in relations)
    return (
        f'<svg class="arcs" role="img" aria-label="{escape(said, quote=True)}" viewBox="0 0 {width:g} {floor + 52:g}"'
        f' width="{width:g}" height="{floor + 52:g}">{"".join(shapes)}</svg>'
    )


def _placed(text: str, mentions: list[Mention]) -> tuple[dict[str, Node], list[tuple[float, str]], float]:
    """Put mentions in a row, with the words between them where they are few, else dots."""
    nodes: dict[str, Node] = {}
    between: list[tuple[float, str]] = []
    x, last = PAD, None
    for m in mentions:
        if last is not None:
            words = " ".join(text[last : m.start].split()) if m.start > last else ""
            if words:
                words = words if len(words) <= MOST_BETWEEN else "…"
                between.append((x, words))
                x += len(words) * CHARACTER + GAP
        width = max(len(m.text) * CHARACTER + 12, len(m.type) * 6.5 + 12)
        nodes[m.id] = Node(m, x, width)
        x += width + GAP
        last = max(m.end, last or 0)
    return nodes, between, x + PAD


def _levels(relations: list[Relation], order: list[str]) -> dict[str, int]:
    """Return how high each arc goes: short ones under long ones, none through another's label."""
    place = {i: n for n, i in enumerate(order)}
    spans = {r.id: tuple(sorted((place[r.head], place[r.tail]))) for r in relations}
    levels: dict[str, int] = {}
    for r in sorted(relations, key=lambda r: (spans[r.id][1] - spans[r.id][0], spans[r.id], r.id)):
        left, right = spans[r.id]
        below = [levels[i] for i in levels if spans[i][0] < right and left < spans[i][1]]
        levels[r.id] = max(below, default=0) + 1
    return levels


def _word(n: Node, floor: float) -> str:
    m = n.mention
    return (
        f'<g data-type="{m.type}"><rect x="{n.x:g}" y="{floor + 6:g}" width="{n.width:g}" height="26" rx="4"/>'
        f'<text x="{n.middle:g}" y="{floor + 24:g}" text-anchor="middle">{escape(m.text)}</text>'
        f'<text class="type" x="{n.middle:g}" y="{floor + 46:g}" text-anchor="middle">{m.type}</text></g>'
    )


def _arc(r: Relation, head: Node, tail: Node, floor: float, level: int) -> str:
    side = 6.0 if tail.middle > head.middle else -6.0
    x1, x2 = head.middle + side, tail.middle - side
    top = floor - STEP * level + 10
    sign = {"increase": " ↑", "decrease": " ↓", "none": " ="}.get(r.direction or "", "")
    label = f"{'not ' * r.negated}{r.type}{sign}{' ?' * r.hedged}"
    return (
        f'<g class="arc"><title>{escape(f"{r.type} by {r.rule}")}</title>'
        f'<path d="M{x1:g},{floor + 4:g} C{x1:g},{top:g} {x1:g},{top:g} {x1 + side * 2:g},{top:g}'
        f' L{x2 - side * 2:g},{top:g} C{x2:g},{top:g} {x2:g},{top:g} {x2:g},{floor:g}"/>'
        f'<path class="tip" d="M{x2 - 4:g},{floor - 3:g} L{x2 + 4:g},{floor - 3:g} L{x2:g},{floor + 5:g} Z"/>'
        f'<text x="{(x1 + x2) / 2:g}" y="{top - 3:g}" text-anchor="middle">{escape(label)}</text></g>'
    )
