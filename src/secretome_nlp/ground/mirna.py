"""miRNA names to miRBase hairpins.

Nomenclature: Ambros et al., A uniform system for microRNA annotation, RNA 9 (2003) 277-279. Arms (-5p, -3p)
and the star belong to the mature product; its hairpin is what is looked up, since the table holds hairpins.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from secretome_nlp.knowledge.files import DATA
from secretome_nlp.types import Norm

NAME = re.compile(
    r"^(?:(?P<species>hsa|mmu|rno)[-_])?(?:pri|pre|anti|antago)?-?(?:micro[-\s]?rnas?|mi-?rnas?|mirs?)?(?:\s?\(mi-?r(?:na)?s?\))?[-\s]*"
    r"(?P<let>let-?)?(?P<number>\d+)(?P<letter>[a-z]{0,2}?)(?:-(?P<copy>\d{1,2}))?(?:-?(?P<arm>[35]p))?\*?$"
)
SPECIES = ("hsa", "mmu", "rno")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–−_", "-"))


@lru_cache(maxsize=1)
def hairpins() -> dict[str, dict[str, str]]:
    """Load the shipped table: hairpin name without species, then its miRBase id by species."""
    with (DATA / "mirna_ids.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {row["name"]: {s: row[s] for s in SPECIES if row[s]} for row in rows}


def ground_mirna(name: str, prefer: tuple[str, ...] = SPECIES) -> tuple[Norm, ...]:
    """Return the hairpins of a miRNA name, several where the name leaves the gene copy open.

    `prefer` orders the species that are tried where the name states none. A name that miRBase does not hold,
    or that is no miRNA, gives an empty tuple.
    """
    plain = name.translate(DASHES).strip().lower()
    if "/" in plain:
        return tuple(n for member in _members(plain) for n in ground_mirna(member, prefer))
    m = NAME.match(plain)
    if m is None:
        return ()
    stem = f"{'let' if m['let'] else 'mir'}-{m['number']}{m['letter'] or ''}"
    table = hairpins()
    for species in (m["species"],) if m["species"] else prefer:
        names = [f"{stem}-{m['copy']}"] if m["copy"] else [stem, *(f"{stem}-{n}" for n in range(1, 10))]
        found = [n for n in names if species in table.get(n, {})]
        if found:
            return tuple(Norm(f"miRBase:{table[n][species]}", f"{species}-{n}", "name") for n in found)
    return ()


def _members(cluster: str) -> list[str]:
    """Return the members of a cluster named with slashes ("mir-17/92", "mir-29a/b-1"), the shared stem restored."""
    first, *others = (part.strip(" -") for part in cluster.split("/"))
    letter_shared = first.rstrip("abcdefghijk")
    number_shared = first[: len(first) - len(first.lstrip("abcdefghijklmnopqrstuvwxyz- "))]
    return [first, *((number_shared if o[:1].isdigit() else letter_shared) + o for o in others)]
