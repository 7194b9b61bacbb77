"""Lexicons of a million terms: how long they take to load, and what they cost in recognition beside ten thousand.

`python benchmarks/terms.py [--few N] [--many N] [--smoke]`: lexicons of made-up terms (two to four words that look like
names) are written and read; the time to load is that of reading the file and building the trie. The texts are the
shipped samples, over and over, with a term of the lexicon in place of every twentieth word. Times are those of the
process, for the search the least of three.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from secretome_nlp.knowledge.lexicon import Entry, read_lexicon
from secretome_nlp.recognise import trie
from secretome_nlp.recognise.atoms import split

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "samples.jsonl"
SYLLABLES = [a + b for a, b in itertools.product("bcdfglmnprstvz", ("a", "e", "i", "o", "u", "en", "or", "is"))]
HEADS = ("cell", "protein", "kinase", "factor", "receptor", "syndrome", "disease", "tissue")
HEADER = "# type: GENE\n# source: made up\nid\tname\txref\tterms\tabbreviations\n"


def terms(count: int) -> list[str]:
    """Return made-up names, the same in every run, those of a small count first among those of a large one."""
    chance = random.Random(17)
    made: dict[str, None] = {}
    while len(made) < count:
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(chance.randint(1, 3))]
        made.setdefault(" ".join([*words, chance.choice(HEADS)]))
    return list(made)


def write(path: Path, names: list[str]) -> None:
    """Write half as many entries as names, each with two terms."""
    pairs = zip(names[::2], names[1::2], strict=False)
    rows = (f"made.{n}\t{a}\t\t{a}|{b}\t\n" for n, (a, b) in enumerate(pairs))
    path.write_text(HEADER + "".join(rows), encoding="utf-8")


def texts(names: list[str], copies: int) -> list[str]:
    """Return the samples, with a term put in place of every twentieth word."""
    chance = random.Random(5)
    given = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    bare = [" ".join(str(v) for k, v in row.items() if k in ("title", "abstract", "text")) for row in given]
    return [
        " ".join(chance.choice(names) if n % 20 == 19 else w for n, w in enumerate(t.split())) for t in bare * copies
    ]


def least(work: Callable[[], object], times: int = 3) -> float:
    """Return the least process time of some runs, in seconds."""
    taken = []
    for _ in range(times):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken)


def load(path: Path) -> tuple[tuple[Entry, ...], trie.Node]:
    """Read a lexicon and build its trie."""
    entries = read_lexicon(path)
    return entries, trie.build(entries)


def main() -> None:
    """Load and search a small and a large lexicon, and print both and their ratio."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--few", type=int, default=10_000)
    options.add_argument("--many", type=int, default=1_000_000)
    options.add_argument("--smoke", action="store_true", help="1,000 and 5,000 terms, to see that it runs")
    given = options.parse_args()
    counts = (1_000, 5_000) if given.smoke else (given.few, given.many)
    names = terms(max(counts))
    some = [split(t) for t in texts(names[: min(counts)], 2 if given.smoke else 40)]
    cost = {}
    with TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder) / f"{count}.tsv"
            write(path, names[:count])
            begin = time.process_time()
            _, root = load(path)
            loaded = time.process_time() - begin
            hits = sum(len(trie.search(root, atoms, lambda _: True)) for atoms in some)
            cost[count] = least(lambda root=root: [trie.search(root, atoms, lambda _: True) for atoms in some])
            print(f"{count:>9,} terms: loaded in {loaded:.2f} s, searched in {cost[count]:.3f} s, {hits} found")
    print(f"the many cost {cost[max(counts)] / cost[min(counts)]:.2f} times the few")


if __name__ == "__main__":
    main()
