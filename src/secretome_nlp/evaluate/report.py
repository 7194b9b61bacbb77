"""The scores as one text table, as JSON, and as a page of errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader

from secretome_nlp.evaluate import match as matching
from secretome_nlp.evaluate.calibration import as_svg, calibration, thresholds
from secretome_nlp.evaluate.metrics import Counts, interval, macro, paired_p, total
from secretome_nlp.evaluate.records import RecordScore
from secretome_nlp.evaluate.run import DocumentScore, Evaluation
from secretome_nlp.evaluate.table import SLOTS, TableScore
from secretome_nlp.types import MENTION_TYPES, RELATION_TYPES

CORE = ("CELL_TYPE", "FACTOR", "MIRNA", "DELIVERY", "MODEL")
#: The parts of the figures that have a row for each type, relation or slot, and their titles.
PARTS = {
    "strict": "mentions, strict",
    "relaxed": "mentions, relaxed",
    "relations": "relations, end to end",
    "relations_oracle": "relations, from gold mentions",
    "assertion_oracle": "assertion, from gold mentions",
    "slots": "record slots",
}
Result = dict[str, Any]


def summarise(evaluation: Evaluation) -> Result:
    """Return all figures as plain data: by type, relation and slot, with counts by document for comparison."""
    docs = evaluation.documents
    result: Result = {
        "documents": [d.doc for d in docs],
        "missing": evaluation.missing,
        "lost": {d.doc: list(d.aligned.lost_mentions) for d in docs if d.aligned.lost_mentions},
        "strict": {},
        "relaxed": {},
        "relations": {},
        "relations_oracle": {},
        "assertion_oracle": {},
        "slots": {},
        "grounding": {},
    }
    for name, count in (("strict", matching.strict), ("relaxed", matching.relaxed)):
        for type_ in MENTION_TYPES:
            units = [count(d.mentions[type_]) if type_ in d.mentions else Counts() for d in docs if d.mentions]
            _put(result[name], type_, units)
        per_doc = [total([count(m) for m in d.mentions.values()]) for d in docs if d.mentions]
        _put(result[name], "all types", per_doc)
        core = [total([count(m) for t, m in d.mentions.items() if t in CORE]) for d in docs if d.mentions]
        _put(result[name], "five core types", core)
    _put(result, "type_only", [d.type_only for d in docs if d.mentions])
    with_relations = [d for d in docs if d.relations is not None]
    for type_ in RELATION_TYPES:
        _put(result["relations"], type_, [d.relations.counts(type_) for d in with_relations if d.relations])
    _put(result["relations"], "all relations", [d.relations.counts() for d in with_relations if d.relations])
    _oracle(result, docs)
    _records(result, docs)
    result["agreement"] = _agreement(docs)
    result["macro_f1"] = {
        name: macro([Counts(*result[name][t]["counts"]) for t in result[name] if t in MENTION_TYPES])
        for name in ("strict", "relaxed")
    }
    result["confusion"] = _confusion(docs)
    result["rules"] = _rules(docs)
    return result


def _put(table: Result, name: str, units: list[Counts]) -> None:
    counts = total(units)
    if not (counts.tp + counts.fp + counts.fn):
        return
    low, high = interval(units)
    table[name] = {
        "p": round(counts.precision, 4), "r": round(counts.recall, 4), "f1": round(counts.f1, 4),
        "low": round(low, 4), "high": round(high, 4), "counts": [counts.tp, counts.fp, counts.fn],
        "units": [[c.tp, c.fp, c.fn] for c in units],
    }  # fmt: skip


def _oracle(result: Result, docs: list[DocumentScore]) -> None:
    """Put what was read from the gold's own mentions."""
    scores = [d.oracle for d in docs if d.oracle is not None]
    for type_ in RELATION_TYPES:
        _put(result["relations_oracle"], type_, [s.relations.counts(type_) for s in scores])
    _put(result["relations_oracle"], "all relations", [s.relations.counts() for s in scores])
    for flag in ("negated", "hedged"):
        _put(result["assertion_oracle"], flag, [getattr(s, flag) for s in scores])
    result["assertion_accuracy"] = {
        flag: [sum(s.agreed[flag][n] for s in scores) for n in (0, 1)] for flag in ("negated", "hedged")
    }


