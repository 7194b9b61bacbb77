"""Find relations: spell each sentence, try the rules on it, and settle what was read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from secretome_nlp.relate import clauses, dependencies, structure
from secretome_nlp.relate.atoms import Atom, opened, outermost, token_range
from secretome_nlp.relate.compile import CompiledRule, CompiledRules
from secretome_nlp.relate.coreference import Memory
from secretome_nlp.relate.direction import Compass, Polarity
from secretome_nlp.relate.folding import fold
from secretome_nlp.relate.reading import Reading, readings_of, settle
from secretome_nlp.types import Cue, Mention, Parse, Relation, Span, Token

#: Roles of sentences that state no finding.
SILENT_ROLES = frozenset({"aim", "hypothesis"})
#: What a sentence that only tells what was done says nothing of: "the effect on fibrosis was assessed".
_RESULTS = frozenset({"affects", "regulates", "mediated_by"})
#: What holds whatever a sentence aims at: "we asked whether MSC-derived EVs ..." says where the EVs come from.
_ALWAYS = frozenset({"derived_from", "primed_with", "tested_in"})
_UNPARSED: Mapping[int, Parse] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One spelling of a sentence: `within` says which rules it is for, `nested` that inner mentions stand out."""

    atoms: list[Atom]
    text: str
    within: str
    nested: bool


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

    `tokens` are all tokens of `text` in order; `roles` gives each sentence's role in the discourse, and sentences
    that are an aim or a hypothesis give nothing but where things come from. `polarity` says of an
    outcome whether more of it is better; where it says nothing, the outcome's words decide. `parses` holds analyses
    of sentences by number, one word a token; rules of syntax read those. Offsets are those of `text`.
    """
    compass = Compass(rules.speller.alphabet.senses, rules.worse_when_higher, polarity)
    readings: list[Reading] = []
    setups, memory = structure.Setups(rules), Memory(rules.speller)
    for number, own, row_list in spelled(sentences, tokens, mentions, rules):
        whole = mask_of(row_list[0].text, rules)
        found = [r for row in row_list for r in _readings(row, whole, number, rules, compass)]
        if number in parses:
            starts = dependencies.starts_of(tokens, sentences[number])
            for row in row_list:
                if row.within == "phrase":  # the spelling that leaves out nothing
                    found.extend(
                        dependencies.readings_of_syntax(
                            row.atoms, row.nested, parses[number], starts, number, rules, compass
                        )
                    )
        found.extend(structure.readings_nested(own, number, rules))
        actors = frozenset(r.head.id for r in found if r.rule.rule.relation == "affects")
        found.extend(structure.readings_together(own, row_list[0].atoms, whole, number, rules, actors))
        found.extend(structure.readings_examples(text, sentences[number], own, number, rules))
        if is_silent(number, roles):
            found = [r for r in found if r.rule.rule.relation in _ALWAYS]
        else:
            if number < len(roles) and roles[number] == "method":
                found = [r for r in found if r.rule.rule.relation not in _RESULTS]
            if number >= len(roles) or roles[number] == "finding":
                nearest = structure.readings_nearest(row_list[0].atoms, whole, number, rules, compass, found)
                found.extend(list(nearest))
            if number >= len(roles) or roles[number] != "background":
                found.extend(setups.readings(own, memory.agent(own), whole, number))
        found.extend(structure.readings_companions(text, own, found))
        readings.extend(found)
        readings.extend(structure.readings_reported(own, found, number, rules))
    return settle(readings, cues, text)


def spelled(
    sentences: tuple[Span, ...],
    tokens: tuple[Token, ...],
    mentions: tuple[Mention, ...],
    rules: CompiledRules,
) -> Iterator[tuple[int, list[Mention], list[Row]]]:
    """Give each sentence that can yield a relation: its number, its mentions and its spellings."""
    grouped = _by_sentence(sentences, mentions)
    starts = [t.start for t in tokens]
    memory = Memory(rules.speller)
    for number, sentence in enumerate(sentences):
        own = grouped[number]
        if own and (len(own) > 1 or memory.has_agent() or memory.agent(own) is not None):
            first, last = token_range(starts, sentence)
            yield number, own, _rows(tokens, first, last, own, rules, memory)
        memory.remember(own)


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
    tokens: tuple[Token, ...], first: int, last: int, own: list[Mention], rules: CompiledRules, memory: Memory
) -> list[Row]:
    top, inner = outermost(own)
    found = _spell(tokens, first, last, top, False, rules, memory)
    if inner:
        found.extend(_spell(tokens, first, last, opened(top, inner), True, rules, memory))
    return found


def _spell(
    tokens: tuple[Token, ...],
    first: int,
    last: int,
    mentions: list[Mention],
    nested: bool,
    rules: CompiledRules,
    memory: Memory,
) -> list[Row]:
    flat = rules.speller.spell(tokens, first, last, mentions)
    memory.resolve(flat)
    start = Atom(0, 0, "", rules.speller.alphabet.start, 0)
    found = [_row(flat, "phrase", nested)]
    for clause in clauses.split(fold(flat, rules.folds, rules.speller.alphabet.words[","].symbols[""])):
        if clause.real:
            atoms = clause.atoms(start)[: clauses.CLAUSE_LIMIT]
            found.append(_row(atoms, "clause", nested))
            agent = None if nested else memory.carried(flat, atoms)
            if agent is not None:
                found.append(_row([rules.speller.mention_atom(agent), *atoms], "carried", nested))
    return found


def _row(atoms: list[Atom], within: str, nested: bool) -> Row:
    return Row(atoms, "".join([a.symbol for a in atoms]), within, nested)


def _readings(row: Row, whole: int, number: int, rules: CompiledRules, compass: Compass) -> Iterator[Reading]:
    """Try the rules on one spelling; `whole` is the mask of the sentence that it is part of."""
    mask = mask_of(row.text, rules)
    for compiled in rules.for_row(row.within, row.nested, mask):
        if whole & compiled.never:
            continue
        for pattern in compiled.patterns:
            if pattern.may_match(mask):
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
    """Return the mask of all characters of a spelling."""
    mask = 0
    for symbol in set(text):
        mask |= rules.bits[symbol]
    return mask
