"""Make rules ready: patterns become regular expressions, and each learns what a clause must hold to be tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.rules import Argument, Fold, Rule, RuleSet, Vocabulary
from secretome_nlp.relate import alphabet as letters
from secretome_nlp.relate.alphabet import MENTION, Alphabet
from secretome_nlp.relate.atoms import Speller, known_words
from secretome_nlp.relate.folding import BRACKETS, CompiledFold
from secretome_nlp.relate.forms import flags_of
from secretome_nlp.relate.kinds import Kinds, KindWords
from secretome_nlp.relate.pattern import Context, Frame, context, translate, words_in
from secretome_nlp.relate.trees import Step, steps_of

_NOTHING: frozenset[str] = frozenset()
#: For so many combinations of types the rules that fit are kept.
_MOST_COMBINATIONS = 4096


@dataclass(frozen=True)
class CompiledPattern:
    """One pattern: its expression, and the mask of the sets of characters of each of which it needs one.

    The expression is compiled when a sentence first has all that it needs: most sentences ask for few of them.
    """

    rule: str
    source: str
    needs: int

    def may_match(self, mask: int) -> bool:
        """Tell whether a spelling of a mask holds all that the pattern needs."""
        return mask & self.needs == self.needs

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The regular expression over a spelling. Raises KnowledgeError, with the rule, where it is none."""
        try:
            return re.compile(self.source)
        except re.error as error:
            raise KnowledgeError(f"rule {self.rule}: {error}") from error


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its patterns made ready; its masks are of one set of characters each, 0 of an empty one.

    `trigger` has the characters that its gate allows, `never` those that the sentence may not hold.
    """

    rule: Rule
    order: int
    patterns: tuple[CompiledPattern, ...]
    trigger: int
    head: int
    tail: int
    unless: frozenset[str]
    never: int
    paths: tuple[tuple[tuple[Step, ...], tuple[Step, ...]], ...] = ()


#: A pattern with its rule and, at hand for the many that are looked at, what it needs.
_Try = tuple[int, CompiledRule, CompiledPattern]


@dataclass(frozen=True, slots=True)
class SyntaxRules:
    """The rules that read a parse, and the relations that they give."""

    rules: tuple[CompiledRule, ...]
    relations: frozenset[str]


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """Every rule in order of precedence, with what is needed to spell sentences. Picklable.

    Rules and patterns ask whether one of a set of characters stands in a spelling. Each set that any of them asks for
    has a bit of its own, and `bits` gives a character those of the sets that it is in: the mask of a spelling, which
    joins those of its characters, answers all that can be asked of it.
    """

    rules: tuple[CompiledRule, ...]
    by_row: dict[tuple[str, bool], tuple[CompiledRule, ...]]
    by_frame: dict[str, tuple[CompiledRule, ...]]
    folds: tuple[CompiledFold, ...]
    speller: Speller
    bits: dict[str, int]
    worse_when_higher: frozenset[str]
    syntax: SyntaxRules
    arguments: int  # the mask of all that heads and tails may be
    added: int  # the mask of what clauses are spelled with beside the characters of their sentence
    brackets: int  # the mask of what `folding.unbracket` takes out
    agents: int  # the mask of what a clause without an agent may be given as one
    recalled: int  # the mask of what pronouns and descriptions may stand for
    nested: tuple[tuple[int, int], ...]  # the heads and tails of the rules that read inner mentions
    fitting: dict[tuple[str, bool, int], tuple[_Try, ...]] = field(default_factory=dict, compare=False)

    def for_rows(self, within: str, nested: bool) -> tuple[CompiledRule, ...]:
        """Return the pattern rules for one kind of spelling."""
        return self.by_row[within, nested]

    def of_frame(self, frame: str) -> tuple[CompiledRule, ...]:
        """Return the rules of one frame, in order of precedence."""
        return self.by_frame.get(frame, ())

    def to_try(self, within: str, nested: bool, mask: int) -> list[tuple[CompiledRule, CompiledPattern]]:
        """Return the patterns, in order of precedence, that may match a spelling of a mask.

        Sentences name few combinations of types: the rules for each are chosen once, not one by one in every sentence.
        """
        key = (within, nested, mask & self.arguments)
        fitting = self.fitting.get(key)
        if fitting is None:
            if len(self.fitting) >= _MOST_COMBINATIONS:
                self.fitting.clear()
            rules = (r for r in self.by_row[within, nested] if mask & r.head and mask & r.tail)
            fitting = self.fitting[key] = tuple((p.needs, r, p) for r in rules for p in r.patterns)
        return [(rule, pattern) for needs, rule, pattern in fitting if mask & needs == needs]

    def may_read(self, within: str, nested: bool, mask: int) -> bool:
        """Tell whether a spelling that holds no more than a mask tells could match a pattern."""
        return bool(self.to_try(within, nested, mask))

    def may_read_nested(self, mask: int) -> bool:
        """Tell whether mentions of a mask, inner ones among them, could be head and tail of a rule that reads such."""
        return any(mask & head and mask & tail for head, tail in self.nested)

    def folds_of(self, mask: int) -> list[CompiledFold]:
        """Return the folds that may match a spelling of a mask, or what others leave of it."""
        return [f for f in self.folds if mask & f.needs == f.needs]

    def without(self, rule_id: str) -> CompiledRules:
        """Return the same rules but one, to see what that one contributes."""
        kept = tuple(r for r in self.rules if r.rule.id != rule_id)
        return replace(
            self,
            rules=kept,
            by_row=_by_row(kept),
            by_frame=_by_frame(kept),
            syntax=_syntax(kept),
            nested=_nested(kept),
            fitting={},
        )


class _Sets:
    """The sets of characters that rules ask for, each with its bit."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}

    def mask(self, characters: frozenset[str]) -> int:
        """Return the bit of a set of characters, 0 of an empty one."""
        return self.joined([characters]) if characters else 0

    def joined(self, needs: Iterable[frozenset[str]]) -> int:
        """Return the bits of some sets; that of an empty one is in no character's mask."""
        return reduce(or_, (1 << self._numbers.setdefault(n, len(self._numbers)) for n in needs), 0)

    def by_character(self, alphabet: Alphabet) -> dict[str, int]:
        """Return, for each character, the bits of the sets that it is in."""
        found = dict.fromkeys(alphabet.labels, 0)
        for characters, number in self._numbers.items():
            for character in characters:
                found[character] |= 1 << number
        return found


