"""What all of PubMed costs, projected from parts measured here: gate, share of records that pass, full reading.

`python benchmarks/costs.py [PATH...] [--records N] [--share S] [--abstracts N] [--smoke]`. PATHs are abstracts of the
field in a format that `extract` reads, for the speed of full reading; without one, the samples. The gate is timed on N
made citations of real size. The share of PubMed's records that pass cannot be known here: `--share` says it, or
`--pubmed FOLDER`, with some files of PubMed's baseline, measures it and times the gate on them. Scaling is that of
`batch` on shards of records that all pass, with one and with two workers, start-up left out. The projection is made
with processor times, so that it holds for cores that nothing else uses. Linux only.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from made import SAMPLES, Maker

from secretome_nlp import read
from secretome_nlp.batch.gate import passes, passes_text
from secretome_nlp.batch.local import Crew
from secretome_nlp.batch.shards import Cut, inspect, plan
from secretome_nlp.batch.slices import raw_records, sliceable
from secretome_nlp.batch.work import DONE, Settings
from secretome_nlp.read import expand
from secretome_nlp.read.source import opened
from secretome_nlp.types import RawDocument
from secretome_nlp.write.parts import DATASETS

PUBMED_RECORDS, PUBMED_FILES = 38_000_000, 1_300
#: How often `batch` reads a file: once to hash, count and cut it, once to work it (files of the field's share at hand).
PASSES = 2
#: Shards of a round of scaling.
SHARDS = 32
MACHINES = (("a laptop, 4 workers", 4), ("a node, 32 workers", 32), ("a cluster, 400 workers", 400))


@dataclass(frozen=True)
class Gate:
    """Records a second of a core, decompressed alone and gated, and the share that passed."""

    bare: float
    gated: float
    share: float


def gate(paths: list[Path]) -> Gate:
    """Time the gate on PubMed XML."""
    bare = gated = 0.0
    records = passed = 0
    for path in paths:
        start = time.process_time()
        with opened(str(path)) as stream:
            while stream.read(1 << 20):
                pass
        bare += time.process_time() - start
        start = time.process_time()
        with opened(str(path)) as stream:
            for raw in raw_records(stream, "pubmed"):
                records += 1
                passed += passes(raw, "pubmed")
        gated += time.process_time() - start
    return Gate(records / bare, records / gated, passed / records)


@dataclass(frozen=True)
class Rate:
    """Abstracts a second by the clock and of a worker's processor time, and the peak memory of a worker, in MB."""

    clock: float
    processor: float
    memory: float


def scaling(raws: list[RawDocument], folder: Path, shard: int, rounds: int) -> dict[int, Rate]:
    """Return the rate by workers: `batch` on shards of equal size, one worker and two in turns, the first to warm up.

    In turns, since the machine may be another's in between; of the rounds the medians count.
    """
    source = folder / "relevant.jsonl"
    with source.open("w") as out:
        for n, raw in enumerate(itertools.islice(itertools.cycle(raws), shard * SHARDS)):
            out.write(json.dumps({"id": f"d{n}", "text": raw.text}) + "\n")
    taken: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    with ExitStack() as crews:
        todo, crew = {}, {}
        for workers in taken:
            place = folder / f"with{workers}"
            for name in (*DATASETS, DONE, "inflight"):
                (place / name).mkdir(parents=True)
            todo[workers] = list(plan([inspect(s, Cut(size=shard)) for s in expand([source])], str(workers)))
            crew[workers] = crews.enter_context(Crew(Settings(str(place), "batch_abstracts"), workers))
        for number in range(-1, rounds):
            for workers, crew_of in crew.items():
                spent, start = (0.0 if number < 0 else _processor_time(crew_of)), time.monotonic()
                for _ in crew_of.work(todo[workers]):
                    pass
                if number >= 0:
                    taken[workers].append((time.monotonic() - start, _processor_time(crew_of) - spent))
        peak = {workers: max(map(_peak, _pids(crew_of))) for workers, crew_of in crew.items()}
    read = shard * SHARDS
    return {
        workers: Rate(*(read / median(each) for each in zip(*times, strict=True)), memory=peak[workers])
        for workers, times in taken.items()
    }


def _pids(crew: Crew) -> list[int]:
    working = [process.pid for process, _ in crew.busy.values()]
    return working + [process.pid for _, process, _ in crew.idle]


def _processor_time(crew: Crew) -> float:
    """Return the seconds that the workers have used so far (Linux)."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in _pids(crew)]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmHWM"))) / 1024


def tell(found: Gate, share: float, rates: dict[int, Rate]) -> None:
    """Print the parts and the projection."""
    print(f"machine: {os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f} before the run's end")
    print(f"decompression alone       {found.bare:12,.0f} records a second of a core")
    print(f"gate                      {found.gated:12,.0f} ({found.gated / found.bare:.2f} of that)")
    print(f"full reading, of a core   {rates[1].processor:12,.1f} abstracts a second")
    scaled = rates[2].clock / rates[1].clock
    busy = "" if os.getloadavg()[0] < 3 else "; the machine is busy: this ratio says nothing"
    clock = f"{rates[1].clock:,.1f} with one worker, {rates[2].clock:,.1f} with two"
    print(f"by the clock              {clock} ({scaled:.2f} times{busy})")
    print(f"peak memory of a worker   {max(r.memory for r in rates.values()):12,.0f} MB")
    gated = PASSES * PUBMED_RECORDS / found.gated
    full = PUBMED_RECORDS * share / rates[1].processor
    print(f"all of PubMed, {PUBMED_RECORDS:,} records in {PUBMED_FILES:,} files, of which {share:.1%} pass the gate:")
    print(f"  {PASSES} passes of cutting and gating {gated / 60:8,.0f} core-minutes")
    print(f"  {PUBMED_RECORDS * share:,.0f} abstracts in full    {full / 60:8,.0f} core-minutes")
    for name, workers in MACHINES:
        seconds = (gated + full) / workers
        print(f"  {name:30} {seconds / 60:8,.0f} minutes")


def main() -> None:
    """Measure the parts and print what they amount to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--records", type=int, default=30_000, help="made citations for the gate")
    parser.add_argument("--pubmed", type=Path, help="a folder with files of PubMed's baseline, instead of made ones")
    parser.add_argument("--share", type=float, default=0.02, help="share of PubMed's records that pass (no measure)")
    parser.add_argument("--abstracts", type=int, default=640, help="abstracts of a round of scaling")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of scaling, one worker and two in turns")
    parser.add_argument("--smoke", action="store_true", help="a few records only, to see that it runs")
    given = parser.parse_args()
    raws = [r for r in read.read_paths(given.paths) if isinstance(r, RawDocument) and passes_text(r.text)]
    with TemporaryDirectory() as made:
        folder = Path(made)
        if given.pubmed is None:
            Maker([r.text for r in raws]).write(folder / "made.xml.gz", range(300 if given.smoke else given.records))
            files = [folder / "made.xml.gz"]
        else:
            files = [Path(s.path) for s in expand([given.pubmed]) if sliceable(s.path) == "pubmed"]
        found = gate(files)
        rates = scaling(raws, folder, *((1, 1) if given.smoke else (given.abstracts // SHARDS, given.rounds)))
    tell(found, given.share if given.pubmed is None else found.share, rates)


if __name__ == "__main__":
    main()
