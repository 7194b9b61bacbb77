"""Canonical names of stresses and preparations, whose phrases name an act along with what it is done with.

"LPS-treated", "stimulation with LPS" and "LPS challenge" are one stress, lipopolysaccharide; "thrombin-primed" and
"primed with thrombin" are one preparation, thrombin priming. Short forms are spelled out as the document defines them,
or as the lexicon of inducing agents does.
"""

from __future__ import annotations

import re
from functools import cache

from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Annotations

PARTS = re.compile(r"([\s/-]+)")
BRACKET = re.compile(r"\s*\([^()]*\)")


def spelled_out(text: str, long_forms: dict[str, str]) -> str:
    """Return a phrase in lower case with its short forms spelled out and without the brackets that define them."""
    words = " ".join(BRACKET.sub("", text).lower().split())
    if words in long_forms:
        return long_forms[words]
    for short, long in long_forms.items():
        if ("-" in short or "/" in short) and short in words:
            words = re.sub(rf"(?<![\w-]){re.escape(short)}(?!\w)", long.replace("\\", r"\\"), words)
    return "".join(long_forms.get(part, part) for part in PARTS.split(words))


def stress_name(words: str) -> str:
    """Return what cells were stressed with: "lipopolysaccharide-treated" is lipopolysaccharide."""
    return _agent_and_act(words)[0]


def preparation_name(words: str) -> str:
    """Return a preparation as a noun phrase: "primed with thrombin" is thrombin priming."""
    agent, act = _agent_and_act(words)
    return f"{agent} {act}" if act else words


def _agent_and_act(words: str) -> tuple[str, str | None]:
    """Split a phrase into what was used and the act, as a noun; no act where the phrase names none."""
    for pattern in _patterns():
        found = pattern.fullmatch(words)
        if found is not None:
            return found["agent"], load_record_words().acts[found["act"].replace("-", "")]
    return words, None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of phrases that end and that begin with an act."""
    forms = sorted(load_record_words().acts, key=lambda a: (-len(a), a))
    acts = "|".join(re.escape(a) if not a.startswith("pre") else f"pre-?{re.escape(a[3:])}" for a in forms)
    return (
        re.compile(rf"(?P<agent>\S.*?)[\s-]+(?P<act>{acts})"),
        re.compile(rf"(?P<act>{acts})\s+(?:(?:with|by|of|to|in|under)\s+)?(?:(?:the|exogenous)\s+)?(?P<agent>\S.*)"),
    )


def long_forms_of(annotations: Annotations, agents: dict[str, str]) -> dict[str, str]:
    """Return short forms with what they stand for, in lower case: the document's own before the lexicon's agents."""
    own = {a.short_text.lower(): " ".join(a.long_text.lower().split()) for a in annotations.abbreviations}
    return {**agents, **own}
