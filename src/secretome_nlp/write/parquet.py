"""Rows of a folder that `batch` wrote: its shards in the order of the input, without what later files retired."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from secretome_nlp.errors import InputError
from secretome_nlp.rows import Row

MANIFEST = "manifest.json"
#: Files of `extract` that have no dataset in a batch.
NOT_IN_BATCH = ("abbreviations", "cues")


def is_batch(folder: str | Path) -> bool:
    """Tell whether a folder is one that `batch` wrote."""
    return (Path(folder) / MANIFEST).is_file()


def manifest(folder: str | Path) -> Row:
    """Return the manifest of a batch. Raises InputError where it is damaged."""
    path = Path(folder) / MANIFEST
    try:
        content: Row = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: not JSON; run `secretome-nlp batch` again") from error
    return content


def shard_keys(folder: str | Path, since: str | None = None) -> list[str]:
    """Return the shards of a batch in order; with `since` (a date, YYYY-MM-DD) those that are new since then."""
    keys = list(dict.fromkeys(key for row in manifest(folder)["inputs"] for key in row["shards"]))
    if since is None:
        return keys
    history = Path(folder) / "history.jsonl"
    runs = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    new = {key for run in runs if run["date"] >= since for key in run["new"]}
    return [key for key in keys if key in new]


def batch_rows(folder: str | Path, name: str, since: str | None = None) -> Iterator[Row]:
    """Yield the rows of one dataset, document by document. Raises InputError where a part is missing or damaged."""
    out = Path(folder)
    retired = {(r["doc_id"], r["shard"]) for r in _rows(out / "retired.parquet")}
    for key in shard_keys(folder, since):
        for row in _rows(out / name / f"{key}.parquet"):
            if (row["doc_id"], key) not in retired:
                yield row


def _rows(path: Path) -> Iterator[Row]:
    try:
        with pq.ParquetFile(path) as file:
            for block in file.iter_batches(batch_size=2000):
                yield from block.to_pylist()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read; run the same `secretome-nlp batch` command again") from error
