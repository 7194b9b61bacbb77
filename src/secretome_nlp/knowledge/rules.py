"""Relation rules and the vocabulary that their patterns speak: schema, loading, checking.

A rule file is a YAML list of rules; `vocabulary.yml` beside them names the word classes, the verb classes with
their direction, and the folds that shorten a sentence before the patterns are tried. The pattern language is
described in `secretome_nlp.relate.pattern`, the marked examples in `secretome_nlp.knowledge.rule_examples`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator, model_validator

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.files import DATA, read_model
from secretome_nlp.types import MENTION_TYPES, RELATION_TYPES, Direction

RULES = DATA / "rules"
VOCABULARY = "vocabulary.yml"

#: `carried` clauses name no agent and get the one told of before, in front.
Within = Literal["clause", "phrase", "carried"]
#: `trigger` reads the direction off the trigger's verb class, `inverse` turns it round (loss of the head),
#: `compose` multiplies trigger and modifier ("prevented the loss of X").
RuleDirection = Literal["increase", "decrease", "none", "trigger", "inverse", "compose", "better"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ArgumentFields(_Strict):
    """What may fill a slot: mention types, and a kind where only one will do."""

    type: list[str] = Field(min_length=1)
    kind: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, fields: object) -> object:
        """Let `COMPONENT` or `[COMPONENT, CELL_TYPE]` stand for `{type: [...]}`."""
        if isinstance(fields, str):
            return {"type": [fields]}
        if isinstance(fields, list):
            return {"type": fields}
        if isinstance(fields, dict) and isinstance(fields.get("type"), str):
            return {**fields, "type": [fields["type"]]}
        return fields

    @field_validator("type")
    @classmethod
    def _known(cls, types: list[str]) -> list[str]:
        for type_ in types:
            if type_ not in MENTION_TYPES:
                raise ValueError(f"unknown mention type {type_!r}; use one of {', '.join(MENTION_TYPES)}")
        return types


class ExampleFields(_Strict):
    """A marked sentence with what must be read from it."""

    text: str = Field(min_length=1)
    direction: Direction | None = None
    negated: bool = False
    hedged: bool = False
    trigger: str | None = None
    pairs: list[str] | None = None
    roles: list[str] = []

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, fields: object) -> object:
        return {"text": fields} if isinstance(fields, str) else fields


class SyntaxFields(_Strict):
    """Paths through a parsed sentence, from the trigger to both mentions (`secretome_nlp.relate.trees`)."""

    head: str
    tail: str


#: Frames in which the gate names words of the sentence rather than triggers of a pattern.
_GATED = ("together", "nearest", "setup", "sentence", "syntax")


class RuleFields(_Strict):
    """One relation rule.

    `unless` names word classes that may not stand in what the pattern matched before its trigger; `blocks` names
    relation types that may not be read from the same trigger. Of two rules that read the same pair the one of the
    higher `priority` stands, else the earlier one. With `source`, the tail is named only as where the head comes
    from: what else the sentence says of it as an agent is said of the head. What a rule with `denial_shows` reads is
    shown by what did not happen ("without A, EVs did not heal"), and so not negated. A rule that `claims` its tail
    leaves it to no other rule of its relation in that sentence; one of the `leftover` takes only tails that no other
    rule of its relation has read there. `never` names words that may not stand anywhere in the sentence; in the frames
    `together`, `nearest`, `setup` and `sentence` the gate names words of which it must have one. The frame `syntax`
    is for parsed sentences: `syntax` gives the paths from a word of the gate to head and tail.
    """

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$")
    relation: str
    head: ArgumentFields
    tail: ArgumentFields
    gate: list[str] = []
    pattern: list[str] = []
    frame: Literal["pattern", "nesting", "sentence", "examples", "together", "nearest", "setup", "syntax"] = "pattern"
    syntax: list[SyntaxFields] = []
    within: Within = "clause"
    nested: bool = False
    direction: RuleDirection | None = None
    negated: bool = False
    denial_shows: bool = False
    source: bool = False
    claims: bool = False
    leftover: bool = False
    unless: list[str] = []
    never: list[str] = []
    priority: int = 0
    blocks: list[str] = []
    note: str | None = None
    match: list[ExampleFields] = Field(min_length=2)
    no_match: list[ExampleFields] = Field(min_length=1)

    @field_validator("pattern", "syntax", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return [value] if isinstance(value, str | dict) else value

    @model_validator(mode="after")
    def _coherent(self) -> RuleFields:
        if self.relation not in RELATION_TYPES:
            raise ValueError(f"unknown relation {self.relation!r}; use one of {', '.join(RELATION_TYPES)}")
        for blocked in self.blocks:
            if blocked not in RELATION_TYPES:
                raise ValueError(f"blocks: unknown relation {blocked!r}; use one of {', '.join(RELATION_TYPES)}")
        if bool(self.pattern) != (self.frame == "pattern"):
            raise ValueError(
                f"rule {self.id}: give a pattern, or one of the frames nesting, sentence, examples, together, "
                "nearest, setup and syntax"
            )
        if bool(self.syntax) != (self.frame == "syntax") or (self.syntax and not self.gate):
            raise ValueError(
                f"rule {self.id}: the frame syntax takes its paths from `syntax` and its words from `gate`"
            )
        text = " ".join(self.pattern)
        if ("{trigger" in text) != bool(self.gate) and self.frame not in _GATED:
            raise ValueError(f"rule {self.id}: a {{trigger}} in the pattern and a gate go together; give both or none")
        if self.direction in ("trigger", "inverse", "compose") and not self.gate:
            raise ValueError(f"rule {self.id}: direction {self.direction} needs a gate to read it from")
        return self


class RuleFile(RootModel[list[RuleFields]]):
    """A rule file: a list of rules."""


class VerbClassFields(_Strict):
    """Verbs of one meaning. A verb is a lemma, or `lemma: [nouns made from it]`."""

    direction: Direction | None = None
    polar: Literal["better", "worse"] | None = None
    reverses: bool = False
    verbs: list[str | dict[str, list[str]]]
    words: list[str] = []


class FoldFields(_Strict):
    """A pattern whose `{keep}` stays and whose other words are left out before clauses are read.

    Where it is `apposed`, mentions that are left out name the same thing as the one that stays.
    """

    id: str
    pattern: str
    apposed: bool = False


class VocabularyFields(_Strict):
    """The words that patterns are made of."""

    verbs: dict[str, VerbClassFields]
    irregular: dict[str, list[str]]
    words: dict[str, list[str]]
    groups: dict[str, list[str]]
    macros: dict[str, str]
    paths: dict[str, str] = {}
    folds: list[FoldFields]
    stem_words: list[str]
    kind_words: dict[str, list[str]]
    worse_when_higher: list[str]


@dataclass(frozen=True, slots=True)
class Argument:
    """The types (and kind) that may fill a slot."""

    types: tuple[str, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A marked sentence and what it must give; see `rule_examples.parse`."""

    text: str
    direction: Direction | None = None
    negated: bool = False
    hedged: bool = False
    trigger: str | None = None
    pairs: tuple[str, ...] | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation rule, as its file states it."""

    id: str
    relation: str
    head: Argument
    tail: Argument
    gate: tuple[str, ...]
    patterns: tuple[str, ...]
    frame: str
    syntax: tuple[tuple[str, str], ...]
    within: Within
    nested: bool
    direction: RuleDirection | None
    negated: bool
    denial_shows: bool
    source: bool
    claims: bool
    leftover: bool
    unless: tuple[str, ...]
    never: tuple[str, ...]
    priority: int
    blocks: tuple[str, ...]
    match: tuple[Example, ...]
    no_match: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class VerbClass:
    """Verbs of one meaning: `verbs` holds each lemma with the nouns made from it.

    `polar` verbs make things better or worse: their direction depends on the thing. `reverses` verbs turn a
    change round ("restored the lowered level"). `words` are comparatives of the same sense.
    """

    name: str
    direction: Direction | None
    polar: str | None
    reverses: bool
    verbs: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """A shortening that is made before clauses are read."""

    id: str
    pattern: str
    apposed: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that patterns are made of."""

    verbs: tuple[VerbClass, ...]
    irregular: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    macros: tuple[tuple[str, str], ...]
    paths: tuple[tuple[str, str], ...]
    folds: tuple[Fold, ...]
    stem_words: tuple[str, ...]
    kind_words: tuple[tuple[str, tuple[str, ...]], ...]
    worse_when_higher: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules in their order of precedence (by priority, files by name, as written), and their vocabulary."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary


