"""One text, read with everything that explains the reading: what stands, what lost, which rules nearly fired."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from secretome_nlp.components import discourse_roles, shared_recogniser, shared_rules
from secretome_nlp.errors import InputError
from secretome_nlp.explain.parsed import Parsed
from secretome_nlp.knowledge.rules import Rule
from secretome_nlp.model import syntax
from secretome_nlp.pipeline import read_pipeline
from secretome_nlp.recognise.contest import Lost, contest
from secretome_nlp.relate import NearMiss, near_misses
from secretome_nlp.relate.dependencies import LONGEST_PARSED
from secretome_nlp.relate.near_misses import Lack
from secretome_nlp.segment import tokens
from secretome_nlp.street import extract
from secretome_nlp.types import Annotations, Failure


@dataclass(frozen=True, slots=True)
class Near:
    """Rules of one relation that nearly fired on a word of a sentence in which none of that relation did."""

    sentence: int
    relation: str
    word: str
    lack: Lack
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """The annotations of a text, readings that lost, rules that nearly fired, and the patterns of those that did.

    `parsed` holds, by number, the parses of the sentences that have mentions, whether a rule needed them or not.
    """

    found: Annotations
    lost: tuple[Lost, ...]
    near: tuple[Near, ...]
    patterns: dict[str, tuple[str, ...]]
    parsed: dict[int, Parsed]


def explain(text: str, pipeline: str = "abstracts") -> Explanation:
    """Read a text with a pipeline. Raises InputError where it is empty or cannot be processed."""
    if not text.strip():
        raise InputError('no text given; write it in quotes: secretome-nlp explain "MSC-EVs reduced fibrosis."')
    # A text of one line gets its line end, so that it is not taken for a path.
    found = next(extract([text if text.endswith("\n") else text + "\n"], pipeline))
    if isinstance(found, Failure):
        raise InputError(f"the text could not be processed: {found.error}")
    d = found.document
    stages = dict(read_pipeline(pipeline).stages())
    lost: tuple[Lost, ...] = ()
    near: tuple[Near, ...] = ()
    if "mentions" in stages:
        overlays = tuple(Path(p) for p in stages["mentions"].get("lexicons", ()))
        recogniser = shared_recogniser(overlays)[0]
        lost = contest(recogniser, d.text, d.sentences, found.abbreviations, d.citations, d.mined())
    if "relations" in stages:
        rules, roles = shared_rules(), discourse_roles(d)
        near = _grouped(near_misses(d.sentences, tokens.find(d.text), found.mentions, rules=rules, roles=roles), found)
    parsed = _parsed(found, str(stages["syntax"].get("model", "secretome"))) if "syntax" in stages else {}
    return Explanation(found, lost, near, _patterns({r.rule for r in found.relations}), parsed)


def _parsed(found: Annotations, model: str) -> dict[int, Parsed]:
    d, words = found.document, tokens.find(found.document.text)
    own = {n: tuple(w for w in words if s.start <= w.start < s.end) for n, s in enumerate(d.sentences)}
    chosen = sorted({m.sentence for m in found.mentions if len(own.get(m.sentence, ())) <= LONGEST_PARSED})
    parses = syntax.parse(syntax.shared_parser(model), words, d.sentences, chosen)
    return {n: Parsed(own[n], parse) for n, parse in parses.items()}


def _grouped(misses: tuple[NearMiss, ...], found: Annotations) -> tuple[Near, ...]:
    """Join the near misses of a relation on one word, where that relation was not read from the sentence at all."""
    read = {(r.sentence, r.type) for r in found.relations}
    groups: dict[tuple[int, str, str, Lack], list[str]] = {}
    for m in misses:
        relation, word = m.rule.partition(".")[0], found.document.text[m.trigger.start : m.trigger.end]
        if (m.sentence, relation) not in read:
            groups.setdefault((m.sentence, relation, word, m.lack), []).append(m.rule)
    return tuple(Near(*key, tuple(rules)) for key, rules in groups.items())


def _patterns(fired: set[str]) -> dict[str, tuple[str, ...]]:
    """Return what the fired rules look for; a rule without a pattern works by its frame, which is told instead."""
    rules = {c.rule.id: c.rule for c in shared_rules().rules}
    return {i: _looks_for(rules[i]) for i in sorted(fired) if i in rules}


def _looks_for(rule: Rule) -> tuple[str, ...]:
    paths = tuple(f"head {head}; tail {tail}" for head, tail in rule.syntax)
    return rule.patterns or paths or (f"frame: {rule.frame}",)
