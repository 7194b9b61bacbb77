"""Words and atoms stand where they say, with nothing but white space left between them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from secretome_nlp.recognise.atoms import ATOM
from secretome_nlp.segment.tokens import WORD, fold
from secretome_nlp.segment.tokens import find as find_tokens
from secretome_nlp.types import Token

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(" \n.-_’s2²⁴½ªαßµa")))


@given(TEXTS)
@example("0.05 of i.v. 10⁵ rats’ ex_vivo, e.g. 3½ µL")
def test_words_are_those_of_the_expression(text: str) -> None:
    assert find_tokens(text) == tuple(Token(*m.span(), m.group(), fold(m.group())) for m in WORD.finditer(text))


@given(TEXTS)
def test_nothing_but_white_space_lies_between_words_or_atoms(text: str) -> None:
    for pieces in (WORD, ATOM):
        assert not pieces.sub("", text).strip()
        assert not any(c.isspace() for m in pieces.finditer(text) for c in m.group())