def compile_rules(rule_set: RuleSet) -> CompiledRules:
    """Compile a rule set, once for all documents.

    Raises KnowledgeError for a pattern that is not of the pattern language or names an unknown word class.
    """
    vocabulary = rule_set.vocabulary
    texts = [p for r in rule_set.rules for p in r.patterns]
    texts += [f.pattern for f in vocabulary.folds] + [text for _, text in vocabulary.macros]
    gates = frozenset(g for r in rule_set.rules for g in r.gate if g.islower())
    if gates:
        raise KnowledgeError(f"gate {sorted(gates)[0]!r}: name a verb or word class of the vocabulary")
    alphabet = letters.build(vocabulary, frozenset().union(*(words_in(text) for text in texts)))
    ctx = context(alphabet, dict(vocabulary.macros))
    sets = _Sets()
    paths = dict(vocabulary.paths)
    compiled = tuple(
        replace(_rule(rule, i, ctx, sets), paths=_paths(rule, paths, alphabet)) for i, rule in enumerate(rule_set.rules)
    )
    folds = tuple(_fold(f, ctx, sets) for f in vocabulary.folds)
    brackets = sets.mask(_NOTHING.union(*(alphabet.characters(label) for label in BRACKETS)))
    bits = sets.by_character(alphabet)
    flags = flags_of(alphabet)
    agents = (alphabet.mentions["COMPONENT", None], alphabet.mentions["CELL_TYPE", "stem"])
    return CompiledRules(
        rules=compiled,
        by_row=_by_row(compiled),
        by_frame=_by_frame(compiled),
        folds=folds,
        speller=Speller(alphabet, flags, _kinds(vocabulary), known_words(alphabet, flags)),
        bits=bits,
        worse_when_higher=frozenset(vocabulary.worse_when_higher),
        syntax=_syntax(compiled),
        arguments=reduce(or_, (r.head | r.tail for r in compiled), 0),
        added=bits[alphabet.start] | bits[alphabet.comma],
        brackets=brackets,
        agents=reduce(or_, (bits[agent] for agent in agents)),
        recalled=reduce(or_, (bits[one] for one in (*agents, alphabet.mentions["MIRNA", None]))),
        nested=_nested(compiled),
    )


def _syntax(rules: tuple[CompiledRule, ...]) -> SyntaxRules:
    chosen = tuple(r for r in rules if r.paths)
    return SyntaxRules(chosen, frozenset(r.rule.relation for r in chosen))


