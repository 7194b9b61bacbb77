"""`secretome-nlp plot`: the pictures of the page as files."""

from __future__ import annotations

import click

from secretome_nlp.browse.data import payload
from secretome_nlp.pictures.all import PICTURES, draw
from secretome_nlp.write.formats import save


@click.command("plot")
@click.argument("folder", metavar="OUT")
@click.option("-k", "--kind", type=click.Choice(list(PICTURES)), multiple=True, help="Which; without it, all of them.")
@click.option("-o", "--output", metavar="FOLDER", help="Folder for the pictures.  [default: OUT/pictures]")
@click.option("--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1))
def command(folder: str, kind: tuple[str, ...], output: str | None, min_confidence: float) -> None:
    """Draw the evidence of OUT as SVG.

    \b
    Examples:
      secretome-nlp plot out
      secretome-nlp plot out --kind heatmap --kind effects -o figures
    """
    data = payload(folder, min_confidence)
    for name in kind or PICTURES:
        path = f"{output or folder + '/pictures'}/{name}.svg"
        save(draw(name, data).encode("utf-8"), path)
        click.echo(f"{path}: {PICTURES[name]}")
