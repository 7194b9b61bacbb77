"""Rows of tables become records, from cells, from lines and from columns that ran down."""

from __future__ import annotations

from pathlib import Path

import pytest

from secretome_nlp.evaluate.gold import read_gold
from secretome_nlp.evaluate.records import score_records
from secretome_nlp.knowledge.table_columns import load_table_words
from secretome_nlp.read import read_paths
from secretome_nlp.street import process
from secretome_nlp.tables.regions import column_of
from secretome_nlp.tables.rows import _assigned
from secretome_nlp.types import Annotations, EvidenceRecord, RawDocument, Section

REFERENCES = """

# References

1. Neri C. Cells of all kinds. J Test. 2010;1:1-2.
2. Rossi A, Blu E. Exosomes against fibrosis. J Test. 2015;3:10-9. PMID: 12345678
3. Verdi D, Blu E. Burns. J Test. 2017;5:1-9. doi: 10.1000/jt.5.1
"""
MARKDOWN = f"""# A survey

# Tests so far

Vesicles were given to animals in a few tests [1-3], and many more are on their way [1].

| Cells | Origin | Component | Delivery | Disease | Effects | Reference |
|---|---|---|---|---|---|---|
| MSC | Human bone marrow | Exosomes | I.V. | Rats with UUO | less fibrosis; better renal function | Rossi et al. [2] |
| ADSC | Rat | Conditioned medium | topical | Mice with burns | no change in inflammation | Verdi et al. [3] |
{REFERENCES}"""
HTML = f"""# A survey

# Tests so far

Vesicles were given to animals in a few tests [1-3], and many more are on their way [1].

<table class="wide" onload="x()">
<caption>Tests in animals</caption>
<thead><tr><th>Cells<th>Origin</th><th>Component</th><th>Delivery</th><th>Disease</th><th>Effects</th><th>Reference</th>
</tr></thead>
<!-- <tr><td>no row</td></tr> -->
<tr><td rowspan="2">MSC</td><td>Human
bone marrow</td><td><b>Exosomes</b></td><td>I.V.</td><td>Rats with UUO</td>
<td>less fibrosis</td><td>Rossi et al. [2]</td></tr>
<tr><td>Rat</td><td>Conditioned medium</td><td>topical</td>
<td>Mice with burns<script>if (a <td> b) fetch()</script></td>
<td>no change in inflammation</td><td>Verdi et al. [3]</td>
</table>
And so it goes on with the exosomes of many cells.
{REFERENCES}"""
JATS = """<article><front><article-meta><title-group><article-title>A survey</article-title></title-group>
</article-meta></front><body><table-wrap><label>Table 1</label><table>
<tr><th>Stem cell</th><th>Product</th><th>Dosage</th><th>Condition</th><th>NCT identifier</th></tr>
<tr><td>MSC</td><td>exosomes</td><td>100 µg</td><td>chronic ulcer</td><td>NCT01234567</td></tr>
<tr><td>ADSC</td><td>conditioned medium</td><td>2 mL</td><td>knee osteoarthritis</td><td>NCT01234568</td></tr>
</table></table-wrap></body></article>"""
LINES = [
    "Cells Origin Component Delivery Effects (species; disease; function) References",
    "MSC Human\tbone marrow", "Exosomes intravenous Rats; UUO; reduced fibrosis and apoptosis", "Rossi et al. [2]",
    "MSC Rat\tadipose tissue", "Conditioned medium topical Mice; burns; improved", "wound healing", "Verdi et al. [3]",
]  # fmt: skip
WHOLE = [
    "Cell type\tBMSCs\tADSCs\tMSCs", "Disease model", "Application method", "References",
    "Burns\tLung fibrosis\tAsthma",
    "IV injection of 30×10^9 exosomes\tIV injection of culture medium (30 μg/100 μL)\t"
    "IV injection of 2 mL of 10 μg EVs",
    "[2]\t[3]\t[4]",
]  # fmt: skip
TORN_CAPTION = "Table 4: Rat MSCs with further genes, and what they were given for."
TORN = [
    "Gene brought in", "Source of cells", "Vector", "Disease", "References",
    "Plasmid\tLentivirus\tLentivirus",
    "Acute kidney injury\tParkinson’s disease\tChronic kidney\tdisease", "[3]\t[4]\t[5]",
    "Bone marrow\tadipose tissue",
    "Leptin", "Amniotic fluid", "Adenovirus", "Myocardial infarction", "[6]",
    "Liver fibrosis", "[7]\t[8]",
    "Adenovirus", "Nothing yet", "[9]",
]  # fmt: skip
DOWN = [
    "Target disease", "Trial", "Cell", "Route", "Dose", "Chronic ulcer\tKnee osteoarthritis\tCOVID-19",
    "MSC exosomes", "NCT01234567",
    "topical", "100 µg", "MSC conditioned\tmedium\tUmbilical cord-MSC\texosomes", "NCT01234568",
    "intra-articular", "NCT01234569", "inhalation", "2 mL\t3 mL",
]  # fmt: skip


