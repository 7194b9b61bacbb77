"""Gold files, which point into texts by fingerprint, as documents with their texts; and back."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from secretome_nlp.errors import InputError
from secretome_nlp.evaluate.align import Letters, align, fold, locate
from secretome_nlp.evaluate.gold import (
    GoldDocument,
    GoldMention,
    GoldRelation,
    GoldSentence,
    fingerprint,
    letters,
)
from secretome_nlp.evaluate.run import pair
from secretome_nlp.interchange.document import Annotated, Link, Mark, Places, checked
from secretome_nlp.rows import Row
from secretome_nlp.segment import sentences as splitter
from secretome_nlp.types import Annotations, Norm, Span


@dataclass(frozen=True)
class Heading:
    """What a gold file says of itself; None leaves what the document brings along, or else the usual."""

    set: str
    split: str | None = None
    annotator: str | None = None


def from_gold(gold: GoldDocument, texts: Sequence[Annotations]) -> Annotated:
    """Return the document of a gold file on the one of `texts` that it is of.

    Raises InputError where there is none, or where a sentence or mention does not stand in it: nothing is left out.
    """
    if not gold.sentences:
        raise InputError("no sentence is annotated here (rows of a table?), so there is nothing to show on a text")
    found = pair(gold, texts)
    if found is None:
        raise InputError("none of the texts is its own; give it with --texts PATH")
    text = found.document.text
    aligned = align(text, gold)
    lost = [*aligned.lost_sentences, *aligned.lost_mentions]
    if lost:
        raise InputError(f"{len(lost)} sentences and mentions do not stand in the text, the first: {lost[0]}")
    sentences = tuple(aligned.sentences[s.fp] for s in gold.sentences)
    places = Places(sentences)
    at: dict[str, int] = {}
    marks: list[Mark] = []
    links: list[Link] = []
    for number, sentence in enumerate(gold.sentences):
        for m in sentence.mentions:
            span = aligned.mentions[m.id]
            at[m.id] = number
            marks.append(_mark(m, span, text, None if places.sentence(span) == number else number))
    for number, sentence in enumerate(gold.sentences):
        for r in sentence.relations:
            place = None if at.get(r.head) == number else number
            name = f"r{len(links) + 1}"
            links.append(Link(name, r.type, r.head, r.tail, r.direction, r.negated, r.hedged, place))
    about = {"set": gold.set, "split": gold.split, "annotator": gold.annotator, "complete": gold.complete}
    records = tuple(r.model_dump(exclude_unset=True) for r in gold.records)
    return checked(Annotated(gold.doc, text, sentences, tuple(marks), tuple(links), records, "gold", about))


def _mark(m: GoldMention, span: Span, text: str, sentence: int | None) -> Mark:
    extra = {} if m.text == text[span.start : span.end] else {"text": m.text}
    norm = tuple(Norm(ident, "") for ident in m.norm)
    return Mark(
        m.id, span.start, span.end, m.type, m.kind, m.value, norm, m.negated, m.hedged, sentence, extra
    )  # fmt: skip


def to_gold(document: Annotated, heading: Heading) -> GoldDocument:
    """Return the gold of a document. Records of another form than gold's are left out.

    Mentions outside the document's sentences bring in theirs, as the splitter finds them. Raises InputError where a
    mention stands in no sentence.
    """
    text = document.text
    sentences = _with_strays(document)
    places = Places(sentences)
    rows = [GoldSentence(fp=fingerprint(w), n=len(letters(w))) for w in (text[s.start : s.end] for s in sentences)]
    index = Letters(text)
    at: dict[str, int] = {}
    for m in document.marks:
        number = places.sentence(m.span) if m.sentence is None else m.sentence
        if number is None or not rows[number].n:
            raise InputError(f"mention {m.id}: {text[m.start : m.end]!r} stands in no one sentence; gold needs one")
        at[m.id] = number
        rows[number].mentions.append(_mention(m, sentences[number], index))
    for link in document.links:
        number = at[link.head] if link.sentence is None else link.sentence
        relation = GoldRelation(
            type=link.type, head=link.head, tail=link.tail, direction=link.direction, negated=link.negated,
            hedged=link.hedged,
        )  # fmt: skip
        rows[number].relations.append(relation)
    about = document.about if document.form == "gold" else {}
    head: Row = {
        "doc": document.doc_id,
        "set": about.get("set") or heading.set,
        "split": heading.split or about.get("split") or "dev",
        "annotator": heading.annotator or about.get("annotator") or "A",
        "complete": about.get("complete", ["mentions", "relations"]),
    }
    records = list(document.records) if document.form == "gold" else []
    told = [r for r in rows if r.n or r.relations]  # a sentence without letters has no fingerprint to be found by
    return GoldDocument.model_validate({**head, "sentences": told, "records": records})


def _with_strays(document: Annotated) -> list[Span]:
    """Return the document's sentences and, behind them, those of mentions that stand in none."""
    places = Places(document.sentences)
    strays = [m for m in document.marks if m.sentence is None and places.sentence(m.span) is None]
    more = splitter.find(document.text) if strays else ()
    others = Places(more)
    wanted = {number for m in strays if (number := others.sentence(m.span)) is not None}
    return [*document.sentences, *(more[n] for n in sorted(wanted))]


def _mention(m: Mark, sentence: Span, index: Letters) -> GoldMention:
    """Return a mark by its words and their occurrence, counted in the sentence as `align` will find it."""
    here = index.text[m.start : m.end]
    noted = m.extra.get("text")
    surface = noted if isinstance(noted, str) and fold(noted)[0] == fold(here)[0] else " ".join(here.split())
    mention = GoldMention(
        id=m.id, text=surface, type=m.type, kind=m.kind, value=m.value, norm=[n.id for n in m.norm],
        negated=m.negated, hedged=m.hedged,
    )  # fmt: skip
    span = index.stretch(bisect_left(index.places, sentence.start), bisect_left(index.places, sentence.end))
    reach = index.reach(span)
    for nth in range(reach.end - reach.start):
        mention.nth = nth
        place = locate(index.text, reach, mention)
        if place is None:
            break
        if place == m.span:
            return mention
    raise InputError(f"mention {m.id}: gold cannot point at {here!r} here; does it begin or end within a sign?")


def as_json(gold: GoldDocument) -> bytes:
    """Return a gold file as `annotations/annotate.py` writes it."""
    records = [r.model_dump(exclude_unset=True) for r in gold.records]
    rows = gold.model_dump(exclude={"records"}) | {"records": records}
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
