"""miRNA-gene relations from public gold entities: Fraunhofer SCAI's miRNA corpus (Bagewadi et al., 2014), train part.

Pairs of a miRNA and a gene of one sentence are read from the gold entities alone; a pair counts as found when any
relation links its two mentions.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from secretome_nlp.evaluate.metrics import Counts
from secretome_nlp.relate import CompiledRules, find
from secretome_nlp.segment import tokens
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
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(gzip.decompress(path.read_bytes()), parser)
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
    return find(sentence.text, whole, tokens.find(sentence.text), sentence.mentions, (), rules=rules)


def score(sentences: list[Sentence], rules: CompiledRules, *, specific_only: bool) -> list[Counts]:
    """Return the counts of each sentence that has a pair; `specific_only` leaves out miRNAs without a number."""
    scores = []
    for sentence in sentences:
        found = {frozenset((r.head, r.tail)) for r in read(sentence, rules)}
        pairs = [p for p in sentence.pairs if p[3] or not specific_only]
        marks = [(related, frozenset((one, two)) in found) for one, two, related, _ in pairs]
        if marks:
            scores.append(Counts(marks.count((True, True)), marks.count((False, True)), marks.count((True, False))))
    return scores
