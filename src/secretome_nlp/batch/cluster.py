"""The dask engine: the same shards, sent to a scheduler; workers must see the same files and the same output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from secretome_nlp.batch.local import inspected, unwritable
from secretome_nlp.batch.shards import Cut, Inspected, Shard
from secretome_nlp.batch.work import Settings, work
from secretome_nlp.errors import InputError
from secretome_nlp.read.source import Source
from secretome_nlp.rows import Row

#: A shard whose worker is lost is given again so often, by the scheduler and by us.
RETRIES = 3


def run(
    shards: Iterable[Shard], settings: Settings, workers: int, scheduler: str | None
) -> Iterator[tuple[Shard, Row | str]]:
    """Yield each shard with its marker, or the reason why it failed, as the cluster finishes it.

    `scheduler` is an address (`tcp://host:8786`); without one, a cluster of `workers` processes is started here and
    stopped at the end. Raises InputError where dask is not installed or the scheduler does not answer.
    """
    distributed = _distributed()
    cluster = None
    if scheduler is None:
        cluster = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, processes=True
        )
    client = _client(cluster if scheduler is None else scheduler)
    try:
        tasks = {
            client.submit(
                in_worker, s.as_dict(), asdict(settings), key=f"shard-{s.key}", retries=RETRIES, pure=False
            ): s
            for s in shards
        }
        for future in distributed.as_completed(tasks):
            shard = tasks.pop(future)
            if future.status == "error":
                yield shard, str(future.exception()).splitlines()[0]
                continue
            kind, content = future.result()
            if kind == "unwritable":
                raise unwritable(settings, content)
            yield shard, content
            future.release()
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def inspect_all(sources: list[Source], cut: Cut, scheduler: str) -> Iterator[tuple[Source, Inspected | str]]:
    """Yield each file with what inspection on the cluster found, or why it cannot be read there."""
    client = _client(scheduler)
    try:
        for future in client.map(inspected, sources, cut=cut, pure=False, retries=RETRIES):
            yield future.result()
    finally:
        client.close()


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise InputError("--engine dask needs dask; pip install 'secretome-nlp[dask]'") from error
    return distributed


def _client(where: Any) -> Any:
    try:
        return _distributed().Client(where, timeout="20s")
    except (OSError, TimeoutError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "no answer"
        raise InputError(f"no dask scheduler at {where}: {reason}; check --scheduler") from error


def in_worker(shard: dict[str, Any], settings: dict[str, Any]) -> tuple[str, Row | str]:
    """Work a shard on a cluster's worker; a full disk is told, anything else is raised for the scheduler to retry."""
    try:
        return "marker", work(Shard.from_dict(shard), Settings(**settings))
    except OSError as error:
        return "unwritable", error.strerror or str(error)