def records(raw: RawDocument) -> tuple[EvidenceRecord, ...]:
    (found,) = process([raw])
    assert isinstance(found, Annotations)
    made = tuple(r for r in found.records if r.source == "table")
    by_id = {m.id: m for m in found.mentions}
    for record in made:
        for slot in (record.cell_type, record.component, record.route, *record.dose, *record.model):
            if slot is not None:
                first, last = by_id[slot.mentions[0]], by_id[slot.mentions[-1]]
                assert found.document.text[first.start : last.end] == slot.text
    return made


def linear(lines: list[str]) -> RawDocument:
    text = "\n\n".join(lines)
    return RawDocument("t", "", "text", "", text, "structured", (Section("", "table", 0, len(text)),))


def values(record: EvidenceRecord) -> tuple[object, ...]:
    one = (record.cell_type, record.cell_source, record.donor_species, record.component, record.route)
    return (*(slot.value if slot else None for slot in one), [m.value for m in record.model])


def test_a_markdown_table() -> None:
    first, second = records(RawDocument("t", "", "markdown", "", MARKDOWN, markup="markdown"))
    assert values(first)[:3] == ("mesenchymal stromal cell", "bone marrow", "human")
    assert values(first)[3:] == ("exosome", "intravenous", ["unilateral ureteral obstruction"])
    assert [(o.target.text, o.direction, o.effect) for o in first.outcomes] == [
        ("fibrosis", "decrease", "benefit"),
        ("renal function", "improve", "benefit"),
    ]
    assert (first.study.label, first.study.ref, first.study.pmid) == ("Rossi et al.", "2", "12345678")
    assert first.host_species is not None and first.host_species.value == "rat"
    assert (first.setting, first.donor_relation) == ("in_vivo", "xenogeneic")
    assert [(o.direction, o.effect) for o in second.outcomes] == [("no_change", "none")]
    assert second.study.doi == "10.1000/jt.5.1"


def test_an_html_table_in_markdown() -> None:
    first, second = records(RawDocument("t", "", "markdown", "", HTML, markup="markdown"))
    assert values(first)[:3] == ("mesenchymal stromal cell", "bone marrow", "human")
    assert values(first)[3:] == ("exosome", "intravenous", ["unilateral ureteral obstruction"])
    assert (first.study.ref, second.study.ref) == ("2", "3")
    assert values(second)[0] == "mesenchymal stromal cell"
    assert values(second)[2:5] == ("rat", "conditioned_medium", "topical")
    assert [(o.target.value, o.direction) for o in second.outcomes] == [("inflammation", "no_change")]


