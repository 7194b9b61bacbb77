"""The street over many documents: what it keeps of each in memory."""

from __future__ import annotations

import pytest

from secretome_nlp import street
from secretome_nlp.components import TOGETHER
from secretome_nlp.model import words
from secretome_nlp.segment import tokens
from secretome_nlp.types import Document, Failure, RawDocument, Section

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


def raw(n: int, text: str = "") -> RawDocument:
    return RawDocument(f"d{n}", "", "text", "", text or TEXT.format(n=n))


def test_documents_go_together_by_number_and_length_in_their_order() -> None:
    long = raw(9, "x" * (tokens.SHORT + 1))
    given = [raw(0), Failure("p", None, "broken"), *map(raw, range(1, 9)), long, raw(10)]
    found = list(street.groups(given, lambda item: item))
    assert [item for group in found for item in group] == given
    assert [len(group) for group in found] == [TOGETHER + 1, 1, 1, 1]
    assert [long] in found
    assert list(street.groups([], lambda item: item)) == []


def test_what_is_found_does_not_depend_on_what_goes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = street.load("abstracts")
    given = [raw(1), raw(2, "No term stands here."), raw(3, "EVs, which reach the lung, reduced fibrosis.")]
    alone = [street.process_one(nlp, item) for item in given]
    assert street.process_group(nlp, given) == alone

    honest = street.clean.clean

    def broken(item: RawDocument) -> Document:
        if item.doc_id == "d2":
            raise ValueError("no text")
        return honest(item)

    monkeypatch.setattr(street.clean, "clean", broken)
    found = street.process_group(nlp, [*given, Failure("p", None, "broken")])
    assert found == [alone[0], Failure("", "d2", "ValueError: no text"), alone[2], Failure("p", None, "broken")]
    assert street.process_group(nlp, given) == found[:3]
