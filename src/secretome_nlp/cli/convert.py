"""`secretome-nlp convert`: gold and output in the formats of annotation tools, and back."""

from __future__ import annotations

from pathlib import Path

import click

from secretome_nlp.evaluate.gold import SPLITS
from secretome_nlp.interchange import FORMATS, Annotated, detect, read, write
from secretome_nlp.interchange.gold import Heading
from secretome_nlp.types import Failure


@click.command("convert")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="What to write.")
@click.option("--texts", multiple=True, metavar="PATH", help="The texts that gold is of; can be given again.")
@click.option("--split", type=click.Choice(SPLITS), help="For gold: the split.  [default: dev]")
@click.option("--annotator", metavar="LETTER", help="For gold: who annotated.  [default: A]")
@click.option("--force", is_flag=True, help="Write over files that are there already.")
def command(
    source: str, target: str, form: str, texts: tuple[str, ...], split: str | None, annotator: str | None, force: bool
) -> int:
    """Convert annotations FROM what they are TO brat standoff, BioC JSON, spaCy DocBin, gold or an output folder.

    \b
    FROM is an output folder of `extract`, a folder or file of gold, a folder of brat files (.txt, .ann), a BioC .json
    or a .spacy file; it is told by its content. TO is a folder for brat, gold and output, a file for bioc and docbin.
    Documents that do not hold are named, the others are converted; exit code 1 tells of such.

    \b
    Examples:
      secretome-nlp convert out for-brat --format brat
      secretome-nlp convert for-brat annotations/gold/mine --format gold --annotator C
      secretome-nlp convert annotations/gold gold.spacy --format docbin --texts papers/
    """
    documents: list[Annotated] = []
    failed: list[Failure] = []
    for found in read(Path(source), texts):
        if isinstance(found, Failure):
            failed.append(found)
        else:
            documents.append(found)
    if documents or not failed:
        failed += write(documents, Path(target), form, Heading(Path(target).name, split, annotator), force)
    for f in failed:
        click.echo(f"failed: {f.path}{f' ({f.doc_id})' if f.doc_id else ''}: {f.error}", err=True)
    lost = sum(len(d.records) for d in documents if form in ("gold", "output") and d.form != form)
    if lost:
        click.echo(f"{lost} records were left out: {form} holds records of its own form alone", err=True)
    written = len(documents) - len({f.doc_id for f in failed} & {d.doc_id for d in documents})
    click.echo(
        f"{written} documents from {detect(Path(source))} to {form}: {sum(len(d.marks) for d in documents):,} mentions,"
        f" {sum(len(d.links) for d in documents):,} relations in {target}",
        err=True,
    )
    return 1 if failed else 0