def test_a_jats_table(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(JATS)
    (raw,) = read_paths([tmp_path])
    assert isinstance(raw, RawDocument)
    first, second = records(raw)
    assert (first.study.trial, first.setting, [d.text for d in first.dose]) == ("NCT01234567", "clinical", ["100 µg"])
    assert (second.study.trial, [d.text for d in second.dose]) == ("NCT01234568", ["2 mL"])
    assert values(second)[3:] == ("conditioned_medium", None, ["osteoarthritis"])


def test_a_table_written_out_line_by_line() -> None:
    first, second = records(linear(LINES))
    assert values(first)[1:] == ("bone marrow", "human", "exosome", "intravenous", ["unilateral ureteral obstruction"])
    assert [(o.target.value, o.direction) for o in first.outcomes] == [
        ("fibrosis", "decrease"),
        ("apoptosis", "decrease"),
    ]
    assert values(second)[1:5] == ("adipose tissue", "rat", "conditioned_medium", "topical")
    assert [(o.target.value, o.direction) for o in second.outcomes] == [("wound healing", "improve")]


def test_a_table_whose_columns_stand_whole() -> None:
    found = records(linear(WHOLE))
    assert [r.study.ref for r in found] == ["2", "3", "4"]
    assert [r.component.value for r in found if r.component] == [
        "exosome",
        "conditioned_medium",
        "extracellular_vesicle",
    ]
    assert [[m.value for m in r.model] for r in found] == [["burn"], ["pulmonary fibrosis"], ["asthma"]]
    assert [[d.text for d in r.dose] for r in found] == [["30×10^9 exosomes"], ["30 μg/100 μL"], ["2 mL of 10 μg"]]
    assert [r.cell_source.value if r.cell_source else None for r in found] == ["bone marrow", "adipose tissue", None]
    assert {r.setting for r in found} == {"in_vivo"}


@pytest.mark.parametrize("last", ["Burns", "Asthma", "Spinal cord injury", "Colitis induced by"])
def test_no_name_spans_two_paragraphs(last: str) -> None:
    lines = [*WHOLE[:4], f"Lung fibrosis\tAsthma\t{last}", *WHOLE[5:]]
    found = records(linear(lines))
    assert [[d.text for d in r.dose] for r in found] == [["30×10^9 exosomes"], ["30 μg/100 μL"], ["2 mL of 10 μg"]]
    assert {r.route.value for r in found if r.route} == {"intravenous"}
    assert not any("\n" in slot.text for r in found for slot in (*r.model, *r.dose))


@pytest.mark.parametrize(
    "lines",
    [
        [*WHOLE[:-1], "[2]\t[3]"],  # a reference too few
        [*WHOLE[:1], *WHOLE[2:]],  # a head too few
        [*WHOLE, "a note"],  # a paragraph that is neither column nor head
        [*WHOLE[:-1], "two\tthree\tfour"],  # nothing tells the rows apart
    ],
)
def test_columns_that_do_not_agree_make_no_records(lines: list[str]) -> None:
    assert records(linear(lines)) == ()


def test_a_table_whose_columns_ran_down() -> None:
    found = {r.study.trial: r for r in records(linear(DOWN))}
    assert [values(r)[3:] for r in found.values()] == [
        ("exosome", "topical", ["chronic ulcer"]),
        ("conditioned_medium", "intra-articular", ["osteoarthritis"]),
        ("exosome", "inhalation", ["covid-19"]),
    ]
    assert values(found["NCT01234569"])[1] == "umbilical cord"
    assert [d.text for d in found["NCT01234567"].dose] == ["100 µg"]
    assert [[d.text for d in found[f"NCT0123456{n}"].dose] for n in (8, 9)] == [["2 mL"], ["3 mL"]]


def torn(caption: str = TORN_CAPTION, lines: list[str] = TORN, again: str = "") -> RawDocument:
    """Return a document of a caption and a table; `again` is the caption of a second table with the same words."""
    parts = [("caption", caption), ("table", "\n\n".join(lines))]
    parts += [("caption", again), ("table", "\n\n".join(lines))] if again else []
    text, sections = "", []
    for kind, words in parts:
        sections.append(Section("", kind, len(text), len(text) + len(words)))
        text += words + "\n\n"
    return RawDocument("t", "", "text", "", text, "structured", tuple(sections))


def test_blocks_beside_references() -> None:
    found = {r.study.ref: r for r in records(torn())}
    cells = ("mesenchymal stromal cell", None, "rat", "cells", None)
    assert {ref: values(r) for ref, r in found.items()} == {
        "3": (*cells, ["acute kidney injury"]),
        "4": (*cells, ["parkinson's disease"]),
        "5": (*cells, ["chronic kidney disease"]),
        # Each block of one cell: the row can be followed to the source of its cells, and no further than its head's.
        "6": (cells[0], "amniotic fluid", *cells[2:], ["myocardial infarction"]),
    }


def test_a_table_that_goes_on_has_the_caption_of_its_first_part() -> None:
    found = records(torn(again="Table 4: Continued."))
    assert [r.study.ref for r in found] == ["3", "4", "5", "6"] * 2
    assert {r.cell_type.value for r in found if r.cell_type} == {"mesenchymal stromal cell"}


@pytest.mark.parametrize(
    ("caption", "lines"),
    [
        ("Table 4: Genes and what they were given for.", TORN),  # nothing tells the cells
        ("Table 4: MSCs and fibroblasts with further genes.", TORN),  # nor which of two
        (TORN_CAPTION, [*TORN[:3], *TORN[4:]]),  # a head too few to know the columns by
        (TORN_CAPTION, [*TORN[:5], "Leptin", "[6]", "Asthma\tBurns", "[7]"]),  # blocks that don't match
        (TORN_CAPTION, [*TORN[:5], "Asthma\tBurns", "2\t3"]),  # what may be no references
    ],
)
def test_blocks_that_do_not_fit_make_no_records(caption: str, lines: list[str]) -> None:
    assert records(torn(caption, lines)) == ()


def test_text_without_rows_makes_no_records() -> None:
    assert records(linear(["Exosomes\tMSC", "100\t200\t300", "intravenous"])) == ()


def test_heads_tell_columns() -> None:
    words = load_table_words()
    heads = [
        "Cell type",
        "Source of cells",
        "EVs",
        "Route of injection",
        "Dosage",
        "Target disease",
        "Main findings",
        "Refs.",
    ]
    kinds = ["cell", "origin", "component", "delivery", "dose", "model", "results", "reference"]
    assert [column_of(head, words) for head in heads] == kinds
    assert column_of("n", words) is None


@pytest.mark.parametrize(
    ("wanted", "rows", "cost", "places"),
    [([0, 1, 2], 3, 0, [0, 1, 2]), ([1, 1, 1], 3, 2, [0, 1, 2]), ([4, 4], 5, 1, [3, 4]), ([], 2, 0, [])],
)
def test_values_are_laid_in_order(wanted: list[int], rows: int, cost: int, places: list[int]) -> None:
    assert _assigned(wanted, rows) == (cost, places)


@pytest.mark.parametrize(
    ("review", "table", "least"),
    [("000_", "renal_table", 0.9), ("002_", "comparison_table1", 0.9), ("002_", "comparison_table3", 0.9)],
)
def test_tables_of_reviews_are_read(shared: Path, review: str, table: str, least: float) -> None:
    gold = read_gold(Path(__file__).parents[3] / "annotations" / "gold" / "reviews" / f"{table}.json")
    (found,) = process(read_paths(sorted((shared / "corpus" / "reviews").glob(f"{review}*"))))
    assert isinstance(found, Annotations)
    rows = {key for row in gold.records for key in (row.study.ref, row.study.trial, row.study.label) if key}
    made = [r for r in found.records if r.source == "table" and {r.study.ref, r.study.trial, r.study.label} & rows]
    score = score_records(gold.records, made)
    assert score.all_slots().f1 >= least
