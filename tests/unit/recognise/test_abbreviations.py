"""Definitions of short forms, and what becomes of them."""

from __future__ import annotations

import pytest

from secretome_nlp.components import shared_recogniser
from secretome_nlp.recognise import abbreviations
from secretome_nlp.types import Span

DEFINED = [
    ("Mesenchymal stem cells (MSCs) were grown.", {"MSCs": "Mesenchymal stem cells"}),
    ("The tumor necrosis factor alpha (TNF-α) rose.", {"TNF-α": "tumor necrosis factor alpha"}),
    ("We made bone marrow mesenchymal stem cell-derived exosomes (BMSC-Exos).", {}),
    ("Rats with unilateral ureteral obstruction (UUO) got transforming growth factor-β1 (TGF-β1).",
     {"UUO": "unilateral ureteral obstruction", "TGF-β1": "transforming growth factor-β1"}),
    ("The LVEF (left ventricular ejection fraction) rose.", {"LVEF": "left ventricular ejection fraction"}),
    ("Mice (n = 6) and rats (male) were used (Fig. 2).", {}),
    ("Acute kidney injury (AKI, also ARF) is common.", {"AKI": "Acute kidney injury"}),
    ("Dogs got conditioned medium of adipose-derived stem cells (ADSC-CM).",
     {"ADSC-CM": "conditioned medium of adipose-derived stem cells"}),
    ("Small extracellular vesicles secreted by the dental pulp stem cells (DPSC-sEVs) were frozen.",
     {"DPSC-sEVs": "Small extracellular vesicles secreted by the dental pulp stem cells"}),
    ("Expression of TNF in kidneys of aged rats (AR-TNF) was low.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), DEFINED)
def test_definitions(text: str, wanted: dict[str, str]) -> None:
    found = abbreviations.find(text, (Span(0, len(text)),))
    assert {a.short_text: a.long_text for a in found if a.short_text != "BMSC-Exos"} == wanted
    for a in found:
        assert text[a.short.start : a.short.end] == a.short_text
        assert text[a.long.start : a.long.end] == a.long_text


def types_of(text: str, form: str) -> list[str]:
    found = abbreviations.find(text, (Span(0, len(text)),))
    mentions = shared_recogniser(())[0].find(text, abbreviations=found)
    return [m.type for m in mentions if m.text == form]


def test_a_defined_form_takes_the_type_of_its_long_form_everywhere() -> None:
    text = "We used human dental follicle stem cells (HDFOSCs). Later HDFOSCs and HDFOSC-EVs were pooled."
    assert types_of(text, "HDFOSCs") == ["CELL_TYPE", "CELL_TYPE"]
    assert types_of(text, "HDFOSC") == ["CELL_TYPE"]


def test_a_definition_beats_the_lexicon() -> None:
    text = "Motivational interviewing (MI) was offered. MI helped."
    assert types_of(text, "MI") == []
