"""Documents as the output folder of `extract` has them, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secretome_nlp.errors import InputError
from secretome_nlp.interchange.document import Annotated, Link, Mark, Places, checked
from secretome_nlp.rows import Row, annotation_rows, annotations_from, document_row
from secretome_nlp.types import Annotations, Document, FoundBy, Mention, Relation, Section, Span

#: What is said to have found a mention, or to have read a relation, that a person marked.
BY_HAND = "annotator"
PARTS = ("documents", "mentions", "relations", "records", "abbreviations", "cues")


def from_rows(rows: Mapping[str, Sequence[Row]]) -> Annotated:
    """Return the document of the rows that `extract` wrote of it, by file. Raises InputError where they do not hold."""
    try:
        found = annotations_from({part: list(rows.get(part, ())) for part in PARTS})
        return checked(from_annotations(found))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise InputError(f"rows that `extract` did not write ({error!r}); run it again") from error


def from_annotations(a: Annotations) -> Annotated:
    """Return the document of annotations."""
    d = a.document
    places = Places(d.sentences)
    marks, at = [], {}
    for m in a.mentions:
        at[m.id] = m.sentence
        extra = {"by": {"how": m.by.how, "id": m.by.id}, "concept": m.concept}
        sentence = None if places.sentence(m.span) == m.sentence else m.sentence
        marks.append(Mark(m.id, m.start, m.end, m.type, m.kind, m.value, m.norm, m.negated, m.hedged, sentence, extra))
    links = [
        Link(
            r.id, r.type, r.head, r.tail, r.direction, r.negated, r.hedged,
            None if at.get(r.head) == r.sentence else r.sentence,
            {"rule": r.rule, "trigger": list(r.trigger) if r.trigger else None},
        )
        for r in a.relations
    ]  # fmt: skip
    rows = annotation_rows(a)
    (document,) = rows["documents"]
    own = {k: v for k, v in document.items() if k not in ("doc_id", "text", "sentences")}
    about = {"document": own, "abbreviations": rows["abbreviations"], "cues": rows["cues"]}
    return Annotated(
        d.doc_id, d.text, d.sentences, tuple(marks), tuple(links), tuple(rows["records"]), "output", about
    )  # fmt: skip


def to_annotations(document: Annotated) -> Annotations:
    """Return a document as annotations; what no pipeline found is said to be by the annotator.

    Records of another form than the output's are left out: they do not stand on mentions.
    Raises InputError where what came along does not hold.
    """
    places = Places(document.sentences)
    from_output = document.form == "output"
    try:
        mentions = [_mention(m, document.text, places) for m in document.marks]
        at = {m.id: m.sentence for m in mentions}
        rows = {
            "documents": [_document_row(document)],
            "abbreviations": document.about.get("abbreviations", []),
            "cues": document.about.get("cues", []),
            "records": list(document.records) if from_output else [],
            "mentions": [],
            "relations": [],
        }
        whole = annotations_from(rows)
        relations = tuple(_relation(link, at) for link in document.links)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"what came along does not hold ({error!r}); convert the document again") from error
    return Annotations(
        whole.document, tuple(mentions), relations, whole.records, whole.abbreviations, whole.cues
    )  # fmt: skip


def _document_row(document: Annotated) -> Row:
    text, sentences = document.text, document.sentences
    body = (Section("", "body", 0, len(text)),)
    bare = document_row(Document(document.doc_id, "", "text", "", text, body, sentences))
    return {**bare, **document.about.get("document", {})}


def _mention(m: Mark, text: str, places: Places) -> Mention:
    by = m.extra.get("by", {"how": "model", "id": BY_HAND})
    sentence = places.sentence(m.span) if m.sentence is None else m.sentence
    return Mention(
        m.id, m.start, m.end, text[m.start : m.end], m.type, FoundBy(by["how"], by["id"]), sentence or 0, m.kind,
        m.value, m.extra.get("concept"), m.norm, m.negated, m.hedged,
    )  # fmt: skip


def _relation(link: Link, at: Mapping[str, int]) -> Relation:
    trigger = link.extra.get("trigger")
    return Relation(
        link.id, link.type, link.head, link.tail, link.extra.get("rule", BY_HAND),
        at[link.head] if link.sentence is None else link.sentence, link.direction,  # type: ignore[arg-type]
        link.negated, link.hedged, Span(*trigger) if trigger else None,
    )  # fmt: skip
