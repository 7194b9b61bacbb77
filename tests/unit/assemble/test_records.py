"""Records of invented abstracts: what is told of whom, in which setting, against what and by what."""

from __future__ import annotations

from functools import lru_cache

import pytest
from spacy.language import Language

from secretome_nlp import doc_state
from secretome_nlp.street import load
from secretome_nlp.types import EvidenceRecord, Slot


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return load()


def records(text: str, title: str = "") -> list[EvidenceRecord]:
    nlp = pipeline()
    doc = nlp.make_doc(f"{title}\n\n{text}" if title else text)
    if title:
        whole = doc_state.get_annotations(nlp(doc.text)).document
        document = type(whole)(whole.doc_id, "", "text", title, doc.text, sentences=whole.sentences)
        doc = nlp.make_doc(doc.text)
        doc_state.set_document(doc, document)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return list(doc_state.get_annotations(doc).records)


def values(slots: tuple[Slot, ...]) -> list[str]:
    return [s.value for s in slots]


def outcomes(record: EvidenceRecord) -> list[tuple[str, str]]:
    return [(o.target.text, o.direction) for o in record.outcomes]


def test_what_stands_before_the_aim_is_what_others_found() -> None:
    (record,) = records(
        "MSC exosomes reduce mortality in mice with sepsis. Here, we treated rats with MI with MSC exosomes i.v. "
        "In vivo, the exosomes reduced infarct size in rats.",
        title="Exosomes of MSCs in myocardial infarction",
    )
    assert outcomes(record) == [("infarct size", "decrease")]
    assert record.host_species is not None and record.host_species.value == "rat"
    assert not any("sepsis" in m.value for m in record.model)


def test_results_stand_before_title_and_conclusion() -> None:
    (record,) = records(
        "We injected MSC exosomes into rats with MI. In vivo, MSC exosomes reduced infarct size. In vivo, MSC exosomes "
        "improved ejection fraction. The rats were kept for a week. In conclusion, MSC exosomes promote angiogenesis.",
        title="MSC exosomes promote angiogenesis",
    )
    assert [name for name, _ in outcomes(record)] == ["infarct size", "ejection fraction"]


def test_carried_molecules_act_for_their_vesicles_and_are_cargo() -> None:
    (record,) = records(
        "We took exosomes from MSCs. In vitro, exosomal miR-21 reduced apoptosis of H9c2 cells by targeting PTEN."
    )
    assert record.component is not None and record.component.value == "exosome"
    assert values(record.cargo) == ["mir-21"]
    assert ("apoptosis", "decrease") in [(t.split(" of")[0], d) for t, d in outcomes(record)]
    assert "mir-21" in values(record.mechanism)


def test_an_influence_without_a_direction_is_no_outcome() -> None:
    (record,) = records(
        "In rats with MI, MSC exosomes reduced infarct size. In rats with MI, MSC exosomes influenced autophagy."
    )
    assert outcomes(record) == [("infarct size", "decrease")]


def test_the_markers_of_vesicles_are_no_cargo() -> None:
    (record,) = records(
        "MSC exosomes contained CD63, TSG101 and VEGF. In rats with MI, the MSC exosomes reduced infarct size."
    )
    assert [s.text for s in record.cargo] == ["VEGF"]


def test_processes_are_mechanisms_but_harms_that_are_lowered_are_outcomes() -> None:
    (record,) = records(
        "In rats with MI, MSC exosomes reduced infarct size by promoting autophagy. "
        "In rats with MI, MSC exosomes improved cardiac function through reducing apoptosis."
    )
    assert "autophagy" in values(record.mechanism)
    assert "apoptosis" not in values(record.mechanism)


def test_forms_of_a_product_that_differ_in_preparation_are_arms() -> None:
    plain, primed = sorted(
        records(
            "We gave exosomes to rats with MI. In vivo, MSC exosomes and hypoxia-preconditioned MSC exosomes reduced "
            "infarct size in rats with MI. In vivo, hypoxia-preconditioned MSC exosomes improved ejection fraction."
        ),
        key=lambda r: len(r.priming),
    )
    assert values(primed.priming) and not plain.priming
    assert ("ejection fraction", "increase") not in outcomes(plain)
    assert "infarct size" in [name for name, _ in outcomes(plain)]


def test_the_comparator_is_no_arm_and_may_be_the_plain_form() -> None:
    (record,) = records(
        "In vivo, compared with MSC exosomes, hypoxia-preconditioned MSC exosomes reduced infarct size in rats with MI."
    )
    assert record.comparator is not None and "exosome" in record.comparator.value
    assert outcomes(record) == [("infarct size", "decrease")]


