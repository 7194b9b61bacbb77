"""An output folder as SQL tables (DuckDB), and its sentences as a full-text index (SQLite FTS5)."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from secretome_nlp.errors import InputError
from secretome_nlp.write.folder import FILES, read_documents
from secretome_nlp.write.parquet import MANIFEST, is_batch, shard_keys
from secretome_nlp.write.parts import SCHEMAS

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

TABLES = ("documents", "mentions", "relations", "records")
OUTCOMES = """
CREATE VIEW outcomes AS
SELECT doc_id, record_id, study, cell_type, component, host_species, model, cargo, o.target.value AS outcome,
       o.target.id AS outcome_id, o.direction AS direction, o.effect AS effect, o.negated AS negated,
       o.hedged AS hedged, confidence
FROM (SELECT *, unnest(outcomes) AS o FROM records)
"""


def connect(folder: str | Path) -> duckdb.DuckDBPyConnection:
    """Return a connection with the folder's rows as views; nothing outside the folder can be read, nothing written.

    Raises InputError where DuckDB is missing or the folder is none of ours.
    """
    try:
        import duckdb
    except ImportError as error:
        raise InputError("query needs DuckDB; pip install 'secretome-nlp[sql]'") from error
    out = Path(folder)
    if not is_batch(out) and not (out / "records.jsonl").is_file():
        raise InputError(f"{folder}: no output here; give a folder that `secretome-nlp extract` or `batch` wrote")
    connection = duckdb.connect()
    connection.execute("SET allowed_directories = [?]", [str(out.resolve())])
    for name in TABLES:
        connection.execute(
            f"CREATE VIEW {name} AS {_batch_view(out, name) if is_batch(out) else _jsonl_view(out, name)}"
        )
    connection.execute(OUTCOMES)
    connection.execute("SET enable_external_access = false")
    return connection


def _jsonl_view(out: Path, name: str) -> str:
    columns = ", ".join(f"{f.name!r}: {_type(f.type)!r}" for f in SCHEMAS[name])
    path = str((out / f"{name}.jsonl").resolve()).replace("'", "''")
    return f"SELECT * FROM read_json('{path}', format='newline_delimited', columns={{{columns}}})"


def _batch_view(out: Path, name: str) -> str:
    parts = [str((out / name / f"{key}.parquet").resolve()) for key in ("0-schema", *shard_keys(out))]
    listed = ", ".join("'" + p.replace("'", "''") + "'" for p in parts)
    retired = str((out / "retired.parquet").resolve()).replace("'", "''")
    return (
        f"SELECT * EXCLUDE (filename) FROM read_parquet([{listed}], filename=true) AS t WHERE NOT EXISTS (SELECT 1 FROM"
        f" read_parquet('{retired}') AS r WHERE r.doc_id = t.doc_id AND contains(t.filename, r.shard))"
    )


def _type(kind: object) -> str:
    """Return DuckDB's name of an Arrow type."""
    if pa.types.is_list(kind):
        return f"{_type(kind.value_type)}[]"  # type: ignore[attr-defined]
    if pa.types.is_struct(kind):
        fields = ", ".join(f'"{f.name}" {_type(f.type)}' for f in kind)  # type: ignore[attr-defined]
        return f"STRUCT({fields})"
    return {"string": "VARCHAR", "int64": "BIGINT", "bool": "BOOLEAN", "double": "DOUBLE"}[str(kind)]


def run_query(connection: duckdb.DuckDBPyConnection, sql: str) -> pd.DataFrame:
    """Return what a query answers as a DataFrame; raises InputError with the first line of what is wrong with it."""
    import duckdb

    try:
        return connection.execute(sql).df()
    except duckdb.Error as error:
        message = " ".join(str(error).split("\n\n")[0].split())
        raise InputError(f"query: {message}; `query OUT --tables` lists the columns") from error


def sentence_index(folder: str | Path) -> Path:
    """Return the full-text index of a folder's sentences, `sentences.sqlite`; made when missing or out of date."""
    out = Path(folder)
    target = out / "sentences.sqlite"
    stamp = _stamp(out)
    if target.is_file():
        with closing(sqlite3.connect(target)) as known:
            if known.execute("PRAGMA user_version").fetchone()[0] == stamp:
                return target
    partial = out / ".sentences.partial"
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as made:
        made.execute("CREATE VIRTUAL TABLE sentences USING fts5(doc_id UNINDEXED, number UNINDEXED, text)")
        for rows in read_documents(out):
            d = rows["documents"][0]
            made.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?)",
                ((d["doc_id"], n, " ".join(d["text"][s:e].split())) for n, (s, e) in enumerate(d["sentences"])),
            )
        made.execute(f"PRAGMA user_version = {stamp}")
        made.commit()
    partial.replace(target)
    return target


def _stamp(out: Path) -> int:
    digest = hashlib.sha256()
    for name in (MANIFEST, "run.json", *(f"{n}.jsonl" for n in FILES[:1])):
        path = out / name
        if path.is_file():
            digest.update(f"{path.stat().st_size}:{path.stat().st_mtime_ns}".encode())
    return int.from_bytes(digest.digest()[:4], "big") >> 1


def search(folder: str | Path, words: str, limit: int = 20) -> list[tuple[str, int, str]]:
    """Return the sentences that hold the words (FTS5 syntax), best first: document, sentence number, text.

    Raises InputError where the folder is none of ours or the words are no query.
    """
    index = sentence_index(folder)
    with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as found:
        try:
            rows = found.execute(
                "SELECT doc_id, number, text FROM sentences WHERE sentences MATCH ? ORDER BY rank, rowid LIMIT ?",
                (words, limit),
            ).fetchall()
        except sqlite3.OperationalError as error:
            raise InputError(f"search: {error}; put words with signs into double quotes: '\"miR-21\"'") from error
    return [(str(d), int(n), str(t)) for d, n, t in rows]
