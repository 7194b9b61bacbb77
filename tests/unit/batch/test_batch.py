"""Batch runs: resumable, the same bytes whatever the workers, failures kept apart."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from secretome_nlp import street
from secretome_nlp.batch import local, work
from secretome_nlp.batch.run import Job, Progress, run
from secretome_nlp.batch.shards import Cut, Inspected, inspect, plan
from secretome_nlp.errors import InputError
from secretome_nlp.read import expand
from secretome_nlp.types import Document
from secretome_nlp.write.folder import read_documents
from secretome_nlp.write.parts import DATASETS
from secretome_nlp.write.table import evidence_table

TEXT = "MSC-derived exosomes were injected intravenously into rats with UUO. They reduced renal fibrosis (n = {n})."


def lines(path: Path, numbers: range) -> Path:
    rows = [{"id": f"d{n}", "title": "MSC exosomes in UUO", "abstract": TEXT.format(n=n)} for n in numbers]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def citation(pmid: int, title: str, text: str) -> str:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><ArticleTitle>{title}</ArticleTitle>'
        f"<Abstract><AbstractText>{text}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
    )


def pubmed(path: Path, *citations: str, end: str = "") -> Path:
    body = "".join(citations)
    path.write_bytes(gzip.compress(f'<?xml version="1.0"?><PubmedArticleSet>{body}{end}</PubmedArticleSet>'.encode()))
    return path


def digest(out: Path) -> dict[str, str]:
    files = [p for p in out.rglob("*") if p.is_file() and ".inspected" not in p.parts]
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secretome_nlp.batch.run.SIZE", 4)


def test_workers_do_not_change_a_byte_and_a_second_run_does_nothing(tmp_path: Path) -> None:
    source = lines(tmp_path / "in.jsonl", range(10))
    one, two = tmp_path / "one", tmp_path / "two"
    manifest = run(Job((str(source),), one))
    run(Job((str(source),), two, workers=2))
    assert digest(one) == digest(two)
    assert manifest["counts"]["documents"] == 10 and manifest["counts"]["records"] == 10
    steps: list[Progress] = []
    run(Job((str(source),), one), steps.append)
    assert [s.old for s in steps] == [True] * 3
    assert digest(one) == digest(two)


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    a, b = lines(tmp_path / "a.jsonl", range(4)), lines(tmp_path / "b.jsonl", range(4, 8))
    out = tmp_path / "out"
    run(Job((str(a), str(b)), out))
    lines(b, range(20, 24))
    steps: list[Progress] = []
    run(Job((str(a), str(b)), out), steps.append)
    assert sorted(s.old for s in steps) == [False, True]
    ids = {d["documents"][0]["doc_id"] for d in read_documents(out)}
    assert ids == {"d0", "d1", "d2", "d3", "d20", "d21", "d22", "d23"}
    assert len(list((out / "records").glob("*.parquet"))) == 3  # two shards and the empty one that holds the columns


def test_a_folder_of_other_inputs_is_not_overwritten(tmp_path: Path) -> None:
    a, b = lines(tmp_path / "a.jsonl", range(2)), lines(tmp_path / "b.jsonl", range(2, 4))
    run(Job((str(a),), tmp_path / "out"))
    with pytest.raises(InputError, match="--update"):
        run(Job((str(b),), tmp_path / "out"))
    run(Job((str(b),), tmp_path / "out", update=True))
    assert len(evidence_table(tmp_path / "out")) == 4


def test_other_files_in_the_folder_are_safe(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(InputError, match="other things"):
        run(Job((str(lines(tmp_path / "a.jsonl", range(1))),), tmp_path))


def test_a_bad_line_is_a_failure_and_the_others_are_read(tmp_path: Path) -> None:
    source = lines(tmp_path / "a.jsonl", range(5))
    source.write_text(source.read_text().replace('"id": "d2"', '"ID": "d2"'))
    manifest = run(Job((str(source),), tmp_path / "out"))
    assert manifest["counts"]["documents"] == 4
    assert [f["path"] for f in manifest["failures"]] == ["a.jsonl"] and "line 3" in manifest["failures"][0]["error"]


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    source = pubmed(tmp_path / "p.xml.gz", *(citation(n, "MSC exosomes", TEXT.format(n=n) * 3) for n in range(40)))
    source.write_bytes(source.read_bytes()[:-12])
    manifest = run(Job((str(source),), tmp_path / "out"))
    assert manifest["failures"] and "cut off" in manifest["failures"][0]["error"]
    assert manifest["counts"]["documents"] + len(manifest["failures"]) >= 1


def test_updates_replace_and_retire(tmp_path: Path) -> None:
    text = TEXT.format(n=1)
    base = pubmed(tmp_path / "pubmed26n0001.xml.gz", *(citation(n, "MSC exosomes", text) for n in (1, 2, 3)))
    deleted = "<DeleteCitation><PMID Version='1'>3</PMID></DeleteCitation>"
    new = pubmed(tmp_path / "pubmed26n1400.xml.gz", citation(2, "Something else", "Nothing of the kind."),
                 citation(4, "MSC exosomes", text), end=deleted)  # fmt: skip
    out = tmp_path / "out"
    run(Job((str(base),), out, today="2026-01-01"))
    manifest = run(Job((str(new),), out, update=True, today="2026-02-01"))
    assert {d["documents"][0]["doc_id"] for d in read_documents(out)} == {"1", "4"}
    assert {(r["doc_id"], r["why"]) for r in pq.read_table(out / "retired.parquet").to_pylist()} == {
        ("2", "replaced"),
        ("3", "deleted"),
    }
    assert manifest["counts"]["gated"] == 1
    assert list(evidence_table(out, since="2026-01-15")["Source"]) == ["4"]


def test_a_document_that_kills_its_process_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = street.annotate_all

    def deadly(nlp: object, documents: Iterable[Document]) -> object:
        given = list(documents)
        if any(d.doc_id == "d2" for d in given):
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(nlp, given)  # type: ignore[arg-type]

    monkeypatch.setattr(street, "annotate_all", deadly)
    monkeypatch.setattr(local, "Crew", lambda s, n: CREW(s, n, "fork"))
    manifest = run(Job((str(lines(tmp_path / "a.jsonl", range(8))),), tmp_path / "out", workers=2))
    assert [f["doc_id"] for f in manifest["failures"]] == ["d2"]
    assert manifest["counts"]["documents"] == 7 and not manifest["broken_shards"]


CREW = local.Crew


def test_a_full_disk_is_one_line_and_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    source = lines(tmp_path / "a.jsonl", range(2))
    out = tmp_path / "out"
    run(Job((str(source),), out))
    lines(source, range(5, 7))
    monkeypatch.setattr(work, "write_part", full)
    with pytest.raises(InputError, match=r"No space left.*again to go on"):
        run(Job((str(source),), out))
    assert not list(out.rglob("*.partial"))


def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    source = lines(tmp_path / "in.jsonl", range(24))
    script = "import sys; from secretome_nlp.batch import run; run.SIZE = 4\n" \
             "from secretome_nlp.cli.main import main; main(sys.argv[1:])"  # fmt: skip
    command = [sys.executable, "-c", script, "batch", str(source), str(tmp_path / "killed"), "--quiet"]
    for wait in (1.5, 2.6, 3.2):
        process = subprocess.Popen(command)
        time.sleep(wait)
        process.kill()
        process.wait()
    assert subprocess.run(command, check=False).returncode == 0
    run(Job((str(source),), tmp_path / "calm"))
    assert digest(tmp_path / "killed") == digest(tmp_path / "calm")


def inspected(path: Path, cut: Cut = Cut(size=4)) -> list[Inspected]:  # noqa: B008 -- frozen
    return [inspect(source, cut) for source in expand([path])]


def test_a_shard_ends_with_the_records_that_are_read_in_full_or_with_many_that_are_not(tmp_path: Path) -> None:
    relevant = [citation(n, "MSC exosomes", "They eased UUO.") for n in range(5)]
    other = [citation(n, "Statins", "They lowered cholesterol.") for n in range(100, 110)]
    file = pubmed(tmp_path / "a.xml.gz", *relevant[:3], *other, *relevant[3:])
    (found,) = inspected(file, Cut(size=2, most=6))
    assert found.records == 15 and found.begins == (0, 2, 8, 14)
    assert inspected(file, Cut(gate=False, size=6))[0].begins == (0, 6, 12)
    shards = list(plan([found], "s"))
    assert [(s.first, s.count) for s in shards] == [(0, 2), (2, 6), (8, 6), (14, 1)]


def test_a_file_of_few_records_is_cut_so_that_workers_share_it(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", range(300))
    (found,) = inspected(file, Cut(gate=False))
    assert [s.count for s in plan([found], "s")] == [24] * 12 + [12]
    (found,) = inspected(file, Cut(gate=False, least=2))
    assert [s.count for s in plan([found], "s")] == [8] * 37 + [4]  # 300 / 32, whole grains of 2


def test_files_are_inspected_here_or_by_workers_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        lines(tmp_path / f"{n}.jsonl", range(n, n + 9))
    sources = expand([tmp_path])
    here = list(local.inspect_all(sources, Cut(), 2))
    monkeypatch.setattr(local, "LITTLE", 0)
    assert list(local.inspect_all(sources, Cut(), 2)) == here


def test_one_file_more_changes_one_shard_of_whole_files(tmp_path: Path) -> None:
    for n in range(200):
        (tmp_path / f"{n:03}.txt").write_text(f"MSC exosomes eased fibrosis in {n} rats.\n")
    before = {s.key for s in plan(inspected(tmp_path), "s")}
    (tmp_path / "050a.txt").write_text("MSC exosomes eased fibrosis in mice.\n")
    after = {s.key for s in plan(inspected(tmp_path), "s")}
    assert len(before) > 5 and len(before - after) == 1


def test_what_another_process_left_counts_against_no_document(tmp_path: Path) -> None:
    run(Job((str(lines(tmp_path / "a.jsonl", range(2))),), tmp_path / "out"))
    (shard,) = plan(inspected(tmp_path / "a.jsonl"), "s")
    with CREW(work.Settings(str(tmp_path / "out"), "batch_abstracts"), 1) as crew:
        for _ in range(local.DEATHS):
            work.at_path(tmp_path / "out", shard.key).write_text("4711 1")
            crew._note_death(shard, 4712)
        assert crew._deadly(shard) == frozenset()
        for _ in range(local.DEATHS):
            work.at_path(tmp_path / "out", shard.key).write_text("4712 1")
            crew._note_death(shard, 4712)
        assert crew._deadly(shard) == {1}


def test_shards_are_named_by_content_not_by_place(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    first, second = lines(tmp_path / "x" / "a.jsonl", range(5)), lines(tmp_path / "y" / "a.jsonl", range(5))
    one, two = (list(plan(inspected(p), "s")) for p in (first, second))
    assert [s.key for s in one] == [s.key for s in two] and len(one) == 2
    assert [s.key for s in plan(inspected(first), "other")] != [s.key for s in one]
    assert replace(one[0], key="") == type(one[0]).from_dict(replace(one[0], key="").as_dict())


def test_the_datasets_open_in_pandas(tmp_path: Path) -> None:
    run(Job((str(lines(tmp_path / "a.jsonl", range(2))),), tmp_path / "out"))
    for name in DATASETS:
        assert pq.read_table(tmp_path / "out" / name).to_pandas()["doc_id"].notna().all()


def test_an_unknown_setting_of_a_component_is_refused_with_a_hint(tmp_path: Path) -> None:
    pipeline = tmp_path / "mine.yml"
    pipeline.write_text("name: mine\ncomponents:\n  - sentences: {}\n  - mentions: {lexicon: []}\n")
    with pytest.raises(InputError, match=r"unknown key 'lexicon' \(did you mean 'lexicons'\?\)"):
        run(Job((str(lines(tmp_path / "a.jsonl", range(1))),), tmp_path / "out", pipeline=str(pipeline)))
    assert not (tmp_path / "out").exists()
    pipeline.write_text("name: mine\ncomponentz: []\ncomponents:\n  - sentences: {}\n")
    with pytest.raises(InputError, match=r"componentz: unknown key.*\(did you mean 'components'\?\)"):
        run(Job((str(tmp_path / "a.jsonl"),), tmp_path / "out", pipeline=str(pipeline)))


def test_parquet_keeps_what_lines_keep(tmp_path: Path) -> None:
    run(Job((str(lines(tmp_path / "a.jsonl", range(1))),), tmp_path / "out"))
    (rows,) = read_documents(tmp_path / "out")
    assert rows["records"][0]["source"] == "text"
