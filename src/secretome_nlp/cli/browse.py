"""`secretome-nlp browse`: one page over the evidence."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from secretome_nlp.browse.page import MOST_SERVED, pages
from secretome_nlp.browse.serve import LOOPBACK, server
from secretome_nlp.write.formats import save


@click.command("browse")
@click.argument("folder", metavar="OUT")
@click.option("-o", "--output", metavar="FILE", help="Where to write the page.  [default: OUT/browse.html]")
@click.option("--title", default="Evidence", show_default=True)
@click.option("--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1))
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option("--serve", is_flag=True, help="Write nothing; serve one page to this machine alone until Ctrl-C.")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Of --serve; 0: any free one."
)
def command(
    folder: str, output: str | None, title: str, min_confidence: float, show: bool, serve: bool, port: int
) -> None:
    """Write one self-contained HTML page over the evidence of OUT: filters, proof, pictures, export.

    \b
    The page opens from disk and loads nothing. Over 5,000 records or 5 MB it becomes several pages in one
    folder, each with filters of its own; --serve shows up to 50,000 on one page.

    \b
    Examples:
      secretome-nlp browse out
      secretome-nlp browse out -o evidence.html --title "MSC secretomes in kidney disease"
      secretome-nlp browse out --serve
    """
    if serve:
        _serve(pages(folder, title, min_confidence, MOST_SERVED), port, show)
        return
    made = pages(folder, title, min_confidence)
    first = Path(output) if output else Path(folder) / "browse.html"
    if len(made) == 1:
        save(made["index.html"].encode("utf-8"), first)
    else:
        home = first.with_suffix("")
        for name, text in made.items():
            save(text.encode("utf-8"), home / name)
        first = home / "index.html"
    click.echo(
        f"{first} ({first.stat().st_size / 1e6:.1f} MB, {len(made)} page{'s' if len(made) > 1 else ''})", err=True
    )
    if show:
        webbrowser.open(first.resolve().as_uri())


def _serve(made: dict[str, str], port: int, show: bool) -> None:
    with server(made, port) as running:
        address = f"http://{LOOPBACK}:{running.server_port}/"
        click.echo(f"{address} (Ctrl-C stops)", err=True)
        if show:
            webbrowser.open(address)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
