"""Write the ids of `norm.tsv` and `norm_test.tsv` into gold files: `python annotations/norm.py FOLDER`.

The tables hold one decision a type and surface, by document where the surface means different things: the CURIEs,
best first, or none. `gene` and `uniprot` keep how a protein's name was read (human symbol and accession) and are not
written: the type's id is HGNC, which no official table at hand lists. Printed are the mentions with an id by type,
and the surfaces that no table knows; those are left as they are. The second table has the surfaces that only test
documents have; like these documents it is not for those who write terms or rules.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

TABLES = tuple(Path(__file__).with_name(name) for name in ("norm.tsv", "norm_test.tsv"))


def decisions() -> dict[tuple[str, str, str], list[str]]:
    """Return the ids by type, document (empty: every document) and surface."""
    rows: list[dict[str, str]] = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {(r["type"], r["doc"], r["surface"]): r["ids"].split() for r in rows}


def main(folder: Path) -> None:
    """Fill `norm` in every file of the folder."""
    ids = decisions()
    types = {t for t, _, _ in ids}
    total, filled, unknown = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for sentence in gold["sentences"]:
            for m in sentence["mentions"]:
                if m["type"] not in types:
                    continue
                found = ids.get((m["type"], gold["doc"], m["text"]), ids.get((m["type"], "", m["text"])))
                if found is None:
                    unknown[m["type"], m["text"]] += 1
                else:
                    m["norm"] = found
                total[m["type"]] += 1
                filled[m["type"]] += bool(m["norm"])
        path.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for t in sorted(total):
        print(f"{t}: {filled[t]} of {total[t]}")
    for (t, surface), n in sorted(unknown.items()):
        print(f"in no table: {t} {surface} ({n})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
