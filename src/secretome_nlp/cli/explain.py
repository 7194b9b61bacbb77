"""`secretome-nlp explain`: what was tagged, linked and decided in a text, and by which term or rule."""

from __future__ import annotations

import os
import sys

import click

from secretome_nlp.explain.look import explain
from secretome_nlp.explain.page import page
from secretome_nlp.explain.terminal import lines
from secretome_nlp.write.formats import save


@click.command("explain")
@click.argument("text", required=False)
@click.option("--pipeline", default="abstracts", show_default=True, help="Name or file of the pipeline.")
@click.option("--html", "html_file", metavar="FILE", help="Write a page with spans, arcs and parses here.")
@click.option("--why", is_flag=True, help="Also tell which readings lost, and which rules nearly fired.")
@click.option("--parse", is_flag=True, help="Also draw the parse of each sentence that has mentions.")
def command(text: str | None, pipeline: str, html_file: str | None, why: bool, parse: bool) -> None:
    """Show what was found in TEXT (or on standard input), and by which term or rule.

    Mentions that were dropped for what stands around them (a disease that is only talked about, a host that was
    pretreated) are shown as lost, with the reason.

    \b
    Colours are for terminals: none in a pipe or a file, nor where NO_COLOR is set.

    \b
    Examples:
      secretome-nlp explain "MSC-EVs reduced fibrosis in UUO rats."
      secretome-nlp explain --html explained.html < abstract.txt
      secretome-nlp explain --why --parse "Exosomes of human MSCs carried miR-21."
    """
    explanation = explain(text if text is not None else sys.stdin.read(), pipeline)
    if html_file:
        save(page(explanation).encode("utf-8", "replace"), html_file)
        click.echo(f"explained in {html_file}", err=True)
        return
    colour = False if os.environ.get("NO_COLOR") else None  # None: as the terminal can
    for line in lines(explanation, why, parse):
        click.echo(line, color=colour)