def _records(result: Result, docs: list[DocumentScore]) -> None:
    scores = [d.records for d in docs if d.records is not None]
    if not scores:
        return
    names = sorted({name for s in scores for name, _ in s.slots})
    for name in names:
        _put(result["slots"], name, [s.counts(name) for s in scores])
    _put(result["slots"], "all slots", [s.all_slots() for s in scores])
    pairs = sum(len(s.pairs) for s in scores)
    gold, found = sum(s.gold for s in scores), sum(s.found for s in scores)
    result["records"] = {
        "gold": gold, "found": found, "paired": pairs, "exact": sum(s.exact for s in scores),
        "direction": _share(scores, "direction"), "effect": _share(scores, "effect"),
    }  # fmt: skip
    judged = [j for s in scores for j in s.judged]
    result["calibration"] = calibration(judged)
    whole = total([s.all_slots() for s in scores])
    result["thresholds"] = thresholds(judged, whole.tp + whole.fn)


def _share(scores: list[RecordScore], name: str) -> list[int]:
    return [sum(getattr(s, name)[n] for s in scores) for n in (0, 1)]


def _agreement(docs: list[DocumentScore]) -> Result:
    found: Result = {}
    for name in ("negated", "hedged"):
        found[f"mentions {name}"] = [sum(getattr(d, name)[n] for d in docs) for n in (0, 1)]
    for name in ("direction", "negated", "hedged"):
        pairs = [d.relations.agreement(name) for d in docs if d.relations is not None]
        found[f"relations {name}"] = [sum(p[n] for p in pairs) for n in (0, 1)]
    for type_ in MENTION_TYPES:
        pairs = [d.grounding[type_] for d in docs if type_ in d.grounding]
        if sum(p[1] for p in pairs):
            found[f"grounding {type_}"] = [sum(p[n] for p in pairs) for n in (0, 1)]
    return found


def _confusion(docs: list[DocumentScore]) -> list[list[Any]]:
    table: Counter[tuple[str, str]] = sum((d.confusion for d in docs), Counter())
    return [[gold, found, n] for (gold, found), n in sorted(table.items(), key=lambda x: (-x[1], x[0]))]


def _rules(docs: list[DocumentScore]) -> list[list[Any]]:
    table: dict[str, Counts] = {}
    for d in docs:
        for rule, counts in (d.relations.by_rule() if d.relations else {}).items():
            table[rule] = table.get(rule, Counts()) + counts
    return [[rule, c.tp, c.fp] for rule, c in sorted(table.items(), key=lambda x: (-x[1].fp, x[0]))]


def as_text(result: Result) -> str:
    """Return the figures as one table for a terminal."""
    lines = [f"documents: {len(result['documents'])}"]
    if result["missing"]:
        lines.append(f"without a text, not scored: {', '.join(result['missing'])}")
    if result["lost"]:
        lost = ", ".join(f"{doc} {len(ids)}" for doc, ids in result["lost"].items())
        lines.append(f"annotations that no longer align (counted as misses): {lost}")
    lines.append(f"\n{'':24}{'P':>7}{'R':>7}{'F1':>7}  95 % interval      n")
    for part, title in PARTS.items():
        if result[part]:
            lines.append(title)
            lines += [_row(name, cells) for name, cells in result[part].items()]
    if len(result["documents"]) == 1:
        lines.append("(one document: no interval over documents)")
    if "records" in result:
        r = result["records"]
        lines.append(
            f"\nrecords: {r['gold']} in the gold, {r['found']} found, {r['paired']} paired,"
            f" {r['exact']} exact in all slots"
        )
        lines += [f"  {name} of paired outcomes: {_ratio(r[name])}" for name in ("direction", "effect")]
    lines += [f"{name}: {_ratio(pair)}" for name, pair in result["agreement"].items() if pair[1]]
    lines += [
        f"{name} of gold mentions: {_ratio(pair)}" for name, pair in result["assertion_accuracy"].items() if pair[1]
    ]
    lines += _more(result)
    return "\n".join(lines)


