"""Load the shipped spaCy pipeline, or another one in its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language

from secretome_nlp.errors import InputError

#: The folder that `spacy.load` takes; made by training/train.sh, described in docs/model_card.md.
PATH = Path(__file__).parent / "en_secretome_sm"
SHIPPED = "secretome"
#: Weights of the tagger of open classes; made by training/open_mentions.py.
OPEN_WEIGHTS = Path(__file__).parent / "open_mentions.json"


def load_model(name: str | Path = SHIPPED, *, exclude: Iterable[str] = ()) -> Language:
    """Load a spaCy pipeline: the shipped one, or any other by package name or path.

    `exclude` names components that are not wanted. Nothing is downloaded; raises InputError, one line, where no
    pipeline of that name is installed.
    """
    where = PATH if name == SHIPPED else name
    try:
        return spacy.load(where, exclude=list(exclude))
    except OSError as error:
        raise InputError(
            f"no spaCy pipeline {str(name)!r} is installed; install its package, give the path of a pipeline, "
            f"or use {SHIPPED!r}, which is shipped"
        ) from error


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return a hash of all shipped weights, which tells whether two runs read by the same."""
    digest = hashlib.sha256()
    for path in [*sorted(p for p in PATH.rglob("*") if p.is_file()), OPEN_WEIGHTS]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
