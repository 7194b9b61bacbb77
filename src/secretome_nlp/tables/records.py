"""From a table's rows to evidence records, marked `source: table`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from secretome_nlp.assemble.confidence import confidence
from secretome_nlp.assemble.effect import polarity_of
from secretome_nlp.assemble.merge import with_identity
from secretome_nlp.assemble.origins import origin_of
from secretome_nlp.assemble.slots import specific, unique
from secretome_nlp.assemble.view import View, make_view
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.knowledge.table_columns import TableWords, load_table_words
from secretome_nlp.tables.regions import regions
from secretome_nlp.tables.rows import Row, rows_of
from secretome_nlp.types import (
    Annotations,
    Document,
    Effect,
    EvidenceRecord,
    Mention,
    Outcome,
    OutcomeDirection,
    Slot,
    Span,
    Study,
)  # fmt: skip

RULE = "table.row"
SEGMENT = re.compile(r"[^;]+")
WORD = re.compile(r"[\w/-]+")


def find(
    document: Document, mentions: Sequence[Mention], entries: dict[str, Entry], agents: dict[str, str], first: int = 0
) -> tuple[EvidenceRecord, ...]:
    """Return the records of a document's tables; `mentions` are those of the tables, `first` numbers the records.

    `entries` and `agents` are those of the knowledge: what `assemble.find` takes.
    """
    words = load_table_words()
    view = make_view(Annotations(document, tuple(mentions)), (), entries, agents, load_record_words())
    made = [
        record
        for region in regions(document)
        for row in rows_of(document, region, mentions, words)
        if (record := _record(view, row, words)) is not None
    ]
    return tuple(with_identity(record, first + n) for n, record in enumerate(made))


def _record(view: View, row: Row, words: TableWords) -> EvidenceRecord | None:
    cells = row.of("cell", "CELL_TYPE") or row.of("component", "CELL_TYPE") or _captioned(view, row, "CELL_TYPE")
    cells = cells or row.of("origin", "CELL_TYPE")
    components = [m for zone in ("component", "delivery", "cell") for m in row.of(zone, "COMPONENT")]
    components = components or _captioned(view, row, "COMPONENT")
    if not components and not cells:
        return None
    cell = view.slot(cells[0]) if cells else None
    best = max(components, key=lambda m: (specific(m.value), -m.start), default=None)
    body = _segments(view.text, row.results)
    hosts = [m for zone in ("results", "model") for m in row.of(zone, "SPECIES")]
    host = view.slot(hosts[0]) if hosts else None
    strains = [m for m in hosts if m.kind == "strain" or m.by.id == "species.strain_and_species"]
    donor = next((m for zone in ("origin", "cell") for m in row.of(zone, "SPECIES")), None)
    donor_slot = view.slot(donor) if donor else origin_of(view, cells[:1], "SPECIES")
    differ = donor_slot is not None and host is not None and donor_slot.value != host.value
    record = EvidenceRecord(
        record_id="", doc_id=view.annotations.document.doc_id, study=_study(view, row), cell_type=cell,
        cell_source=_source(view, row, cells), donor_species=donor_slot,
        donor_relation="xenogeneic" if differ else None,
        component=view.slot(best) if best else _cells_themselves(row, cells),
        cargo=unique(view.slot(m) for m in row.of("component", "MIRNA", "FACTOR")),
        route=_first(view, row, "route"), carrier=_first(view, row, "carrier"),
        dose=_dose(view, row.of("dose", "DOSE") or row.of("delivery", "DOSE")),
        host_species=host, strain=_strain(strains),
        setting=_setting(view, row, hosts, words),
        model=unique(view.slot(m) for m in _models(view, row, body)),
        outcomes=_outcomes(view, row, body, words), rules=(RULE,), source="table",
    )  # fmt: skip
    return replace(record, confidence=confidence(record))


def _captioned(view: View, row: Row, kind: str) -> list[Mention]:
    """Return what a table's caption says that all its rows are of, where it names one thing only."""
    named = [m for m in row.of("caption", kind) if not view.is_nested(m, kind)]
    return named if len({view.value(m) for m in named}) == 1 else []


def _cells_themselves(row: Row, cells: list[Mention]) -> Slot | None:
    """Return the cells as what was given, in a table whose caption names them and no product."""
    if row.of("caption", "COMPONENT") or not any(m in row.of("caption", "CELL_TYPE") for m in cells):
        return None
    return Slot(cells[0].text, "cells", None, (cells[0].id,))


def _study(view: View, row: Row) -> Study:
    cited = row.of("reference", "CITATION")
    ref = next((m.value.split(",")[0] for m in cited if m.value), None)
    known = {r.ref: r for r in view.annotations.document.references}.get(ref or "")
    label = next((m.text for m in cited if not m.value), known.label if known else None)
    trial = next((m.text for m in row.of("trial")), None)
    return Study(label, ref, known.pmid if known else None, known.doi if known else None, trial)


