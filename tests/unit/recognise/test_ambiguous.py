"""Short forms with several meanings: what the document says decides, and without its word there is none."""

from __future__ import annotations

import pytest

from secretome_nlp.components import shared_recogniser
from secretome_nlp.recognise import abbreviations
from secretome_nlp.segment import sentences

CASES = [
    # EV
    ("Extracellular vesicles (EVs) of MSCs were safe; EV uptake rose.", "EV", "COMPONENT", "component.ev"),
    ("Enterovirus (EV) was found in six children; EV RNA was in the stool.", "EV", None, None),
    ("EV71 infected the cells, and the EV load rose; enteroviruses spread.", "EV", None, None),
    # CM
    ("Conditioned medium (CM) was kept cold; CM was given to rats.", "CM", "COMPONENT", "component.conditioned_medium"),
    ("Cardiomyocytes (CMs) beat; then CM was counted.", "CM", "CELL_TYPE", "cell.cardiomyocyte"),
    ("Cerebral malaria (CM) was treated with MSCs; CM was lethal.", "CM", "MODEL", "model.cerebral_malaria"),
    # MI
    ("Rats with myocardial infarction (MI) got exosomes; MI was large.", "MI", "MODEL", "model.myocardial_infarction"),
    ("Motivational interviewing (MI) helped the nurses; MI was liked.", "MI", None, None),
    # PSC
    ("Pluripotent stem cells (PSCs) were grown; PSC colonies came.", "PSC", "CELL_TYPE", "cell.pluripotent_stem_cell"),
    (
        "Pancreatic stellate cells (PSCs) took up exosomes; PSC numbers rose.",
        "PSC", "CELL_TYPE", "cell.more.pancreatic_stellate_cell",
    ),
    (
        "Exosomes were given for primary sclerosing cholangitis (PSC); PSC was slowed.",
        "PSC", "MODEL", "model.primary_sclerosing_cholangitis",
    ),
    # ASC
    (
        "Adipose-derived stem cells (ASCs) were grown; ASC sheets came.",
        "ASC", "CELL_TYPE", "cell.adipose_derived_stem_cell",
    ),
    ("The inflammasome formed when NLRP3 met ASC in the cell.", "ASC", "GENE", "gene.asc_speck"),
    # AD
    ("Mice with Alzheimer's disease (AD) got exosomes; AD was slowed.", "AD", "MODEL", "model.alzheimer_s_disease"),
    ("Mice with atopic dermatitis (AD) got exosomes; AD was slowed.", "AD", "MODEL", "model.atopic_dermatitis"),
    ("AD was treated with exosomes.", "AD", None, None),
    ("Exosomes of AD-MSCs were given to rats.", "AD-MSCs", "CELL_TYPE", "cell.adipose_derived_stem_cell"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "form", "type_", "concept"), CASES)
def test_the_document_tells_what_a_short_form_means(
    text: str, form: str, type_: str | None, concept: str | None
) -> None:
    """The last occurrence is looked at: the definition has gone before it."""
    recogniser, _ = shared_recogniser(())
    parts = sentences.find(text)
    found = recogniser.find(text, parts, abbreviations.find(text, parts))
    at = text.rindex(form)
    readings = [(m.type, m.concept) for m in found if m.start == at and m.end == at + len(form)]
    assert readings == ([] if type_ is None else [(type_, concept)])


ROLES = [
    ("Exosome-derived CDC42 reached the heart.", "CDC42", "FACTOR"),
    ("The levels of CDC42 carried in small extracellular vesicles rose.", "CDC42", "FACTOR"),
    ("We engineered dopamine onto the surface of stem cell EVs.", "dopamine", "FACTOR"),
    ("Decorating exosomes with dopamine helped.", "dopamine", "FACTOR"),
    ("The levels of CDC42 rose in the heart.", "CDC42", "GENE"),
    ("VEGF-enriched MSC-EVs were given to rats.", "VEGF", "FACTOR"),
    ("ATP6AP2-enriched rafts were counted.", "ATP6AP2", "GENE"),
]


@pytest.mark.parametrize(("text", "name", "type_"), ROLES)
def test_a_protein_is_cargo_where_a_product_holds_it(text: str, name: str, type_: str) -> None:
    recogniser, _ = shared_recogniser(())
    assert [m.type for m in recogniser.find(text, sentences.find(text)) if m.text == name] == [type_]


HYPOXIA = [
    ("Hypoxia helps MSCs. Hypoxia-preconditioned MSCs were given to rats.", "PRIMING"),
    ("Cells under hypoxia died. MSC exosomes were given to rats.", "MODEL"),
    ("Hypoxia-preconditioned MSCs were given. Hypoxia kills cells after hypoxia/reoxygenation.", "MODEL"),
]


@pytest.mark.parametrize(("text", "type_"), HYPOXIA)
def test_bare_hypoxia_is_priming_where_cells_are_primed_with_it(text: str, type_: str) -> None:
    recogniser, _ = shared_recogniser(())
    found = recogniser.find(text, sentences.find(text))
    assert {m.type for m in found if m.text.lower() == "hypoxia"} == {type_}


def test_animals_are_hosts_where_no_better_word_is_said() -> None:
    recogniser, _ = shared_recogniser(())
    text = (
        "Rats were bred and the animals were weighed. Ten animals got exosomes. Human MSCs were given to the animals."
    )
    found = recogniser.find(text, sentences.find(text))
    assert [(m.text, m.sentence) for m in found if m.type == "SPECIES"] == [
        ("Rats", 0), ("animals", 1), ("Human", 2), ("animals", 2),
    ]  # fmt: skip
