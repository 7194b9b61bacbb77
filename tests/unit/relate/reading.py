"""Read a marked sentence and give its relations in words, for the tests of this room."""

from __future__ import annotations

from functools import lru_cache

from secretome_nlp.knowledge import rule_examples
from secretome_nlp.knowledge.rules import load_rules
from secretome_nlp.relate import CompiledRules, compile_rules, find
from secretome_nlp.segment import tokens


@lru_cache(maxsize=1)
def rules() -> CompiledRules:
    return compile_rules(load_rules())


def read(marked: str, *relations: str, roles: tuple[str, ...] = ()) -> set[str]:
    """The relations (of the given types, else all) as "head relation tail [direction] [negated] [hedged]"."""
    m = rule_examples.parse(marked)
    words = {x.id: x.text for x in m.mentions}
    found = find(m.text, m.sentences, tokens.find(m.text), m.mentions, m.cues, rules=rules(), roles=roles)
    return {
        " ".join(
            part
            for part in (
                words[r.head], r.type, words[r.tail], r.direction or "",
                "negated" * r.negated, "hedged" * r.hedged,
            )
            if part
        )
        for r in found
        if not relations or r.type in relations
    }  # fmt: skip
