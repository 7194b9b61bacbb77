"""From and to files and folders: which format stands where, and one document after another."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

from secretome_nlp import __version__, clean
from secretome_nlp import read as reading
from secretome_nlp.errors import InputError
from secretome_nlp.evaluate.gold import load_gold
from secretome_nlp.interchange import bioc, brat, docbin, gold, output
from secretome_nlp.interchange.document import Annotated, one_line, rest_of
from secretome_nlp.interchange.gold import Heading
from secretome_nlp.types import Annotations, Failure
from secretome_nlp.write.folder import FILES, OutputFolder, read_documents
from secretome_nlp.write.formats import save
from secretome_nlp.write.parquet import is_batch

FORMATS = ("brat", "bioc", "docbin", "gold", "output")
LONGEST_NAME = 120
OUTPUT_FILES = (*(f"{name}.jsonl" for name in FILES), "run.json")


def detect(path: Path) -> str:
    """Return the format, of FORMATS, of a file or folder; raises InputError where it is none."""
    if path.is_dir():
        if (path / "documents.jsonl").is_file() or is_batch(path):
            return "output"
        if next(path.rglob("*.ann"), None):
            return "brat"
        if next(path.rglob("*.json"), None):
            return "gold"
    elif path.suffix == ".spacy" and path.is_file():
        return "docbin"
    elif path.suffix == ".json" and path.is_file():
        return "bioc" if _is_bioc(path) else "gold"
    raise InputError(
        f"{path}: give an output folder of `extract`, a folder of gold or brat files, a BioC .json or a .spacy file"
    )


def _is_bioc(path: Path) -> bool:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: cannot be read as JSON ({error}); restore the file") from error
    return isinstance(content, dict) and "documents" in content


def read(path: Path, texts: Sequence[str] = ()) -> Iterator[Annotated | Failure]:
    """Yield the documents of a file or folder of any format; one that does not hold yields a Failure.

    `texts` are the files or folders that gold points into. Raises InputError where nothing can be read at all.
    """
    form = detect(path)
    if form == "gold":
        yield from _read_gold(path, texts)
    elif form == "output":
        yield from _read_output(path)
    elif form == "brat":
        yield from _read_brat(path)
    else:
        yield from (bioc if form == "bioc" else docbin).load(path)


def _read_gold(path: Path, texts: Sequence[str]) -> Iterator[Annotated | Failure]:
    golds = load_gold([path])
    if not texts:
        raise InputError(f"{path}: gold holds no text; give the texts that it is of with --texts PATH")
    known: list[Annotations] = []
    for raw in reading.read_paths(texts):
        if isinstance(raw, Failure):
            yield raw
        else:
            known.append(Annotations(clean.clean(raw)))
    for g in golds:
        try:
            yield gold.from_gold(g, known)
        except InputError as error:
            yield Failure(str(path), g.doc, str(error))


def _read_output(path: Path) -> Iterator[Annotated | Failure]:
    for rows in read_documents(path):
        try:
            yield output.from_rows(rows)
        except InputError as error:
            yield Failure(str(path), rows["documents"][0].get("doc_id"), str(error))


def _read_brat(path: Path) -> Iterator[Annotated | Failure]:
    stems = {p.with_suffix("") for p in (*path.rglob("*.ann"), *path.rglob("*.txt"))}
    for stem in sorted(stems):
        name = stem.relative_to(path).as_posix()
        try:
            sidecar = stem.with_name(stem.name + brat.SIDECAR)
            yield brat.load(
                name, _text(stem, ".txt"), _text(stem, ".ann"), _text(stem, brat.SIDECAR) if sidecar.exists() else None
            )
        except InputError as error:
            yield Failure(str(stem), name, str(error))


def _text(stem: Path, suffix: str) -> str:
    """Return a file's text with its line ends as they are, for offsets count them."""
    file = stem.with_name(stem.name + suffix)
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"{file.name} cannot be read as UTF-8 ({error}); each .ann needs its .txt") from error


def write(
    found: Iterable[Annotated], to: Path, form: str, heading: Heading | None = None, force: bool = False
) -> list[Failure]:
    """Write documents in a format to a folder (brat, gold, output) or file (bioc, docbin); return those that failed.

    Nothing that is there already is written over without `force`. Raises InputError, before anything is written,
    where something is there, where two documents have one id, and for an unknown format.
    """
    documents = list(found)
    if form not in FORMATS:
        raise InputError(f"unknown format {form!r}; use one of {', '.join(FORMATS)}")
    twice = sorted(i for i, n in Counter(d.doc_id for d in documents).items() if n > 1)
    if twice:
        raise InputError(f"two documents have the id {twice[0]!r}; convert them apart")
    if form == "output":
        _free([to / name for name in OUTPUT_FILES], force)
        return _write_output(documents, to)
    files: dict[Path, bytes] = {}
    failed: list[Failure] = []
    good: list[Annotated] = []
    for d in documents:
        try:
            files |= _files(d, to, form, heading or Heading(to.name))
            good.append(d)
        except (InputError, UnicodeEncodeError) as error:
            failed.append(Failure(str(to), d.doc_id, str(error)))
    if form == "brat":
        files[to / "annotation.conf"] = brat.annotation_conf().encode()
    elif form in ("bioc", "docbin"):
        files[to] = (bioc if form == "bioc" else docbin).dump(good)
    _free(list(files), force)
    for file, content in files.items():
        save(content, file)
    return failed


def _files(d: Annotated, to: Path, form: str, heading: Heading) -> dict[Path, bytes]:
    """Return the files of one document; raises InputError or UnicodeEncodeError where it cannot be."""
    one_line([rest_of(d), d.text, *map(asdict, d.marks), *map(asdict, d.links)]).encode("utf-8")  # no lone surrogates
    name = file_name(d.doc_id)
    if form == "gold":
        return {to / f"{name}.json": gold.as_json(gold.to_gold(d, heading))}
    if form == "brat":
        ann, sidecar = brat.dump(d)
        parts = {".txt": d.text, ".ann": ann, brat.SIDECAR: sidecar}
        return {to / f"{name}{suffix}": part.encode("utf-8") for suffix, part in parts.items()}
    return {}


def _write_output(documents: Sequence[Annotated], to: Path) -> list[Failure]:
    failed: list[Failure] = []
    with OutputFolder(to, {"secretome_nlp": __version__, "pipeline": "convert"}) as folder:
        for d in documents:
            try:
                folder.add(output.to_annotations(d))
            except InputError as error:
                failed.append(Failure(str(to), d.doc_id, str(error)))
                folder.add(failed[-1])
    return failed


def _free(files: Sequence[Path], force: bool) -> None:
    there = [f for f in files if f.exists()]
    if there and not force:
        raise InputError(f"{there[0]}: is there already; give another place, or --force to write over it")


def file_name(doc_id: str) -> str:
    """Return the name of a document's files: its id, with what file systems do not take as %XX."""
    name = quote(doc_id, safe=" ")
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[:LONGEST_NAME]}-{hashlib.sha256(doc_id.encode()).hexdigest()[:12]}"
