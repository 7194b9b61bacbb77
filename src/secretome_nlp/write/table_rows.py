"""The rows of the evidence table: of a record, of its slots and outcomes, and of the mentions that it stands on."""

from __future__ import annotations

from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT, Row

WIDE = (
    "Cells", "Origin", "Component", "Cargo", "Priming", "Delivery", "Dose", "Model", "Therapeutic effects",
    "Direction", "Reference", "Trial", "Source", "Confidence",
)  # fmt: skip
#: Columns that can be asked for beside those of WIDE.
MORE = ("Mechanism", "Comparator", "Setting", "Donor and host", "Year", "Title", "Record")
LONG = (
    "record_id", "doc_id", "study", "slot", "text", "value", "id", "direction", "effect", "negated", "hedged",
    "mentions", "confidence",
)  # fmt: skip
COMPONENT_NAMES = {
    "whole_secretome": "Whole secretome",
    "conditioned_medium": "Conditioned medium",
    "extracellular_vesicle": "EV",
    "exosome": "Exosome",
    "microvesicle": "MV",
    "apoptotic_body": "Apoptotic body",
    "mitochondria": "Mitochondria",
    "cells": "Cells",
}
OUTCOMES = ("record_id", "doc_id", "outcome", "id", "direction", "effect", "negated", "hedged", "words", "relation")
MENTIONS = (
    "record_id",
    "doc_id",
    "slot",
    "value",
    "mention",
    "start",
    "end",
    "text",
    "type",
    "id",
    "found by",
    "sentence",
)
SOURCES = ("doc_id", "title", "first author", "journal", "year", "pmid", "doi", "path", "records shown")
JOIN = "; "


def wide_rows(record: Row, document: Row) -> list[dict[str, object]]:
    """Return the one row of a record, with the columns of WIDE and MORE."""
    route, carrier = _value(record["route"]), _value(record["carrier"])
    return [
        {
            "Cells": _value(record["cell_type"]),
            "Origin": " ".join(filter(None, (_value(record["donor_species"]), _value(record["cell_source"])))),
            "Component": COMPONENT_NAMES.get(_value(record["component"]), _value(record["component"])),
            "Cargo": _values(record["cargo"]),
            "Priming": _values(record["priming"]),
            "Delivery": JOIN.join(filter(None, (route, carrier))),
            "Dose": JOIN.join(s["text"] for s in record["dose"]),
            "Model": JOIN.join(filter(None, (_host(record), _values(record["model"]) or _setting(record)))),
            "Therapeutic effects": JOIN.join(_effect(o) for o in record["outcomes"]),
            "Direction": _overall(record),
            "Reference": reference(record, document),
            "Trial": record["study"]["trial"] or "",
            "Source": record["doc_id"],
            "Confidence": record["confidence"],
            "Mechanism": _values(record["mechanism"]),
            "Comparator": _value(record["comparator"]),
            "Setting": (record["setting"] or "").replace("_", " "),
            "Donor and host": record["donor_relation"] or "",
            "Year": document["bibliography"]["year"],
            "Title": document["title"],
            "Record": record["record_id"],
        }
    ]


def _value(slot: Row | None) -> str:
    return slot["value"] if slot else ""


def _values(slots: list[Row]) -> str:
    return JOIN.join(s["value"] for s in slots)


def _host(record: Row) -> str:
    host, strain = _value(record["host_species"]), _value(record["strain"])
    return f"{host} ({strain})" if host and strain else host or strain


def _setting(record: Row) -> str:
    return (record["setting"] or "").replace("_", " ") if not record["host_species"] else ""


ARROWS = {"increase": "↑", "decrease": "↓", "no_change": "=", "improve": "improved", "worsen": "worsened"}


def _effect(outcome: Row) -> str:
    hedge = " (?)" if outcome["hedged"] else ""
    return f"{outcome['target']['value']} {ARROWS.get(outcome['direction'], outcome['direction'])}{hedge}"


def _overall(record: Row) -> str:
    """Return the effect that all outcomes share, or the count of each."""
    effects = [o["effect"] for o in record["outcomes"]]
    kinds = [k for k in ("benefit", "harm", "none", "unclear") if k in effects]
    if len(kinds) <= 1:
        return kinds[0] if kinds else ""
    return ", ".join(f"{effects.count(k)} {k}" for k in kinds)


