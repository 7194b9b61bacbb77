"""The flow of documents in the manner of PRISMA: read, gated, mined, with records."""

from __future__ import annotations

from typing import Any

from secretome_nlp.pictures.svg import INK, SOFT, box, line, picture, text

WIDE, HIGH, STEP = 300, 54, 84


def draw(data: dict[str, Any]) -> str:
    """Return the flow chart from the payload's counts."""
    n = data["counts"]
    steps = [("Documents read", n.get("seen", n["documents"]))]
    aside: list[tuple[int, str]] = []
    if "gated" in n:
        aside.append((0, f"{n['gated']:,} left out by the gate, {n.get('failed', 0):,} failed"))
    steps.append(("Documents mined", n["documents"]))
    aside.append((1, f"{n['documents'] - n['mined']:,} without an evidence record"))
    steps += [("Documents with evidence", n["mined"]), ("Evidence records", n["records"])]
    shapes = [text(10, 22, f"Flow of documents (n = {steps[0][1]:,})", 15)]
    for k, (name, count) in enumerate(steps):
        y = 40 + STEP * k
        shapes += [box(20, y, WIDE, HIGH, "#f3f5f7", stroke=INK), text(20 + WIDE / 2, y + 24, name, 13, "middle"),
                   text(20 + WIDE / 2, y + 43, f"{count:,}", 13, "middle")]  # fmt: skip
        if k:
            shapes.append(line(20 + WIDE / 2, y - STEP + HIGH, 20 + WIDE / 2, y, INK, 1.5))
    for k, said in aside:
        y = 40 + STEP * k + HIGH + 15
        shapes += [line(20 + WIDE / 2, y, 20 + WIDE + 20, y, SOFT), text(20 + WIDE + 26, y + 4, said)]
    return picture(640, 40 + STEP * len(steps), "Flow of documents", shapes)