def _source(view: View, row: Row, cells: list[Mention]) -> Slot | None:
    """Return the tissue that the cells came from, or the cells that they were made of."""
    tissues = [m for m in row.of("origin", "TISSUE") if m.kind != "adjective" or not row.of("origin", "SPECIES")]
    if tissues:
        return view.slot(tissues[0])
    others = [m for m in row.of("origin", "CELL_TYPE") if not cells or view.value(m) != view.value(cells[0])]
    if others:
        return view.slot(others[0])
    # Where the table tells origins apart, a short form ("BMSC") is not read into one that it left open.
    return None if row.of("origin") else origin_of(view, cells[:1], "TISSUE")


def _first(view: View, row: Row, kind: str) -> Slot | None:
    found = [m for zone in ("delivery", "component") for m in row.of(zone, "DELIVERY") if m.kind == kind]
    return view.slot(found[0]) if found else None


def _dose(view: View, doses: list[Mention]) -> tuple[Slot, ...]:
    """Return the doses of a row; parts of one stand as one slot: "2 × 10^8 vesicles/3 mL", "2 mL of 3 mg"."""
    groups: list[list[Mention]] = []
    for m in doses:
        if groups and view.text[groups[-1][-1].end : m.start].strip() in ("/", "of"):
            groups[-1].append(m)
        else:
            groups.append([m])
    made = []
    for group in groups:
        text = view.text[group[0].start : group[-1].end]
        made.append(Slot(text, " ".join(text.lower().split()), None, tuple(m.id for m in group)))
    return unique(made)


def _strain(strains: list[Mention]) -> Slot | None:
    if not strains:
        return None
    words = strains[0].text.split()
    name = " ".join(words[:-1]) if strains[0].kind != "strain" and len(words) > 1 else strains[0].text
    return Slot(strains[0].text, name.lower(), None, (strains[0].id,))


def _setting(view: View, row: Row, hosts: list[Mention], words: TableWords) -> str | None:
    told = view.text[row.results.start - 60 : row.results.end].lower() if row.results else ""
    if row.of("trial") or any(w in told for w in words.clinical) or any(m.kind == "subject" for m in hosts):
        return "clinical"
    given_to_models = row.of_models and any(m.kind == "route" for m in row.of("delivery", "DELIVERY"))
    return "in_vivo" if hosts or given_to_models else None


def _segments(text: str, results: Span | None) -> list[Span]:
    """Return the parts of a cell of effects: host; disease; what happened."""
    if results is None:
        return []
    cell = text[results.start : results.end]
    return [Span(results.start + m.start(), results.start + m.end()) for m in SEGMENT.finditer(cell)]


def _models(view: View, row: Row, segments: list[Span]) -> list[Mention]:
    """Return the models: of their own column, or of a cell of effects what stands before its last part."""
    own = row.of("model", "MODEL")
    inner = [m for m in row.of("results", "MODEL") if len(segments) < 2 or m.start < segments[-1].start]
    return [m for m in own or inner if not view.is_nested(m, "MODEL")]


def _outcomes(view: View, row: Row, segments: list[Span], words: TableWords) -> tuple[Outcome, ...]:
    found: dict[str, Outcome] = {}
    models = {m.id for m in _models(view, row, segments)}
    for m in row.of("results", "OUTCOME", "MODEL"):
        if m.id in models or view.is_nested(m, "OUTCOME", "MODEL"):
            continue
        span = next((s for s in segments if s.contains(m.span)), m.span)
        direction = direction_of(view.text, span, m, words)
        if direction is not None:
            slot = view.slot(m)
            found.setdefault(slot.value, Outcome(slot, direction, _effect(direction, polarity_of(view, m))))
    return tuple(found.values())


def direction_of(text: str, span: Span, target: Mention, words: TableWords) -> OutcomeDirection | None:
    """Return which way a cell says that an outcome went: by the nearest word before it, else after it."""
    cues: list[tuple[int, OutcomeDirection]] = []
    order: tuple[tuple[OutcomeDirection, tuple[str, ...]], ...] = (
        ("no_change", words.no_change), ("improve", words.improve), ("worsen", words.worsen),
        ("decrease", words.decrease), ("increase", words.increase),
    )  # fmt: skip
    for word in WORD.finditer(text, span.start, span.end):
        for direction, beginnings in order:
            exact = direction == "no_change"
            folded = word.group().lower()
            if folded in beginnings if exact else folded.startswith(beginnings):
                cues.append((word.start(), direction))
                break
    before = [direction for at, direction in cues if at <= target.start]
    after = [direction for at, direction in cues if at > target.start]
    return before[-1] if before else after[0] if after else None


def _effect(direction: OutcomeDirection, polarity: str | None) -> Effect:
    if direction in ("improve", "worsen", "no_change"):
        return {"improve": "benefit", "worsen": "harm", "no_change": "none"}[direction]  # type: ignore[return-value]
    if polarity is None:
        return "unclear"
    return "benefit" if (direction == "increase") == (polarity == "higher_better") else "harm"
