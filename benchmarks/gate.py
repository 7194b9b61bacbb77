"""The gate of `batch`: recall of documents that yield records, share passed, and speed beside bare decompression.

`python benchmarks/gate.py PATH... [--records N] [--smoke]`: PATH holds abstracts in a format that `extract` reads.
Recall is counted over the documents in which the full pipeline, without the gate, makes a record. For speed, PubMed XML
of N records of about 6 kB is made from the texts (one in fifty of them secretome text, the rest with its anchors taken
out), gzipped, and read twice: decompressed alone, and cut and gated.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from made import SAMPLES, Maker

from secretome_nlp import read
from secretome_nlp.batch.gate import passes, passes_text
from secretome_nlp.batch.slices import raw_records
from secretome_nlp.read.source import opened
from secretome_nlp.street import load, process_one
from secretome_nlp.types import Annotations, RawDocument


def recall(raws: list[RawDocument]) -> tuple[int, int, int]:
    """Return documents with records, those of them that pass, and all that pass."""
    nlp, yielding, kept, passed = load("batch_abstracts"), 0, 0, 0
    for raw in raws:
        found, through = process_one(nlp, raw), passes_text(raw.text)
        passed += through
        if isinstance(found, Annotations) and found.records:
            yielding += 1
            kept += through
            if not through:
                print(f"  missed: {raw.doc_id}")
    return yielding, kept, passed


def speed(texts: list[str], records: int) -> tuple[float, float, int]:
    """Return records a second of decompression alone and of cutting and gating, and how many passed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.xml.gz"
        Maker(texts).write(path, range(records))
        start = time.process_time()
        with opened(str(path)) as stream:
            while stream.read(1 << 20):
                pass
        bare = time.process_time() - start
        start, passed = time.process_time(), 0
        with opened(str(path)) as stream:
            for raw in raw_records(stream, "pubmed"):
                passed += passes(raw, "pubmed")
        gated = time.process_time() - start
    return records / bare, records / gated, passed


def main() -> None:
    """Print recall and speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--records", type=int, default=30_000)
    parser.add_argument("--smoke", action="store_true", help="a few records only, to see that it runs")
    given = parser.parse_args()
    raws = [r for r in read.read_paths(given.paths) if isinstance(r, RawDocument)]
    raws = raws[:10] if given.smoke else raws
    yielding, kept, passed = recall(raws)
    print(f"{len(raws)} documents, {passed} pass")
    print(f"{yielding} yield records, {kept} of them pass: recall {kept / max(yielding, 1):.4f}")
    bare, gated, through = speed([r.text for r in raws], 500 if given.smoke else given.records)
    print(f"decompression alone: {bare:,.0f} records a second")
    print(f"cut and gated:       {gated:,.0f} records a second ({gated / bare:.2f} of that), {through:,} passed")


if __name__ == "__main__":
    main()
