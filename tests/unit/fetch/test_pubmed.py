"""PubMed: answers in the recorded shapes, large searches, batches from the history server."""

from __future__ import annotations

import datetime
import json

import pytest

from secretome_nlp.fetch.http import BadAnswerError, ServiceError
from secretome_nlp.fetch.pubmed import Batch, PubMed, article_set, batches, records_in

from .services import Answer, World
from .services import article_set as answered

TODAY = datetime.date(2024, 5, 2)


def days(number: int) -> dict[str, str]:
    first = datetime.date(2023, 1, 1)
    return {str(n): str(first + datetime.timedelta(days=n % 400)) for n in range(1, number + 1)}


def test_a_search_that_is_too_large_is_cut_by_entry_date(
    world: World, pubmed: PubMed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secretome_nlp.fetch.pubmed.MOST", 60)
    world.most, world.entered = 60, days(500)
    found = list(pubmed.search("x", None, TODAY))
    ids = [pmid for part in found for pmid in part.ids]
    assert sorted(ids) == sorted(world.entered), "all of them, none twice"
    assert max(part.count for part in found) <= 60
    assert {asked.get("datetype") for _, _, asked in world.asked} == {None, "edat"}


def test_a_day_that_is_too_large_is_said(world: World, pubmed: PubMed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secretome_nlp.fetch.pubmed.MOST", 3)
    world.most, world.entered = 3, {str(n): "2024-01-05" for n in range(9)}
    with pytest.raises(ServiceError, match="2024-01-05 alone; narrow the query"):
        list(pubmed.search("x", None, TODAY))


def test_batches_come_from_the_history_server(world: World, pubmed: PubMed) -> None:
    world.entered = days(450)
    (found,) = pubmed.search("x", None, TODAY)
    parts = list(batches(found))
    assert [(len(b.ids), b.start) for b in parts] == [(200, 0), (200, 200), (50, 400)]
    assert [tuple(pubmed.records(b)) for b in parts] == [b.ids for b in parts]
    assert all("id" not in asked and asked["WebEnv"] for _, path, asked in world.asked if path.endswith("efetch.fcgi"))


def test_what_the_history_server_forgot_is_asked_for_by_id(world: World, pubmed: PubMed) -> None:
    world.entered, world.forgets = days(5), True
    (found,) = pubmed.search("x", None, TODAY)
    (batch,) = batches(found)
    assert tuple(pubmed.records(batch)) == batch.ids
    assert world.asked[-1][2]["id"] == "1,2,3,4,5"


def test_records_that_pubmed_does_not_have_are_left_out(world: World, pubmed: PubMed) -> None:
    world.entered = days(2)
    assert list(pubmed.records(Batch(("1", "2", "77")))) == ["1", "2"]


@pytest.mark.parametrize(
    "body",
    [
        answered(["1", "2"])[:-40],
        answered(["1"]).replace(b"</Article>", b"", 1),
        b"",
        b"<html>busy</html>",
        b'<?xml version="1.0"?><eFetchResult><ERROR>cannot retrieve</ERROR></eFetchResult>',
        b'{"error":"API rate limit exceeded"}',
    ],
    ids=["cut off", "malformed", "empty", "a page", "an error", "an error in JSON"],
)
def test_an_answer_without_whole_records_does_not_hold(body: bytes) -> None:
    with pytest.raises(BadAnswerError):
        records_in(body)


def test_malformed_records_are_asked_for_again(world: World, pubmed: PubMed) -> None:
    world.entered = days(1)
    world.trouble.append(Answer(body=answered(["1"]).replace(b"</Article>", b"", 1)))
    assert list(pubmed.records(Batch(("1",)))) == ["1"]
    assert len(world.asked) == 2


def test_records_are_kept_as_they_are() -> None:
    records = records_in(answered(["1", "2"]))
    assert b"with &lt; 5 &amp;c." in records["1"]
    assert records_in(article_set(list(records.values()))) == records


def test_an_entity_is_neither_expanded_nor_lost() -> None:
    body = b'<!DOCTYPE PubmedArticleSet [<!ENTITY x "xxxxxxxxxx">]>' + answered(["1"]).split(b"\n", 2)[2].replace(
        b"Vesicles", b"&x; Vesicles"
    )
    (record,) = records_in(body).values()
    assert b"xxxxxxxxxx" not in record and b"&x;" in record


UNKNOWN_FIELD = {"count": "0", "idlist": [], "errorlist": {"phrasesnotfound": [], "fieldsnotfound": ["foo"]}}
BACK_END = "Search Backend failed: Exception: read timed out"
SHAPES = {
    "query error": ({"esearchresult": {"ERROR": "Empty term and query_key"}}, "Empty term"),
    "unknown field": ({"esearchresult": UNKNOWN_FIELD}, "no field foo"),
    "back end": ({"esearchresult": {"ERROR": BACK_END}}, "failed 6 times.*Backend"),
    "no result": ({"header": {}, "error": "API rate limit exceeded"}, "failed 6 times.*rate limit"),
    "other JSON": ([1, 2], "failed 6 times"),
    "no count": ({"esearchresult": {"idlist": []}}, "without count"),
    "ids left out": ({"esearchresult": {"count": "3", "idlist": ["1"]}}, "told of 3 records and listed 1"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_answers_that_are_errors_are_told(world: World, pubmed: PubMed, name: str) -> None:
    shape, said = SHAPES[name]
    world.trouble.extend(Answer(body=json.dumps(shape).encode()) for _ in range(6))
    with pytest.raises(ServiceError, match=said):
        list(pubmed.search("x", None, TODAY))


def test_line_ends_inside_json_strings_are_borne(world: World, pubmed: PubMed) -> None:
    world.trouble.append(Answer(body=b'{"esearchresult":{"count":"0","idlist":[],"querytranslation":"a\nb"}}'))
    assert [f.count for f in pubmed.search("x", None, TODAY)] == [0]
