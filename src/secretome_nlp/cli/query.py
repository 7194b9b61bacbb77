"""`secretome-nlp query`: SQL over an output folder."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from secretome_nlp.errors import InputError
from secretome_nlp.write.sql import connect, run_query


@click.command("query")
@click.argument("folder", metavar="OUT")
@click.argument("sql", metavar="SQL", required=False)
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "csv", "json"]), help="Default: text on a terminal, csv else."
)
@click.option("-o", "--output", metavar="FILE", help="Write here instead of to standard output.")
@click.option("--tables", is_flag=True, help="Show the tables and their columns.")
def command(folder: str, sql: str | None, form: str | None, output: str | None, tables: bool) -> None:
    """Ask an output folder of `extract` or `batch` in SQL (needs the `sql` extra).

    \b
    Tables: documents, mentions, relations, records, and outcomes (one row an outcome of a record). Slots of a
    record are structs: cell_type.value, component.id; docs/queries.md has ten questions that reviewers ask.

    \b
    Examples:
      secretome-nlp query out "SELECT component.value, count(*) FROM records GROUP BY 1 ORDER BY 2 DESC"
      secretome-nlp query out --tables
    """
    connection = connect(folder)
    if tables:
        sql = "SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY ALL"
    if not sql:
        raise InputError('query needs a question: secretome-nlp query OUT "SELECT ..."')
    frame = run_query(connection, sql)
    form = form or ("text" if output is None and sys.stdout.isatty() else "csv")
    if form == "json":
        text = frame.to_json(orient="records", force_ascii=False, indent=1) + "\n"
    elif form == "csv":
        text = frame.to_csv(index=False)
    else:
        text = frame.to_string(index=False, max_colwidth=60) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    Path(output).write_text(text, encoding="utf-8")
    click.echo(f"{len(frame):,} rows in {output}", err=True)
