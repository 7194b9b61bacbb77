"""The evidence table in its formats. Text from papers is never taken for code or for formulas."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from jinja2 import Environment, PackageLoader

from secretome_nlp.errors import InputError
from secretome_nlp.write.latex import latex
from secretome_nlp.write.links import link_in
from secretome_nlp.write.table import Table
from secretome_nlp.write.workbook import workbook

FORMATS = ("csv", "xlsx", "md", "tex", "html", "json")
#: A cell that begins so is run as a formula by spreadsheet programs, full-width signs too; an apostrophe keeps it text.
FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MARKDOWN = re.compile(r"([\\|`*_\[\]<>$~])")


def render(table: Table | pd.DataFrame, form: str, title: str = "Evidence table") -> bytes:
    """Return the table in a format of FORMATS, UTF-8 where it is text; the same table gives the same bytes.

    Groups are heading rows in Markdown, LaTeX, HTML and XLSX, a first column in CSV and JSON. Raises InputError for an
    unknown format.
    """
    makers: dict[str, Callable[[Table, str], bytes]] = {
        "csv": _csv, "md": _markdown, "tex": latex, "json": _json, "html": _html, "xlsx": workbook,
    }  # fmt: skip
    if form not in makers:
        raise InputError(f"unknown format {form!r}; use one of {', '.join(FORMATS)}")
    whole = table if isinstance(table, Table) else Table(table)
    sheets = {name: _printable(frame) for name, frame in whole.sheets.items()}
    groups = whole.groups and tuple(CONTROL.sub(" ", g) for g in whole.groups)
    clean = Table(_printable(whole.frame), groups, whole.notes, sheets)
    return makers[form](clean, title)


def _printable(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.map(lambda v: CONTROL.sub(" ", v) if isinstance(v, str) else v)


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


def _csv(table: Table, _title: str) -> bytes:
    # The byte-order mark tells Excel that the file is UTF-8; pandas and Python skip it with utf-8-sig.
    frame = table.with_group_column()
    return b"\xef\xbb\xbf" + frame.map(_safe).to_csv(index=False, lineterminator="\n").encode("utf-8")


def _json(table: Table, _title: str) -> bytes:
    rows = json.loads(table.with_group_column().to_json(orient="records", force_ascii=False))
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _markdown(table: Table, _title: str) -> bytes:
    names = list(table.frame.columns)
    lines = [f"| {' | '.join(map(_marked, names))} |", f"|{'---|' * len(names)}"]
    for group, rows in table.by_group():
        if group is not None:
            lines.append(f"| **{_marked(group)}** |{' |' * (len(names) - 1)}")
        lines += [f"| {' | '.join(map(_marked, row))} |" for row in rows]
    if table.notes:
        lines += ["", "Abbreviations: " + "; ".join(f"{_marked(s)}, {_marked(long)}" for s, long in table.notes) + "."]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _marked(value: object) -> str:
    text = "" if _missing(value) else str(value)
    return " ".join(MARKDOWN.sub(r"\\\1", text.replace("&", "&amp;")).split())


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)


def _html(table: Table, title: str) -> bytes:
    environment = Environment(loader=PackageLoader("secretome_nlp.write"), autoescape=True)
    groups = [
        (g, [[{"text": v, "link": link_in(str(v))} for v in row] for row in rows]) for g, rows in table.by_group()
    ]
    page = environment.get_template("table.html.j2").render(
        title=title, columns=list(table.frame.columns), groups=groups, count=len(table.frame), notes=table.notes
    )
    return page.encode("utf-8")
