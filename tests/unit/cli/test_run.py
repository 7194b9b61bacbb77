"""Jobs in files."""

from __future__ import annotations

from pathlib import Path

import pytest

from secretome_nlp.cli.main import main

TEXT = "MSC exosomes given intravenously reduced renal fibrosis in rats with UUO."


def job(tmp_path: Path, steps: str) -> Path:
    file = tmp_path / "mine.yml"
    file.write_text(f"name: mine\ncomponents:\n  - sentences: {{}}\n  - mentions: {{}}\njob:\n{steps}")
    return file


def leave(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code


def test_steps_run_in_order_and_settings_can_be_changed(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(TEXT)
    steps = (
        f"  - extract: {{paths: [{tmp_path}/paper.txt], output: {tmp_path}/out, quiet: true}}\n"
        f"  - table: {{folder: {tmp_path}/out, format: csv, output: {tmp_path}/x.csv}}\n"
    )
    assert leave("run", str(job(tmp_path, steps)), "--set", f"table.output={tmp_path}/y.csv") == 0
    assert "Fibrosis" in (tmp_path / "y.csv").read_text() or "fibrosis" in (tmp_path / "y.csv").read_text()
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("  - extract: {path: [x], outptu: y}\n", "unknown key 'path' (did you mean 'paths'?)"),
        ("  - extrct: {}\n", "unknown step 'extrct' (did you mean 'extract'?)"),
        ("  []\n", "has no `job`"),
    ],
)
def test_what_is_wrong_is_one_line_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], steps: str, said: str
) -> None:
    assert leave("run", str(job(tmp_path, steps))) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["batch_abstracts", "evidence_table", "evaluation"])
def test_the_shipped_jobs_name_what_is_there(name: str) -> None:
    assert leave("run", name, "--dry-run") == 0
