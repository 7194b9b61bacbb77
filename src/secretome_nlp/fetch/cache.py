"""What was fetched before, on disk, so that it is not asked for again: records by PMID, full texts by PMCID."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

from platformdirs import user_cache_path

DAY = 86_400.0
MOST_AT_ONCE = 500
MOST_BYTES = 256 << 20


def default_path() -> Path:
    """Return where the cache stands unless told otherwise."""
    return user_cache_path("secretome-nlp") / "fetched.sqlite"


class Cache:
    """A table of answers by kind and key, each with the time it was fetched at; older ones than `days` are not used.

    A cache that cannot be opened or is damaged is none: everything is fetched then. Used as a context manager.
    """

    def __init__(self, path: Path | None, days: float, now: float) -> None:
        self._now, self._oldest = now, now - days * DAY
        self._db = _open(path) if path is not None and days > 0 else None

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._db is not None:
            self._db.close()

    def get(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return those of `keys` that are known, with their bytes."""
        wanted, found = list(keys), dict[str, bytes]()
        if self._db is None:
            return found
        try:
            for start in range(0, len(wanted), MOST_AT_ONCE):
                part = wanted[start : start + MOST_AT_ONCE]
                places = ",".join("?" * len(part))
                rows = self._db.execute(
                    f"SELECT key, body FROM fetched WHERE kind = ? AND at >= ? AND key IN ({places})",
                    (kind, self._oldest, *part),
                )
                found.update((key, _unpacked(body)) for key, body in rows)
        except (sqlite3.Error, zlib.error):
            return {}
        return found

    def put(self, kind: str, bodies: Mapping[str, bytes]) -> None:
        """Keep bodies under their keys."""
        if self._db is None:
            return
        rows = [(kind, key, self._now, zlib.compress(body, 6)) for key, body in bodies.items()]
        try:
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error:  # a full disk or another process: what was fetched is written all the same
            return


def _unpacked(body: bytes) -> bytes:
    return zlib.decompressobj().decompress(body, MOST_BYTES)


def _open(path: Path) -> sqlite3.Connection | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=10)
        db.execute(
            "CREATE TABLE IF NOT EXISTS fetched (kind TEXT, key TEXT, at REAL, body BLOB, PRIMARY KEY (kind, key))"
        )
        db.commit()
    except (OSError, sqlite3.Error):
        return None
    return db
