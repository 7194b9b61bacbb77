"""The evidence table: which records, which columns, in which order and in which groups."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from secretome_nlp import __version__
from secretome_nlp.errors import InputError
from secretome_nlp.rows import Row
from secretome_nlp.write.claims import CLAIMS, Claims
from secretome_nlp.write.folder import read_about, read_documents
from secretome_nlp.write.notes import Notes
from secretome_nlp.write.table_rows import (
    LONG,
    MENTIONS,
    MORE,
    OUTCOMES,
    SOURCES,
    WIDE,
    long_rows,
    mention_rows,
    outcome_rows,
    source_row,
    wide_rows,
)
from secretome_nlp.write.targets import TARGETS, target_rows
from secretome_nlp.write.where import FIELDS, Selection, field_of, select

#: The columns of each layout: those that can be asked for, and those that are shown unless told.
LAYOUTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "wide": ((*WIDE, *MORE), WIDE),
    "long": (LONG, LONG),
    "claims": (CLAIMS, CLAIMS),
    "targets": (TARGETS, TARGETS),
}
#: Layouts whose rows are of one record each.
OF_RECORDS = ("wide", "long")
NOT_STATED = "not stated"
GROUP = "Group"
RECORD_FIELD = "_group"
#: Sheets of a workbook that show what stands behind the rows.
BEHIND = {"Outcomes": OUTCOMES, "Mentions": MENTIONS, "Sources": SOURCES}


@dataclass(frozen=True)
class Options:
    """What is shown of an output folder, and how. `sort` names columns, with a minus for falling order.

    `sheets` asks for the outcomes, mentions and sources behind the rows, which a workbook shows.
    """

    layout: str = "wide"
    min_confidence: float = 0.0
    since: str | None = None
    where: Sequence[str] = ()
    columns: Sequence[str] = ()
    sort: Sequence[str] = ()
    group_by: str | None = None
    sheets: bool = False


@dataclass(frozen=True)
class Table:
    """A table with what belongs to it: the group of each row, footnotes, and further sheets for a workbook."""

    frame: pd.DataFrame
    groups: tuple[str, ...] | None = None
    notes: tuple[tuple[str, str], ...] = ()
    sheets: dict[str, pd.DataFrame] = field(default_factory=dict)
    told: str = ""

    def head(self, rows: int) -> Table:
        """Return the table with its first rows alone."""
        groups = None if self.groups is None else self.groups[:rows]
        return Table(self.frame.head(rows), groups, self.notes, self.sheets, self.told)

    def with_group_column(self) -> pd.DataFrame:
        """Return the frame with the groups as its first column, for formats that have no heading rows."""
        if self.groups is None:
            return self.frame
        grouped = self.frame.copy()
        grouped.insert(0, GROUP, list(self.groups))
        return grouped

    def by_group(self) -> list[tuple[str | None, list[list[object]]]]:
        """Return the rows by group in order, empty cells as empty text; one group None where there are none."""
        rows = [["" if pd.isna(v) else v for v in row] for row in self.frame.itertuples(index=False)]
        if self.groups is None:
            return [(None, rows)]
        paired = groupby(zip(self.groups, rows, strict=True), key=lambda pair: pair[0])
        return [(group, [row for _, row in pairs]) for group, pairs in paired]


def evidence_table(
    folder: str | Path, layout: str = "wide", min_confidence: float = 0.0, since: str | None = None
) -> pd.DataFrame:
    """Return the evidence table of an output folder in the order of documents and records.

    `layout` is `wide` (one row a record, the columns of WIDE), `long` (one row a slot or outcome, those of LONG),
    `claims` (one row a claim of all papers, those of CLAIMS) or `targets` (what RNAs act on, those of TARGETS).
    With `since` (a date, YYYY-MM-DD) only what runs of `batch` from that day on brought.
    Raises InputError where the folder is none that `extract` or `batch` wrote.
    """
    return build(folder, Options(layout, min_confidence, since)).frame


def build(folder: str | Path, options: Options) -> Table:
    """Return the table of an output folder with its groups, footnotes and sheets.

    Raises InputError for an unknown column, field or condition, and for a folder that is none of ours.
    """
    known, standard = LAYOUTS[options.layout]
    if options.group_by and options.layout not in OF_RECORDS:
        raise InputError(f"--group-by goes with --layout {' or '.join(OF_RECORDS)}; sort by a column instead")
    columns = [_column(c, known) for c in options.columns] or list(standard)
    order = [(_column(s.removeprefix("-"), known), s.startswith("-")) for s in options.sort]
    group = field_of(options.group_by, "--group-by") if options.group_by else None
    selection = select(options.where)
    rows, notes, sheets = _gather(folder, options, selection, columns, group)
    frame = pd.DataFrame(rows, columns=[*known, RECORD_FIELD], dtype=object)
    for name, down in reversed(order):
        frame = _sorted(frame, name, down)
    groups = None
    if group:
        frame = _sorted(frame, RECORD_FIELD, False)
        groups = tuple(g or NOT_STATED for g in frame[RECORD_FIELD])
    if options.sheets:
        sheets["About"] = _about(folder, options, len(frame))
    shown = frame[columns].reset_index(drop=True)
    return Table(shown, groups, notes.all(), sheets, selection.told())


def _gather(
    folder: str | Path, options: Options, selection: Selection, columns: list[str], group: str | None
) -> tuple[list[dict[str, Any]], Notes, dict[str, pd.DataFrame]]:
    claims = Claims()
    rows: list[dict[str, Any]] = []
    behind: dict[str, list[dict[str, object]]] = {name: [] for name in BEHIND}
    notes = Notes()
    for found in read_documents(folder, options.since):
        document = found["documents"][0]
        kept = [r for r in found["records"] if r["confidence"] >= options.min_confidence]
        kept = [r for r in kept if selection.keeps(r, document)]
        if not kept and (options.where or options.layout != "targets"):
            continue
        new = _rows_of(kept, found, options.layout, claims, group)
        notes.add(({c: row.get(c) for c in columns} for row in new), found.get("abbreviations", ()))
        rows += new
        if options.sheets:
            by_id = {m["id"]: m for m in found["mentions"]}
            behind["Outcomes"] += [row for r in kept for row in outcome_rows(r)]
            behind["Mentions"] += [row for r in kept for row in mention_rows(r, document, by_id)]
            behind["Sources"].append(source_row(document, len(kept)))
    if options.layout == "claims":
        rows = claims.rows()
    if not options.sheets:
        return rows, notes, {}
    return rows, notes, {n: pd.DataFrame(behind[n], columns=list(c), dtype=object) for n, c in BEHIND.items()}


def _rows_of(
    kept: list[Row], found: dict[str, list[Row]], layout: str, claims: Claims, group: str | None
) -> list[dict[str, Any]]:
    """Return the rows of one document; claims are gathered, since they are made of all documents."""
    document = found["documents"][0]
    if layout == "targets":
        return list(target_rows(found))
    if layout == "claims":
        for record in kept:
            claims.add(record, document)
        return []
    make = long_rows if layout == "long" else wide_rows
    return [{**row, RECORD_FIELD: _group(r, document, group)} for r in kept for row in make(r, document)]


def _group(record: Row, document: Row, name: str | None) -> str:
    """Return the group of a record: the first value of a field, by its canonical name."""
    if name is None:
        return ""
    values = FIELDS[name](record, document)
    return values[0].partition("\n")[0] if values else ""


def _column(name: str, known: Sequence[str]) -> str:
    """Return a column by its name in any case, with spaces, underscores or hyphens."""
    folded = {" ".join(k.replace("_", " ").casefold().split()): k for k in known}
    wanted = " ".join(name.replace("_", " ").replace("-", " ").casefold().split())
    if wanted in folded:
        return folded[wanted]
    near = difflib.get_close_matches(wanted, list(folded), 1)
    hint = f" (did you mean {folded[near[0]]!r}?)" if near else ""
    raise InputError(f"no column {name!r}{hint}; use some of: {', '.join(known)}")


def _sorted(frame: pd.DataFrame, name: str, down: bool) -> pd.DataFrame:
    """Sort by a column, equals as they stood; numbers as numbers, words in any case, empty cells last either way."""
    values: list[Any] = [
        None if pd.isna(v) or v == "" else v.casefold() if isinstance(v, str) else v for v in frame[name]
    ]
    filled = sorted((n for n, v in enumerate(values) if v is not None), key=lambda n: values[n], reverse=down)
    empty = [n for n, v in enumerate(values) if v is None]
    return frame.iloc[[*filled, *empty]]


def _about(folder: str | Path, options: Options, rows: int) -> pd.DataFrame:
    run = read_about(folder)
    said: Counter[str] = Counter(run.get("counts", {}))
    facts: list[tuple[str, object]] = [
        ("Made by", f"secretome-nlp {__version__}"),
        ("Read by", f"secretome-nlp {run.get('secretome_nlp', 'unknown')}, pipeline {run.get('pipeline', 'unknown')}"),
        ("Hash of the pipeline", run.get("pipeline_hash", "")),
        ("Hash of the knowledge", run.get("knowledge_hash", "")),
        ("Documents read", said["documents"]),
        ("Evidence records in all", said["records"]),
        ("Conditions", "; ".join(options.where) or "none"),
        ("Least confidence", options.min_confidence),
        ("Rows in the first sheet", rows),
        ("Signs", "↑ increase, ↓ decrease, = no change, (?) hedged in the text"),
        ("Direction", "benefit, harm, none or unclear: the change read with what is better for the patient"),
    ]
    return pd.DataFrame(facts, columns=["What", "Value"])
