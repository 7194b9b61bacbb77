"""What non-coding RNAs act on: one row for each RNA, target and direction of a document, with its sentence."""

from __future__ import annotations

import re

from secretome_nlp.rows import Row
from secretome_nlp.write.table_rows import JOIN

TARGETS = (
    "RNA", "Arm", "RNA id", "Target", "Target id", "Direction", "Negated", "Hedged", "Carried by", "Sentence",
    "Source", "Rule",
)  # fmt: skip
#: The arm of a mature miRNA at the end of its name; older names have a star for the passenger strand.
ARM = re.compile(r"-([35]p)\b|(\*)\s*$", re.IGNORECASE)


def target_rows(found: dict[str, list[Row]]) -> list[dict[str, object]]:
    """Return the rows of one document's relations `regulates`, plain statements first.

    The same RNA, target and direction told again adds nothing; plain statements stand before hedged or denied ones.
    """
    document = found["documents"][0]
    by_id = {m["id"]: m for m in found["mentions"]}
    carriers: dict[str, list[str]] = {}
    for r in found["relations"]:
        if r["type"] == "contains" and not r["negated"]:
            carriers.setdefault(_concept(by_id[r["tail"]]), []).append(by_id[r["head"]]["text"])
    rows: dict[tuple[str, str, str | None], dict[str, object]] = {}
    told = [r for r in found["relations"] if r["type"] == "regulates"]
    for r in sorted(told, key=lambda r: (r["negated"], r["hedged"])):
        head, tail = by_id[r["head"]], by_id[r["tail"]]
        start, end = document["sentences"][r["sentence"]]
        key = (_concept(head), _concept(tail), r["direction"])
        row = {
            "RNA": _name(head), "Arm": arm_of(head), "RNA id": _id(head), "Target": _name(tail), "Target id": _id(tail),
            "Direction": r["direction"], "Negated": r["negated"], "Hedged": r["hedged"],
            "Carried by": JOIN.join(dict.fromkeys(carriers.get(key[0], ()))),
            "Sentence": " ".join(document["text"][start:end].split()), "Source": document["doc_id"], "Rule": r["rule"],
        }  # fmt: skip
        rows.setdefault(key, row)
    return list(rows.values())


def arm_of(mention: Row) -> str:
    """Return `5p`, `3p`, `*`, or nothing where the text names no arm."""
    found = ARM.search(mention["text"])
    return str(found[1] or found[2]).lower() if found else ""


def _id(mention: Row) -> str | None:
    return mention["norm"][0]["id"] if mention["norm"] else None


def _name(mention: Row) -> str:
    return str(mention["norm"][0]["name"] if mention["norm"] and mention["type"] != "MIRNA" else mention["text"])


def _concept(mention: Row) -> str:
    """Return what tells an RNA or gene from others: its identifier with its arm, else its words without case."""
    return f"{_id(mention) or ' '.join(mention['text'].lower().split())}{arm_of(mention)}"
