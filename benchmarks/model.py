"""Score and time the shipped model: python benchmarks/model.py DATA [--model NAME] [--smoke]

DATA holds craft/dev.conllu.gz, genia/dev.conllu.gz and ner/. Printed are tags, attachment and lemmas on CRAFT's dev
part (gold words and sentences), attachment on GENIA's dev part (never trained on; its trees are Universal Dependencies,
so ours are given that shape first, see universal.py, and labels are not compared), entities on JNLPBA's test part,
AnatEM's and BioRED's dev parts (exact), and words a second of tagger and parser beside an untrained spaCy pipeline of
the same widths. 95 % intervals are over sentences. `--smoke` takes 40 sentences.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from convert_treebank import restored
from universal import flat_groups, universal_heads

import secretome_nlp
from secretome_nlp.evaluate.metrics import Counts, interval, total
from secretome_nlp.evaluate.public.corpora import Labelled, pubtator, two_columns
from secretome_nlp.segment import tokens

Sentence = list[list[str]]
#: The labels of each corpus that are scored, in the corpus's own words, and what the model calls them.
ENTITIES = {
    "JNLPBA test, cell types and proteins": (
        "ner/jnlpba_test.tsv.gz",
        {"CLTP": "CELL_TYPE", "PRGE": "GENE_OR_PROTEIN"},
    ),
    "AnatEM devel, cells": ("ner/anatem_devel.tsv.gz", {"Cell": "CELL"}),
    "BioRED dev, diseases": ("ner/biored_dev.pubtator.gz", {"DiseaseOrPhenotypicFeature": "DISEASE"}),
    "BioRED dev, species": ("ner/biored_dev.pubtator.gz", {"OrganismTaxon": "SPECIES"}),
    "BioRED dev, chemicals": ("ner/biored_dev.pubtator.gz", {"ChemicalEntity": "CHEMICAL"}),
}


BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
ESCAPED = re.compile("|".join(BRACKETS))
TAGGERS: dict[str, object] = {}


def treebank(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file as rows of fields."""
    rows: Sentence = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            fields = line.rstrip("\n").split("\t")
            if fields[0].isdigit():
                rows.append(fields)
            elif rows and not line.strip():
                yield rows
                rows = []


def parsed(nlp: Language, rows: Sentence) -> Doc:
    """Return the analysis of a sentence with its gold words."""
    doc = Doc(nlp.vocab, words=[r[1] for r in rows], sent_starts=[n == 0 for n in range(len(rows))])
    for name, pipe in nlp.pipeline:
        if name not in ("secretome_sentences", "secretome_entities"):
            doc = pipe(doc)
    return doc


def share(right: int, of: int) -> Counts:
    """Return counts whose F1 is the share of right ones."""
    return Counts(right, of - right, of - right)


def score_treebank(nlp: Language, sentences: list[Sentence]) -> dict[str, list[Counts]]:
    """Score heads, labels, tags and lemmas, on the treebank's words, in the model's own scheme.

    Attachment leaves out punctuation, as spaCy's own scorer does.
    """
    found: dict[str, list[Counts]] = {"UAS": [], "LAS": [], "tags": [], "lemmas": []}
    for rows in sentences:
        doc = parsed(nlp, rows)
        heads = [0 if t.head.i == t.i else t.head.i + 1 for t in doc]
        counted = [r[7] not in ("punct", "p") for r in rows]
        same = [int(r[6]) == h and c for r, h, c in zip(rows, heads, counted, strict=True)]
        found["UAS"].append(share(sum(same), sum(counted)))
        dep = [s and (r[6] == "0" or r[7] == t.dep_) for s, r, t in zip(same, rows, doc, strict=True)]
        tags = [r[4] == t.tag_ for r, t in zip(rows, doc, strict=True)]
        lemmas = [restored(r[1], r[2]).lower() == t.lemma_.lower() for r, t in zip(rows, doc, strict=True)]
        found["LAS"].append(share(sum(dep), sum(counted)))
        for name, marks in (("tags", tags), ("lemmas", lemmas)):
            found[name].append(share(sum(marks), len(rows)))
    return found


def score_other_scheme(nlp: Language, sentences: list[Sentence]) -> dict[str, list[Counts]]:
    """Score heads of trees in Universal Dependencies v1: ours are given that shape, labels are not compared.

    The parser reads its own words (brackets and compounds parted); a word of the treebank is all those inside it.
    """
    found: dict[str, list[Counts]] = {"UAS": [], "UAS, noun groups flat": []}
    for rows in sentences:
        pieces = [[t.text for t in tokens.find(unescaped(r[1]))] or [r[1]] for r in rows]
        owner = [n for n, inside in enumerate(pieces) for _ in inside]
        last = [m == len(inside) - 1 for inside in pieces for m in range(len(inside))]
        doc = Doc(nlp.vocab, words=list(chain(*pieces)), spaces=last, sent_starts=[n == 0 for n in range(len(owner))])
        for name, pipe in nlp.pipeline:
            if name in ("tok2vec", "tagger", "parser"):
                doc = pipe(doc)
        heads = universal_heads(doc)
        counted = [r[7] not in ("punct", "p") for r in rows]
        for name, some in zip(found, (heads, flat_groups(doc, heads)), strict=True):
            ours = joined(some, owner, len(rows))
            same = [int(r[6]) == h + 1 and c for r, h, c in zip(rows, ours, counted, strict=True)]
            found[name].append(share(sum(same), sum(counted)))
    return found


