"""Token grammars: where a pattern begins is told for a whole text at once, and must be where it matches."""

from __future__ import annotations

import pytest

from secretome_nlp.components import shared_recogniser
from secretome_nlp.recognise import abbreviations
from secretome_nlp.recognise.atoms import split
from secretome_nlp.recognise.candidates import Chart
from secretome_nlp.recognise.pattern import Matcher, Pattern
from secretome_nlp.recognise.places import Places, WordSets, bits_of, bits_where
from secretome_nlp.types import Span

RECOGNISER, _ = shared_recogniser(())


def naive(pattern: Pattern, matcher: Matcher, places: Places) -> list[int]:
    """Try the pattern at every atom."""
    return [at for at in range(places.count) if places.word_starts >> at & 1 and matcher.match(pattern, at)]


@pytest.mark.parametrize("number", range(len(RECOGNISER.patterns)), ids=lambda n: RECOGNISER.patterns[n].grammar.id)
def test_a_pattern_begins_where_it_matches(number: int) -> None:
    pattern, begun = RECOGNISER.patterns[number], 0
    later = {p.grammar.id for p in RECOGNISER.patterns[number:]}
    for marked in (*pattern.grammar.match, *pattern.grammar.no_match):
        text = marked.replace("[", "").replace("]", "")
        atoms, chart = RECOGNISER.read(text)
        places = Places(atoms, RECOGNISER.word_sets)
        before = Chart([c for c in chart.all() if c.by.id not in later], places.count)
        matcher = Matcher(atoms, before, places)
        begins = matcher.beginnings(pattern)
        assert [at for at in range(places.count) if begins >> at & 1] == naive(pattern, matcher, places)
        assert not begins or not pattern.needed & ~places.present
        begun += begins.bit_count()
    assert begun


def test_what_a_definition_changes_is_read_anew_and_all_else_stays() -> None:
    text = "Vesicles of mouse yolk stem cells (YOSC) calmed glial scars; YOSC-EVs eased fibrosis of the liver in rats."
    (found,) = abbreviations.find(text, (Span(0, len(text)),))
    assert found.short_text == "YOSC"
    _, chart = RECOGNISER.read(text, (found,))
    whole = {(c.start, c.end, c.type, c.by.id) for c in chart.all()}
    plain = {(c.start, c.end, c.type, c.by.id) for c in RECOGNISER.read(text)[1].all()}
    assert {c for c in plain if c[2] == "OUTCOME"} <= whole
    new = whole - plain
    assert {text[start:end] for start, end, type_, _ in new if type_ == "CELL_TYPE"} == {"YOSC"}
    assert all("YOSC" in text[start:end] for start, end, *_ in new)


def test_places_are_bits() -> None:
    assert bits_of([0, 3, 70], 71) == 1 | 8 | 1 << 70
    assert bits_of([], 0) == 0
    assert bits_where([0, 2, 1, 2], bytes(49 if n == 2 else 48 for n in range(256))) == 0b1010
    assert bits_where([], bytes(256)) == 0
    sets = WordSets()
    liver, lung = sets.number(frozenset({"liver", "livers"})), sets.number(frozenset({"lung", "liver"}))
    assert sets.number(frozenset({"livers", "liver"})) == liver
    places = Places(split("Liver or lung, livers"), sets)
    assert (places.of[liver], places.of[lung]) == (0b10001, 0b101)
    assert places.present == sets.bits([liver, lung])
    assert places.words_but(3, ("ers",)) == 0b101


def test_an_empty_text_has_nowhere_to_begin() -> None:
    atoms = split("")
    places = Places(atoms, RECOGNISER.word_sets)
    matcher = Matcher(atoms, Chart([], 0), places)
    assert not any(matcher.beginnings(p) for p in RECOGNISER.patterns)
