"""The footnotes of a table: short forms that stand in it, as the papers define them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from secretome_nlp.rows import Row

#: Short forms that the table itself uses.
OWN = {"EV": "extracellular vesicle", "MV": "microvesicle"}
FEWEST = 2


class Notes:
    """Collects the short forms of the rows that are shown, document by document."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, str]] = {}

    def add(self, rows: Iterable[dict[str, object]], abbreviations: Iterable[Row]) -> None:
        """Note which of a document's abbreviations, and which of the table's own, stand in its rows."""
        text = "\n".join(str(v) for row in rows for v in row.values() if isinstance(v, str))
        for short, long in OWN.items():
            if _stands(short, text):
                self._note(short, long)
        for a in abbreviations:
            if _stands(a["short_text"], text):
                self._note(a["short_text"], a["long_text"])

    def _note(self, short: str, long: str) -> None:
        short, long = _singular(short), _singular(" ".join(long.split()))
        self._found.setdefault(short, {}).setdefault(re.sub(r"\W+", " ", long).casefold().strip(), long)

    def all(self) -> tuple[tuple[str, str], ...]:
        """Return short and long forms in the order of the alphabet; what papers define differently is told."""
        return tuple((short, " or ".join(found.values())) for short, found in sorted(self._found.items(), key=_order))


def _order(item: tuple[str, dict[str, str]]) -> tuple[str, str]:
    return item[0].casefold(), item[0]


def _singular(form: str) -> str:
    return form[:-1] if len(form) > FEWEST and form.endswith("s") and not form.endswith(("ss", "is", "us")) else form


def _stands(short: str, text: str) -> bool:
    """Tell whether a short form stands in a text as a word; canonical names are in lower case, long ones too."""
    form = _singular(short)
    if len(form) < FEWEST:
        return False
    fold = re.IGNORECASE if (len(form) > FEWEST and not form.isalpha()) or len(form) > FEWEST + 1 else 0
    return re.search(rf"(?<![^\W_]){re.escape(form)}s?(?![^\W_])", text, fold) is not None
