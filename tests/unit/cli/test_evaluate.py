"""Which texts of a collection the gold can be of."""

from __future__ import annotations

import pytest

from secretome_nlp.cli.evaluate import LONGEST_ABSTRACT, may_be_gold
from secretome_nlp.types import Failure, RawDocument


@pytest.mark.parametrize(
    ("name", "length", "read"),
    [
        ("111", 100, True),  # annotated
        ("222", 100, False),  # another abstract
        ("222", LONGEST_ABSTRACT + 1, True),  # a whole paper may be a review of the gold
        ("review.txt", 100, True),  # no PubMed id
    ],
)
def test_only_texts_that_may_be_annotated_are_read(name: str, length: int, read: bool) -> None:
    raw = RawDocument(name, "texts.jsonl", "jsonl", "", "a" * length)
    assert may_be_gold({"111", "renal"}, raw) is read


def test_failures_are_kept() -> None:
    assert may_be_gold({"111"}, Failure("texts.jsonl", None, "cannot be read"))
