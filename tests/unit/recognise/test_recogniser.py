"""What the recogniser makes of names in their many spellings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from secretome_nlp.components import shared_recogniser
from secretome_nlp.knowledge.load import load_knowledge
from secretome_nlp.recognise.atoms import read_key, read_norms, split


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


def test_the_short_way_to_the_atoms_of_a_term_gives_the_same() -> None:
    terms = [t for e in load_knowledge(()).entries for t in e.terms]
    assert len(terms) > 10_000
    for term in [*terms, "a  b", " a", "a-b", "", "É b"]:
        assert tuple(read_norms(term)) == read_key(term)[0], term


def test_a_prefix_of_a_product_is_a_priming_where_the_document_primes_with_it() -> None:
    said = "Exosomes of melatonin-pretreated MSCs and of TNF-α-primed MSCs were kept. "
    assert found(f"{said}Mel-exosomes and TNF-α-exosomes did best.", "PRIMING")[2:] == [
        ("PRIMING", "Mel"), ("PRIMING", "TNF-α"),
    ]  # fmt: skip
    assert found("Exosomes of MSCs. IL10-exosomes were loaded.", "PRIMING", "FACTOR") == [("FACTOR", "IL10")]
    assert found("Exosomes of hypoxia-preconditioned MSCs; HP-exosomes did best.", "PRIMING")[1:] == [("PRIMING", "HP")]
    assert found("Cur-loaded exosomes; Cur-exosomes did best.", "PRIMING") == [("PRIMING", "Cur-loaded")]


def test_hosts_and_recipient_cells_are_not_primed() -> None:
    assert found("Mice were pretreated with rapamycin.", "PRIMING") == []
    assert found("HK-2 cells were pretreated with rapamycin.", "PRIMING") == []
    assert found("MSCs of old mice were pretreated with rapamycin.", "PRIMING") == [
        ("PRIMING", "pretreated with rapamycin")
    ]
    assert found("Macrophages were primed with LPS. Macrophage-derived exosomes were spun.", "PRIMING") == [
        ("PRIMING", "primed with LPS")
    ]


def test_a_cytokine_measured_in_an_organ_is_a_marker() -> None:
    assert found("IL-6 levels in the kidney fell.", "GENE", "FACTOR") == [("GENE", "IL-6")]
    assert found("IL-6 levels in the serum fell.", "GENE", "FACTOR") == [("FACTOR", "IL-6")]


def test_letters_that_look_like_greek_ones_are_read_so() -> None:
    assert found("IL-1ß, TNF-ɑ and NF-ĸB were counted.", "GENE", "FACTOR") == [
        ("FACTOR", "IL-1ß"), ("FACTOR", "TNF-ɑ"), ("GENE", "NF-ĸB"),
    ]  # fmt: skip


def test_a_protein_added_beside_or_joined_behind_a_product_is_a_factor() -> None:
    for text, name in (
        ("DKK1 was further added to the neurons.", "DKK1"),
        ("Cells were treated with exogenous TGF-β1.", "TGF-β1"),
        ("Exosome-TGF-β1 acted in the kidney.", "TGF-β1"),
        ("CTGF derived from MSC exosomes acted.", "CTGF"),
    ):
        assert found(text, "FACTOR", "GENE") == [("FACTOR", name)], text


def test_cells_that_share_their_noun_are_each_named() -> None:
    assert found("T and B cells were counted.", "CELL_TYPE") == [("CELL_TYPE", "T"), ("CELL_TYPE", "B cells")]
    assert [t for _, t in found("CD4+ and CD8+ T cells rose; M1/M2 macrophages did not.", "CELL_TYPE")] == [
        "CD4+", "CD8+ T cells", "M1", "M2 macrophages",
    ]  # fmt: skip
    assert [t for _, t in found("Endothelial (n = 3), epithelial, and stromal cells grew.", "CELL_TYPE")] == [
        "Endothelial", "epithelial", "stromal cells",
    ]  # fmt: skip


def test_an_organ_or_a_noun_before_a_cell_is_not_one() -> None:
    assert found("It was found in lung and endothelial cells.", "CELL_TYPE") == [("CELL_TYPE", "endothelial cells")]
    assert found("Brain tissue and red blood cells hold it.", "CELL_TYPE") == [("CELL_TYPE", "red blood cells")]
    assert found("Vitamins A and B cells were shown.", "CELL_TYPE") == [("CELL_TYPE", "B cells")]
    assert found("In muscle, satellite cells divide.", "CELL_TYPE") == [("CELL_TYPE", "satellite cells")]


def test_initials_of_authors_name_nothing() -> None:
    text = "Dendritic cells (DC) matured. DC and RB conceived the study. DC performed most of the experiments."
    assert [t for _, t in found(text, "CELL_TYPE")] == ["Dendritic cells", "DC"]
    uncredited = "Dendritic cells (DC) matured. DC and RB cells performed alike."
    assert [t for _, t in found(uncredited, "CELL_TYPE")][:3] == ["Dendritic cells", "DC", "DC"]


def test_a_letter_in_a_legend_stands_for_the_cell_before_it() -> None:
    text = "Retina: photoreceptors, of them rods (r) and cones (c). Astrocytes (A) and neurons (b)."
    letters = [t for _, t in found(text, "CELL_TYPE") if len(t) == 1]
    assert letters == ["r", "c"]


def test_organisms_of_antibodies_are_no_hosts() -> None:
    text = "Goat anti-rabbit and donkey-anti-mouse IgG stained the mice."
    kinds = [(m.text, m.kind) for m in shared_recogniser(())[0].find(text) if m.type == "SPECIES"]
    assert [t for t, kind in kinds if kind == "taxon"] == ["Goat", "rabbit", "donkey", "mouse"]
    assert kinds[-1] == ("mice", "species")


def test_cells_within_the_name_of_a_tissue_are_told() -> None:
    assert ("CELL_TYPE", "photoreceptor") in found("The photoreceptor layer of the retina was thin.")


def test_neurones_are_neurons() -> None:
    assert found("Motor neurones and a sensory neurone fired.", "CELL_TYPE") == [
        ("CELL_TYPE", "Motor neurones"), ("CELL_TYPE", "sensory neurone"),
    ]  # fmt: skip


def test_a_bracket_before_the_noun_parts_no_name() -> None:
    text = "Müller (m), bipolar (b), and amacrine (a) cells; natural killer (NK) cells."
    assert [t for _, t in found(text, "CELL_TYPE")] == [
        "Müller", "m", "bipolar", "b", "amacrine (a) cells", "natural killer (NK) cells",
    ]  # fmt: skip
    assert found("It grew (see above) cells of no name.", "CELL_TYPE") == []
