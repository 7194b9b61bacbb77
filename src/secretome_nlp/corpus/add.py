"""Adding files to a corpus: told by content, each paper once, the manifest written last."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from secretome_nlp.corpus import manifest, pieces
from secretome_nlp.corpus.identity import Known, Paper, identify
from secretome_nlp.corpus.manifest import DOCUMENTS, Added, Duplicate, Entry, Manifest
from secretome_nlp.errors import InputError
from secretome_nlp.read import expand
from secretome_nlp.read.source import READ_ERRORS, Source
from secretome_nlp.types import Failure, RawDocument
from secretome_nlp.write.formats import save

BLOCK = 1 << 20
UNSAFE = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that stands in a file, at a place among its records."""

    paper: Paper
    format: str
    place: int


@dataclass(slots=True)
class Incoming:
    """A file that is new: what it holds, and what is wanted of it."""

    source: Source
    sha256: str
    candidates: list[Candidate] = field(default_factory=list)
    wanted: dict[int, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """What was done: entries added, duplicates passed over, files known before, and what could not be read."""

    added: list[Entry] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    known_files: int = 0
    failures: list[Failure] = field(default_factory=list)


def add(folders: Iterable[str], corpus: Path, tell: Callable[[Source], None] = lambda _: None) -> Outcome:
    """Add the papers of files and folders to a corpus that is made if need be.

    A file that was added before, by content, is passed over. Where several new files hold one paper, its longest
    text is taken; what the corpus holds is never replaced. Raises InputError for paths that do not exist and a
    corpus that cannot be written; a file that cannot be read is a Failure of the outcome.
    """
    held, outcome = manifest.load(corpus), Outcome()
    sources = _outside(expand(folders), corpus)
    incoming = _read(sources, held, outcome, tell)
    _choose(incoming, held, outcome)
    try:
        (corpus / DOCUMENTS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{corpus}: cannot be written ({error.strerror}); give another folder with --into") from error
    for file in incoming:
        _store(file, corpus, held, outcome)
    held.duplicates += outcome.duplicates
    manifest.write(held, corpus)
    return outcome


def _outside(sources: Iterable[Source], corpus: Path) -> list[Source]:
    """Return the sources that are not the corpus's own files."""
    own = corpus.resolve()
    return [s for s in sources if own not in Path(s.path).resolve().parents]


def sha256_of(path: str | Path) -> str:
    """Return the hash of a file's bytes; raises OSError."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _read(
    sources: list[Source], held: Manifest, outcome: Outcome, tell: Callable[[Source], None]
) -> list[Incoming]:  # fmt: skip
    """Read the files that are new; one with the bytes of another is noted as its duplicate."""
    incoming: list[Incoming] = []
    first = {file.sha256: file.name for file in reversed(held.files)}
    known = {(file.name, file.sha256) for file in held.files}
    for source in sources:
        tell(source)
        try:
            sha256 = sha256_of(source.path) if Path(source.path).is_file() else ""
        except OSError as error:
            outcome.failures.append(Failure(source.path, None, f"cannot open the file: {error.strerror}"))
            continue
        name = Path(source.path).name
        if (name, sha256) in known:
            outcome.known_files += 1
            continue
        known.add((name, sha256))
        if sha256 in first:
            outcome.duplicates.append(Duplicate(name, source.stem, first[sha256], "file"))
            held.files.append(Added(name, sha256, None, None))
            continue
        first[sha256] = name
        file = Incoming(source, sha256)
        for piece in pieces.pieces(source):
            if isinstance(piece.found, RawDocument):
                file.candidates.append(Candidate(identify(piece.found), piece.found.format, piece.place))
            else:
                outcome.failures.append(piece.found)
        if file.candidates:
            incoming.append(file)
    return incoming


def _choose(incoming: list[Incoming], held: Manifest, outcome: Outcome) -> None:
    """Decide which candidates are new papers; longer texts first, else in the order of the files."""
    known = Known()
    for entry in held.entries:
        known.add(entry.key, entry.paper)
    ranked = sorted(
        ((file, candidate) for file in incoming for candidate in file.candidates), key=lambda p: -p[1].paper.size
    )
    duplicates = list[tuple[int, Duplicate]]()
    order = {id(candidate): n for n, candidate in enumerate(c for file in incoming for c in file.candidates)}
    for file, candidate in ranked:
        same = known.same_as(candidate.paper)
        if same is not None:
            name = Path(file.source.path).name
            duplicates.append((order[id(candidate)], Duplicate(name, candidate.paper.doc_id, *same)))
            continue
        key = _key(candidate.paper, known)
        known.add(key, candidate.paper)
        file.wanted[candidate.place] = Entry(key, candidate.paper, candidate.format, "")
    outcome.duplicates += [duplicate for _, duplicate in sorted(duplicates, key=lambda p: p[0])]


def _key(paper: Paper, known: Known) -> str:
    """Return a name for a paper that no other has: its PMID, DOI, or the id that its file gave it."""
    base = paper.pmid or paper.doi or paper.doc_id
    key, number = base, 1
    while key in known:
        number += 1
        key = f"{base}-{number}"
    return key


def _store(file: Incoming, corpus: Path, held: Manifest, outcome: Outcome) -> None:
    """Put a file, or what is wanted of it, into the corpus, and note it in the manifest."""
    name = Path(file.source.path).name
    if not file.wanted:
        held.files.append(Added(name, file.sha256, None, None))
        return
    stored = _free_name(name, file.sha256, {Path(f.stored).name.lower() for f in held.files if f.stored})
    target = corpus / DOCUMENTS / stored
    form = pieces.form_of(file.source.path)
    try:
        if form is not None and len(file.wanted) < len(file.candidates):
            save(pieces.cut(file.source.path, form, sorted(file.wanted)), target)
        else:
            _copy(file.source.path, target)
        digest = sha256_of(target)
    except READ_ERRORS as error:
        raise InputError(f"{target}: cannot be written ({error}); make room and run again") from error
    held.files.append(Added(name, file.sha256, f"{DOCUMENTS}/{stored}", digest))
    for place in sorted(file.wanted):
        chosen = file.wanted[place]
        entry = Entry(chosen.key, chosen.paper, chosen.format, f"{DOCUMENTS}/{stored}")
        held.entries.append(entry)
        outcome.added.append(entry)


def _free_name(name: str, sha256: str, taken: set[str]) -> str:
    safe = UNSAFE.sub("_", name).lstrip(".") or "document"
    if safe.lower() not in taken:
        return safe
    stem, dot, suffix = safe.partition(".")
    return f"{stem}-{sha256[:8]}{dot}{suffix}"


def _copy(path: str, target: Path) -> None:
    partial = target.with_name(f".{target.name}.partial")
    shutil.copyfile(path, partial)
    partial.replace(target)


def check(corpus: Path) -> list[str]:
    """Return what is wrong with a corpus, a line each: files that are missing, changed or not in the manifest."""
    held = manifest.load(corpus)
    if not (corpus / manifest.NAME).exists():
        raise InputError(f"{corpus}: no corpus here; make one with `secretome-nlp corpus add FOLDER --into {corpus}`")
    wrong: list[str] = []
    for file in held.files:
        if file.stored is None:
            continue
        path = corpus / file.stored
        if not path.is_file():
            wrong.append(f"{file.stored}: is not there; restore it")
        elif sha256_of(path) != file.stored_sha256:
            wrong.append(f"{file.stored}: has changed since it was added; restore it")
    stored = {file.stored for file in held.files}
    names = sorted(f"{DOCUMENTS}/{p.name}" for p in (corpus / DOCUMENTS).glob("*") if not p.name.startswith("."))
    wrong += [f"{name}: is not in the manifest; add it from outside" for name in names if name not in stored]
    keys = Counter(entry.key for entry in held.entries)
    return wrong + [f"{key}: stands {times} times in the manifest" for key, times in keys.items() if times > 1]
