"""Make rules ready: patterns become regular expressions, and each learns what a clause must hold to be tried."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.rules import Argument, Fold, Rule, RuleSet, Vocabulary
from secretome_nlp.relate import alphabet as letters
from secretome_nlp.relate.alphabet import MENTION, Alphabet
from secretome_nlp.relate.atoms import Speller
from secretome_nlp.relate.folding import CompiledFold
from secretome_nlp.relate.forms import flags_of
from secretome_nlp.relate.kinds import Kinds, KindWords
from secretome_nlp.relate.pattern import Context, Frame, context, translate, words_in
from secretome_nlp.relate.trees import Step, steps_of

_NOTHING: frozenset[str] = frozenset()
#: For so many combinations of types the rules that fit are kept.
_MOST_COMBINATIONS = 4096


@dataclass(frozen=True)
class CompiledPattern:
    """One pattern: its expression, and for each thing it needs a mask of the characters that will do.

    The expression is compiled when a sentence first has all that it needs: most sentences ask for few of them.
    """

    rule: str
    source: str
    needs: tuple[int, ...]

    def may_match(self, mask: int) -> bool:
        """Tell whether a spelling with the characters of a mask holds all that the pattern needs."""
        for need in self.needs:  # noqa: SIM110 -- `all` would make a generator for each of the many patterns
            if not mask & need:
                return False
        return True

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The regular expression over a spelling. Raises KnowledgeError, with the rule, where it is none."""
        try:
            return re.compile(self.source)
        except re.error as error:
            raise KnowledgeError(f"rule {self.rule}: {error}") from error


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its patterns made ready.

    `trigger` is the mask of the characters that its gate allows, `never` of those that the sentence may not hold.
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


@dataclass(frozen=True, slots=True)
class SyntaxRules:
    """The rules that read a parse, and the relations that they give."""

    rules: tuple[CompiledRule, ...]
    relations: frozenset[str]


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """Every rule in order of precedence, with what is needed to spell sentences. Picklable."""

    rules: tuple[CompiledRule, ...]
    by_row: dict[tuple[str, bool], tuple[CompiledRule, ...]]
    by_frame: dict[str, tuple[CompiledRule, ...]]
    folds: tuple[CompiledFold, ...]
    speller: Speller
    bits: dict[str, int]
    worse_when_higher: frozenset[str]
    syntax: SyntaxRules
    arguments: int  # the mask of the characters that heads and tails may have
    fitting: dict[tuple[str, bool, int], tuple[CompiledRule, ...]] = field(default_factory=dict, compare=False)

    def for_rows(self, within: str, nested: bool) -> tuple[CompiledRule, ...]:
        """Return the pattern rules for one kind of spelling."""
        return self.by_row[within, nested]

    def of_frame(self, frame: str) -> tuple[CompiledRule, ...]:
        """Return the rules of one frame, in order of precedence."""
        return self.by_frame.get(frame, ())

    def for_row(self, within: str, nested: bool, mask: int) -> tuple[CompiledRule, ...]:
        """Return the pattern rules for a spelling that holds a head and a tail for them, `mask` being its characters.

        Sentences name few combinations of types: the rules for each are chosen once, not one by one in every sentence.
        """
        key = (within, nested, mask & self.arguments)
        found = self.fitting.get(key)
        if found is None:
            if len(self.fitting) >= _MOST_COMBINATIONS:
                self.fitting.clear()
            found = tuple(r for r in self.by_row[within, nested] if mask & r.head and mask & r.tail)
            self.fitting[key] = found
        return found

    def without(self, rule_id: str) -> CompiledRules:
        """Return the same rules but one, to see what that one contributes."""
        kept = tuple(r for r in self.rules if r.rule.id != rule_id)
        return replace(
            self, rules=kept, by_row=_by_row(kept), by_frame=_by_frame(kept), syntax=_syntax(kept), fitting={}
        )


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
    bits = {symbol: 1 << i for i, symbol in enumerate(sorted(alphabet.labels))}
    paths = dict(vocabulary.paths)
    compiled = tuple(
        replace(_rule(rule, i, ctx, bits), paths=_paths(rule, paths, alphabet)) for i, rule in enumerate(rule_set.rules)
    )
    return CompiledRules(
        rules=compiled,
        by_row=_by_row(compiled),
        by_frame=_by_frame(compiled),
        folds=tuple(_fold(f, ctx) for f in vocabulary.folds),
        speller=Speller(alphabet, flags_of(alphabet), _kinds(vocabulary)),
        bits=bits,
        worse_when_higher=frozenset(vocabulary.worse_when_higher),
        syntax=_syntax(compiled),
        arguments=reduce(or_, (r.head | r.tail for r in compiled), 0),
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


def _by_frame(rules: tuple[CompiledRule, ...]) -> dict[str, tuple[CompiledRule, ...]]:
    frames = dict.fromkeys(r.rule.frame for r in rules)
    return {frame: tuple(r for r in rules if r.rule.frame == frame) for frame in frames}


def _rule(rule: Rule, order: int, ctx: Context, bits: dict[str, int]) -> CompiledRule:
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
        # What has the fewest characters is the likeliest to lack, so it is asked for first.
        masks = sorted((_mask(need, bits) for need in needs), key=lambda mask: (mask.bit_count(), mask))
        patterns.append(CompiledPattern(rule.id, expression, tuple(masks)))
    return CompiledRule(
        rule=rule,
        order=order,
        patterns=tuple(patterns),
        trigger=_mask(frame.trigger, bits),
        head=_mask(frame.head, bits),
        tail=_mask(frame.tail, bits),
        unless=_NOTHING.union(*(_gate(label, alphabet) for label in rule.unless)),
        never=_mask(_NOTHING.union(*(_gate(label, alphabet) for label in rule.never)), bits),
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


def _fold(fold: Fold, ctx: Context) -> CompiledFold:
    try:
        anything = ctx.alphabet.characters(MENTION)  # a fold's gaps pass no mention
        expression, needs = translate(fold.pattern, Frame(anything, _NOTHING, _NOTHING), ctx)
        compiled = re.compile(expression)
    except (KnowledgeError, re.error) as error:
        raise KnowledgeError(f"fold {fold.id}: {error}") from error
    if "keep" not in compiled.groupindex:
        raise KnowledgeError(f"fold {fold.id}: the pattern lacks {{keep:...}}; say what stays")
    return CompiledFold(fold.id, compiled, needs, fold.apposed)


def _mask(symbols: frozenset[str], bits: dict[str, int]) -> int:
    mask = 0
    for symbol in symbols:
        mask |= bits[symbol]
    return mask
