"""Diseases that a text only talks about, told by weighed signs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import secretome_nlp
from secretome_nlp.knowledge.background import load_background
from secretome_nlp.recognise.background import SIGNS, View
from secretome_nlp.types import FoundBy, Mention, Span

STUDY = (
    "Stem cell vesicles ease sciatica. Sciatica is one of the most common causes of sick leave, and so is asthma. "
    "Here we asked what MSC exosomes do. Rats with sciatica were given MSC exosomes. Their gait improved."
)


@pytest.fixture(scope="module")
def nlp() -> Any:
    return secretome_nlp.load()


def models(nlp: Any, text: str) -> list[str]:
    return [m["text"] for m in nlp(text)._.secretome["mentions"] if m["type"] == "MODEL"]


def test_what_is_treated_stays_and_what_is_introduced_goes(nlp: Any) -> None:
    assert models(nlp, STUDY) == ["sciatica", "sciatica"]


def test_in_a_few_sentences_only_an_attribute_goes(nlp: Any) -> None:
    assert models(nlp, "Exosomes shaped the melanoma microenvironment.") == []
    assert models(nlp, "Asthma is one of the most common diseases.") == ["Asthma"]


def test_a_time_after_an_injury_is_never_background() -> None:
    text = "Sepsis is common. It kills. It is old. It is a cause of death at day 3 post-burn."
    sentences = tuple(Span(m, e) for m, e in ((0, 17), (18, 27), (28, 38), (39, len(text))))
    burn = Mention("m1", len(text) - 5, len(text) - 1, "burn", "MODEL", FoundBy("lexicon", "x"), 3, "induced")
    sepsis = Mention("m2", 0, 6, "Sepsis", "MODEL", FoundBy("lexicon", "y"), 0, "disease")
    view = View(text, (sepsis, burn), sentences, load_background())
    assert not view.is_background(burn)


def test_signs_say_what_stands_in_the_text() -> None:
    text = (
        "Vesicles. Glioma cells are such as known. One is a leading cause of death. We treated glioma mice with them."
    )
    starts = [0, 10, 42, 75]
    sentences = tuple(Span(s, e) for s, e in zip(starts, [9, 41, 74, len(text)], strict=True))
    places = [text.index("Glioma"), text.index("glioma")]
    found = [
        Mention(f"m{n}", at, at + 6, text[at : at + 6], "MODEL", FoundBy("lexicon", "g"), s, "cancer", concept="glioma")
        for n, (at, s) in enumerate(zip(places, (1, 3), strict=True))
    ]
    title = Mention("t", 0, 8, "Vesicles", "COMPONENT", FoundBy("lexicon", "v"), 0)
    view = View(text, (title, *found), sentences, load_background())
    first, second = ({k: v for k, v in zip(SIGNS, view.signs_of(m), strict=True) if v} for m in found)
    assert first.keys() - second.keys() == {"attribute", "nothing"}
    assert {"before_host", "treatment", "own_work", "opening"} <= second.keys()
    assert first["times"] == second["times"] == pytest.approx(np.log(2))
    assert (first["place"], second["place"]) == (pytest.approx(1 / 3), 1)
    assert first["cancer"] == first["bias"] == first["product_title"] == 1
