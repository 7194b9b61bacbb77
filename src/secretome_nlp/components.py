"""The stages as spaCy components: the only place that writes to a `Doc`.

Each factory works in anybody's pipeline. What a component finds stands in `doc._.secretome` (see doc_state.py); the
mentions also stand as spans in `doc.spans["secretome"]`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from secretome_nlp import assemble, qualify, relate, tables
from secretome_nlp.doc_state import get_annotations, rows_in, store, store_document, store_rows
from secretome_nlp.ground import Grounder, Surfaces, table
from secretome_nlp.knowledge.kept import keep
from secretome_nlp.knowledge.load import load_knowledge, polarity_of
from secretome_nlp.knowledge.rules import load_rules
from secretome_nlp.model import syntax
from secretome_nlp.recognise import Recogniser, abbreviations, compile_recogniser, trie
from secretome_nlp.rows import parse_from, parse_row
from secretome_nlp.segment import sentences, tokens
from secretome_nlp.types import Abbreviation, Document, Mention, Parse
from secretome_nlp.types import Span as TextSpan

SPANS = "secretome"
#: Documents whose sentences are tagged and parsed together.
TOGETHER = 8


class SentenceComponent:
    """Segment: sentence borders by rule, paragraph by paragraph."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the first token of each sentence and note the sentences' offsets."""
        document = get_annotations(doc).document
        spans = sentences.find(document.text, document.sections)
        begins = {span.start for span in spans}
        if len(doc):
            starts = doc.to_array(["IDX"]).ravel().tolist()
            marks = [1 if n == 0 or at in begins else -1 for n, at in enumerate(starts)]
            # All at once: token by token it takes ten times as long.
            table = np.array(marks).astype("uint64").reshape(-1, 1)
            doc.from_array(["SENT_START"], table)  # type: ignore[arg-type]  # thinc's type wants an array of its own
        store_document(doc, replace(document, sentences=tuple(spans)))
        return doc


