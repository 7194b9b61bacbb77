"""One run: what is asked for, found and not yet in the folder is fetched, batch by batch, each written before the next.

A run that is stopped and given again goes on where it was, because what the folder holds is not asked for twice.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from secretome_nlp.errors import InputError
from secretome_nlp.fetch.cache import Cache
from secretome_nlp.fetch.europe_pmc import EuropePmc, Work
from secretome_nlp.fetch.ledger import Ledger
from secretome_nlp.fetch.pubmed import BATCH, Batch, Found, PubMed, article_set, batches

OVERLAP = datetime.timedelta(days=1)  # records enter all day long, and in other time zones

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch: a query (to `source`), ids, or both.

    `full_text`: the open-access text where there is one, the record else. `new`: only what came since this query
    was last asked into this folder. `most`: consider no more than the first so many.
    """

    query: str | None = None
    source: str = "pubmed"
    pmids: tuple[str, ...] = ()
    pmcids: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    full_text: bool = False
    new: bool = False
    most: int | None = None

    def __post_init__(self) -> None:
        if not (self.query or self.pmids or self.pmcids or self.dois):
            raise InputError("nothing to fetch: give --query, --pmid, --pmids, --pmcid, --doi or --references-of")
        if self.new and not self.query:
            raise InputError("--new asks what came since a query was last asked; give --query too")

    def key(self) -> str:
        """Return what tells this query from others in the ledger of a folder."""
        asked = json.dumps([self.source, self.query, self.full_text])
        return hashlib.sha256(asked.encode()).hexdigest()[:16]


@dataclass(slots=True)
class Report:
    """What a run did: counts, and what there was nothing for, with the reason."""

    records: int = 0
    full_texts: int = 0
    known: int = 0
    cached: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)


def _silent(done: int, total: int) -> None:
    del done, total


