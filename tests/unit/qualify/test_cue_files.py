"""Faulty cue files are refused in one line that names file, entry and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.cue_examples import parse
from secretome_nlp.knowledge.cues import CUES, load_cues

GOOD = 'kind: negation\ncues:\n  - {id: neg.x, cue: [zero], match: ["[zero]cue pain"], no_match: ["pain"]}\n'


def load_with(folder: Path, content: str) -> None:
    for path in CUES.glob("*.yml"):
        shutil.copy(path, folder / path.name)
    (folder / "own.yml").write_text(content, encoding="utf-8")
    load_cues(folder)


def test_a_good_file_is_taken(tmp_path: Path) -> None:
    load_with(tmp_path, GOOD)
    assert "neg.x" in {c.id for c in load_cues(tmp_path).cues}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (GOOD.replace("cue: [zero]", "cue: [zero], scpoe: all"), r"own\.yml:3: cues\.0\.scpoe: unknown key"),
        (GOOD.replace("neg.x", "neg.not"), r"neg\.not: id used twice; rename"),
        (GOOD.replace("[zero]", "[not]", 1), r"neg\.x: 'not' is also in neg\.not; keep one"),
        (GOOD.replace('["pain"]', "[]"), r"own\.yml:3: cues\.0\.no_match: list should have"),
        (GOOD.replace('["[zero]cue pain"]', "[]"), r"own\.yml:3: cues\.0\.match: list should have"),
        (GOOD.replace(", no_match: [\"pain\"]", ""), r"own\.yml:3: cues\.0\.no_match: this key is required"),
        (GOOD.replace("kind: negation", "kind: hedge"), r"neg\.x: the id of a hedge cue begins with"),
        (GOOD.replace("cue: [zero]", "cue: [zero], direction: up"), r"own\.yml:3: cues\.0\.direction: input"),
        (GOOD.replace("cue: [zero]", 'cue: [" "]'), r"neg\.x: a phrase holds no word; remove it"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_with(tmp_path, content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("example", ["[zero]cu pain", "[zero] pain", "zero]cue pain", "[zero cue", "[a [b]cue]plain"])
def test_a_malformed_example_is_refused(example: str) -> None:
    with pytest.raises(KnowledgeError, match="example"):
        parse(example)
