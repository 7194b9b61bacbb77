"""`secretome-nlp fetch`: records of PubMed and full texts of Europe PMC into files that `extract` reads."""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path

import click
from tqdm import tqdm

from secretome_nlp.errors import InputError
from secretome_nlp.fetch import europe_pmc, pubmed
from secretome_nlp.fetch.cache import Cache, default_path
from secretome_nlp.fetch.http import Service
from secretome_nlp.fetch.ledger import Ledger
from secretome_nlp.fetch.run import Report, Request, Run, pmids_in
from secretome_nlp.write.folder import read_rows

LISTED = 5


@click.command("fetch")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder for the files; made if need be.")
@click.option("--query", metavar="Q", help="A query, as one would type it at PubMed.")
@click.option("--source", type=click.Choice(["pubmed", "europe-pmc"]), default="pubmed", show_default=True,
              help="Which service the query is for.")  # fmt: skip
@click.option("--pmid", "pmid", multiple=True, metavar="N", help="A PMID; can be given again.")
@click.option("--pmids", metavar="FILE", help="A file of PMIDs, one a line; - for standard input.")
@click.option("--pmcid", multiple=True, metavar="PMC...", help="A PMCID, for its full text; can be given again.")
@click.option("--doi", multiple=True, metavar="DOI", help="A DOI; can be given again.")
@click.option("--references-of", metavar="OUT", help="All papers that the documents of an output folder cite.")
@click.option("--full-text", is_flag=True, help="Fetch the open-access full text where there is one.")
@click.option("--new", is_flag=True, help="Only what came since this query was last asked into this folder.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than the first N papers.")
@click.option(
    "--email", envvar="NCBI_EMAIL", metavar="ADDRESS", help="Told to NCBI, which asks for it.  [env: NCBI_EMAIL]"
)
@click.option(
    "--api-key", envvar="NCBI_API_KEY", metavar="KEY", help="For 10 requests a second, not 3.  [env: NCBI_API_KEY]"
)
@click.option(
    "--pubmed-url", envvar="SECRETOME_PUBMED_URL", default=pubmed.URL, metavar="URL", help="A mirror of E-utilities."
)
@click.option("--europe-pmc-url", envvar="SECRETOME_EUROPE_PMC_URL", default=europe_pmc.URL, metavar="URL",
              help="A mirror of Europe PMC.")  # fmt: skip
@click.option("--cache", metavar="FILE", help="Where fetched records are kept for other folders.")
@click.option(
    "--cache-days", type=click.FloatRange(0), default=30, show_default=True, help="Use none older; 0 for no cache."
)
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def command(
    output: str, query: str | None, source: str, pmid: tuple[str, ...], pmids: str | None, pmcid: tuple[str, ...],
    doi: tuple[str, ...], references_of: str | None, full_text: bool, new: bool, limit: int | None,
    email: str | None, api_key: str | None, pubmed_url: str, europe_pmc_url: str, cache: str | None,
    cache_days: float, quiet: bool,
) -> int:  # fmt: skip
    """Fetch PubMed records, and open-access full texts, into files that `extract` reads.

    \b
    This is the only command that uses the network. What the folder holds already is not fetched again, so a run
    that was stopped goes on where it was when the same command is given again. docs/fetching.md tells more.

    \b
    Examples:
      secretome-nlp fetch --query "exosomes[ti] AND mesenchymal" --email me@example.org -o papers
      secretome-nlp fetch --query "exosomes[ti] AND mesenchymal" --new -o papers
      secretome-nlp fetch --pmids list.txt --full-text -o papers
      secretome-nlp fetch --references-of out -o cited
    """
    cited_pmids, cited_dois, unnamed = _cited(references_of) if references_of else ((), (), 0)
    request = Request(
        query=query.strip() if query else None, source=source,
        pmids=(*_pmids(pmid, pmids), *cited_pmids), pmcids=tuple(map(_pmcid, pmcid)),
        dois=(*map(_doi, doi), *cited_dois), full_text=full_text, new=new, most=limit,
    )  # fmt: skip
    rate = pubmed.PER_SECOND_WITH_KEY if api_key else pubmed.PER_SECOND
    ncbi = pubmed.PubMed(Service("PubMed", pubmed_url, rate, "--pubmed-url"), email, api_key)
    epmc = europe_pmc.EuropePmc(Service("Europe PMC", europe_pmc_url, europe_pmc.PER_SECOND, "--europe-pmc-url"))
    bar = tqdm(unit=" papers", desc="fetch", disable=quiet or not sys.stderr.isatty())

    def tell(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    today = datetime.datetime.now(datetime.UTC).date()
    kept = Cache(Path(cache) if cache else default_path(), cache_days, time.time())
    with bar, kept, Ledger(output).opened() as ledger:
        report = Run(ncbi, epmc, ledger, kept, today, tell).fetch(request)
    if not quiet:
        click.echo(_summary(report, output, unnamed), err=True)
    for name, why in report.missing[:LISTED]:
        click.echo(f"not fetched: {name}: {why}", err=True)
    if len(report.missing) > LISTED:
        click.echo(f"not fetched: {len(report.missing) - LISTED:,} more", err=True)
    return 1 if report.missing else 0


def _summary(report: Report, output: str, unnamed: int) -> str:
    text = (
        f"{report.records:,} records and {report.full_texts:,} full texts in {output}"
        f" ({report.cached:,} from the cache); {report.known:,} were there already"
    )
    return text + (f"; {unnamed:,} references have neither PMID nor DOI" if unnamed else "")


def _pmids(given: tuple[str, ...], file: str | None) -> tuple[str, ...]:
    named = tuple(pmids_in(given, "--pmid"))
    if file is None:
        return named
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error}); give a text file with one PMID a line") from error
    return (*named, *pmids_in(text.splitlines(), file))


def _pmcid(given: str) -> str:
    name = given.strip().upper()
    name = name if name.startswith("PMC") else f"PMC{name}"
    if not europe_pmc.PMCID.fullmatch(name):
        raise InputError(f"--pmcid {given!r} is no PMCID; give one like PMC1234567")
    return name


def _doi(given: str) -> str:
    doi = given.strip()
    for lead in ("https://doi.org/", "http://dx.doi.org/", "https://dx.doi.org/", "http://doi.org/", "doi:"):
        doi = doi.removeprefix(lead)
    if not doi.startswith("10.") or "/" not in doi:
        raise InputError(f"--doi {given!r} is no DOI; give one like 10.1000/182")
    return doi


def _cited(folder: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return the PMIDs of the references of an output folder, the DOIs of those without, and how many have neither."""
    pmids, dois, unnamed = dict[str, None](), dict[str, None](), 0
    for document in read_rows(folder, "documents"):
        for reference in document["references"]:
            if reference["pmid"]:
                pmids[reference["pmid"]] = None
            elif reference["doi"]:
                dois[reference["doi"]] = None
            else:
                unnamed += 1
    if not pmids and not dois:
        raise InputError(f"{folder}: no document here has references with a PMID or DOI; {unnamed:,} have neither")
    return tuple(pmids), tuple(dois), unnamed
