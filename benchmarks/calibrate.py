"""Fit the weights of a record's confidence on gold: python benchmarks/calibrate.py GOLD=TEXTS... [--write]

Each GOLD is a folder of gold files (of annotations/gold; documents of the test split are left out),
its TEXTS a file or folder of the texts; each pair is a domain. Printed are, for each domain, the Brier score of slot
values where each document was left out of the fit that judged it, against the score of always saying the domain's
mean, and what --min-confidence would keep with these values. `--write` puts the weights of a fit on all documents into
knowledge/data/confidence.yml. The fit is a logistic regression on the signs of a record (Platt scaling), with a ridge
penalty; each slot value that a record found is one case.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from secretome_nlp.assemble.confidence import places, signs_of
from secretome_nlp.evaluate import logistic
from secretome_nlp.evaluate.calibration import Judged, calibration, thresholds
from secretome_nlp.evaluate.gold import load_gold
from secretome_nlp.evaluate.records import score_records
from secretome_nlp.evaluate.run import pair
from secretome_nlp.knowledge.confidence import CONFIDENCE, ConfidenceWeights
from secretome_nlp.read import read_paths
from secretome_nlp.street import process

RIDGE = 10.0
SPLITS = ("dev", "validation", "extension", "beyond", "samples")
SIGNS = tuple(ConfidenceWeights.model_fields)


@dataclass
class Case:
    """One found record: its domain and document, its signs, how many of its slot values are right, and of how many."""

    domain: str
    doc: str
    signs: list[float]
    right: int
    of: int


def cases(domain: str, texts: str) -> tuple[list[Case], int]:
    """Return the records found in the texts that a folder of gold has, and how many slot values the gold has."""
    golds = [g for g in load_gold([domain]) if g.split in SPLITS and "records" in g.complete]
    known = {g.doc for g in golds}
    raws = list(read_paths([texts]))
    found = list(process([r for r in raws if r.doc_id in known] or raws))
    made: list[Case] = []
    values = 0
    for gold in golds:
        given = pair(gold, found)
        if given is None:
            print(f"no text for {gold.doc}", file=sys.stderr)
            continue
        records = [r for r in given.records if r.source != "table"]
        score = score_records(gold.records, records)
        whole = score.all_slots()
        values += whole.tp + whole.fn
        paired = [f for _, f in score.indices]
        order = [*paired, *(n for n in range(len(records)) if n not in paired)]
        before = places(records)
        for n, judged in zip(order, score.judged, strict=True):
            signs = signs_of(records[n], before[n], len(records))
            made.append(Case(domain, gold.doc, [signs[name] for name in SIGNS], judged.right, judged.of))
    return made, values


def fitted(found: list[Case]) -> np.ndarray:
    """Return the weights of a fit on some records."""
    return logistic.fit([c.signs for c in found], [c.right for c in found], [c.of for c in found], RIDGE)


def say(weights: np.ndarray, case: Case) -> float:
    """Return the confidence that weights give a record."""
    return float(logistic.scores(weights, case.signs))


def tell(domain: str, judged: list[Judged], values: int) -> None:
    """Print how far the confidence of a domain's records holds, none judged by a fit that saw its document."""
    c = calibration(judged)
    print(f"{domain}: Brier {c['brier']:.4f}, always the mean {c['brier_constant']:.4f}, over {c['slots']} slot values")
    for t in thresholds(judged, values):
        print(f"  --min-confidence {t['least']}: {t['records']} records, P {t['p']:.3f} R {t['r']:.3f}")


def main(arguments: list[str]) -> None:
    """Print the weights and the scores; with --write, keep the weights."""
    found: list[Case] = []
    values: dict[str, int] = {}
    for given in arguments:
        if given != "--write":
            domain, _, texts = given.partition("=")
            made, values[domain] = cases(domain, texts)
            found += made
    without = {doc: fitted([c for c in found if c.doc != doc]) for doc in sorted({c.doc for c in found})}
    for domain, of in values.items():
        inside = [c for c in found if c.domain == domain]
        tell(domain, [Judged(say(without[c.doc], c), c.right, c.of) for c in inside], of)
    logistic.tell(SIGNS, fitted(found), CONFIDENCE if "--write" in arguments else None)


if __name__ == "__main__":
    if not any("=" in given for given in sys.argv[1:]):
        sys.exit(__doc__)
    main(sys.argv[1:])
