"""What `extract` writes keeps the contract."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from secretome_nlp.types import MENTION_TYPES, RELATION_TYPES

from .conftest import SAMPLES, run

FILES = ("documents", "mentions", "relations", "abbreviations", "cues", "records")


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_offsets_point_to_what_they_say(out: Path) -> None:
    texts = {d["doc_id"]: d for d in rows(out, "documents")}
    for m in rows(out, "mentions"):
        assert texts[m["doc_id"]]["text"][m["start"] : m["end"]] == m["text"]
        assert m["type"] in MENTION_TYPES
        start, end = texts[m["doc_id"]]["sentences"][m["sentence"]]
        assert start <= m["start"] < end
    for a in rows(out, "abbreviations"):
        text = texts[a["doc_id"]]["text"]
        assert text[slice(*a["short"])] == a["short_text"]
        assert text[slice(*a["long"])] == a["long_text"]


def test_json_lines_text_is_title_and_abstract_untouched(out: Path) -> None:
    texts = {d["doc_id"]: d["text"] for d in rows(out, "documents")}
    for line in (SAMPLES / "samples.jsonl").read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        assert texts[sample["id"]] == sample["title"] + "\n\n" + sample["abstract"]


def test_origins_stand_verbatim_in_the_source(out: Path) -> None:
    for d in rows(out, "documents"):
        if d["origin"]:
            source = Path(d["path"]).read_text(encoding="utf-8")
            for start, end, at in d["origin"]:
                assert d["text"][start:end] == source[at : at + end - start]


def test_every_slot_and_relation_stands_on_mentions_of_its_document(out: Path) -> None:
    mentions: dict[str, set[str]] = defaultdict(set)
    for m in rows(out, "mentions"):
        mentions[m["doc_id"]].add(m["id"])
    relations: dict[str, set[str]] = defaultdict(set)
    for r in rows(out, "relations"):
        assert {r["head"], r["tail"]} <= mentions[r["doc_id"]]
        assert r["type"] in RELATION_TYPES
        relations[r["doc_id"]].add(r["id"])
    records = rows(out, "records")
    assert len(records) > 20
    for record in records:
        slots = [v for v in record.values() if isinstance(v, dict) and "mentions" in v]
        slots += [
            s for v in record.values() if isinstance(v, list) for s in v if isinstance(s, dict) and "mentions" in s
        ]
        slots += [o["target"] for o in record["outcomes"]]
        assert slots
        for slot in slots:
            assert slot["mentions"] and set(slot["mentions"]) <= mentions[record["doc_id"]]
        assert {o["relation"] for o in record["outcomes"]} <= relations[record["doc_id"]]


def test_negative_findings_become_records_without_effect(out: Path) -> None:
    effects = {o["effect"] for r in rows(out, "records") for o in r["outcomes"]}
    assert {"benefit", "none"} <= effects


def test_the_same_bytes_for_one_worker_and_two(out: Path, tmp_path: Path) -> None:
    done = run("extract", SAMPLES, "-o", tmp_path / "two", "--workers", 2)
    assert done.returncode == 0, done.stderr
    for name in (*(f"{n}.jsonl" for n in FILES), "run.json"):
        assert (tmp_path / "two" / name).read_bytes() == (out / name).read_bytes(), name


def test_the_table_has_the_columns_a_reviewer_prints(out: Path) -> None:
    done = run("table", out, "-f", "csv")
    head = done.stdout.lstrip("\ufeff").splitlines()[0]
    assert head == (
        "Cells,Origin,Component,Cargo,Priming,Delivery,Dose,Model,Therapeutic effects,Direction,"
        "Reference,Trial,Source,Confidence"
    )


def test_explain_names_the_term_and_the_rule() -> None:
    done = run("explain", "MSC-derived exosomes reduced apoptosis in rats with AKI.")
    assert done.returncode == 0
    for words in ("cell.mesenchymal_stromal_cell", "affects.active", "record 1", "outcome: apoptosis decrease"):
        assert words in done.stdout
