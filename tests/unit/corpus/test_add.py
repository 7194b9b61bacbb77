"""Folders become a corpus: each paper once, the manifest true, a second run adding what is new."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import yaml

from secretome_nlp.cli.main import main
from secretome_nlp.corpus import add as adding
from secretome_nlp.corpus import manifest
from secretome_nlp.corpus.add import add, check
from secretome_nlp.errors import InputError
from secretome_nlp.read import read_paths
from secretome_nlp.types import RawDocument

SENTENCES = [
    f"In group {word} the conditioned medium of stromal cells was given once a week and the scar shrank by {word}."
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
]
PAPER = "\n\n".join(["# A paper on scars", *(" ".join(SENTENCES[i : i + 2]) for i in range(0, 10, 2))])


def record(pmid: str, doi: str = "", text: str = "Vesicles were given to some rats and the rats were well.") -> str:
    place = f'<ELocationID EIdType="doi">{doi}</ELocationID>' if doi else ""
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>Paper {pmid}.</ArticleTitle>{place}"
        f"<Abstract><AbstractText>{text}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
    )


def pubmed(*records: str) -> bytes:
    return f'<?xml version="1.0"?>\n<PubmedArticleSet>\n{"".join(records)}\n</PubmedArticleSet>\n'.encode()


def nbib(pmid: str, title: str) -> str:
    return f"PMID- {pmid}\nOWN - NLM\nTI  - {title}\nAB  - It was tried in {pmid} rats.\n"


def ids(corpus: Path) -> list[str]:
    found = list(read_paths([corpus / "documents"]))
    assert all(isinstance(d, RawDocument) for d in found)
    return sorted(d.doc_id for d in found if isinstance(d, RawDocument))


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


def test_files_are_told_by_content_and_listed(given: Path, corpus: Path) -> None:
    (given / "one.txt").write_bytes(pubmed(record("11", "10.1/A")))
    (given / "scars.dat").write_text(PAPER)
    outcome = add([str(given)], corpus)
    assert [(e.key, e.format, e.file) for e in outcome.added] == [
        ("11", "pubmed", "documents/one.txt"),
        ("scars", "text", "documents/scars.dat"),
    ]
    rows = yaml.safe_load((corpus / "manifest.yml").read_text())["documents"]
    assert (rows[0]["pmid"], rows[0]["doi"], rows[0]["title"]) == ("11", "10.1/a", "Paper 11.")
    assert all(len(p["fp"]) == 16 and p["n"] > 60 for p in rows[1]["fingerprints"])
    assert len(rows[1]["fingerprints"]) >= 8
    assert check(corpus) == []


def test_papers_are_the_same_by_pmid_doi_or_text(given: Path, corpus: Path) -> None:
    (given / "a.xml").write_bytes(pubmed(record("11", "10.1/a", "A long text of rats. " * 5), record("12", "10.1/b")))
    (given / "b.nbib").write_text(nbib("11", "Paper 11") + "\n" + nbib("13", "Paper 13"))
    (given / "c.xml").write_bytes(pubmed(record("", "10.1/B", "Another text.")))
    (given / "d.md").write_text(PAPER)
    (given / "e.txt").write_text(PAPER.replace("# ", "").replace(" medium", "\nmedium") + "\n\nDownloaded today.\n")
    outcome = add([str(given)], corpus)
    assert [(d.file, d.id, d.of, d.by) for d in outcome.duplicates] == [
        ("b.nbib", "11", "11", "pmid"),
        ("c.xml", "c-1", "12", "doi"),
        ("d.md", "d", "e", "text"),
    ]
    assert ids(corpus) == ["11", "12", "13", "e"], "of a file of records only the new ones are taken"
    assert yaml.safe_load((corpus / "manifest.yml").read_text())["duplicates"][0]["of"] == "11"


def test_papers_with_other_ids_are_other_papers_however_alike(given: Path, corpus: Path) -> None:
    (given / "a.xml").write_bytes(pubmed(record("1", text=PAPER), record("2", text=PAPER)))
    assert [e.key for e in add([str(given)], corpus).added] == ["1", "2"]


def test_papers_that_share_a_few_sentences_are_other_papers(given: Path, corpus: Path) -> None:
    other = " ".join(s.replace("scar", "wound").replace("stromal", "epithelial") for s in SENTENCES[3:])
    (given / "a.md").write_text(PAPER)
    (given / "b.md").write_text("# Another\n\n" + " ".join(SENTENCES[:3]) + "\n\n" + other)
    assert len(add([str(given)], corpus).added) == 2


@pytest.mark.parametrize("zipped", [False, True])
def test_what_is_cut_out_of_a_file_stays_readable(given: Path, corpus: Path, zipped: bool) -> None:
    lines = [json.dumps({"id": f"d{n}", "text": f"{SENTENCES[n]} {SENTENCES[n + 4]}"}) for n in range(4)]
    add_first = given / "first.jsonl"
    add_first.write_text(lines[1] + "\n\n" + lines[2])
    add([str(given)], corpus)
    body = "\n".join(lines).encode()
    (given / ("all.jsonl.gz" if zipped else "all.jsonl")).write_bytes(gzip.compress(body) if zipped else body)
    outcome = add([str(given)], corpus)
    assert [e.key for e in outcome.added] == ["d0", "d3"]
    assert outcome.known_files == 1
    assert ids(corpus) == ["d0", "d1", "d2", "d3"]


def test_a_second_run_changes_nothing_and_a_third_adds_what_is_new(given: Path, corpus: Path) -> None:
    (given / "a.xml").write_bytes(pubmed(record("1"), record("2", text="Other words stood here.")))
    (given / "copy.xml").write_bytes((given / "a.xml").read_bytes())
    first = add([str(given)], corpus)
    assert [(d.file, d.of, d.by) for d in first.duplicates] == [("copy.xml", "a.xml", "file")]
    before = (corpus / "manifest.yml").read_bytes()
    again = add([str(given)], corpus)
    assert (again.added, again.duplicates, again.known_files) == ([], [], 2)
    assert (corpus / "manifest.yml").read_bytes() == before
    (given / "b.xml").write_bytes(pubmed(record("2", text="Other words stood here."), record("3", text="New words.")))
    third = add([str(given)], corpus)
    assert [e.key for e in third.added] == ["3"]
    assert ids(corpus) == ["1", "2", "3"]


def test_two_files_of_one_name_both_have_a_place(tmp_path: Path, corpus: Path) -> None:
    for n in (1, 2):
        (tmp_path / str(n)).mkdir()
        (tmp_path / str(n) / "p.xml").write_bytes(pubmed(record(str(n), text=f"Words of paper {n}.")))
    add([str(tmp_path / "1"), str(tmp_path / "2")], corpus)
    assert ids(corpus) == ["1", "2"]
    assert check(corpus) == []


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(given: Path, corpus: Path) -> None:
    (given / "bad.xml").write_bytes(pubmed(record("1"))[:-60])
    (given / "empty.txt").write_bytes(b"")
    (given / "good.xml").write_bytes(pubmed(record("2")))
    outcome = add([str(given)], corpus)
    assert [e.key for e in outcome.added] == ["2"]
    assert {Path(f.path).name for f in outcome.failures} == {"bad.xml", "empty.txt"}


def test_a_run_that_broke_off_leaves_no_half_corpus(given: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (given / "a.xml").write_bytes(pubmed(record("1")))

    def fall(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(adding.manifest, "write", fall)
        add([str(given)], corpus)
    assert not (corpus / "manifest.yml").exists()
    assert [e.key for e in add([str(given)], corpus).added] == ["1"]
    assert ids(corpus) == ["1"] and check(corpus) == []


def test_the_corpus_itself_is_not_added_to_it(given: Path, corpus: Path) -> None:
    (given / "a.xml").write_bytes(pubmed(record("1")))
    add([str(given)], corpus)
    assert add([str(corpus.parent)], corpus).added == []
    assert ids(corpus) == ["1"]


def test_check_tells_what_is_gone_changed_or_foreign(given: Path, corpus: Path) -> None:
    for n in (1, 2):
        (given / f"{n}.xml").write_bytes(pubmed(record(str(n), text=f"Words of paper {n}.")))
    add([str(given)], corpus)
    (corpus / "documents" / "1.xml").unlink()
    (corpus / "documents" / "2.xml").write_text("changed")
    (corpus / "documents" / "3.xml").write_text("foreign")
    assert [line.split(";")[0] for line in check(corpus)] == [
        "documents/1.xml: is not there",
        "documents/2.xml: has changed since it was added",
        "documents/3.xml: is not in the manifest",
    ]


def test_a_damaged_manifest_is_one_line(corpus: Path) -> None:
    corpus.mkdir()
    (corpus / "manifest.yml").write_text("documents: [1, 2]\nfiles: []\nduplicates: []\n")
    with pytest.raises(InputError, match="no manifest of"):
        manifest.load(corpus)


def test_the_commands(given: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (given / "a.xml").write_bytes(pubmed(record("1")))
    for arguments, code in ((["add", str(given), "--into", str(corpus)], 0), (["list", str(corpus)], 0)):
        with pytest.raises(SystemExit) as left:
            main(["corpus", *arguments])
        assert left.value.code == code
    assert capsys.readouterr().out == "1\t\tpubmed\tdocuments/a.xml\tPaper 1.\n"
    (corpus / "documents" / "a.xml").unlink()
    with pytest.raises(SystemExit) as left:
        main(["corpus", "check", str(corpus)])
    assert left.value.code == 1
    with pytest.raises(SystemExit) as left:
        main(["corpus", "list", str(given)])
    assert left.value.code == 2
