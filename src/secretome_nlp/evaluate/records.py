"""Score evidence records: best one-to-one pairs, then slot by slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from secretome_nlp.evaluate.calibration import Judged
from secretome_nlp.evaluate.gold import GoldRecord, GoldSlot
from secretome_nlp.evaluate.metrics import Counts, assign
from secretome_nlp.evaluate.relations import singular
from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT
from secretome_nlp.types import EvidenceRecord, Slot

SINGLE, MANY = ONE_SLOT, MANY_SLOTS
PLAIN = ("setting", "donor_relation")
#: What a pair of records must share to be about the same thing, and how much each counts.
WORTH = {
    "study": 6.0,
    "setting": 2.0,
    "component": 2.0,
    "cell_type": 2.0,
    "model": 2.0,
    "outcomes": 2.0,
    "host_species": 1.0,
}


@dataclass
class RecordScore:
    """Counts by slot, outcomes, and how many pairs agree in all slots."""

    slots: Counter[tuple[str, str]] = field(default_factory=Counter)  # (slot, tp|fp|fn)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    indices: list[tuple[int, int]] = field(default_factory=list)
    exact: int = 0
    gold: int = 0
    found: int = 0
    direction: tuple[int, int] = (0, 0)
    effect: tuple[int, int] = (0, 0)
    judged: list[Judged] = field(default_factory=list)

    def counts(self, slot: str) -> Counts:
        """Return the counts of a slot."""
        return Counts(*(self.slots[slot, kind] for kind in ("tp", "fp", "fn")))

    def all_slots(self) -> Counts:
        """Return the counts of all slots together."""
        names = sorted({name for name, _ in self.slots})
        return sum((self.counts(n) for n in names), Counts())


def same_value(gold: GoldSlot, found: Slot) -> bool:
    """Tell whether two slots say the same: equal values or words, or the words of one within the other's."""
    golds = {singular(gold.value), singular(gold.text)}
    finds = {singular(found.value), singular(found.text)}
    if golds & finds:
        return True
    return any(_within(g, f) for g in golds for f in finds)


def _within(a: str, b: str) -> bool:
    words_a, words_b = set(a.split()), set(b.split())
    return bool(words_a) and bool(words_b) and (words_a <= words_b or words_b <= words_a)


def score_records(gold: Sequence[GoldRecord], found: Sequence[EvidenceRecord]) -> RecordScore:
    """Pair records by the Hungarian method and compare their slots."""
    score = RecordScore(gold=len(gold), found=len(found))
    pairs = assign(len(gold), len(found), lambda g, f: worth(gold[g], found[f]))
    score.indices = pairs
    for g, f in pairs:
        score.pairs.append((gold[g].id, found[f].record_id))
        right, of = _compare(gold[g], found[f], score)
        score.judged.append(Judged(found[f].confidence, right, of))
    paired_gold, paired_found = {g for g, _ in pairs}, {f for _, f in pairs}
    for n, record in enumerate(gold):
        if n not in paired_gold:
            for slot, values in gold_slots(record).items():
                score.slots[slot, "fn"] += len(values)
            score.slots["outcomes", "fn"] += len(record.outcomes)
    for n, made in enumerate(found):
        if n not in paired_found:
            for slot, slots in found_slots(made).items():
                score.slots[slot, "fp"] += len(slots)
            score.slots["outcomes", "fp"] += len(made.outcomes)
            of = sum(map(len, found_slots(made).values())) + len(made.outcomes)
            score.judged.append(Judged(made.confidence, 0, of))
    return score


def worth(gold: GoldRecord, found: EvidenceRecord) -> float:
    """Return how much two records have in common; studies that are named must not differ."""
    value = 0.0
    if gold.study.ref and found.study.ref:
        if gold.study.ref != found.study.ref:
            return 0.0
        value += WORTH["study"]
    elif gold.study.label and found.study.label and _surname(gold.study.label) != _surname(found.study.label):
        return 0.0
    elif gold.study.label and found.study.label:
        value += WORTH["study"]
    if gold.study.trial and found.study.trial:
        if gold.study.trial != found.study.trial:
            return 0.0
        value += WORTH["study"]
    golds, finds = gold_slots(gold), found_slots(found)
    for slot in ("component", "cell_type", "model", "host_species"):
        if any(same_value(a, b) for a in golds.get(slot, ()) for b in finds.get(slot, ())):
            value += WORTH[slot]
    if gold.slots.get("setting") and gold.slots.get("setting") == found.setting:
        value += WORTH["setting"]
    targets = [singular(o.target) for o in gold.outcomes]
    hits = sum(any(_within(t, singular(o.target.value)) for t in targets) for o in found.outcomes)
    return value + WORTH["outcomes"] * hits / max(1, len(targets), len(found.outcomes))


