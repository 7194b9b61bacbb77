"""Decisions on slots: read from files, laid over records, conflicts shown.

A decision names record, slot and the value that was judged, and says `accept`, `correct` (with what stands instead) or
`reject`. Record ids are hashes of what a record says, so a decision holds for later runs that say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from secretome_nlp.errors import InputError
from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT, Row

OUTCOME = "outcome"


class Decision(BaseModel):
    """What a reviewer says of one value of one record."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    record_id: str
    doc_id: str
    slot: str
    value: str
    decision: Literal["accept", "correct", "reject"]
    correction: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What the decision is about."""
        return self.record_id, self.slot, self.value


def read_decisions(paths: Iterable[str | Path]) -> tuple[dict[tuple[str, str, str], Decision], list[str]]:
    """Return the decisions of some files by what they are about, and the conflicts between them, one line each.

    Where files disagree, neither decision is taken. Raises InputError for a file that does not hold decisions.
    """
    taken: dict[tuple[str, str, str], Decision] = {}
    conflicts: list[str] = []
    disputed = set()
    for path in paths:
        for decision in _read(Path(path)):
            before = taken.setdefault(decision.key, decision)
            if (before.decision, before.correction) != (decision.decision, decision.correction):
                disputed.add(decision.key)
                conflicts.append(
                    f"{decision.record_id} {decision.slot} {decision.value!r}: {_said(before)} or {_said(decision)}"
                    f" ({path}); settle it and run again"
                )
    return {key: d for key, d in taken.items() if key not in disputed}, conflicts


def _said(decision: Decision) -> str:
    return f"correct to {decision.correction!r}" if decision.decision == "correct" else decision.decision


def _read(path: Path) -> list[Decision]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = content["decisions"]
        found = [Decision.model_validate(row) for row in rows]
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the file that the page saved") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: {where}: {first['msg'].lower()}; save it again from the page") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: holds no decisions; give the file that the page saved") from error
    unknown = [d.slot for d in found if d.slot not in (*ONE_SLOT, *MANY_SLOTS, OUTCOME)]
    if unknown:
        raise InputError(
            f"{path}: unknown slot {unknown[0]!r}; use one of {', '.join((*ONE_SLOT, *MANY_SLOTS, OUTCOME))}"
        )
    return found


def apply(record: Row, decisions: dict[tuple[str, str, str], Decision], used: set[tuple[str, str, str]]) -> Row:
    """Return the record as the decisions have it; what they touched is listed in its `curated`.

    `used` collects the decisions that found their value.
    """

    def judged(slot: str, value: str) -> Decision | None:
        decision = decisions.get((record["record_id"], slot, value))
        if decision is not None:
            used.add(decision.key)
            notes.append(
                {"slot": slot, "value": value, "decision": decision.decision, "correction": decision.correction}
            )
        return decision

    notes: list[Row] = []
    changed = dict(record)
    for name in ONE_SLOT:
        if record[name]:
            changed[name] = _slot(record[name], judged(name, record[name]["value"]))
    for name in MANY_SLOTS:
        slots = (_slot(s, judged(name, s["value"])) for s in record[name])
        changed[name] = [s for s in slots if s]
    outcomes = []
    for o in record["outcomes"]:
        decision = judged(OUTCOME, f"{o['target']['value']} {o['direction']}")
        if decision is None or decision.decision == "accept":
            outcomes.append(o)
        elif decision.decision == "correct":
            outcomes.append({**o, "target": _slot(o["target"], decision)})
    changed["outcomes"] = outcomes
    return {**changed, "curated": notes} if notes else record


def _slot(slot: Row, decision: Decision | None) -> Row | None:
    """Return the slot as decided; a corrected value is the reviewer's, so it has no identifier of ours."""
    if decision is None or decision.decision == "accept":
        return slot
    if decision.decision == "reject":
        return None
    return {**slot, "value": decision.correction, "id": None}


def candidates(records: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the curated records as candidates for the gold set, marked as such: an annotator must read them anew."""
    return [
        {"candidate": True, "doc_id": r["doc_id"], "record_id": r["record_id"], "decisions": r["curated"]}
        for r in records
        if r.get("curated")
    ]