def _more(result: Result) -> list[str]:
    """Return calibration, the commonest confusions and the rules that err most."""
    lines = []
    c = result.get("calibration")
    if c:
        lines.append(
            f"confidence: Brier {c['brier']:.3f} (always the mean: {c['brier_constant']:.3f}), calibration error"
            f" {c['error']:.3f}, over {c['slots']} slot values"
        )
    lines += [
        f"  --min-confidence {t['least']}: {t['records']} records, slots P {t['p']:.3f} R {t['r']:.3f}"
        for t in result.get("thresholds", ())
    ]
    mixed = [f"{gold} as {found} {n}" for gold, found, n in result["confusion"] if found != "-"][:8]
    if mixed:
        lines.append(f"types taken for others: {', '.join(mixed)}")
    worst = [f"{rule} {tp}/{tp + fp}" for rule, tp, fp in result["rules"] if fp][:8]
    if worst:
        lines.append(f"rules with the most false relations (right/all): {', '.join(worst)}")
    return lines


def _row(name: str, c: Result) -> str:
    n = c["counts"][0] + c["counts"][2]
    return f"  {name:22}{c['p']:7.3f}{c['r']:7.3f}{c['f1']:7.3f}  {c['low']:.3f} to {c['high']:.3f}{n:7}"


def _ratio(pair: list[int]) -> str:
    return f"{pair[0]}/{pair[1]} = {pair[0] / pair[1]:.3f}" if pair[1] else "none"


def table_as_text(name: str, score: TableScore) -> str:
    """Return the scores of a regenerated table."""
    lines = [f"{name}: {score.found} of {score.rows} rows that the running text describes"]
    if score.missed:
        lines.append(f"missed: {', '.join(score.missed)}")
    lines.append(f"{'':16}{'P':>7}{'R':>7}{'F1':>7}      n  (slots that the text states)")
    for slot in (*SLOTS, "outcomes"):
        c = score.counts(slot)
        lines.append(f"{slot:16}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}{c.tp + c.fn:7}")
    right, of = score.direction
    lines.append(f"direction of effects: {_ratio([right, of])}")
    return "\n".join(lines)


def rows_as_text(name: str, score: RecordScore) -> str:
    """Return the scores of the records that were read from a table's own rows."""
    lines = [f"{name}: {len(score.pairs)} of {score.gold} rows read from the table itself, {score.found} records made"]
    lines.append(f"{'':16}{'P':>7}{'R':>7}{'F1':>7}      n")
    slots = sorted({slot for slot, _ in score.slots})
    for slot in slots:
        c = score.counts(slot)
        lines.append(f"{slot:16}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}{c.tp + c.fn:7}")
    total = score.all_slots()
    rest = sum((score.counts(s) for s in slots if s != "outcomes"), Counts())
    for label, c in (("all but outcomes", rest), ("all", total)):
        lines.append(f"{label:16}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}{c.tp + c.fn:7}")
    lines.append(f"direction of effects: {_ratio(list(score.direction))}")
    return "\n".join(lines)


def compare(old: Result, new: Result) -> str:
    """Tell what a change gained and lost, with a paired bootstrap p-value over documents."""
    lines = []
    for part in PARTS:
        for name, after in new[part].items():
            before = old.get(part, {}).get(name)
            if before is None or before["f1"] == after["f1"]:
                continue
            units = [[Counts(*u) for u in side["units"]] for side in (before, after)]
            p = paired_p(*units) if after["f1"] > before["f1"] else paired_p(units[1], units[0])
            lines.append(
                f"{part} {name}: {before['f1']:.3f} -> {after['f1']:.3f} ({after['f1'] - before['f1']:+.3f}, p {p:.3f})"
            )
    return "\n".join(lines) or "no figure changed"


def errors_as_html(evaluation: Evaluation, result: Result) -> str:
    """Return a page that shows each miss and false find in its context, with the term or rule responsible."""
    environment = Environment(loader=PackageLoader("secretome_nlp.evaluate"), autoescape=True)
    rows = [{**e, "doc": d.doc} for d in evaluation.documents for e in d.errors]
    key: Callable[[dict[str, Any]], tuple[str, str, str]] = lambda e: (e["type"], e["kind"], e["words"])  # noqa: E731
    return environment.get_template("errors.html.j2").render(
        errors=sorted(rows, key=key),
        summary=as_text(result),
        plot=as_svg(c) if (c := result.get("calibration")) else "",
    )