def _surname(label: str) -> str:
    return label.lower().replace(" et al.", "").replace(" and colleagues", "").split()[-1] if label.strip() else ""


def gold_slots(record: GoldRecord) -> dict[str, list[GoldSlot]]:
    """Return the gold's filled slots as lists."""
    found: dict[str, list[GoldSlot]] = {}
    for name in (*SINGLE, *MANY, *PLAIN):
        value = record.slots.get(name)
        if isinstance(value, str):
            found[name] = [GoldSlot(text=value, value=value)]
        elif isinstance(value, list):
            found[name] = value
        elif value is not None:
            found[name] = [value]
    return {k: v for k, v in found.items() if v}


def found_slots(record: EvidenceRecord) -> dict[str, list[Slot]]:
    """Return a record's filled slots as lists."""
    found: dict[str, list[Slot]] = {}
    for name in (*SINGLE, *MANY):
        value = getattr(record, name)
        found[name] = list(value) if isinstance(value, tuple) else [value] if value else []
    for name in PLAIN:
        plain = getattr(record, name)
        found[name] = [Slot(plain, plain, None, ("-",))] if plain else []
    return {k: v for k, v in found.items() if v}


def _compare(gold: GoldRecord, found: EvidenceRecord, score: RecordScore) -> tuple[int, int]:
    """Count the slots of a pair; return how many of the found values are right, and of how many."""
    golds, finds = gold_slots(gold), found_slots(found)
    whole, right, of = True, 0, 0
    for slot in sorted(golds.keys() | finds.keys()):
        counts = compare_values(golds.get(slot, []), finds.get(slot, []))
        for kind in ("tp", "fp", "fn"):
            score.slots[slot, kind] += getattr(counts, kind)
        whole = whole and not counts.fp and not counts.fn
        right, of = right + counts.tp, of + counts.tp + counts.fp
    paired = score.slots["outcomes", "tp"]
    whole = _compare_outcomes(gold, found, score) and whole
    score.exact += int(whole)
    return right + score.slots["outcomes", "tp"] - paired, of + len(found.outcomes)


def compare_values(golds: Sequence[GoldSlot], finds: Sequence[Slot]) -> Counts:
    """Match a slot's values one to one."""
    tp = len(assign(len(golds), len(finds), lambda g, f: float(same_value(golds[g], finds[f]))))
    return Counts(tp, len(finds) - tp, len(golds) - tp)


def _compare_outcomes(gold: GoldRecord, found: EvidenceRecord, score: RecordScore) -> bool:
    targets = [GoldSlot(text=o.text or o.target, value=o.target) for o in gold.outcomes]

    def alike(g: int, f: int) -> float:
        same = same_value(targets[g], found.outcomes[f].target)
        return float(same) * (2.0 + (gold.outcomes[g].effect == found.outcomes[f].effect))

    pairs = assign(len(targets), len(found.outcomes), alike)
    score.slots["outcomes", "tp"] += len(pairs)
    score.slots["outcomes", "fp"] += len(found.outcomes) - len(pairs)
    score.slots["outcomes", "fn"] += len(targets) - len(pairs)
    direction = sum(same_direction(gold.outcomes[g].direction, found.outcomes[f].direction) for g, f in pairs)
    effect = sum(gold.outcomes[g].effect == found.outcomes[f].effect for g, f in pairs)
    score.direction = (score.direction[0] + direction, score.direction[1] + len(pairs))
    score.effect = (score.effect[0] + effect, score.effect[1] + len(pairs))
    return len(pairs) == len(targets) == len(found.outcomes) == direction == effect


def same_direction(gold: str, found: str) -> bool:
    """Tell whether two directions agree; "improve" leaves open which way the measure itself went."""
    return gold == found or ("improve" in (gold, found) and {gold, found} <= {"improve", "increase", "decrease"})
