"""The street over many documents: what it keeps of each in memory."""

from __future__ import annotations

import pytest

from secretome_nlp import street
from secretome_nlp.model import words
from secretome_nlp.types import Document, Section

TEXT = "MSC exosomes eased fibrosis in rats of the zzqxstrain{n} kind."


def document(n: int) -> Document:
    text = TEXT.format(n=n)
    return Document(f"d{n}", "", "text", "", text, (Section("", "body", 0, len(text)),))


def test_words_met_after_many_are_forgotten_and_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = street.load("abstracts")
    kept = street.annotate(nlp, document(1))
    assert "zzqxstrain1" in nlp.vocab.strings
    monkeypatch.setattr(words, "KEPT_WORDS", 0)
    before = len(nlp.vocab.strings)
    again, other = street.annotate(nlp, document(1)), street.annotate(nlp, document(2))
    assert again == kept and [m.type for m in other.mentions] == [m.type for m in kept.mentions]
    assert "zzqxstrain2" not in nlp.vocab.strings and len(nlp.vocab.strings) == before
