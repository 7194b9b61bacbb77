"""Services to fetch from, and runs against them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secretome_nlp.fetch.cache import Cache
from secretome_nlp.fetch.europe_pmc import EuropePmc
from secretome_nlp.fetch.http import Service
from secretome_nlp.fetch.ledger import Ledger
from secretome_nlp.fetch.pubmed import PubMed
from secretome_nlp.fetch.run import Report, Request, Run

from .services import Time, World, serving

Fetch = Callable[..., Report]


@pytest.fixture
def world() -> Iterator[World]:
    with serving(World(Time())) as running:
        yield running


@pytest.fixture
def pubmed(world: World) -> PubMed:
    return PubMed(Service("PubMed", f"{world.url}/eutils", 3, "--pubmed-url", world.time.clock()), "me@example.org")


@pytest.fixture
def europe_pmc(world: World) -> EuropePmc:
    return EuropePmc(Service("Europe PMC", f"{world.url}/epmc", 3, "--europe-pmc-url", world.time.clock()))


@pytest.fixture
def fetch(tmp_path: Path, pubmed: PubMed, europe_pmc: EuropePmc) -> Fetch:
    def run(request: Request, folder: str = "papers", today: str = "2024-05-02", cache_days: float = 0) -> Report:
        with Cache(tmp_path / "cache.sqlite", cache_days, 0.0) as cache, Ledger(tmp_path / folder).opened() as ledger:
            day = datetime.date.fromisoformat(today)
            return Run(pubmed, europe_pmc, ledger, cache, day).fetch(request)

    return run
