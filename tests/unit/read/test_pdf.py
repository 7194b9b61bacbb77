"""PDF: columns, titles, heads, notes, tables, raised numbers; and files that were made to do harm."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from tests.typeset import Paper, file_of, pdf_of

from secretome_nlp.clean import clean
from secretome_nlp.read import pdf, read_paths
from secretome_nlp.read.pdf import document, miner
from secretome_nlp.types import MINED_KINDS, Document, Failure, RawDocument

SENTENCES = (
    "The rats of the first group were given conditioned medium every morning of the week. ",
    "Those of the second group were given vesicles, and their kidneys were investigated later. ",
    "Nothing that could be measured had changed in the animals which were given the vehicle alone. ",
    "A transplantation of cells helped about as much as the administration of what they had secreted. ",
)


def paragraph(first: int, count: int = 6) -> str:
    return f"Part {first} begins here. " + "".join(SENTENCES[(first + n) % 4] for n in range(count))


def read(path: Path, data: bytes) -> RawDocument:
    path.write_bytes(data)
    (found,) = read_paths([path])
    assert isinstance(found, RawDocument), found
    assert found.format == "pdf"
    return found


def failure(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    (found,) = read_paths([path])
    assert isinstance(found, Failure), found
    assert "\n" not in found.error
    return found.error


def of_kind(found: Document, *kinds: str) -> str:
    return "\n\n".join(found.text[s.start : s.end] for s in found.sections if s.kind in kinds)


def running(found: Document) -> str:
    return of_kind(found, *MINED_KINDS, "heading")


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other(tmp_path: Path, columns: int) -> None:
    paper = Paper(head="Made up journal of tests", columns=columns)
    for number in range(14):
        paper.paragraph(paragraph(number))
    raw = read(tmp_path / "a", paper.pdf())
    assert running(clean(raw)).split() == " ".join(paragraph(number) for number in range(14)).split()


def test_heads_and_page_numbers_go_and_numbers_in_the_text_stay(tmp_path: Path) -> None:
    paper = Paper(head="Roe et al. A made up journal 2020")
    for number in range(20):
        paper.paragraph(paragraph(number))
    text = clean(read(tmp_path / "a", paper.pdf())).text
    assert len(paper.sheets) > 1
    assert "made up journal" not in text
    assert text.count("Part") == 20
    assert text.rstrip().endswith(".")


@pytest.mark.parametrize(
    ("set", "read_as"),
    [
        ("miR-21^{1} rose", "miR-21 [1] rose"),
        ("miR-21^{1,3-5}, and", "miR-21 [1,3-5], and"),
        ("IL-6^{12} fell", "IL-6 [12] fell"),
        ("the rats.^{7} They", "the rats. [7] They"),
        ("at 10^{7} cells/cm^{2} and", "at 10^7 cells/cm^2 and"),
        ("CD4^{+} and Ca^{2+} ions", "CD4+ and Ca2+ ions"),
        ("H_{2}O_{2} was", "H2O2 was"),
        ("miR-2_{1} was", "miR-2_1 was"),
        ("the ^{18}F was", "the 18F was"),
    ],
)
def test_raised_numbers_never_join_a_word(tmp_path: Path, set: str, read_as: str) -> None:
    paper = Paper()
    paper.paragraph(f"In the rats {set} when all of it was measured once more by the investigators in May.")
    assert read_as in clean(read(tmp_path / "a", paper.pdf())).text
    mined = "".join(g.text for page in miner.pages(paper.pdf(), 9) for g in page.glyphs)
    assert mined


def test_raised_numbers_that_the_file_has_last_stay_apart(tmp_path: Path) -> None:
    paper = Paper()
    paper.paragraph("They carry miR-21^{1} as well as miR-146a^{2} in the vesicles of the rats that were given it.")
    sheet = paper.sheets[0]
    sheet.commands.sort(key=lambda command: " 6.50 Tf" in command)
    text = clean(read(tmp_path / "a", paper.pdf())).text
    assert "miR-21 [1] as" in text and "miR-146a [2] in" in text


def test_title_notes_captions_and_tables_are_told_apart(tmp_path: Path) -> None:
    paper = Paper(head="Made up journal")
    paper.across("Vesicles of many sources in the kidneys of rats that were given them", 18, "bold")
    paper.across("Jane Doe^{1,2} and Richard Roe^{2}", 11)
    paper.table(
        "Table 1. What was given", [["Cells", "Route"], ["BM-MSC", "by vein"], ["UC-MSC", "by mouth"]], across=True
    )
    paper.heading("Results")
    paper.footnote("Note: kept apart from the text.")
    for number in range(10):
        paper.paragraph(paragraph(number))
    paper.table("Table 2. What was seen", [["Arm", "Effect"], ["one", "none"], ["two", "some"]])
    paper.heading("References")
    for number in range(1, 4):
        paper.paragraph(f"{number}. Doe J, Roe R. On made up rats. J Tests 201{number};3:1-9.", 8, indent=0)
    raw = read(tmp_path / "a", paper.pdf())
    found = clean(raw)
    assert found.title == "Vesicles of many sources in the kidneys of rats that were given them"
    assert of_kind(found, "caption") == "Table 1. What was given\n\nTable 2. What was seen"
    assert "BM-MSC\tby vein" in raw.text and "two\tsome" in raw.text
    assert "kept apart" in of_kind(found, "back_matter") and "kept apart" not in running(found)
    assert "Jane Doe" in of_kind(found, "front_matter")
    assert [r.ref for r in found.references] == ["1", "2", "3"]
    assert found.references[0].year == 2011
    body = " ".join(paragraph(number) for number in range(10))
    assert of_kind(found, "results").split() == body.split()


def test_both_libraries_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper(head="Made up journal")
    paper.across("Vesicles of many sources in the kidneys of rats", 18, "bold")
    for number in range(12):
        paper.paragraph(paragraph(number) + "Also miR-21^{1}.")
    by_pdfium = document.contents(paper.pdf())
    monkeypatch.setattr(document, "_pages", document._mined)
    assert document.contents(paper.pdf()) == by_pdfium


def test_a_packed_pdf_and_one_with_bytes_before_its_mark(tmp_path: Path) -> None:
    paper = Paper()
    paper.paragraph(paragraph(1))
    text = read(tmp_path / "a", paper.pdf()).text
    assert read(tmp_path / "a.pdf.gz", gzip.compress(paper.pdf())).text == text
    assert read(tmp_path / "b", b"junk\n" + paper.pdf()).text == text


def test_text_set_sideways_in_the_margin_is_left_out(tmp_path: Path) -> None:
    paper = Paper()
    paper.paragraph(paragraph(1))
    plain = read(tmp_path / "a", paper.pdf()).text
    paper.sheets[0].commands.append("BT /F0 20 Tf 0 1 -1 0 30 200 Tm (Stamp of a server) Tj ET")
    assert read(tmp_path / "a", paper.pdf()).text == plain


LOCKED = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00><00>]".format("41" * 32)
ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"
LOOPS = {
    "pages": {1: ROOT, 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"},
    "parents": {1: ROOT, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                3: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 3 0 R >>"},
    "references": {1: ROOT, 2: b"3 0 R", 3: b"2 0 R"},
    "contents": {1: ROOT, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                 3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>", 4: b"[4 0 R 4 0 R]"},
    "forms": {1: ROOT, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
                 b"/Resources << /XObject << /X 5 0 R >> >> >>",
              4: b"<< /Length 5 >>\nstream\n/X Do\nendstream",
              5: b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> "
                 b"/Length 11 >>\nstream\n/X Do /X Do\nendstream"},
    "count": {1: ROOT, 2: b"<< /Type /Pages /Kids [] /Count 2000000000 >>"},
}  # fmt: skip


@pytest.mark.parametrize("name", LOOPS)
def test_loops_end(tmp_path: Path, name: str) -> None:
    assert failure(tmp_path / "a.pdf", file_of(LOOPS[name]))


def test_files_that_hold_no_text_say_so_in_one_line(tmp_path: Path) -> None:
    paper = Paper()
    paper.paragraph(paragraph(1))
    assert "encrypted" in failure(tmp_path / "a", file_of({1: ROOT, 2: b"<< /Kids [] /Count 0 >>"}, LOCKED))
    assert "no text, only pictures" in failure(tmp_path / "a", pdf_of([b"0 0 100 100 re f"]))
    assert "cannot be opened" in failure(tmp_path / "a", b"%PDF-1.7\nnothing").replace("not a PDF that can", "cannot")
    assert "2,000 pages" in failure(tmp_path / "a", pdf_of([b""] * 10_000))


def test_a_content_stream_of_a_gigabyte_is_bounded(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1024)) + packer.flush()
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    assert failure(tmp_path / "a.pdf", file_of({1: ROOT, 2: pages, 3: page, 4: stream}))


def test_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    assert "takes over" in failure(tmp_path / "a.pdf", pdf_of([b""]) + b" " * 1000)


def test_a_missing_extra_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    assert "secretome-nlp[pdf]" in failure(tmp_path / "a.pdf", pdf_of([b""]))
