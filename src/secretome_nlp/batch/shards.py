"""Shards: what one worker does at a time, named by what goes in and what is done with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from secretome_nlp.batch.gate import passes
from secretome_nlp.batch.slices import raw_records, sliceable
from secretome_nlp.read.source import READ_ERRORS, Source, opened

#: A shard ends after so many records that are read in full, or so many at all (about one of PubMed's files).
SIZE, MOST = 500, 30_000
#: A file of fewer records than this at all is cut into about so many shards, so that workers can share it, each of at
#: least so many records that are read in full.
FEW, PARTS, LEAST = 10_000, 32, 24
#: A shard of whole files ends with a file whose hash begins low enough (one in sixteen does), or with so many: a file
#: more or less then changes the shard that it is in, and no other.
LOW, FILES = 16, 64
WHOLE = "whole"
READ_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Cut:
    """A shard ends after `size` records that are read in full (with `gate`, those that pass it) or `most` at all.

    In a file of few records it may end earlier, but not before `least`.
    """

    gate: bool = True
    size: int = SIZE
    most: int = MOST
    least: int = LEAST


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file: its content's hash, the format it can be cut in (or `whole`), and how many raw records it holds.

    `begins` are the numbers of the records with which its shards begin.
    """

    source: Source
    sha256: str
    form: str
    records: int
    begins: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Shard:
    """Records `first` to `first + count` of one file, or some whole files.

    `key` is the hash of their content and of the settings.
    """

    key: str
    form: str
    sources: tuple[Source, ...]
    first: int
    count: int

    def as_dict(self) -> dict[str, Any]:
        """Return the shard as plain values, to be sent to another process."""
        return asdict(self)

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> Shard:
        """Return the shard that `as_dict` described."""
        sources = tuple(Source(**s) for s in given["sources"])
        return cls(given["key"], given["form"], sources, given["first"], given["count"])


def inspect(source: Source, cut: Cut) -> Inspected:
    """Read a file once: hash it, count its raw records and choose where shards begin.

    A damaged file counts up to its damage, and one more.
    """
    digest = hashlib.sha256()
    with Path(source.path).open("rb") as stream:
        while block := stream.read(READ_AT_ONCE):
            digest.update(block)
    form = sliceable(source.path)
    if form is None:
        return Inspected(source, digest.hexdigest(), WHOLE, 1)
    return Inspected(source, digest.hexdigest(), form, *_cut(source.path, form, cut))


def _cut(path: str, form: str, cut: Cut) -> tuple[int, tuple[int, ...]]:
    number = full = in_full = 0
    least = min(cut.least, cut.size)
    grains = [0]  # with which records every `least` that are read in full begin
    try:
        with opened(path) as stream:
            for raw in raw_records(stream, form):
                if full == least or number - grains[-1] == cut.most:
                    grains.append(number)
                    full = 0
                number += 1
                read = not cut.gate or passes(raw, form)
                full, in_full = full + read, in_full + read
    except (*READ_ERRORS, ValueError):
        number += 1  # the shard that comes upon the damage says so
    size = cut.size if number >= FEW else min(cut.size, in_full // PARTS)
    return max(number, 1), tuple(_joined(grains, number, max(1, size // least), cut.most))


def _joined(grains: list[int], end: int, together: int, most: int) -> Iterator[int]:
    """Yield where shards begin that hold so many grains each, but no more than `most` records."""
    held = 0
    begin = grains[0]
    yield begin
    for this, after in pairwise((*grains, end)):
        if held and (held == together or after - begin > most):
            begin, held = this, 0
            yield begin
        held += 1


def plan(files: Iterable[Inspected], settings: str) -> Iterator[Shard]:
    """Cut files into shards in order; `settings` is the hash of all that decides what comes out."""
    group: list[Inspected] = []
    for file in files:
        if file.form == WHOLE:
            group.append(file)
            if int(file.sha256[:2], 16) < LOW or len(group) == FILES:
                yield _shard(group, settings, 0, len(group))
                group = []
            continue
        if group:
            yield _shard(group, settings, 0, len(group))
            group = []
        for first, after in pairwise((*file.begins, file.records)):
            yield _shard([file], settings, first, after - first)
    if group:
        yield _shard(group, settings, 0, len(group))


def _shard(files: list[Inspected], settings: str, first: int, count: int) -> Shard:
    parts = [settings, f"{first}+{count}"]
    parts += [f"{Path(f.source.path).name}\t{f.source.stem}\t{f.sha256}" for f in files]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
    return Shard(key, files[0].form, tuple(f.source for f in files), first, count)
