"""Arms, hosts, settings and cited studies that have records of their own."""

from __future__ import annotations

from tests.unit.assemble.test_records import outcomes, records, values

from secretome_nlp.street import process
from secretome_nlp.types import Annotations, EvidenceRecord, RawDocument


def component(record: EvidenceRecord) -> str | None:
    return record.component.value if record.component is not None else None


def host(record: EvidenceRecord) -> str | None:
    return record.host_species.value if record.host_species is not None else None


def review(text: str) -> list[EvidenceRecord]:
    """Records of a text with enough citations to be read as a review; its first paragraph speaks of the field."""
    whole = f"# A review\n\n## Field\n\nKidneys fail often [1]. Donors are rare [2]. Machines help [3].\n\n{text}\n"
    (found,) = process([RawDocument("r", "r.md", "markdown", "A review", whole, "markdown")])
    assert isinstance(found, Annotations)
    return list(found.records)


def test_a_form_that_failed_where_another_worked_is_an_arm_of_its_own() -> None:
    worked, failed = records(
        "Neurons under hypoxia were treated in vitro with MSC exosomes. The exosomes reduced apoptosis. "
        "However, exosomes of late passages did not reduce neuron apoptosis."
    )
    assert outcomes(worked) == [("apoptosis", "decrease")]
    assert [direction for _, direction in outcomes(failed)] == ["no_change"]


def test_what_did_nothing_has_neither_mechanism_nor_cargo() -> None:
    *_, failed = records(
        "In rats with MI, MSC exosomes carried miR-21 and reduced infarct size via PTEN. "
        "In rats with MI, MSC-conditioned medium did not reduce infarct size."
    )
    assert component(failed) == "conditioned_medium"
    assert (failed.mechanism, failed.cargo) == ((), ())


def test_cells_named_in_more_words_are_no_second_source() -> None:
    (record,) = records(
        "In vitro, M2 microglia-derived exosomes reduced apoptosis of HT22 cells. M2-exosomes raised cell viability."
    )
    assert [name for name, _ in outcomes(record)] == ["apoptosis", "cell viability"]


def test_each_species_of_animals_is_a_test_of_its_own() -> None:
    first, second = records(
        "In vivo, MSC exosomes reduced infarct size in mice and pigs with MI. The exosomes raised survival of the mice."
    )
    assert {host(first), host(second)} == {"mouse", "pig"}
    assert [name for name, _ in outcomes(second)] == ["infarct size"]


def test_animals_that_were_randomised_make_no_trial() -> None:
    found = records("Rats with MI were randomized to MSC exosomes or saline. The MSC exosomes reduced apoptosis.")
    assert [r.setting for r in found] == ["in_vivo"]


def test_a_route_or_a_bodys_measure_in_a_trial_without_animals_is_the_patients() -> None:
    found = records(
        "In a phase I clinical trial, patients with CKD received MSC exosomes. Intravenous MSC exosomes improved renal "
        "function."
    )
    assert {r.setting for r in found} == {"clinical"}


def test_a_conclusion_that_only_suggests_a_setting_makes_no_test() -> None:
    found = records(
        "Mice with MI were injected with MSC exosomes. In vivo, MSC exosomes reduced infarct size in the mice. "
        "In vivo, MSC exosomes raised ejection fraction. The mice were kept for a week. "
        "These findings suggest that MSC exosomes reduce apoptosis of H9c2 cells under hypoxia."
    )
    assert [r.setting for r in found] == ["in_vivo"]


def test_a_setting_that_a_finding_names_has_a_record_without_outcomes() -> None:
    found = records(
        "In vitro, MSC exosomes entered neurons within an hour. In vivo, MSC exosomes reduced infarct size in rats "
        "with stroke. The rats were kept for a week."
    )
    assert {r.setting: bool(r.outcomes) for r in found} == {"in_vitro": False, "in_vivo": True}


