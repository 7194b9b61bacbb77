"""The table as an XLSX workbook: the table itself, then outcomes, mentions, sources, abbreviations and what made it."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pandas as pd

from secretome_nlp.write.links import link_in
from secretome_nlp.write.table import Table

WIDEST, NARROWEST = 60, 6
#: Excel's limits: characters of a cell, characters of an address, addresses of a sheet.
MOST_TEXT, MOST_ADDRESS, MOST_LINKS = 32_767, 2_079, 65_000


def workbook(table: Table, title: str) -> bytes:
    """Return the workbook. Nothing in it is a formula; the same table gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, options)
    # A fixed date keeps the file the same from run to run.
    book.set_properties({"title": title, "created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    looks = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E8ECF0"}),
        "body": book.add_format({"text_wrap": True, "valign": "top"}),
        "link": book.add_format({"text_wrap": True, "valign": "top", "font_color": "blue", "underline": 1}),
        "group": book.add_format({"bold": True, "bg_color": "#F3F5F7", "top": 1}),
    }
    _sheet(book, "Evidence", table.frame, looks, table.groups)
    for name, frame in table.sheets.items():
        if name == "About" and table.notes:
            _sheet(book, "Abbreviations", pd.DataFrame(table.notes, columns=["Short", "Long"]), looks)
        _sheet(book, name, frame, looks)
    if table.notes and not table.sheets:
        _sheet(book, "Abbreviations", pd.DataFrame(table.notes, columns=["Short", "Long"]), looks)
    book.close()
    return buffer.getvalue()


def _sheet(
    book: Any, name: str, frame: pd.DataFrame, looks: dict[str, Any], groups: tuple[str, ...] | None = None
) -> None:
    sheet = book.add_worksheet(name)
    for column, title in enumerate(frame.columns):
        longest = max([len(title) + 3, *(len(str(v)) for v in frame[title])])
        sheet.set_column(column, column, max(NARROWEST, min(WIDEST, longest + 2)))
        sheet.write_string(0, column, title, looks["head"])
    row, before, links = 1, None, 0
    for number, values in enumerate(frame.itertuples(index=False)):
        if groups is not None and groups[number] != before:
            before = groups[number]
            for column in range(len(frame.columns)):
                sheet.write_string(row, column, before[:MOST_TEXT] if column == 0 else "", looks["group"])
            row += 1
        for column, value in enumerate(values):
            links += _cell(sheet, row, column, value, looks, links < MOST_LINKS)
        if groups is not None:
            sheet.set_row(row, None, None, {"level": 1})
        row += 1
    sheet.freeze_panes(1, 1)
    if len(frame):
        sheet.autofilter(0, 0, row - 1, len(frame.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cell(sheet: Any, row: int, column: int, value: object, looks: dict[str, Any], may_link: bool) -> int:
    """Write a cell by its type, never as a formula; return how many links it holds."""
    if value is None or value != value:
        return 0
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no", looks["body"])
        return 0
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, looks["body"])
        return 0
    text = str(value)[:MOST_TEXT]
    address = link_in(text) if may_link else ""
    if address and len(address) <= MOST_ADDRESS:
        sheet.write_url(row, column, address, looks["link"], text)
        return 1
    sheet.write_string(row, column, text, looks["body"])
    return 0
