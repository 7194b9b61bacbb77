"""Every relation rule reads exactly what its examples mark, and stands in at least one of them."""

from __future__ import annotations

from functools import lru_cache

import pytest

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge import rule_examples
from secretome_nlp.knowledge.rule_examples import Expected, Marked
from secretome_nlp.knowledge.rules import Example, Rule, load_rules
from secretome_nlp.model import syntax
from secretome_nlp.relate import CompiledRules, compile_rules, find
from secretome_nlp.segment import tokens
from secretome_nlp.types import Parse

RULES = load_rules().rules


@lru_cache(maxsize=1)
def compiled() -> CompiledRules:
    return compile_rules(load_rules())


def parses_of(marked: Marked) -> dict[int, Parse]:
    """Parse every sentence of an example with the shipped model."""
    nlp = syntax.shared_parser("secretome")
    return syntax.parse(nlp, tokens.find(marked.text), marked.sentences, range(len(marked.sentences)))


def read(
    example: Example, relation: str, rules: CompiledRules, by: str | None = None, parsed: bool = False
) -> list[Expected]:
    marked = rule_examples.parse(example.text)
    names = dict(marked.names)
    texts = {m.id: m.text for m in marked.mentions}
    found = find(
        marked.text, marked.sentences, tokens.find(marked.text), marked.mentions, marked.cues,
        rules=rules, roles=example.roles, parses=parses_of(marked) if parsed else {},
    )  # fmt: skip
    return sorted(
        (
            Expected(
                names.get(r.head, texts[r.head]),
                names.get(r.tail, texts[r.tail]),
                r.direction,
                r.negated,
                r.hedged,
            )
            for r in found
            if r.type == relation and by in (None, r.rule)
        ),
        key=str,
    )


def wanted(example: Example) -> list[Expected]:
    return sorted(rule_examples.expected(example, rule_examples.parse(example.text)), key=str)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_reads_what_its_examples_mark(rule: Rule) -> None:
    for example in rule.match:
        assert read(example, rule.relation, compiled(), parsed=bool(rule.syntax)) == wanted(example), example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_leaves_its_counterexamples_alone(rule: Rule) -> None:
    for example in rule.no_match:
        allowed = wanted(example) if example.pairs is not None else []
        assert read(example, rule.relation, compiled(), rule.id, bool(rule.syntax)) == allowed, example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_no_rule_is_shadowed_by_those_before_it(rule: Rule) -> None:
    """Of several rules that read the same pair the first stands: each must stand in an example of its own."""
    assert any(read(example, rule.relation, compiled(), rule.id, bool(rule.syntax)) for example in rule.match)


def test_deleting_a_rule_turns_its_examples_red() -> None:
    rule = next(r for r in RULES if r.id == "affects.no_effect")
    assert read(rule.match[0], "affects", compiled().without(rule.id)) != wanted(rule.match[0])


@pytest.mark.parametrize("text", ["[EVs]h:COMPONENT reduced [fibrosis", "[EVs]h:VESICLE reduced [x]t:OUTCOME."])
def test_malformed_examples_are_refused(text: str) -> None:
    with pytest.raises(KnowledgeError):
        rule_examples.parse(text)


def test_a_long_list_takes_bounded_time() -> None:
    text = "EVs lowered " + ", ".join(f"IL-{n}" for n in range(400)) + " and TNF in rats."
    mentions = rule_examples.parse("[EVs]h:COMPONENT lowered it.").mentions
    found = find(text, (rule_examples.Span(0, len(text)),), tokens.find(text), tuple(mentions), (), rules=compiled())
    assert found == ()
