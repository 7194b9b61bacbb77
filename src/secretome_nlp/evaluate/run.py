"""Pair gold with what was found in the same texts, and score it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from secretome_nlp.evaluate import match as matching
from secretome_nlp.evaluate import oracle
from secretome_nlp.evaluate.align import Aligned, align, coverage
from secretome_nlp.evaluate.gold import GoldDocument
from secretome_nlp.evaluate.match import Item, Matching
from secretome_nlp.evaluate.metrics import Counts
from secretome_nlp.evaluate.oracle import OracleScore
from secretome_nlp.evaluate.records import RecordScore, score_records
from secretome_nlp.evaluate.relations import Claim, Concepts, RelationScore, distinct
from secretome_nlp.relate import CompiledRules
from secretome_nlp.types import Annotations, Mention, Span

#: A text is the rendition of a gold document when this share of its sentences stands in it.
LEAST_COVERAGE = 0.5


@dataclass
class DocumentScore:
    """What one document scored, with the pairs and errors themselves."""

    doc: str
    split: str
    aligned: Aligned
    mentions: dict[str, Matching] = field(default_factory=dict)
    type_only: Counts = field(default_factory=Counts)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    grounding: dict[str, tuple[int, int]] = field(default_factory=dict)
    negated: tuple[int, int] = (0, 0)
    hedged: tuple[int, int] = (0, 0)
    relations: RelationScore | None = None
    oracle: OracleScore | None = None
    records: RecordScore | None = None
    errors: list[dict[str, object]] = field(default_factory=list)


@dataclass
class Evaluation:
    """The scores of all documents that were paired, and the gold for which no text was given."""

    documents: list[DocumentScore]
    missing: list[str]


def evaluate(
    found: Iterable[Annotations],
    golds: Sequence[GoldDocument],
    rules: CompiledRules | None = None,
    parse: oracle.Parser | None = None,
) -> Evaluation:
    """Score annotations against gold.

    A gold document is paired with the annotations of the same id, or else with those of the text in which most of
    its sentences stand. Gold without a text is listed as missing, never dropped in silence.
    With `rules`, relations and assertion are also decided among the gold's own mentions, `parse` giving the parses
    that rules of syntax read.
    """
    given = list(found)
    scores, missing = [], []
    for gold in golds:
        text = pair(gold, given)
        if text is None:
            missing.append(gold.doc)
        else:
            scores.append(score_document(gold, text, rules, parse))
    return Evaluation(scores, missing)


def pair(gold: GoldDocument, given: Sequence[Annotations]) -> Annotations | None:
    """Return the annotations of the text that a gold document is of: by id, or else by its sentences."""
    for a in given:
        if gold.doc in (a.document.doc_id, a.document.bibliography.pmid):
            return a
    probe = gold.model_copy(update={"sentences": gold.sentences[:12]})
    best = max(given, key=lambda a: coverage(a.document.text, probe), default=None)
    return best if best and coverage(best.document.text, probe) >= LEAST_COVERAGE else None


def score_document(
    gold: GoldDocument, a: Annotations, rules: CompiledRules | None = None, parse: oracle.Parser | None = None
) -> DocumentScore:
    """Score one document on what its gold is complete for."""
    aligned = align(a.document.text, gold)
    score = DocumentScore(gold.doc, gold.split, aligned)
    if "mentions" in gold.complete:
        _score_mentions(gold, a, aligned, score)
    if "relations" in gold.complete:
        score.relations = _score_relations(gold, a, aligned)
        score.errors += relation_errors(score.relations, a.document.text)
        score.oracle = oracle.score(gold, a, aligned, rules, parse) if rules is not None else None
    if "records" in gold.complete:
        score.records = score_records(gold.records, [r for r in a.records if r.source != "table"])
    return score


def _inside(a: Annotations, aligned: Aligned) -> list[Mention]:
    """Return the found mentions that stand in the sentences that were annotated."""
    regions = sorted(aligned.sentences.values())
    return [m for m in a.mentions if any(r.overlaps(m.span) for r in regions)]


def _items(gold: GoldDocument, aligned: Aligned) -> list[Item]:
    nowhere = Span(-1, -1)
    return [Item(m.id, m.type, aligned.mentions.get(m.id, nowhere)) for s in gold.sentences for m in s.mentions]


def _score_mentions(gold: GoldDocument, a: Annotations, aligned: Aligned, score: DocumentScore) -> None:
    golds, inside = _items(gold, aligned), _inside(a, aligned)
    finds = [Item(m.id, m.type, m.span) for m in inside]
    score.mentions = matching.by_type(golds, finds)
    score.type_only = matching.type_only(golds, finds)
    score.confusion = matching.confusion(golds, finds)
    by_gold = {m.id: m for s in gold.sentences for m in s.mentions}
    by_found = {m.id: m for m in inside}
    for type_, matched in score.mentions.items():
        right = asked = 0
        for g, f in matched.pairs.items():
            if by_gold[g].norm:
                asked += 1
                right += bool(set(by_gold[g].norm) & {n.id for n in by_found[f].norm})
            for name in ("negated", "hedged"):
                same, of = getattr(score, name)
                setattr(score, name, (same + (getattr(by_gold[g], name) == getattr(by_found[f], name)), of + 1))
        score.grounding[type_] = (right, asked)
        text = a.document.text
        score.errors += [
            _error("missed", type_, text, aligned.mentions.get(g), by_gold[g].text, "") for g in matched.missed
        ]
        score.errors += [
            _error(
                "spurious",
                type_,
                text,
                by_found[f].span,
                by_found[f].text,
                f"{by_found[f].by.how} {by_found[f].by.id}",
            )
            for f in matched.spurious
        ]
        score.errors += [
            _error(
                "border",
                type_,
                text,
                by_found[f].span,
                f"{by_gold[g].text} / {by_found[f].text}",
                by_found[f].by.id,
            )
            for g, f in matched.overlapping
        ]


def _error(kind: str, type_: str, text: str, span: Span | None, words: str, by: str) -> dict[str, object]:
    context = text[max(0, span.start - 60) : span.end + 60] if span is not None else ""
    return {"kind": kind, "type": type_, "words": words, "by": by, "context": " ".join(context.split())}


def relation_errors(score: RelationScore, text: str) -> list[dict[str, object]]:
    """Return each relation that was missed or made up, in its sentence, with the rule responsible."""
    rows: list[dict[str, object]] = []
    for kind, one, other in (("missed", score.gold, score.found), ("spurious", score.found, score.gold)):
        for key in sorted(one.keys() - other.keys()):
            claim = one[key]
            words = " → ".join(end.partition(":")[2] for end in (claim.head, claim.tail))
            context = " ".join(text[claim.place.start : claim.place.end].split()) if claim.place else ""
            rows.append({"kind": kind, "type": claim.type, "words": words, "by": claim.rule, "context": context})
    return rows


def _score_relations(gold: GoldDocument, a: Annotations, aligned: Aligned) -> RelationScore:
    """Compare distinct relations of the annotated sentences; a relation counts where its sentence was annotated."""
    golds = {m.id: m for s in gold.sentences for m in s.mentions}
    pairs = matching.match(_items(gold, aligned), [Item(m.id, m.type, m.span) for m in _inside(a, aligned)]).pairs
    twin = {f: g for g, f in pairs.items()}
    names = Concepts(a.abbreviations, _items(gold, aligned))
    for m in golds.values():
        names.name("gold", m.id, m.type, m.text)
    wanted = [
        Claim(
            r.type, names.name("gold", r.head, "", ""), names.name("gold", r.tail, "", ""),
            r.direction, r.negated, r.hedged, place=aligned.sentences.get(s.fp),
        )
        for s in gold.sentences
        for r in s.relations
    ]  # fmt: skip
    by_id = {m.id: m for m in a.mentions}
    regions = list(aligned.sentences.values())
    sentences = a.document.sentences
    made = [
        Claim(
            r.type, _concept(names, by_id[r.head], twin), _concept(names, by_id[r.tail], twin),
            r.direction, r.negated, r.hedged, r.rule, r.id, sentences[r.sentence],
        )
        for r in a.relations
        if any(region.overlaps(sentences[r.sentence]) for region in regions)
    ]  # fmt: skip
    return RelationScore(distinct(wanted), distinct(made))


def _concept(names: Concepts, m: Mention, twin: dict[str, str]) -> str:
    return names.name("found", m.id, m.type, m.text, twin.get(m.id))
