"""The engine: clauses, folding, pronouns, assertion, precedence and bounded time."""

from __future__ import annotations

import pickle
import random
import time
from functools import reduce
from operator import or_

import pytest

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge import rule_examples
from secretome_nlp.knowledge.rules import load_rules
from secretome_nlp.relate import compile_rules, find, near_misses
from secretome_nlp.relate.engine import spelled
from secretome_nlp.relate.inflect import inflect
from secretome_nlp.relate.pattern import Frame, context, translate
from secretome_nlp.segment import tokens
from secretome_nlp.types import FoundBy, Mention, Span

from .reading import read, rules


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[EVs]:COMPONENT lowered [pain]:OUTCOME, raised [grip]:OUTCOME and slowed [wasting]:OUTCOME.",
            {"EVs affects pain decrease", "EVs affects grip increase", "EVs affects wasting decrease"},
        ),
        (
            "[Exosomes]:COMPONENT (50 ng, n = 6) from aged [MSCs]:CELL_TYPE reduced [scarring]:OUTCOME.",
            {"Exosomes affects scarring decrease"},
        ),
        (
            "[Exosomes]:COMPONENT, which were spun twice, reduced [scarring]:OUTCOME.",
            {"Exosomes affects scarring decrease"},
        ),
        (
            "[EVs]:COMPONENT lowered [cytokines]:FACTOR ([IL-6]:FACTOR and [IL-8]:FACTOR).",
            {"EVs affects cytokines decrease", "EVs affects IL-6 decrease", "EVs affects IL-8 decrease"},
        ),
        ("We asked whether [EVs]:COMPONENT reduce [pain]:OUTCOME.", set()),
        ("[EVs]:COMPONENT were spun to reduce [pain]:OUTCOME.", set()),
        (
            "[Pain]:OUTCOME was lower after [EVs]:COMPONENT than after [MSCs]:CELL_TYPE.",
            {"EVs affects Pain decrease"},
        ),
    ],
)
def test_clauses_are_read_with_their_own_subject(marked: str, expected: set[str]) -> None:
    assert read(marked, "affects") == expected


@pytest.mark.parametrize("anaphor", ["They", "These vesicles", "The treatment"])
def test_a_back_reference_stands_for_the_agent_before_it(anaphor: str) -> None:
    marked = f"[EVs]:COMPONENT were made. {anaphor} reduced [pain]:OUTCOME."
    assert read(marked, "affects") == {"EVs affects pain decrease"}


def test_a_back_reference_looks_back_a_few_sentences_only() -> None:
    rest = "It rained. " * 5
    assert read(f"[EVs]:COMPONENT were made. {rest}They reduced [pain]:OUTCOME.", "affects") == set()


def test_these_rnas_stand_for_all_that_were_named_last() -> None:
    named = "[EVs]:COMPONENT carry [miR-21]:MIRNA and [miR-9]:MIRNA. "
    wanted = {"miR-21 affects gait increase", "miR-9 affects gait increase"}
    assert read(f"{named}These exosomal miRNAs improve [gait]:OUTCOME.", "affects") == wanted
    again = f"{named}These miRNAs, [miR-9]:MIRNA among them, were counted. Such miRNAs improve [gait]:OUTCOME."
    assert read(again, "affects") == {"miR-9 affects gait increase"}
    assert read(f"{named}Other miRNAs improve [gait]:OUTCOME.", "affects") == set()


def test_improving_depends_on_what_is_improved() -> None:
    marked = "[EVs]:COMPONENT improved [gait]:OUTCOME and [lung fibrosis]:OUTCOME."
    assert read(marked, "affects") == {"EVs affects gait increase", "EVs affects lung fibrosis decrease"}


def test_an_inhibitor_that_abolishes_the_effect_supports_the_mechanism() -> None:
    marked = "Silencing of [miR-126]:MIRNA abolished the effect of [EVs]:COMPONENT on [angiogenesis]:OUTCOME."
    found = read(marked)
    assert "angiogenesis mediated_by miR-126" in found
    assert not any(" affects " in relation for relation in found)


def test_cues_negate_and_hedge_what_their_scope_covers() -> None:
    assert read("[EVs]:COMPONENT did [not]negation reduce [pain]:OUTCOME.", "affects") == {
        "EVs affects pain decrease negated"
    }
    assert read("[EVs]:COMPONENT [may]hedge reduce [pain]:OUTCOME, but they raised [grip]:OUTCOME.", "affects") == {
        "EVs affects pain decrease hedged",
        "EVs affects grip increase",
    }


@pytest.mark.parametrize("role", ["aim", "hypothesis"])
def test_aims_and_hypotheses_give_nothing(role: str) -> None:
    marked = "[EVs]:COMPONENT reduce [pain]:OUTCOME."
    assert read(marked, roles=(role,)) == set()
    assert read(marked, roles=("result",)) == {"EVs affects pain decrease"}


def test_compiled_rules_can_be_sent_to_another_process() -> None:
    m = rule_examples.parse("[EVs]:COMPONENT reduced [pain]:OUTCOME.")
    given = (m.text, m.sentences, tokens.find(m.text), m.mentions, m.cues)
    assert find(*given, rules=pickle.loads(pickle.dumps(rules()))) == find(*given, rules=rules())


def test_precedence_does_not_hang_on_the_order_of_the_mentions() -> None:
    m = rule_examples.parse("[EVs]:COMPONENT lowered [pain]:OUTCOME and [IL-6]:FACTOR via [miR-21]:MIRNA.")
    given = (m.text, m.sentences, tokens.find(m.text))
    assert find(*given, m.mentions, m.cues, rules=rules()) == find(*given, m.mentions[::-1], m.cues, rules=rules())


