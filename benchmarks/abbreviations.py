"""Definitions of short forms: ours beside scispaCy's detector as it comes, in one run on the same texts.

`python benchmarks/abbreviations.py TEXTS [--errors]`: TEXTS holds the abstracts of `annotations/abbreviations.jsonl` by
their ids, as JSON Lines that `extract` reads. A pair of short and long form counts once a document and is right where
both are; white space does not matter. The gold was made by reading the brackets of the texts, without output at hand.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
from collections.abc import Callable
from pathlib import Path

from secretome_nlp import read
from secretome_nlp.errors import InputError
from secretome_nlp.evaluate.metrics import Counts, interval, paired_p, total
from secretome_nlp.recognise import abbreviations
from secretome_nlp.segment import sentences
from secretome_nlp.types import RawDocument

GOLD = Path(__file__).parents[1] / "annotations" / "abbreviations.jsonl"
Pairs = set[tuple[str, str]]
Find = Callable[[str], Pairs]


def pair(short: str, long: str) -> tuple[str, str]:
    """Return a pair as it is compared."""
    return " ".join(short.split()), " ".join(long.split()).casefold()


def ours(text: str) -> Pairs:
    """Return the definitions that the pipeline finds."""
    return {pair(a.short_text, a.long_text) for a in abbreviations.find(text, sentences.find(text))}


def scispacy() -> Find | None:
    """Return scispaCy's detector on spaCy's English tokens, None where it is not installed."""
    if importlib.util.find_spec("scispacy") is None:
        return None
    import spacy

    logging.getLogger("spacy").setLevel(logging.ERROR)
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401 -- registers its factory

    nlp = spacy.blank("en")
    nlp.add_pipe("abbreviation_detector")
    return lambda text: {pair(a.text, a._.long_form.text) for a in nlp(text)._.abbreviations}


def main() -> None:
    """Score both on every text of the gold that is given, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts", nargs="+")
    options.add_argument("--errors", action="store_true", help="print what each missed and found amiss")
    given = options.parse_args()
    rows = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    gold = {r["id"]: {pair(*p) for p in r["pairs"]} for r in rows}
    texts = {d.doc_id: d.text for d in read.read_paths(given.texts) if isinstance(d, RawDocument) and d.doc_id in gold}
    if len(texts) < len(gold):
        print(f"{len(gold) - len(texts)} of {len(gold)} texts are not given and not scored")
    if not texts:
        raise SystemExit(InputError("none of the gold's texts is given; name the file that holds them").args[0])
    print(f"{len(texts)} abstracts, {sum(len(gold[i]) for i in texts)} definitions")
    print(f"{'':12}{'P':>8}{'R':>8}{'F1':>8}  95 % interval")
    scores: dict[str, list[Counts]] = {}
    for name, find in (("ours", ours), ("scispaCy", scispacy())):
        if find is None:
            print(f"{name}: not installed, skipped")
            continue
        units = []
        for i in sorted(texts):
            found = find(texts[i])
            units.append(Counts(len(found & gold[i]), len(found - gold[i]), len(gold[i] - found)))
            if given.errors:
                print(*(f"  {name} {i} missed {s} = {x}" for s, x in sorted(gold[i] - found)), sep="\n", end="\n")
                print(*(f"  {name} {i} amiss {s} = {x}" for s, x in sorted(found - gold[i])), sep="\n", end="\n")
        scores[name] = units
        c, (low, high) = total(units), interval(units)
        print(f"{name:12}{c.precision:8.3f}{c.recall:8.3f}{c.f1:8.3f}  {low:.3f} to {high:.3f}")
    if len(scores) == 2:
        print(f"share of resamples in which ours is not above: {paired_p(scores['scispaCy'], scores['ours']):.3f}")


if __name__ == "__main__":
    main()
