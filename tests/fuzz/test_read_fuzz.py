"""Seeds with accidents, reader by reader. (For longer runs: benchmarks/fuzz_readers.py.)"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fuzz import mutate

EXAMPLES = {"pdf": 3}
ENDINGS = {"markdown": ".md", "jsonl": ".jsonl"}


@pytest.mark.parametrize("reader", mutate.READERS)
def test_seeds_and_what_once_went_wrong(reader: str, tmp_path: Path) -> None:
    for number, data in enumerate(mutate.seeds(reader)):
        path = tmp_path / f"{number}{ENDINGS.get(reader, '')}"
        path.write_bytes(data)
        mutate.check(path)


@pytest.mark.parametrize("reader", mutate.READERS)
def test_accidents(reader: str, tmp_path: Path) -> None:
    pool, path = mutate.seeds(reader), tmp_path / f"paper{ENDINGS.get(reader, '')}"

    @settings(max_examples=EXAMPLES.get(reader, 60), deadline=None, database=None, derandomize=True)
    @given(st.integers(0, 2**32))
    def any_accident(seed: int) -> None:
        path.write_bytes(mutate.mutated(random.Random(seed), reader, pool) or b" ")
        mutate.check(path)

    any_accident()