def load_rules(folder: Path = RULES) -> RuleSet:
    """Load `vocabulary.yml` and every other `.yml` of a folder.

    Raises KnowledgeError for an unknown key, type or relation, a duplicate id, or a rule without examples.
    """
    rules: list[Rule] = []
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == VOCABULARY:
            continue
        for fields in read_model(path, RuleFile).root:
            if fields.id in seen:
                raise KnowledgeError(
                    f"{path}: rule {fields.id}: id already used in {seen[fields.id].name}; rename one of them"
                )
            seen[fields.id] = path
            rules.append(_rule(fields))
    rules.sort(key=lambda rule: -rule.priority)
    return RuleSet(tuple(rules), _vocabulary(read_model(folder / VOCABULARY, VocabularyFields)))


def _rule(fields: RuleFields) -> Rule:
    return Rule(
        id=fields.id,
        relation=fields.relation,
        head=Argument(tuple(fields.head.type), fields.head.kind),
        tail=Argument(tuple(fields.tail.type), fields.tail.kind),
        gate=tuple(fields.gate),
        patterns=tuple(fields.pattern),
        frame=fields.frame,
        syntax=tuple((s.head, s.tail) for s in fields.syntax),
        within=fields.within,
        nested=fields.nested,
        direction=fields.direction,
        negated=fields.negated,
        denial_shows=fields.denial_shows,
        source=fields.source,
        claims=fields.claims,
        leftover=fields.leftover,
        unless=tuple(fields.unless),
        never=tuple(fields.never),
        priority=fields.priority,
        blocks=tuple(fields.blocks),
        match=tuple(_example(e) for e in fields.match),
        no_match=tuple(_example(e) for e in fields.no_match),
    )


