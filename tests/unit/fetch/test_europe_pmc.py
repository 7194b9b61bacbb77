"""Europe PMC: pages, identifiers, full texts."""

from __future__ import annotations

import datetime

import pytest

from secretome_nlp.fetch.europe_pmc import EuropePmc
from secretome_nlp.fetch.http import ServiceError

from .services import Answer, World, full_text

TODAY = datetime.date(2024, 5, 2)


def work(number: int, is_open: bool = True) -> dict[str, str]:
    return {
        "id": str(number), "source": "MED", "pmid": str(number), "pmcid": f"PMC{number}",
        "doi": f"10.1000/x.{number}", "title": f"Part {number}", "isOpenAccess": "Y" if is_open else "N",
    }  # fmt: skip


def test_pages_are_read_to_the_end(world: World, europe_pmc: EuropePmc) -> None:
    world.works, world.page = [work(n) for n in range(100, 125)], 10
    found = list(europe_pmc.search("exosome", None, TODAY))
    assert [w.pmid for w in found] == [str(n) for n in range(100, 125)]
    assert [asked["cursorMark"] for _, _, asked in world.asked] == ["*", "10", "20", "25"]


def test_pages_that_stop_too_soon_are_told(world: World, europe_pmc: EuropePmc) -> None:
    world.trouble.append(Answer(body=b'{"hitCount": 7, "nextCursorMark": "a", "resultList": {"result": []}}'))
    with pytest.raises(ServiceError, match="told of 7 papers and listed 0"):
        list(europe_pmc.search("x", None, TODAY))


def test_new_papers_are_asked_for_by_day(world: World, europe_pmc: EuropePmc) -> None:
    list(europe_pmc.search("a OR b", datetime.date(2024, 4, 1), TODAY))
    assert world.asked[0][2]["query"] == "(a OR b) AND FIRST_IDATE:[2024-04-01 TO 2024-05-02]"


def test_papers_are_known_by_doi_and_pmid(world: World, europe_pmc: EuropePmc) -> None:
    world.works = [work(1), work(2, is_open=False), {"id": "9", "source": "PPR", "doi": "10.1/pre"}]
    first, second, third = europe_pmc.resolve(dois=["10.1000/x.1", "10.1/pre"], pmids=["2"])
    assert (first.pmid, first.pmcid, first.is_open) == ("1", "PMC1", True)
    assert not second.is_open
    assert (third.pmid, third.pmcid) == (None, None), "a preprint's id is no PMID"


def test_many_identifiers_are_asked_for_together(world: World, europe_pmc: EuropePmc) -> None:
    world.works = [work(n) for n in range(1000, 1060)]
    assert len(europe_pmc.resolve(pmids=[str(n) for n in range(1000, 1060)])) == 60
    assert len(world.asked) == 3


def test_a_full_text_comes_whole_or_not_at_all(world: World, europe_pmc: EuropePmc) -> None:
    world.texts["PMC7"] = full_text("7")
    world.trouble.append(Answer(cut=True))
    world.trouble.append(Answer(body=full_text("7")[:-20]))
    world.trouble.append(Answer(body=b"<html><body>busy</body></html>"))
    assert europe_pmc.full_text("PMC7") == full_text("7")
    assert europe_pmc.full_text("PMC8") is None
    assert europe_pmc.full_text("../search") is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"errCode": 404, "errMsg": "unknown field"}', "cannot answer the query: unknown field"),
        (b"<html>", "failed 6 times: an answer that is no page"),
        (b'{"hitCount": "many", "resultList": {"result": []}}', "no page"),
        (b'{"hitCount": 1, "resultList": {"result": ["x"]}}', "no page"),
        (b"[]", "no page"),
    ],
)
def test_answers_that_are_errors_are_told(world: World, europe_pmc: EuropePmc, body: bytes, said: str) -> None:
    world.trouble.extend(Answer(body=body) for _ in range(6))
    with pytest.raises(ServiceError, match=said):
        list(europe_pmc.search("x", None, TODAY))
