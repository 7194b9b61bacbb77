"""How services are asked: paced, patiently, and safely."""

from __future__ import annotations

import datetime
import json
import socket
from email.utils import formatdate

import pytest

from secretome_nlp.errors import InputError
from secretome_nlp.fetch.http import BadAnswerError, RefusedError, Service, ServiceError, base_url
from secretome_nlp.fetch.pace import Pace, back_off, retry_after
from secretome_nlp.fetch.pubmed import PubMed

from .services import Answer, Time, World

TODAY = datetime.date(2024, 5, 2)


def most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= t <= start + 1.0 for t in times) for start in times)


@pytest.mark.parametrize("per_second", [3, 10])
def test_no_second_holds_more_requests_than_the_limit(per_second: int) -> None:
    time = Time()
    pace, sent = Pace(per_second, time.clock()), []
    for _ in range(50):
        pace.wait()
        sent.append(time.at)
    assert most_in_a_second(sent) <= per_second
    assert sent[-1] - sent[0] == pytest.approx(49 * 1.1 / per_second), "nor is it slower than need be"


def test_time_that_passed_anyway_is_not_waited_for() -> None:
    time = Time()
    pace = Pace(3, time.clock())
    pace.wait()
    time.at += 5
    pace.wait()
    assert time.waits == []


def test_requests_of_a_whole_run_keep_to_the_limit(world: World, pubmed: PubMed) -> None:
    world.entered = {str(n): "2024-01-01" for n in range(10)}
    for _ in range(9):
        list(pubmed.search("x", None, TODAY))
    assert most_in_a_second([at for at, _, _ in world.asked]) <= 3


def test_rising_waits_and_both_forms_of_retry_after() -> None:
    assert [back_off(n) for n in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert retry_after("7", 0) == 7
    assert retry_after(formatdate(1_000_030, usegmt=True), 1_000_000) == 30
    assert retry_after("soon", 0) is None and retry_after(None, 0) is None


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_waited_out(world: World, pubmed: PubMed, status: int) -> None:
    world.entered = {"1": "2024-01-01"}
    world.trouble.append(Answer(status, b'{"error":"API rate limit exceeded","count":"4","limit":"3"}'))
    assert [found.ids for found in pubmed.search("x", None, TODAY)] == [("1",)]
    assert world.time.waits[0] >= 1


def test_retry_after_is_obeyed(world: World, pubmed: PubMed) -> None:
    world.trouble.append(Answer(429, headers={"Retry-After": "17"}))
    list(pubmed.search("x", None, TODAY))
    assert world.asked[1][0] - world.asked[0][0] >= 17


def test_a_very_long_retry_after_is_told_to_the_user(world: World, pubmed: PubMed) -> None:
    world.trouble.append(Answer(503, headers={"Retry-After": "7200"}))
    with pytest.raises(ServiceError, match="120 minutes"):
        list(pubmed.search("x", None, TODAY))
    assert len(world.asked) == 1


def test_a_fault_that_stays_ends_in_one_line(world: World, pubmed: PubMed) -> None:
    world.trouble.extend(Answer(500, b"<html>Server Error</html>") for _ in range(20))
    with pytest.raises(ServiceError, match="failed 6 times: HTTP 500; run the same command again") as raised:
        list(pubmed.search("x", None, TODAY))
    assert "\n" not in str(raised.value) and "html" not in str(raised.value)
    assert len(world.asked) == 6


def test_a_body_that_is_cut_off_is_asked_for_again(world: World, pubmed: PubMed) -> None:
    world.entered = {"1": "2024-01-01"}
    world.trouble.append(Answer(cut=True))
    assert next(pubmed.search("x", None, TODAY)).count == 1
    assert len(world.asked) == 2


def test_a_refusal_is_not_repeated_and_tells_no_key(world: World) -> None:
    world.trouble.append(Answer(400, b'{"error":"API key invalid","api-key":"..."}'))
    service = Service("PubMed", f"{world.url}/eutils", 3, "--pubmed-url", world.time.clock())
    with pytest.raises(RefusedError, match="API key invalid") as raised:
        list(PubMed(service, None, "s3cret").search("x", None, TODAY))
    assert "s3cret" not in str(raised.value)
    assert len(world.asked) == 1


def test_who_asks_is_said_in_the_body(world: World) -> None:
    service = Service("PubMed", f"{world.url}/eutils", 10, "--pubmed-url", world.time.clock())
    list(PubMed(service, "me@example.org", "s3cret").search("x", None, TODAY))
    asked = world.asked[0][2]
    assert (asked["tool"], asked["email"], asked["api_key"]) == ("secretome-nlp", "me@example.org", "s3cret")
    assert (asked["db"], asked["usehistory"], asked["retmax"]) == ("pubmed", "y", "9999")


def test_redirections_are_not_followed(world: World, pubmed: PubMed) -> None:
    world.trouble.append(Answer(302, headers={"Location": "http://elsewhere.example/x"}))
    with pytest.raises(ServiceError, match=r"has moved to elsewhere\.example"):
        list(pubmed.search("x", None, TODAY))


def test_an_answer_without_end_is_not_kept(world: World, pubmed: PubMed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secretome_nlp.fetch.http.MOST_BYTES", 1 << 16)
    world.trouble.append(Answer(body=b"x" * (1 << 20)))
    with pytest.raises(ServiceError, match="not kept"):
        list(pubmed.search("x", None, TODAY))


def test_offline_is_said_soon_and_plainly() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        time = Time()
        service = Service("PubMed", address, 3, "--pubmed-url", time.clock())
        with pytest.raises(ServiceError, match=r"cannot be reached.*check the network.*--pubmed-url"):
            service.ask("esearch.fcgi", json.loads, {})
        assert sum(time.waits) < 10


def test_an_answer_that_does_not_hold_is_asked_for_again(world: World) -> None:
    world.trouble.extend(Answer(body=body) for body in (b"no", b"yes"))
    service = Service("X", world.url, 3, "--x", world.time.clock())

    def check(body: bytes) -> str:
        if body != b"yes":
            raise BadAnswerError("not yes")
        return "held"

    assert service.ask("x", check, {}) == "held"


@pytest.mark.parametrize("url", ["http://eutils.ncbi.nlm.nih.gov", "ftp://x", "file:///etc/passwd", "eutils", ""])
def test_nothing_but_https_is_asked(url: str) -> None:
    with pytest.raises(InputError, match="no https address"):
        base_url(url, "--pubmed-url")


def test_a_mirror_on_this_machine_may_be_plain() -> None:
    assert base_url("http://localhost:8000/eutils/", "--x") == "http://localhost:8000/eutils"
    assert base_url("https://mirror.example/eutils", "--x") == "https://mirror.example/eutils"
