"""What stands around a name is looked up by place: the same as when the whole sentence is read for each name."""

from __future__ import annotations

import random

from secretome_nlp.knowledge.overlaps import load_overlaps
from secretome_nlp.recognise.roles import BEHIND, NEAR, WORD, _Around, _is_before_product, _product_within
from secretome_nlp.types import FoundBy, Mention, Span

WORDS = ("Exosomes", "enriched", "with", "IL-6", "TNF-α,", "miR-21/let-7", "(pre-IL8)", "of", "", "rats.")


def mention(start: int, end: int, type_: str, text: str, sentence: int) -> Mention:
    return Mention(f"m{start}", start, end, text[start:end], type_, FoundBy("lexicon", "x"), sentence)


def test_words_before_and_behind_are_those_of_the_text_cut_there() -> None:
    chance, settings = random.Random(3), load_overlaps()
    text = " ".join(chance.choices(WORDS, k=60))
    sentence = Span(7, len(text) - 9)
    around = _Around(text, (), settings)
    said = {w.lower() for w in WORD.findall(text[sentence.start : sentence.end])}
    for at in range(sentence.start, sentence.end + 1):
        before = [w.lower() for w in WORD.findall(text[sentence.start : at])]
        assert around.before(at, sentence, 4) == before[-4:]
        assert around.behind(at, sentence) == [w.lower() for w in WORD.findall(text[at : sentence.end])[:BEHIND]]
    for words in (frozenset({"of"}), frozenset({"absent"}), frozenset({"absent", "rats", "IL"})):
        assert around.has(words, sentence) == bool(words & said)


def test_products_near_a_name_are_those_found_by_asking_each() -> None:
    chance, text = random.Random(4), "x" * 900
    for _ in range(40):
        starts = sorted(chance.sample(range(880), 14))
        types = chance.choices(("COMPONENT", "CELL_TYPE", "GENE", "TISSUE"), k=len(starts))
        given = tuple(
            mention(s, s + chance.randint(1, 9), t, text, s // 300) for s, t in zip(starts, types, strict=True)
        )
        around = _Around(text, given, load_overlaps())
        products = [m for m in given if m.type in ("COMPONENT", "CELL_TYPE")]
        for last in given:
            near = any(p.sentence == last.sentence and 0 < p.start - last.end <= NEAR for p in products)
            assert _is_before_product(last, around) == near
            end = last.end + 100
            assert _product_within(last.end + 1, end, around) == any(last.end < p.start < end for p in products)