@dataclass(slots=True)
class Run:
    """A run over services and a folder. `today` is the day in UTC; `tell` hears of ids done and of all there are."""

    pubmed: PubMed
    europe_pmc: EuropePmc
    ledger: Ledger
    cache: Cache
    today: datetime.date
    tell: Tell = _silent
    report: Report = field(default_factory=Report)
    _done: int = 0
    _total: int = 0
    _left: int | None = None

    def fetch(self, request: Request) -> Report:
        """Fetch what a request asks for into the folder of the ledger, which must be open.

        Raises ServiceError where a service fails for good; what was written until then stays and counts.
        """
        self._left = request.most
        if request.query:
            self._query(request)
        self._ids(request.pmids, request.full_text)
        self._works(request.dois, request.full_text)
        for pmcid in self._counted(request.pmcids):
            self._full_text(Work(pmcid=pmcid))
            self._tick(1)
        if request.query and request.most is None:
            self.ledger.finish(request.key(), self.today.isoformat())
        return self.report

    def _query(self, request: Request) -> None:
        last = self.ledger.last_day(request.key()) if request.new else None
        since = datetime.date.fromisoformat(last) - OVERLAP if last else None
        query = request.query or ""
        if request.source == "europe-pmc":
            self._take_works(list(self.europe_pmc.search(query, since, self.today)), request.full_text)
            return
        for found in self.pubmed.search(query, since, self.today):
            kept = found.ids[: len(found.ids) if self._left is None else self._left]
            self._counted(kept)
            for batch in batches(Found(found.count, kept, found.web_env, found.query_key)):
                self._batch(batch, request.full_text)

    def _ids(self, pmids: Sequence[str], full_text: bool) -> None:
        ids = self._counted(dict.fromkeys(pmids))
        for start in range(0, len(ids), BATCH):
            self._batch(Batch(tuple(ids[start : start + BATCH])), full_text)

    def _works(self, dois: Sequence[str], full_text: bool) -> None:
        wanted = list(dict.fromkeys(doi.lower() for doi in dois))
        new = [doi for doi in wanted if f"doi:{doi}" not in self.ledger.seen]
        self.report.known += len(wanted) - len(new)
        works = self.europe_pmc.resolve(dois=new)
        known = {(work.doi or "").lower() for work in works}
        self.report.missing += [(doi, "unknown to Europe PMC") for doi in new if doi not in known]
        self._take_works([work for work in works if (work.doi or "").lower() in set(new)], full_text)

    def _take_works(self, works: Sequence[Work], full_text: bool) -> None:
        """Fetch papers by whatever identifiers they have."""
        by_id = {work.pmid or work.pmcid or work.doi or "": work for work in works}
        for name in (names := self._counted(by_id)):
            work = by_id[name]
            if work.pmid is None and work.is_open and work.pmcid:
                self._full_text(work)
            elif work.pmid is None:
                self.report.missing.append((name, "neither in PubMed nor open access"))
        with_pmid = [work for name in names if (work := by_id[name]).pmid]
        for start in range(0, len(with_pmid), BATCH):
            part = with_pmid[start : start + BATCH]
            self._batch(Batch(tuple(work.pmid for work in part if work.pmid)), full_text, part)
        self._tick(len(names) - len(with_pmid))

    def _batch(self, batch: Batch, full_text: bool, works: Iterable[Work] = ()) -> None:
        """Fetch a batch: full texts first where they are wanted, records for the rest."""
        before = self.report.full_texts
        texts = self._full_texts(batch.ids, works) if full_text else set()
        wanted = [pmid for pmid in batch.ids if pmid not in self.ledger.seen and pmid not in texts]
        self.report.known += len(batch.ids) - len(wanted) - (self.report.full_texts - before)
        records = self.cache.get("pubmed", wanted)
        self.report.cached += len(records)
        rest = tuple(pmid for pmid in wanted if pmid not in records)
        if rest:
            fresh = self.pubmed.records(batch if rest == batch.ids else Batch(rest))
            self.cache.put("pubmed", fresh)
            records |= fresh
        if records:
            here = [pmid for pmid in wanted if pmid in records]
            body = article_set([records[pmid] for pmid in here])
            name = self.ledger.next_name("pubmed", ".xml.gz")
            self.ledger.save(name, gzip.compress(body, 6, mtime=0), here)
            self.report.records += len(here)
        gone = [pmid for pmid in wanted if pmid not in records]
        self.ledger.gone(gone)
        self.report.missing += [(pmid, "PubMed has no such record") for pmid in gone]
        self._tick(len(batch.ids))

    def _full_texts(self, pmids: Sequence[str], works: Iterable[Work]) -> set[str]:
        """Fetch the open-access texts of papers; return the PMIDs of those that the folder has now."""
        wanted = [pmid for pmid in pmids if pmid not in self.ledger.texts]
        known = list(works) or self.europe_pmc.resolve(pmids=wanted)
        for work in known:
            if work.pmid in wanted and work.is_open and work.pmcid:
                self._full_text(work, needed=False)
        return {pmid for pmid in pmids if pmid in self.ledger.texts}

    def _full_text(self, work: Work, needed: bool = True) -> None:
        """Fetch one full text. What is missing is told of where nothing else stands in for it."""
        pmcid = work.pmcid or ""
        if pmcid in self.ledger.texts:
            self.report.known += 1
            return
        cached = self.cache.get("full text", [pmcid]).get(pmcid)
        self.report.cached += cached is not None
        body = cached or self.europe_pmc.full_text(pmcid)
        if body is None:
            if needed:
                self.report.missing.append((pmcid, "no open-access full text"))
            return
        if cached is None:
            self.cache.put("full text", {pmcid: body})
        ids = [pmcid, *([work.pmid] if work.pmid else []), *([f"doi:{work.doi.lower()}"] if work.doi else [])]
        self.ledger.save(f"{pmcid}.xml", body, ids)
        self.report.full_texts += 1

    def _counted(self, ids: Iterable[str]) -> list[str]:
        """Return the ids that may still be fetched, and add them to the total."""
        kept = list(ids)
        if self._left is not None:
            kept = kept[: self._left]
            self._left -= len(kept)
        self._total += len(kept)
        self.tell(self._done, self._total)
        return kept

    def _tick(self, number: int) -> None:
        self._done += number
        self.tell(self._done, self._total)


def pmids_in(lines: Iterable[str], where: str) -> Iterator[str]:
    """Yield the PMIDs of a list, one a line; empty lines and what follows `#` are passed over.

    Raises InputError, naming the line, for anything else.
    """
    for number, line in enumerate(lines, start=1):
        text = line.split("#")[0].strip().removeprefix("PMID:").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise InputError(f"{where}:{number}: {text[:40]!r} is no PMID; give one number a line")
        if text:
            yield text
