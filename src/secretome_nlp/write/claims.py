"""Claims across papers: what several texts say of one product, model and outcome, counted side by side.

A claim is a product (the families of its cell and component, such as MSC and vesicle), a model (a record's first) and
an outcome; a statement of it is an outcome of a record. Each source counts once a side, with the weight of its best
statement: WEIGHTS of what it is, times HEDGED where it is said with doubt. With a, c and n the summed weights of the
sources that agree with the claim's direction, that say the opposite, and that found no change, the belief is

    (a + 1) / (a + c + n + 2)

the mean of a Beta distribution that starts out even (Laplace's rule of succession): 0.5 where nothing is known, 0.67
after one paper's own result, and never 0 or 1. "Improved" beside "increased" neither agrees nor contradicts where
nothing tells whether more is better. A claim's direction is the side of most weight; where sides are even, the one
that was said first, and the claim stays near 0.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from secretome_nlp.knowledge.families import beginning, load_families
from secretome_nlp.rows import Row
from secretome_nlp.write.table_rows import JOIN, reference

CLAIMS = (
    "Cells", "Component", "Model", "Outcome", "Direction", "Effect", "Sources", "Agree", "Contradict", "Negative",
    "Belief", "Agreeing", "Contradicting", "Without effect",
)  # fmt: skip
#: How much a source counts: a paper's own result, a row of a table, a study as a review retells it.
WEIGHTS = {"own": 1.0, "table": 0.5, "retold": 0.5}
HEDGED = 0.5
SIGNS = {"increase": 1, "decrease": -1}
NAMES = {1: "increase", -1: "decrease", 2: "improve", -2: "worsen"}
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Statement:
    """One outcome as one source tells it: `side` is 1 and -1 for up and down, 2 and -2 for better and worse, or 0.

    `record` and `outcome` tell where it is from: the record's id, and the number of the outcome in it.
    """

    source: str
    shown: str
    side: int
    effect: str
    weight: float
    kind: str = "own"
    record: str = ""
    outcome: int = 0


@dataclass(frozen=True)
class Claim:
    """A claim: its row of the table, and the statements that agree, that contradict, and that found no change.

    `other` are those on another scale: "improved" beside "increased" where nothing tells whether more is better.
    """

    row: dict[str, object]
    agree: tuple[Statement, ...]
    against: tuple[Statement, ...]
    none: tuple[Statement, ...]
    other: tuple[Statement, ...]


@dataclass
class Claims:
    """Gathers the statements of records, and gives a row for each claim."""

    statements: dict[Key, list[Statement]] = field(default_factory=dict)
    names: dict[Key, tuple[str, str, str, str]] = field(default_factory=dict)

    def add(self, record: Row, document: Row) -> None:
        """Take in the outcomes of a record."""
        cell, component = (_family(record, name) for name in ("cell_type", "component"))
        model = record["model"][0] if record["model"] else None
        shown = _name(model) or (record["setting"] or "").replace("_", " ")
        for number, outcome in enumerate(record["outcomes"]):
            key = (cell, component, _concept(model) or shown, _concept(outcome["target"]))
            self.names.setdefault(key, (cell, component, shown, outcome["target"]["value"]))
            self.statements.setdefault(key, []).append(_statement(record, document, number))

    def rows(self) -> list[dict[str, object]]:
        """Return a row for each claim: those of most sources first, then by name."""
        return [claim.row for claim in self.claims()]

    def claims(self) -> list[Claim]:
        """Return the claims with their statements, in the order of `rows`."""
        made = [_claim(self.names[key], found) for key, found in self.statements.items()]
        return sorted(
            made, key=lambda c: (-int(str(c.row["Sources"])), *(str(c.row[n]).casefold() for n in CLAIMS[:4]))
        )


def _name(slot: Row | None) -> str:
    return slot["value"] if slot else ""


def _concept(slot: Row | None) -> str:
    return (slot["id"] or slot["value"]) if slot else ""


def _family(record: Row, name: str) -> str:
    """Return the family that a slot's value belongs to (MSC, vesicle), else the value itself."""
    value = _name(record[name]).replace("_", " ")
    families = load_families().get(name, {})
    return next((own for own, family in families.items() if beginning(family.words).search(value)), value)


