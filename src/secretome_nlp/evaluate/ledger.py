"""Figures that must not fall (`annotations/expected.json`), and the log of every look at the test split."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from secretome_nlp.errors import InputError

LOG_HEAD = """# Runs on the test split

Every run of `evaluate --split test` adds its figures here, so that anyone can see how often the test was looked at.

F1 with its 95 % interval; "core" are the five core types, relaxed.

| pipeline | version | documents | mentions strict | relaxed | core | relations | record slots |
|---|---|---|---|---|---|---|---|
"""
LOGGED = (("strict", "all types"), ("relaxed", "all types"), ("relaxed", "five core types"),
          ("relations", "all relations"), ("slots", "all slots"))  # fmt: skip


class Expected(BaseModel):
    """F1 by "part/name" (as in the JSON of `evaluate`), and how far each may fall."""

    model_config = ConfigDict(extra="forbid")
    tolerance: float
    figures: dict[str, float]


def read_expected(path: str) -> Expected:
    """Read the figures that must hold; raises InputError, one line, where the file does not."""
    try:
        return Expected.model_validate(json.loads(Path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        first = str(error).splitlines()[0]
        raise InputError(f"{path}: no expected figures ({first}); write them with --write-expected") from error


def fallen(expected: Expected, result: dict[str, Any]) -> list[str]:
    """Return a line for each figure that is lower than expected by more than the tolerance, or gone."""
    lines = []
    for name, wanted in expected.figures.items():
        part, _, row = name.partition("/")
        now = result.get(part, {}).get(row, {}).get("f1")
        if now is None:
            lines.append(f"{name}: {wanted:.3f} expected, but it was not measured")
        elif now < wanted - expected.tolerance:
            lines.append(f"{name}: {wanted:.3f} expected (tolerance {expected.tolerance}), now {now:.3f}")
    return lines


def as_expected(result: dict[str, Any], tolerance: float = 0.005) -> str:
    """Return the figures of a run as the content of an expected file."""
    figures = {f"{part}/{row}": result[part][row]["f1"] for part, row in LOGGED if row in result[part]}
    return json.dumps({"tolerance": tolerance, "figures": figures}, indent=1) + "\n"


def log_test_run(path: Path, result: dict[str, Any], pipeline: str, version: str) -> None:
    """Add a run's figures to the log."""
    cells = [f"{result[part][row]['f1']:.3f} ({result[part][row]['low']:.3f} to {result[part][row]['high']:.3f})"
             if row in result[part] else "" for part, row in LOGGED]  # fmt: skip
    head = path.read_text(encoding="utf-8") if path.exists() else LOG_HEAD
    line = " | ".join([pipeline, version, str(len(result["documents"])), *cells])
    path.write_text(f"{head}| {line} |\n", encoding="utf-8")
