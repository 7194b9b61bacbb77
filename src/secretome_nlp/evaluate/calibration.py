"""Whether a record's `confidence` is the share of its slots that are right: Brier score and reliability.

Brier, Verification of forecasts expressed in terms of probability (1950); the reliability diagram and the expected
calibration error are those of Guo et al., On calibration of modern neural networks (2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BINS = 10
#: Values of `--min-confidence` for which precision and recall are told.
LEAST = (0.0, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9)


@dataclass(frozen=True)
class Judged:
    """One found record: its confidence, and how many of its slot values are in the gold, of how many."""

    confidence: float
    right: int
    of: int


def calibration(records: Sequence[Judged]) -> dict[str, Any]:
    """Return Brier score, expected calibration error and the bins of the reliability plot, slot value by slot value.

    `brier_constant` is the Brier score of always saying the mean, which a useful confidence is below.
    """
    total = sum(r.of for r in records)
    if not total:
        return {}
    brier = sum(r.right * (1 - r.confidence) ** 2 + (r.of - r.right) * r.confidence**2 for r in records) / total
    mean = sum(r.right for r in records) / total
    bins = []
    for n in range(BINS):
        inside = [r for r in records if min(BINS - 1, int(r.confidence * BINS)) == n and r.of]
        weight = sum(r.of for r in inside)
        if weight:
            said = sum(r.confidence * r.of for r in inside) / weight
            bins.append({"said": round(said, 4), "true": round(sum(r.right for r in inside) / weight, 4), "n": weight})
    error = sum(abs(b["said"] - b["true"]) * b["n"] for b in bins) / total
    return {
        "slots": total,
        "brier": round(brier, 4),
        "brier_constant": round(mean * (1 - mean), 4),
        "error": round(error, 4),
        "bins": bins,
    }


def thresholds(records: Sequence[Judged], gold: int) -> list[dict[str, float]]:
    """Return, for each least confidence of LEAST, how many records stay and how precise and complete their slots are.

    `gold` is the number of slot values of the gold, found or not.
    """
    rows = []
    for least in LEAST:
        kept = [r for r in records if r.confidence >= least]
        right, of = sum(r.right for r in kept), sum(r.of for r in kept)
        rows.append(
            {
                "least": least, "records": len(kept),
                "p": round(right / of, 4) if of else 0.0, "r": round(right / gold, 4) if gold else 0.0,
            }
        )  # fmt: skip
    return rows


def as_svg(found: dict[str, Any], size: int = 260) -> str:
    """Return the reliability plot as SVG: what was said (x) against what was true (y), the diagonal for comparison."""
    room, pad = size - 60, 40
    most = max(b["n"] for b in found["bins"])

    def place(x: float, y: float) -> tuple[float, float]:
        return round(pad + x * room, 1), round(size - pad - y * room, 1)

    dots = []
    for b in found["bins"]:
        x, y = place(b["said"], b["true"])
        radius = round(2 + 6 * (b["n"] / most) ** 0.5, 1)
        title = f"said {b['said']:.2f}, true {b['true']:.2f}, n = {b['n']}"
        dots.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#1b6ca8"><title>{title}</title></circle>')
    (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
    lines = (
        f'<rect x="{x0}" y="{y1}" width="{room}" height="{room}" fill="none" stroke="#888"/>'
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#888" stroke-dasharray="4"/>'
    )
    words = (
        f'<text x="{(x0 + x1) / 2}" y="{size - 12}" text-anchor="middle">confidence</text>'
        f'<text x="14" y="{(y0 + y1) / 2}" text-anchor="middle" transform="rotate(-90 14 {(y0 + y1) / 2})">right</text>'
        f'<text x="{(x0 + x1) / 2}" y="20" text-anchor="middle">n = {found["slots"]} slot values</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="Reliability plot">{lines}{"".join(dots)}{words}</svg>'
    )