@pytest.mark.parametrize("lead", ["and ", "reduced levels of ", "which reduced the expression of the ", "(", ""])
def test_a_sentence_of_five_hundred_mentions_does_not_hang(lead: str) -> None:
    types = ("COMPONENT", "OUTCOME", "MIRNA", "GENE", "FACTOR", "CELL_TYPE", "MODEL", "SPECIES")
    text, mentions = "", []
    for i in range(500):
        text += f"{lead}in the same long row of words as before "
        mentions.append(Mention(f"m{i}", len(text), len(text) + 4, "name", types[i % 8], FoundBy("model", "made")))
        text += "name, "
    split = tokens.find(text)
    rules()
    start = time.process_time()
    find(text, (Span(0, len(text)),), split, tuple(mentions), (), rules=rules())
    assert time.process_time() - start < 60  # a second in practice; a rule that backtracks takes hours


def test_near_misses_say_what_was_lacking() -> None:
    m = rule_examples.parse("In [mice]:SPECIES, [EVs]:COMPONENT reduced it.")
    found = near_misses(m.sentences, tokens.find(m.text), m.mentions, rules=rules())
    miss = next(n for n in found if n.rule == "affects.active")
    assert (m.text[miss.trigger.start : miss.trigger.end], miss.lack) == ("reduced", "tail")
    m = rule_examples.parse("[EVs]:COMPONENT reduced [pain]:OUTCOME.")
    found = near_misses(m.sentences, tokens.find(m.text), m.mentions, rules=rules())
    assert "affects.active" not in {n.rule for n in found}


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("reduce", {"reduce", "reduces", "reduced", "reducing"}),
        ("modify", {"modify", "modifies", "modified", "modifying"}),
        ("up-regulate", {"up-regulate", "up-regulates", "up-regulated", "up-regulating"}),
        ("lead to", {"lead to", "leads to", "led to", "leading to"}),
    ],
)
def test_verbs_inflect(lemma: str, forms: set[str]) -> None:
    assert {form for _, form in inflect(lemma, {"lead": ["leads", "led", "led", "leading"]})} == forms


@pytest.mark.parametrize(
    "pattern", ["{head} ( {tail}", "{head} % {tail}", "{head} NOSUCH {tail}", "? {tail}", "@NOSUCH"]
)
def test_what_is_not_of_the_pattern_language_is_refused(pattern: str) -> None:
    alphabet = rules().speller.alphabet
    kinds = Frame(alphabet.characters("COMPONENT"), alphabet.characters("OUTCOME"), frozenset())
    with pytest.raises(KnowledgeError):
        translate(pattern, kinds, context(alphabet, {}))


def test_every_relation_of_the_contract_has_rules_and_they_compile_alike() -> None:
    loaded = load_rules()
    assert {r.relation for r in loaded.rules} == {
        "derived_from", "contains", "delivered_by", "dosed_at", "tested_in", "affects", "regulates",
        "mediated_by", "primed_with", "reported_by",
    }  # fmt: skip
    again = compile_rules(loaded)
    assert [p.expression.pattern for r in again.rules for p in r.patterns] == [
        p.expression.pattern for r in rules().rules for p in r.patterns
    ]


def test_the_patterns_to_try_are_those_of_which_a_spelling_holds_arguments_and_all_needs() -> None:
    compiled, chance = rules(), random.Random(5)
    for _ in range(300):
        present = chance.sample(sorted(compiled.bits), chance.randint(0, 40))
        mask = reduce(or_, (compiled.bits[symbol] for symbol in present), 0)
        for within, nested in compiled.by_row:
            fitting = [r for r in compiled.for_rows(within, nested) if mask & r.head and mask & r.tail]
            told = [(r, p) for r in fitting for p in r.patterns if p.may_match(mask)]
            assert compiled.to_try(within, nested, mask) == told
    assert compiled.fitting
    fewer = compiled.without(compiled.rules[0].rule.id)
    assert not fewer.fitting and compiled.rules[0] in compiled.rules


def test_the_spellings_that_are_left_out_are_those_that_no_pattern_could_match() -> None:
    compiled, left_out = rules(), 0
    for rule in load_rules().rules:
        for example in (*rule.match, *rule.no_match):
            m = rule_examples.parse(example.text)
            given = (m.sentences, tokens.find(m.text), m.mentions, compiled)
            some = {(s.number, row.within, row.text) for s in spelled(*given) for row in s.rows}
            for sentence in spelled(*given, every=True):
                for row in sentence.rows:
                    if (sentence.number, row.within, row.text) not in some:
                        left_out += 1
                        assert not compiled.to_try(row.within, row.nested, row.mask)
    assert left_out


def test_an_accent_that_stands_alone_is_a_word_like_others() -> None:
    assert read("[EVs]:COMPONENT \u0301 reduced [pain]:OUTCOME.") == {"EVs affects pain decrease"}


def test_a_pattern_needs_only_what_each_of_its_matches_holds() -> None:
    compiled = rules()
    asked = reduce(or_, compiled.bits.values())
    lacking = {
        n: "".join(s for s, mask in compiled.bits.items() if not mask >> n & 1) for n in range(asked.bit_length())
    }
    for rule in compiled.rules:
        for pattern in rule.patterns:
            for need in (n for n in lacking if pattern.needs >> n & 1):
                assert not pattern.expression.search(lacking[need] * 2)
