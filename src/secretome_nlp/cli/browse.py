"""`secretome-nlp browse`: one page over the evidence."""

from __future__ import annotations

import functools
import http.server
import webbrowser
from pathlib import Path

import click

from secretome_nlp.browse.page import pages
from secretome_nlp.write.formats import save


@click.command("browse")
@click.argument("folder", metavar="OUT")
@click.option("-o", "--output", metavar="FILE", help="Where to write the page.  [default: OUT/browse.html]")
@click.option("--title", default="Evidence", show_default=True)
@click.option("--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1))
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option("--serve", is_flag=True, help="Serve the pages on this machine alone (127.0.0.1) until Ctrl-C.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535))
def command(
    folder: str, output: str | None, title: str, min_confidence: float, show: bool, serve: bool, port: int
) -> None:
    """Write one self-contained HTML page over the evidence of OUT: filters, proof, pictures, export.

    \b
    The page opens from disk and loads nothing. Over 5,000 records it becomes several pages in one folder.

    \b
    Examples:
      secretome-nlp browse out
      secretome-nlp browse out -o evidence.html --title "MSC secretomes in kidney disease"
      secretome-nlp browse out --serve
    """
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
    if serve:
        _serve(first.parent, first.name, port)


def _serve(folder: Path, name: str, port: int) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        click.echo(f"http://127.0.0.1:{server.server_port}/{name} (Ctrl-C stops)", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
