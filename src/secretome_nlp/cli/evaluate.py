"""`secretome-nlp evaluate`: the pipeline against the gold set."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click
from tqdm import tqdm

from secretome_nlp import __version__
from secretome_nlp.components import parses_of, shared_rules
from secretome_nlp.errors import InputError
from secretome_nlp.evaluate import report
from secretome_nlp.evaluate.gold import SPLITS, GoldDocument, load_gold
from secretome_nlp.evaluate.ledger import as_expected, fallen, log_test_run, read_expected
from secretome_nlp.evaluate.oracle import Parser
from secretome_nlp.evaluate.records import score_records
from secretome_nlp.evaluate.run import Evaluation, evaluate
from secretome_nlp.evaluate.table import score_table
from secretome_nlp.pipeline import read_pipeline
from secretome_nlp.read import read_paths
from secretome_nlp.street import process
from secretome_nlp.types import Annotations, Failure, RawDocument
from secretome_nlp.write.formats import save

#: A longer text may be a whole paper, whatever its id (characters).
LONGEST_ABSTRACT = 8000


@click.command("evaluate")
@click.option("--gold", default="annotations", show_default=True, help="Folder of gold files.")
@click.option("--texts", multiple=True, metavar="PATH", help="Files or folders with the texts; can be given again.")
@click.option(
    "--split",
    type=click.Choice(SPLITS),
    help="One split of the gold alone.",
)
@click.option(
    "--table",
    "table",
    metavar="REVIEW",
    help="Score a review's own table: regenerated from its running text, and read.",
)
@click.option("--pipeline", default="abstracts", show_default=True, help="Name or file of the pipeline.")
@click.option("--json", "json_file", metavar="FILE", help="Write all figures here.")
@click.option("--errors", metavar="FILE", help="Write a page of every error in its context here (HTML).")
@click.option("--compare", "old_file", metavar="OLD.json", help="Tell what changed since these figures.")
@click.option(
    "--expect", metavar="FILE", help="Fail when a figure of this file has fallen (annotations/expected.json)."
)
@click.option("--write-expected", metavar="FILE", help="Keep today's figures as those that must hold.")
@click.option("--describe", is_flag=True, help="Count the gold and stop.")
def command(
    gold: str, texts: Sequence[str], split: str | None, table: str | None, pipeline: str, json_file: str | None,
    errors: str | None, old_file: str | None, expect: str | None, write_expected: str | None, describe: bool,
) -> None:  # fmt: skip
    """Score the pipeline against the gold set: mentions, relations and records, with 95 % intervals.

    The gold points into texts that are not all shipped: give yours with --texts. Without it the shipped samples are
    scored, which show that all works, and are no measure of accuracy on papers.

    \b
    Examples:
      secretome-nlp evaluate
      secretome-nlp evaluate --texts reviews/ --texts abstracts.jsonl.gz --split dev
      secretome-nlp evaluate --texts reviews/ --table renal
    """
    if table is not None and (json_file or errors or old_file or expect or write_expected):
        raise InputError("--table prints its scores; --json, --errors, --compare and --expect go without it")
    golds = load_gold([gold], split)
    if describe:
        click.echo(describe_gold(golds))
        return
    if table is None:
        # The tables of reviews are a gold of their own, scored by --table.
        golds = tuple(g for g in golds if g.sentences or any(r.source != "table" for r in g.records))
    found = _annotate(texts, pipeline, {g.doc for g in golds})
    if table is not None:
        _table(table, golds, found)
        return
    evaluation = evaluate(found, golds, shared_rules(), _parser(pipeline))
    if not evaluation.documents:
        raise InputError("no text fits the gold; give the texts with --texts PATH (see corpus/manifest.yml)")
    result = report.summarise(evaluation)
    _report(evaluation, result, json_file, errors, old_file)
    if split == "test":
        read = read_pipeline(pipeline)
        log_test_run(Path(gold) / "test_runs.md", result, f"{read.name} {read.fingerprint()}", __version__)
    if write_expected:
        save(as_expected(result).encode(), write_expected)
    lower = fallen(read_expected(expect), result) if expect else []
    for line in lower:
        click.echo(line, err=True)
    if lower:
        raise SystemExit(1)


def _parser(pipeline: str) -> Parser | None:
    """Return what parses sentences as the pipeline does, None where it does not."""
    stages = dict(read_pipeline(pipeline).stages())
    return partial(parses_of, str(stages["syntax"].get("model", "secretome"))) if "syntax" in stages else None


def _annotate(texts: Sequence[str], pipeline: str, golds: set[str]) -> list[Annotations]:
    paths = list(texts) or [str(p) for p in _known_texts() if p.exists()]
    if not paths:
        raise InputError("no texts: run this in a checkout, or name files with --texts PATH")
    shown = tqdm(
        process(filter(partial(may_be_gold, golds), read_paths(paths)), pipeline),
        unit=" documents", desc="evaluate", disable=not sys.stderr.isatty(),
    )  # fmt: skip
    done = list(shown)
    failed = [f for f in done if not isinstance(f, Annotations)]
    if failed:
        click.echo(f"{len(failed)} documents failed, the first: {failed[0].path}: {failed[0].error}", err=True)
    return [a for a in done if isinstance(a, Annotations)]


def may_be_gold(golds: set[str], item: RawDocument | Failure) -> bool:
    """Tell whether a text can be one that the gold is of: an abstract with another PubMed id is not.

    A collection holds many times the abstracts of the gold, and reading them all would be most of the time.
    """
    if isinstance(item, Failure) or item.doc_id in golds or item.bibliography.pmid in golds:
        return True
    return not item.doc_id.isdigit() or len(item.text) > LONGEST_ABSTRACT


def _known_texts() -> list[Path]:
    """Return where texts are looked for unless told: the shipped samples, and a collection beside the checkout."""
    beside = Path(os.environ.get("SECRETOME_SHARED", "../shared")) / "corpus"
    return [Path("corpus/samples"), beside / "reviews", beside / "abstracts"]


def _report(
    evaluation: Evaluation, result: report.Result, json_file: str | None, errors: str | None, old_file: str | None
) -> None:
    click.echo(report.as_text(result))
    if json_file:
        save((json.dumps(result, indent=1, ensure_ascii=False) + "\n").encode(), json_file)
    if errors:
        save(report.errors_as_html(evaluation, result).encode(), errors)
    if old_file:
        try:
            old = json.loads(Path(old_file).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{old_file}: no figures of an earlier --json ({error})") from error
        click.echo("\n" + report.compare(old, result))


def _table(name: str, golds: Sequence[GoldDocument], found: list[Annotations]) -> None:
    tables = sorted((g for g in golds if g.doc.partition("_table")[0] == name and g.doc != name), key=lambda g: g.doc)
    prose = next((g for g in golds if g.doc == name), None)
    if not tables or prose is None:
        known = ", ".join(sorted({g.doc.partition("_table")[0] for g in golds if "_table" in g.doc}))
        raise InputError(f"no table gold for {name!r}; known: {known or 'none'}")
    rows = tables[0].model_copy(update={"records": [r for g in tables for r in g.records]})
    evaluation = evaluate(found, [prose])
    if not evaluation.documents:
        raise InputError(f"the text of {name!r} is not among the texts; give it with --texts PATH")
    records = next(a.records for a in found if evaluate([a], [prose]).documents)
    if any(r.described for r in rows.records):
        prose_records = [r for r in records if r.source != "table"]
        click.echo(report.table_as_text(name, score_table(rows, prose_records)))
    table_records = [r for r in records if r.source == "table"]
    whole = score_records(rows.records, table_records)
    click.echo(report.rows_as_text(name, whole))
    if len(tables) > 1:
        for table in tables:
            # Only what was paired with a row of this table: what fits no row counts in the whole alone.
            mine = {id(r) for r in table.records}
            paired = [f for g, f in whole.indices if id(rows.records[g]) in mine]
            click.echo(report.rows_as_text(table.doc, score_records(table.records, [table_records[f] for f in paired])))


def describe_gold(golds: Sequence[GoldDocument]) -> str:
    """Return the size of the gold by set and split."""
    lines = [f"{'set':12}{'split':10}{'documents':>10}{'sentences':>11}{'mentions':>10}{'relations':>11}{'records':>9}"]
    for key in sorted({(g.set, g.split) for g in golds}):
        some = [g for g in golds if (g.set, g.split) == key]
        sizes = (
            len(some),
            sum(len(g.sentences) for g in some),
            sum(len(s.mentions) for g in some for s in g.sentences),
            sum(len(s.relations) for g in some for s in g.sentences),
            sum(len(g.records) for g in some),
        )
        lines.append(
            f"{key[0]:12}{key[1]:10}" + "".join(f"{n:>{w}}" for n, w in zip(sizes, (10, 11, 10, 11, 9), strict=True))
        )
    return "\n".join(lines)
