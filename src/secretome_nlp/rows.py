"""The contract's rows: every noun as the JSON object that is written for it, and back.

Keys stand in the contract's order; fields that the contract does not name follow. Rows hold only strings,
numbers, booleans, lists and dictionaries, so that they pass through JSON, msgpack (DocBin) and pickle alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from secretome_nlp.types import (
    Abbreviation,
    Annotations,
    Bibliography,
    Citation,
    Cue,
    Document,
    EvidenceRecord,
    FoundBy,
    How,
    Mention,
    Norm,
    OriginRun,
    Outcome,
    Parse,
    Reference,
    Relation,
    Section,
    Slot,
    Span,
    Study,
)

Row = dict[str, Any]


def document_row(d: Document) -> Row:
    """Return the row of `documents.jsonl`."""
    b = d.bibliography
    return {
        "doc_id": d.doc_id,
        "path": d.path,
        "format": d.format,
        "title": d.title,
        "text": d.text,
        "sections": [{"title": s.title, "kind": s.kind, "start": s.start, "end": s.end} for s in d.sections],
        "sentences": [list(s) for s in d.sentences],
        "references": [reference_row(r) for r in d.references],
        "origin": [list(run) for run in d.origin],
        "citations": [{"start": c.start, "end": c.end, "refs": list(c.refs)} for c in d.citations],
        "bibliography": {
            "pmid": b.pmid,
            "doi": b.doi,
            "year": b.year,
            "first_author": b.first_author,
            "journal": b.journal,
        },
    }


def reference_row(r: Reference) -> Row:
    """Return the row of one entry of a reference list."""
    row = {"ref": r.ref, "label": r.label, "pmid": r.pmid, "doi": r.doi, "year": r.year, "title": r.title}
    return {**row, "authors": list(r.authors)}


def document_from(row: Row) -> Document:
    """Return the Document of a row."""
    return Document(
        doc_id=row["doc_id"],
        path=row["path"],
        format=row["format"],
        title=row["title"],
        text=row["text"],
        sections=tuple(Section(**s) for s in row["sections"]),
        sentences=tuple(Span(*s) for s in row["sentences"]),
        references=tuple(Reference(**{**r, "authors": tuple(r.get("authors", ()))}) for r in row["references"]),
        citations=tuple(Citation(c["start"], c["end"], tuple(c["refs"])) for c in row.get("citations", ())),
        origin=tuple(OriginRun(*run) for run in row.get("origin", ())),
        bibliography=Bibliography(**row.get("bibliography", {})),
    )


def mention_row(m: Mention, doc_id: str) -> Row:
    """Return the row of `mentions.jsonl`."""
    return {
        "doc_id": doc_id,
        "id": m.id,
        "start": m.start,
        "end": m.end,
        "text": m.text,
        "type": m.type,
        "norm": [{"id": n.id, "name": n.name, "why": n.why} for n in m.norm],
        "negated": m.negated,
        "hedged": m.hedged,
        "sentence": m.sentence,
        "by": {"how": m.by.how, "id": m.by.id},
        "kind": m.kind,
        "value": m.value,
        "concept": m.concept,
    }


def mention_from(row: Row) -> Mention:
    """Return the Mention of a row."""
    by, ids = row["by"], row["norm"]
    return _mention(
        row["id"], row["start"], row["end"], row["text"], row["type"], by["how"], by["id"], row["sentence"],
        row["kind"], row["value"], row["concept"],
        tuple([(n["id"], n["name"], n.get("why", "")) for n in ids]) if ids else (),
        row["negated"], row["hedged"],
    )  # fmt: skip


@lru_cache(maxsize=1024)  # each stage asks for the mentions of the document at hand; they are frozen
def _mention(
    id_: str, start: int, end: int, text: str, type_: str, how: How, by: str, sentence: int, kind: str | None,
    value: str | None, concept: str | None, ids: tuple[tuple[str, str, str], ...], negated: bool, hedged: bool,
) -> Mention:  # fmt: skip
    norm = tuple(Norm(*n) for n in ids)
    found_by = FoundBy(how, by)
    return Mention(id_, start, end, text, type_, found_by, sentence, kind, value, concept, norm, negated, hedged)


def relation_row(r: Relation, doc_id: str) -> Row:
    """Return the row of `relations.jsonl`."""
    return {
        "doc_id": doc_id,
        "id": r.id,
        "type": r.type,
        "head": r.head,
        "tail": r.tail,
        "direction": r.direction,
        "negated": r.negated,
        "hedged": r.hedged,
        "trigger": list(r.trigger) if r.trigger else None,
        "rule": r.rule,
        "sentence": r.sentence,
    }


def relation_from(row: Row) -> Relation:
    """Return the Relation of a row."""
    fields = {k: row[k] for k in ("id", "type", "head", "tail", "rule", "sentence", "direction", "negated", "hedged")}
    return Relation(**fields, trigger=Span(*row["trigger"]) if row["trigger"] else None)


def abbreviation_row(a: Abbreviation, doc_id: str) -> Row:
    """Return the row of `abbreviations.jsonl`."""
    return {
        "doc_id": doc_id,
        "short": list(a.short),
        "long": list(a.long),
        "short_text": a.short_text,
        "long_text": a.long_text,
    }


def abbreviation_from(row: Row) -> Abbreviation:
    """Return the Abbreviation of a row."""
    return Abbreviation(Span(*row["short"]), Span(*row["long"]), row["short_text"], row["long_text"])


def cue_row(c: Cue, doc_id: str) -> Row:
    """Return the row of `cues.jsonl`."""
    return {"doc_id": doc_id, "kind": c.kind, "cue": list(c.span), "scope": list(c.scope), "id": c.id}


def cue_from(row: Row) -> Cue:
    """Return the Cue of a row."""
    return Cue(row["kind"], Span(*row["cue"]), Span(*row["scope"]), row["id"])


def slot_row(s: Slot | None) -> Row | None:
    """Return a record's slot as an object, None where it is empty."""
    return None if s is None else {"text": s.text, "value": s.value, "id": s.id, "mentions": list(s.mentions)}


