"""`secretome-nlp corpus`: folders of files become a corpus in which each paper stands once."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from tqdm import tqdm

from secretome_nlp.corpus import add as adding
from secretome_nlp.corpus import manifest
from secretome_nlp.errors import InputError
from secretome_nlp.read.source import Source

LISTED = 20


@click.group("corpus")
def command() -> None:
    """Make and look after a corpus: files told by content, each paper once, with a manifest.

    \b
    Examples:
      secretome-nlp corpus add downloads/ exports/ --into corpus
      secretome-nlp corpus list corpus
      secretome-nlp extract corpus/documents -o out
    """


@command.command("add")
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...")
@click.option("--into", required=True, metavar="CORPUS", help="Folder of the corpus; made if need be.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def add_command(folders: tuple[str, ...], into: str, quiet: bool) -> int:
    """Add the papers of files and folders; those that the corpus has are listed, not added.

    \b
    Papers are the same by PMID, by DOI, or by their sentences. Of a file of many records only the new ones are
    taken. CORPUS/manifest.yml tells what is there; CORPUS/documents is for `extract`. Given again, the command
    adds what is new.

    \b
    Example:
      secretome-nlp corpus add downloads/ pubmed-export.nbib --into corpus
    """
    with tqdm(unit=" files", desc="corpus", disable=quiet or not sys.stderr.isatty()) as bar:

        def tell(_: Source) -> None:
            bar.update(1)

        outcome = adding.add(folders, Path(into), tell)
    if not quiet:
        click.echo(
            f"{len(outcome.added):,} papers added to {into}; {len(outcome.duplicates):,} duplicates;"
            f" {outcome.known_files:,} files were there already",
            err=True,
        )
        for d in outcome.duplicates[:LISTED]:
            click.echo(f"duplicate: {d.file} ({d.id}) is {d.of}, by {d.by}", err=True)
        if len(outcome.duplicates) > LISTED:
            click.echo(f"duplicate: {len(outcome.duplicates) - LISTED:,} more, listed in the manifest", err=True)
    for f in outcome.failures[:LISTED]:
        click.echo(f"failed: {f.path}{f' ({f.doc_id})' if f.doc_id else ''}: {f.error}", err=True)
    if len(outcome.failures) > LISTED:
        click.echo(f"failed: {len(outcome.failures) - LISTED:,} more", err=True)
    return 1 if outcome.failures else 0


@command.command("list")
@click.argument("corpus", metavar="CORPUS")
def list_command(corpus: str) -> None:
    """List the papers of a corpus, one a line: key, year, format, file, title.

    \b
    Example:
      secretome-nlp corpus list corpus
    """
    held = _held(corpus)
    for entry in held.entries:
        row = (entry.key, str(entry.paper.year or ""), entry.format, entry.file, entry.paper.title)
        click.echo("\t".join(" ".join(cell.split()) for cell in row))
    counts = Counter(entry.format for entry in held.entries)
    told = ", ".join(f"{number:,} {name}" for name, number in sorted(counts.items()))
    click.echo(f"{len(held.entries):,} papers ({told}), {len(held.duplicates):,} duplicates left out", err=True)


@command.command("check")
@click.argument("corpus", metavar="CORPUS")
def check_command(corpus: str) -> int:
    """Check that the files of a corpus are there and as they were added.

    \b
    Example:
      secretome-nlp corpus check corpus
    """
    wrong = adding.check(Path(corpus))
    for line in wrong:
        click.echo(line)
    if not wrong:
        click.echo("all is as it was added", err=True)
    return 1 if wrong else 0


def _held(corpus: str) -> manifest.Manifest:
    if not (Path(corpus) / manifest.NAME).exists():
        raise InputError(f"{corpus}: no corpus here; make one with `secretome-nlp corpus add FOLDER --into {corpus}`")
    return manifest.load(Path(corpus))
