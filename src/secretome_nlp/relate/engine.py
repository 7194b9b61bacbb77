"""Find relations: spell each sentence, try the rules on it, and settle what was read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from secretome_nlp.relate import clauses, dependencies, structure
from secretome_nlp.relate.atoms import Atom, opened, outermost, token_range
from secretome_nlp.relate.compile import CompiledRule, CompiledRules
from secretome_nlp.relate.coreference import Memory
from secretome_nlp.relate.direction import Compass, Polarity
from secretome_nlp.relate.folding import fold, unbracket
from secretome_nlp.relate.reading import Reading, readings_of, settle
from secretome_nlp.relate.reported import readings_reported
from secretome_nlp.types import Cue, Mention, Parse, Relation, Span, Token

#: Roles of sentences that state no finding.
SILENT_ROLES = frozenset({"aim", "hypothesis"})
#: What a sentence that only tells what was done says nothing of: "the effect on fibrosis was assessed".
_RESULTS = frozenset({"affects", "regulates", "mediated_by"})
#: What holds whatever a sentence aims at: "we asked whether MSC-derived EVs ..." says where the EVs come from.
_ALWAYS = frozenset({"derived_from", "primed_with", "tested_in"})
_UNPARSED: Mapping[int, Parse] = {}


class Row(NamedTuple):
    """One spelling of a sentence: `within` says which rules it is for, `nested` that inner mentions stand out."""

    atoms: list[Atom]
    text: str
    mask: int
    within: str
    nested: bool


class Spelled(NamedTuple):
    """A sentence that can yield a relation: its mentions, their agent and its spellings, the first of them plain."""

    number: int
    mentions: list[Mention]
    agent: Mention | None
    rows: list[Row]


class Told(NamedTuple):
    """A sentence with what the surface rules read from it."""

    sentence: Spelled
    readings: list[Reading]


@dataclass(frozen=True)
class Begun:
    """A text that the surface rules have read, with all that `finish` needs to read the rest and to settle it."""

    text: str
    sentences: tuple[Span, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    rules: CompiledRules
    roles: tuple[str, ...]
    compass: Compass
    told: list[Told]


def find(
    text: str,
    sentences: tuple[Span, ...],
    tokens: tuple[Token, ...],
    mentions: tuple[Mention, ...],
    cues: tuple[Cue, ...],
    *,
    rules: CompiledRules,
    roles: tuple[str, ...] = (),
    polarity: Polarity | None = None,
    parses: Mapping[int, Parse] = _UNPARSED,
) -> tuple[Relation, ...]:
    """Find the relations that a text states, in the order of sentences and places.

    Takes what `begin` and `finish` take, and does the one after the other.
    """
    begun = begin(text, sentences, tokens, mentions, rules=rules, roles=roles, polarity=polarity)
    return finish(begun, cues, parses)


def begin(
    text: str,
    sentences: tuple[Span, ...],
    tokens: tuple[Token, ...],
    mentions: tuple[Mention, ...],
    *,
    rules: CompiledRules,
    roles: tuple[str, ...] = (),
    polarity: Polarity | None = None,
) -> Begun:
    """Read a text by the surface rules.

    `tokens` are all tokens of `text` in order; `roles` gives each sentence's role in the discourse, and sentences
    that are an aim or a hypothesis give nothing but where things come from. `polarity` says of an
    outcome whether more of it is better; where it says nothing, the outcome's words decide. Offsets are those of
    `text`.
    """
    compass = Compass(rules.speller.alphabet.senses, rules.worse_when_higher, polarity)
    told = []
    for sentence in spelled(sentences, tokens, mentions, rules):
        mask = sentence.rows[0].mask
        found = [r for row in sentence.rows for r in _readings(row, mask, sentence.number, rules, compass)]
        told.append(Told(sentence, found))
    return Begun(text, sentences, tokens, mentions, rules, roles, compass, told)


def worth_parsing(begun: Begun) -> tuple[int, ...]:
    """Return the numbers of the sentences from whose parse a rule of syntax could read what no surface rule read.

    Such a sentence states a finding, is no longer than a sentence can be, and has what `dependencies.may_add` asks.
    """
    starts = [t.start for t in begun.tokens]
    found = []
    for sentence, readings in begun.told:
        if is_silent(sentence.number, begun.roles):
            continue
        first, last = token_range(starts, begun.sentences[sentence.number])
        if last - first <= dependencies.LONGEST_PARSED and any(
            dependencies.may_add(row.atoms, row.nested, readings, begun.rules) for row in _plain(sentence)
        ):
            found.append(sentence.number)
    return tuple(found)


def finish(begun: Begun, cues: tuple[Cue, ...], parses: Mapping[int, Parse] = _UNPARSED) -> tuple[Relation, ...]:
    """Return the relations of a text, in the order of sentences and places.

    `parses` holds analyses of sentences by number, one word a token: rules of syntax read those. What the sentences
    show without words of a rule is read here, too, then all is settled by `cues`.
    """
    text, rules = begun.text, begun.rules
    readings: list[Reading] = []
    setups = structure.Setups(rules)
    citations = [m for m in begun.mentions if m.type == "CITATION"]
    for sentence, read in begun.told:
        number, own, agent, rows = sentence
        row, mask = rows[0].atoms, rows[0].mask
        found = [*read, *_readings_of_parse(begun, sentence, parses.get(number))]
        found.extend(structure.readings_nested(own, number, rules))
        actors = frozenset(r.head.id for r in found if r.rule.rule.relation == "affects")
        found.extend(structure.readings_together(own, row, mask, number, rules, actors))
        found.extend(structure.readings_examples(text, begun.sentences[number], own, number, rules))
        if is_silent(number, begun.roles):
            found = [r for r in found if r.rule.rule.relation in _ALWAYS]
        else:
            if number < len(begun.roles) and begun.roles[number] == "method":
                found = [r for r in found if r.rule.rule.relation not in _RESULTS]
            role = begun.roles[number] if number < len(begun.roles) else "finding"
            if role == "finding":
                found.extend([*structure.readings_nearest(row, mask, number, rules, begun.compass, found)])
            if role != "background":
                found.extend(setups.readings(own, agent, mask, number))
        found.extend(structure.readings_companions(text, own, found))
        readings.extend(found)
        readings.extend(readings_reported(own, found, mask, number, rules, citations))
    return settle(readings, cues, text)


def _plain(sentence: Spelled) -> list[Row]:
    """Return the spellings that leave out nothing: those that a parse can be laid over."""
    return [row for row in sentence.rows if row.within == "phrase"]


def _readings_of_parse(begun: Begun, sentence: Spelled, parse: Parse | None) -> Iterator[Reading]:
    if parse is None:
        return
    starts = dependencies.starts_of(begun.tokens, begun.sentences[sentence.number])
    for row in _plain(sentence):
        yield from dependencies.readings_of_syntax(
            row.atoms, row.nested, parse, starts, sentence.number, begun.rules, begun.compass
        )


def spelled(
    sentences: tuple[Span, ...],
    tokens: tuple[Token, ...],
    mentions: tuple[Mention, ...],
    rules: CompiledRules,
    every: bool = False,
) -> Iterator[Spelled]:
    """Spell each sentence that can yield a relation.

    Clauses, and spellings of inner mentions, that no rule could read are left out unless `every` one is asked for.
    """
    grouped = _by_sentence(sentences, mentions)
    starts = [t.start for t in tokens]
    memory = Memory(rules.speller)
    for number, sentence in enumerate(sentences):
        own = grouped[number]
        agent = memory.agent(own)
        if own and (len(own) > 1 or memory.has_agent() or agent is not None):
            first, last = token_range(starts, sentence)
            yield Spelled(number, own, agent, _rows(tokens[first:last], own, rules, memory, every))
        memory.remember(own, agent)


def is_silent(number: int, roles: tuple[str, ...]) -> bool:
    """Tell whether a sentence states no finding."""
    return number < len(roles) and roles[number] in SILENT_ROLES


def _by_sentence(sentences: tuple[Span, ...], mentions: tuple[Mention, ...]) -> list[list[Mention]]:
    """Sort mentions into their sentences, outer before inner."""
    starts = [s.start for s in sentences]
    grouped: list[list[Mention]] = [[] for _ in sentences]
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.id)):
        at = bisect_right(starts, mention.start) - 1
        if at >= 0 and mention.start < sentences[at].end:
            grouped[at].append(mention)
    return grouped


def _rows(
    tokens: tuple[Token, ...], own: list[Mention], rules: CompiledRules, memory: Memory, every: bool
) -> list[Row]:
    """Spell a sentence, and once more with the inner mentions where some lie in others; `every` is as in `spelled`."""
    top, inner = outermost(own)
    found = _spell(tokens, top, False, rules, memory, every)
    if inner:
        within = opened(top, inner)
        named = reduce(or_, (rules.bits[rules.speller.symbol_of(m)] for m in within), rules.recalled)
        if every or rules.may_read_nested(named):
            found.extend(_spell(tokens, within, True, rules, memory, every))
    return found


def _spell(
    tokens: tuple[Token, ...], mentions: list[Mention], nested: bool, rules: CompiledRules, memory: Memory, every: bool
) -> list[Row]:
    alphabet = rules.speller.alphabet
    flat = rules.speller.spell(tokens, mentions)
    memory.resolve(flat)
    whole = _row(flat, "phrase", nested, rules)
    most = whole.mask | rules.added
    clausal = every or rules.may_read("clause", nested, most)
    carrying = not nested and (every or rules.may_read("carried", nested, most | rules.agents))
    folds = rules.folds_of(most)
    bare = unbracket(flat, alphabet.comma) if whole.mask & rules.brackets else flat
    if clausal or carrying or any(f.apposed for f in folds):  # what is apposed is read in the whole sentence, too
        bare = fold(bare, folds)
    found = [whole]
    start = Atom(0, 0, "", alphabet.start, 0)
    for clause in clauses.split(bare) if clausal or carrying else ():
        if clause.real:
            atoms = clause.atoms(start)[: clauses.CLAUSE_LIMIT]
            if clausal:
                found.append(_row(atoms, "clause", nested, rules))
            agent = memory.carried(flat, atoms) if carrying else None
            if agent is not None:
                found.append(_row([rules.speller.mention_atom(agent), *atoms], "carried", nested, rules))
    return found


def _row(atoms: list[Atom], within: str, nested: bool, rules: CompiledRules) -> Row:
    text = "".join([a.symbol for a in atoms])
    return Row(atoms, text, mask_of(text, rules), within, nested)


def _readings(row: Row, whole: int, number: int, rules: CompiledRules, compass: Compass) -> Iterator[Reading]:
    """Try the rules on one spelling; `whole` is the mask of the sentence that it is part of."""
    for compiled, pattern in rules.to_try(row.within, row.nested, row.mask):
        if not whole & compiled.never:
            for match in pattern.expression.finditer(row.text):
                if not spoilt(compiled, match):
                    yield from readings_of(compiled, match, row.atoms, number, compass)


def spoilt(compiled: CompiledRule, match: re.Match[str]) -> bool:
    """Tell whether a word that the rule rules out stands in the match before its trigger."""
    if not compiled.unless:
        return False
    end = match.start("trigger") if "trigger" in match.re.groupindex else match.end()
    return any(symbol in compiled.unless for symbol in match.string[match.start() : end])


def mask_of(text: str, rules: CompiledRules) -> int:
    """Return the mask of a spelling: the sets of characters, of those that rules ask for, of which it holds one."""
    return reduce(or_, map(rules.bits.__getitem__, set(text)), 0)