def slot_from(row: Row | None) -> Slot | None:
    """Return the Slot of an object, None where it is empty."""
    return None if row is None else _slot(row)


def _slot(row: Row) -> Slot:
    return Slot(row["text"], row["value"], row["id"], tuple(row["mentions"]))


ONE_SLOT = (
    "cell_type",
    "cell_source",
    "donor_species",
    "component",
    "route",
    "carrier",
    "host_species",
    "strain",
    "comparator",
)
MANY_SLOTS = ("cargo", "priming", "dose", "model", "mechanism")


def record_row(r: EvidenceRecord) -> Row:
    """Return the row of `records.jsonl`."""
    study = r.study
    return {
        "record_id": r.record_id,
        "doc_id": r.doc_id,
        "study": {
            "label": study.label,
            "ref": study.ref,
            "pmid": study.pmid,
            "doi": study.doi,
            "trial": study.trial,
        },
        "cell_type": slot_row(r.cell_type),
        "cell_source": slot_row(r.cell_source),
        "donor_species": slot_row(r.donor_species),
        "donor_relation": r.donor_relation,
        "component": slot_row(r.component),
        "cargo": [slot_row(s) for s in r.cargo],
        "priming": [slot_row(s) for s in r.priming],
        "route": slot_row(r.route),
        "carrier": slot_row(r.carrier),
        "dose": [slot_row(s) for s in r.dose],
        "host_species": slot_row(r.host_species),
        "strain": slot_row(r.strain),
        "setting": r.setting,
        "model": [slot_row(s) for s in r.model],
        "outcomes": [
            {
                "target": slot_row(o.target),
                "direction": o.direction,
                "effect": o.effect,
                "negated": o.negated,
                "hedged": o.hedged,
                "relation": o.relation,
            }
            for o in r.outcomes
        ],
        "mechanism": [slot_row(s) for s in r.mechanism],
        "comparator": slot_row(r.comparator),
        "confidence": r.confidence,
        "rules": list(r.rules),
        "sentences": list(r.sentences),
        "claim_key": r.claim_key,
        "source": r.source,
    }


def record_from(row: Row) -> EvidenceRecord:
    """Return the EvidenceRecord of a row."""
    outcomes = tuple(
        Outcome(_slot(o["target"]), o["direction"], o["effect"], o["negated"], o["hedged"], o["relation"])
        for o in row["outcomes"]
    )
    one: dict[str, Any] = {name: slot_from(row[name]) for name in ONE_SLOT}
    many: dict[str, Any] = {name: tuple(_slot(s) for s in row[name]) for name in MANY_SLOTS}
    return EvidenceRecord(
        record_id=row["record_id"],
        doc_id=row["doc_id"],
        study=Study(**row["study"]),
        donor_relation=row["donor_relation"],
        setting=row["setting"],
        outcomes=outcomes,
        confidence=row["confidence"],
        rules=tuple(row["rules"]),
        sentences=tuple(row["sentences"]),
        claim_key=row["claim_key"],
        source=row.get("source", "text"),
        **one,
        **many,
    )


def parse_row(p: Parse, sentence: int) -> Row:
    """Return the row of a sentence's parse, which goes to no file: one value a word, heads counted in the sentence."""
    return {"sentence": sentence, "heads": list(p.heads), "labels": list(p.labels)}


def parse_from(row: Row) -> tuple[int, Parse]:
    """Return the number of a sentence and its parse."""
    return row["sentence"], Parse(tuple(row["heads"]), tuple(row["labels"]))


_MAKERS: dict[str, Callable[[Any, str], Row]] = {
    "mentions": mention_row,
    "relations": relation_row,
    "abbreviations": abbreviation_row,
    "cues": cue_row,
    "records": lambda record, _: record_row(record),
}


def rows_of(part: str, things: Iterable[object], doc_id: str) -> list[Row]:
    """Return the rows of one kind of noun, `part` being the name of the file they go to (without `.jsonl`)."""
    make = _MAKERS[part]
    return [make(thing, doc_id) for thing in things]


def annotation_rows(a: Annotations) -> dict[str, list[Row]]:
    """Return all rows of a document by the name of the file they go to (without `.jsonl`)."""
    rows = {part: rows_of(part, getattr(a, part), a.document.doc_id) for part in _MAKERS}
    return {"documents": [document_row(a.document)], **rows}


def annotations_from(rows: dict[str, list[Row]]) -> Annotations:
    """Return the Annotations of one document from its rows by file."""
    return Annotations(
        document=document_from(rows["documents"][0]),
        mentions=tuple(mention_from(r) for r in rows["mentions"]),
        relations=tuple(relation_from(r) for r in rows["relations"]),
        records=tuple(record_from(r) for r in rows["records"]),
        abbreviations=tuple(abbreviation_from(r) for r in rows["abbreviations"]),
        cues=tuple(cue_from(r) for r in rows["cues"]),
    )
