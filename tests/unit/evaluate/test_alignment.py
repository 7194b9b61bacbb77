"""Gold finds its place in any rendition of a text, and says what it cannot find."""

from __future__ import annotations

from secretome_nlp.evaluate.align import align
from secretome_nlp.evaluate.gold import GoldDocument, fingerprint, letters

SENTENCE = "Exosomes lowered TGF-β1 and TGF-β1 receptors in well-fed mice."


def gold(nth: int = 0, text: str = "TGF-β1") -> GoldDocument:
    mention = {"id": "m1", "text": text, "nth": nth, "type": "FACTOR"}
    sentence = {"fp": fingerprint(SENTENCE), "n": len(letters(SENTENCE)), "mentions": [mention]}
    return GoldDocument.model_validate(
        {"doc": "d", "set": "samples", "split": "samples", "annotator": "A", "sentences": [sentence]}
    )


RENDITIONS = [
    f"Title\n\n{SENTENCE} More follows.",
    "A word before. Exosomes lowered TGF-\nβ1 and TGF- β1 recep-\ntors in well-\nfed mice. And after.",
    "Exosomes lowered TGF‑β1 and TGF–β1 receptors12) in wellfed mice",
]


def test_each_rendition_is_aligned() -> None:
    for text in RENDITIONS:
        for nth in (0, 1):
            aligned = align(text, gold(nth))
            span = aligned.mentions["m1"]
            assert letters(text[span.start : span.end]) == "tgfbeta", text
        assert align(text, gold(0)).mentions["m1"] < align(text, gold(1)).mentions["m1"]


def test_what_is_lost_is_reported() -> None:
    assert align("Another text altogether.", gold()).lost_mentions == ("m1",)
    assert align(RENDITIONS[0], gold(nth=2)).lost_mentions == ("m1",)
    assert align(RENDITIONS[0], gold(text="VEGF")).lost_sentences == ()


def test_a_number_that_begins_a_sentence_is_found() -> None:
    sentence = "5 mg of EVs and 5 mg of VEGF helped."
    for before in ("", "Rats were ill. ", "We gave 5 (of 9).\n\n", "A title without a stop, 2\n\n", "It helped [5]. "):
        places = []
        for nth in (0, 1, 2):
            mention = {"id": "m1", "text": "5", "type": "DOSE", "nth": nth}
            row = {"fp": fingerprint(sentence), "n": len(letters(sentence)), "mentions": [mention]}
            given = {"doc": "d", "set": "s", "split": "dev", "annotator": "A", "sentences": [row]}
            places.append(align(before + sentence, GoldDocument.model_validate(given)).mentions.get("m1"))
        at = len(before)
        assert places == [(at, at + 1), (at + 16, at + 17), None], before
