"""Input files: which there are, and their bytes, whatever the compression.

Nothing here looks at a file's format; `registry` does.
"""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path

from secretome_nlp.errors import InputError
from secretome_nlp.read.inflated import Inflated

HEAD = 8192
MAX_CHARACTERS = 4_000_000  # about 2,000 pages: what one document may hold
MAX_BYTES = 4 * MAX_CHARACTERS
MAX_SKIPPED = 1 << 30  # of one overlong line; what is longer is not text but an attack or a fault
GZIP_MAGIC = b"\x1f\x8b"
READ_ERRORS = (OSError, EOFError, zlib.error)

ByteStream = BufferedReader


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `path` as the user named it, `stem` the id of its document where it holds but one."""

    path: str
    stem: str
    size: int


def stem_of(path: Path) -> str:
    """Return the file's name without its last extension, `.gz` not counted."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return Path(name).stem or path.name


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` in order of their path; hidden files and folders are left out."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(parent) / name


def listed(paths: Iterable[Path | str]) -> list[Path]:
    """Expand folders into their files; each file once, however often it was named."""
    found: dict[Path, Path] = {}
    for given in paths:
        path = Path(given)
        try:
            is_folder, is_file = path.is_dir(), path.exists()
        except (OSError, ValueError) as error:
            raise InputError(f"cannot look at {str(given)!r}: {error}; check the path") from error
        if not is_file or str(given) == "":
            raise InputError(f"no such file or folder: {str(given)!r}; check the path")
        files = sorted(walk(path), key=lambda p: p.relative_to(path).parts) if is_folder else [path]
        if is_folder and not files:
            raise InputError(f"no files in the folder {str(given)!r}; give a folder with papers in it")
        for file in files:
            found.setdefault(file.resolve(), file)
    if not found:
        raise InputError("nothing to read: no file or folder was given; name at least one")
    return list(found.values())


def expand(paths: Iterable[Path | str]) -> tuple[Source, ...]:
    """Return the files that `paths` stand for: folders recursively and sorted, each file once.

    Stems are unique: where files share one, the later ones get `-2`, `-3`, ... Raises InputError (one line:
    what, where, how to mend it) when a path does not exist or there is nothing to read; no file is opened.
    """
    files = listed(paths)
    stems = [stem_of(file) for file in files]
    taken, given = set(stems), Counter[str]()
    sources = []
    for file, stem in zip(files, stems, strict=True):
        given[stem] += 1
        unique = stem
        if given[stem] > 1:
            while unique in taken:
                unique = f"{stem}-{given[stem]}"
                given[stem] += unique in taken
            taken.add(unique)
        try:
            size = file.stat().st_size if file.is_file() else 0
        except OSError:
            size = 0
        sources.append(Source(str(file), unique, size))
    return tuple(sources)


def opened(path: str) -> ByteStream:
    """Open a file for reading bytes, seen through gzip where its content (not its name) says so.

    Raises OSError; reading on can raise what READ_ERRORS lists (a gzip file that is cut off, damaged or a bomb).
    """
    if not Path(path).is_file():
        raise OSError("not a regular file")
    with Path(path).open("rb") as stream:
        zipped = stream.read(2) == GZIP_MAGIC
    return BufferedReader(Inflated(path) if zipped else FileIO(path), 1 << 16)


def head_of(stream: ByteStream) -> bytes:
    """Return the first bytes of the stream without taking them from it."""
    return stream.peek(HEAD)[:HEAD]
