"""The gate lets through all that can yield a record."""

from __future__ import annotations

import pytest

from secretome_nlp.batch.gate import _make_finder, anchors, passes, passes_text
from secretome_nlp.batch.slices import deleted_ids, record_id
from secretome_nlp.knowledge.load import load_knowledge


def test_every_name_of_a_component_passes() -> None:
    missed = [
        f"{entry.id}: {term}"
        for entry in load_knowledge().entries
        if entry.type == "COMPONENT" and entry.value not in ("cells", "mitochondria")
        for term in entry.terms
        if not passes_text(term) and not entry.needs
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("hucMSC-Ex eased colitis.", True),
        ("Stem cells of the bulge", True),
        ("Adipose-derived stem cells homed to the wound.", True),
        ("Statins lowered cholesterol in 400 patients.", False),
        ("The kidneys of the dogs were weighed.", False),
    ],
)
def test_gate(text: str, passed: bool) -> None:
    assert passes_text(text) is passed


def test_both_finders_decide_alike() -> None:
    texts = [b"statins", b"nanovesicles", b"hmscs", b"", b"eps"]
    slow = [any(a in t for a in anchors()) for t in texts]
    assert [_make_finder(anchors())(t) for t in texts] == slow == [False, True, True, False, False]


def test_affiliations_do_not_open_the_gate() -> None:
    xml = (
        b"<PubmedArticle><PMID>7</PMID><ArticleTitle>Tax law</ArticleTitle><Abstract><AbstractText>None.</AbstractText>"
        b"</Abstract><Affiliation>Stem Cell Institute</Affiliation></PubmedArticle>"
    )
    assert not passes(xml, "pubmed")
    assert record_id(xml, "pubmed") == "7"
    assert deleted_ids(xml) is None
