"""Files that were made to do harm: bounded, nothing fetched, nothing executed, one clear line each."""

from __future__ import annotations

import gzip
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from secretome_nlp.read import read_paths
from secretome_nlp.read.source import opened
from secretome_nlp.types import Failure, RawDocument

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE r [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]>'
XXE = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY e11 SYSTEM "file://{path}">]>'
BODIES = {
    "pubmed": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>x &e11; y"
              "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    "jats": "<article><front><article-meta><title-group><article-title>x &e11; y</article-title></title-group>"
            "</article-meta></front></article>",
    "bioc-xml": "<collection><source>x</source><document><id>1</id><passage><infon key='type'>title</infon>"
                "<text>x &e11; y</text></passage></document></collection>",
}  # fmt: skip


def read(path: Path, data: bytes) -> list[RawDocument | Failure]:
    path.write_bytes(data)
    found = list(read_paths([path]))
    assert found
    assert all("\n" not in item.error for item in found if isinstance(item, Failure))
    return found


def error(path: Path, data: bytes) -> str:
    (found,) = read(path, data)
    assert isinstance(found, Failure)
    return found.error


@pytest.mark.parametrize("form", BODIES)
def test_entities_are_not_expanded(tmp_path: Path, form: str) -> None:
    tracemalloc.start()
    for item in read(tmp_path / "a.xml", (BOMB + BODIES[form]).encode()):
        assert isinstance(item, Failure) or len(item.text) < 100
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("form", BODIES)
def test_nothing_is_fetched(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object) -> None:
        raise AssertionError("something tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    (tmp_path / "secret").write_text("password")
    doctype = XXE.format(path=tmp_path / "secret")
    for item in read(tmp_path / "a.xml", (doctype + BODIES[form]).encode()):
        assert "password" not in (item.error if isinstance(item, Failure) else item.text)


def test_xml_that_is_nested_without_end(tmp_path: Path) -> None:
    deep = "<article><body>" + "<sec>" * 100_000
    assert "cannot be read on" in error(tmp_path / "a.xml", deep.encode())


BOMBS = {
    "text": b"a " * 50_000_000,
    "pubmed": b"<PubmedArticleSet>" + b" " * 100_000_000,
    "jsonl": b'{"id": "1", "text": "' + b"a" * 100_000_000,
    "bioc": b'{"source": "x", "documents": [' + b" " * 100_000_000,
    "medline": b"PMID- 1\nOWN - x\n" + (b"      " + b"a" * 993 + b"\n") * 100_000,
    "pubtator": b"1|t|a\n" + (b"1\t" + b"2" * 997 + b"\n") * 100_000,
    "pdf": b"%PDF-1.4\n" + b"\x00" * 100_000_000,
}


@pytest.mark.parametrize("form", BOMBS)
def test_a_gzip_bomb_is_bounded(tmp_path: Path, form: str) -> None:
    said = [item for item in read(tmp_path / "a.gz", gzip.compress(BOMBS[form], 9)) if isinstance(item, Failure)]
    assert said
    assert any(
        words in said[-1].error for words in ("200 times", "too long", "over 64 million", "longer than", "read on")
    )


def test_gzip_as_others_write_it(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    for data in (gzip.compress(b"one ") + gzip.compress(b"two"), gzip.compress(b"one two") + b"\x00" * 512):
        path.write_bytes(data)
        assert opened(str(path)).read() == b"one two"
    whole = gzip.compress(os.urandom(300_000))
    for cut in (3, 12, 1000, len(whole) - 4):
        path.write_bytes(whole[:cut])
        with pytest.raises((EOFError, OSError)):
            opened(str(path)).read()


def test_archives_are_not_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.txt", "x" * 10_000_000)
    (found,) = read_paths([tmp_path / "made.zip"])
    assert isinstance(found, Failure) and "zip archive" in found.error
    assert not (tmp_path.parent.parent / "outside.txt").exists()


def test_links_that_go_in_circles_and_pipes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "a" / "pipe")
    (tmp_path / "a" / "good.txt").write_text("Rats are well.")
    found = list(read_paths([tmp_path]))
    assert [Path(item.path).name for item in found if isinstance(item, RawDocument)] == ["good.txt"]
    assert {Path(item.path).name for item in found if isinstance(item, Failure)} == {"gone", "pipe"}


def test_scripts_in_titles_stay_text(tmp_path: Path) -> None:
    body = BODIES["pubmed"].replace("x &e11; y", "Rats &lt;script&gt;alert(1)&lt;/script&gt;")
    (found,) = read(tmp_path / "a.xml", body.encode())
    assert isinstance(found, RawDocument)
    assert found.title == "Rats <script>alert(1)</script>"


def test_zeros_and_stray_bytes(tmp_path: Path) -> None:
    assert "binary" in error(tmp_path / "a.txt", b"Rats\x00 are well.\n")
    (found,) = read(tmp_path / "a.txt", b"# R\xe4tten\n\nThey are \x93well\x94.\n")
    assert isinstance(found, RawDocument) and "“well”" in found.text
    body = b'{"source": "x", "documents": [{"id": "1", "passages": [{"text": "R\xe4tten"}]}]}'
    (found,) = read(tmp_path / "a.json", body)
    assert isinstance(found, RawDocument) and found.text == "Rätten"
