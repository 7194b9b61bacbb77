"""Public gold corpora, scored as they stand: what holds on text and labels that are not ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from secretome_nlp.components import shared_rules
from secretome_nlp.errors import InputError
from secretome_nlp.evaluate.metrics import Counts, interval, total
from secretome_nlp.evaluate.public import borders, corpora, mentions, pairs, scopes
from secretome_nlp.evaluate.public.corpora import Labelled
from secretome_nlp.evaluate.public.mentions import Annotate, Group
from secretome_nlp.knowledge.files import read_model


class Published(BaseModel):
    """A figure that others published: F1 in per cent, of what, and whether ours is measured in the same way."""

    model_config = ConfigDict(extra="forbid")
    name: str
    f1: float
    what: str
    like_for_like: bool


class Benchmark(BaseModel):
    """A benchmark: the mapping of labels in words, and the groups of labels and types where mentions are scored.

    `unmarked` are the ids of our cues that the corpus by its scheme does not mark.
    """

    model_config = ConfigDict(extra="forbid")
    title: str
    mapping: str
    groups: dict[str, Group] = {}
    unmarked: list[str] = []
    published: list[Published] = []


class Benchmarks(RootModel[dict[str, Benchmark]]):
    """The content of `benchmarks.yml`."""


#: A row of a benchmark's table: what was scored, and the counts of each unit (document or sentence).
Row = tuple[str, list[Counts]]

READERS: dict[str, Callable[[Path], list[Labelled]]] = {
    "craft": lambda data: list(corpora.craft(data, "dev")),
    "jnlpba": lambda data: list(corpora.two_columns(data / "ner" / "jnlpba_test.tsv.gz")),
    "scai": lambda data: list(corpora.scai(data / "relations" / "scai_mirna_train.xml.gz")),
    "biored": lambda data: list(corpora.pubtator(data / "ner" / "biored_dev.pubtator.gz")),
}


@lru_cache(maxsize=1)
def known() -> dict[str, Benchmark]:
    """Return the benchmarks by name."""
    return read_model(Path(__file__).parent / "benchmarks.yml", Benchmarks).root


def run(name: str, data: Path, annotate: Annotate) -> list[Row]:
    """Score the pipeline on one benchmark; `data` is the folder of corpora.

    Raises InputError, one line, for an unknown name or a file that is not there.
    """
    if name not in known():
        raise InputError(f"no benchmark {name!r}; known: {', '.join(known())}")
    try:
        if name in READERS:
            scored = mentions.score(READERS[name](data), annotate, known()[name].groups)
            return [(f"{group}, {how}", units) for group, by in scored.items() for how, units in by.items()]
        return OTHERS[name](data)
    except OSError as error:
        raise InputError(
            f"{error.filename or data}: not found; --data names the folder of the public corpora"
        ) from error


def _pairs(data: Path) -> list[Row]:
    sentences = pairs.read_scai(data / "relations" / "scai_mirna_train.xml.gz")
    rules = shared_rules()
    return [
        ("specific miRNAs", pairs.score(sentences, rules, specific_only=True)),
        ("all miRNAs", pairs.score(sentences, rules, specific_only=False)),
    ]


def _scopes(data: Path) -> list[Row]:
    sentences = scopes.read(data / "negation" / "bioscope_abstracts.xml.gz")
    rows: list[Row] = []
    for part, held in (("development", False), ("held out", True)):
        for kind in scopes.KINDS.values():
            s = scopes.score((x for x in sentences if x.held == held), kind, frozenset(known()["bioscope"].unmarked))
            rows.append((f"{kind} cues, {part}", [s.cue]))
            rows.append((f"{kind} scope tokens, own cues, {part}", [s.own_scope]))
            if s.in_scheme != s.own_scope:
                rows.append((f"the same, in its scheme, {part}", [s.in_scheme]))
            rows.append((f"{kind} scope tokens, gold cues, {part}", [s.gold_scope]))
    return rows


def _borders(data: Path) -> list[Row]:
    return [
        (name, [borders.score(unit, borders.ours(unit.text)) for unit in units])
        for name, units in (("GENIA", borders.genia(data)), ("CRAFT dev", borders.craft_dev(data)))
    ]


OTHERS: dict[str, Callable[[Path], list[Row]]] = {
    "scai-relations": _pairs,
    "bioscope": _scopes,
    "sentences": _borders,
}


def as_text(name: str, rows: list[Row]) -> str:
    """Return a benchmark's table, its mapping and what others published, for a terminal."""
    b = known()[name]
    lines = [b.title, f"mapping: {b.mapping.strip()}", f"{'':44}{'P':>8}{'R':>8}{'F1':>8}  95 % interval       n"]
    for title, units in rows:
        c, (low, high) = total(units), interval(units)
        spread = f"{low:.3f} to {high:.3f}" if len(units) > 1 else f"{'':14}"
        lines.append(f"{title:44}{c.precision:8.4f}{c.recall:8.4f}{c.f1:8.4f}  {spread}{c.tp + c.fn:8}")
    for p in b.published:
        fair = "like for like" if p.like_for_like else "not like for like"
        lines.append(f"published: {p.name} {p.f1:.2f} ({p.what}; {fair})")
    return "\n".join(lines)
