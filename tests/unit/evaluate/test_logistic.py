"""Weights of a logistic score, fitted and kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from secretome_nlp.evaluate.logistic import fit, scores, tell


def test_a_fit_finds_the_weights_that_made_the_answers() -> None:
    random = np.random.default_rng(3)
    signs = np.column_stack([np.ones(4000), random.integers(0, 2, 4000), random.normal(size=4000)])
    true = np.array([-1.0, 2.0, 0.5])
    right = random.random(4000) < scores(true, signs)
    assert fit(signs, right, np.ones(4000), ridge=0.1) == pytest.approx(true, abs=0.2)
    assert abs(fit(signs, right, np.ones(4000), ridge=1e4)[1:]).max() < 0.2


def test_weights_go_to_their_lines_and_all_else_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "weights.yml"
    file.write_text("# age: in years\nleast: 0.4\nweights:\n  age: 0.10\n  average: -1.00\n", encoding="utf-8")
    tell(["age", "average"], [-0.256, 2.0], None)
    assert "0.10" in file.read_text(encoding="utf-8")
    tell(["age", "average"], [-0.256, 2.0], file)
    kept = "# age: in years\nleast: 0.4\nweights:\n  age: -0.26\n  average: 2.00\n"
    assert file.read_text(encoding="utf-8") == kept
    assert capsys.readouterr().out == "age: -0.26\naverage: 2.00\n" * 2
