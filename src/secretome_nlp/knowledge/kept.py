"""Compiled knowledge kept between runs, so that a command starts at once instead of reading 50,000 lines of YAML.

What is kept is plain data (`marshal`: no code runs when it is read) in the user's cache folder, under a name made from
the knowledge files, the code that compiles them and the Python version: a change of any makes another file. A cache
that cannot be read or written is none: everything is compiled then. `SECRETOME_NLP_KEEP=0` switches it off.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from secretome_nlp.knowledge.files import DATA

PACKAGE = DATA.parent.parent
#: What compiles: a change in the code of these rooms makes what was kept before useless.
COMPILERS = ("knowledge", "recognise", "ground", "segment")
MOST_FILES = 8


def keep(what: str, overlays: tuple[Path, ...], make: Callable[[], Any]) -> Any:
    """Return what `make` returns, from the cache where it was kept before.

    The value must be of marshal's types (numbers, strings, tuples, lists, dictionaries, frozensets, None) and is given
    back equal. Raises what `make` raises.
    """
    if os.environ.get("SECRETOME_NLP_KEEP") == "0":
        return make()
    path = user_cache_path("secretome-nlp") / f"{what}-{_key(overlays)}.bin"
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        return marshal.loads(path.read_bytes())
    value = make()
    with contextlib.suppress(OSError):
        _write(path, marshal.dumps(value))
    return value


@lru_cache(maxsize=8)
def _key(overlays: tuple[Path, ...]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    code = (p for room in COMPILERS for p in (PACKAGE / room).rglob("*.py"))
    for path in [*sorted(code), *sorted(p for p in DATA.rglob("*") if p.is_file()), *overlays]:
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:24]


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and remove the oldest of too many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).replace(path)
    for old in sorted(path.parent.glob("*.bin"), key=lambda p: p.stat().st_mtime)[:-MOST_FILES]:
        old.unlink(missing_ok=True)
