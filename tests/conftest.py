"""What several tests need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

REPO = Path(__file__).resolve().parent.parent
# The same inputs in every run: new ones are looked for by benchmarks/fuzz_readers.py, for as long as one likes.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source material that is not in the repository; tests that need it skip without it."""
    folder = Path(os.environ.get("SECRETOME_SHARED", REPO.parent / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip("the source material is not here; set SECRETOME_SHARED to its folder")
    return folder
