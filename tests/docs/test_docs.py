"""Every command and every Python block of the documentation runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(language: str) -> list[tuple[str, str]]:
    return [(p.name, body) for p in PAGES for kind, body in BLOCK.findall(p.read_text()) if kind == language]


@pytest.mark.parametrize(("page", "body"), blocks("sh"))
def test_shell_blocks_run(page: str, body: str, tmp_path: Path) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "annotations").symlink_to(ROOT / "annotations")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-eu", "-c", body], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{page}: {done.stderr}"
    assert (tmp_path / "out" / "evidence.xlsx").stat().st_size > 1000


@pytest.mark.parametrize(("page", "body"), blocks("python"))
def test_python_blocks_run(page: str, body: str) -> None:
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True)
    assert done.returncode == 0, f"{page}: {done.stderr}"
    assert "COMPONENT" in done.stdout and "contains" in done.stdout


def test_every_page_that_is_linked_exists() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
