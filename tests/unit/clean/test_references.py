"""Reference lists in the styles of journals, and what the markers in a text lead to."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from secretome_nlp.clean import clean
from secretome_nlp.clean.references import parse
from secretome_nlp.rows import document_from, document_row
from secretome_nlp.street import process
from secretome_nlp.types import Annotations, RawDocument

STYLES = {
    "Vancouver": (
        "1. Rossi A, Bianchi BC, Verdi D. Vesicles of the kidney: a survey. J Test Med. 2015;3(2):10-9."
        " doi: 10.1000/jtm.2015.3. PMID: 12345678",
        ("1", "Rossi et al. 2015", "12345678", "10.1000/jtm.2015.3", 2015, "Vesicles of the kidney: a survey"),
        ("Rossi A", "Bianchi BC", "Verdi D"),
    ),
    "APA": (
        "[2] Rossi, A., & Bianchi, B. C. (2016). Exosomes in rats. Journal of Tests, 4(1), 1-9. 10.1000/jot.4.1",
        ("2", "Rossi and Bianchi 2016", None, "10.1000/jot.4.1", 2016, "Exosomes in rats"),
        ("Rossi A", "Bianchi BC"),
    ),
    "IEEE": (
        "3. A. Rossi, B.C. Bianchi, and D. Verdi, “Secretomes for the heart,” Heart Tests, vol. 3, pp. 1–8, 2017.",
        ("3", "Rossi et al. 2017", None, None, 2017, "Secretomes for the heart"),
        ("Rossi A", "Bianchi BC", "Verdi D"),
    ),
    "year after the names": (
        "4 Rossi A, Verdi D (2012) Mitochondria from cells. Cell Tests 3:44-50",
        ("4", "Rossi and Verdi 2012", None, None, 2012, "Mitochondria from cells"),
        ("Rossi A", "Verdi D"),
    ),
    "et al.": (
        "5. Rossi A. et al. A short title. J Test 2019; 1: 1.",
        ("5", "Rossi et al. 2019", None, None, 2019, "A short title"),
        ("Rossi A",),
    ),
    "particles": (
        "6. van der Berg T, and O'Neil K. Growth factors in wounds. Wound J 2001; 5: 1-2.",
        ("6", "van der Berg and O'Neil 2001", None, None, 2001, "Growth factors in wounds"),
        ("van der Berg T", "O'Neil K"),
    ),
    "a body": (
        "7. World Test Organization. Guidance on cells. Geneva: WTO; 2018. https://pubmed.ncbi.nlm.nih.gov/87654321/",
        ("7", "World Test Organization 2018", "87654321", None, 2018, "Guidance on cells"),
        ("World Test Organization",),
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_read(style: str) -> None:
    entry, fields, authors = STYLES[style]
    (found,) = parse([entry])
    assert tuple(asdict(found).values()) == (*fields, authors)


REVIEW = """# Vesicles in short

# Introduction

Many groups have worked on vesicles [1-3]. Rossi et al. gave MSC exosomes intravenously to rats with UUO, and renal
fibrosis was reduced [2]. Bianchi et al. showed that conditioned medium of ADSCs reduced apoptosis in mice with
myocardial infarction. Verdi et al. reported that MSC exosomes reduced inflammation in mice with colitis.

# References

1. Neri C. Cells of all kinds. J Test. 2010;1:1-2.
2. Rossi A, Blu E. Exosomes against fibrosis. J Test. 2015;3:10-9. doi: 10.1000/jt.3.10. PMID: 12345678
3. Bianchi B, Blu E. Medium of fat cells in the heart. J Test. 2016;4:1-9. doi: 10.1000/jt.4.1
4. Verdi D, Blu E. Bowels. J Test. 2017;5:1-9. PMID: 22345678
5. Verdi D, Neri C. Bowels again. J Test. 2018;6:1-9. PMID: 32345678
"""


def test_records_of_a_review_point_at_the_primary_studies() -> None:
    (found,) = process([RawDocument("r", "", "markdown", "", REVIEW, markup="markdown")])
    assert isinstance(found, Annotations)
    studies = {r.study.label: (r.study.ref, r.study.pmid, r.study.doi) for r in found.records}
    assert studies["Rossi et al."] == ("2", "12345678", "10.1000/jt.3.10")
    assert studies["Bianchi et al."] == ("3", None, "10.1000/jt.4.1"), "named without a number"
    assert studies["Verdi et al."] == (None, None, None), "which of two works is meant isn't known"


@pytest.mark.parametrize(
    ("marker", "refs"),
    [("[1-3]", "1 2 3"), ("[2, 4]", "2 4"), ("[1,3–5]", "1 3 4 5")],
)
def test_markers_lead_to_the_list(marker: str, refs: str) -> None:
    text = REVIEW.replace("[1-3]", marker) + "\n"
    document = clean(RawDocument("r", "", "markdown", "", text, markup="markdown"))
    assert " ".join(document.citations[0].refs) == refs
    assert {r for c in document.citations for r in c.refs} <= {r.ref for r in document.references}


@pytest.mark.parametrize(
    ("written", "before", "refs"), [("13,33-36)", 32, "13 33 34 35 36"), ("24-26)", 23, "24 25 26")]
)
def test_raised_numbers_glued_to_words_lead_to_theirs(written: str, before: int, refs: str) -> None:
    words = [a + b for a in "bdfghklmnprs" for b in ("ones", "ands", "elds")]  # no word twice, as in real texts
    lines = [f"Cells were tried with care in {words[n]}{n}) and all went well." for n in range(1, before + 1)]
    text = " ".join([*lines, f"Vesicles were also tried in wounds{written} by some."])
    document = clean(RawDocument("r", "", "text", "", text, markup="plain"))
    assert refs in {" ".join(c.refs) for c in document.citations}


def test_round_markers_lead_to_theirs() -> None:
    lines = [f"Cells of kind {n} were tried with care in wounds ({n})." for n in range(1, 24)]
    text = " ".join([*lines, "Vesicles were also tried (24-26)."])
    document = clean(RawDocument("r", "", "text", "", text, markup="plain"))
    assert document.citations[-1].refs == ("24", "25", "26")


def test_references_survive_being_rows() -> None:
    document = clean(RawDocument("r", "", "markdown", "", REVIEW, markup="markdown"))
    assert document_from(document_row(document)).references == document.references
    assert document.references[1].authors == ("Rossi A", "Blu E")
