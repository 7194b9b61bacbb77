"""Abstracts a second of the whole pipeline, beside spaCy's bare tokenizer on the same texts in the same run.

`python benchmarks/throughput.py [PATH...] [--abstracts N] [--smoke]`; without a path, the shipped samples, repeated.
One process, one core; read the ratio rather than the seconds, which depend on the machine.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from secretome_nlp import clean, read
from secretome_nlp.street import annotate, load
from secretome_nlp.types import Document, Failure

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "samples.jsonl"


WARM = 50


def documents(paths: list[Path], count: int) -> list[Document]:
    """Return `count` cleaned documents, the given ones over and over."""
    found = [clean.clean(raw) for raw in read.read_paths(paths) if not isinstance(raw, Failure)]
    return list(itertools.islice(itertools.cycle(found), count))


def rate(work: Callable[[Document], object], docs: list[Document]) -> float:
    """Return documents a second of processor time; some are done once before: rules are compiled when first needed."""
    for doc in docs[:WARM]:
        work(doc)
    start = time.process_time()
    for doc in docs:
        work(doc)
    return len(docs) / (time.process_time() - start)


def main() -> None:
    """Print both rates and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--abstracts", type=int, default=400)
    parser.add_argument("--smoke", action="store_true", help="a few abstracts only, to see that it runs")
    given = parser.parse_args()
    docs = documents(given.paths, 8 if given.smoke else given.abstracts)
    nlp, bare = load(), spacy.blank("en")
    parsing = rate(lambda d: annotate(nlp, d), docs)
    nlp.remove_pipe("secretome_syntax")
    ours, theirs = rate(lambda d: annotate(nlp, d), docs), rate(lambda d: bare(d.text), docs)
    words = sum(len(d.text.split()) for d in docs) / len(docs)
    print(f"{len(docs)} abstracts of {words:.0f} words on average")
    print(f"whole pipeline              {parsing:8.1f} abstracts a second")
    print(f"whole pipeline, no parser   {ours:8.1f} abstracts a second")
    print(f"spaCy's bare tokenizer      {theirs:8.1f} abstracts a second")
    print(f"ratio, no parser            {theirs / ours:8.1f}")


if __name__ == "__main__":
    main()
