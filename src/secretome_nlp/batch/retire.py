"""Retire what a later file changed or deleted: PubMed's update files repeat a citation whole, or name it as deleted."""

from __future__ import annotations

from pathlib import Path

from secretome_nlp.rows import Row
from secretome_nlp.write.parts import read_part


def retired_rows(out: Path, keys: list[str]) -> list[Row]:
    """Return the documents that later shards (in the order of `keys`) replace or delete.

    A row names the document, the shard whose rows are out of date, and why: `replaced` or `deleted`.
    """
    latest: dict[str, str] = {}
    retired: list[Row] = []
    for key in keys:
        for row in read_part(out, "seen", key):
            doc_id, deleted = row["doc_id"], row["what"] == "deleted"
            before = latest.get(doc_id)
            if before is not None and before != key:
                why = "deleted" if deleted else "replaced"
                retired.append({"doc_id": doc_id, "shard": before, "why": why})
            if deleted:
                latest.pop(doc_id, None)
            else:
                latest[doc_id] = key
    return retired
