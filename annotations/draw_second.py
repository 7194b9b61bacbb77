"""Draw the sentences of the reviews that are annotated a second time.

`python annotations/draw_second.py REVIEWS.jsonl annotations/gold/reviews > annotations/draw_second.json`

REVIEWS holds the cleaned texts (`secretome_nlp.clean.clean(raw).text` of what `secretome_nlp.read.read_paths` gives) by
the ids of the gold: renal, booster, comparison, implications. Drawn are the annotated sentences, by their fingerprints
alone: half of them at random, half at random among those that hold a word of denial or doubt, so that kappa for the
two flags has cases. The first sentence of each text, its title where it has one, is left out. `sentence` is the number
that `annotate.py show` prints.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

from annotate import texts

from secretome_nlp.evaluate.gold import fingerprint

SEED = 20261121
AT_RANDOM, IN_DOUBT = 35, 35
DOUBT = re.compile(
    r"\b(?:not?|non|nor|neither|never|none|without|fail\w*|lack\w*|absen\w+|unable|unchanged|cannot|may|might|could|possibl\w+"
    r"|likely|potential\w*|suggest\w*|appear\w*|seem\w*|believed|thought|presumabl\w+|putative\w*|hypothesi\w+|probabl\w+)\b",
    re.IGNORECASE,
)


def draw(source: str, gold: str) -> dict[str, object]:
    """Return the drawn sentences by document, with the seed and the number of eligible ones."""
    known = texts(source)
    eligible = []
    for path in sorted(Path(gold).glob("*.json")):
        if path.stem not in known:
            continue
        numbers = {fingerprint(s): n for n, s in reversed(list(enumerate(known[path.stem])))}
        prints = [s["fp"] for s in json.loads(path.read_text(encoding="utf-8"))["sentences"]]
        eligible += [(path.stem, numbers[fp], fp) for fp in prints[1:] if fp in numbers]
    eligible.sort()
    choose = random.Random(SEED)
    first = choose.sample(eligible, AT_RANDOM)
    doubtful = [s for s in eligible if s not in first and DOUBT.search(known[s[0]][s[1]])]
    second = choose.sample(doubtful, IN_DOUBT)
    drawn: dict[str, list[dict[str, object]]] = {}
    for how, chosen in (("random", first), ("doubt", second)):
        for name, number, fp in chosen:
            drawn.setdefault(name, []).append({"sentence": number, "fp": fp, "drawn": how})
    rows = {name: sorted(drawn[name], key=lambda row: int(str(row["sentence"]))) for name in sorted(drawn)}
    return {"seed": SEED, "eligible": len(eligible), "doubtful": len(doubtful), "documents": rows}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    json.dump(draw(*sys.argv[1:]), sys.stdout, indent=1)
    sys.stdout.write("\n")