def _statement(record: Row, document: Row, number: int) -> Statement:
    study, outcome = record["study"], record["outcomes"][number]
    retold = bool(study["label"] or study["ref"]) and study["label"] != "own work"
    kind = "table" if record["source"] == "table" else "retold" if retold else "own"
    weight = WEIGHTS[kind] * (HEDGED if outcome["hedged"] else 1.0)
    # A study that a review retells and the study's own abstract are one source.
    paper = study["pmid"] or (document["bibliography"]["pmid"] if kind != "retold" else None)
    source = f"pmid:{paper}" if paper else f"{record['doc_id']}|{study['ref'] or study['label'] or ''}"
    shown = f"{reference(record, document)} ({kind}{', hedged' if outcome['hedged'] else ''}; {record['doc_id']})"
    return Statement(source, shown, _side(outcome), outcome["effect"], weight, kind, record["record_id"], number)


def _side(outcome: Row) -> int:
    if outcome["negated"] or outcome["direction"] == "no_change":
        return 0
    if outcome["direction"] in SIGNS:
        return SIGNS[outcome["direction"]]
    return 2 if outcome["direction"] == "improve" else -2


def _claim(names: tuple[str, str, str, str], found: list[Statement]) -> Claim:
    told = [_resolved(s, _better(found)) for s in found]
    weights = {side: _weight(told, side) for side in {s.side for s in told} - {0}}
    order = [s.side for s in told if s.side]
    main = max(weights, key=lambda side: (weights[side], -order.index(side)), default=0)
    agree = [s for s in told if s.side == main and main]
    against = [s for s in told if s.side and s.side == -main]
    other = [s for s in told if s.side and abs(s.side) != abs(main)]
    none = [s for s in told if s.side == 0]
    a, c, n = (sum(_by_source(side).values()) for side in (agree, against, none))
    effects = sorted({s.effect for s in agree} - {"unclear"}) or ["none" if not main else "unclear"]
    row: dict[str, object] = {
        **dict(zip(CLAIMS[:4], names, strict=True)),
        "Direction": NAMES.get(main, "no change"), "Effect": JOIN.join(effects),
        "Sources": len({s.source for s in told}), "Agree": len(_by_source(agree)),
        "Contradict": len(_by_source(against)), "Negative": len(_by_source(none)),
        "Belief": round(((a if main else n) + 1) / (a + c + n + 2), 3),
        "Agreeing": _shown(agree), "Contradicting": _shown(against), "Without effect": _shown(none),
    }  # fmt: skip
    return Claim(row, tuple(agree), tuple(against), tuple(none), tuple(other))


def _better(found: Iterable[Statement]) -> int:
    """Return the direction that is the better one by the effects of the claim's own statements, 0 where none tells."""
    for s in found:
        if abs(s.side) == 1 and s.effect in ("benefit", "harm"):
            return s.side if s.effect == "benefit" else -s.side
    return 0


def _resolved(s: Statement, better: int) -> Statement:
    """Read "improved" as the direction in which the outcome is better, where that is known."""
    if abs(s.side) != 2 or not better:
        return s
    return replace(s, side=better if s.side == 2 else -better)


def _weight(told: Iterable[Statement], side: int) -> float:
    return sum(_by_source([s for s in told if s.side == side]).values())


def _by_source(statements: Iterable[Statement]) -> dict[str, float]:
    """Return each source with the weight of its best statement."""
    best: dict[str, float] = {}
    for s in statements:
        best[s.source] = max(best.get(s.source, 0.0), s.weight)
    return best


def _shown(statements: Iterable[Statement]) -> str:
    return JOIN.join(_distinct(s.shown for s in statements))


def _distinct(words: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(words)
