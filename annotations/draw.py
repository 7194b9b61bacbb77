"""Draw the abstracts of the gold set: `python annotations/draw.py ABSTRACTS.jsonl.gz > annotations/draw.json`.

Eligible are the rows that speak of stem-cell secretomes by the word filter of the collection and whose text
is whole. The draw is seeded, so that anyone who holds the same file can repeat it.
"""

from __future__ import annotations

import gzip
import json
import random
import sys

SEED = 20261120
DEV, TEST = 50, 30


def draw(path: str) -> dict[str, object]:
    """Return the drawn PubMed ids by split, with the seed and the number of eligible rows."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        eligible = sorted(r["id"] for r in map(json.loads, rows) if r["secretome"] and not r["truncated"])
    ids = random.Random(SEED).sample(eligible, DEV + TEST)
    return {"seed": SEED, "eligible": len(eligible), "dev": sorted(ids[:DEV]), "test": sorted(ids[DEV:])}


if __name__ == "__main__":
    json.dump(draw(sys.argv[1]), sys.stdout, indent=1)
    sys.stdout.write("\n")
