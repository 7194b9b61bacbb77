"""The folder that is fetched into: what is in it, what was asked, and files that are whole or not there.

`.fetch/ledger.jsonl` gets one line an event and is only appended to: `file` (a finished file and the ids in it),
`gone` (ids that the service has nothing for) and `done` (a request worked to its end). Hidden folders are passed
over by `extract`.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from secretome_nlp.errors import InputError

Event = dict[str, Any]


class Ledger:
    """What a folder holds. Raises InputError where it cannot be written or another run is at work in it."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.own = self.folder / ".fetch"
        self.seen: set[str] = set()
        self.texts: set[str] = set()  # ids of papers whose full text is here
        self.done: dict[str, Event] = {}
        self.files = 0
        self._journal = self.own / "ledger.jsonl"

    @contextlib.contextmanager
    def opened(self) -> Iterator[Ledger]:
        """Hold the folder for this run alone; partial files of a run that was killed are removed."""
        try:
            self.own.mkdir(parents=True, exist_ok=True)
            lock = (self.own / "lock").open("ab")
        except OSError as error:
            raise InputError(
                f"{self.folder}: cannot be written ({error.strerror}); give another folder with -o"
            ) from error
        with lock:
            if not _locked(lock.fileno()):
                raise InputError(f"{self.folder}: another fetch is at work here; wait for it or give another folder")
            for partial in self.own.glob("*.partial"):
                partial.unlink()
            self._read()
            yield self

    def _read(self) -> None:
        """Take in the events; a last line that was cut off is cut away, a file that was deleted does not count."""
        if not self._journal.exists():
            return
        data = self._journal.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            with self._journal.open("r+b") as stream:
                stream.truncate(len(whole))
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"{self._journal}:{number}: not a line of the ledger; restore it, or fetch into another folder"
                ) from error

    def _take(self, event: Event) -> None:
        if event["event"] == "file":
            self.files += 1
            if (self.folder / event["name"]).exists():
                self.seen.update(event["ids"])
                if event["name"].startswith("PMC"):
                    self.texts.update(event["ids"])
        elif event["event"] == "done":
            self.done[event["request"]] = event

    def _note(self, event: Event) -> None:
        with self._journal.open("a", encoding="utf-8") as sink:
            sink.write(json.dumps(event, ensure_ascii=False) + "\n")
            sink.flush()
            os.fsync(sink.fileno())

    def save(self, name: str, content: bytes, ids: Iterable[str]) -> None:
        """Write a file under a hidden name, note which ids it holds, then rename it.

        In this order a run that is killed at any point leaves no file whose ids are unknown: a file that is noted
        and not there does not count.
        """
        event: Event = {"event": "file", "name": name, "ids": list(ids)}
        partial = self.own / f"{name}.partial"
        try:
            with partial.open("wb") as sink:
                sink.write(content)
                sink.flush()
                os.fsync(sink.fileno())
            self._note(event)
            partial.replace(self.folder / name)
        except OSError as error:
            raise InputError(f"{self.folder / name}: cannot be written ({error.strerror}); make room") from error
        self._take(event)

    def next_name(self, stem: str, suffix: str) -> str:
        """Return a numbered file name that is free."""
        number = self.files + 1
        while (self.folder / f"{stem}-{number:05d}{suffix}").exists():
            number += 1
        return f"{stem}-{number:05d}{suffix}"

    def gone(self, ids: Iterable[str]) -> None:
        """Note ids that the service has nothing for."""
        listed = list(ids)
        if listed:
            self._note({"event": "gone", "ids": listed})

    def finish(self, request: str, until: str) -> None:
        """Note that a request was worked to its end, with the day up to which its answers were asked for."""
        event: Event = {"event": "done", "request": request, "until": until}
        self._note(event)
        self._take(event)

    def last_day(self, request: str) -> str | None:
        """Return the day (YYYY-MM-DD) up to which a request was worked before, None where it never was."""
        done = self.done.get(request)
        return None if done is None else str(done["until"])


def _locked(descriptor: int) -> bool:
    """Take the lock, which the system gives back when the process ends; where there are no locks, go without."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