def _example(fields: ExampleFields) -> Example:
    return Example(
        text=fields.text,
        direction=fields.direction,
        negated=fields.negated,
        hedged=fields.hedged,
        trigger=fields.trigger,
        pairs=None if fields.pairs is None else tuple(fields.pairs),
        roles=tuple(fields.roles),
    )


def _vocabulary(fields: VocabularyFields) -> Vocabulary:
    return Vocabulary(
        verbs=tuple(
            VerbClass(name, c.direction, c.polar, c.reverses, tuple(_verb(v) for v in c.verbs), tuple(c.words))
            for name, c in fields.verbs.items()
        ),
        irregular=tuple((lemma, tuple(forms)) for lemma, forms in fields.irregular.items()),
        words=tuple((name, tuple(words)) for name, words in fields.words.items()),
        groups=tuple((name, tuple(classes)) for name, classes in fields.groups.items()),
        macros=tuple(fields.macros.items()),
        paths=tuple(fields.paths.items()),
        folds=tuple(Fold(f.id, f.pattern, f.apposed) for f in fields.folds),
        stem_words=tuple(fields.stem_words),
        kind_words=tuple((kind, tuple(words)) for kind, words in fields.kind_words.items()),
        worse_when_higher=tuple(fields.worse_when_higher),
    )


def _verb(verb: str | dict[str, list[str]]) -> tuple[str, tuple[str, ...]]:
    if isinstance(verb, str):
        return verb, ()
    lemma, nouns = next(iter(verb.items()))
    return lemma, tuple(nouns)
