"""The stages as spaCy components: the only place that writes to a `Doc`.

Each factory works in anybody's pipeline. What a component finds stands in `doc._.secretome`, a dictionary of the
contract's rows (ids and offsets, no objects), so that a Doc can be pickled, stored in a DocBin and passed between
processes; the mentions also stand as spans in `doc.spans["secretome"]`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from secretome_nlp import assemble, qualify, relate
from secretome_nlp.ground import Grounder
from secretome_nlp.knowledge.load import load_knowledge
from secretome_nlp.recognise import Recogniser, abbreviations, compile_recogniser
from secretome_nlp.rows import Row, annotation_rows, annotations_from, document_from, document_row
from secretome_nlp.segment import sentences, tokens
from secretome_nlp.types import Abbreviation, Annotations, Document, Section
from secretome_nlp.types import Span as TextSpan

SPANS = "secretome"
PARTS = ("documents", "mentions", "relations", "abbreviations", "cues", "records")


def set_up_extension() -> None:
    """Register `doc._.secretome`; safe to call again."""
    if not Doc.has_extension("secretome"):
        Doc.set_extension("secretome", default=None)


def set_document(doc: Doc, document: Document) -> None:
    """Tell a Doc which document it is; its text must be the document's text."""
    set_up_extension()
    doc._.secretome = {**{part: [] for part in PARTS}, "documents": [document_row(document)]}


def get_annotations(doc: Doc) -> Annotations:
    """Return what the pipeline found in a Doc."""
    return annotations_from(_state(doc))


def _state(doc: Doc) -> dict[str, list[Row]]:
    set_up_extension()
    if doc._.secretome is None:
        whole = Section("", "body", 0, len(doc.text))
        set_document(doc, Document("text", "", "text", "", doc.text, (whole,)))
    state: dict[str, list[Row]] = doc._.secretome
    return state


def _store(doc: Doc, **parts: Any) -> None:
    """Put results of a stage into the Doc as rows."""
    state = _state(doc)
    document = parts.pop("document", None) or document_from(state["documents"][0])
    rows = annotation_rows(Annotations(document, **parts))
    doc._.secretome = {**state, "documents": rows["documents"], **{name: rows[name] for name in parts}}


@Language.factory("secretome_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 -- spaCy's signature
    """Segment: sentence borders by rule, paragraph by paragraph."""

    def segment(doc: Doc) -> Doc:
        document = document_from(_state(doc)["documents"][0])
        spans = sentences.find(doc.text, tuple(TextSpan(s.start, s.end) for s in document.sections) or None)
        begins = {span.start for span in spans}
        for token in doc:
            token.is_sent_start = token.idx in begins or token.i == 0
        state = _state(doc)
        state["documents"][0]["sentences"] = [list(s) for s in spans]
        doc._.secretome = state
        return doc

    return segment


class AbbreviationComponent:
    """Find definitions of short forms; with `scispacy`, its detector's finds are the base that ours mends."""

    def __init__(self, nlp: Language, scispacy: bool) -> None:
        self.detector: Any = None
        if scispacy:
            from scispacy.abbreviation import AbbreviationDetector

            self.detector = AbbreviationDetector(nlp, make_serializable=True)

    def __call__(self, doc: Doc) -> Doc:
        """Write the definitions to the Doc."""
        document = document_from(_state(doc)["documents"][0])
        found = abbreviations.find(doc.text, document.sentences or (TextSpan(0, len(doc.text)),))
        if self.detector is not None:
            found = abbreviations.merge(found, self._base(doc))
        _store(doc, abbreviations=found)
        return doc

    def _base(self, doc: Doc) -> list[Abbreviation]:
        copy = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        rows = sorted(self.detector(copy)._.abbreviations, key=lambda a: a["short_start"])
        found: dict[str, Abbreviation] = {}
        for row in rows:
            short, long = copy[row["short_start"] : row["short_end"]], copy[row["long_start"] : row["long_end"]]
            spans = TextSpan(short.start_char, short.end_char), TextSpan(long.start_char, long.end_char)
            found.setdefault(short.text, Abbreviation(*spans, short.text, long.text))
        return list(found.values())


@Language.factory("secretome_abbreviations", default_config={"scispacy": False})
def make_abbreviations(nlp: Language, name: str, scispacy: bool) -> AbbreviationComponent:  # noqa: ARG001
    """Recognise: the document's own short forms."""
    return AbbreviationComponent(nlp, scispacy)


@lru_cache(maxsize=4)
def shared_recogniser(overlays: tuple[Path, ...]) -> tuple[Recogniser, Grounder]:
    """Compile the knowledge once a process; a component that is unpickled elsewhere compiles its own."""
    knowledge = load_knowledge(overlays)
    recogniser = compile_recogniser(knowledge.entries, knowledge.grammars, knowledge.overlaps)
    return recogniser, Grounder(knowledge.entries)


class MentionComponent:
    """Recognise and ground; `lexicons` are a user's own files, laid over the shipped ones."""

    def __init__(self, lexicons: tuple[Path, ...]) -> None:
        self.lexicons = lexicons
        shared_recogniser(lexicons)

    def __call__(self, doc: Doc) -> Doc:
        """Write the mentions to the Doc, as rows and as spans."""
        state = _state(doc)
        whole = annotations_from(state)
        d = whole.document
        recogniser, grounder = shared_recogniser(self.lexicons)
        found = recogniser.find(doc.text, d.sentences, whole.abbreviations, d.citations, d.mined())
        found = grounder.find(found)
        _store(doc, mentions=found)
        doc.spans[SPANS] = [
            span
            for m in found
            if (span := doc.char_span(m.start, m.end, label=m.type, span_id=m.id, alignment_mode="expand"))
        ]
        return doc


@Language.factory("secretome_mentions", default_config={"lexicons": []}, assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str, lexicons: list[str]) -> MentionComponent:  # noqa: ARG001
    """Recognise and ground: every mention with its ids."""
    return MentionComponent(tuple(Path(p) for p in lexicons))


@Language.factory("secretome_assertion", requires=["doc.spans"])
def make_assertion(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Qualify: negation and hedging, cues with their scopes."""

    def assertion(doc: Doc) -> Doc:
        whole = annotations_from(_state(doc))
        words = tokens.find(doc.text)
        cues = qualify.find(doc.text, whole.document.sentences, words)
        _store(doc, cues=cues, mentions=qualify.assert_mentions(whole.mentions, cues))
        return doc

    return assertion


@Language.factory("secretome_relations", requires=["doc.spans"])
def make_relations(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Relate: link mentions by rules."""

    def relations(doc: Doc) -> Doc:
        whole = annotations_from(_state(doc))
        words = tokens.find(doc.text)
        found = relate.find(
            doc.text,
            whole.document.sentences,
            words,
            whole.mentions,
            whole.cues,
            rules=relate.shared_rules(),
            roles=tuple(qualify.discourse(doc.text, s) for s in whole.document.sentences),
        )
        _store(doc, relations=found)
        return doc

    return relations


@Language.factory("secretome_records", requires=["doc.spans"])
def make_records(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Assemble: evidence records."""

    def records(doc: Doc) -> Doc:
        whole = annotations_from(_state(doc))
        roles = tuple(qualify.discourse(doc.text, s) for s in whole.document.sentences)
        _store(doc, records=assemble.find(whole, roles, load_knowledge().by_id))
        return doc

    return records


def top_spans(doc: Doc) -> list[Span]:
    """Return the outermost mentions as spans that do not overlap, as displaCy and `doc.ents` want them."""
    return filter_spans(list(doc.spans.get(SPANS, [])))
