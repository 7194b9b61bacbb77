"""`secretome-nlp batch`: files without number in, partitioned Parquet out."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from tqdm import tqdm

from secretome_nlp.batch.run import Job, Progress, run
from secretome_nlp.errors import InputError
from secretome_nlp.rows import Row

LISTED = 5


@click.command("batch")
@click.argument("paths", nargs=-1, required=True, metavar="INPUT... OUT")
@click.option("-o", "--output", metavar="OUT", help="Folder for the results, instead of the last argument.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", metavar="ADDRESS", help="A dask scheduler (tcp://host:8786); implies --engine dask.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes to use.")
@click.option("--pipeline", default="batch_abstracts", show_default=True, help="Name or file of the pipeline.")
@click.option("--gate/--no-gate", default=True, show_default=True, help="Read only records that can hold evidence.")
@click.option("--update", is_flag=True, help="Add to OUT; later files replace or retire what earlier ones said.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def command(
    paths: tuple[str, ...], output: str | None, engine: str, scheduler: str | None, workers: int, pipeline: str,
    gate: bool, update: bool, quiet: bool,
) -> int:  # fmt: skip
    """Process many files into Parquet: sharded, resumable, failures kept apart.

    \b
    INPUT is any mix of files and folders that `extract` reads (PubMed XML, BioC, PDF, ...). A run that is stopped,
    however roughly, goes on where it was when the same command is given again; only what changed is done anew. OUT
    holds the datasets documents, mentions, relations and records, and manifest.json.

    \b
    Examples:
      secretome-nlp batch pubmed/ out --workers 8
      secretome-nlp batch updatefiles/ out --update
      secretome-nlp batch pubmed/ out --scheduler tcp://10.0.0.1:8786
    """
    if output is None:
        if len(paths) < 2:
            raise InputError("batch needs inputs and an output folder: secretome-nlp batch INPUT... OUT")
        *given, output = paths
        paths = tuple(given)
    job = Job(
        paths, Path(output), pipeline, workers, "dask" if scheduler else engine, scheduler, gate, update,
    )  # fmt: skip
    bar = tqdm(unit=" records", desc="batch", disable=quiet or not sys.stderr.isatty(), smoothing=0.05)

    def tell(step: Progress) -> None:
        bar.total = step.total
        if step.old and not bar.disable:
            bar.initial += step.records  # so that the rate counts what is done now
        bar.update(step.records)

    with bar:
        manifest = run(job, tell)
    if not quiet:
        click.echo(summary(manifest, output), err=True)
    _list_failures(manifest)
    return 1 if manifest["failures"] or manifest["broken_shards"] else 0


def summary(manifest: Row, out: str) -> str:
    """Return the run in two lines."""
    n = manifest["counts"]
    read = n.get("read", 0) + n.get("gated", 0) + n.get("failed", 0)
    return (
        f"{read:,} records: {n.get('gated', 0):,} gated away, {n.get('read', 0):,} mined,"
        f" {n.get('failed', 0):,} failed\n"
        f"{n.get('mentions', 0):,} mentions, {n.get('relations', 0):,} relations, {n.get('records', 0):,}"
        f" evidence records in {out}"
    )


def _list_failures(manifest: Row) -> None:
    for f in manifest["failures"][:LISTED]:
        which = f" ({f['doc_id']})" if f["doc_id"] else ""
        click.echo(f"failed: {f['path']}{which}: {f['error']}", err=True)
    if len(manifest["failures"]) > LISTED:
        click.echo(f"failed: {len(manifest['failures']) - LISTED:,} more, listed in run.json", err=True)
    for b in manifest["broken_shards"]:
        click.echo(f"not done: records of {', '.join(b['files'][:3])}: {b['error']}; run again to retry", err=True)
