"""`secretome-nlp benchmark`: the pipeline on public gold corpora."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from tqdm import tqdm

from secretome_nlp.evaluate import public
from secretome_nlp.evaluate.metrics import total
from secretome_nlp.street import annotate, load
from secretome_nlp.types import Annotations, Document
from secretome_nlp.write.formats import save


@click.command("benchmark")
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the public corpora.")
@click.option("--pipeline", default="abstracts", show_default=True, help="Name or file of the pipeline.")
@click.option("--json", "json_file", metavar="FILE", help="Write all figures here.")
def command(names: tuple[str, ...], data: Path | None, pipeline: str, json_file: str | None) -> None:
    """Score the pipeline on public gold corpora, with the mapping of labels and published figures beside ours.

    Without a name the benchmarks are listed. The corpora are not shipped; --data names a folder that holds craft/,
    genia/, ner/, relations/ and negation/ in their distributed form.

    \b
    Examples:
      secretome-nlp benchmark
      secretome-nlp benchmark craft scai --data benchmarks-data/
    """
    if not names:
        for name, b in public.known().items():
            click.echo(f"{name:16}{b.title}")
        return
    unknown = [name for name in names if name not in public.known()]
    if unknown:
        raise click.UsageError(f"no benchmark {unknown[0]!r}; known: {', '.join(public.known())}")
    if data is None:
        raise click.UsageError("name the folder of the public corpora with --data FOLDER")
    nlp = load(pipeline)

    def run(documents: Iterable[Document]) -> Iterator[Annotations]:
        shown = tqdm(documents, unit=" documents", desc="benchmark", disable=not sys.stderr.isatty())
        return (annotate(nlp, d) for d in shown)

    figures = {}
    for name in names:
        rows = public.run(name, data, run)
        click.echo(public.as_text(name, rows) + "\n")
        counts = {title: total(units) for title, units in rows}
        figures[name] = {t: {"p": c.precision, "r": c.recall, "f1": c.f1} for t, c in counts.items()}
    if json_file:
        save((json.dumps(figures, indent=1) + "\n").encode(), json_file)
