"""Read knowledge files with errors that name file, line, entry and remedy."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from secretome_nlp.errors import KnowledgeError

DATA = Path(__file__).parent / "data"

Model = TypeVar("Model", bound=BaseModel)

# The C loader is ten times faster, but not every platform's wheel has it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> object:
    """Parse a YAML file; raises KnowledgeError with the line where the file is not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{mark.line + 1}" if mark else "?"
        problem = getattr(error, "problem", None) or "not YAML"
        raise KnowledgeError(f"{path}:{line}: {problem}; check indentation and quotes there") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error}); give a UTF-8 YAML file") from error


def read_model(path: Path, model: type[Model]) -> Model:
    """Parse a YAML file into a pydantic model; raises KnowledgeError naming line, key and remedy."""
    content = read_yaml(path)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = first["loc"]
        raise KnowledgeError(
            f"{path}:{line_of(path, where)}: {_key_path(where)}: {_remedy(first['type'], first['msg'])}"
            f"{_near(where, model) if first['type'] == 'extra_forbidden' else ''}"
        ) from error


def line_of(path: Path, where: tuple[int | str, ...]) -> int:
    """Find the 1-based line of the YAML node that a pydantic location names (the nearest one that exists)."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            child = next((v for k, v in node.value if k.value == step), None)
            key = next((k for k, _ in node.value if k.value == step), None)
            line = key.start_mark.line + 1 if key is not None else line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            child = node.value[step]
            line = child.start_mark.line + 1
        else:
            break
        if child is None:
            break
        node = child
    return line


def _key_path(where: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in where) or "file"


def _near(where: tuple[int | str, ...], model: type[BaseModel]) -> str:
    """Return a hint at the key that may have been meant, of a file's own keys."""
    near = get_close_matches(str(where[0]), list(model.model_fields), 1) if len(where) == 1 else []
    return f" (did you mean {near[0]!r}?)" if near else ""


def _remedy(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "unknown key; remove it or correct its spelling"
    if kind == "missing":
        return "this key is required; add it"
    return message[:1].lower() + message[1:]
