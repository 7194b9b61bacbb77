"""Settings of sentences, hosts and donors, and where a product without a source cell was taken from."""

from __future__ import annotations

from tests.unit.assemble.test_records import outcomes, records, values


def by_setting(text: str, title: str = "") -> dict[str | None, list[str]]:
    return {r.setting: [name for name, _ in outcomes(r)] for r in records(text, title)}


def test_a_sentence_of_animals_and_of_stressed_cells_tells_of_both() -> None:
    found = by_setting("MSC exosomes reduced apoptosis in both mice with AKI and H2O2-treated HK-2 cells.")
    assert found == {"in_vivo": ["apoptosis"], "in_vitro": ["apoptosis"]}


def test_a_sentence_without_a_setting_takes_that_of_the_cells_that_it_names() -> None:
    found = by_setting(
        "In vitro, MSC exosomes reduced apoptosis of podocytes. In vivo, MSC exosomes reduced proteinuria in rats "
        "with AKI. MSC exosomes raised proliferation of podocytes."
    )
    assert found == {"in_vitro": ["apoptosis", "proliferation"], "in_vivo": ["proteinuria"]}


def test_the_donors_of_vesicles_are_no_hosts_and_make_no_animal_test() -> None:
    (record,) = records("In cultures, exosomes from mice reduced apoptosis of H9c2 cells under hypoxia.")
    assert (record.setting, record.host_species) == ("in_vitro", None)


def test_a_fluid_is_the_source_of_vesicles_without_a_source_cell() -> None:
    (record,) = records(
        "Plasma exosomes were isolated from trained rats. In mice with MI, the plasma exosomes reduced infarct size."
    )
    assert record.cell_type is None
    assert record.cell_source is not None and "plasma" in record.cell_source.value
    assert record.donor_species is not None and record.donor_species.value == "rat"
    assert record.host_species is not None and record.host_species.value == "mouse"


def test_patients_whose_serum_was_taken_are_the_donors() -> None:
    (record,) = records(
        "Exosomes were isolated from the serum of patients. In vitro, the exosomes reduced apoptosis of H9c2 cells."
    )
    assert record.cell_source is not None and "serum" in record.cell_source.value
    assert record.donor_species is not None and record.donor_species.value == "human"
    assert record.setting == "in_vitro"


def test_a_title_alone_tells_of_a_test() -> None:
    (record,) = records(
        "In this study, the animals got exosomes. Groups were compared.",
        title="MSC exosomes in a rat model of glaucoma",
    )
    assert (record.setting, record.outcomes) == ("in_vivo", ())
    assert record.host_species is not None and record.host_species.value == "rat"


def test_a_setting_of_which_the_title_alone_tells_a_finding_has_a_record() -> None:
    found = by_setting(
        "Rats with MI got MSC exosomes. In vitro, MSC exosomes reduced apoptosis of H9c2 cells under hypoxia.",
        title="MSC exosomes reduce infarct size after myocardial infarction",
    )
    assert found == {"in_vitro": ["apoptosis"], "in_vivo": ["infarct size"]}


def test_what_the_carrier_did_is_credited_to_the_product_in_it() -> None:
    (record,) = records(
        "In rats with MI, a hydrogel with MSC exosomes was injected. The hydrogel reduced infarct size."
    )
    assert ("infarct size", "decrease") in outcomes(record)
    assert record.carrier is not None and record.carrier.value == "hydrogel"


def test_how_a_disease_was_made_stands_beside_it() -> None:
    (record,) = records(
        "MI was induced in rats by ligation of the left anterior descending artery. "
        "In rats with MI, MSC exosomes reduced infarct size."
    )
    assert {"myocardial infarction", "ligation of the left anterior descending artery"} <= set(values(record.model))


def test_people_in_whom_a_product_was_tested_make_it_clinical() -> None:
    (record,) = records("In thirty women with hair loss, topical conditioned medium of MSCs increased hair density.")
    assert record.setting == "clinical" and [o.effect for o in record.outcomes] == ["benefit"]


def test_an_agent_that_animals_were_treated_with_makes_no_culture() -> None:
    (record,) = records("MSC exosomes reduced creatinine in cisplatin-treated rats.")
    assert record.setting == "in_vivo" and values(record.model) == ["cisplatin-treated"]


def test_a_fluid_of_the_body_is_not_measured_in_a_dish() -> None:
    (record,) = records("Rabbits with dry eye received MSC-derived EVs. Tear secretion was restored by the EVs.")
    assert record.setting == "in_vivo"


def test_the_part_that_something_was_put_into_names_the_route() -> None:
    (record,) = records("MSC-derived exosomes were injected into the striatum of rats and reduced apoptosis.")
    assert record.route is not None and record.route.value == "intrastriatal"


def test_a_line_that_was_grafted_makes_no_culture() -> None:
    (record,) = records("MSC-derived exosomes suppressed tumor growth in nude mice bearing MDA-MB-231 xenografts.")
    assert record.setting == "in_vivo"


def test_a_disease_that_was_made_was_made_in_animals() -> None:
    (record,) = records("MSC-derived exosomes lowered osteoclast numbers in ligature-induced periodontitis.")
    assert record.setting == "in_vivo"
