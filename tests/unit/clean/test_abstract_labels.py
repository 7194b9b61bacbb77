"""Labels inside an abstract become sections; the text stays."""

from __future__ import annotations

import pytest

from secretome_nlp.clean import clean
from secretome_nlp.types import RawDocument, Section


def sections(abstract: str) -> list[tuple[str, str, str]]:
    text = f"Rats\n\n{abstract}"
    given = (Section("", "title", 0, 4), Section("", "abstract", 6, len(text)))
    document = clean(RawDocument("1", "x", "jsonl", "Rats", text, "structured", given))
    assert document.text == text
    return [(s.kind, s.title, text[s.start : s.end].strip()) for s in document.sections[1:]]


def test_labels_are_sections() -> None:
    labelled = "We begin. AIMS: To see. Materials and Methods: We saw (n = 3). RESULTS: Well."
    assert sections(labelled) == [
        ("abstract", "", "We begin."),
        ("objective", "AIMS", "AIMS: To see."),
        ("methods", "Materials and Methods", "Materials and Methods: We saw (n = 3)."),
        ("results", "RESULTS", "RESULTS: Well."),
    ]


def test_titles_in_tags_are_labels() -> None:
    tagged = "<jats:title>Background</jats:title><jats:p>A.</jats:p><jats:title>Results</jats:title><jats:p>B."
    assert [kind for kind, _, _ in sections(tagged)] == ["background", "results"]


@pytest.mark.parametrize(
    "abstract",
    [
        "Vesicles help. Results: they do.",
        "There were four groups: sham, model. We had two aims: to see, to hear.",
    ],
)
def test_one_label_or_none_is_no_structure(abstract: str) -> None:
    assert sections(abstract) == [("abstract", "", abstract)]
