"""`secretome-nlp table`: the evidence table of an output folder."""

from __future__ import annotations

import shutil
import sys

import click
import pandas as pd

from secretome_nlp.errors import InputError
from secretome_nlp.write.formats import FORMATS, render, save
from secretome_nlp.write.table import LAYOUTS, Options, Table, build

#: Columns that are shown on a terminal, and how wide.
PREVIEW = {
    "Cells": 24,
    "Component": 10,
    "Delivery": 14,
    "Model": 30,
    "Therapeutic effects": 44,
    "Reference": 26,
}
NARROWEST, WIDEST = 8, 44
#: Endings of file names that name a format otherwise.
ENDINGS = {"htm": "html", "markdown": "md", "latex": "tex"}


@click.command("table")
@click.argument("folder", metavar="OUT")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice([*FORMATS, "latex"]),
    help="Without it: a preview on a terminal, else csv.",
)
@click.option("--layout", type=click.Choice([*LAYOUTS]), default="wide", show_default=True,
              help="A row a record (wide), slot (long), claim of all papers, or target of an RNA.")  # fmt: skip
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write here; without it, to standard output (xlsx: OUT/table.xlsx).",
)
@click.option("-w", "--where", multiple=True, metavar="CONDITION", help="Only records that fit; can be given again.")
@click.option("--columns", metavar="A,B,...", help="These columns, in this order.")
@click.option("--sort", multiple=True, metavar="COLUMN", help="Sort by it; -COLUMN turns it round; can be given again.")
@click.option("--group-by", metavar="FIELD", help="Group under headings: model, organ, cell_type, component, ...")
@click.option("--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1),
              help="Only records of this confidence; higher is surer and fewer.")  # fmt: skip
@click.option("--since", metavar="DATE", help="Of a batch: only what is new since this day (YYYY-MM-DD).")
@click.option("--head", type=click.IntRange(1), help="Show only so many rows, as a preview.")
@click.option("--title", default="Evidence table", show_default=True)
def command(
    folder: str, form: str | None, layout: str, output: str | None, where: tuple[str, ...], columns: str | None,
    sort: tuple[str, ...], group_by: str | None, min_confidence: float, since: str | None, head: int | None, title: str,
) -> None:  # fmt: skip
    """Make the evidence table from an output folder of `extract` or `batch`.

    \b
    A CONDITION is FIELD=WORDS or FIELD!=WORDS (several words with commas: any of them), year>=N, confidence<=N.
    Words match where they begin a word of the canonical name, of the paper's words or of the identifier; names of
    families match all members: cell=MSC, component=vesicle, cargo=miRNA, model=kidney. docs/tables.md lists them.

    \b
    Examples:
      secretome-nlp table out
      secretome-nlp table out -f xlsx -o evidence.xlsx
      secretome-nlp table out --where cell=MSC --where component=exosome --where cargo=miRNA --where model=kidney
      secretome-nlp table out --group-by organ --sort -confidence --columns Cells,Model,Direction -f md
      secretome-nlp table out -f csv --layout long > slots.csv
      secretome-nlp table out --layout claims --sort=-belief -o claims.csv
      secretome-nlp table out --layout targets -f csv -o targets.csv
    """
    preview_only = form is None and output is None and (head is not None or sys.stdout.isatty())
    form = "tex" if form == "latex" else form or _from_name(output) or "csv"
    chosen = tuple(c.strip() for c in (columns or "").split(",") if c.strip())
    options = Options(layout, min_confidence, since, where, chosen, sort, group_by, sheets=form == "xlsx")
    table = build(folder, options)
    if where and not len(table.frame):
        click.echo(f"no record fits all conditions; records that fit each by itself: {table.told}", err=True)
    if preview_only:
        click.echo(preview(table, head or 20))
        return
    content = render(table.head(head) if head else table, form, title)
    if output is None and form == "xlsx":
        output = f"{folder}/table.xlsx"
    if output is None:
        sys.stdout.buffer.write(content)
        return
    save(content, output)
    click.echo(f"{len(table.frame):,} rows in {output}", err=True)


def _from_name(output: str | None) -> str | None:
    ending = (output or "").rpartition(".")[2].lower()
    ending = ENDINGS.get(ending, ending)
    if output and ending not in FORMATS:
        raise InputError(f"{output}: cannot tell the format from the name; add -f {'|'.join(FORMATS)}")
    return ending or None


def preview(table: Table, rows: int) -> str:
    """Return the first rows as aligned text, cut to the width of a terminal."""
    widths = _widths(table.frame)
    lines = [
        "  ".join(c[:w].ljust(w) for c, w in widths.items()).rstrip(),
        "  ".join("-" * w for w in widths.values()),
    ]
    before = None
    for number, row in enumerate(table.frame.head(rows)[list(widths)].itertuples(index=False)):
        if table.groups is not None and table.groups[number] != before:
            before = table.groups[number]
            lines.append(click.style(f"{before}:", bold=True))
        cells = ("" if pd.isna(v) else " ".join(str(v).split()) for v in row)
        lines.append("  ".join(_cut(c, w) for c, w in zip(cells, widths.values(), strict=True)).rstrip())
    more = len(table.frame) - rows
    lines.append(f"({len(table.frame):,} rows{f', {more:,} more than shown' if more > 0 else ''})")
    return "\n".join(lines)


def _widths(frame: pd.DataFrame) -> dict[str, int]:
    """Return the columns that are previewed with their widths: the usual ones, or as many as fit of those chosen."""
    if set(PREVIEW) < set(frame.columns):
        return PREVIEW
    widths: dict[str, int] = {}
    room = shutil.get_terminal_size((160, 24)).columns
    for name in frame.columns:
        longest = max([len(name), NARROWEST, *(len(str(v)) for v in frame[name])])
        width = min(PREVIEW.get(name, WIDEST), longest)
        if widths and sum(widths.values()) + 2 * len(widths) + width > room:
            break
        widths[name] = width
    return widths


def _cut(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