@Language.factory("secretome_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> SentenceComponent:  # noqa: ARG001 -- spaCy's signature
    """Segment: sentence borders by rule."""
    return SentenceComponent()


class AbbreviationComponent:
    """Find definitions of short forms; with `scispacy`, its detector's finds are the base that ours mends."""

    def __init__(self, nlp: Language, scispacy: bool) -> None:
        self.detector: Any = None
        if scispacy:
            from scispacy.abbreviation import AbbreviationDetector

            self.detector = AbbreviationDetector(nlp, make_serializable=True)

    def __call__(self, doc: Doc) -> Doc:
        """Write the definitions to the Doc."""
        document = get_annotations(doc).document
        text = document.text
        found = abbreviations.find(text, document.sentences or (TextSpan(0, len(text)),))
        if self.detector is not None:
            found = abbreviations.merge(found, self._base(doc))
        store(doc, abbreviations=found)
        return doc

    def _base(self, doc: Doc) -> list[Abbreviation]:
        copy = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        rows = sorted(self.detector(copy)._.abbreviations, key=lambda a: a["short_start"])
        found: dict[str, Abbreviation] = {}
        for row in rows:
            short, long = (
                copy[row["short_start"] : row["short_end"]],
                copy[row["long_start"] : row["long_end"]],
            )
            spans = TextSpan(short.start_char, short.end_char), TextSpan(long.start_char, long.end_char)
            found.setdefault(short.text, Abbreviation(*spans, short.text, long.text))
        return list(found.values())


@Language.factory("secretome_abbreviations", default_config={"scispacy": False})
def make_abbreviations(nlp: Language, name: str, scispacy: bool) -> AbbreviationComponent:  # noqa: ARG001
    """Recognise: the document's own short forms."""
    return AbbreviationComponent(nlp, scispacy)


@lru_cache(maxsize=1)
def shared_rules() -> relate.CompiledRules:
    """Compile the relation rules once a process."""
    return relate.compile_rules(load_rules())


@lru_cache(maxsize=4)
def shared_recogniser(overlays: tuple[Path, ...]) -> tuple[Recogniser, Grounder]:
    """Compile the knowledge once a process; a component that is unpickled elsewhere compiles its own."""
    knowledge = load_knowledge(overlays)
    terms = keep("terms", overlays, lambda: trie.build(knowledge.entries))
    recogniser = compile_recogniser(knowledge.entries, knowledge.grammars, knowledge.overlaps, terms)
    surfaces = Surfaces(*keep("surfaces", overlays, lambda: table(knowledge.entries)))
    return recogniser, Grounder(knowledge.entries, knowledge.grammars, surfaces)


class MentionComponent:
    """Recognise and ground; `lexicons` are a user's own files, laid over the shipped ones."""

    def __init__(self, lexicons: tuple[Path, ...]) -> None:
        self.lexicons = lexicons
        shared_recogniser(lexicons)

    def __call__(self, doc: Doc) -> Doc:
        """Write the mentions to the Doc, as rows and as spans."""
        whole = get_annotations(doc)
        d = whole.document
        recogniser, grounder = shared_recogniser(self.lexicons)
        found = recogniser.find(d.text, d.sentences, whole.abbreviations, d.citations, d.mined())
        found = grounder.find(found)
        store(doc, mentions=found)
        doc.spans[SPANS] = as_spans(doc, found)
        return doc


def as_spans(doc: Doc, mentions: tuple[Mention, ...]) -> list[Span]:
    """Return the mentions as spans of whole tokens. `Doc.char_span` walks all tokens each time; this does not."""
    if not mentions:
        return []
    places = doc.to_array(["IDX", "LENGTH"])
    starts, ends = places[:, 0].tolist(), places.sum(axis=1).tolist()
    return [
        Span(doc, bisect_right(starts, m.start) - 1, bisect_left(ends, m.end) + 1, label=m.type, span_id=m.id)
        for m in mentions
    ]


@Language.factory("secretome_mentions", default_config={"lexicons": []}, assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str, lexicons: list[str]) -> MentionComponent:  # noqa: ARG001
    """Recognise and ground: every mention with its ids."""
    return MentionComponent(tuple(Path(p) for p in lexicons))


def add_mentions(doc: Doc, known: tuple[Mention, ...], found: tuple[Mention, ...]) -> None:
    """Lay mentions, found where there were none, beside those that are known of a Doc."""
    if found:
        mentions = tuple(sorted((*known, *found), key=lambda m: (m.start, -m.end)))
        store(doc, mentions=mentions)
        doc.spans[SPANS] = as_spans(doc, mentions)


class AssertionComponent:
    """Qualify: negation and hedging, cues with their scopes."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the cues to the Doc, and to its mentions what they deny or suppose."""
        whole = get_annotations(doc)
        d = whole.document
        cues = qualify.find(d.text, d.sentences, tokens.find(d.text))
        store(doc, cues=cues, mentions=qualify.assert_mentions(whole.mentions, cues, d.text))
        return doc


@Language.factory("secretome_assertion", requires=["doc.spans"])
def make_assertion(nlp: Language, name: str) -> AssertionComponent:  # noqa: ARG001
    """Qualify: negation and hedging."""
    return AssertionComponent()


def discourse_roles(document: Document) -> tuple[str, ...]:
    """Return the discourse role of each sentence."""
    return _roles(document.text, document.sentences)


@lru_cache(maxsize=2 * TOGETHER)  # syntax, relations and records ask, of the documents at hand
def _roles(text: str, sentences: tuple[TextSpan, ...]) -> tuple[str, ...]:
    return qualify.roles(text, sentences, tokens.find(text))


#: What the surface rules read from a Doc, kept from the stage that chooses sentences by it to the one that goes on.
_begun: WeakKeyDictionary[Doc, tuple[tuple[Path, ...], relate.Begun]] = WeakKeyDictionary()


def begun_of(doc: Doc, lexicons: tuple[Path, ...]) -> relate.Begun:
    """Return what the surface rules read from the mentions that a Doc has now."""
    whole = get_annotations(doc)
    known = _begun.get(doc)
    if known is not None and known[0] == lexicons and known[1].mentions is whole.mentions:
        return known[1]
    d = whole.document
    begun = relate.begin(
        d.text, d.sentences, tokens.find(d.text), whole.mentions,
        rules=shared_rules(), roles=discourse_roles(d), polarity=partial(polarity_of, lexicons),
    )  # fmt: skip
    _begun[doc] = (lexicons, begun)
    return begun


class SyntaxComponent:
    """Parse the sentences from which a rule of syntax could read what no surface rule did, and no others.

    `lexicons` are a user's own files, which tell the polarity of their outcomes.
    """

    def __init__(self, model: str, lexicons: tuple[Path, ...]) -> None:
        self.model, self.lexicons = model, lexicons
        syntax.shared_parser(model)

    def __call__(self, doc: Doc) -> Doc:
        """Write the parses to the Doc, as rows by sentence."""
        return self._parsed([doc])[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int = TOGETHER) -> Iterator[Doc]:
        """Do the same to Docs in order, some of them at a time: their sentences parse faster together."""
        docs = iter(stream)
        while some := list(islice(docs, min(batch_size, TOGETHER))):
            yield from self._parsed(some)

    def _parsed(self, docs: list[Doc]) -> list[Doc]:
        found = syntax.parse_all(
            syntax.shared_parser(self.model), [task_of(begun_of(doc, self.lexicons)) for doc in docs]
        )
        for doc, parses in zip(docs, found, strict=True):
            store_rows(doc, {"parses": [parse_row(p, n) for n, p in parses.items()]})
        return docs


def task_of(begun: relate.Begun) -> syntax.Task:
    """Choose the sentences of a text from which a rule of syntax could read what no surface rule did."""
    return syntax.Task(begun.tokens, begun.sentences, relate.worth_parsing(begun))


def parses_of(model: str, begun: relate.Begun) -> dict[int, Parse]:
    """Return the parses, by number, of the sentences from which a rule of syntax could read more."""
    return syntax.parse_all(syntax.shared_parser(model), [task_of(begun)])[0]


@Language.factory("secretome_syntax", requires=["doc.spans"], default_config={"model": "secretome", "lexicons": []})
def make_syntax(nlp: Language, name: str, model: str, lexicons: list[str]) -> SyntaxComponent:  # noqa: ARG001
    """Relate: parses for the rules that read syntax; `model` is a spaCy pipeline with a parser, by name or path."""
    return SyntaxComponent(model, tuple(Path(p) for p in lexicons))


class RelationComponent:
    """Relate: link mentions by rules; `lexicons` are a user's own files, which tell the polarity of their outcomes."""

    def __init__(self, lexicons: tuple[Path, ...]) -> None:
        self.lexicons = lexicons

    def __call__(self, doc: Doc) -> Doc:
        """Write the relations to the Doc."""
        begun = begun_of(doc, self.lexicons)
        parses = dict(parse_from(row) for row in rows_in(doc).get("parses", ()))
        store(doc, relations=relate.finish(begun, get_annotations(doc).cues, parses))
        _begun.pop(doc, None)
        return doc


@Language.factory("secretome_relations", requires=["doc.spans"], default_config={"lexicons": []})
def make_relations(nlp: Language, name: str, lexicons: list[str]) -> RelationComponent:  # noqa: ARG001
    """Relate: link mentions by rules."""
    return RelationComponent(tuple(Path(p) for p in lexicons))


class RecordComponent:
    """Assemble: evidence records; `lexicons` are a user's own files."""

    def __init__(self, lexicons: tuple[Path, ...]) -> None:
        self.lexicons = lexicons

    def __call__(self, doc: Doc) -> Doc:
        """Write the records to the Doc."""
        whole = get_annotations(doc)
        known = load_knowledge(self.lexicons)
        records = assemble.find(whole, discourse_roles(whole.document), known.by_id, known.agents)
        store(doc, records=records)
        return doc


@Language.factory("secretome_records", requires=["doc.spans"], default_config={"lexicons": []})
def make_records(nlp: Language, name: str, lexicons: list[str]) -> RecordComponent:  # noqa: ARG001
    """Assemble: evidence records."""
    return RecordComponent(tuple(Path(p) for p in lexicons))


class TableComponent:
    """Read tables: the mentions in them, and records of their rows."""

    def __init__(self, lexicons: tuple[Path, ...]) -> None:
        self.lexicons = lexicons

    def __call__(self, doc: Doc) -> Doc:
        """Add to the Doc the mentions that stand in tables and the records that rows make."""
        whole = get_annotations(doc)
        d = whole.document
        places = tables.places(d)
        if not places:
            return doc
        recogniser, grounder = shared_recogniser(self.lexicons)
        known = load_knowledge(self.lexicons)
        text = tables.walled(d)
        found = recogniser.find(text, d.sentences, whole.abbreviations, d.citations, places, running=False)
        found = grounder.find(tables.with_products(d, found, known.by_id))
        named = tuple(replace(m, id=f"t{n}") for n, m in enumerate(found, start=1))
        made = tables.find(d, named, known.by_id, known.agents, len(whole.records))
        mentions = tuple(sorted((*whole.mentions, *named), key=lambda m: (m.start, -m.end)))
        store(doc, mentions=mentions, records=(*whole.records, *made))
        doc.spans[SPANS] = as_spans(doc, mentions)
        return doc


@Language.factory("secretome_tables", requires=["doc.spans"], default_config={"lexicons": []})
def make_tables(nlp: Language, name: str, lexicons: list[str]) -> TableComponent:  # noqa: ARG001
    """Tables: rows become evidence records."""
    return TableComponent(tuple(Path(p) for p in lexicons))


def top_spans(doc: Doc) -> list[Span]:
    """Return the outermost mentions as spans that do not overlap, as displaCy and `doc.ents` want them."""
    return filter_spans(list(doc.spans.get(SPANS, [])))
