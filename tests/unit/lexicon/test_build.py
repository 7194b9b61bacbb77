"""Lexicons from release files: small files of each publisher's format, made up here; ids and names are real."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from secretome_nlp.components import shared_recogniser
from secretome_nlp.errors import InputError
from secretome_nlp.knowledge.lexicon import Entry, read_lexicon
from secretome_nlp.lexicon.build import build
from secretome_nlp.lexicon.releases import FORMATS
from secretome_nlp.pipeline import read_pipeline

HGNC = (
    "hgnc_id\tsymbol\tname\tstatus\talias_symbol\talias_name\tprev_symbol\tprev_name\n"
    "HGNC:11998\tTP53\ttumor protein p53\tApproved\tp53|LFS1\tLi-Fraumeni syndrome gene\t\t\n"
    'HGNC:990001\tQQK1\tquokka kinase 1\tApproved\t"QQKa|Quok"\t\t\t\n'
    "HGNC:990002\tOLD1\told gene\tEntry Withdrawn\t\t\t\t\n"
)
CL = (
    "format-version: 1.2\ndata-version: cl/releases/2024-05-15/cl.obo\n\n"
    '[Term]\nid: CL:0000134\nname: mesenchymal stem cell\nsynonym: "quokka \\"stroma\\" cell" EXACT []\n'
    'synonym: "near thing" RELATED []\n\n[Term]\nid: CL:9999999\nname: gone cell\nis_obsolete: true\n\n'
    "[Term]\nid: CL:0000000\nname: cell\n\n"
    "[Term]\nid: GO:0008150\nname: biological_process\n\n[Typedef]\nid: part_of\nname: part of\n"
)
MONDO = json.dumps({
    "graphs": [{
        "meta": {"version": "http://purl.obolibrary.org/obo/mondo/releases/2024-06-04/mondo.json"},
        "nodes": [
            {"id": "http://purl.obolibrary.org/obo/MONDO_0005148", "lbl": "quokka diabetes",
             "meta": {"synonyms": [{"pred": "hasExactSynonym", "val": "diabetes of the quokka"},
                                   {"pred": "hasRelatedSynonym", "val": "sugar"}]}},
            {"id": "http://purl.obolibrary.org/obo/MONDO_0000001", "lbl": "x", "meta": {"deprecated": True}},
        ],
    }]
})  # fmt: skip
ALIASES = "MI0000077\thsa-mir-21;hsa-miR-21;\nMIMAT0000076\thsa-miR-21;hsa-miR-21-5p;\nMIMAT9999999\tqqk-miR-9999-3p;\n"
DAT = (
    "ID   hsa-mir-21        standard; RNA; HSA; 72 BP.\nXX\nAC   MI0000077;\nXX\n"
    'FT   miRNA           8..29\nFT                   /accession="MIMAT0000076"\n'
    'FT                   /product="hsa-miR-21-5p"\n//\n'
)
NAMES = (
    "1\t|\troot\t|\t\t|\tscientific name\t|\n"
    "9322\t|\tSetonix brachyurus\t|\t\t|\tscientific name\t|\n9322\t|\tquokka\t|\t\t|\tgenbank common name\t|\n"
    "9322\t|\tSetonix sp. x\t|\t\t|\tincludes\t|\n6754\t|\tCancer\t|\t\t|\tscientific name\t|\n"
)
CELLOSAURUS = (
    " Version: 48.0\n\nID   QQ-21\nAC   CVCL_0030\nSY   QQ21; Quokka\nOX   NCBI_TaxID=9322; ! Setonix brachyurus\n//\n"
)
FILES = {
    "hgnc": ("hgnc_complete_set.txt", HGNC, {"HGNC:990001": {"QQK1", "QQKa", "quokka kinase 1"}}),
    "cl": ("cl.obo", CL, {"CL:0000134": {'quokka "stroma" cell'}}),
    "mondo": ("mondo.json", MONDO, {"MONDO:0005148": {"quokka diabetes", "diabetes of the quokka"}}),
    "mirbase": ("aliases.txt", ALIASES, {"miRBase:MIMAT9999999": {"qqk-miR-9999-3p"}}),
    "ncbitaxon": ("names.dmp", NAMES, {"NCBITaxon:9322": {"Setonix brachyurus", "quokka"}}),
    "cellosaurus": ("cellosaurus.txt", CELLOSAURUS, {"CVCL:0030": {"QQ-21"}}),
}


def names(e: Entry) -> set[str]:
    return {*e.terms, *(text for text, *_ in e.short)}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("source", sorted(FORMATS))
def test_each_format_is_read(source: str, packed: bool, tmp_path: Path) -> None:
    name, content, expected = FILES[source]
    path = tmp_path / name
    path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
    built = build(source, path, tmp_path / "out")
    made = {e.xref[0]: names(e) for e in read_lexicon(built.path)}
    assert {curie: made.get(curie) for curie in expected} == expected
    assert not {"HGNC:990002", "CL:9999999", "CL:0000000", "GO:0008150", "MONDO:0000001", "NCBITaxon:6754"} & set(made)
    assert built.names == sum(map(len, made.values())) and built.entries == len(made)


def test_the_flat_file_of_mirbase_holds_mature_names_too(tmp_path: Path) -> None:
    path = tmp_path / "miRNA.dat"
    path.write_text(DAT, encoding="utf-8")
    made = {e.xref[0]: names(e) for e in read_lexicon(build("mirbase", path, tmp_path, release="22.1").path)}
    assert made["miRBase:MIMAT0000076"] == {"hsa-miR-21-5p", "miR-21-5p"}


def test_the_release_is_in_the_name_and_a_second_build_keeps_the_file(tmp_path: Path) -> None:
    path = tmp_path / "cl.obo"
    path.write_text(CL, encoding="utf-8")
    built = build("cl", path, tmp_path / "out")
    assert built.path.name == "cl-2024-05-15.tsv" and built.made
    before = built.path.stat().st_mtime_ns, built.path.read_bytes()
    again = build("cl", path, tmp_path / "out")
    assert not again.made and (built.path.stat().st_mtime_ns, built.path.read_bytes()) == before
    path.write_text(CL.replace("stroma", "strand"), encoding="utf-8")
    assert build("cl", path, tmp_path / "out").made


def test_only_the_ids_asked_for(tmp_path: Path) -> None:
    path, only = tmp_path / "hgnc.txt", tmp_path / "only.txt"
    path.write_text(HGNC, encoding="utf-8")
    only.write_text("HGNC:990001\n", encoding="utf-8")
    built = build("hgnc", path, tmp_path, release="x", only=only)
    assert [e.xref for e in read_lexicon(built.path)] == [("HGNC:990001",)]


def test_the_lexicons_work_as_overlays(tmp_path: Path) -> None:
    for source in ("hgnc", "cl", "mirbase", "ncbitaxon"):
        path = tmp_path / FILES[source][0]
        path.write_text(FILES[source][1], encoding="utf-8")
        build(source, path, tmp_path / "out", release="r1")
    overlays = dict(read_pipeline(tmp_path / "out" / "pipeline.yml").stages())["mentions"]["lexicons"]
    recogniser, grounder = shared_recogniser(tuple(map(Path, overlays)))
    found = grounder.find(recogniser.find("In the quokka, QQK1 and miR-21-5p of the cells rose."))
    ids = {m.text: [n.id for n in m.norm] for m in found}
    assert ids["quokka"] == ["NCBITaxon:9322"] and ids["QQK1"] == ["HGNC:990001"]
    assert ids["miR-21-5p"] == ["miRBase:MI0000077", "miRBase:MIMAT0000076"]


@pytest.mark.parametrize("source", sorted(FORMATS))
def test_a_file_of_another_format_is_told_and_leaves_nothing(source: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text("<html>not found</html>\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"wrong\.txt: "):
        build(source, path, tmp_path / "out", release="x")
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_a_broken_gzip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "names.dmp.gz"
    path.write_bytes(gzip.compress(NAMES.encode() * 50)[:-20])
    with pytest.raises(InputError, match="download it again"):
        build("ncbitaxon", path, tmp_path / "out", release="x")
    assert not list((tmp_path / "out").glob("*.tsv*"))
