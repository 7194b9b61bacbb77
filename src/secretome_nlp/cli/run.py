"""`secretome-nlp run`: a job written down in a file, step by step."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import Any

import click

from secretome_nlp.errors import InputError
from secretome_nlp.pipeline import read_pipeline

#: Commands that a job may name as steps.
STEPS = ("extract", "batch", "evaluate", "table", "browse", "query")


@click.command("run")
@click.argument("file", metavar="FILE")
@click.option("--set", "changes", multiple=True, metavar="STEP.KEY=VALUE", help="Change a setting of a step.")
@click.option("--dry-run", is_flag=True, help="Only show the commands that would run.")
def command(file: str, changes: tuple[str, ...], dry_run: bool) -> int:
    """Do the job that FILE describes: a pipeline file with a `job`, or the name of a shipped one.

    \b
    A job is a list of steps, each a command of secretome-nlp with its arguments and options by name:
      job:
        - batch: {paths: [corpus/samples], output: out/batch, workers: 2}
        - table: {folder: out/batch, format: xlsx, output: out/evidence.xlsx}

    \b
    Examples:
      secretome-nlp run evidence_table
      secretome-nlp run my_job.yml --set batch.workers=8
    """
    job = [_one_step(step, file) for step in read_pipeline(file).job]
    if not job:
        raise InputError(f"{file}: has no `job`; add a list of steps, as in `secretome-nlp run --help`")
    for change in changes:
        _change(job, change)
    steps = [(name, _command(name), settings) for name, settings in job]
    lines = [_line(name, step, settings) for name, step, settings in steps]  # refuses unknown keys before any step runs
    worst = 0
    for (name, step, _), arguments in zip(steps, lines, strict=True):
        click.echo(f"secretome-nlp {name} {' '.join(arguments)}", err=True)
        if not dry_run:
            code = step.main(args=arguments, prog_name=f"secretome-nlp {name}", standalone_mode=False)
            worst = max(worst, code if isinstance(code, int) else 0)
    return worst


def _one_step(step: dict[str, dict[str, Any]], file: str) -> tuple[str, dict[str, Any]]:
    if len(step) != 1:
        raise InputError(f"{file}: a step is one command with its settings, not {', '.join(step) or 'nothing'}")
    name, settings = next(iter(step.items()))
    if name not in STEPS:
        raise InputError(f"{file}: unknown step {name!r}{_hint(name, STEPS)}; use one of {', '.join(STEPS)}")
    return name, dict(settings)


def _command(name: str) -> click.Command:
    command: click.Command = getattr(import_module(f"secretome_nlp.cli.{name}"), "command")  # noqa: B009
    return command


def _change(job: list[tuple[str, dict[str, Any]]], change: str) -> None:
    where, equals, value = change.partition("=")
    name, _, key = where.partition(".")
    found = [settings for step, settings in job if step == name]
    if not equals or not key or not found:
        raise InputError(f"--set {change}: give STEP.KEY=VALUE with a step of the job ({', '.join(s for s, _ in job)})")
    for settings in found:
        settings[key] = value


def _line(name: str, step: click.Command, settings: dict[str, Any]) -> list[str]:
    """Return a step's settings as the arguments of its command."""
    known = {p.name: p for p in step.params if p.name and p.name != "help"}
    for option in step.params:
        known |= {o.lstrip("-").replace("-", "_"): option for o in option.opts if o.startswith("--")}
    options: list[str] = []
    arguments: list[str] = []
    for key, value in settings.items():
        parameter = known.get(key)
        if parameter is None:
            raise InputError(f"step {name}: unknown key {key!r}{_hint(key, known)}; see secretome-nlp {name} --help")
        values = value if isinstance(value, list) else [value]
        if isinstance(parameter, click.Argument):
            arguments += [str(v) for v in values]
        elif isinstance(parameter, click.Option) and parameter.is_flag:
            options += [o for o in _flag(parameter, str(value).lower() in ("true", "yes", "1")) if o]
        else:
            options += [part for v in values for part in (parameter.opts[-1], str(v))]
    return [*options, *arguments]


def _flag(option: click.Option, on: bool) -> list[str]:
    return option.opts[-1:] if on else option.secondary_opts[-1:]


def _hint(word: str, known: Any) -> str:
    near = difflib.get_close_matches(word, list(known), 1)
    return f" (did you mean {near[0]!r}?)" if near else ""