def reference(record: Row, document: Row) -> str:
    """Return how a record is cited: the study's label and number in a review, else the paper itself."""
    study, paper = record["study"], document["bibliography"]
    parts = []
    if study["label"] or study["ref"]:
        parts.append(f"{study['label'] or 'study'}{' [' + study['ref'] + ']' if study['ref'] else ''}")
    elif paper["first_author"]:
        year = f" ({paper['year']})" if paper["year"] else ""
        parts.append(f"{paper['first_author']} et al.{year}{', ' + paper['journal'] if paper['journal'] else ''}")
    else:
        parts.append(document["title"] or document["doc_id"])
    if study["pmid"]:
        parts.append(f"PMID {study['pmid']}")
    if study["doi"]:
        parts.append(f"doi:{study['doi']}")
    return ", ".join(parts)


def long_rows(record: Row, document: Row) -> list[dict[str, object]]:
    """Return a row for each slot and outcome of a record, with the columns of LONG."""
    base = {
        "record_id": record["record_id"],
        "doc_id": record["doc_id"],
        "study": reference(record, document),
        "confidence": record["confidence"],
    }
    slots = [(name, record[name]) for name in ONE_SLOT if record[name]]
    slots += [(name, slot) for name in MANY_SLOTS for slot in record[name]]
    rows = [{**base, "slot": name, **_slot_cells(slot)} for name, slot in slots]
    rows += [{**base, "slot": n, "value": record[n]} for n in ("setting", "donor_relation") if record[n]]
    rows += [
        {
            **base,
            "slot": "outcome",
            **_slot_cells(o["target"]),
            **{k: o[k] for k in ("direction", "effect", "negated", "hedged")},
        }
        for o in record["outcomes"]
    ]
    return rows


def _slot_cells(slot: Row) -> dict[str, object]:
    return {
        "text": slot["text"],
        "value": slot["value"],
        "id": slot["id"],
        "mentions": " ".join(slot["mentions"]),
    }


def outcome_rows(record: Row) -> list[dict[str, object]]:
    """Return a row for each outcome of a record, with the columns of OUTCOMES."""
    return [
        {
            "record_id": record["record_id"], "doc_id": record["doc_id"], "outcome": o["target"]["value"],
            "id": o["target"]["id"], "direction": o["direction"], "effect": o["effect"], "negated": o["negated"],
            "hedged": o["hedged"], "words": o["target"]["text"], "relation": o["relation"],
        }
        for o in record["outcomes"]
    ]  # fmt: skip


def mention_rows(record: Row, document: Row, by_id: dict[str, Row]) -> list[dict[str, object]]:
    """Return a row for each mention that a slot or outcome stands on, with its sentence: the proof of the record."""
    slots = [(name, record[name]) for name in ONE_SLOT if record[name]]
    slots += [(name, slot) for name in MANY_SLOTS for slot in record[name]]
    slots += [("outcome", o["target"]) for o in record["outcomes"]]
    rows: list[dict[str, object]] = []
    for name, slot in slots:
        for m in (by_id[i] for i in slot["mentions"] if i in by_id):
            start, end = document["sentences"][m["sentence"]]
            rows.append(
                {
                    "record_id": record["record_id"], "doc_id": record["doc_id"], "slot": name, "value": slot["value"],
                    "mention": m["id"], "start": m["start"], "end": m["end"], "text": m["text"], "type": m["type"],
                    "id": m["norm"][0]["id"] if m["norm"] else None, "found by": m["by"]["id"],
                    "sentence": " ".join(document["text"][start:end].split()),
                }
            )  # fmt: skip
    return rows


def source_row(document: Row, shown: int) -> dict[str, object]:
    """Return the row of a paper, with how many of its records are shown."""
    b = document["bibliography"]
    return {
        "doc_id": document["doc_id"], "title": document["title"], "first author": b["first_author"],
        "journal": b["journal"], "year": b["year"], "pmid": b["pmid"] and f"PMID {b['pmid']}",
        "doi": b["doi"] and f"doi:{b['doi']}", "path": document["path"], "records shown": shown,
    }  # fmt: skip
