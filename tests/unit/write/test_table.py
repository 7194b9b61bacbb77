"""The table: conditions, columns, order, groups, footnotes, and the sheets of a workbook."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from secretome_nlp.cli.main import main
from secretome_nlp.errors import InputError
from secretome_nlp.knowledge.families import load_families
from secretome_nlp.write.formats import render
from secretome_nlp.write.table import Options, Table, build
from secretome_nlp.write.table_rows import WIDE
from secretome_nlp.write.where import FIELDS, parse

TUTORIAL = Path(__file__).parents[3] / "corpus" / "tutorial.jsonl"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("table") / "out"
    with pytest.raises(SystemExit):
        main(["extract", str(TUTORIAL), "-o", str(folder), "--quiet"])
    return folder


def sources(table: Table) -> list[str]:
    return list(table.frame["Source"])


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        (["cell=MSC", "component=exosome", "cargo=miRNA", "model=kidney"], [1, 2, 3]),
        (["component=exosome", "cargo=miR", "model=renal"], [1, 2, 3]),
        (["cargo=miR-21"], [1]),
        (["cargo=miR-2"], []),
        (["cargo=miR-12"], []),
        (["cargo!=miRNA"], [5]),
        (["model=heart"], [4]),
        (["model=heart,obstruction"], [3, 4, 5]),
        (["component = vesicle", "year >= 2021"], [1, 2, 4]),
        (["year<=2018"], [6]),
        (["route=intravenous", "species=rat"], [1, 5, 6]),
        (["species=NCBITaxon:10090"], [2, 3, 4]),
        (["effect=none"], [3, 5]),
        (["model=lung"], []),
    ],
)
def test_conditions_choose_records(out: Path, where: list[str], numbers: list[int]) -> None:
    assert sources(build(out, Options(where=where))) == [f"tutorial-{n}" for n in numbers]


@pytest.mark.parametrize("given", ["kidney", "organs=kidney", "model>=3", "year>=soon", "cargo=", "cargo= , "])
def test_a_condition_that_does_not_hold_is_refused_in_one_line(given: str) -> None:
    with pytest.raises(InputError, match="--where") as told:
        parse(given)
    assert "\n" not in str(told.value)


def test_an_empty_selection_tells_which_condition_is_too_narrow(out: Path) -> None:
    told = build(out, Options(where=["component=exosome", "model=lung"])).told
    assert told == "component=exosome 4, model=lung 0"


def test_families_have_fields_and_names_of_their_own() -> None:
    for slot, families in load_families().items():
        assert slot in FIELDS
        names = [n.casefold() for name, f in families.items() for n in (name, *f.also)]
        assert len(names) == len(set(names))


def test_columns_come_as_asked(out: Path) -> None:
    assert list(build(out, Options()).frame.columns) == list(WIDE)
    chosen = build(out, Options(columns=["reference", "Mechanism", "therapeutic_effects"])).frame
    assert list(chosen.columns) == ["Reference", "Mechanism", "Therapeutic effects"]
    with pytest.raises(InputError, match="did you mean 'Cargo'"):
        build(out, Options(columns=["Cargos"]))


def test_sorting_is_stable_and_leaves_empty_cells_last(out: Path) -> None:
    years = list(build(out, Options(columns=["Year"], sort=["-year"])).frame["Year"])
    assert years == [2022, 2021, 2021, 2020, 2019, 2018] and all(isinstance(y, int) for y in years)
    for sign in ("", "-"):
        dose = list(build(out, Options(sort=[f"{sign}dose"])).frame["Dose"])
        assert dose == ["100 µg", "", "", "", "", ""]
    assert sources(build(out, Options(sort=["component", "-year"])))[-1] == "tutorial-6"


def test_groups_are_headings_or_a_column(out: Path) -> None:
    table = build(out, Options(group_by="organ", columns=["Source"]))
    assert table.groups == ("heart", *["kidney"] * 5)
    assert "| **kidney** |" in render(table, "md").decode()
    assert r"\multicolumn{1}{l}{\textit{kidney}}" in render(table, "tex").decode()
    assert '<th scope="rowgroup" colspan="1">kidney (5)</th>' in render(table, "html").decode()
    rows = list(csv.DictReader(io.StringIO(render(table, "csv").decode("utf-8-sig"))))
    assert rows[0] == {"Group": "heart", "Source": "tutorial-4"}
    assert json.loads(render(table, "json"))[0] == rows[0]
    sheet = openpyxl.load_workbook(io.BytesIO(render(table, "xlsx")))["Evidence"]
    assert [c.value for c in sheet["A"]][:4] == ["Source", "heart", "tutorial-4", "kidney"]
    by_dose = build(out, Options(group_by="dose")).groups
    assert by_dose is not None and by_dose[-1] == "not stated"


def test_short_forms_are_footnoted_where_they_stand(out: Path) -> None:
    notes = dict(build(out, Options()).notes)
    assert notes["MV"] == "microvesicle"
    assert notes["EPC"] == "endothelial progenitor cell" if "EPC" in notes else True
    assert "AKI" not in dict(build(out, Options(columns=["Source"])).notes)
    table = Table(build(out, Options(columns=["Source"])).frame, None, (("A_B", "alpha & beta"),))
    assert r"Abbreviations: A\_B, alpha &amp; beta." in render(table, "md").decode()
    assert r"A\_B, alpha \& beta" in render(table, "tex").decode()
    assert "<abbr>A_B</abbr>, alpha &amp; beta" in render(table, "html").decode()


def test_the_workbook_has_a_sheet_a_kind(out: Path) -> None:
    table = build(out, Options(sheets=True, where=["model=kidney"]))
    book = openpyxl.load_workbook(io.BytesIO(render(table, "xlsx")))
    assert book.sheetnames == ["Evidence", "Outcomes", "Mentions", "Sources", "Abbreviations", "About"]
    for sheet in book:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref
        assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert book["Sources"].max_row == 6
    texts = {row[7].value for row in book["Mentions"].iter_rows(min_row=2)}
    assert "miR-21" in texts and any(c.hyperlink for c in book["Mentions"]["J"])
    assert dict(book["About"].iter_rows(min_row=2, values_only=True))["Conditions"] == "model=kidney"
    assert render(table, "xlsx") == render(table, "xlsx")


def test_the_command_line_takes_all_of_it(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "t.latex"
    arguments = ["table", str(out), "-o", str(made), "--where", "model=kidney", "--sort", "-confidence"]
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--group-by", "cells", "--columns", "Cells,Model"])
    assert left.value.code == 0 and r"\begin{longtable}" in made.read_text()
    with pytest.raises(SystemExit):
        main(["table", str(out), "--head", "3", "--where", "model=lung"])
    assert "no record fits all conditions" in capsys.readouterr().err
