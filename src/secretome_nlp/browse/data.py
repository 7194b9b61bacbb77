"""What the page shows, as plain values: records, the papers they come from, and the sentences that prove them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from secretome_nlp.browse.claims import shown_claims
from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT, Row
from secretome_nlp.write.claims import Claims
from secretome_nlp.write.folder import read_documents
from secretome_nlp.write.parquet import is_batch, manifest
from secretome_nlp.write.table_rows import reference

#: More than this many sentences of a record are not shown; those with its mentions come first.
MOST_SENTENCES = 8
#: The relation by which a slot belongs to what was given: its tail is the slot's mention.
LINKED_BY = {
    "cell_type": "derived_from", "cell_source": "derived_from", "donor_species": "derived_from", "cargo": "contains",
    "priming": "primed_with", "route": "delivered_by", "carrier": "delivered_by", "dose": "dosed_at",
    "host_species": "tested_in", "strain": "tested_in", "model": "tested_in", "mechanism": "mediated_by",
}  # fmt: skip


def payload(folder: str | Path, min_confidence: float = 0.0) -> dict[str, Any]:
    """Return `{"records": [...], "papers": {...}, "claims": [...], "counts": {...}}` of an output folder.

    Raises InputError where the folder is none that `extract` or `batch` wrote.
    """
    records: list[Row] = []
    papers: dict[str, Row] = {}
    targets: list[list[str | None]] = []
    claims = Claims()
    documents = mentions = 0
    for rows in read_documents(folder):
        documents += 1
        mentions += len(rows["mentions"])
        targets += _targets(rows)
        found = [r for r in rows["records"] if r["confidence"] >= min_confidence]
        if found:
            document = rows["documents"][0]
            papers[document["doc_id"]] = paper(document)
            records += _of_document(found, rows)
            for record in found:
                claims.add(record, document)
    counts = {"documents": documents, "mentions": mentions, "mined": len(papers), "records": len(records)}
    if is_batch(folder):
        made = manifest(folder)["counts"]
        counts |= {"gated": made["gated"], "failed": made["failed"]}
        counts["seen"] = documents + made["gated"] + made["failed"]
    return {
        "records": records, "papers": papers, "targets": targets, "claims": shown_claims(claims.claims()),
        "counts": counts,
    }  # fmt: skip


def _targets(rows: dict[str, list[Row]]) -> Iterator[list[str | None]]:
    """Yield [miRNA, target, direction] of each statement that a miRNA acts on a gene or factor."""
    by_id = {m["id"]: m for m in rows["mentions"]}
    for r in rows["relations"]:
        head, tail = by_id[r["head"]], by_id[r["tail"]]
        acts = r["type"] in ("regulates", "affects") and not r["negated"]
        if acts and head["type"] == "MIRNA" and tail["type"] in ("GENE", "FACTOR"):
            yield [_name(head), _name(tail), r["direction"]]


def _name(mention: Row) -> str:
    name: str = mention["norm"][0]["name"] if mention["norm"] else mention["text"]
    return name


def paper(document: Row) -> Row:
    """Return what the page says of a paper."""
    b = document["bibliography"]
    return {
        "title": document["title"] or document["doc_id"],
        "author": b["first_author"],
        "year": b["year"],
        "journal": b["journal"],
        "pmid": b["pmid"],
        "doi": b["doi"],
    }


def _of_document(records: list[Row], rows: dict[str, list[Row]]) -> Iterator[Row]:
    document = rows["documents"][0]
    by_id = {m["id"]: m for m in rows["mentions"]}
    rules = {r["id"]: r["rule"] for r in rows["relations"]}
    places = {r["id"]: r["sentence"] for r in rows["relations"]}
    linked = {(r["type"], r["tail"]): r["rule"] for r in rows["relations"]}
    sentences: dict[int, list[Row]] = {}
    for m in rows["mentions"]:
        sentences.setdefault(m["sentence"], []).append(m)
    for record in records:
        proof = _shown(record, by_id)
        yield {
            "id": record["record_id"],
            "doc": record["doc_id"],
            "ref": reference(record, document),
            "study": {k: v for k, v in record["study"].items() if v},
            "setting": record["setting"],
            "relation": record["donor_relation"],
            "slots": {n: _slot(n, record[n], by_id, linked) for n in ONE_SLOT if record[n]}
            | {n: [_slot(n, s, by_id, linked) for s in record[n]] for n in MANY_SLOTS if record[n]},
            "outcomes": [
                [o["target"]["value"], o["direction"], o["effect"], o["negated"], o["hedged"], o["target"]["id"],
                 rules.get(o["relation"] or ""), _quoted(o, places, by_id, proof)]
                for o in record["outcomes"]
            ],
            "confidence": record["confidence"],
            "rules": record["rules"],
            "proof": [_sentence(document, n, sentences.get(n, [])) for n in proof],
        }  # fmt: skip


def _slot(name: str, slot: Row, by_id: dict[str, Row], linked: dict[tuple[str, str], str]) -> list[Any]:
    """Return a slot as [value, words, identifier, what found its first mention, the rule that linked one of them]."""
    first = by_id.get(slot["mentions"][0])
    rule = next(filter(None, (linked.get((LINKED_BY.get(name, ""), m)) for m in slot["mentions"])), None)
    return [slot["value"], slot["text"], slot["id"], first["by"]["id"] if first else None, rule]


def _shown(record: Row, by_id: dict[str, Row]) -> list[int]:
    """Return the sentences that are shown: those its slots stand in first, then the others, in order of the text."""
    slots = [record[n] for n in ONE_SLOT if record[n]] + [s for n in MANY_SLOTS for s in record[n]]
    slots += [o["target"] for o in record["outcomes"]]
    holding = {by_id[m]["sentence"] for s in slots for m in s["mentions"][:1] if m in by_id}
    ranked = sorted(holding) + [n for n in record["sentences"] if n not in holding]
    return sorted(ranked[:MOST_SENTENCES])


def _quoted(outcome: Row, places: dict[str, int], by_id: dict[str, Row], proof: list[int]) -> int | None:
    """Return which of the shown sentences tells an outcome: that of its relation, else that of its target."""
    target = by_id.get(outcome["target"]["mentions"][0])
    wanted = (places.get(outcome["relation"] or ""), target["sentence"] if target else None)
    return next((proof.index(n) for n in wanted if n in proof), None)


def _sentence(document: Row, number: int, mentions: list[Row]) -> list[Any]:
    """Return a sentence as [text, [[start, end, type, id], ...]], offsets in UTF-16 units as JavaScript counts."""
    start, end = document["sentences"][number]
    text = document["text"][start:end]
    marks = []
    taken = 0
    for m in sorted(mentions, key=lambda m: (m["start"], -m["end"])):
        if m["start"] >= max(taken, start) and m["end"] <= end:
            taken = m["end"]
            a, b = (_units(text[: at - start]) for at in (m["start"], m["end"]))
            marks.append([a, b, m["type"], m["norm"][0]["id"] if m["norm"] else None])
    return [text, marks]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
