"""Which agent a citation is told of, and which citation a finding has."""

from __future__ import annotations

import pytest

from secretome_nlp import extract
from secretome_nlp.types import Annotations


def cited(text: str) -> set[tuple[str, str]]:
    """Return the agents and citations that are linked in a text that has a list of references."""
    found = next(iter(extract([f"{text}\n\nReferences\n\n1. A. One. 2001.\n2. B. Two. 2002.\n3. C. Three. 2003.\n"])))
    assert isinstance(found, Annotations)
    words = {m.id: m.text for m in found.mentions}
    return {(words[r.head], words[r.tail]) for r in found.relations if r.type == "reported_by"}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        # each citation once, from what is told between it and the one before
        (
            "MSCs reduced fibrosis in rats [1], and exosomes reduced apoptosis [2].",
            {("MSCs", "[1]"), ("exosomes", "[2]")},
        ),
        ("EVs of MSCs carrying VEGF and HGF reduced fibrosis in rats [1].", {("EVs", "[1]")}),
        # what was studied or shown, also where no rule reads what it was
        ("Two studies looked into the storage of exosomes [3].", {("exosomes", "[3]")}),
        ("Exosomes are vesicles of endosomal origin [3].", set()),
        # a name stands for the number that follows
        ("Smith et al. found that exosomes reduced fibrosis in rats. They lived longer [2].", {("exosomes", "[2]")}),
    ],
)
def test_a_citation_is_told_of_the_agent_of_its_finding(text: str, links: set[tuple[str, str]]) -> None:
    assert cited(text) == links
