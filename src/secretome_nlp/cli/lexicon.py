"""`secretome-nlp lexicon`: check lexicon files, and make large ones from official releases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from secretome_nlp.lexicon.build import build
from secretome_nlp.lexicon.lint import lint
from secretome_nlp.lexicon.releases import FORMATS

SOURCES = "\n".join(f"  {name:13}{f.file} ({f.type})" for name, f in FORMATS.items())


@click.group("lexicon")
def command() -> None:
    """Check lexicon files (`lint`), or make large ones from official release files (`build`)."""


@command.command("lint")
@click.argument("files", nargs=-1, metavar="[FILES]...", type=click.Path(path_type=Path))
@click.option("--warnings/--no-warnings", default=True, show_default=True, help="Also tell what has no ill effect.")
def lint_command(files: tuple[Path, ...], warnings: bool) -> int:
    """Tell what is wrong with lexicon FILES laid over the shipped ones; without FILES, with the shipped ones.

    \b
    One line a problem: file, line, entry, what to do. Errors are a file or key that does not hold, an id used twice or
    of a wrong form, a term that is never reached or that another entry of its type has; any of them makes the exit
    code 1. Warnings are a term that stands twice in its entry, one that several types share, one that loses.

    \b
    Examples:
      secretome-nlp lexicon lint
      secretome-nlp lexicon lint my_cells.yml
    """
    problems = lint(files)
    for p in problems:
        if p.grave or warnings:
            click.echo(str(p))
    grave = sum(p.grave for p in problems)
    click.echo(f"{grave} errors, {len(problems) - grave} warnings", err=True)
    return 1 if grave else 0


@command.command(
    "build",
    help=f"""Make a lexicon of SOURCE from its official release FILE, which you downloaded.

\b
Sources and their files (as they are or as .gz):
{SOURCES}

\b
The lexicon is named after the release that the file tells, or --release; one that was made before from the same bytes
is kept. Names that the curated lexicons have, and names that read as plain words, are left out and counted. Beside it
stands pipeline.yml, which uses all lexicons of the folder.

\b
Examples:
  secretome-nlp lexicon build cl cl.obo -o lexicons
  secretome-nlp extract papers/ --pipeline lexicons/pipeline.yml -o out
""",
)
@click.argument("source", type=click.Choice(sorted(FORMATS)), metavar="SOURCE")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder.")
@click.option("--release", help="Name of the release, where the file does not tell it.")
@click.option(
    "--only", metavar="FILE", type=click.Path(path_type=Path), help="Keep to the ids of this file (CURIEs, one a line)."
)
def build_command(source: str, file: Path, folder: Path, release: str | None, only: Path | None) -> None:
    built = build(source, file, folder, release, only)
    if not built.made:
        click.echo(f"{built.path}: made before from the same file, kept", err=True)
        return
    left = ", ".join(f"{n} {why}" for why, n in sorted(Counter(built.left_out).items()))
    click.echo(f"{built.path}: {built.entries} entries, {built.names} names; left out: {left or 'none'}", err=True)
