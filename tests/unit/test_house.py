"""The house rules: imports run one way, files and functions stay small, knowledge stays data."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "secretome_nlp"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
MOST_FUNCTION_LINES = 60

STAGES = ("read", "clean", "segment", "recognise", "ground", "qualify", "relate", "assemble")
#: Each room and the rooms that it may import beside itself.
NOUNS = {"types", "errors", "rows"}
MAY_IMPORT: dict[str, set[str]] = {
    "types": set(),
    "errors": set(),
    "rows": {"types"},
    "knowledge": NOUNS | {"segment"},
    **{stage: NOUNS | {"knowledge", "segment"} for stage in STAGES},
    "segment": NOUNS | {"knowledge"},
    "tables": NOUNS | {"knowledge", "assemble"},
    "pipeline": NOUNS | {"knowledge", *STAGES},
}
UPPER = {
    "components",
    "doc_state",
    "street",
    "write",
    "evaluate",
    "batch",
    "browse",
    "fetch",
    "pictures",
    "curate",
    "explain",
}
UPPER |= {"corpus", "interchange", "lexicon"}
ALL_BELOW = NOUNS | {"knowledge", "pipeline", *STAGES}
MAY_IMPORT |= {
    "tokenizer": NOUNS | {"segment"},
    "model": NOUNS | {"segment"},
    "doc_state": NOUNS | {"rows"},
    "components": ALL_BELOW | {"doc_state", "tokenizer", "model", "tables"},
    "gap_fillers": NOUNS | {"segment", "components", "doc_state", "model"},
    "street": ALL_BELOW | {"components", "doc_state", "gap_fillers", "tokenizer", "model"},
    "write": ALL_BELOW,
    "evaluate": ALL_BELOW | {"components", "street"},
    "batch": ALL_BELOW | {"components", "model", "street", "write"},
    "pictures": ALL_BELOW | {"write"},
    "curate": ALL_BELOW | {"write"},
    "browse": ALL_BELOW | {"write", "pictures"},
    "fetch": ALL_BELOW,
    "explain": ALL_BELOW | {"components", "model", "street"},
    "corpus": ALL_BELOW | {"write", "batch", "evaluate", "fetch"},
    "lexicon": ALL_BELOW | {"components"},
    "interchange": ALL_BELOW | {"components", "doc_state", "tokenizer", "write", "evaluate"},
    "cli": ALL_BELOW | UPPER | {"model"},
    "__main__": {"cli"},
    "__init__": {"street", "model"},
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "secretome_nlp":
            parts = node.module.split(".")[1:]
            rooms |= {parts[0]} if parts else {a.name for a in node.names if a.name != "__version__"}
        elif isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("secretome_nlp.")}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = room(path)
    assert own in MAY_IMPORT, f"{own} is a new room: say here what it may import"
    assert imported_rooms(path) - MAY_IMPORT[own] - {own} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, secretome_nlp; print('spacy' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
