"""The output folder of `extract`: one JSON Lines file a noun, and `run.json`.

Every file is written under a temporary name in the folder and renamed when all is done, so that a reader never
meets half a file; a run that is stopped leaves what stood there before.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from secretome_nlp.errors import InputError
from secretome_nlp.rows import Row, annotation_rows
from secretome_nlp.types import Annotations, Failure
from secretome_nlp.write.parquet import NOT_IN_BATCH, batch_rows, is_batch, manifest

FILES = ("documents", "mentions", "relations", "abbreviations", "cues", "records")
PARTIAL = ".partial"


def line(row: Row) -> str:
    """Return a row as one line of JSON. Lone surrogates, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(row, ensure_ascii=False, separators=(", ", ": "))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(row, ensure_ascii=True, separators=(", ", ": "))
    return text + "\n"


#: What one document adds to each file: its lines.
Lines = dict[str, list[str]]


def lines_of(found: Annotations | Failure) -> Lines | Failure:
    """Return the lines that `OutputFolder` writes of a document, so that another process can make them."""
    if isinstance(found, Failure):
        return found
    return {name: [line(row) for row in rows] for name, rows in annotation_rows(found).items()}


class OutputFolder:
    """Writes annotations one document at a time; used as a context manager, which commits at its end.

    Raises InputError where the folder cannot be written.
    """

    def __init__(self, path: str | Path, about: dict[str, Any]) -> None:
        self.path = Path(path)
        self.about = about
        self.counts: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self._files: dict[str, TextIO] = {}

    def __enter__(self) -> OutputFolder:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                partial = self.path / f"{name}.jsonl{PARTIAL}"
                self._files[name] = partial.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            self._close()
            reason = error.strerror or str(error)
            raise InputError(f"{self.path}: cannot be written ({reason}); give another folder with -o") from error
        return self

    def add(self, found: Annotations | Lines | Failure) -> None:
        """Write what was found in one document, or the lines made of it, or note that it failed."""
        lines = lines_of(found) if isinstance(found, Annotations) else found
        if isinstance(lines, Failure):
            self.failures.append(lines)
            return
        for name, own in lines.items():
            self.counts[name] += len(own)
            self._files[name].writelines(own)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if kind is not None:
            for name in FILES:
                (self.path / f"{name}.jsonl{PARTIAL}").unlink(missing_ok=True)
            return
        partial = self.path / f"run.json{PARTIAL}"
        partial.write_text(json.dumps(self._run(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        for name in (*(f"{n}.jsonl" for n in FILES), "run.json"):
            (self.path / f"{name}{PARTIAL}").replace(self.path / name)

    def _close(self) -> None:
        for file in self._files.values():
            with contextlib.suppress(OSError):
                file.close()

    def _run(self) -> dict[str, Any]:
        failures = [{"path": f.path, "doc_id": f.doc_id, "error": f.error} for f in self.failures]
        counts = {name: self.counts[name] for name in FILES} | {"failures": len(failures)}
        return {**self.about, "counts": counts, "failures": failures}


def read_rows(folder: str | Path, name: str, since: str | None = None) -> Iterator[Row]:
    """Yield the rows of one file of an output folder, of `extract` or of `batch`.

    Raises InputError where the folder is none that `extract` wrote, or a line does not hold.
    """
    path = Path(folder) / f"{name}.jsonl"
    if since is not None and not is_batch(folder):
        raise InputError(f"{folder}: only folders of `secretome-nlp batch` know what is new since a date")
    if not path.is_file() and is_batch(folder):
        yield from batch_rows(folder, name, since)
        return
    if not path.is_file():
        raise InputError(f"{folder}: no {name}.jsonl here; give a folder that `secretome-nlp extract -o` wrote")
    with path.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, start=1):
            try:
                row: Row = json.loads(text)
            except ValueError as error:
                raise InputError(f"{path}:{number}: not JSON; run `secretome-nlp extract` again") from error
            yield row


def read_about(folder: str | Path) -> dict[str, Any]:
    """Return what is said of a run: `run.json` of `extract`, the manifest of `batch`; empty where there is neither."""
    if is_batch(folder):
        return manifest(folder)
    path = Path(folder) / "run.json"
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content


def read_documents(folder: str | Path, since: str | None = None) -> Iterator[dict[str, list[Row]]]:
    """Yield the rows of one document after another, by file; the files stand in the same order of documents."""
    names = [name for name in FILES if name != "documents" and not (is_batch(folder) and name in NOT_IN_BATCH)]
    others = {name: _Ahead(read_rows(folder, name, since)) for name in names}
    for document in read_rows(folder, "documents", since):
        rows = {name: ahead.take(document["doc_id"]) for name, ahead in others.items()}
        yield {"documents": [document], **rows}


class _Ahead:
    """Rows with one row of look-ahead."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = iter(rows)
        self.next = next(self.rows, None)

    def take(self, doc_id: str) -> list[Row]:
        """Return the rows of a document that come next."""
        taken: list[Row] = []
        while self.next is not None and self.next["doc_id"] == doc_id:
            taken.append(self.next)
            self.next = next(self.rows, None)
        return taken
