"""Identity of records: the hash of a claim in its document, and the hash of the claim alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from secretome_nlp.types import EvidenceRecord, Slot

_WRITER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


def _value(slot: Slot | None) -> str | None:
    return None if slot is None else slot.id or slot.value


def claim(record: EvidenceRecord) -> dict[str, object]:
    """Return what a record claims, free of the words in which it is claimed."""
    return {
        "cell_type": _value(record.cell_type),
        "component": _value(record.component),
        "model": sorted(_value(s) or "" for s in record.model),
        "host": _value(record.host_species),
        "route": _value(record.route),
        "setting": record.setting,
        "outcomes": sorted(f"{_value(o.target)}:{o.direction}" for o in record.outcomes),
    }


def with_identity(record: EvidenceRecord, number: int) -> EvidenceRecord:
    """Return the record with its `record_id` (claim, document, study, place) and `claim_key` (claim alone)."""
    words = _WRITER.encode(claim(record))
    study = record.study.ref or record.study.label or ""
    place = f"{record.doc_id}|{study}|{number}|{words}"
    return replace(
        record,
        record_id=hashlib.sha256(place.encode()).hexdigest()[:16],
        claim_key=hashlib.sha256(words.encode()).hexdigest()[:16],
    )
