"""The evidence table: one row a record (wide), or one row a slot (long), as a pandas DataFrame."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT, Row
from secretome_nlp.write.folder import read_documents

WIDE = (
    "Cells", "Origin", "Component", "Cargo", "Priming", "Delivery", "Dose", "Model", "Therapeutic effects",
    "Direction", "Reference", "Trial", "Source", "Confidence",
)  # fmt: skip
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
JOIN = "; "


def evidence_table(
    folder: str | Path, layout: str = "wide", min_confidence: float = 0.0, since: str | None = None
) -> pd.DataFrame:
    """Return the evidence table of an output folder in the order of documents and records.

    `layout` is `wide` (one row a record, the columns of WIDE) or `long` (one row a slot or outcome, those of LONG).
    With `since` (a date, YYYY-MM-DD) only what runs of `batch` from that day on brought.
    Raises InputError where the folder is none that `extract` or `batch` wrote.
    """
    make, columns = (_long_rows, LONG) if layout == "long" else (_wide_rows, WIDE)
    rows = [
        row
        for document in read_documents(folder, since)
        for record in document["records"]
        if record["confidence"] >= min_confidence
        for row in make(record, document["documents"][0])
    ]
    return pd.DataFrame(rows, columns=list(columns))


def _wide_rows(record: Row, document: Row) -> list[dict[str, object]]:
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


def _long_rows(record: Row, document: Row) -> list[dict[str, object]]:
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
