"""Names of modified molecules, as of what is divided in "p-ERK/ERK"."""

from __future__ import annotations

import re

_MODIFIED = re.compile(r"^(?:p\s?-\s?|p(?=[A-Z])|phospho-?|phosphorylated[\s-]|cleaved[\s-])")


def unmodified(name: str) -> str:
    """Return the name of a molecule without what says that it is phosphorylated or cleaved."""
    return _MODIFIED.sub("", name)
