"""The fluid or tissue that vesicles were taken from: "plasma exosomes", "exosomes isolated from the serum"."""

from __future__ import annotations

import re

from secretome_nlp.assemble.view import View
from secretome_nlp.types import Mention

#: What stands between a tissue and the vesicles that it names the source of: "plasma exosomes", "milk-derived EVs".
OF_TISSUE = re.compile(r"[\s-]*(?:(?:derived|isolated|borne|circulating)[\s-]+)?(?:\w+\s)?", re.I)
#: What stands between vesicles and the tissue that they were taken from: "exosomes were isolated from the plasma".
FROM_TISSUE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:(?:were|was|are|is|that)\s+)*(?:\w+(?:ed|rived)\s+)?(?:from|of)\s+"
    r"(?:[\w-]+\s+){0,2}",
    re.I,
)


def tissue_of(view: View, m: Mention) -> Mention | None:
    """Return the tissue that a product's mention is named after or said to be from."""
    for t in view.of([m.sentence], "TISSUE"):
        if view.is_nested(t, "CELL_TYPE", "OUTCOME", "MODEL"):
            continue
        if t.end <= m.start and OF_TISSUE.fullmatch(view.text[t.end : m.start]):
            return t
        if t.start >= m.end and FROM_TISSUE.fullmatch(view.text[m.end : t.start]):
            return t
    return None


def is_of_fluid(view: View, m: Mention) -> bool:
    """Tell whether a product was taken from a fluid of the body, and so not from cells that are named."""
    tissue = tissue_of(view, m)
    return tissue is not None and view.value(tissue) in view.words.fluids
