"""The order of the stages, read from a file of `pipelines/`: the only place that knows it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from secretome_nlp.errors import InputError, KnowledgeError
from secretome_nlp.knowledge.files import read_model

#: In an installed package the pipeline files stand inside it, in a checkout beside `src`.
FOLDERS = (Path(__file__).parent / "pipelines", Path(__file__).parents[2] / "pipelines")
#: Every component that a pipeline file may name, in the one order in which they work.
STAGES = (
    "sentences", "abbreviations", "mentions", "model_mentions", "open_mentions", "assertion", "syntax", "relations",
    "records", "tables",
)  # fmt: skip
#: Components that look things up in the lexicons: a user's own, given to `mentions`, hold for them too.
LOOK_UP = ("syntax", "relations", "records", "tables")


class PipelineFile(BaseModel):
    """A pipeline file: components in order, each with its settings, and the steps of a job where it describes one."""

    model_config = ConfigDict(extra="forbid")
    name: str
    description: str = ""
    components: list[dict[str, dict[str, Any]]]
    job: list[dict[str, dict[str, Any]]] = []

    @field_validator("components")
    @classmethod
    def _known_and_ordered(cls, components: list[dict[str, dict[str, Any]]]) -> list[dict[str, dict[str, Any]]]:
        names = [name for component in components for name in component]
        for name in names:
            if name not in STAGES:
                raise ValueError(f"unknown component {name!r}; use some of {', '.join(STAGES)}")
        if sorted(names, key=STAGES.index) != names or len(set(names)) != len(names):
            raise ValueError(f"components stand once each, in the order {', '.join(STAGES)}")
        return components

    def stages(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Return the components in order with their settings."""
        stages = [(name, dict(given)) for component in self.components for name, given in component.items()]
        lexicons = list(dict(stages).get("mentions", {}).get("lexicons", ()))
        return tuple((n, {"lexicons": lexicons, **given} if n in LOOK_UP else given) for n, given in stages)

    def lexicons(self) -> tuple[Path, ...]:
        """Return the user's own lexicon files that the pipeline lays over the shipped ones."""
        return tuple(Path(p) for p in dict(self.stages()).get("mentions", {}).get("lexicons", ()))

    def fingerprint(self) -> str:
        """Return a hash of what the pipeline does: its components, their settings and the lexicons that they name."""
        digest = hashlib.sha256(repr(self.stages()).encode())
        for path in self.lexicons():
            digest.update(path.read_bytes() if path.is_file() else b"")
        return digest.hexdigest()[:16]


def known_pipelines() -> tuple[str, ...]:
    """Return the names of the shipped pipelines."""
    return tuple(sorted({p.stem for folder in FOLDERS for p in folder.glob("*.yml")}))


def read_pipeline(name_or_file: str | Path) -> PipelineFile:
    """Read a shipped pipeline by name, or any pipeline file.

    Raises InputError where there is none of that name or the file does not hold (one line, with the remedy).
    """
    given = Path(name_or_file)
    shipped = [folder / f"{name_or_file}.yml" for folder in FOLDERS]
    path = given if given.suffix in (".yml", ".yaml") else next((p for p in shipped if p.is_file()), None)
    if path is None or not path.is_file():
        known = ", ".join(known_pipelines())
        raise InputError(f"no pipeline {str(name_or_file)!r}; give a .yml file or one of: {known}")
    try:
        return read_model(path, PipelineFile)
    except KnowledgeError as error:
        raise InputError(str(error)) from error
