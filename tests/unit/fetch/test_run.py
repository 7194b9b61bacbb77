"""Whole runs: what ends up in the folder, and what is asked for when a run is given again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from secretome_nlp.cli.main import main
from secretome_nlp.errors import InputError
from secretome_nlp.fetch.http import ServiceError
from secretome_nlp.fetch.ledger import Ledger
from secretome_nlp.fetch.run import Report, Request, pmids_in
from secretome_nlp.read import read_paths
from secretome_nlp.types import RawDocument

from .services import Answer, World, full_text
from .test_europe_pmc import work

Fetch = Callable[..., Report]
QUERY = Request(query="exosome")


def documents(folder: Path) -> list[str]:
    found = list(read_paths([folder]))
    assert all(isinstance(d, RawDocument) for d in found)
    return sorted(d.doc_id for d in found if isinstance(d, RawDocument))


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))


filled_world = pytest.mark.usefixtures("filled")


@pytest.fixture
def filled(world: World) -> World:
    world.entered = {str(n): "2024-04-01" for n in range(1, 451)}
    return world


def fetched_ids(world: World) -> int:
    """How many records PubMed was asked for."""
    return sum(
        int(asked["retmax"]) if "WebEnv" in asked else len(asked["id"].split(","))
        for _, path, asked in world.asked
        if path.endswith("efetch.fcgi")
    )


def test_a_query_becomes_files_that_are_read(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    report = fetch(QUERY)
    assert (report.records, report.known, report.missing) == (450, 0, [])
    assert files(tmp_path / "papers") == [f"pubmed-0000{n}.xml.gz" for n in (1, 2, 3)]
    assert documents(tmp_path / "papers") == sorted(filled.entered)


def test_the_same_answers_give_the_same_bytes(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    fetch(QUERY, "a")
    fetch(QUERY, "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in files(tmp_path / "a"))
    assert len(filled.asked) == 8


def test_a_run_that_broke_off_goes_on_where_it_was(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    # Two batches pass; then the service is down for good.
    calls = {"left": 2}
    ask = Ledger.save

    def save_then_fall(self: Ledger, name: str, content: bytes, ids: list[str]) -> None:
        ask(self, name, content, ids)
        calls["left"] -= 1
        if not calls["left"]:
            filled.trouble.extend(Answer(503) for _ in range(6))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "save", save_then_fall)
        with pytest.raises(ServiceError, match="run the same command again"):
            fetch(QUERY)
    assert files(tmp_path / "papers") == ["pubmed-00001.xml.gz", "pubmed-00002.xml.gz"]
    filled.asked.clear()
    report = fetch(QUERY)
    assert (report.records, report.known) == (50, 400)
    assert fetched_ids(filled) == 50
    assert documents(tmp_path / "papers") == sorted(filled.entered)


def test_partial_files_never_have_a_final_name_and_are_removed(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def fall(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", fall)
        with pytest.raises(Killed):
            fetch(QUERY)
    own = tmp_path / "papers" / ".fetch"
    assert files(tmp_path / "papers") == []
    assert [p.name for p in own.glob("*.partial")] == ["pubmed-00001.xml.gz.partial"]
    fetch(QUERY)
    assert list(own.glob("*.partial")) == []
    assert documents(tmp_path / "papers") == sorted(filled.entered)


def test_a_ledger_cut_off_in_its_last_line_loses_nothing_else(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    fetch(QUERY)
    journal = tmp_path / "papers" / ".fetch" / "ledger.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:2]) + lines[2][:30])
    (tmp_path / "papers" / "pubmed-00003.xml.gz").unlink()
    assert fetch(QUERY).records == 50
    assert documents(tmp_path / "papers") == sorted(filled.entered)
    assert all(json.loads(line) for line in journal.read_text().splitlines())


def test_a_file_that_was_deleted_is_fetched_again(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    fetch(QUERY)
    (tmp_path / "papers" / "pubmed-00002.xml.gz").unlink()
    assert fetch(QUERY).records == 200
    assert documents(tmp_path / "papers") == sorted(filled.entered)


def test_new_asks_for_what_entered_since(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    new = Request(query="exosome", new=True)
    assert fetch(new, today="2024-04-10").records == 450, "the first time all of it"
    filled.entered |= {"901": "2024-04-09", "902": "2024-05-01"}
    filled.asked.clear()
    report = fetch(new, today="2024-05-02")
    assert report.records == 2
    search = filled.asked[0][2]
    assert (search["mindate"], search["maxdate"]) == ("2024/04/09", "2024/05/02"), "with a day's overlap"
    assert {"901", "902"} <= set(documents(tmp_path / "papers"))
    assert fetch(new, today="2024-05-02").records == 0


def test_new_of_another_query_starts_from_the_beginning(filled: World, fetch: Fetch) -> None:
    fetch(QUERY)
    filled.asked.clear()
    fetch(Request(query="secretome", new=True))
    assert "mindate" not in filled.asked[0][2]


@filled_world
def test_a_limited_run_does_not_count_as_done(fetch: Fetch) -> None:
    assert fetch(Request(query="exosome", most=5)).records == 5
    assert fetch(Request(query="exosome", new=True)).records == 445


@filled_world
def test_ids_that_are_not_there_are_told(fetch: Fetch) -> None:
    report = fetch(Request(pmids=("1", "2", "1", "99999")))
    assert (report.records, report.missing) == (2, [("99999", "PubMed has no such record")])


def test_what_another_folder_fetched_comes_from_the_cache(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    fetch(Request(pmids=("1", "2")), "a", cache_days=30)
    filled.asked.clear()
    report = fetch(Request(pmids=("2", "1", "3")), "b", cache_days=30)
    assert (report.records, report.cached) == (3, 2)
    assert filled.asked[0][2]["id"] == "3"
    assert documents(tmp_path / "b") == ["1", "2", "3"]


@filled_world
def test_a_damaged_cache_is_none(fetch: Fetch, tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"no database at all" * 100)
    assert fetch(Request(pmids=("1",)), cache_days=30).records == 1


def test_full_texts_stand_in_for_their_records(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    filled.works = [work(101), work(102, is_open=False), work(103)]
    filled.texts = {"PMC101": full_text("101")}
    report = fetch(Request(pmids=("101", "102", "103", "104"), full_text=True))
    assert (report.full_texts, report.records, report.missing) == (1, 3, [])
    assert files(tmp_path / "papers") == ["PMC101.xml", "pubmed-00002.xml.gz"]
    assert documents(tmp_path / "papers") == ["101", "102", "103", "104"]
    filled.asked.clear()
    again = fetch(Request(pmids=("101", "102"), full_text=True))
    assert (again.known, again.full_texts, again.records) == (2, 0, 0)
    assert not [p for p in filled.paths() if "fullText" in p or "efetch" in p]


def test_dois_and_pmcids_lead_to_papers(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    filled.works = [work(101), {"id": "P", "source": "PPR", "doi": "10.1/pre"}]
    filled.texts = {"PMC5": full_text("5")}
    report = fetch(Request(dois=("10.1000/X.101", "10.1/pre", "10.9/unknown"), pmcids=("PMC5", "PMC6")))
    assert (report.records, report.full_texts) == (1, 1)
    assert dict(report.missing) == {
        "10.1/pre": "neither in PubMed nor open access", "10.9/unknown": "unknown to Europe PMC",
        "PMC6": "no open-access full text",
    }  # fmt: skip
    assert documents(tmp_path / "papers") == ["101", "5"]


def test_a_query_to_europe_pmc(filled: World, fetch: Fetch, tmp_path: Path) -> None:
    filled.works = [work(n) for n in range(201, 206)]
    report = fetch(Request(query="exosome", source="europe-pmc"))
    assert report.records == 5
    assert documents(tmp_path / "papers") == ["201", "202", "203", "204", "205"]


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        Ledger(tmp_path).opened(),
        pytest.raises(InputError, match="another fetch is at work"),
        Ledger(tmp_path).opened(),
    ):
        pass


def test_lists_of_ids_are_checked() -> None:
    assert list(pmids_in(["12", "", "# note", "PMID: 7 # why"], "x")) == ["12", "7"]
    with pytest.raises(InputError, match="x:2: 'abc' is no PMID"):
        list(pmids_in(["1", "abc"], "x"))


def leave(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code


def test_the_command_fetches_what_a_review_cites(
    filled: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.works = [work(101)]
    cited = [
        {"ref": "1", "label": "A", "pmid": "7", "doi": None},
        {"ref": "2", "label": "B", "pmid": None, "doi": "10.1000/x.101"},
        {"ref": "3", "label": "C", "pmid": None, "doi": None},
    ]
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "documents.jsonl").write_text(json.dumps({"doc_id": "r", "references": cited}) + "\n")
    urls = ("--pubmed-url", f"{filled.url}/eutils", "--europe-pmc-url", f"{filled.url}/epmc", "--cache-days", "0")
    code = leave("fetch", "--references-of", str(tmp_path / "out"), "-o", str(tmp_path / "cited"), *urls)
    assert code == 0
    assert documents(tmp_path / "cited") == ["101", "7"]
    assert "2 records" in (said := capsys.readouterr().err) and "1 references have neither PMID nor DOI" in said


WRONG = {
    "nothing": ([], "nothing to fetch"),
    "new without query": (["--pmid", "1", "--new"], "give --query too"),
    "no pmid": (["--pmid", "x1"], "is no PMID"),
    "no doi": (["--doi", "hello"], "is no DOI"),
    "no pmcid": (["--pmcid", "PMCx"], "is no PMCID"),
    "no file": (["--pmids", "nowhere.txt"], "nowhere.txt: cannot be read"),
    "plain http": (["--query", "x", "--pubmed-url", "http://example.org"], "no https address"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    arguments, said = WRONG[name]
    assert leave("fetch", "-o", str(tmp_path / "x"), *arguments) == 2
    error = capsys.readouterr().err
    assert said in error and len(error.splitlines()) == 1
