"""Cells, tissues and proteins by their words; the ids are the Cell Ontology's, Uberon's and HGNC's."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from secretome_nlp.components import shared_recogniser
from secretome_nlp.types import FoundBy, Mention, Norm

CASES = [
    ("The femur was scanned.", "femur", "UBERON:0000981"),
    ("M2 macrophages were counted.", "M2 macrophages", "CL:0000890"),
    ("Dopaminergic neurons were spared.", "Dopaminergic neurons", "CL:0000700"),
    ("Oral mucosa stem cells were grown.", "Oral mucosa stem cells", "CL:0000034"),
    ("Uptake by osteosarcoma cells was slow.", "osteosarcoma cells", "CL:0001064"),
    ("Lung cancer cells were seeded.", "Lung cancer cells", "CL:0001064"),
    ("Human neural stem cells were seeded.", "Human neural stem cells", "CL:0000047"),
    ("The level of pSTAT3 rose.", "pSTAT3", "HGNC:11364"),
    ("The middle cerebral artery was clipped.", "middle cerebral artery", "UBERON:0001627"),
]


@pytest.mark.parametrize(("text", "words", "curie"), CASES)
def test_the_first_id_is_what_the_words_say(text: str, words: str, curie: str) -> None:
    recogniser, grounder = shared_recogniser(())
    found = {m.text: m for m in grounder.find(recogniser.find(text))}
    assert found[words].norm[0].id == curie


def test_a_line_takes_no_broader_concept() -> None:
    recogniser, grounder = shared_recogniser(())
    lines = grounder.find(recogniser.find("NRK-49F cells were seeded."))
    assert [m.text for m in lines if m.type == "CELL_TYPE"] == ["NRK-49F cells"]
    assert [n.id for m in lines for n in m.norm] == []


def test_a_mirna_is_human_unless_its_name_says_otherwise() -> None:
    recogniser, grounder = shared_recogniser(())
    found = grounder.find(recogniser.find("In rats, miR-21 and rno-miR-21 rose."))
    names = [m.norm[0].name for m in found if m.type == "MIRNA"]
    assert names == ["hsa-mir-21", "rno-mir-21"]


def test_a_grounded_mention_differs_in_its_ids_alone() -> None:
    by = FoundBy("lexicon", "tissue.bone")
    m = Mention("m1", 4, 9, "femur", "TISSUE", by, 2, "long", "bone", "tissue.bone", (), True, True)
    assert not any(getattr(m, f.name) == f.default for f in fields(m) if f.name != "norm")
    norm = (Norm("UBERON:0000981", "femur", "name"),)
    assert m.grounded(norm) == replace(m, norm=norm)
