"""PubMed and Europe PMC on loopback: they answer in the services' shapes, and fail when told to."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from secretome_nlp.fetch.pace import Clock


@dataclass
class Time:
    """Time that passes only when somebody waits."""

    at: float = 1000.0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep, lambda: self.at)


@dataclass
class Answer:
    """What the server does instead of answering: a status with a body, or a body cut in the middle."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass
class World:
    """What the services hold: `entered` gives the day on which a PMID entered, `open` the texts by PMCID."""

    time: Time
    entered: dict[str, str] = field(default_factory=dict)
    works: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    trouble: deque[Answer] = field(default_factory=deque)
    most: int = 9999
    page: int = 1000
    asked: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    history: dict[str, list[str]] = field(default_factory=dict)
    forgets: bool = False
    url: str = ""

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]


def article(pmid: str) -> str:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><ArticleTitle>Vesicles, part {pmid},'
        f" with &lt; 5 &amp;c.</ArticleTitle><Abstract><AbstractText>Exosomes of MSCs helped rat {pmid}.</AbstractText>"
        "</Abstract></Article></MedlineCitation></PubmedArticle>"
    )


def article_set(pmids: list[str]) -> bytes:
    head = '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.example/pubmed.dtd">\n'
    return f"{head}<PubmedArticleSet>\n{''.join(map(article, pmids))}</PubmedArticleSet>".encode()


def full_text(pmid: str) -> bytes:
    return (
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "archive.dtd"><article><front><article-meta>'
        f'<article-id pub-id-type="pmid">{pmid}</article-id><title-group><article-title>Whole text {pmid}'
        "</article-title></title-group></article-meta></front><body><p>Exosomes helped.</p></body></article>"
    ).encode()


def esearch(world: World, asked: dict[str, str]) -> bytes:
    low, high = asked.get("mindate", "0000"), asked.get("maxdate", "9999")
    ids = [pmid for pmid, day in world.entered.items() if low <= day.replace("-", "/") <= high]
    key = f"MCID_{len(world.history)}"
    world.history[key] = ids
    result = {
        "count": str(len(ids)), "retmax": str(len(ids)), "retstart": "0", "querykey": "1", "webenv": key,
        "idlist": ids[: min(world.most, int(asked["retmax"]))], "translationset": [], "querytranslation": "all",
    }  # fmt: skip
    return json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result}).encode()


def efetch(world: World, asked: dict[str, str]) -> Answer:
    if "WebEnv" in asked:
        if world.forgets:
            return Answer(400, b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>")
        start = int(asked["retstart"])
        ids = world.history[asked["WebEnv"]][start : start + int(asked["retmax"])]
    else:
        ids = [i for i in asked["id"].split(",") if i in world.entered]
    return Answer(body=article_set(ids))


def europe_search(world: World, asked: dict[str, str]) -> bytes:
    query, start = asked["query"], 0 if asked["cursorMark"] == "*" else int(asked["cursorMark"])
    fields = ("pmid", "doi")
    named = [w for w in world.works if any(w.get(f) and str(w[f]) in query for f in fields)]
    hits = named if "EXT_ID:" in query or "DOI:" in query else world.works
    size = min(world.page, int(asked["pageSize"]))
    rows = hits[start : start + size]
    answer = {"version": "6.9", "hitCount": len(hits), "request": asked, "resultList": {"result": rows}}
    if rows:
        answer["nextCursorMark"] = str(start + len(rows))
    return json.dumps(answer).encode()


def respond(world: World, path: str, asked: dict[str, str]) -> Answer:
    if world.trouble:
        wrong = world.trouble.popleft()
        if not wrong.cut:
            return wrong
        return Answer(body=respond(world, path, asked).body, cut=True)
    if path == "/eutils/esearch.fcgi":
        return Answer(body=esearch(world, asked))
    if path == "/eutils/efetch.fcgi":
        return efetch(world, asked)
    if path == "/epmc/search":
        return Answer(body=europe_search(world, asked))
    pmcid = path.split("/")[2]
    return Answer(body=world.texts[pmcid]) if pmcid in world.texts else Answer(404, b"")


@contextmanager
def serving(world: World) -> Iterator[World]:
    """Serve a world on loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._do(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._do(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _do(self, query: str) -> None:
            asked = {k: v[0] for k, v in parse_qs(query).items()}
            path = urlsplit(self.path).path
            world.asked.append((world.time.at, path, asked))
            answer = respond(world, path, asked)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    world.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()