def test_a_disease_that_the_end_alone_names_is_no_model() -> None:
    (record,) = records(
        "Myocardial infarction was set in rats. In vivo, MSC exosomes reduced apoptosis. In vivo, MSC exosomes raised "
        "ejection fraction. The rats were kept for a week. In conclusion, MSC exosomes may help against heart failure."
    )
    assert values(record.model) == ["myocardial infarction"]


def test_a_carrier_that_does_not_bear_the_product_is_not_its_carrier() -> None:
    (record,) = records(
        "Tubes were formed on a hydrogel. In vitro, MSC exosomes raised migration of HUVECs under hypoxia."
    )
    assert record.carrier is None


def test_the_donor_is_read_from_the_sources_fuller_name() -> None:
    (record,) = records(
        "Human bone marrow mesenchymal stem cells (BM-hMSCs) were grown. "
        "The BM-hMSCs secretome reduced infarct size in rats with MI."
    )
    assert record.donor_species is not None and record.donor_species.value == "human"


def test_two_places_that_are_always_cited_together_are_one_study() -> None:
    (record,) = review("In rats with AKI, MSC exosomes reduced apoptosis of tubular cells [4, 5].")
    assert record.study.ref == "4, 5"


def test_a_place_that_is_cited_alone_elsewhere_names_its_study_alone() -> None:
    found = review(
        "In rats with AKI, MSC exosomes reduced apoptosis of tubular cells [4, 5].\n\nKidneys are complex organs [4]."
    )
    assert [r.study.ref for r in found] == ["4"]


def test_mirnas_alone_are_the_test_article_of_a_cited_study() -> None:
    (record,) = review("In mice with AKI, miR-21 and miR-30 reduced apoptosis [6].")
    assert component(record) is None
    assert values(record.cargo) == ["mir-21", "mir-30"]


def test_a_study_whose_place_stands_in_the_next_sentence_is_opened() -> None:
    (record,) = review(
        "A study reported that MSC exosomes reduced apoptosis in rats with AKI. They raised survival [7]."
    )
    assert record.study.ref == "7"


def test_vesicles_of_a_fluid_are_not_those_of_cells() -> None:
    found = records(
        "In vitro, MSC exosomes reduced apoptosis of neurons under hypoxia. "
        "Exosomes isolated from the serum of patients increased apoptosis of neurons."
    )
    assert [(r.cell_source.value if r.cell_source else None, outcomes(r)) for r in found] == [
        (None, [("apoptosis", "decrease")]),
        ("blood serum", [("apoptosis", "increase")]),
    ]


def test_the_donor_of_what_is_autologous_is_the_treated_animal() -> None:
    (record,) = records("Autologous MSC exosomes reduced infarct size in pigs with MI.")
    assert record.donor_relation == "autologous"
    assert record.donor_species is not None and record.donor_species.value == "pig"


def test_an_organism_right_before_a_product_is_its_source_and_no_second_host() -> None:
    assert len(records("In vivo, rat exosomes reduced infarct size in mice with MI.")) == 1


def test_a_mirna_that_was_tested_alone_makes_no_record_of_vesicles_named_beside_it() -> None:
    found = records(
        "Exosomes were isolated from the plasma of patients. We transfected neurons with miR-21 in vitro. "
        "We found that miR-21 increased apoptosis of neurons."
    )
    assert found == []


def test_what_the_products_of_control_cells_did_is_none_of_the_products() -> None:
    (record,) = records(
        "EVs of MSCs overexpressing miR-140 prevented osteoarthritis in rats, "
        "whereas EVs of control MSCs caused ECM loss."
    )
    assert outcomes(record) == [("osteoarthritis", "improve")]


def test_what_one_arm_did_not_do_leaves_the_other_its_results() -> None:
    found = records(
        "In rats with MI, hypoxic MSC exosomes, but not naive exosomes, raised ejection fraction and lowered scar size."
    )
    (acting,) = [r for r in found if any(o.effect == "benefit" for o in r.outcomes)]
    assert {name for name, _ in outcomes(acting)} == {"ejection fraction", "scar size"}
