"""Fuzz the readers: seeds with accidents, read in a process that must answer soundly and soon.

`python benchmarks/fuzz_readers.py [READER...] [--minutes N] [--seed N] [--keep]`. A reader must yield documents whose
offsets hold, or failures of one line, within SECONDS of processor time, so that a busy machine makes nothing slow.
What it raises, what takes longer and what kills the process is counted and shown; with `--keep` the input is added to
the seeds (tests/fuzz/seeds/READER), which the tests read.
PDFs are read in the process itself, not in one of their own as users have it, so that crashes of the libraries show.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.fuzz import mutate  # noqa: E402

from secretome_nlp.read.pdf.document import contents  # noqa: E402
from secretome_nlp.read.pdf.glyphs import PdfError  # noqa: E402
from secretome_nlp.types import RawDocument, Section  # noqa: E402

#: Of processor time an input may take, and of wall time, which tells a reader that waits for what never comes.
SECONDS, WAIT = 20, 400


def serve(pipe: Connection, reader: str) -> None:
    """Read inputs as they come; answer with "" or a traceback, and the seconds of processor time taken.

    An input that takes over SECONDS ends the process (by the signal's own default, which loops in C cannot hold off).
    """
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("paper.md" if reader == "markdown" else "paper.jsonl" if reader == "jsonl" else "paper")
        while True:
            data = pipe.recv_bytes()
            begin, said = time.process_time(), ""
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                if reader == "pdf" and data[:2] != b"\x1f\x8b":
                    read_pdf(data)
                else:
                    path.write_bytes(data or b" ")
                    mutate.check(path)
            except Exception:
                said = traceback.format_exc()
            signal.setitimer(signal.ITIMER_PROF, 0)
            pipe.send((said, time.process_time() - begin))


def read_pdf(data: bytes) -> None:
    """Read a PDF here and now."""
    try:
        found = contents(data)
    except (PdfError, RecursionError):
        return
    sections = tuple(Section(*section) for section in found["sections"])
    mutate.check_document(RawDocument("x", "x", "pdf", found["title"], found["text"], "laid_out", sections))


class Reader:
    """A process that reads, begun anew when it dies or hangs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.begin()

    def begin(self) -> None:
        """Start the process."""
        self.pipe, other = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=serve, args=(other, self.name), daemon=True)
        self.process.start()
        other.close()

    def answer(self, data: bytes) -> tuple[str, float]:
        """Return "" where the input was read soundly, else what went wrong, and the seconds of processor time."""
        try:
            self.pipe.send_bytes(data)
            if self.pipe.poll(WAIT):
                said, taken = self.pipe.recv()
                return str(said), float(taken)
            wrong = f"has not answered after {WAIT} seconds"
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.process.join(5)
            wrong = f"the process died with code {self.process.exitcode}"
            if self.process.exitcode == -signal.SIGPROF:
                wrong = f"takes over {SECONDS} seconds of processor time"
        self.process.kill()
        self.process.join()
        self.begin()
        return wrong, SECONDS


def fuzz(name: str, minutes: float, seed: int, keep: bool) -> int:
    """Fuzz one reader; return how many inputs went wrong."""
    chance, pool, reader = random.Random(seed), mutate.seeds(name), Reader(name)
    wrong, tried, slowest, end = Counter[str](), 0, 0.0, time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        data = mutate.mutated(chance, name, pool)
        said, taken = reader.answer(data)
        slowest = max(slowest, taken)
        tried += 1
        if not said:
            continue
        what = said.strip().splitlines()[-1][:160]
        wrong[what] += 1
        if wrong[what] == 1:
            print(f"--- {name}: {said}", flush=True)
            if keep:
                digest = hashlib.sha256(data).hexdigest()[:12]
                (mutate.SEEDS / name / f"crash-{digest}").write_bytes(data)
    reader.process.kill()
    print(
        f"{name}: {tried:,} inputs in {minutes:g} minutes, {wrong.total()} wrong in {len(wrong)} ways,"
        f" slowest {slowest:.1f} s of processor time", flush=True,
    )  # fmt: skip
    return wrong.total()


def main() -> int:
    """Fuzz the readers named, one after the other; return 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", choices=[*mutate.READERS, []], metavar="READER")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="add inputs that go wrong to the seeds")
    given = parser.parse_args()
    wrong = [fuzz(name, given.minutes, given.seed, given.keep) for name in given.readers or mutate.READERS]
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())