def unescaped(word: str) -> str:
    """Return a treebank's word with its brackets as they were."""
    return ESCAPED.sub(lambda found: BRACKETS[found.group()], word)


def joined(heads: list[int], owner: list[int], size: int) -> list[int]:
    """Return the heads of groups of words, where `owner` is each word's group: that of its first word hung outside."""
    found = [-1] * size
    seen: set[int] = set()
    for word, above in enumerate(heads):
        group = owner[word]
        if group not in seen and (above < 0 or owner[above] != group):
            seen.add(group)
            found[group] = -1 if above < 0 else owner[above]
    return found


def score_entities(nlp: Language, tagger: str, texts: list[Labelled], labels: dict[str, str]) -> list[Counts]:
    """Score exact spans of some labels, with the tagger of that corpus alone: in use the first of several wins."""
    units = []
    if "secretome_entities" in nlp.pipe_names:
        component = nlp.get_pipe("secretome_entities")
        TAGGERS.update(component.taggers)
        component.taggers = {tagger: TAGGERS[tagger]}
    for text in texts:
        doc = nlp(text.text)
        gold = {(s.start, s.end, labels[label]) for s, label in text.spans if label in labels}
        made = {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in labels.values()}
        units.append(Counts(len(gold & made), len(made - gold), len(gold - made)))
    return units


def row(name: str, units: list[Counts]) -> None:
    """Print one line."""
    c, (low, high) = total(units), interval(units)
    print(f"{name:44}{c.precision:8.4f}{c.recall:8.4f}{c.f1:8.4f}  {low:.3f} to {high:.3f}{c.tp + c.fn:8}")


def words_a_second(nlp: Language, sentences: list[Sentence]) -> float:
    """Return the words a second of processor time of tagger and parser, in batches."""
    docs = [Doc(nlp.vocab, words=[r[1] for r in rows]) for rows in sentences]
    wanted = [n for n in nlp.pipe_names if n in ("tok2vec", "tagger", "parser")]
    start = time.process_time()
    with nlp.select_pipes(enable=wanted):
        for _ in nlp.pipe(docs, batch_size=256):
            pass
    return sum(map(len, sentences)) / (time.process_time() - start)


def fresh(nlp: Language) -> Language:
    """Return an untrained spaCy pipeline with the same components, widths and labels."""
    other = spacy.blank("en")
    for name in ("tok2vec", "tagger", "parser"):
        other.add_pipe(name, config={"model": nlp.config["components"][name]["model"]}, name=name)
    examples = [spacy.training.Example.from_dict(Doc(other.vocab, words=["Exosomes", "heal", "."]),
                {"tags": ["NNS", "VBP", "."], "heads": [1, 1, 1], "deps": ["nsubj", "ROOT", "punct"]})]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name in ("tagger", "parser"):
            file = Path(folder) / f"{name}.json"
            file.write_text(json.dumps(nlp.get_pipe(name).label_data), encoding="utf-8")
            labels = {"@readers": "spacy.read_labels.v1", "path": str(file)}
            other.config["initialize"]["components"][name] = {"labels": labels}
        other.initialize(lambda: examples)
    return other


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--model", default="secretome")
    arguments.add_argument("--smoke", action="store_true")
    given = arguments.parse_args()
    nlp = secretome_nlp.load_model(given.model)
    most = 40 if given.smoke else None
    craft = list(treebank(given.data / "craft" / "dev.conllu.gz"))[:most]
    genia = list(treebank(given.data / "genia" / "dev.conllu.gz"))[:most]
    print(f"{'':44}{'P':>8}{'R':>8}{'F1':>8}  95 % interval       n")
    for name, units in score_treebank(nlp, craft).items():
        row(f"CRAFT dev, {name}", units)
    for name, units in score_other_scheme(nlp, genia).items():
        row(f"GENIA dev, {name}", units)
    for name, (path, labels) in ENTITIES.items():
        read: Callable[[Path], Iterator[Labelled]] = pubtator if path.endswith("pubtator.gz") else two_columns
        row(name, score_entities(nlp, name.split()[0].lower(), list(read(given.data / path))[:most], labels))
    shuffled = random.Random(1).sample(craft, len(craft))
    print(f"tagger and parser: {words_a_second(nlp, shuffled):,.0f} words a second")
    if "tok2vec" in nlp.pipe_names:
        print(
            f"untrained spaCy pipeline of the same widths: {words_a_second(fresh(nlp), shuffled):,.0f} words a second"
        )


if __name__ == "__main__":
    main()
