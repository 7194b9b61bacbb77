"""Parts: the Parquet files of a shard, one a kind of row, and their schemas."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT, Row

KINDS = ("documents", "mentions", "relations", "records")
#: `seen` holds the id of each record read, passed or not: what an update must retire.
DATASETS = (*KINDS, "seen")

_text, _int, _bool, _float = pa.string(), pa.int64(), pa.bool_(), pa.float64()


def _of(**fields: pa.DataType) -> pa.DataType:
    return pa.struct([pa.field(name, kind) for name, kind in fields.items()])


_pair = pa.list_(_int)
_slot = _of(text=_text, value=_text, id=_text, mentions=pa.list_(_text))
_outcome = _of(target=_slot, direction=_text, effect=_text, negated=_bool, hedged=_bool, relation=_text)
_one = dict.fromkeys(ONE_SLOT, _slot)
_many = {name: pa.list_(_slot) for name in MANY_SLOTS}

_RECORD: dict[str, pa.DataType] = {
    "record_id": _text, "doc_id": _text, "study": _of(label=_text, ref=_text, pmid=_text, doi=_text, trial=_text),
    "cell_type": _slot, "cell_source": _slot, "donor_species": _slot, "donor_relation": _text, "component": _slot,
    "cargo": _many["cargo"], "priming": _many["priming"], "route": _slot, "carrier": _slot, "dose": _many["dose"],
    "host_species": _slot, "strain": _slot, "setting": _text, "model": _many["model"], "outcomes": pa.list_(_outcome),
    "mechanism": _many["mechanism"], "comparator": _slot, "confidence": _float, "rules": pa.list_(_text),
    "sentences": pa.list_(_int), "claim_key": _text, "source": _text,
}  # fmt: skip

SCHEMAS: dict[str, pa.Schema] = {
    "documents": pa.schema({
        "doc_id": _text, "path": _text, "format": _text, "title": _text, "text": _text,
        "sections": pa.list_(_of(title=_text, kind=_text, start=_int, end=_int)), "sentences": pa.list_(_pair),
        "references": pa.list_(
            _of(ref=_text, label=_text, pmid=_text, doi=_text, year=_int, title=_text, authors=pa.list_(_text))
        ),
        "origin": pa.list_(_pair), "citations": pa.list_(_of(start=_int, end=_int, refs=pa.list_(_text))),
        "bibliography": _of(pmid=_text, doi=_text, year=_int, first_author=_text, journal=_text),
    }),
    "mentions": pa.schema({
        "doc_id": _text, "id": _text, "start": _int, "end": _int, "text": _text, "type": _text,
        "norm": pa.list_(_of(id=_text, name=_text, why=_text)), "negated": _bool, "hedged": _bool, "sentence": _int,
        "by": _of(how=_text, id=_text), "kind": _text, "value": _text, "concept": _text,
    }),
    "relations": pa.schema({
        "doc_id": _text, "id": _text, "type": _text, "head": _text, "tail": _text, "direction": _text,
        "negated": _bool, "hedged": _bool, "trigger": _pair, "rule": _text, "sentence": _int,
    }),
    "records": pa.schema(_RECORD),
    "seen": pa.schema({"doc_id": _text, "what": _text}),
    "": pa.schema({"doc_id": _text, "shard": _text, "why": _text}),
}  # fmt: skip


#: Documents that later files replaced or deleted: one file for the whole folder.
RETIRED = "retired"


def part_path(out: Path, kind: str, key: str) -> Path:
    """Return where the part of a shard stands."""
    return out / kind / f"{key}.parquet"


def write_part(out: Path, kind: str, key: str, rows: list[Row]) -> str:
    """Write a shard's rows of one kind under a hidden name, then rename; return the file's SHA-256.

    Raises OSError where the disk is full or the folder cannot be written; nothing is left half-written.
    """
    target = part_path(out, kind, key)
    partial = hidden(target)
    table = _table(rows, SCHEMAS[kind])
    try:
        with partial.open("wb") as sink:
            pq.write_table(table, sink, compression="zstd", store_schema=True)
            sink.flush()
            os.fsync(sink.fileno())
        digest = hashlib.sha256(partial.read_bytes()).hexdigest()
        partial.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
    return digest


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except (UnicodeEncodeError, pa.ArrowInvalid):  # lone surrogates: so rare that not every row is searched for them
        return pa.Table.from_pylist([_clean(r) for r in rows], schema=schema)


def hidden(target: Path) -> Path:
    """Return a name to write under before renaming: of no other writer, though two should work the same shard."""
    return target.with_name(f".{target.name}.{uuid4().hex}.partial")


def _clean(value: Any) -> Any:
    """Replace lone surrogates, which UTF-8 (and so Parquet) cannot hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {k: _clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_clean(v) for v in value]
    return value


def read_part(out: Path, kind: str, key: str) -> list[Row]:
    """Return the rows of a shard's part."""
    rows: list[Row] = pq.read_table(part_path(out, kind, key)).to_pylist()
    return rows
