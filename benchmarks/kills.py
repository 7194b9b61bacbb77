"""A batch that is killed again and again must end with the bytes of one that was left in peace.

`python benchmarks/kills.py [--records N] [--kills K] [--workers N] [--seed S] [--keep FOLDER]` makes N records from
the samples (PubMed XML, one in fifty passes the gate, a few are broken), runs `secretome-nlp batch` on them
undisturbed, and once more on another folder, where K times, at moments spread over the run and drawn from the seed, the
command or one of its workers gets SIGKILL. A killed command is given again. Printed are whether the two folders are the
same, byte by byte, and the peak memory of a worker; the exit code is 1 where they differ or a worker took more than it
may. Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from made import SAMPLES, Maker

from secretome_nlp import read
from secretome_nlp.types import RawDocument

#: Records of one file, about what PubMed's have, and bytes of each: small, so that time goes into shards, not gzip.
OF_FILE, RECORD_BYTES = 30_000, 1500
LEAST_FILES = 8
#: Of the records that pass the gate, every so many is no XML.
BROKEN = 40
#: What a worker may take, in MB.
MOST_MEMORY = 1500
POLL = 0.05
#: Longest wait, in seconds, after a moment has come and before the blow falls.
JITTER = 2.0


@dataclass
class Watched:
    """What was seen of the processes of a run."""

    peak: float = 0.0
    killed: list[str] = field(default_factory=list)
    starts: int = 0


def make(folder: Path, records: int) -> None:
    """Write the input."""
    texts = [r.text for r in read.read_paths([SAMPLES]) if isinstance(r, RawDocument)]
    maker = Maker(texts)
    folder.mkdir()
    of_file = min(OF_FILE, -(-records // LEAST_FILES))
    for number, first in enumerate(range(1, records + 1, of_file), start=1):
        numbers = range(first, min(first + of_file, records + 1))
        maker.write(folder / f"made{number:04}.xml.gz", numbers, vary=True, size=RECORD_BYTES, broken=BROKEN)


def start(source: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start the command."""
    command = [
        sys.executable,
        "-m",
        "secretome_nlp",
        "batch",
        str(source),
        str(out),
        "--quiet",
        "--workers",
        str(workers),
    ]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def workers_of(parent: int) -> list[int]:
    """Return the workers of a command: its children, but for the one that Python keeps for itself."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        return []
    return [int(pid) for pid in children if b"resource_tracker" not in _command_line(int(pid))]


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b"resource_tracker"


def look(pid: int, seen: Watched) -> None:
    """Note the peak memory of the workers of a command, in MB."""
    for worker in workers_of(pid):
        try:
            status = Path(f"/proc/{worker}/status").read_text()
        except OSError:
            continue
        peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
        seen.peak = max(seen.peak, int(peak) / 1024)


def undisturbed(source: Path, out: Path, workers: int) -> Watched:
    """Run the command and let it end."""
    seen = Watched(starts=1)
    process = start(source, out, workers)
    while process.poll() is None:
        look(process.pid, seen)
        time.sleep(POLL)
    _check(process)
    return seen


def killed(source: Path, out: Path, workers: int, moments: list[int], chance: random.Random) -> Watched:
    """Run the command; when so many shards are done, and a little later, kill it or one of its workers."""
    seen = Watched(starts=1)
    process = start(source, out, workers)
    for moment in moments:
        blow = None
        while process.poll() is None:
            look(process.pid, seen)
            done = len(list((out / "done").glob("*.json"))) if out.is_dir() else 0
            if blow is None and done >= moment:
                blow = time.monotonic() + chance.uniform(0, JITTER)
            if blow is not None and time.monotonic() >= blow and (victim := _victim(process.pid, chance)):
                os.kill(victim, signal.SIGKILL)
                seen.killed.append("command" if victim == process.pid else "worker")
                break
            time.sleep(POLL)
        else:
            break
        if seen.killed[-1] == "command":
            process.wait()
            process = start(source, out, workers)
            seen.starts += 1
    while process.poll() is None:
        look(process.pid, seen)
        time.sleep(POLL)
    _check(process)
    return seen


def _victim(pid: int, chance: random.Random) -> int | None:
    """Draw the command or, as often, one of its workers; None where there is none yet."""
    workers = workers_of(pid)
    return chance.choice([pid, chance.choice(workers)]) if workers else None


def _check(process: subprocess.Popen[bytes]) -> None:
    if process.returncode not in (0, 1):  # 1: some records are broken, as they should be
        raise SystemExit(f"the batch ended with code {process.returncode}")


def digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder but the notes on the input's files, which hold their times."""
    files = sorted(p for p in out.rglob("*") if p.is_file() and ".inspected" not in p.parts)
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def main() -> None:
    """Make, run, kill and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a new folder to work in, kept for a look")
    given = parser.parse_args()
    with TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(exist_ok=True)
        raise SystemExit(compare(folder, given.records, given.kills, given.workers, given.seed))


def compare(folder: Path, records: int, kills: int, workers: int, seed: int) -> int:
    """Do both runs and tell of them; return the exit code."""
    source, calm, rough = folder / "in", folder / "calm", folder / "killed"
    make(source, records)
    begin = time.monotonic()
    seen = undisturbed(source, calm, workers)
    middle = time.monotonic()
    shards = len(list((calm / "done").glob("*.json")))
    print(f"{records:,} records, {shards} shards, {workers} workers", flush=True)
    print(f"undisturbed: {middle - begin:,.0f} s, peak memory of a worker {seen.peak:,.0f} MB", flush=True)
    chance = random.Random(seed)
    moments = sorted(chance.randrange(max(1, shards - 1)) for _ in range(kills))
    hurt = killed(source, rough, workers, moments, chance)
    blows = f"{hurt.killed.count('command')} at the command, {hurt.killed.count('worker')} at a worker"
    print(
        f"killed {len(hurt.killed)} times ({blows}), started {hurt.starts} times: {time.monotonic() - middle:,.0f} s,"
    )
    print(f"  peak memory of a worker {hurt.peak:,.0f} MB")
    one, two = digests(calm), digests(rough)
    different = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    print(f"{len(one)} files, {sum(p.stat().st_size for p in calm.rglob('*') if p.is_file()) / 1e6:,.1f} MB; ", end="")
    print("the same bytes" if not different else f"{len(different)} differ, such as {different[0]}")
    if len(hurt.killed) < kills:
        print(f"only {len(hurt.killed)} of {kills} kills came before the end: give more records")
    return int(bool(different) or max(seen.peak, hurt.peak) > MOST_MEMORY)


if __name__ == "__main__":
    main()
