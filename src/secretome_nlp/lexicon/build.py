"""Large lexicons from official release files: read line by line, written as TSV that lays over the shipped ones."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from secretome_nlp.clean.words import word_list
from secretome_nlp.errors import InputError
from secretome_nlp.knowledge.lexicon import load_lexicons
from secretome_nlp.lexicon.releases import FORMATS, Concept, Format, release_of
from secretome_nlp.recognise.atoms import key_of

COLUMNS = ("id", "name", "xref", "terms", "abbreviations", "kind", "case")
#: Made anew where the way of making changes, though the release is the same.
MAKER = 1
LEAST_LETTERS = 3
LONGEST_NAME = 120
#: A single word that the shipped list of running words counts so often is a word of the language.
COMMON = 8


@dataclass
class Built:
    """What was made: the file, its release, how many entries and names it holds, and how many names were left out."""

    path: Path
    release: str
    entries: int = 0
    names: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    made: bool = True


def build(source: str, file: Path, folder: Path, release: str | None = None, only: Path | None = None) -> Built:
    """Write `folder/SOURCE-RELEASE.tsv` from a release file, and a pipeline file that uses all lexicons there.

    `release` is read from the file where it tells one, else a hash of its bytes. `only` names a file of CURIEs, one a
    line, to which the lexicon is kept. A lexicon made before from the same bytes is left as it is. Raises InputError
    where the file cannot be read or is not of the source's format; then nothing is written.
    """
    if source not in FORMATS:
        raise InputError(f"no source {source!r}; use one of {', '.join(sorted(FORMATS))}")
    digest = _digest(file)
    kept = _curies(only) if only else None
    label = re.sub(r"[^\w.-]+", "_", release or release_of(source, file) or f"sha256-{digest[:12]}")
    built = Built(folder / f"{source}-{label}.tsv", label)
    head = _head(source, file, label, digest, kept)
    if built.path.is_file() and _starts_with(built.path, head):
        built.made = False
    else:
        _write(built, head, _lines(source, _kept(FORMATS[source].read(file), kept), built), file)
    _write_pipeline(folder)
    return built


def _head(source: str, file: Path, release: str, digest: str, kept: frozenset[str] | None) -> str:
    made = FORMATS[source]
    limit = hashlib.sha256("\n".join(sorted(kept)).encode()).hexdigest()[:12] if kept is not None else "all"
    return (
        f"# type: {made.type}\n# source: {made.title}, release {release} ({file.name})\n"
        f"# sha256: {digest}\n# concepts: {limit}\n# maker: {MAKER}\n" + "\t".join(COLUMNS) + "\n"
    )


def _lines(source: str, concepts: Iterable[Concept], built: Built) -> Iterator[str]:
    made = FORMATS[source]
    taken = _taken_by_shipped()
    for c in concepts:
        terms: list[str] = []
        short: list[str] = []
        seen: set[tuple[str, ...]] = set()
        for name in (c.name, *c.names):
            why = _unfit(name, made, taken, seen)
            if why:
                built.left_out[why] = built.left_out.get(why, 0) + 1
            else:
                (short if made.symbols and " " not in name else terms).append(name)
        if terms or short:
            built.entries += 1
            built.names += len(terms) + len(short)
            own = f"release.{source}.{c.curie.partition(':')[2].lower()}"
            cells = (own, c.name, c.curie, "|".join(terms), "|".join(short), c.kind or made.kind, "exact")
            yield "\t".join(_cell(x) for x in cells) + "\n"


def _unfit(name: str, made: Format, taken: frozenset[tuple[str, ...]], seen: set[tuple[str, ...]]) -> str | None:
    """Return why a name is left out, None where it is taken."""
    norms = key_of(name)[0]
    if norms in seen:
        return None if not norms else "written twice"
    seen.add(norms)
    letters = sum(c.isalnum() for c in name)
    if not norms or len(name) > LONGEST_NAME or "|" in name:
        return "no run of words"
    if letters < LEAST_LETTERS or not any(c.isalpha() for c in name):
        return "too short"
    if made.symbols and name.isalpha() and (name.islower() or name.istitle()):
        return "reads as a word"
    if made.plain_words and word_list().get(name.lower(), 0) >= COMMON:
        return "reads as a word"
    return "shipped already" if norms in taken else None


@lru_cache(maxsize=1)
def _taken_by_shipped() -> frozenset[tuple[str, ...]]:
    """Return the names that curated entries have: theirs stand, whatever a release calls them."""
    curated = (e for e in load_lexicons() if not e.bulk)
    return frozenset(key_of(name)[0] for e in curated for name in (*e.terms, *(text for text, *_ in e.short)))


def _kept(concepts: Iterable[Concept], kept: frozenset[str] | None) -> Iterator[Concept]:
    return (c for c in concepts if kept is None or c.curie in kept)


def _curies(path: Path) -> frozenset[str]:
    try:
        with path.open(encoding="utf-8") as lines:
            return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read; give a text file of ids, one a line") from error


def _cell(text: str) -> str:
    return " ".join(text.split())


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); give the release file that you downloaded"
        ) from error
    return digest.hexdigest()


def _starts_with(path: Path, head: str) -> bool:
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read(len(head)) == head


def _write(built: Built, head: str, lines: Iterator[str], file: Path) -> None:
    """Write under another name and rename, so that a release that breaks off leaves nothing."""
    partial = built.path.with_name(built.path.name + ".partial")
    try:
        built.path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8", newline="") as out:
            out.write(head)
            out.writelines(lines)
        if not built.entries:
            raise InputError(
                f"{file}: holds no concept of this source; check that it is the file that the command names"
            )
        partial.replace(built.path)
    except OSError as error:
        raise InputError(f"{built.path}: cannot be written ({error.strerror}); give another folder with -o") from error
    finally:
        partial.unlink(missing_ok=True)


PIPELINE = """\
# Made by `secretome-nlp lexicon build`: the pipeline for abstracts, with the lexicons of this folder.
name: {name}
components:
  - sentences: {{}}
  - abbreviations: {{scispacy: false}}
  - mentions: {{lexicons: {files}}}
  - assertion: {{}}
  - relations: {{}}
  - records: {{}}
  - tables: {{lexicons: {files}}}
"""


def _write_pipeline(folder: Path) -> None:
    files = json.dumps([str(p.resolve()) for p in sorted(folder.glob("*.tsv"))], ensure_ascii=False)
    text = PIPELINE.format(name=json.dumps(f"with {folder.resolve().name}", ensure_ascii=False), files=files)
    (folder / "pipeline.yml").write_text(text, encoding="utf-8")
