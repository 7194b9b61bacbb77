"""Every noun of the system, frozen.

Offsets are half-open, in Unicode code points of the `Document.text` they belong to. Nothing here imports
another room of the package, so that every room can import this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

MENTION_TYPES = (
    "CELL_TYPE",
    "FACTOR",
    "MIRNA",
    "DELIVERY",
    "MODEL",
    "COMPONENT",
    "GENE",
    "TISSUE",
    "SPECIES",
    "OUTCOME",
    "PRIMING",
    "DOSE",
    "TRIAL_ID",
    "CITATION",
)
RELATION_TYPES = (
    "derived_from",
    "contains",
    "delivered_by",
    "dosed_at",
    "tested_in",
    "affects",
    "regulates",
    "mediated_by",
    "primed_with",
    "reported_by",
)
COMPONENT_VALUES = (
    "whole_secretome",
    "conditioned_medium",
    "extracellular_vesicle",
    "exosome",
    "microvesicle",
    "apoptotic_body",
    "mitochondria",
    "cells",
)

Direction = Literal["increase", "decrease", "none"]
OutcomeDirection = Literal["increase", "decrease", "no_change", "improve", "worsen"]
Effect = Literal["benefit", "harm", "none", "unclear"]
How = Literal["lexicon", "grammar", "abbreviation", "model"]
Markup = Literal["plain", "wrapped", "markdown", "structured", "laid_out"]


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies within this span (equal spans contain each other)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What is known of the paper that a document is: for the Reference column and for links."""

    pmid: str | None = None
    doi: str | None = None
    year: int | None = None
    first_author: str | None = None
    journal: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text. `kind` is one of SECTION_KINDS; only the kinds in MINED_KINDS are mined."""

    title: str
    kind: str
    start: int
    end: int


SECTION_KINDS = (
    "title",
    "abstract",
    "body",
    "background",
    "objective",
    "methods",
    "results",
    "conclusion",
    "heading",
    "caption",
    "table",
    "references",
    "front_matter",
    "back_matter",
)
MINED_KINDS = frozenset({"title", "abstract", "body", "background", "objective", "methods", "results", "conclusion"})


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a reference list. `ref` is the number that citation markers use; authors as "Gatti S"."""

    ref: str
    label: str
    pmid: str | None = None
    doi: str | None = None
    year: int | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation marker in the text and the reference numbers that it stands for."""

    start: int
    end: int
    refs: tuple[str, ...]


class OriginRun(NamedTuple):
    """`text[start:end]` stands verbatim in the source from `origin_start` on."""

    start: int
    end: int
    origin_start: int


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader makes of one record of a file, before cleaning.

    `text` is the source as it stands for plain, wrapped and Markdown input, and the text taken out of the
    markup for structured formats, whose `sections` the reader knows already. Laid-out text comes line by line, its
    `sections` are blocks of the page.
    """

    doc_id: str
    path: str
    format: str
    title: str
    text: str
    markup: Markup = "plain"
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    bibliography: Bibliography = Bibliography()


@dataclass(frozen=True, slots=True)
class Document:
    """A text ready for analysis. `origin` is empty where the text is the source unchanged."""

    doc_id: str
    path: str
    format: str
    title: str
    text: str
    sections: tuple[Section, ...] = ()
    sentences: tuple[Span, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    origin: tuple[OriginRun, ...] = ()
    bibliography: Bibliography = Bibliography()

    def mined(self) -> tuple[Span, ...]:
        """Return the stretches of running text that are searched: all of it where there are no sections."""
        if not self.sections:
            return (Span(0, len(self.text)),)
        return tuple(Span(s.start, s.end) for s in self.sections if s.kind in MINED_KINDS)


@dataclass(frozen=True, slots=True)
class FoundBy:
    """What found a mention: the kind of finder and the id of the entry, grammar or definition."""

    how: How
    id: str


@dataclass(frozen=True, slots=True)
class Norm:
    """A concept that a mention stands for: a CURIE, its name, and why it was chosen."""

    id: str
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A definition in the text: "mesenchymal stem cells (MSCs)"."""

    short: Span
    long: Span
    short_text: str
    long_text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that negates or hedges, with the stretch of text that it governs."""

    kind: Literal["negation", "hedge"]
    span: Span
    scope: Span
    id: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a thing of one of MENTION_TYPES. `id` is unique in its document."""

    id: str
    start: int
    end: int
    text: str
    type: str
    by: FoundBy
    sentence: int = 0
    kind: str | None = None
    value: str | None = None
    concept: str | None = None  # id of the lexicon entry that it means, where one is known
    norm: tuple[Norm, ...] = ()
    negated: bool = False
    hedged: bool = False

    @property
    def span(self) -> Span:
        """The mention's place in the document."""
        return Span(self.start, self.end)

    def grounded(self, norm: tuple[Norm, ...]) -> Mention:
        """Return the mention with these ids; `dataclasses.replace` takes twice as long, and each mention gets some."""
        return Mention(
            self.id, self.start, self.end, self.text, self.type, self.by, self.sentence, self.kind, self.value,
            self.concept, norm, self.negated, self.hedged,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement that links two mentions (by id), with the rule that read it."""

    id: str
    type: str
    head: str
    tail: str
    rule: str
    sentence: int
    direction: Direction | None = None
    negated: bool = False
    hedged: bool = False
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled slot of a record: the words, the canonical value, the CURIE, and what it stands on."""

    text: str
    value: str
    id: str | None
    mentions: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.mentions:
            raise ValueError(f"slot {self.text!r} stands on no mention")


@dataclass(frozen=True, slots=True)
class Study:
    """The study that a record reports: how the text names it and where it can be found."""

    label: str | None = None
    ref: str | None = None
    pmid: str | None = None
    doi: str | None = None
    trial: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured, which way it went, and what that means for the patient."""

    target: Slot
    direction: OutcomeDirection
    effect: Effect
    negated: bool = False
    hedged: bool = False
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One study × intervention × model."""

    record_id: str
    doc_id: str
    study: Study
    cell_type: Slot | None = None
    cell_source: Slot | None = None
    donor_species: Slot | None = None
    donor_relation: str | None = None
    component: Slot | None = None
    cargo: tuple[Slot, ...] = ()
    priming: tuple[Slot, ...] = ()
    route: Slot | None = None
    carrier: Slot | None = None
    dose: tuple[Slot, ...] = ()
    host_species: Slot | None = None
    strain: Slot | None = None
    setting: str | None = None
    model: tuple[Slot, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    mechanism: tuple[Slot, ...] = ()
    comparator: Slot | None = None
    confidence: float = 0.0
    rules: tuple[str, ...] = ()
    sentences: tuple[int, ...] = ()
    claim_key: str = ""
    source: str = "text"  # or "table"


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that was found in one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    records: tuple[EvidenceRecord, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document or file that gave no annotations, and why."""

    path: str
    doc_id: str | None
    error: str


class Token(NamedTuple):
    """A token of the text. `norm` is folded for look-up: lower case, Greek letters spelled out."""

    start: int
    end: int
    text: str
    norm: str
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Parse:
    """A syntactic analysis, one value a token: index of the head (itself at the root), label, lemma, tag."""

    heads: tuple[int, ...] = field(default=())
    labels: tuple[str, ...] = field(default=())
    lemmas: tuple[str, ...] = field(default=())
    tags: tuple[str, ...] = field(default=())