def _kinds(vocabulary: Vocabulary) -> Kinds:
    entries = dict(vocabulary.kind_words)
    return Kinds(
        frozenset(vocabulary.stem_words),
        *(KindWords.read(entries[k]) for k in ("power", "gain", "asset", "loss", "loaded")),
    )


def _by_row(rules: tuple[CompiledRule, ...]) -> dict[tuple[str, bool], tuple[CompiledRule, ...]]:
    return {
        (within, nested): tuple(
            r for r in rules if r.patterns and r.rule.within == within and (r.rule.nested or not nested)
        )
        for within in ("phrase", "clause", "carried")
        for nested in (False, True)
    }


def _nested(rules: tuple[CompiledRule, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(dict.fromkeys((r.head, r.tail) for r in rules if r.rule.nested and (r.patterns or r.paths)))


def _by_frame(rules: tuple[CompiledRule, ...]) -> dict[str, tuple[CompiledRule, ...]]:
    frames = dict.fromkeys(r.rule.frame for r in rules)
    return {frame: tuple(r for r in rules if r.rule.frame == frame) for frame in frames}


def _rule(rule: Rule, order: int, ctx: Context, sets: _Sets) -> CompiledRule:
    alphabet = ctx.alphabet
    frame = Frame(
        head=_argument(rule.head, alphabet),
        tail=_argument(rule.tail, alphabet),
        trigger=_NOTHING.union(*(_gate(g, alphabet) for g in rule.gate)),
    )
    patterns = []
    for pattern in rule.patterns:
        try:
            expression, needs = translate(pattern, frame, ctx)
        except KnowledgeError as error:
            raise KnowledgeError(f"rule {rule.id}: {error}") from error
        if not all(f"(?P<{side}>" in expression for side in ("head", "tail")):
            raise KnowledgeError(f"rule {rule.id}: pattern {pattern!r} lacks {{head}} or {{tail}}; give both")
        patterns.append(CompiledPattern(rule.id, expression, sets.joined(needs)))
    return CompiledRule(
        rule=rule,
        order=order,
        patterns=tuple(patterns),
        trigger=sets.mask(frame.trigger),
        head=sets.mask(frame.head),
        tail=sets.mask(frame.tail),
        unless=_NOTHING.union(*(_gate(label, alphabet) for label in rule.unless)),
        never=sets.mask(_NOTHING.union(*(_gate(label, alphabet) for label in rule.never))),
    )


def _paths(
    rule: Rule, paths: dict[str, str], alphabet: Alphabet
) -> tuple[tuple[tuple[Step, ...], tuple[Step, ...]], ...]:
    try:
        return tuple((steps_of(head, paths, alphabet), steps_of(tail, paths, alphabet)) for head, tail in rule.syntax)
    except KnowledgeError as error:
        raise KnowledgeError(f"rule {rule.id}: {error}") from error


def _gate(name: str, alphabet: Alphabet) -> frozenset[str]:
    verb_class, _, forms = name.partition(".")
    if not forms:
        return alphabet.characters(verb_class)
    return _NOTHING.union(*(alphabet.characters(f"{verb_class}.{form}") for form in forms.split("|")))


def _argument(argument: Argument, alphabet: Alphabet) -> frozenset[str]:
    if argument.kind is None:
        return _NOTHING.union(*(alphabet.characters(type_) for type_ in argument.types))
    kinds = [f"{type_}/{argument.kind}" for type_ in argument.types]
    exact = [alphabet.by_label[kind] for kind in kinds if kind in alphabet.by_label]
    others = [alphabet.characters(t) for t, k in zip(argument.types, kinds, strict=True) if k not in alphabet.by_label]
    return _NOTHING.union(*exact, *others)


def _fold(fold: Fold, ctx: Context, sets: _Sets) -> CompiledFold:
    try:
        anything = ctx.alphabet.characters(MENTION)  # a fold's gaps pass no mention
        expression, needs = translate(fold.pattern, Frame(anything, _NOTHING, _NOTHING), ctx)
        compiled = re.compile(expression)
    except (KnowledgeError, re.error) as error:
        raise KnowledgeError(f"fold {fold.id}: {error}") from error
    if "keep" not in compiled.groupindex:
        raise KnowledgeError(f"fold {fold.id}: the pattern lacks {{keep:...}}; say what stays")
    return CompiledFold(fold.id, compiled, sets.joined(needs), fold.apposed)
