"""The dask engine gives the same bytes as the local one, also when a worker is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from tests.unit.batch.test_batch import digest, lines

from secretome_nlp.batch.run import Job, run

distributed = pytest.importorskip("distributed", reason="needs the dask extra")


def test_a_scheduler_with_two_workers_one_of_them_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secretome_nlp.batch.run.SIZE", 4)
    source = lines(tmp_path / "in.jsonl", range(32))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        pids = [w.process.process.pid for w in cluster.workers.values()]

        def kill_when_some_are_done() -> None:
            done = tmp_path / "dask" / "done"
            while not (done.is_dir() and list(done.glob("*.json"))):
                time.sleep(0.05)
            os.kill(pids[0], signal.SIGKILL)

        killer = threading.Thread(target=kill_when_some_are_done)
        killer.start()
        manifest = run(Job((str(source),), tmp_path / "dask", engine="dask", scheduler=cluster.scheduler_address))
        killer.join()
    run(Job((str(source),), tmp_path / "local"))
    assert manifest["counts"]["documents"] == 32 and not manifest["broken_shards"]
    assert digest(tmp_path / "dask") == digest(tmp_path / "local")
