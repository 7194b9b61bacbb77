"""The local engine: processes that take one shard at a time; one that dies is replaced and its shard given again."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from secretome_nlp.batch.shards import Cut, Inspected, Shard, inspect
from secretome_nlp.batch.work import Settings, at_path, work
from secretome_nlp.errors import InputError
from secretome_nlp.read.source import Source
from secretome_nlp.rows import Row

#: A worker is replaced when it has read so many documents, whatever its memory, so that nothing can grow for ever.
DOCUMENTS_OF_A_WORKER = 32_000
#: Bytes of input that are inspected sooner than another process has started.
LITTLE = 50_000_000
#: A document on which so many processes died is passed over, and listed as failed; one death may be anybody's fault.
DEATHS = 3
TRIES = 3 * DEATHS
#: How often, in seconds, a worker looks whether the process that started it still lives.
LOOK = 1.0


def run(shards: Iterable[Shard], settings: Settings, workers: int) -> Iterator[tuple[Shard, Row | str]]:
    """Yield each shard, as it is finished, with its marker, or with the reason why it failed.

    With no workers the shards are worked in this process, which a document can then take down with it.
    Raises InputError where results cannot be written (a full disk). Workers end with the caller, whatever ends it.
    """
    if workers < 1:
        for shard in shards:
            yield shard, _in_this_process(shard, settings)
        return
    with Crew(settings, workers) as crew:
        yield from crew.work(shards)


def _in_this_process(shard: Shard, settings: Settings) -> Row | str:
    try:
        return work(shard, settings)
    except OSError as error:
        raise unwritable(settings, error.strerror or str(error)) from error


def unwritable(settings: Settings, reason: str) -> InputError:
    """Return the error for results that cannot be written."""
    return InputError(f"{settings.out}: cannot write ({reason}); make room and run the same command again to go on")


def inspect_all(sources: list[Source], cut: Cut, workers: int) -> Iterator[tuple[Source, Inspected | str]]:
    """Yield each file with what inspection found, or why it cannot be read; the order is that of `sources`."""
    look = partial(inspected, cut=cut)
    if min(workers, len(sources)) <= 1 or sum(map(_size, sources)) < LITTLE:
        yield from map(look, sources)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(workers, len(sources)), _end_with_parent, (os.getpid(),)) as pool:
        yield from pool.imap(look, sources)


def _size(source: Source) -> int:
    try:
        return Path(source.path).stat().st_size
    except OSError:  # told where it is opened
        return 0


def inspected(source: Source, cut: Cut) -> tuple[Source, Inspected | str]:
    """Inspect one file, in whatever process."""
    try:
        return source, inspect(source, cut)
    except OSError as error:
        return source, error.strerror or str(error)


def _end_with_parent(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and stops its workers
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


class Crew:
    """Worker processes and the shards that they are at; a context manager, which stops them at its end."""

    def __init__(self, settings: Settings, workers: int, method: str = "spawn") -> None:
        self.settings, self.workers = settings, workers
        self.context: Any = multiprocessing.get_context(method)
        self.busy: dict[Connection, tuple[Any, Shard]] = {}
        self.idle: list[tuple[Connection, Any, int]] = []
        self.deaths: Counter[str] = Counter()
        self.died_on: Counter[tuple[str, int]] = Counter()
        self.worked: Counter[int] = Counter()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *error: object) -> None:
        for pipe, (process, _) in self.busy.items():
            process.terminate()
            pipe.close()
        for pipe, process, _ in self.idle:
            with contextlib.suppress(OSError):
                pipe.send(None)
            pipe.close()
            process.join(5)

    def work(self, shards: Iterable[Shard]) -> Iterator[tuple[Shard, Row | str]]:
        """Hand out shards until all are done."""
        todo, source = deque[Shard](), iter(shards)
        while True:
            while len(self.busy) < self.workers:
                shard = todo.popleft() if todo else next(source, None)
                if shard is None:
                    break
                self._give(shard)
            if not self.busy:
                return
            for pipe in wait(list(self.busy)):
                assert isinstance(pipe, Connection)
                process, shard = self.busy.pop(pipe)
                answer = self._answer(pipe, process)
                if answer is not None:
                    yield shard, answer
                    continue
                self._note_death(shard, process.pid)
                if self.deaths[shard.key] < TRIES:
                    todo.append(shard)
                else:
                    yield shard, f"its process died {TRIES} times (out of memory?)"

    def _give(self, shard: Shard) -> None:
        if self.idle:
            pipe, process, done = self.idle.pop()
        else:
            pipe, other = self.context.Pipe()
            process = self.context.Process(target=_serve, args=(other, asdict(self.settings), os.getpid()), daemon=True)
            process.start()
            other.close()
            done = 0
        self.worked[process.pid] = done
        self.busy[pipe] = (process, shard)
        with contextlib.suppress(OSError):  # a worker that has died is noticed by `wait`
            pipe.send((shard.as_dict(), self._deadly(shard), self.deaths[shard.key] > 0))

    def _note_death(self, shard: Shard, pid: int) -> None:
        """Note on which document a process died; what another process left, of an earlier run, says nothing."""
        self.deaths[shard.key] += 1
        at = at_path(Path(self.settings.out), shard.key)
        with contextlib.suppress(OSError, ValueError):
            left_by, number = at.read_text().split()
            if int(left_by) == pid:
                self.died_on[shard.key, int(number)] += 1
                at.unlink()

    def _deadly(self, shard: Shard) -> frozenset[int]:
        return frozenset(
            n for (key, n), deaths in sorted(self.died_on.items()) if key == shard.key and deaths >= DEATHS
        )

    def _answer(self, pipe: Connection, process: Any) -> Row | str | None:
        """Return what a worker sends, None where it has died; raises InputError where it cannot write."""
        try:
            kind, content = pipe.recv()
        except (EOFError, OSError):
            process.join(5)
            pipe.close()
            return None
        if kind == "unwritable":
            raise unwritable(self.settings, content)
        done = self.worked.pop(process.pid) + (content["counts"]["read"] if kind == "marker" else 0)
        if done >= DOCUMENTS_OF_A_WORKER:
            with contextlib.suppress(OSError):
                pipe.send(None)
            pipe.close()
            process.join(5)
        else:
            self.idle.append((pipe, process, done))
        answer: Row | str = content
        return answer


def _serve(pipe: Connection, settings: dict[str, Any], parent: int) -> None:
    """Work shards until told to stop or until the parent is gone."""
    _end_with_parent(parent)
    given = Settings(**settings)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        if task is None:
            return
        given_shard, deadly, singly = task
        pipe.send(_attempt(Shard.from_dict(given_shard), given, deadly, singly))


def _end_with(parent: int) -> None:
    """End this process once its parent is gone, in mid-shard too: the next run works that shard, not both at once."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def _attempt(shard: Shard, settings: Settings, deadly: frozenset[int], singly: bool) -> tuple[str, Row | str]:
    try:
        return "marker", work(shard, settings, deadly, singly)
    except OSError as error:
        return "unwritable", error.strerror or str(error)
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"
