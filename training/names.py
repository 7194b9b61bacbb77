"""List the names that the lexicons know, for the entity taggers: `names.py OUT.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from secretome_nlp.knowledge.load import load_knowledge
from secretome_nlp.model.features import MOST_WORDS
from secretome_nlp.segment import tokens

LISTS = {"GENE": "g", "FACTOR": "g", "CELL_TYPE": "c", "MIRNA": "r", "TISSUE": "t", "SPECIES": "s"}


def main(out: str) -> None:
    """Write names, lower case and cut into words, with the letter of their list; the first list keeps a name."""
    names: dict[str, str] = {}
    for kind, letter in LISTS.items():
        for entry in load_knowledge().entries:
            if entry.type == kind:
                for term in (*entry.terms, *(short[0] for short in entry.short)):
                    words = [t.text.lower() for t in tokens.find(term)]
                    if len(words) <= MOST_WORDS and len("".join(words)) > 2:
                        names.setdefault(" ".join(words), letter)
    text = json.dumps(dict(sorted(names.items())), ensure_ascii=False, separators=(",", ":"))
    Path(out).write_text(text, encoding="utf-8")
    print(f"{out}: {len(names)} names")


if __name__ == "__main__":
    main(*sys.argv[1:])
