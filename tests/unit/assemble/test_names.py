"""Names of stresses and preparations are one, whatever the order of their words."""

from __future__ import annotations

import pytest
from tests.unit.assemble.made import view

from secretome_nlp.assemble.names import preparation_name, spelled_out, stress_name
from secretome_nlp.types import Abbreviation, Span


@pytest.mark.parametrize(
    ("words", "stress"),
    [
        ("thrombin-treated", "thrombin"),
        ("treated with thrombin", "thrombin"),
        ("stimulation by the thrombin", "thrombin"),
        ("exposure to exogenous thrombin", "thrombin"),
        ("pre-treatment with thrombin", "thrombin"),
        ("thrombin challenge", "thrombin"),
        ("high glucose", "high glucose"),  # no act in it
    ],
)
def test_a_stress_is_what_cells_were_stressed_with(words: str, stress: str) -> None:
    assert stress_name(words) == stress


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("primed with thrombin", "thrombin priming"),
        ("thrombin-primed", "thrombin priming"),
        ("thrombin priming", "thrombin priming"),
        ("loaded with mir-21", "mir-21 loading"),
        ("pre-conditioned by warm water", "warm water preconditioning"),
        ("preconditioned by warm water", "warm water preconditioning"),
        ("hypoxia", "hypoxia"),
    ],
)
def test_a_preparation_is_a_noun_phrase(words: str, name: str) -> None:
    assert preparation_name(words) == name


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("THR", "thrombin"),
        ("THR-treated", "thrombin-treated"),
        ("treated with  THR", "treated with thrombin"),
        ("thrombin (THR) challenge", "thrombin challenge"),
        ("THRX-treated", "thrx-treated"),  # another word that begins so
        ("TNF-a/IL-1b stress", "tumour necrosis factor a/interleukin 1b stress"),
        ("anti-TNF-a stress", "anti-tnf-a stress"),  # within a longer word a short form may mean another thing
    ],
)
def test_short_forms_are_spelled_out(text: str, full: str) -> None:
    forms = {"thr": "thrombin", "tnf-a": "tumour necrosis factor a", "il-1b": "interleukin 1b"}
    assert spelled_out(text, forms) == full


def test_a_long_form_with_a_backslash_stays_as_it_is() -> None:
    assert spelled_out("A-B stress", {"a-b": r"\1 acid"}) == r"\1 acid stress"


def test_the_documents_own_short_forms_come_before_those_of_agents() -> None:
    text = "Three hot  rods (THR) were used."
    own = Abbreviation(Span(17, 20), Span(0, 15), text[17:20], text[:15])
    agents = {"thr": "thrombin", "sal": "saline"}
    found = view([text], abbreviations=[own], agents=agents)
    assert found.long_forms == {"thr": "three hot rods", "sal": "saline"}
