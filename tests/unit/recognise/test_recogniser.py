"""What the recogniser makes of names in their many spellings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from secretome_nlp.components import shared_recogniser
from secretome_nlp.recognise.atoms import split


def found(text: str, *types: str) -> list[tuple[str, str]]:
    mentions = shared_recogniser(())[0].find(text)
    return [(m.type, m.text) for m in mentions if not types or m.type in types]


def test_hyphens_spaces_and_greek_letters_never_hide_a_name() -> None:
    for text in ("IL-10", "IL10", "IL 10", "interleukin-10", "Interleukin 10"):
        assert found(f"Serum {text} rose.", "FACTOR", "GENE") == [("FACTOR", text)], text
    for text in ("TGF-β1", "TGFβ1", "TGF-beta 1", "TGF-β1"):
        assert found(f"Secretion of {text} rose.", "FACTOR", "GENE") == [("FACTOR", text)], text


def test_members_of_a_list_each_give_a_mention() -> None:
    assert found("They secrete IL-4 and -10 here.", "FACTOR") == [("FACTOR", "IL-4"), ("FACTOR", "-10")]
    assert [t for _, t in found("miR-410, miR-495, miR-548c-5p, and let-7a were found.", "MIRNA")] == [
        "miR-410", "miR-495", "miR-548c-5p", "let-7a",
    ]  # fmt: skip


def test_fused_compounds_fall_into_their_parts() -> None:
    vesicles = "Extracellular vesicles were spun down."
    assert found(f"BM-MSC-EVs. {vesicles}")[:2] == [("CELL_TYPE", "BM-MSC"), ("COMPONENT", "EVs")]
    assert found("miR210-EPC-EXs are exosomes", "MIRNA", "CELL_TYPE", "COMPONENT")[:3] == [
        ("MIRNA", "miR210"), ("CELL_TYPE", "EPC"), ("COMPONENT", "EXs"),
    ]  # fmt: skip


def test_the_longest_reading_wins_and_others_nest() -> None:
    assert found("human umbilical cord mesenchymal stem cells") == [
        ("CELL_TYPE", "human umbilical cord mesenchymal stem cells"),
        ("SPECIES", "human"),
        ("TISSUE", "umbilical cord"),
    ]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    for m in shared_recogniser(())[0].find(text):
        assert text[m.start : m.end] == m.text
        assert m.text == m.text.strip()


@given(st.text(max_size=200))
def test_atoms_stand_where_they_say(text: str) -> None:
    atoms = split(text)
    assert all(start < end for start, end in zip(atoms.starts, atoms.ends, strict=True))
    assert all(end <= start for end, start in zip(atoms.ends, atoms.starts[1:], strict=False))
