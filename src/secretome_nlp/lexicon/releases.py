"""Official release files, each read as concepts with their names; nothing but the lines at hand is kept in memory.

The formats are the publishers' own: HGNC's complete set (tab-separated), OBO 1.2 and 1.4, OBO Graphs JSON, miRBase's
`aliases.txt` and `miRNA.dat` (EMBL flat file), NCBI's `names.dmp`, Cellosaurus' flat file. Gzip is unpacked on the way.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import IO, NamedTuple

from secretome_nlp.errors import InputError


class Concept(NamedTuple):
    """A concept of a release: its CURIE, its name, its other exact names, and its kind where they differ."""

    curie: str
    name: str
    names: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True)
class Format:
    """A source: what its concepts are here, and how its file is read."""

    title: str
    file: str
    type: str
    kind: str
    symbols: bool  # names without a space are symbols, in the case given
    read: Callable[[Path], Iterator[Concept]]
    plain_words: bool = (
        False  # some names are words of the language (the genus Cancer, the cell at the root of its ontology)
    )


@contextmanager
def _open(path: Path) -> Iterator[IO[str]]:
    """Open a text file, unpacking gzip. Raises InputError, one line, where it cannot be read or breaks off."""
    try:
        with path.open("rb") as probe:
            packed = probe.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines:
            yield lines
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); download it again") from error


def _hgnc(path: Path) -> Iterator[Concept]:
    wanted = ("hgnc_id", "symbol", "name", "status", "alias_symbol", "alias_name", "prev_symbol", "prev_name")
    with _open(path) as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        missing = [c for c in wanted if c not in (rows.fieldnames or ())]
        if missing:
            raise InputError(f"{path}: the header lacks {', '.join(missing)}; give hgnc_complete_set.txt")
        for row in rows:
            if row["status"] == "Approved":
                more = [v for c in wanted[2:] if c != "status" for v in (row[c] or "").strip('"').split("|") if v]
                yield Concept(row["hgnc_id"], row["symbol"], tuple(more))


SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)" EXACT')


def _obo(prefix: str) -> Callable[[Path], Iterator[Concept]]:
    def read(path: Path) -> Iterator[Concept]:
        with _open(path) as lines:
            first = next((line for line in lines if line.strip()), "")
            if first.lstrip().startswith("{"):
                yield from _obo_graphs(path, prefix)
                return
            if not first.startswith(("format-version", "[", "data-version", "!")):
                raise InputError(f"{path}: neither OBO nor OBO Graphs JSON; give the .obo or .json file of the release")
            for stanza, block in groupby(_stanzas(lines), key=lambda pair: pair[0]):
                concept = _term([line for _, line in block], prefix) if stanza else None
                if concept:
                    yield concept

    return read


def _stanzas(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Number the lines by their [Term]; those of other stanzas and of the header have the number 0."""
    number, here = 0, 0
    for line in lines:
        if line.startswith("["):
            number += line.startswith("[Term]")
            here = number if line.startswith("[Term]") else 0
        else:
            yield here, line.rstrip("\n")


def _term(lines: list[str], prefix: str) -> Concept | None:
    curie = name = ""
    names: list[str] = []
    for line in lines:
        tag, _, value = line.partition(": ")
        if tag == "id":
            curie = value.split(" ")[0]
        elif tag == "name":
            name = value
        elif tag == "is_obsolete" and value.startswith("true"):
            return None
        elif tag == "synonym" and (m := SYNONYM.match(value)):
            names.append(re.sub(r"\\(.)", r"\1", m[1]))
    return Concept(curie, name, tuple(names)) if name and curie.startswith(f"{prefix}:") else None


def _obo_graphs(path: Path, prefix: str) -> Iterator[Concept]:
    with _open(path) as stream:
        try:
            graphs = json.load(stream)["graphs"]
            nodes = [n for g in graphs for n in g.get("nodes", ())]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: no OBO Graphs JSON ({error}); download it again") from error
    for node in nodes:
        curie = node.get("id", "").rpartition("/")[2].replace("_", ":", 1)
        meta = node.get("meta", {})
        if node.get("lbl") and curie.startswith(f"{prefix}:") and not meta.get("deprecated"):
            exact = (s["val"] for s in meta.get("synonyms", ()) if s.get("pred") == "hasExactSynonym")
            yield Concept(curie, node["lbl"], tuple(exact))


