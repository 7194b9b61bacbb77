"""A review's own table as gold: which of its rows and slots come out of the running text alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from secretome_nlp.evaluate.gold import GoldDocument, GoldRecord, GoldSlot
from secretome_nlp.evaluate.metrics import Counts, assign
from secretome_nlp.evaluate.records import (
    compare_values,
    found_slots,
    gold_slots,
    same_direction,
    same_value,
    worth,
)
from secretome_nlp.types import EvidenceRecord, Slot

T = TypeVar("T", GoldSlot, Slot)
SLOTS = ("cell_type", "cell_source", "component", "delivery", "model", "host_species")
DELIVERY = ("route", "carrier")


@dataclass
class TableScore:
    """Rows found, counts by slot over what the text states, and directions that agree."""

    rows: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    slots: Counter[tuple[str, str]] = field(default_factory=Counter)
    direction: tuple[int, int] = (0, 0)

    def counts(self, slot: str) -> Counts:
        """Return the counts of a slot."""
        return Counts(*(self.slots[slot, kind] for kind in ("tp", "fp", "fn")))


def score_table(gold: GoldDocument, records: Sequence[EvidenceRecord]) -> TableScore:
    """Score records against the rows that the running text describes, over the slots that it states.

    A row is found when a record of the same study shares its cell type or component. A found value where the text
    states none is not counted, since the table's authors may know more than they write.
    """
    rows = [r for r in gold.records if r.described]
    score = TableScore(rows=len(rows))
    for row in rows:
        same = [r for r in records if _same_study(row, r)]
        best = max(same, key=lambda r: worth(row, r), default=None)
        if best is None or not _alike(row, best):
            score.missed.append(row.study.label or row.id)
            best = None
        else:
            score.found += 1
        _score_slots(row, best, score)
    return score


def _same_study(row: GoldRecord, record: EvidenceRecord) -> bool:
    if row.study.ref and record.study.ref:
        return row.study.ref == record.study.ref
    return bool(row.study.label) and row.study.label == record.study.label


def _alike(row: GoldRecord, record: EvidenceRecord) -> bool:
    golds, finds = gold_slots(row), found_slots(record)
    return any(
        same_value(a, b)
        for slot in ("cell_type", "component")
        for a in golds.get(slot, ())
        for b in finds.get(slot, ())
    )


def _score_slots(row: GoldRecord, record: EvidenceRecord | None, score: TableScore) -> None:
    golds = gold_slots(row)
    finds = found_slots(record) if record is not None else {}
    for slot in SLOTS:
        stated = [s for s in _of(golds, slot) if s.stated]
        if not stated:
            continue
        counts = compare_values(
            stated, _of(finds, slot)[: max(len(stated), 1)] if slot == "model" else _of(finds, slot)
        )
        for kind in ("tp", "fp", "fn"):
            score.slots[slot, kind] += getattr(counts, kind)
    outcomes = [o for o in row.outcomes if o.stated]
    made = record.outcomes if record is not None else ()
    targets = [GoldSlot(text=o.text or o.target, value=o.target) for o in outcomes]
    pairs = assign(len(targets), len(made), lambda g, f: float(same_value(targets[g], made[f].target)))
    right = sum(same_direction(outcomes[g].direction, made[f].direction) for g, f in pairs)
    score.direction = (score.direction[0] + right, score.direction[1] + len(pairs))
    score.slots["outcomes", "tp"] += len(pairs)
    score.slots["outcomes", "fn"] += len(targets) - len(pairs)


def _of(slots: dict[str, list[T]], slot: str) -> list[T]:
    names = DELIVERY if slot == "delivery" else (slot,)
    return [value for name in names for value in slots.get(name, ())]
