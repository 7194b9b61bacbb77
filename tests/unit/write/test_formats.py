"""Text from papers is shown as text, wherever it is shown."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from secretome_nlp.errors import InputError
from secretome_nlp.types import Document, Failure
from secretome_nlp.write.folder import OutputFolder, read_rows
from secretome_nlp.write.formats import FORMATS, render

NASTY = ["=HYPERLINK(1)", "<script>alert(1)</script>", "a | b\nc", "+1", "\x07bell", "plain β", "PMID 123, doi:10.1/x"]
TABLE = pd.DataFrame({"Cells": NASTY, "Confidence": [0.5] * len(NASTY)})


def test_csv_opens_in_pandas_and_holds_no_formula() -> None:
    back = pd.read_csv(io.BytesIO(render(TABLE, "csv")), encoding="utf-8-sig")
    assert list(back.columns) == ["Cells", "Confidence"]
    assert not any(str(v).startswith(("=", "+")) for v in back["Cells"])
    assert "plain β" in list(back["Cells"])


def test_html_escapes_and_links() -> None:
    page = render(TABLE, "html").decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/123/"' in page


def test_xlsx_has_text_not_formulas_and_a_frozen_head() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render(TABLE, "xlsx"))).active
    assert sheet is not None
    values = [cell.value for cell in sheet["A"]]
    assert values[1] == "=HYPERLINK(1)" and sheet["A2"].data_type == "s"
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref
    assert sheet["A8"].hyperlink is not None


def test_markdown_keeps_one_row_a_line() -> None:
    assert len(render(TABLE, "md").decode().splitlines()) == len(NASTY) + 2


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_table_gives_the_same_bytes(form: str) -> None:
    assert render(TABLE, form) == render(TABLE, form)
    assert render(TABLE.head(0), form)


def test_an_interrupted_run_leaves_what_was_there(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with OutputFolder(tmp_path, {}) as out:
        out.add(Failure("old.txt", None, "as it was"))
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt), OutputFolder(tmp_path, {}):
        raise KeyboardInterrupt
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_folder_that_extract_did_not_write_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="extract -o"):
        list(read_rows(tmp_path, "documents"))


def test_lone_surrogates_do_not_break_the_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from secretome_nlp.types import Annotations

    with OutputFolder(tmp_path, {}) as out:
        out.add(Annotations(Document("d", "", "text", "", "a \ud800 b")))
    assert next(iter(read_rows(tmp_path, "documents")))["text"] == "a \ud800 b"


def test_latex_runs_nothing_of_a_text() -> None:
    nasty = pd.DataFrame({"A": [r"\input{/etc/passwd} 5 % & {x_1^2} ~#$", "[2pt] IL-1β ↑", "*starred"]})
    made = render(nasty, "tex").decode()
    body = made.split(r"\endlastfoot")[1].split(r"\end{longtable}")[0].strip().splitlines()
    assert body[0] == (
        r"\textbackslash{}input\{/etc/passwd\} 5 \% \& \{x\_1\textasciicircum{}2\} \textasciitilde{}\#\$ \\"
    )
    assert body[1] == r"{[}2pt{]} IL-1\ensuremath{\beta} \ensuremath{\uparrow} \\"
    assert body[2] == r"{*}starred \\"


def test_identifiers_are_linked() -> None:
    from secretome_nlp.write.links import link_in

    assert link_in("CL:0000134") == "http://purl.obolibrary.org/obo/CL_0000134"
    assert link_in("trial NCT04491240") == "https://clinicaltrials.gov/study/NCT04491240"
    assert link_in('see doi:10.1000/a%b"c') == "https://doi.org/10.1000/a%25b%22c"
    assert link_in("javascript:alert(1)") == "" and link_in("mouse") == ""
