"""How far two annotators agree: `python annotations/agreement.py TEXTS FIRST SECOND`.

TEXTS is the JSON Lines file of the texts, FIRST and SECOND are folders of gold files; documents of TEXTS that stand in
both are compared, by the sentences that both annotated. Printed are F1 of the second against the first by type (strict
and relaxed), by relation and, where both wrote them, by record slot, and Cohen's kappa for the two flags over the
mentions that both have (Cohen, A coefficient of agreement, 1960).

A relation is written once a document, in the sentence that says it most plainly. So one from the shared sentences
counts as agreed when the other annotator has it anywhere in the document.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotate import texts

from secretome_nlp.evaluate import match as matching
from secretome_nlp.evaluate.align import align
from secretome_nlp.evaluate.gold import GoldDocument, GoldRecord, GoldSentence, read_gold
from secretome_nlp.evaluate.match import Item
from secretome_nlp.evaluate.metrics import Counts
from secretome_nlp.evaluate.records import SINGLE, gold_slots, score_records
from secretome_nlp.evaluate.relations import Claim, Concepts, Key, RelationScore, distinct
from secretome_nlp.recognise import abbreviations
from secretome_nlp.types import Abbreviation, EvidenceRecord, Outcome, Slot, Span, Study

CORE = ("CELL_TYPE", "FACTOR", "MIRNA", "DELIVERY", "MODEL")


def items(gold: GoldDocument, text: str) -> list[Item]:
    """Return the mentions of one annotation with their places."""
    places = align(text, gold).mentions
    return [Item(m.id, m.type, places[m.id]) for s in gold.sentences for m in s.mentions]


def shared(first: GoldDocument, second: GoldDocument) -> tuple[GoldDocument, GoldDocument]:
    """Return both annotations of a document cut to the sentences that stand in both."""
    both = {s.fp for s in first.sentences} & {s.fp for s in second.sentences}

    def cut(gold: GoldDocument) -> GoldDocument:
        return gold.model_copy(update={"sentences": [s for s in gold.sentences if s.fp in both]})

    return cut(first), cut(second)


def claims(sentences: Iterable[GoldSentence], side: str, names: Concepts) -> dict[Key, Claim]:
    """Return the distinct relations of some sentences of one annotation, whose mentions `names` knows."""
    return distinct(
        Claim(
            r.type, names.name(side, r.head, "", ""), names.name(side, r.tail, "", ""), r.direction, r.negated, r.hedged
        )
        for s in sentences
        for r in s.relations
    )


def relations(
    first: GoldDocument, second: GoldDocument, twin: Mapping[str, str], short: Iterable[Abbreviation] = ()
) -> RelationScore:
    """Compare the relations of the sentences that both have; `twin` maps the second's mentions to the first's.

    What one wrote in a shared sentence and the other in a sentence of its own is agreed upon. A short form of the
    text counts as its long one.
    """
    names = Concepts(short)
    for side, gold in (("gold", first), ("found", second)):
        for m in (m for s in gold.sentences for m in s.mentions):
            names.name(side, m.id, m.type, m.text, twin.get(m.id) if side == "found" else None)
    whole = claims(first.sentences, "gold", names), claims(second.sentences, "found", names)
    parts = shared(first, second)
    stated = claims(parts[0].sentences, "gold", names).keys() | claims(parts[1].sentences, "found", names).keys()
    left, right = ({key: side[key] for key in sorted(stated) if key in side} for side in whole)
    return RelationScore(left, right)


def as_found(record: GoldRecord) -> EvidenceRecord:
    """Return a gold record in the form of one that was found, so that it can be scored against another."""
    slots: dict[str, object] = {}
    for name, values in gold_slots(record).items():
        made = tuple(Slot(v.text, v.value, None, ("-",)) for v in values)
        slots[name] = values[0].value if name in ("setting", "donor_relation") else made[0] if name in SINGLE else made
    outcomes = tuple(
        Outcome(Slot(o.text or o.target, o.target, None, ("-",)), o.direction, o.effect, o.negated, o.hedged)  # type: ignore[arg-type]
        for o in record.outcomes
    )
    return EvidenceRecord(record_id=record.id, doc_id="", study=Study(), outcomes=outcomes, **slots)  # type: ignore[arg-type]


def kappa(pairs: Counter[tuple[bool, bool]]) -> float:
    """Return Cohen's kappa of two yes-or-no decisions."""
    n = sum(pairs.values())
    agreed = (pairs[True, True] + pairs[False, False]) / n
    first, second = (pairs[True, True] + pairs[True, False]) / n, (pairs[True, True] + pairs[False, True]) / n
    chance = first * second + (1 - first) * (1 - second)
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def row(name: str, c: Counts) -> str:
    """Return a line of the table."""
    return f"  {name:22}{c.precision:8.3f}{c.recall:8.3f}{c.f1:8.3f}{c.tp + c.fn:7}"