def test_an_arm_that_did_not_do_what_another_did_has_a_record_of_its_own() -> None:
    text = "In mice with MI, MSC exosomes, but not exosomes of other cells, induce dose-dependent angiogenesis."
    found = {outcomes(r)[0][1]: r for r in records(text)}
    assert set(found) == {"increase", "no_change"}
    assert found["increase"].cell_type is not None


def test_a_virus_is_no_host() -> None:
    (record,) = records("In vivo, MSC exosomes reduced lung inflammation caused by SARS-CoV-2 in hamsters.")
    assert record.host_species is None or "SARS" not in record.host_species.text


def test_another_form_of_the_article_is_its_comparator_by_name() -> None:
    text = (
        "MSCs were grown under hypoxia or normoxia, and their EVs were collected (H-EVs and N-EVs). "
        "In mice with MI, H-EVs {} N-EVs."
    )
    (record,) = records(text.format("reduced infarct size more than"))
    assert record.comparator is not None and record.comparator.text == "N-EVs"
    alike = records(text.format("reduced infarct size as did"))
    assert not any(r.comparator is not None and r.comparator.text == "N-EVs" for r in alike)


def test_cells_are_an_arm_only_where_they_did_what_their_product_did() -> None:
    both = records("In vitro, MSCs and MSC exosomes reduced apoptosis of H9c2 cells under hypoxia.")
    assert {r.component.value for r in both if r.component} == {"cells", "exosome"}
    one = records("MSC exosomes reduced infarct size in rats with MI. In rats, MSCs improved survival rate.")
    assert {r.component.value for r in one if r.component} == {"exosome"}


@pytest.mark.parametrize(
    ("text", "models"),
    [
        (
            "In vitro, MSC exosomes lowered collagen production by fibroblasts and raised angiogenesis of HUVECs.",
            2,
        ),
        ("In vitro, MSC exosomes raised proliferation of H9c2 cells and migration of HUVECs.", 1),
    ],
)
def test_cultures_are_parted_where_each_has_a_verb_of_its_own(text: str, models: int) -> None:
    assert len(records(text)) == models


def test_in_vivo_and_in_vitro_are_records_of_their_own_with_their_own_mechanism() -> None:
    found = records(
        "In vivo, MSC exosomes reduced infarct size in rats with MI. In vitro, MSC exosomes reduced apoptosis of H9c2 "
        "cells under hypoxia via the PI3K/Akt pathway."
    )
    by_setting = {r.setting: r for r in found}
    assert len(found) == 2 and set(by_setting) == {"in_vivo", "in_vitro"}
    assert by_setting["in_vitro"].mechanism and not by_setting["in_vivo"].mechanism
    assert by_setting["in_vitro"].host_species is None


def test_powers_of_a_product_are_outcomes_where_nothing_else_is_named() -> None:
    said = "In vivo, MSC exosomes had an antifibrotic effect in rats with MI."
    (alone,) = records(said)
    assert outcomes(alone) == [("antifibrotic effect", "increase")]
    (record,) = records(f"{said} In vivo, MSC exosomes reduced infarct size in rats with MI.")
    assert outcomes(record) == [("infarct size", "decrease")]


def test_normoxia_is_no_preparation() -> None:
    (record,) = records("In vivo, exosomes of normoxic MSCs reduced infarct size in rats with MI.")
    assert record.priming == ()


def test_a_title_names_an_effect_for_its_means() -> None:
    title = "MSC exosomes lower infarct size by promoting angiogenesis"
    (record,) = records(
        "We injected MSC exosomes into rats with MI. In vivo, MSC exosomes reduced infarct size and fibrosis. "
        "In vivo, MSC exosomes improved ejection fraction. The rats were kept for a week.",
        title=title,
    )
    assert record.mechanism == ()


def test_animals_that_got_better_are_a_record_beside_cultures() -> None:
    found = records(
        "In vitro, MSC exosomes reduced apoptosis of H9c2 cells under hypoxia. "
        "MSC exosomes were effective against myocardial infarction in rats."
    )
    by_setting = {r.setting: outcomes(r) for r in found}
    assert by_setting == {"in_vitro": [("apoptosis", "decrease")], "in_vivo": [("myocardial infarction", "improve")]}


def test_cells_with_a_power_alone_are_no_arm() -> None:
    (record,) = records(
        "In rats with MI, MSC exosomes reduced infarct size. In rats with MI, MSC exosomes improved ejection "
        "fraction. MSCs showed cardioprotective effects and exosomes of MSCs showed cardioprotective effects."
    )
    assert record.component is not None and record.component.value == "exosome"


