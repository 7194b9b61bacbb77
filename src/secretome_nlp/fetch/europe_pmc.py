"""Europe PMC's REST service: searches page by page, identifiers put together, open-access full texts as JATS.

Documentation: https://europepmc.org/RestfulWebService. The service publishes no rate; PubMed's is kept to.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from secretome_nlp.fetch.http import BadAnswerError, RefusedError, Service, ServiceError
from secretome_nlp.read.safe_xml import elements, one_line
from secretome_nlp.read.source import ByteStream

URL = "https://www.ebi.ac.uk/europepmc/webservices/rest"
PER_SECOND = 3.0
PAGE = 1000
AT_ONCE = 25
PMCID = re.compile(r"PMC\d{1,10}")


@dataclass(frozen=True, slots=True)
class Work:
    """A paper by its identifiers; `is_open` where its full text may be had."""

    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    is_open: bool = False
    title: str = ""


class EuropePmc:
    """Europe PMC as a service."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def search(self, query: str, since: datetime.date | None, today: datetime.date) -> Iterator[Work]:
        """Yield the papers that a query (in Europe PMC's syntax) finds; `since` keeps to those indexed from then on.

        Raises ServiceError where the service fails or its pages do not come to an end.
        """
        asked = f"({query}) AND FIRST_IDATE:[{since} TO {today}]" if since else query
        cursor, given = "*", 0
        while True:
            page = self._page(asked, cursor, PAGE)
            given += len(page.works)
            yield from page.works
            if not page.works or not page.next or page.next == cursor:
                break
            cursor = page.next
        if given < page.hits:
            raise ServiceError(f"{self.service.host} told of {page.hits:,} papers and listed {given:,}; run again")

    def resolve(self, dois: Iterable[str] = (), pmids: Iterable[str] = ()) -> list[Work]:
        """Return what is known of papers by DOI and by PMID; unknown ones are left out."""
        terms = [f'DOI:"{doi}"' for doi in dois if '"' not in doi]
        terms += [f"(EXT_ID:{pmid} AND SRC:MED)" for pmid in pmids]
        works: list[Work] = []
        for start in range(0, len(terms), AT_ONCE):
            works += self._page(" OR ".join(terms[start : start + AT_ONCE]), "*", PAGE).works
        return works

    def full_text(self, pmcid: str) -> bytes | None:
        """Return the JATS of an open-access paper, None where there is no such text."""
        if not PMCID.fullmatch(pmcid):
            return None
        try:
            return self.service.ask(f"{pmcid}/fullTextXML", _whole_article, {})
        except RefusedError as error:
            if error.status in (403, 404):
                return None
            raise

    def _page(self, query: str, cursor: str, size: int) -> _Page:
        asked = {
            "query": query, "format": "json", "resultType": "lite", "pageSize": str(size), "cursorMark": cursor,
        }  # fmt: skip
        return self.service.ask("search", _page_of, asked)


@dataclass(frozen=True, slots=True)
class _Page:
    works: tuple[Work, ...]
    next: str
    hits: int


def _page_of(body: bytes) -> _Page:
    try:
        answer: Any = json.loads(body.decode("utf-8", "replace"), strict=False)
        if "errMsg" in answer:
            said = " ".join(str(answer["errMsg"]).split())[:160]
            raise ServiceError(f"Europe PMC cannot answer the query: {said}; try it at europepmc.org")
        rows = answer["resultList"]["result"]
        works = tuple(_work(row) for row in rows)
        return _Page(works, str(answer.get("nextCursorMark") or ""), int(answer["hitCount"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadAnswerError("an answer that is no page of results") from error


def _work(row: dict[str, Any]) -> Work:
    pmid = row.get("pmid") or (row.get("id") if row.get("source") == "MED" else None)
    return Work(
        str(pmid) if pmid else None, row.get("pmcid"), row.get("doi"), row.get("isOpenAccess") == "Y",
        str(row.get("title") or ""),
    )  # fmt: skip


def _whole_article(body: bytes) -> bytes:
    """Return the body if it is one well-formed article; raises BadAnswerError where it is not."""
    stream: ByteStream = BytesIO(body)  # type: ignore[assignment]
    try:
        number = sum(1 for _ in elements(stream, ("article",)))
    except etree.XMLSyntaxError as error:
        raise BadAnswerError(f"XML that is cut off or malformed ({one_line(error)})") from error
    if not number:
        raise BadAnswerError("an answer without an article")
    return body
