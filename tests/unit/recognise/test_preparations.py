"""What primes a source, what a product carries, and agents that no lexicon lists: told once, meant throughout."""

from __future__ import annotations

import pytest

from secretome_nlp.components import shared_recogniser
from secretome_nlp.recognise import abbreviations
from secretome_nlp.segment import sentences
from secretome_nlp.types import Section


def told(text: str, type_: str) -> list[str]:
    spans = sentences.find(text, (Section("", "body", 0, len(text)),))
    found = shared_recogniser(())[0].find(text, spans, abbreviations.find(text, spans))
    return [m.text for m in found if m.type == type_]


PRIMINGS = [
    # A state told of a source before its product primes the cell elsewhere too, and the recipient is left alone.
    ("Activated platelet-derived exosomes healed. Activated platelets were counted. Activated neurons took them up.",
     ["Activated", "Activated"]),
    # A format of culture that was told of a source is meant by its bare word.
    ("MSC aggregates gave more exosomes. Aggregation took a day. Platelet aggregation was not seen.",
     ["aggregates", "Aggregation"]),
    ("Exosomes of MSCs in 2D culture and 3D culture differ. The 3D group did best, as a 3D image shows.",
     ["2D culture", "3D culture", "3D"]),
    # Gain and loss of what a product carries is a priming, of other molecules it is not.
    ("The exosomes carried galectin-3. Knockdown of galectin-3 undid what the exosomes did.",
     ["Knockdown of galectin-3"]),
    ("The exosomes were kept. Knockdown of PTEN in neurons undid what the exosomes did.", []),
    ("Knockdown of PTEN raised growth, and so did the exosomes.", []),
    # A culture without any source or product near primes nothing.
    ("Neurons were left in suspension culture.", []),
    # A protein before the product primes its source where the text says that something was treated with it.
    ("Exosomes of astrocytes after IL-1β pre-treatment were kept. IL-1β-exosomes harmed.",
     ["IL-1β pre-treatment", "IL-1β"]),
    ("Exosomes of astrocytes were kept. IL-1β-exosomes harmed.", []),
    # A drug that nobody lists, with its short form, wherever the sentence speaks of the source.
    ("Stem cells pretreated with zanubaicin (ZBC) gave exosomes. ZBC raised what stem cells gave. ZBC is bitter.",
     ["pretreated with zanubaicin", "ZBC", "ZBC"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PRIMINGS)
def test_primings_of_a_source(text: str, wanted: list[str]) -> None:
    assert told(text, "PRIMING") == wanted


CARGO = [
    ("HSP90 in the exosomes rose. HSP90 and exosomes were measured.", ["HSP90", "HSP90"]),
    ("HSP90 in the exosomes rose. HSP90 of the liver was measured.", ["HSP90"]),
    ("HSP90 was measured. HSP90 in exosome-treated rats rose.", []),
    ("HSP90 was measured. HSP90 in neurons fed with exosomes rose.", []),
    ("Exosomes containing HSP90 were kept; HSP90 was measured.", ["HSP90", "HSP90"]),
    ("The exosomes were told by CD63; CD63 in the exosomes was high.", []),
    ("MSCs were engineered to overexpress Akt. Akt was measured in the heart.", ["Akt"]),
    ("Exosomes loaded with zanubaicin were kept. Zanubaicin is bitter, and zanubaicin alone did less.",
     ["zanubaicin", "zanubaicin"]),
    ("Drug-loaded exosomes were kept. The drug is bitter.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CARGO)
def test_cargo_of_a_product(text: str, wanted: list[str]) -> None:
    assert told(text, "FACTOR") == wanted
