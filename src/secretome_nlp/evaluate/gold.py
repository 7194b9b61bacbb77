"""Gold files: annotations that point into texts by fingerprint, so that no text need be shipped with them.

`annotations/GUIDELINES.md` describes the format and what the annotations mean.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from secretome_nlp.errors import InputError
from secretome_nlp.segment.tokens import GREEK

#: The parts of the gold: to develop with, annotated later, of the wider field, of other cells, not to be looked at, and
#: shipped texts.
SPLITS = ("dev", "validation", "extension", "beyond", "test", "samples")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GoldMention(_Strict):
    """A mention: its words, and how many earlier occurrences of them stand in the sentence."""

    id: str
    text: str = Field(min_length=1)
    nth: int = 0
    type: str
    kind: str | None = None
    value: str | None = None
    norm: list[str] = []
    negated: bool = False
    hedged: bool = False


class GoldRelation(_Strict):
    """A relation between two mentions of the document, by their ids."""

    type: str
    head: str
    tail: str
    direction: str | None = None
    negated: bool = False
    hedged: bool = False


class GoldSentence(_Strict):
    """A sentence by its fingerprint and number of letters."""

    fp: str = Field(pattern=r"^[0-9a-f]{16}$")
    n: int
    mentions: list[GoldMention] = []
    relations: list[GoldRelation] = []


class GoldSlot(_Strict):
    """A slot's words and canonical value; `stated` tells whether the running text states it (tables)."""

    text: str
    value: str
    stated: bool | None = None


class GoldOutcome(_Strict):
    """An outcome with direction and effect."""

    target: str
    text: str | None = None
    direction: str
    effect: str
    negated: bool = False
    hedged: bool = False
    stated: bool | None = None


class GoldStudy(_Strict):
    """How the text names the study."""

    label: str | None = None
    ref: str | None = None
    pmid: str | None = None
    doi: str | None = None
    trial: str | None = None


class GoldRecord(_Strict):
    """An evidence record."""

    id: str
    study: GoldStudy = GoldStudy()
    source: str = "text"
    described: bool = True
    sentences: list[str] = []
    slots: dict[str, GoldSlot | list[GoldSlot] | str | None] = {}
    outcomes: list[GoldOutcome] = []


class GoldDocument(_Strict):
    """The gold of one document."""

    doc: str
    set: str
    split: str
    annotator: str
    complete: list[str] = []
    sentences: list[GoldSentence] = []
    records: list[GoldRecord] = []


def letters(text: str) -> str:
    """Return the letters of a text alone: NFKD, Greek spelled out, lower case, everything but a-z dropped."""
    spelled = "".join(GREEK.get(c, c) for c in unicodedata.normalize("NFKD", text).lower())
    return "".join(c for c in spelled if "a" <= c <= "z")


def fingerprint(text: str) -> str:
    """Return the fingerprint of a sentence, the same for a PDF's, an XML's and a Markdown's rendition."""
    return hashlib.sha256(letters(text).encode()).hexdigest()[:16]


def load_gold(paths: Iterable[str | Path], split: str | None = None) -> tuple[GoldDocument, ...]:
    """Load gold files and folders of them, in order of name; `split` keeps one split.

    Raises InputError, one line, for a file that does not hold or a folder without gold.
    """
    files = sorted({f for p in map(Path, paths) for f in _gold_files(p)})
    if not files:
        raise InputError(f"no gold files in {', '.join(map(str, paths))}; give a folder with .json files")
    golds = [read_gold(f) for f in files]
    return tuple(g for g in golds if split is None or g.split == split)


def _gold_files(path: Path) -> Iterable[Path]:
    """Return a gold file itself, or those of a folder; of an annotation folder, those of its `gold`."""
    if not path.is_dir():
        return [path]
    inner = path / "gold"
    return (inner if inner.is_dir() else path).rglob("*.json")


def read_gold(path: Path) -> GoldDocument:
    """Read one gold file; raises InputError with the place that does not hold."""
    try:
        return GoldDocument.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: {where}: {first['msg'].lower()}; see annotations/GUIDELINES.md") from error
    except OSError as error:
        raise InputError(f"{path}: no gold can be read here ({error.strerror}); name a folder of gold files") from error
    except ValueError as error:
        raise InputError(f"{path}: cannot be read as JSON ({error}); restore the file") from error