def main(source: str, first: str, second: str) -> None:
    """Print the table."""
    known = texts(source)
    both = sorted(
        known.keys() & ({p.stem for p in Path(first).rglob("*.json")} & {p.stem for p in Path(second).rglob("*.json")})
    )
    if not both:
        sys.exit(f"no text of {source} is annotated in both {first} and {second}; give the texts of their ids")
    sentences = 0
    tables: dict[str, dict[str, Counts]] = {"strict": {}, "relaxed": {}, "relations": {}, "slots": {}}
    flags = {"negated": Counter[tuple[bool, bool]](), "hedged": Counter[tuple[bool, bool]]()}
    records: Counter[str] = Counter()

    def add(table: str, name: str, counts: Counts) -> None:
        tables[table][name] = tables[table].get(name, Counts()) + counts

    for name in both:
        all_a, all_b = (read_gold(next(Path(f).rglob(f"{name}.json"))) for f in (first, second))
        a, b = shared(all_a, all_b)
        sentences += len(a.sentences)
        text = "\n".join(" ".join(s.split()) for s in known[name])
        one, two = items(a, text), items(b, text)
        matched = matching.by_type(one, two)
        for type_, m in matched.items():
            for group in [type_, "all types", *(["five core types"] if type_ in CORE else [])]:
                add("strict", group, matching.strict(m))
                add("relaxed", group, matching.relaxed(m))
        pairs = {g: f for m in matched.values() for g, f in m.pairs.items()}
        in_a, in_b = ({m.id: m for s in d.sentences for m in s.mentions} for d in (a, b))
        for flag, table in flags.items():
            table.update((getattr(in_a[g], flag), getattr(in_b[f], flag)) for g, f in pairs.items())
        short = abbreviations.find(text, [Span(m.start(), m.end()) for m in re.finditer(r".+", text)])
        score = relations(all_a, all_b, {f: g for g, f in pairs.items()}, short)
        for type_ in sorted({k[0] for k in (*score.gold, *score.found)}):
            add("relations", type_, score.counts(type_))
        add("relations", "all relations", score.counts())
        if not {"records"} <= set(a.complete) & set(b.complete):
            continue
        slots = score_records(a.records, [as_found(r) for r in b.records])
        for slot in sorted({n for n, _ in slots.slots}):
            add("slots", slot, slots.counts(slot))
        add("slots", "all slots", slots.all_slots())
        records.update(first=slots.gold, second=slots.found, paired=len(slots.pairs), exact=slots.exact)
    print(
        f"{sentences} sentences of {len(both)} documents: {', '.join(both)}\n{'':24}{'P':>8}{'R':>8}{'F1':>8}{'n':>7}"
    )
    for title, table in tables.items():
        print(title if table else f"{title}: none that both wrote")
        print("\n".join(row(name, table[name]) for name in sorted(table, key=lambda n: (n.islower(), n))))
    if records:
        print(
            f"records: {records['first']} by the first, {records['second']} by the second, {records['paired']} paired,"
            f" {records['exact']} the same in all slots"
        )
    for flag, table in flags.items():
        cases = f"both {table[True, True]}, first alone {table[True, False]}, second alone {table[False, True]}"
        print(f"kappa, {flag}: {kappa(table):.3f} over {sum(table.values())} mentions ({cases})")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
