"""Every command and every Python block of the documentation runs; what needs a cluster is at least well-formed."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
import yaml

from secretome_nlp.cli.main import COMMANDS, cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.M | re.S)
LOADED = {"network", "texts", "benchmarks", "cluster"}


def blocks(page: Path, *languages: str) -> list[tuple[str, str]]:
    """The blocks of some languages on a page, each with what it needs (empty: nothing)."""
    found = []
    for language, info, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language in languages:
            needs = info.strip().removeprefix("needs=")
            assert needs in LOADED | {""}, f"{page}: unknown mark {info!r}"
            lines = body.splitlines(keepends=True)
            if language == "console":
                lines = [line[2:] for line in lines if line.startswith("$ ")]
            found.append((needs, "".join(lines)))
    return found


def runnable(page: Path) -> str:
    """The shell blocks of a page that need nothing, as one script: later ones build on earlier ones."""
    return "\n".join(body for needs, body in blocks(page, "sh", "console") if not needs)


def commands(script: str) -> list[list[str]]:
    """The calls of secretome-nlp in a script, as their arguments."""
    found = []
    for line in re.sub(r"\\\n\s*", " ", re.sub(r"<<'END'.*?^END$", "", script, flags=re.M | re.S)).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>;&")
        lexer.whitespace_split = True
        words = list(lexer)
        while "secretome-nlp" in words:
            words = words[words.index("secretome-nlp") + 1 :]
            end = next((n for n, w in enumerate(words) if set(w) <= set("|<>;&")), len(words))
            found.append(words[:end])
            words = words[end:]
    return found


PARSED = [
    (p.relative_to(ROOT).as_posix(), words)
    for p in PAGES
    for _, b in blocks(p, "sh", "console")
    for words in commands(b)
]


@pytest.mark.parametrize("page", [p for p in PAGES if runnable(p)], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_shell_blocks_run(page: Path, tmp_path: Path) -> None:
    for name in ("corpus", "annotations", "pipelines"):
        (tmp_path / name).symlink_to(ROOT / name)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-eu", "-c", runnable(page)],
        cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "no record fits" not in done.stderr


@pytest.mark.parametrize(("page", "words"), PARSED, ids=lambda v: v if isinstance(v, str) else " ".join(v)[:50])
def test_commands_have_arguments_that_are_understood(page: str, words: list[str]) -> None:  # noqa: ARG001
    assert words and words[0] in COMMANDS
    command: click.Command = getattr(import_module(f"secretome_nlp.cli.{words[0]}"), "command")  # noqa: B009
    assert command.make_context(words[0], words[1:], parent=click.Context(cli))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_blocks_that_are_not_run_are_well_formed(page: Path) -> None:
    for needs, body in blocks(page, "sh", "console"):
        if needs:
            subprocess.run(["sh", "-n", "-c", body], check=True)
            for program in re.findall(r"python ((?:benchmarks|docs)/\w+\.py)", body):
                assert (ROOT / program).is_file()
    for needs, body in blocks(page, "python"):
        if needs:
            compile(body, str(page), "exec")
    for _, body in blocks(page, "yaml"):
        assert yaml.safe_load(body)


@pytest.mark.parametrize(
    ("page", "body"), [(p.name, body) for p in PAGES for needs, body in blocks(p, "python") if not needs]
)
def test_python_blocks_run(page: str, body: str) -> None:
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True)
    assert done.returncode == 0, f"{page}: {done.stderr}"
    assert done.stdout.strip(), f"{page}: the block shows nothing"


def test_every_page_that_is_linked_exists() -> None:
    for page in PAGES:
        if page.parent.name != "reference":  # examples there hold brackets of their own
            for target in re.findall(r"\]\((?!http)([^)#\s]+)\)", page.read_text(encoding="utf-8")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_leads_to_the_filtered_table(tmp_path: Path) -> None:
    """From a clone to MSC exosomes with miRNA in kidney models, by the README's own lines alone."""
    calls = [words for words in commands(runnable(ROOT / "README.md")) if words[0] in ("extract", "table")]
    table = next(w for w in calls if {"cell=MSC", "component=exosome", "cargo=miRNA", "model=kidney"} <= set(w))
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    for words in (calls[0], [*table, "-f", "csv", "-o", "kidney.csv"]):
        subprocess.run([sys.executable, "-m", "secretome_nlp", *words], cwd=tmp_path, check=True, capture_output=True)
    rows = (tmp_path / "kidney.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) >= 4 and all("Exosome" in row and ("mir-" in row or "let-" in row) for row in rows[1:])


def test_the_reference_is_what_the_code_says() -> None:
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "docs" / "build_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages = module.build()
    for name, text in pages.items():
        written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert written == text, f"{name} is out of date: python docs/build_reference.py"
    assert set(pages) == {p.name for p in (ROOT / "docs" / "reference").iterdir()}
