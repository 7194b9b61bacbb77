"""Match mentions that were found with mentions of the gold: strict, relaxed, and by type alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from secretome_nlp.evaluate.metrics import Counts, assign
from secretome_nlp.types import Span


@dataclass(frozen=True)
class Item:
    """A mention on either side: its id, type and place."""

    id: str
    type: str
    span: Span


@dataclass(frozen=True)
class Matching:
    """Pairs of gold and found ids, exact and overlapping, and what stayed alone."""

    exact: tuple[tuple[str, str], ...]
    overlapping: tuple[tuple[str, str], ...]
    missed: tuple[str, ...]
    spurious: tuple[str, ...]

    @property
    def pairs(self) -> dict[str, str]:
        """Return gold ids with the ids found for them, exact or overlapping."""
        return dict((*self.exact, *self.overlapping))


def match(gold: Sequence[Item], found: Sequence[Item]) -> Matching:
    """Pair mentions of the same type one to one: equal places first, then the greatest overlaps."""
    by_place: dict[tuple[str, Span], list[str]] = {}
    for item in found:
        by_place.setdefault((item.type, item.span), []).append(item.id)
    exact: list[tuple[str, str]] = []
    rest_gold: list[Item] = []
    for item in gold:
        same = by_place.get((item.type, item.span))
        if same:
            exact.append((item.id, same.pop(0)))
        else:
            rest_gold.append(item)
    used = {f for _, f in exact}
    rest_found = [i for i in found if i.id not in used]
    overlapping = _overlaps(rest_gold, rest_found)
    taken_gold = {g for g, _ in overlapping}
    taken_found = {f for _, f in overlapping}
    return Matching(
        tuple(exact),
        tuple(overlapping),
        tuple(i.id for i in rest_gold if i.id not in taken_gold),
        tuple(i.id for i in rest_found if i.id not in taken_found),
    )


def _overlaps(gold: list[Item], found: list[Item]) -> list[tuple[str, str]]:
    """Assign overlapping mentions group by group: those that touch one another, so that tables stay small."""
    pairs: list[tuple[str, str]] = []
    for type_ in sorted({i.type for i in gold}):
        some_gold = sorted((i for i in gold if i.type == type_), key=lambda i: i.span)
        some_found = sorted((i for i in found if i.type == type_), key=lambda i: i.span)
        for group_gold, group_found in _clusters(some_gold, some_found):

            def worth(g: int, f: int, a: list[Item] = group_gold, b: list[Item] = group_found) -> float:
                return float(shared(a[g].span, b[f].span))

            for g, f in assign(len(group_gold), len(group_found), worth):
                pairs.append((group_gold[g].id, group_found[f].id))
    return pairs


def _clusters(gold: list[Item], found: list[Item]) -> list[tuple[list[Item], list[Item]]]:
    """Cut two sorted lists into groups that no mention reaches across."""
    merged = sorted([(i.span, 0, i) for i in gold] + [(i.span, 1, i) for i in found], key=lambda x: (x[0], x[1]))
    clusters: list[tuple[list[Item], list[Item]]] = []
    end = -1
    for span, side, item in merged:
        if span.start >= end:
            clusters.append(([], []))
        clusters[-1][side].append(item)
        end = max(end, span.end)
    return [(g, f) for g, f in clusters if g and f]


def shared(a: Span, b: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def strict(m: Matching) -> Counts:
    """Count exact pairs as right; an overlap is one miss and one false find."""
    n = len(m.overlapping)
    return Counts(len(m.exact), len(m.spurious) + n, len(m.missed) + n)


def relaxed(m: Matching) -> Counts:
    """Count every pair as right."""
    return Counts(len(m.exact) + len(m.overlapping), len(m.spurious), len(m.missed))


def by_type(gold: Sequence[Item], found: Sequence[Item]) -> dict[str, Matching]:
    """Return the matching of each type by itself."""
    types = sorted({i.type for i in (*gold, *found)})
    return {t: match([i for i in gold if i.type == t], [i for i in found if i.type == t]) for t in types}


def type_only(gold: Sequence[Item], found: Sequence[Item]) -> Counts:
    """Count types in the text without regard to place: the multiset overlap."""
    a, b = Counter(i.type for i in gold), Counter(i.type for i in found)
    tp = sum((a & b).values())
    return Counts(tp, sum(b.values()) - tp, sum(a.values()) - tp)


def confusion(gold: Sequence[Item], found: Sequence[Item]) -> Counter[tuple[str, str]]:
    """Count, for gold mentions that nothing of their type met, the types that stood in their place ("-": none)."""
    table: Counter[tuple[str, str]] = Counter()
    matched = match(gold, found)
    alone_gold = [i for i in gold if i.id in matched.missed]
    alone_found = [i for i in found if i.id in matched.spurious]
    for g in alone_gold:
        others = [f for f in alone_found if shared(g.span, f.span)]
        best = max(others, key=lambda f: (shared(g.span, f.span), f.type), default=None)
        table[g.type, best.type if best else "-"] += 1
    return table
