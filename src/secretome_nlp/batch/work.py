"""One shard, from its bytes to its parts and its marker. The marker is written last: a shard is done when it stands."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language

from secretome_nlp.batch import slices
from secretome_nlp.batch.gate import passes, passes_text
from secretome_nlp.batch.shards import WHOLE, Shard
from secretome_nlp.read import read_source
from secretome_nlp.read.source import READ_ERRORS, Source, opened
from secretome_nlp.rows import Row, annotation_rows
from secretome_nlp.street import groups, process_group, process_one, shared_pipeline
from secretome_nlp.types import Annotations, Failure, RawDocument
from secretome_nlp.write.parts import DATASETS, KINDS, hidden, write_part

DONE = "done"


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that did not pass the gate (`gated`), or a document that the file deletes (`deleted`)."""

    doc_id: str
    why: str


Item = RawDocument | Failure | Unread


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker must know beside its shard."""

    out: str
    pipeline: str
    gate: bool = True


class Tally:
    """The rows and counts of a shard while it is worked."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {kind: [] for kind in DATASETS}
        self.counts: Counter[str] = Counter()
        self.failures: list[Failure] = []

    def take(self, found: Annotations | Item) -> None:
        """Note what became of a record, and what was found in it."""
        if isinstance(found, Failure):
            self.failures.append(found)
            self._see(found.doc_id or "", "failed")
        elif isinstance(found, Annotations):
            self._see(found.document.doc_id, "read")
            rows = annotation_rows(found)
            for kind in KINDS:
                self.rows[kind] += rows[kind]
        elif isinstance(found, Unread):
            self._see(found.doc_id, found.why)

    def _see(self, doc_id: str, what: str) -> None:
        self.counts[what] += 1
        if doc_id:
            self.rows["seen"].append({"doc_id": doc_id, "what": what})


def marker_path(out: Path, key: str) -> Path:
    """Return where the marker of a finished shard stands."""
    return out / DONE / f"{key}.json"


def at_path(out: Path, key: str) -> Path:
    """Return the file that tells which process works a shard and at which document it is."""
    return out / "inflight" / f"{key}.txt"


def work(shard: Shard, settings: Settings, deadly: frozenset[int] = frozenset(), singly: bool = False) -> Row:
    """Work a shard and return its marker's content; `deadly` are the numbers of documents that processes died on.

    Documents are read some at a time, or `singly`, as a shard is on which a process has died: then it is noted at
    which document this process is. Raises OSError where the results cannot be written; everything that is wrong with a
    document is in the marker.
    """
    out, tally = Path(settings.out), Tally()
    nlp = shared_pipeline(settings.pipeline)
    at = at_path(out, shard.key)
    items = ((n, _spared(item, n in deadly)) for n, item in _items(shard, settings.gate))
    for group in groups(items, lambda numbered: numbered[1]):
        raws = [(number, item) for number, item in group if isinstance(item, RawDocument)]
        found = _each(nlp, raws, at) if singly else process_group(nlp, [raw for _, raw in raws])
        in_turn = iter(found)
        for _, item in group:
            tally.take(next(in_turn) if isinstance(item, RawDocument) else item)
    marker = _commit(out, shard, tally)
    at.unlink(missing_ok=True)
    return marker


def _each(nlp: Language, raws: list[tuple[int, RawDocument]], at: Path) -> list[Annotations | Failure]:
    found = []
    for number, raw in raws:
        at.write_text(f"{os.getpid()} {number}")
        found.append(process_one(nlp, raw))
    return found


def _spared(item: Item, deadly: bool) -> Item:
    if deadly and isinstance(item, RawDocument):
        return Failure(item.path, item.doc_id, "the process died on it again and again; passed over")
    return item


def _commit(out: Path, shard: Shard, tally: Tally) -> Row:
    digests = {kind: write_part(out, kind, shard.key, tally.rows[kind]) for kind in DATASETS}
    marker = {
        "key": shard.key,
        "files": [Path(s.path).name for s in shard.sources],
        "first": shard.first,
        "records": shard.count,
        "counts": {what: tally.counts[what] for what in ("read", "gated", "failed", "deleted")}
        | {kind: len(tally.rows[kind]) for kind in KINDS},
        "failures": [{"path": f.path, "doc_id": f.doc_id, "error": f.error} for f in tally.failures],
        "sha256": digests,
    }
    write_json(marker_path(out, shard.key), marker)
    return marker


def write_json(path: Path, content: Any) -> None:
    """Write JSON under a hidden name and rename it, so that it stands whole or not at all."""
    partial = hidden(path)
    with partial.open("w", encoding="utf-8") as sink:
        sink.write(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
        sink.flush()
        os.fsync(sink.fileno())
    partial.replace(path)


def _items(shard: Shard, gate: bool) -> Iterator[tuple[int, Item]]:
    """Yield the records of a shard with their number in it, paths cut to file names; only what passes is read."""
    if shard.form != WHOLE:
        yield from _sliced(shard, gate)
        return
    number = 0
    for source in shard.sources:
        for item in read_source(source):
            number += 1
            item = replace(item, path=Path(item.path).name)
            if gate and isinstance(item, RawDocument) and not passes_text(item.text):
                yield number, Unread(item.doc_id, "gated")
            else:
                yield number, item


def _sliced(shard: Shard, gate: bool) -> Iterator[tuple[int, Item]]:
    source = replace(shard.sources[0], path=Path(shard.sources[0].path).name)
    number = shard.first
    try:
        with opened(shard.sources[0].path) as stream:
            records = slices.raw_records(stream, shard.form)
            for raw in islice(records, shard.first, shard.first + shard.count):
                number += 1
                yield from _raw(raw, shard.form, source, number, gate)
    except (*READ_ERRORS, ValueError) as error:
        yield number, Failure(source.path, None, f"the file is damaged or cut off after record {number}: {error}")


def _raw(raw: bytes, form: str, source: Source, number: int, gate: bool) -> Iterator[tuple[int, Item]]:
    gone = slices.deleted_ids(raw)
    if gone is not None:
        for pmid in gone:
            yield number, Unread(pmid, "deleted")
    elif gate and raw.strip() and not passes(raw, form):
        yield number, Unread(slices.record_id(raw, form), "gated")
    else:
        item = slices.document_of(raw, form, source, number)
        if item is not None:
            yield number, item
