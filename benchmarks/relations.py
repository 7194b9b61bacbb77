"""Measure relations where public gold entities are given.

    python benchmarks/relations.py SHARED_PATH [--errors N]

SHARED_PATH holds `benchmarks/relations/scai_mirna_train.xml.gz` (Fraunhofer SCAI's miRNA corpus, train part). Pairs
of a miRNA and a gene of one sentence are read from the gold entities alone; a pair counts as found when any
relation links its two mentions. Also timed: sentences a second without a parser, and one sentence of 5,000 words.
"""

from __future__ import annotations

import argparse
import gzip
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from secretome_nlp.knowledge.rules import load_rules
from secretome_nlp.relate import CompiledRules, compile_rules, find
from secretome_nlp.segment.tokens import find as tokenize
from secretome_nlp.types import FoundBy, Mention, Relation, Span

TYPES = {
    "Specific_miRNAs": "MIRNA",
    "Non-Specific_miRNAs": "MIRNA",
    "Genes/Proteins": "GENE",
    "Diseases": "MODEL",
    "Species": "SPECIES",
}


@dataclass(frozen=True)
class Sentence:
    """One sentence with its gold entities and miRNA-gene pairs (ids of the two, whether related, specific)."""

    text: str
    mentions: tuple[Mention, ...]
    pairs: tuple[tuple[str, str, bool, bool], ...]


def read_scai(path: Path) -> list[Sentence]:
    """Read the corpus; offsets there end inclusively."""
    sentences = []
    with gzip.open(path) as source:
        root = ET.parse(source).getroot()
    for node in root.iter("sentence"):
        text = node.get("text", "")
        mentions, specific = {}, {}
        for entity in node.iter("entity"):
            start, end = map(int, entity.get("charOffset", "0-0").split("-"))
            id_, type_ = entity.get("id", ""), entity.get("type", "")
            if type_ not in TYPES:  # the annotators' trigger words are no entities
                continue
            mentions[id_] = Mention(id_, start, end + 1, text[start : end + 1], TYPES[type_], FoundBy("model", "gold"))
            specific[id_] = type_ == "Specific_miRNAs"
        pairs = []
        for pair in node.iter("pair"):
            one, two = pair.get("e1", ""), pair.get("e2", "")
            if one in mentions and two in mentions and {mentions[one].type, mentions[two].type} == {"MIRNA", "GENE"}:
                pairs.append((one, two, pair.get("interaction") == "True", specific[one] or specific[two]))
        sentences.append(Sentence(text, tuple(mentions.values()), tuple(pairs)))
    return sentences


def read(sentence: Sentence, rules: CompiledRules) -> tuple[Relation, ...]:
    """Find the relations of one sentence from its gold entities."""
    whole = (Span(0, len(sentence.text)),)
    return find(sentence.text, whole, tokenize(sentence.text), sentence.mentions, (), rules=rules)


def score(sentences: list[Sentence], rules: CompiledRules, specific_only: bool, errors: int) -> str:
    """Score pairs; returns one line of figures and prints up to `errors` wrong ones."""
    hits = misses = false = 0
    for sentence in sentences:
        found = {frozenset((r.head, r.tail)): r.rule for r in read(sentence, rules)}
        words = {m.id: m.text for m in sentence.mentions}
        for one, two, related, specific in sentence.pairs:
            if specific_only and not specific:
                continue
            rule = found.get(frozenset((one, two)))
            hits += related and rule is not None
            misses += related and rule is None
            false += not related and rule is not None
            if related != (rule is not None) and errors > 0:
                errors -= 1
                print("MISS " if related else f"FALSE ({rule})", words[one], "|", words[two], "|", sentence.text)
    precision, recall = hits / max(1, hits + false), hits / max(1, hits + misses)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({hits} found, {misses} missed, {false} false)"


def speed(sentences: list[Sentence], rules: CompiledRules) -> float:
    """Return sentences a second over the sentences with at least two entities, tokens made beforehand."""
    ready = [(s, tokenize(s.text)) for s in sentences if len(s.mentions) > 1]
    start = time.perf_counter()
    for sentence, tokens in ready:
        find(sentence.text, (Span(0, len(sentence.text)),), tokens, sentence.mentions, (), rules=rules)
    return len(ready) / (time.perf_counter() - start)


def long_sentence(rules: CompiledRules) -> float:
    """Return the seconds for a sentence of about 5,000 words that lists 500 things."""
    parts, mentions, at = [], [], 0
    for i in range(500):
        lead = "the raised level of serum marker in the group called "
        word = f"factor{i}"
        type_ = ("FACTOR", "OUTCOME", "COMPONENT", "MIRNA", "GENE")[i % 5]
        start = at + len(lead)
        mentions.append(Mention(f"m{i}", start, start + len(word), word, type_, FoundBy("model", "made")))
        parts.append(f"{lead}{word}, ")
        at += len(parts[-1])
    text = "".join(parts)
    tokens = tokenize(text)
    start_time = time.perf_counter()
    find(text, (Span(0, len(text)),), tokens, tuple(mentions), (), rules=rules)
    return time.perf_counter() - start_time


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--errors", type=int, default=0, help="print so many wrong pairs")
    chosen = arguments.parse_args()
    rules = compile_rules(load_rules())
    sentences = read_scai(chosen.shared / "benchmarks" / "relations" / "scai_mirna_train.xml.gz")
    print("miRNA-gene, specific miRNAs ", score(sentences, rules, True, chosen.errors))
    print("miRNA-gene, all miRNAs      ", score(sentences, rules, False, 0))
    print(f"sentences a second           {speed(sentences, rules):.0f}")
    print(f"5,000-word list              {long_sentence(rules):.2f} s")


if __name__ == "__main__":
    main()
