"""`secretome-nlp search`: full-text search over the sentences of an output folder."""

from __future__ import annotations

import click

from secretome_nlp.write.sql import search


@click.command("search")
@click.argument("folder", metavar="OUT")
@click.argument("words", metavar="WORDS")
@click.option("-n", "--limit", default=20, show_default=True, type=click.IntRange(1))
def command(folder: str, words: str, limit: int) -> None:
    """Find sentences of OUT that hold WORDS, best first (document, sentence number, text).

    \b
    WORDS is SQLite's full-text syntax: "two words" as a phrase, AND, OR, NOT, NEAR(a b, 5), prefix*.

    \b
    Examples:
      secretome-nlp search out 'exosom* AND fibrosis'
      secretome-nlp search out '"miR-21" NOT heart'
    """
    found = search(folder, words, limit)
    for doc_id, number, text in found:
        click.echo(f"{doc_id}\t{number}\t{text}")
    click.echo(f"{len(found)} sentences", err=True)
