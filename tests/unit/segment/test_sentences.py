from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.sentences import PATH, load_sentence_words
from secretome_nlp.segment import sentences
from secretome_nlp.types import Section

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "sentences.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, str]) -> None:
    expected = [part.strip() for part in case["text"].split("¦")]
    text = case["text"].replace("¦", "")
    assert [text[s.start : s.end] for s in sentences.find(text)] == expected


def test_case_ids_are_unique() -> None:
    assert len({c["id"] for c in CASES}) == len(CASES)


def test_section_borders_end_sentences() -> None:
    text = "Vesicles in skin Mice were burnt"
    sections = [Section("", "title", 0, 16), Section("", "abstract", 17, len(text))]
    found = [text[s.start : s.end] for s in sentences.find(text, sections)]
    assert found == ["Vesicles in skin", "Mice were burnt"]


def test_nothing_gives_nothing() -> None:
    assert sentences.find("") == ()
    assert sentences.find(" \n\t\n ") == ()


ALPHABET = st.sampled_from(
    ["a", "B", "p53", "Fig", "al", "i.v", ".", "?", "…", " ", "\n", "\n\n", "(", ")", "[",
     "]", "12", "β", '"', ":", "RESULTS", "-", "The", "[editorial]", "²", "\u2028", "\x1c"]
)  # fmt: skip


@given(st.lists(ALPHABET, max_size=60).map("".join), st.lists(st.integers(0, 80), max_size=3))
def test_every_visible_character_is_in_exactly_one_trimmed_sentence(text: str, borders: list[int]) -> None:
    sections = [Section("", "body", b, b + 5) for b in borders]
    found = sentences.find(text, sections)
    covered = [i for s in found for i in range(s.start, s.end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in found)


@given(st.text(max_size=200))
def test_any_text_is_covered(text: str) -> None:
    covered = {i for s in sentences.find(text) for i in range(s.start, s.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


UNITS = ["a", ".", "A", ". ", ".1-", "A. ", "A.\t", "(", "[x ", "Fig. 1 (", "1. ", "\n", "- a\n"]
UNITS += ["RESULTS: ", "[editorial "]


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_hostile_text(unit: str) -> None:
    """Anything quadratic would take minutes on a text of this size, a linear pass a fraction of a second."""
    text = unit * (200_000 // len(unit))
    before = time.process_time()
    sentences.find(text)
    assert time.process_time() - before < 15


def test_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sentences.yml"
    path.write_text(PATH.read_text(encoding="utf-8") + "\nnevr: [x]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"sentences\.yml:\d+: nevr: unknown key"):
        load_sentence_words(path)
