"""The manifest of a corpus: `manifest.yml` beside the folder `documents`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

from secretome_nlp.corpus.identity import Paper
from secretome_nlp.errors import InputError
from secretome_nlp.write.formats import save

NAME, DOCUMENTS = "manifest.yml", "documents"
HEAD = """\
# The papers of this corpus, written by `secretome-nlp corpus add`; their files are in documents/.
#
# `fingerprints` recognise a paper by its sentences in any rendition: `fp` is the first 16 hexadecimal digits of the
# sha256 of a sentence's letters (NFKD, Greek letters spelled out, lower case, everything but a-z dropped), `n` their
# number; `whole` is that of all its letters. `files` are the files that were added, with the sha256 they came with;
# `duplicates` are papers that were not added, with what they duplicate and by what that was told.
"""
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper of the corpus and the file that holds it (below the corpus folder)."""

    key: str
    paper: Paper
    format: str
    file: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A paper that was not added: where it stood, what it duplicates, and by what.

    `by` is pmid, doi or text, and `of` the key of a paper; or file, and `of` the name of a file with the same bytes."""

    file: str
    id: str
    of: str
    by: str


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was added: its name and sha256 as given, and the stored file (None where all was known)."""

    name: str
    sha256: str
    stored: str | None
    stored_sha256: str | None


@dataclass(slots=True)
class Manifest:
    """What a corpus holds."""

    entries: list[Entry] = field(default_factory=list)
    files: list[Added] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)


def load(corpus: Path) -> Manifest:
    """Read the manifest of a corpus; an empty one where there is none. Raises InputError where it does not hold."""
    path = corpus / NAME
    if not path.exists():
        return Manifest()
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
        return Manifest(
            [_entry(row) for row in given["documents"]],
            [Added(**row) for row in given["files"]],
            [Duplicate(**row) for row in given["duplicates"]],
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(
            f"{path}: no manifest of `secretome-nlp corpus add` ({reason}); name the folder that was given to --into"
        ) from error


def write(manifest: Manifest, corpus: Path) -> None:
    """Write the manifest, whole or not at all."""
    content = {
        "documents": [_row(entry) for entry in manifest.entries],
        "files": [asdict(added) for added in manifest.files],
        "duplicates": [asdict(duplicate) for duplicate in manifest.duplicates],
    }
    text = yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)
    save((HEAD + text).encode(), corpus / NAME)


def _row(entry: Entry) -> dict[str, Any]:
    paper = entry.paper
    return {
        "key": entry.key, "id": paper.doc_id, "title": paper.title, "authors": [paper.first_author or ""],
        "year": paper.year, "journal": paper.journal, "pmid": paper.pmid, "doi": paper.doi,
        "format": entry.format, "file": entry.file, "whole": {"fp": paper.whole, "n": paper.size},
        "fingerprints": [{"fp": fp, "n": n} for fp, n in paper.prints],
    }  # fmt: skip


def _entry(row: dict[str, Any]) -> Entry:
    prints = tuple((str(p["fp"]), int(p["n"])) for p in row["fingerprints"])
    paper = Paper(
        row["id"], row["title"], row["pmid"], row["doi"], row["year"], row["authors"][0] or None, row["journal"],
        row["whole"]["fp"], int(row["whole"]["n"]), prints,
    )  # fmt: skip
    return Entry(row["key"], paper, row["format"], row["file"])
