"""Compiled knowledge kept between runs: equal to what was made, made anew after a change, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from secretome_nlp.knowledge import kept
from secretome_nlp.knowledge.lexicon import Entry, as_row, load_lexicons
from secretome_nlp.recognise import trie


class Maker:
    """Makes a value and counts how often."""

    def __init__(self, value: object) -> None:
        self.value, self.calls = value, 0

    def __call__(self) -> object:
        self.calls += 1
        return self.value


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SECRETOME_NLP_KEEP", raising=False)
    monkeypatch.setattr(kept, "user_cache_path", lambda _: tmp_path / "cache")
    kept._key.cache_clear()
    return tmp_path / "cache"


def test_what_was_kept_is_given_back_without_making_it_again(folder: Path) -> None:
    make = Maker([("miR-21", None, frozenset({"a", "b"}))])
    assert kept.keep("things", (), make) == kept.keep("things", (), make) == make.value
    assert make.calls == 1
    assert [p.suffix for p in folder.iterdir()] == [".bin"]


def test_another_overlay_or_another_content_of_it_is_another_thing(folder: Path, tmp_path: Path) -> None:  # noqa: ARG001
    mine = tmp_path / "mine.yml"
    make = Maker(1)
    kept.keep("things", (), make)
    for content in ("a", "b"):
        mine.write_text(content)
        kept._key.cache_clear()
        kept.keep("things", (mine,), make)
    assert make.calls == 3


def test_a_damaged_file_is_made_anew(folder: Path) -> None:
    make = Maker((1, 2))
    kept.keep("things", (), make)
    next(folder.iterdir()).write_bytes(b"\x00damaged")
    assert kept.keep("things", (), make) == (1, 2)
    assert kept.keep("things", (), make) == (1, 2)
    assert make.calls == 2


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(kept, "user_cache_path", lambda _: tmp_path / "file" / "cache")
    make = Maker(7)
    assert kept.keep("things", (), make) == kept.keep("things", (), make) == 7
    assert make.calls == 2


def test_it_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETOME_NLP_KEEP", "0")
    make = Maker(7)
    assert kept.keep("things", (), make) == kept.keep("things", (), make) == 7
    assert make.calls == 2 and not folder.exists()


def test_only_the_newest_files_stay(folder: Path) -> None:
    for n in range(kept.MOST_FILES + 3):
        kept.keep(f"things{n}", (), Maker(n))
    assert len(list(folder.iterdir())) == kept.MOST_FILES


def test_lexicons_and_their_trie_can_be_kept(folder: Path) -> None:  # noqa: ARG001
    entries = load_lexicons()
    rows = kept.keep("lexicons", (), lambda: [as_row(e) for e in entries])
    rows = kept.keep("lexicons", (), Maker(None)) if rows else rows
    assert tuple(Entry(*row) for row in rows) == entries
    few = entries[:50]
    terms = trie.build(few)
    assert kept.keep("terms", (), lambda: terms) == kept.keep("terms", (), Maker(None)) == terms
