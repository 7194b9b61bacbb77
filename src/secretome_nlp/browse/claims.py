"""Claims as the page shows them: their row, and what each source says, side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from secretome_nlp.rows import Row
from secretome_nlp.write.claims import HEDGED, WEIGHTS, Claim, Statement

#: The columns of a claim's row, in the order in which the page gets them.
COLUMNS = (
    "Cells", "Component", "Model", "Outcome", "Direction", "Effect", "Sources", "Agree", "Contradict", "Negative",
    "Belief",
)  # fmt: skip
SIDES = ("agree", "against", "none", "other")


def shown_claims(claims: Sequence[Claim]) -> list[Row]:
    """Return the claims as plain values.

    A statement is [side, record id, number of its outcome, kind of its source, said with doubt]; side is the number of
    one of SIDES.
    """
    return [_claim(claim) for claim in claims]


def _claim(claim: Claim) -> Row:
    row = [claim.row[name] for name in COLUMNS]
    said = [_statement(n, s) for n, side in enumerate(SIDES) for s in getattr(claim, side)]
    words = "\t".join(map(str, (*row[:4], *(s[1] for s in said[:1]))))
    return {"id": hashlib.sha256(words.encode()).hexdigest()[:16], "row": row, "said": said}


def _statement(side: int, s: Statement) -> list[Any]:
    return [side, s.record, s.outcome, s.kind, s.weight == WEIGHTS[s.kind] * HEDGED]


def of_page(claims: Sequence[Row], here: frozenset[str], elsewhere: Mapping[str, tuple[str, str]]) -> list[Row]:
    """Return the claims that records of one page speak of, counted over all pages.

    `here` are the ids of the page's records; `elsewhere` gives page and reference of each record of any page, which
    are put at the end of statements that stand on another one.
    """
    return [
        {**claim, "said": [s if s[1] in here else [*s, *elsewhere[s[1]]] for s in claim["said"]]}
        for claim in claims
        if any(s[1] in here for s in claim["said"])
    ]
