"""Bad input gets one clear line, and the other documents go on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from .conftest import run

GOOD = {"id": "good", "text": "Exosomes of human MSCs reduced apoptosis in rats with AKI."}
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>&g;</ArticleTitle></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""
BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "truncated.xml": b"<?xml version='1.0'?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID>",
    "truncated.jsonl.gz": gzip.compress(json.dumps(GOOD).encode() * 50, mtime=0)[:60],
    "bomb.xml": BOMB.encode(),
    "broken.jsonl": b'{"id": "x", "text": "cut off\n',
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_listed_and_the_good_one_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(BAD[name])
    (tmp_path / "in" / "good.jsonl").write_text(json.dumps(GOOD) + "\n")
    done = run("extract", tmp_path / "in", "-o", tmp_path / "out")
    report = json.loads((tmp_path / "out" / "run.json").read_text())
    assert done.returncode == (1 if report["failures"] else 0)
    assert "Traceback" not in done.stderr
    ids = [json.loads(line)["doc_id"] for line in (tmp_path / "out" / "documents.jsonl").read_text().splitlines()]
    assert "good" in ids
    assert [f for f in report["failures"] if name in f["path"]], "nothing is dropped in silence"
    assert all("\n" not in f["error"] for f in report["failures"])


def test_wrong_encodings_are_read(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("Müller cells took up exosomes of MSCs.".encode("latin-1"))
    (tmp_path / "utf16.txt").write_bytes("Exosomes of MSCs reduced apoptosis.".encode("utf-16"))
    done = run("extract", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    texts = (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8")
    assert "Müller" in texts and "Exosomes" in texts


def test_a_line_of_fifty_megabytes_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"exosome " * 6_250_000)
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD) + "\n")
    done = run("extract", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "long.txt" in done.stderr and "Traceback" not in done.stderr


def test_ten_thousand_authors_are_no_trouble(tmp_path: Path) -> None:
    authors = "".join(f"<Author><LastName>N{i}</LastName></Author>" for i in range(10_000))
    record = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12</PMID><Article><ArticleTitle>Exosomes of MSCs."
        f"</ArticleTitle><Abstract><AbstractText>They reduced apoptosis.</AbstractText></Abstract><AuthorList>{authors}"
        "</AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    (tmp_path / "many.xml").write_text(record)
    done = run("extract", tmp_path / "many.xml", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr


USAGE = {
    "missing path": (["extract", "{tmp}/nowhere", "-o", "{tmp}/out"], "nowhere"),
    "unwritable output": (["extract", "{tmp}/good.jsonl", "-o", "{tmp}/good.jsonl/out"], "cannot be written"),
    "unknown pipeline": (["extract", "{tmp}/good.jsonl", "-o", "{tmp}/out", "--pipeline", "none"], "no pipeline"),
    "no output folder": (["table", "{tmp}"], "jsonl here"),
    "no text": (["explain", "  "], "no text"),
    "no such option": (["extract", "{tmp}/good.jsonl"], "--output"),
}


@pytest.mark.parametrize(("arguments", "words"), USAGE.values(), ids=USAGE.keys())
def test_wrong_usage_is_told_and_ends_with_2(tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD) + "\n")
    done = run(*(a.format(tmp=tmp_path) for a in arguments))
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["extract", "table", "evaluate", "explain"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"secretome-nlp {command}" in done.stdout
