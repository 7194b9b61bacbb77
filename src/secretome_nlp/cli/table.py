"""`secretome-nlp table`: the evidence table of an output folder."""

from __future__ import annotations

import sys

import click
import pandas as pd

from secretome_nlp.errors import InputError
from secretome_nlp.write.formats import FORMATS, render, save
from secretome_nlp.write.table import evidence_table

#: Columns that are shown on a terminal, and how wide.
PREVIEW = {
    "Cells": 24,
    "Component": 10,
    "Delivery": 14,
    "Model": 30,
    "Therapeutic effects": 44,
    "Reference": 26,
}


@click.command("table")
@click.argument("folder", metavar="OUT")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Without it: a preview on a terminal, else csv.",
)
@click.option("--layout", type=click.Choice(["wide", "long"]), default="wide", show_default=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write here; without it, to standard output (xlsx: OUT/table.xlsx).",
)
@click.option("--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1))
@click.option("--since", metavar="DATE", help="Of a batch: only what is new since this day (YYYY-MM-DD).")
@click.option("--head", type=click.IntRange(1), help="Show only so many rows, as a preview.")
def command(
    folder: str,
    form: str | None,
    layout: str,
    output: str | None,
    min_confidence: float,
    since: str | None,
    head: int | None,
) -> None:
    """Make the evidence table from an output folder of `extract` or `batch`.

    \b
    Examples:
      secretome-nlp table out
      secretome-nlp table out -f xlsx -o evidence.xlsx
      secretome-nlp table out -f csv --layout long > slots.csv
    """
    table = evidence_table(folder, layout, min_confidence, since)
    if form is None and output is None and (head is not None or sys.stdout.isatty()):
        click.echo(preview(table, head or 20))
        return
    form = form or _from_name(output) or "csv"
    content = render(table.head(head) if head else table, form)
    if output is None and form == "xlsx":
        output = f"{folder}/table.xlsx"
    if output is None:
        sys.stdout.buffer.write(content)
        return
    save(content, output)
    click.echo(f"{len(table):,} rows in {output}", err=True)


def _from_name(output: str | None) -> str | None:
    ending = (output or "").rpartition(".")[2].lower()
    if output and ending not in FORMATS:
        raise InputError(f"{output}: cannot tell the format from the name; add -f {'|'.join(FORMATS)}")
    return ending or None


def preview(table: pd.DataFrame, rows: int) -> str:
    """Return the first rows as aligned text, cut to the width of a terminal."""
    widths = {c: w for c, w in PREVIEW.items() if c in table.columns} or dict.fromkeys(table.columns[:6], 20)
    lines = [
        "  ".join(c[:w].ljust(w) for c, w in widths.items()).rstrip(),
        "  ".join("-" * w for w in widths.values()),
    ]
    for row in table.head(rows)[list(widths)].itertuples(index=False):
        cells = ("" if pd.isna(v) else " ".join(str(v).split()) for v in row)
        lines.append("  ".join(_cut(c, w) for c, w in zip(cells, widths.values(), strict=True)).rstrip())
    more = len(table) - rows
    lines.append(f"({len(table):,} rows{f', {more:,} more than shown' if more > 0 else ''})")
    return "\n".join(lines)


def _cut(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
