"""BioC and PubTator: passages become sections, references a list, tables rows; damage costs what it hits."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from secretome_nlp.read import read_paths
from secretome_nlp.types import Bibliography, Failure, RawDocument, Reference

FRONT = {
    "section_type": "TITLE", "type": "front", "article-id_pmid": "4711", "article-id_doi": "10.1234/x",
    "year": "2020", "name_0": "surname:Doe;given-names:Jane", "journal-title": "J Tests",
}  # fmt: skip
TABLE_XML = (
    "<table><thead><tr><th>Cells</th><th>Dose</th></tr></thead><tbody>"
    "<tr><td>MSC<sup>1</sup></td><td>5 µg</td></tr></tbody></table>"
)
PAPER = {
    "id": "PMC99",
    "infons": {},
    "passages": [
        {"offset": 0, "infons": FRONT, "text": "Vesicles in rats"},
        {"offset": 17, "infons": {"section_type": "ABSTRACT", "type": "abstract_title_1"}, "text": "Results"},
        {"offset": 25, "infons": {"section_type": "ABSTRACT", "type": "abstract"}, "text": "They\n helped."},
        {"offset": 40, "infons": {"section_type": "METHODS", "type": "title_2"}, "text": "Doses"},
        {"offset": 50, "infons": {"section_type": "METHODS", "type": "paragraph"},
         "sentences": [{"offset": 50, "text": "We gave some."}, {"offset": 64, "text": "Twice."}]},
        {"offset": 70, "infons": {"section_type": "TABLE", "type": "table_caption"}, "text": "Table 1 Doses"},
        {"offset": 80, "infons": {"section_type": "TABLE", "type": "table", "xml": TABLE_XML}, "text": "x"},
        {"offset": 90, "infons": {"section_type": "FIG", "type": "fig_caption"}, "text": "A rat."},
        {"offset": 95, "infons": {"section_type": "REF", "type": "title"}, "text": "References"},
        {"offset": 99, "infons": {"section_type": "REF", "type": "ref", "pub-id_pmid": "5", "year": "2001",
                                  "name_0": "surname:Roe;given-names:R"}, "text": "On vesicles"},
    ],
}  # fmt: skip
SECTIONS = [
    ("title", "", "Vesicles in rats"),
    ("heading", "Results", "Results"),
    ("results", "Results", "They helped."),
    ("heading", "Doses", "Doses"),
    ("methods", "Doses", "We gave some. Twice."),
    ("caption", "Doses", "Table 1 Doses"),
    ("table", "Doses", "Cells\tDose\n\nMSC 1\t5 µg"),
    ("caption", "Doses", "A rat."),
]
SIMPLE = {
    "id": "123456",
    "passages": [
        {"infons": {"type": "title", "authors": "Doe J, Roe R", "journal": "J Tests; 2019 May. doi: 10.1/x"},
         "text": "On rats."},
        {"infons": {"type": "abstract"}, "text": "They are well."},
    ],
}  # fmt: skip


def xml_of(*papers: dict[str, Any]) -> str:
    from xml.sax.saxutils import escape, quoteattr

    def infons(given: dict[str, str]) -> str:
        return "".join(f"<infon key={quoteattr(k)}>{escape(v)}</infon>" for k, v in given.items())

    def passage(given: dict[str, Any]) -> str:
        parts = [f"<sentence><offset>0</offset><text>{s['text']}</text></sentence>" for s in given.get("sentences", ())]
        text = f"<text>{escape(given['text'])}</text>" if "text" in given else "".join(parts)
        return f"<passage>{infons(given['infons'])}<offset>{given.get('offset', 0)}</offset>{text}</passage>"

    documents = "".join(
        f"<document><id>{p['id']}</id>{''.join(map(passage, p['passages']))}</document>" for p in papers
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd">\n<collection><source>own</source>'
        f"<date>2020</date><key>x.key</key>{documents}</collection>"
    )


def read(path: Path, content: str | bytes) -> list[RawDocument | Failure]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_paths([path]))


COLLECTION = {"source": "PMC", "date": "x", "key": "x.key", "infons": {}, "documents": [PAPER, SIMPLE]}
FORMS = {
    "collection": json.dumps(COLLECTION),
    "indented": json.dumps(COLLECTION, indent=2),
    "collections": json.dumps([COLLECTION | {"documents": [PAPER]}, COLLECTION | {"documents": [SIMPLE]}]),
    "pubtator3": json.dumps({"PubTator3": [PAPER, SIMPLE]}),
    "lines": "\n".join(json.dumps(paper) for paper in (PAPER, SIMPLE)),
    "list": json.dumps([PAPER, SIMPLE]),
    "marked": "\ufeff" + json.dumps(COLLECTION),
    "xml": xml_of(PAPER, SIMPLE),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("zipped", [False, True])
def test_every_form_of_bioc_gives_the_same_documents(tmp_path: Path, form: str, zipped: bool) -> None:
    data = FORMS[form].encode()
    first, second = read(tmp_path / "any.data", gzip.compress(data) if zipped else data)
    assert isinstance(first, RawDocument) and isinstance(second, RawDocument)
    assert first.format == ("bioc-xml" if form == "xml" else "bioc-json")
    assert (first.doc_id, first.title) == ("PMC99", "Vesicles in rats")
    assert [(s.kind, s.title, first.text[s.start : s.end]) for s in first.sections] == SECTIONS
    assert first.references == (Reference("1", "Roe 2001", "5", None, 2001, "On vesicles"),)
    assert first.bibliography == Bibliography("4711", "10.1234/x", 2020, "Doe", "J Tests")
    assert (second.doc_id, second.text) == ("123456", "On rats.\n\nThey are well.")
    assert [s.kind for s in second.sections] == ["title", "abstract"]
    assert second.bibliography.pmid == "123456"
    assert second.bibliography.first_author == "Doe"


def test_documents_before_the_damage_are_kept(tmp_path: Path) -> None:
    for name, data in (("a.json", json.dumps(COLLECTION)[:-120]), ("a.xml", xml_of(PAPER, SIMPLE)[:-60])):
        first, second = read(tmp_path / name, data)
        assert isinstance(first, RawDocument)
        assert isinstance(second, Failure)
        assert "after document 1" in second.error


def test_odd_documents_are_failures_and_the_rest_goes_on(tmp_path: Path) -> None:
    odd: list[Any] = [5, {"id": "a"}, {"id": "b", "passages": []}, {"id": "c", "passages": [7, {"text": None}]}]
    found = read(tmp_path / "a.json", json.dumps({"source": "x", "documents": [*odd, SIMPLE]}))
    assert [type(item) for item in found] == [Failure] * 4 + [RawDocument]


HARD = {"deep": "[" * 100_000, "digits": '{"id": ' + "1" * 10_000 + "}", "nonsense": '{"id": "x", nonsense'}


@pytest.mark.parametrize("inner", HARD.values(), ids=HARD.keys())
def test_what_no_json_reader_survives_is_one_failure(tmp_path: Path, inner: str) -> None:
    found = read(tmp_path / "a.json", '{"source": "x", "documents": [' + inner)
    assert [type(item) for item in found] == [Failure]


def test_memory_does_not_grow_with_the_collection(tmp_path: Path) -> None:
    import tracemalloc

    many = ",".join(json.dumps(SIMPLE | {"id": str(n)}) for n in range(20_000))
    path = tmp_path / "a.json"
    path.write_text('{"source": "x", "documents": [' + many + "]}")
    tracemalloc.start()
    assert sum(isinstance(item, RawDocument) for item in read_paths([path])) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000 < path.stat().st_size


PUBTATOR = (
    "111|t|Vesicles in rats.\n111|a|BACKGROUND: They are small. RESULTS: They|help.\n"
    "111\t0\t8\tVesicles\tCell\tX:1\n111\tCID\tX:1\tX:2\n\n"
    "PMC5|t|More rats.\nPMC5|a|\n7|a|Alone.\n8|t|\n8|a|\n\n\n"
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_pubtator(tmp_path: Path, ends: str) -> None:
    first, second, third, fourth = read(tmp_path / "x.txt", PUBTATOR.replace("\n", ends))
    assert isinstance(first, RawDocument)
    assert (first.format, first.doc_id, first.bibliography.pmid) == ("pubtator", "111", "111")
    assert first.text == "Vesicles in rats.\n\nBACKGROUND: They are small. RESULTS: They|help."
    assert [s.kind for s in first.sections] == ["title", "abstract"]
    assert isinstance(second, RawDocument) and second.bibliography.pmid is None
    assert isinstance(third, RawDocument) and third.text == "Alone."
    assert isinstance(fourth, Failure) and fourth.doc_id == "8"


def test_a_pubtator_line_without_end_costs_its_document_only(tmp_path: Path) -> None:
    found = read(tmp_path / "x.gz", gzip.compress(b"1|t|Long.\n1|a|" + b"x" * 9_000_000 + b"\n\n2|t|Rats.\n"))
    assert [type(item) for item in found] == [Failure, RawDocument, RawDocument]