def test_numbers_of_sections_cite_nobody() -> None:
    text = (
        "(1) Background: Stroke is a burden. (2) Methods: We gave MSC-derived exosomes to rats with MCAO. "
        "(3) Results: Exosomes reduced infarct volume in the rats. (4) Conclusions: Exosomes lessen stroke."
    )
    (record,) = records(text)
    assert record.study.ref is None and ("infarct volume", "decrease") in outcomes(record)


def test_a_ratio_is_one_outcome() -> None:
    (record,) = records(
        "MSC-derived exosomes increased the p-ERK/ERK ratio in rats with MCAO. Exosomes reduced infarct volume."
    )
    assert [target for target, _ in outcomes(record) if "ERK" in target] == ["p-ERK/ERK"]


def test_a_preparation_named_by_its_beginning_is_named_once() -> None:
    text = (
        "Exosomes of curcumin-pretreated MSCs (CUR-MSC-Exo) were given to rats with MCAO. "
        "CUR-MSC-Exo reduced infarct volume in the rats."
    )
    assert [values(r.priming) for r in records(text)] == [["curcumin"]]


def test_normoxia_by_its_short_form_is_no_preparation() -> None:
    found = records("Nor-exo, exosomes of MSCs, reduced infarct volume in rats with MCAO.")
    assert found and all("nor" not in values(r.priming) for r in found)


@pytest.mark.parametrize(
    ("text", "target", "effect"),
    [
        ("MSC-derived exosomes lowered TNF-α and tumour growth in mice with melanoma.", "tumor growth", "benefit"),
        (
            "MSC-derived exosomes raised cytotoxicity towards melanoma cells in mice with melanoma.",
            "cytotoxicity",
            "benefit",
        ),
        ("MSC-derived exosomes lowered the migration of melanoma cells in mice with melanoma.", "migration", "benefit"),
        # the culture names no tumour, but the title does
        (
            "MSC-derived exosomes slow colorectal cancer\n\nExosomes reduced tumour growth in nude mice. "
            "In vitro, exosomes increased apoptosis and reduced viability of CRC cells.",
            "apoptosis",
            "benefit",
        ),
    ],
)
def test_what_harms_a_tumour_is_a_benefit(text: str, target: str, effect: str) -> None:
    found = {o.target.value: o.effect for r in records(text) for o in r.outcomes}
    assert next(e for t, e in found.items() if target in t) == effect


def test_the_name_of_a_molecule_says_nothing_of_death() -> None:
    (record,) = records("MSC-derived exosomes lowered tumor necrosis factor-α and infarct volume in rats with MCAO.")
    assert {o.effect for o in record.outcomes} == {"benefit"}


def test_of_several_models_what_an_agent_impaired_is_none() -> None:
    text = (
        "MSC-derived exosomes reduced brain inflammation in rats with Alzheimer's disease "
        "and STZ-induced memory impairment."
    )
    assert [values(r.model) for r in records(text)] == [["alzheimer's disease"]]


def test_a_form_that_lacks_a_molecule_parts_no_arm() -> None:
    text = (
        "MSC exosomes reduced infarct volume in rats with MCAO. Knockdown of miR-21 in MSC exosomes raised neuronal "
        "apoptosis in the rats, whereas MSC exosomes lowered brain oedema in the rats."
    )
    assert len(records(text)) == 1


def test_cells_that_merely_stand_before_an_outcome_part_no_cultures() -> None:
    text = (
        "In vitro, MSC exosomes promoted the migration of endothelial cells, facilitated angiogenesis, "
        "and inhibited apoptosis of neurons, and raised survival."
    )
    assert len(records(text)) == 1


def test_a_mirna_that_was_put_into_a_product_is_no_mechanism_of_it() -> None:
    (carried,) = records("Exosomal miR-21 of MSCs targeted PTEN and reduced infarct size in rats with MI.")
    (loaded,) = records(
        "Exosomes of miR-21-overexpressing MSCs reduced infarct size in rats with MI. Exosomal miR-21 targeted PTEN."
    )
    assert {"mir-21", "pten"} <= set(values(carried.mechanism))
    assert "pten" in values(loaded.mechanism) and "mir-21" not in values(loaded.mechanism)
    assert "mir-21" in values(loaded.cargo)


@pytest.mark.parametrize(
    ("endpoint", "effect"),
    [
        ("increased hair thickness", "benefit"),
        ("increased vascular barrier performance", "benefit"),
        ("decreased apoptotic activities", "benefit"),
        ("increased pro-catabolic genes", "harm"),
        ("increased lipid raft formation", "unclear"),
    ],
)
def test_an_endpoint_that_no_lexicon_knows_is_judged_by_its_words(endpoint: str, effect: str) -> None:
    (record,) = records(f"MSC-derived exosomes {endpoint} in mice.")
    assert [o.effect for o in record.outcomes] == [effect]