def _mirbase(path: Path) -> Iterator[Concept]:
    with _open(path) as lines:
        first = next(lines, "")
        if first.startswith("ID   "):
            yield from _mirna_dat([first], lines)
        elif re.match(r"MI(MAT)?\d{7}\t", first):
            for line in (first, *lines):
                accession, _, names = line.rstrip("\n").partition("\t")
                some = [n for n in names.split(";") if n]
                if some and re.fullmatch(r"MI(MAT)?\d{7}", accession):
                    yield _mirna(accession, some[-1], some[:-1])
        else:
            raise InputError(f"{path}: neither aliases.txt nor miRNA.dat of miRBase; give one of them")


def _mirna_dat(first: list[str], lines: Iterator[str]) -> Iterator[Concept]:
    name = accession = ""
    for line in (*first, *lines):
        if line.startswith("ID   "):
            name, accession = line[5:].split()[0], ""
        elif line.startswith("AC   "):
            accession = line[5:].strip().rstrip(";")
            yield _mirna(accession, name, [])
        elif line.startswith("FT ") and "/accession=" in line:
            accession = line.partition("=")[2].strip().strip('"')
        elif line.startswith("FT ") and "/product=" in line and accession.startswith("MIMAT"):
            yield _mirna(accession, line.partition("=")[2].strip().strip('"'), [])


def _mirna(accession: str, name: str, names: list[str]) -> Concept:
    """A human miRNA is also called by its name without the species."""
    every = [name, *names]
    bare = [n.removeprefix("hsa-") for n in every if n.startswith("hsa-")]
    return Concept(f"miRBase:{accession}", name, (*names, *bare))


#: Classes of NCBI's names that texts use.
TAXON_NAMES = ("genbank common name", "common name", "equivalent name", "synonym")


def _ncbitaxon(path: Path) -> Iterator[Concept]:
    with _open(path) as lines:
        rows = ([cell.strip() for cell in line.rstrip("\t|\n").split("\t|\t")] for line in lines)
        for taxon, group in groupby(rows, key=lambda row: row[0]):
            named = [(row[3].strip("\t| "), row[1]) for row in group if len(row) > 3]
            scientific = next((n for how, n in named if how == "scientific name"), None)
            if scientific is None or not taxon.isdigit():
                if not taxon.isdigit():
                    raise InputError(f"{path}: {taxon[:40]!r} is no taxon's number; give names.dmp of taxdump")
                continue
            yield Concept(f"NCBITaxon:{taxon}", scientific, tuple(n for how, n in named if how in TAXON_NAMES))


def _cellosaurus(path: Path) -> Iterator[Concept]:
    name, accession, names = "", "", list[str]()
    with _open(path) as lines:
        for line in lines:
            tag, value = line[:2], line[5:].strip()
            if tag == "ID":
                name = value
            elif tag == "AC":
                accession = value.replace("_", ":", 1)
            elif tag == "SY":
                names += [n.strip() for n in value.split(";") if n.strip()]
            elif tag == "//":
                if name and accession.startswith("CVCL:"):
                    yield Concept(accession, name, tuple(names))
                name, accession, names = "", "", []


FORMATS = {
    "hgnc": Format("HGNC complete set", "hgnc_complete_set.txt", "GENE", "", True, _hgnc),
    "cl": Format("Cell Ontology", "cl.obo or cl.json", "CELL_TYPE", "", False, _obo("CL"), True),
    "mondo": Format("MONDO", "mondo.obo or mondo.json", "MODEL", "disease", False, _obo("MONDO"), True),
    "mirbase": Format("miRBase", "aliases.txt or miRNA.dat", "MIRNA", "", True, _mirbase),
    "ncbitaxon": Format("NCBI Taxonomy", "names.dmp", "SPECIES", "species", False, _ncbitaxon, True),
    "cellosaurus": Format("Cellosaurus", "cellosaurus.txt", "CELL_TYPE", "line", True, _cellosaurus),
}
RELEASE = {
    "cl": re.compile(r"(?:data-version: |\"version\"\s*:\s*\")(?:.*?releases/)?([\w.-]+)"),
    "mondo": re.compile(r"(?:data-version: |\"version\"\s*:\s*\")(?:.*?releases/)?([\w.-]+)"),
    "cellosaurus": re.compile(r"^\s*Version:\s*([\w.-]+)", re.MULTILINE),
}
HEADER_LINES = 400


def release_of(source: str, path: Path) -> str | None:
    """Return the release that a file's head tells of itself, None where it tells none."""
    if source not in RELEASE:
        return None
    with _open(path) as lines:
        m = RELEASE[source].search("".join(islice(lines, HEADER_LINES)))
    return m[1] if m else None
