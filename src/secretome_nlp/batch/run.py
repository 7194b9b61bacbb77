"""A batch run: plan, work what is not done, sweep what is out of date, and write the manifest."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from secretome_nlp import __version__
from secretome_nlp.batch import cluster, local
from secretome_nlp.batch.retire import retired_rows
from secretome_nlp.batch.shards import MOST, SIZE, Cut, Inspected, Shard, plan
from secretome_nlp.batch.work import DONE, Settings, marker_path, write_json
from secretome_nlp.errors import InputError
from secretome_nlp.knowledge.load import fingerprint
from secretome_nlp.model.load import fingerprint as weights
from secretome_nlp.pipeline import read_pipeline
from secretome_nlp.read import expand
from secretome_nlp.read.source import Source
from secretome_nlp.rows import Row
from secretome_nlp.street import check
from secretome_nlp.write.parts import DATASETS, hidden, write_part

#: Raise it when the rows or the cutting change, so that old shards are worked anew.
LAYOUT = 2
MANIFEST, INFLIGHT, CACHE = "manifest.json", "inflight", ".inspected"
EMPTY = "0-schema"


@dataclass(frozen=True, slots=True)
class Job:
    """What a user asked for; with no workers, the local engine works in this process."""

    paths: tuple[str, ...]
    out: Path
    pipeline: str = "batch_abstracts"
    workers: int = 0
    engine: str = "local"
    scheduler: str | None = None
    gate: bool = True
    update: bool = False
    today: str = field(default_factory=lambda: date.today().isoformat())


@dataclass(frozen=True, slots=True)
class Progress:
    """One shard more: of `records` in it, out of `total` in the run; `reason` where it failed; `old` if done before."""

    records: int
    total: int
    reason: str | None = None
    old: bool = False


def settings_hash(pipeline: str, gate: bool) -> str:
    """Return the hash of all beside the input that decides what comes out."""
    parts = (LAYOUT, __version__, read_pipeline(pipeline).fingerprint(), fingerprint(), weights(), gate)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def run(job: Job, tell: Callable[[Progress], None] = lambda _: None) -> Row:
    """Do the job and return the manifest; `tell` hears of each shard.

    Raises InputError where nothing can be read, the results cannot be written, or the folder holds the results of
    other inputs. A run that is stopped keeps its finished shards, and the next run goes on from them.
    """
    check(job.pipeline)
    sources = expand(job.paths)
    before = _read_manifest(job.out)
    _make_folders(job.out)
    files = _inspect(job, sources)
    kept = _kept(job, before, files)
    shards = list(plan(files, settings_hash(job.pipeline, job.gate)))
    total = sum(s.count for s in shards)
    markers: dict[str, Row] = {}
    reasons: dict[str, str] = {}
    todo = []
    for shard in shards:
        marker = _done(job.out, shard.key)
        if marker is None:
            todo.append(shard)
        else:
            markers[shard.key] = marker
            tell(Progress(shard.count, total, old=True))
    settings = Settings(str(job.out), job.pipeline, job.gate)
    for shard, result in _engine(job, todo, settings):
        if isinstance(result, str):
            reasons[shard.key] = result
        else:
            markers[shard.key] = result
        tell(Progress(shard.count, total, reasons.get(shard.key)))
    return _finish(job, kept, files, shards, markers, reasons, before)


def _engine(job: Job, shards: list[Shard], settings: Settings) -> Iterator[tuple[Shard, Row | str]]:
    if job.engine == "dask" and shards:
        return cluster.run(shards, settings, max(job.workers, 1), job.scheduler)
    return local.run(shards, settings, min(job.workers, len(shards)))


def _make_folders(out: Path) -> None:
    try:
        for name in (*DATASETS, DONE, INFLIGHT, CACHE):
            (out / name).mkdir(parents=True, exist_ok=True)
        for kind in DATASETS:
            write_part(out, kind, EMPTY, [])  # a dataset without shards has its columns all the same
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{out}: cannot be written ({reason}); give another folder") from error


def _read_manifest(out: Path) -> Row | None:
    path = out / MANIFEST
    if not path.is_file():
        if out.is_dir() and any(not p.name.startswith(".") and p.name not in _OWN for p in out.iterdir()):
            raise InputError(f"{out}: holds other things than batch results; give an empty or a new folder")
        return None
    try:
        manifest: Row = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: not JSON; delete it, and the run goes on from the finished shards") from error
    return manifest


_OWN = frozenset((*DATASETS, DONE, INFLIGHT, MANIFEST, "run.json", "history.jsonl", "retired.parquet"))


def _inspect(job: Job, sources: Sequence[Source]) -> list[Inspected]:
    """Inspect the files, several at a time; of one that has not been touched since, recall what was found."""
    known = {s: _recalled(job, s) for s in sources}
    unknown = [s for s, found in known.items() if found is None]
    if job.engine == "dask" and job.scheduler is not None and unknown:
        answers = cluster.inspect_all(unknown, _cut(job), job.scheduler)
    else:
        answers = local.inspect_all(unknown, _cut(job), job.workers)
    for source, found in answers:
        if isinstance(found, str):
            raise InputError(f"{source.path}: cannot be read ({found}); check the file")
        known[source] = found
        memo = {"sha256": found.sha256, "form": found.form, "records": found.records, "begins": list(found.begins)}
        write_json(_memo(job, source), {"stamp": _stamp(job, source), **memo})
    return [found for found in known.values() if found is not None]


def _cut(job: Job) -> Cut:
    return Cut(job.gate, SIZE, MOST)


def _memo(job: Job, source: Source) -> Path:
    name = hashlib.sha256(f"{Path(source.path).resolve()}\t{source.stem}".encode()).hexdigest()[:24]
    return job.out / CACHE / f"{name}.json"


def _stamp(job: Job, source: Source) -> list[int]:
    """Return what tells whether a file, or the way in which files are cut, is another than before."""
    stat = Path(source.path).stat()
    return [stat.st_size, stat.st_mtime_ns, *astuple(_cut(job)), LAYOUT]


def _recalled(job: Job, source: Source) -> Inspected | None:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(_memo(job, source).read_text())
        if known["stamp"] == _stamp(job, source):
            return Inspected(source, known["sha256"], known["form"], known["records"], tuple(known["begins"]))
    return None


def _done(out: Path, key: str) -> Row | None:
    """Return the marker of a shard that is finished and whose parts all stand."""
    try:
        marker: Row = json.loads(marker_path(out, key).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return marker if all((out / kind / f"{key}.parquet").is_file() for kind in DATASETS) else None


def _kept(job: Job, before: Row | None, files: list[Inspected]) -> list[Row]:
    """Return the inputs of earlier runs that stay: all but those given again; without `--update` there may be none."""
    names = {Path(f.source.path).name for f in files}
    kept = [i for i in (before["inputs"] if before else []) if i["file"] not in names]
    if kept and not job.update:
        raise InputError(
            f"{job.out}: holds results of {len(kept):,} other inputs (such as {kept[0]['file']});"
            " add --update to keep them, or give another folder"
        )
    return kept


def _finish(
    job: Job, kept: list[Row], files: list[Inspected], shards: list[Shard], markers: dict[str, Row],
    reasons: dict[str, str], before: Row | None,
) -> Row:  # fmt: skip
    inputs = kept + [_input_row(f, shards, markers) for f in files]
    for row in inputs:
        for key in row["shards"]:
            markers.setdefault(key, _done(job.out, key) or {})
    keys = list(dict.fromkeys(key for row in inputs for key in row["shards"]))
    retired = retired_rows(job.out, keys) if job.update else []
    counts: Counter[str] = Counter()
    for key in keys:
        counts.update(markers[key].get("counts", {}))
    manifest = {
        "secretome_nlp": __version__,
        "layout": LAYOUT,
        "pipeline": read_pipeline(job.pipeline).name,
        "settings_hash": settings_hash(job.pipeline, job.gate),
        "gate": job.gate,
        "inputs": inputs,
        "counts": {**counts, "retired": len(retired)},
        "failures": [f for key in keys for f in markers[key].get("failures", [])],
        "broken_shards": [{"key": k, "files": _files(shards, k), "error": e} for k, e in sorted(reasons.items())],
    }
    write_part(job.out, "", "retired", retired)
    _sweep(job.out, {*keys, EMPTY})
    _note_history(job, before, keys)
    write_json(job.out / MANIFEST, manifest)
    write_json(job.out / "run.json", {k: manifest[k] for k in ("secretome_nlp", "pipeline", "counts", "failures")})
    return manifest


def _input_row(file: Inspected, shards: list[Shard], markers: dict[str, Row]) -> Row:
    mine = [s.key for s in shards if file.source in s.sources and s.key in markers]
    return {"file": Path(file.source.path).name, "sha256": file.sha256, "records": file.records, "shards": mine}


def _files(shards: list[Shard], key: str) -> list[str]:
    return [Path(s.path).name for shard in shards if shard.key == key for s in shard.sources]


def _sweep(out: Path, keys: set[str]) -> None:
    """Delete parts, markers and notes of shards that no input has any more, and what a stopped run left."""
    for kind in (*DATASETS, DONE):
        for path in (out / kind).iterdir():
            if path.name.startswith(".") or path.stem not in keys:
                path.unlink(missing_ok=True)
    for path in (out / INFLIGHT).iterdir():
        path.unlink(missing_ok=True)


def _note_history(job: Job, before: Row | None, keys: Iterable[str]) -> None:
    """Add a line on which shards are new since the last run, so that a table can tell what is new since a date."""
    old = {key for row in (before["inputs"] if before else []) for key in row["shards"]}
    new = [key for key in keys if key not in old]
    path = job.out / "history.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if new or not lines:
        lines.append(json.dumps({"date": job.today, "new": new}))
    partial = hidden(path)
    partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
    partial.replace(path)


def read_history(out: Path) -> list[dict[str, Any]]:
    """Return the runs of a folder: their date and the shards that were new with them."""
    path = out / "history.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []
