"""Finding files and telling formats: what is read, in which order, and what each fault gives."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from secretome_nlp.errors import InputError
from secretome_nlp.read import expand, read_paths
from secretome_nlp.types import Failure, RawDocument

ROW = '{"id": "1", "title": "Vesicles", "abstract": "They help."}\n'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>x&j;y"
    "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)


def read(path: Path) -> list[RawDocument | Failure]:
    return list(read_paths([path]))


def documents(path: Path) -> list[RawDocument]:
    return [item for item in read(path) if isinstance(item, RawDocument)]


def failure(path: Path) -> str:
    (item,) = read(path)
    assert isinstance(item, Failure)
    assert "\n" not in item.error
    return item.error


@pytest.mark.parametrize(
    ("name", "content", "format", "markup"),
    [
        ("a.txt", "Vesicles help. They do.", "text", "plain"),
        ("b.txt", "The vesicles that were taken from the cells\nhelped the rats.\n" * 3, "text", "wrapped"),
        ("c.txt", "# Vesicles\n\nThey *help* rats.\n\n## Methods\n\nNone.\n", "markdown", "markdown"),
        ("d.md", "Vesicles help.", "markdown", "markdown"),
        ("e.data", ROW, "jsonl", "structured"),
        ("f", "PMID- 1\nTI  - Vesicles\nAB  - They help.\n", "medline", "structured"),
        ("g.txt", BOMB.replace("x&j;y", "Vesicles"), "pubmed", "structured"),
    ],
)
def test_formats_are_told_by_content(tmp_path: Path, name: str, content: str, format: str, markup: str) -> None:
    for path, data in (
        (tmp_path / name, content.encode()),
        (tmp_path / f"{name}.gz", gzip.compress(content.encode())),
    ):
        path.write_bytes(data)
        (document,) = documents(path)
        assert (document.format, document.markup) == (format, markup)
    (tmp_path / "zipped_without_saying_so").write_bytes(gzip.compress(content.encode()))
    assert documents(tmp_path / "zipped_without_saying_so")[0].format in (format, "text")


def test_folders_are_walked_in_order_and_stems_made_unique(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "a/y.md", ".hidden.txt", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Vesicles help.")
    found = [(Path(d.path).relative_to(tmp_path).as_posix(), d.doc_id) for d in documents(tmp_path)]
    assert found == [("a/x.txt", "x"), ("a/y.md", "y"), ("b/x.txt", "x-2")]
    assert len(expand([tmp_path, tmp_path / "a" / "x.txt", str(tmp_path / "b")])) == 3


def test_missing_and_empty_input_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for paths in ([tmp_path / "no.txt"], [tmp_path / "empty"], [], [""], ["\x00"]):
        with pytest.raises(InputError) as caught:
            read_paths(paths)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [("Ångström für β", "utf-8-sig"), ("Ångström für β", "utf-16"), ("Ångström “für”", "cp1252")],
)
def test_encodings(tmp_path: Path, content: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content.encode(encoding))
    assert documents(path)[0].text == content
    row = json.dumps({"id": "1", "text": content}, ensure_ascii=False)
    path.write_bytes((row + "\n" + row).encode(encoding))
    assert [d.text for d in documents(path)] == [content, content]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (gzip.compress(b"The vesicles. " * 9000, mtime=0)[:60], "cut off|damaged|end"),
        (b"\x1f\x8b\x08\x00garbage-garbage", "damaged"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"<PubmedArticleSet><PubmedArticle><Med", "XML cannot be read on after record 0"),
        (b"x" * 16_000_001, "too long"),
    ],
    ids=lambda value: value[:12].hex() if isinstance(value, bytes) else value[:12],
)
def test_what_cannot_be_read_is_one_failure(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(content)
    assert any(word in failure(path) for word in reason.split("|"))


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    bad = ['{"id": "2", "title": 5}', "{nonsense", "[1]", '{"title": "x"}', '{"id": "3"}', '{"id": true}']
    deep = '{"id": ' + "[" * 100_000
    path.write_text(ROW + "\n".join([*bad, deep, '{"id": "4", "text": "' + "x" * 16_000_000 + '"}', ""]) + ROW)
    found = read(path)
    assert [item.doc_id for item in found if isinstance(item, RawDocument)] == ["1", "1"]
    errors = [item.error for item in found if isinstance(item, Failure)]
    assert len(errors) == len(bad) + 2
    assert all(f"line {n}" in error for n, error in enumerate(errors, start=2))


def test_json_lines_text_is_exactly_title_blank_line_abstract(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"id": 7, "title": " A  title ", "abstract": "Two\nlines\u2028and <b>tags</b>."},
        {"id": "8", "title": None, "abstract": "Alone."},
        {"id": "9", "text": "\tAs it is \r\n"},
        {"id": "10", "text": "half \ud800 pair"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    texts = {d.doc_id: d.text for d in documents(path)}
    assert texts == {
        "7": " A  title \n\nTwo\nlines\u2028and <b>tags</b>.", "8": "\n\nAlone.", "9": "\tAs it is \r\n",
        "10": "half \ufffd pair",
    }  # fmt: skip
    first = documents(path)[0]
    assert [(s.kind, first.text[s.start : s.end]) for s in first.sections] == [
        ("title", " A  title "),
        ("abstract", "Two\nlines\u2028and <b>tags</b>."),
    ]


def test_an_entity_bomb_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(BOMB)
    assert "XML cannot be read on" in failure(path)


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("password")
    path = tmp_path / "a.xml"
    path.write_text(
        f'<!DOCTYPE PubmedArticleSet SYSTEM "http://127.0.0.1:9/x.dtd" '
        f'[<!ENTITY e SYSTEM "{tmp_path}/secret">]>'
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>x &e; y"
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    (document,) = documents(path)
    assert "password" not in document.text
