"""The evidence table as CSV, XLSX, Markdown, HTML or JSON. Text from papers is never taken for code or formulas."""

from __future__ import annotations

import io
import json
import re
from html import escape
from pathlib import Path

import pandas as pd
from jinja2 import Environment, PackageLoader

from secretome_nlp.errors import InputError

FORMATS = ("csv", "xlsx", "md", "html", "json")
#: A cell that begins so is run as a formula by spreadsheet programs; an apostrophe keeps it text.
FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LINKS = (
    (re.compile(r"PMID (\d+)"), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (re.compile(r"doi:(\S+)"), "https://doi.org/{}"),
)
WIDEST = 60


def render(table: pd.DataFrame, form: str, title: str = "Evidence table") -> bytes:
    """Return the table in a format of FORMATS, UTF-8 where it is text; the same table gives the same bytes."""
    clean = table.map(lambda v: CONTROL.sub(" ", v) if isinstance(v, str) else v)
    makers = {"csv": _csv, "md": _markdown, "json": _json, "html": lambda t: _html(t, title), "xlsx": _xlsx}
    if form not in makers:
        raise InputError(f"unknown format {form!r}; use one of {', '.join(FORMATS)}")
    return makers[form](clean)


def save(content: bytes, path: str | Path) -> None:
    """Write a file under a temporary name and rename it; raises InputError where it cannot be written."""
    target = Path(path)
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); give another file with -o") from error


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def _csv(table: pd.DataFrame) -> bytes:
    # The byte-order mark tells Excel that the file is UTF-8; pandas and Python skip it with utf-8-sig.
    return b"\xef\xbb\xbf" + table.map(_safe).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _json(table: pd.DataFrame) -> bytes:
    rows = json.loads(table.to_json(orient="records", force_ascii=False))
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _markdown(table: pd.DataFrame) -> bytes:
    def cell(value: object) -> str:
        text = "" if _missing(value) else str(value)
        text = re.sub(r"([\\|`*_\[\]<>])", r"\\\1", text)
        return " ".join(text.split())

    lines = [f"| {' | '.join(table.columns)} |", f"|{'---|' * len(table.columns)}"]
    lines += [f"| {' | '.join(map(cell, row))} |" for row in table.itertuples(index=False)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)


def _html(table: pd.DataFrame, title: str) -> bytes:
    environment = Environment(loader=PackageLoader("secretome_nlp.write"), autoescape=True)
    rows = [["" if _missing(v) else v for v in row] for row in table.itertuples(index=False)]
    page = environment.get_template("table.html.j2").render(
        title=title, columns=list(table.columns), rows=[[_linked(v) for v in row] for row in rows]
    )
    return page.encode("utf-8")


def _linked(value: object) -> dict[str, str]:
    """Return a cell's text, and the link of the first identifier in it."""
    text = str(value)
    for pattern, link in LINKS:
        m = pattern.search(text)
        if m:
            return {"text": text, "link": link.format(escape(m[1], quote=True))}
    return {"text": text, "link": ""}


def _xlsx(table: pd.DataFrame) -> bytes:
    import datetime

    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, options)
    # A fixed date keeps the file the same from run to run.
    book.set_properties({"title": "Evidence table", "created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    sheet = book.add_worksheet("Evidence")
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"text_wrap": True, "valign": "top", "font_color": "blue", "underline": 1})
    for column, name in enumerate(table.columns):
        longest = max([len(name), *(len(str(v)) for v in table[name])])
        sheet.set_column(column, column, min(WIDEST, longest + 2))
        sheet.write_string(0, column, name, head)
        for row, value in enumerate(table[name], start=1):
            _write_cell(sheet, row, column, value, body, link)
    sheet.freeze_panes(1, 1)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    book.close()
    return buffer.getvalue()


def _write_cell(sheet: object, row: int, column: int, value: object, body: object, link: object) -> None:
    writer = sheet  # an xlsxwriter worksheet, which ships no types
    if _missing(value):
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        writer.write_number(row, column, value, body)  # type: ignore[attr-defined]
        return
    cell = _linked(value)
    if cell["link"]:
        writer.write_url(row, column, cell["link"], link, cell["text"][:32767])  # type: ignore[attr-defined]
    else:
        writer.write_string(row, column, cell["text"][:32767], body)  # type: ignore[attr-defined]
