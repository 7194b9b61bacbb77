"""PubMed through NCBI's E-utilities: searches kept on its history server, records in batches.

A search gives at most 9,999 records, so a larger one is cut into ranges of entry dates (EDAT) until each fits.
Requests are posted, so that the key never stands in an address. At most 3 requests a second, 10 with a key.
Documentation: https://www.ncbi.nlm.nih.gov/books/NBK25499/ (parameters), NBK25497 (limits and keys).
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from secretome_nlp.fetch.http import BadAnswerError, RefusedError, Service, ServiceError
from secretome_nlp.read.safe_xml import elements, one_line
from secretome_nlp.read.source import ByteStream

URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
TOOL = "secretome-nlp"
PER_SECOND, PER_SECOND_WITH_KEY = 3.0, 10.0
MOST = 9999
BATCH = 200
FIRST_DAY = datetime.date(1700, 1, 1)
TAGS = ("PubmedArticle", "PubmedBookArticle")
HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN"'
    b' "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_240101.dtd">\n<PubmedArticleSet>\n'
)
TAIL = b"\n</PubmedArticleSet>\n"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to a search: how many there are, the ids given, and where the server keeps them."""

    count: int
    ids: tuple[str, ...]
    web_env: str = ""
    query_key: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids to fetch together; `found` and `start` tell where they stand on the history server, if they do."""

    ids: tuple[str, ...]
    found: Found | None = None
    start: int = 0


Range = tuple[datetime.date, datetime.date]


class PubMed:
    """PubMed as a service. `email` and `key` are sent with each request, as NCBI asks of tools."""

    def __init__(self, service: Service, email: str | None = None, key: str | None = None) -> None:
        self.service = service
        self._who = {"db": "pubmed", "tool": TOOL}
        if email:
            self._who["email"] = email
        if key:
            self._who["api_key"] = key

    def search(self, query: str, since: datetime.date | None, today: datetime.date) -> Iterator[Found]:
        """Yield what a query finds, in one answer or, where it is too much for one, by ranges of entry dates.

        `since` keeps to records that entered PubMed on that day or later. Raises ServiceError where the query
        cannot be understood or one day alone holds more than an answer can.
        """
        first = self._search(query, (since, today) if since else None)
        if first.count <= MOST:
            yield first
            return
        yield from self._split(query, (since or FIRST_DAY, today))

    def _split(self, query: str, days: Range) -> Iterator[Found]:
        low, high = days
        if low >= high:
            raise ServiceError(f"over {MOST:,} records entered PubMed on {low} alone; narrow the query")
        middle = low + (high - low) // 2
        for part in ((low, middle), (middle + datetime.timedelta(days=1), high)):
            found = self._search(query, part)
            if found.count <= MOST:
                yield found
            else:
                yield from self._split(query, part)

    def _search(self, query: str, days: Range | None) -> Found:
        asked = {**self._who, "term": query, "retmode": "json", "retmax": str(MOST), "usehistory": "y"}
        if days:
            asked |= {"datetype": "edat", "mindate": f"{days[0]:%Y/%m/%d}", "maxdate": f"{days[1]:%Y/%m/%d}"}
        found = self.service.ask("esearch.fcgi", _found, asked, post=True)
        if len(found.ids) != found.count and found.count <= MOST:
            raise ServiceError(f"{self.service.host} told of {found.count:,} records and listed {len(found.ids):,}")
        return found

    def records(self, batch: Batch) -> dict[str, bytes]:
        """Return the records of a batch by PMID, as XML; those that PubMed does not have are left out.

        They come from the history server where the batch stands there; where that has forgotten them or gives
        others, they are asked for by id.
        """
        if batch.found is not None and batch.found.web_env:
            place = {
                "WebEnv": batch.found.web_env, "query_key": batch.found.query_key,
                "retstart": str(batch.start), "retmax": str(len(batch.ids)),
            }  # fmt: skip
            try:
                records = self._fetch(place)
            except RefusedError:
                records = {}
            if records and records.keys() <= set(batch.ids):
                return records
        return {k: v for k, v in self._fetch({"id": ",".join(batch.ids)}).items() if k in set(batch.ids)}

    def _fetch(self, which: dict[str, str]) -> dict[str, bytes]:
        return self.service.ask("efetch.fcgi", records_in, {**self._who, **which, "retmode": "xml"}, post=True)


def batches(found: Found, size: int = BATCH) -> Iterator[Batch]:
    """Cut an answer into batches."""
    for start in range(0, len(found.ids), size):
        yield Batch(found.ids[start : start + size], found, start)


def article_set(records: Sequence[bytes]) -> bytes:
    """Return records as one PubmedArticleSet."""
    return HEAD + b"\n".join(records) + TAIL


def records_in(body: bytes) -> dict[str, bytes]:
    """Return the records of an efetch answer by PMID, each as XML; raises BadAnswerError where it does not hold."""
    if b"<PubmedArticleSet" not in body[:2000]:
        start = " ".join(body[:300].decode("utf-8", "replace").split())[:120]
        if not body.strip() or (start.startswith("<?xml") and "<ERROR>" not in start):
            raise BadAnswerError("an answer without records")
        if "mpty" in start:  # "Empty result": none of the ids is known
            return {}
        raise BadAnswerError(f"an error instead of records: {start!r}")
    stream: ByteStream = BytesIO(body)  # type: ignore[assignment]
    found: dict[str, bytes] = {}
    try:
        for article in elements(stream, TAGS):
            pmid = article.findtext("MedlineCitation/PMID") or article.findtext("BookDocument/PMID") or ""
            if pmid.strip().isdigit():
                found[pmid.strip()] = etree.tostring(article, encoding="utf-8", xml_declaration=False, with_tail=False)
    except etree.XMLSyntaxError as error:
        raise BadAnswerError(f"XML that is cut off or malformed ({one_line(error)})") from error
    return found


def _found(body: bytes) -> Found:
    """Read an esearch answer; raises BadAnswerError where asking again may help, ServiceError where it cannot."""
    try:
        answer: dict[str, Any] = json.loads(body.decode("utf-8", "replace"), strict=False)
    except ValueError as error:
        raise BadAnswerError("an answer that is not JSON") from error
    result = answer.get("esearchresult") if isinstance(answer, dict) else None
    if not isinstance(result, dict):
        said = answer.get("error") if isinstance(answer, dict) else None
        raise BadAnswerError(f"an answer without a result ({said or 'no reason given'})")
    if "ERROR" in result:
        said = " ".join(str(result["ERROR"]).split())[:160]
        if "Backend failed" in said:
            raise BadAnswerError(said)
        raise ServiceError(f"PubMed cannot answer the query: {said}; try it at pubmed.ncbi.nlm.nih.gov")
    errors = result.get("errorlist") or {}
    unknown = [str(term) for term in (errors.get("fieldsnotfound") or [])]
    if unknown:
        raise ServiceError(f"PubMed knows no field {', '.join(unknown)}; mend the query")
    try:
        ids = tuple(str(i) for i in result["idlist"])
        return Found(int(result["count"]), ids, str(result.get("webenv", "")), str(result.get("querykey", "")))
    except (KeyError, TypeError, ValueError) as error:
        raise BadAnswerError("an answer without count or ids") from error
