"""`secretome-nlp extract`: files and folders in, the output folder out."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from importlib.metadata import version

import click
from tqdm import tqdm

from secretome_nlp import __version__
from secretome_nlp.knowledge.load import fingerprint
from secretome_nlp.model.load import fingerprint as weights
from secretome_nlp.pipeline import read_pipeline
from secretome_nlp.read import read_paths
from secretome_nlp.street import process_into
from secretome_nlp.types import Annotations, Failure
from secretome_nlp.write.folder import Lines, OutputFolder, lines_of

LISTED = 5


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", required=True, metavar="OUT", help="Folder for the results; made if need be.")
@click.option("--pipeline", default="abstracts", show_default=True, help="Name or file of the pipeline.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes to use.")
@click.option("--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1),
              help="Leave out records of less confidence; mentions and relations stay.")  # fmt: skip
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def command(
    paths: tuple[str, ...], output: str, pipeline: str, workers: int, min_confidence: float, quiet: bool
) -> int:
    """Read files and folders; write mentions, relations and evidence records.

    \b
    PATH may be text, Markdown, PDF (extra pdf), PubMed XML, JATS, MEDLINE, BioC, PubTator or JSON Lines, each also as
    .gz, or a folder of them.

    \b
    Examples:
      secretome-nlp extract review.txt abstracts.jsonl.gz -o out
      secretome-nlp extract papers/ -o out --workers 4
    """
    settings = read_pipeline(pipeline)
    about: dict[str, object] = {
        "secretome_nlp": __version__,
        "spacy": version("spacy"),
        "pipeline": settings.name,
        "pipeline_hash": settings.fingerprint(),
        "knowledge_hash": fingerprint(),
        "model_hash": weights(),
    }
    if min_confidence:
        about["min_confidence"] = min_confidence
    raws = read_paths(paths)
    with OutputFolder(output, about) as out:
        shown = tqdm(
            process_into(partial(_lines, least=min_confidence), raws, pipeline, workers),
            unit=" documents",
            desc="extract",
            disable=quiet or not sys.stderr.isatty(),
        )
        for found in shown:
            out.add(found)
    if not quiet:
        click.echo(_summary(out), err=True)
    _list_failures(out.failures)
    return 1 if out.failures else 0


def _lines(found: Annotations | Failure, least: float) -> Lines | Failure:
    """Return the lines to write of what was found, without the records of less confidence."""
    if isinstance(found, Annotations):
        found = replace(found, records=tuple(r for r in found.records if r.confidence >= least))
    return lines_of(found)


def _summary(out: OutputFolder) -> str:
    n = out.counts
    return (
        f"{n['documents']:,} documents: {n['mentions']:,} mentions, {n['relations']:,} relations,"
        f" {n['records']:,} evidence records in {out.path}"
    )


def _list_failures(failures: list[Failure]) -> None:
    for f in failures[:LISTED]:
        click.echo(f"failed: {f.path}{f' ({f.doc_id})' if f.doc_id else ''}: {f.error}", err=True)
    if len(failures) > LISTED:
        click.echo(f"failed: {len(failures) - LISTED:,} more, listed in run.json", err=True)
