"""Abstracts a second of the whole pipeline and each stage's share, beside assembled peers and spaCy's bare tokenizer.

`python benchmarks/throughput.py [PATH...] [--abstracts N] [--warm N] [--json FILE] [--smoke]`; without a path, the
samples. Only abstracts that pass the gate of `batch` count. The first N warm all systems up; the rest is read in
rounds, in which they take turns, so that a busy machine is busy for all; the fastest round of each is told too,
since on a shared machine even the time of the processor varies by half. What is found is written once in the end, as
one shard of `batch` is. Times are of the processor, of one core. The peers (`peer.py`) are spaCy with scispaCy's
AbbreviationDetector, an EntityRuler with our terms, and negspacy: once on sentences by rule, once on a trained pipeline
with a tagger, a parser and entities, for which ours stands in, since scispaCy's own asks for an older spaCy. They find
mentions and negation; relations and records they do not make.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import resource
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import peer
import spacy
from made import SAMPLES
from spacy.language import Language

from secretome_nlp import clean, doc_state, read
from secretome_nlp.batch.gate import passes_text
from secretome_nlp.knowledge.collector import spare
from secretome_nlp.model import load_model
from secretome_nlp.model.words import bounded_words
from secretome_nlp.rows import annotation_rows
from secretome_nlp.street import groups, load
from secretome_nlp.types import RawDocument
from secretome_nlp.write.parts import KINDS, write_part

ROUNDS = 20
#: The bar, in abstracts a second of a core and in times the peer's.
LEAST, LEAST_PARSING, TIMES = 150, 60, 5
PARSER = "secretome_syntax"

Spent = Counter[str]


def raw_documents(paths: list[Path], count: int) -> list[RawDocument]:
    """Return `count` documents that pass the gate, the given ones over and over."""
    found = [raw for raw in read.read_paths(paths) if isinstance(raw, RawDocument) and passes_text(raw.text)]
    return list(itertools.islice(itertools.cycle(found), count))


@dataclass(frozen=True)
class System:
    """What reads documents and notes the time of each stage; `end` is what it does once when all are read."""

    work: Callable[[list[RawDocument], Spent], None]
    end: Callable[[Spent], None] = lambda spent: None  # noqa: ARG005 -- most have nothing left to do


def ours(nlp: Language, out: Path) -> System:
    """Return what reads documents in groups and writes them as one shard in the end, as `batch` does."""
    rows: dict[str, list[dict[str, object]]] = {kind: [] for kind in KINDS}

    def work(raws: list[RawDocument], spent: Spent) -> None:
        clock = Clock(spent)
        for group in groups(raws, lambda raw: raw):
            clock.start()
            documents = [clean.clean(raw) for raw in group]
            clock.note("clean")
            with bounded_words(nlp):
                docs = [nlp.make_doc(document.text) for document in documents]
                for doc, document in zip(docs, documents, strict=True):
                    doc_state.set_document(doc, document)
                clock.note("words")
                for name, pipe in nlp.pipeline:
                    docs = list(pipe.pipe(docs)) if hasattr(pipe, "pipe") else [pipe(doc) for doc in docs]
                    clock.note(name.removeprefix("secretome_"))
                found = [annotation_rows(doc_state.get_annotations(doc)) for doc in docs]
            for kind in KINDS:
                rows[kind] += [row for of_one in found for row in of_one[kind]]
            clock.note("write")

    def end(spent: Spent) -> None:
        clock = Clock(spent)
        for kind in KINDS:
            write_part(out, kind, "timed", rows[kind])
            rows[kind].clear()
        clock.note("write")

    return System(work, end)


class Clock:
    """Notes the time since the last note under a name."""

    def __init__(self, spent: Spent) -> None:
        self.spent = spent
        self.start()

    def start(self) -> None:
        """Begin anew."""
        self.last = time.process_time()

    def note(self, name: str) -> None:
        """Add the time since the last note."""
        now = time.process_time()
        self.spent[name] += now - self.last  # type: ignore[assignment] # a Counter counts seconds as well
        self.last = now


def spacy_pipe(nlp: Language) -> System:
    """Return what reads documents with a spaCy pipeline and notes the time of each component."""

    def work(raws: list[RawDocument], spent: Spent) -> None:
        clock = Clock(spent)
        for raw in raws:
            clock.start()
            doc = nlp.make_doc(raw.text)
            clock.note("tokenizer")
            for name, pipe in nlp.pipeline:
                doc = pipe(doc)
                clock.note(name)

    return System(work)


def measure(
    raws: list[RawDocument], warm: int, systems: dict[str, System]
) -> tuple[dict[str, Spent], dict[str, float]]:
    """Return the seconds of each system by stage, and its best rate, on all but the first `warm` documents."""
    spent: dict[str, Spent] = {name: Counter() for name in systems}
    least = dict.fromkeys(systems, math.inf)  # seconds a document
    for system in systems.values():
        system.work(raws[:warm], Counter())
        system.end(Counter())
    timed = raws[warm:]
    size = -(-len(timed) // ROUNDS)
    for first in range(0, len(timed), size):
        some = timed[first : first + size]
        for name, system in systems.items():
            before = spent[name].total()
            system.work(some, spent[name])
            least[name] = min(least[name], (spent[name].total() - before) / len(some))
    for name, system in systems.items():
        before = spent[name].total()
        system.end(spent[name])
        least[name] += (spent[name].total() - before) / len(timed)
    return spent, {name: 1 / seconds for name, seconds in least.items()}


def tell(spent: dict[str, Spent], best: dict[str, float], count: int) -> dict[str, float]:
    """Print the rates and shares, and return the rates."""
    rates = {name: count / sum(stages.values()) for name, stages in spent.items()}
    for name, stages in spent.items():
        print(f"{name:34}{rates[name]:10,.1f} abstracts a second, {best[name]:,.1f} in the fastest round")
        if len(stages) > 1:
            total = sum(stages.values())
            for stage, seconds in stages.items():
                print(f"    {stage:30}{seconds / count * 1000:10.2f} ms {seconds / total:6.0%}")
    return rates


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES])
    parser.add_argument("--abstracts", type=int, default=400)
    parser.add_argument("--warm", type=int, default=150, help="abstracts that only warm up, at most half")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rates here")
    parser.add_argument("--smoke", action="store_true", help="a few abstracts and terms only, to see that it runs")
    given = parser.parse_args()
    raws = raw_documents(given.paths, 8 if given.smoke else given.abstracts)
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            (Path(folder) / kind).mkdir()
        parsing, plain = load("batch_abstracts"), load("batch_abstracts")
        if plain.has_pipe(PARSER):
            plain.remove_pipe(PARSER)
        systems = {"whole pipeline, no parser": ours(plain, Path(folder))}
        if parsing.has_pipe(PARSER):
            systems["whole pipeline, gated parser"] = ours(parsing, Path(folder))
        own_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lacking = peer.missing()
        for name, how in lacking.items():
            print(f"no assembled peer: {name} is not installed ({how})")
        if not lacking:
            most = 500 if given.smoke else None
            systems["assembled peer"] = spacy_pipe(peer.build(spacy.blank("en"), most))
            systems["assembled peer, with a parser"] = spacy_pipe(peer.build(load_model(), most))
        systems["spaCy's bare tokenizer"] = spacy_pipe(spacy.blank("en"))
        warm = min(given.warm, len(raws) // 2)
        spare()  # as a worker of `batch` does once it has loaded
        spent, best = measure(raws, warm, systems)
    timed = len(raws) - warm
    words = sum(len(r.text.split()) for r in raws) / len(raws)
    print(f"{timed} abstracts of {words:.0f} words on average, after {warm} to warm up")
    rates = tell(spent, best, timed)
    own, bare = rates["whole pipeline, no parser"], rates["spaCy's bare tokenizer"]
    print(f"bare tokenizer to whole pipeline  {bare / own:10.1f}")
    for name in rates:
        if name.startswith("assembled"):
            print(f"whole pipeline to {name:16}{own / rates[name]:10.2f} (the bar is {TIMES})")
    print(f"memory with the pipeline loaded   {own_memory:10,.0f} MB (the bar of a worker is 1,500)")
    print(f"the bars of the whole pipeline    {LEAST:10} without the parser, {LEAST_PARSING} with it, on an idle core")
    if given.json:
        given.json.write_text(json.dumps({"abstracts": timed, **rates}, indent=1) + "\n")


if __name__ == "__main__":
    main()
