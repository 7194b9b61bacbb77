"""Agents that no lexicon lists, told by what was done with them: a drug primes a source, or a product bears it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from secretome_nlp.recognise.preparations import in_order, is_source
from secretome_nlp.recognise.recipients import sources_of
from secretome_nlp.types import Abbreviation, FoundBy, Mention, Span

NAME = r"(?P<{}>[A-Za-zα-ω][\wα-ω/+]*(?:[‐-―-][\w]+){{0,3}}?)"
TREATED = (
    r"(?:pre[‐-―-]?\w+(?:ed|ing|ment)|primed|priming|treated|stimulated|exposed|challenged|incubated|licensed"
    r"|conditioned|cultured|enhanced)"
)
BEARING = (
    r"(?:pre)?(?:loaded|encapsulat(?:ed|ing)|conjugated|laden|decorated|functionali[sz]ed|modified|engineered"
    r"|incorporated|packed|coated|armed)"
)
BRACKET = r"(?:\s\([^()]*\))?[\s‐-―-]"
#: "baicalin-pretreated", "pretreated with baicalin".
TREATED_WITH = re.compile(
    rf"{NAME.format('agent')}{BRACKET}{TREATED}|{TREATED}\s(?:with|by|to)\s(?:exogenous\s)?{NAME.format('other')}", re.I
)
#: "berberine-loaded", "loaded with a form of berberine".
BORNE = re.compile(
    rf"{NAME.format('agent')}{BRACKET}{BEARING}"
    rf"|(?:surface[‐-―-])?{BEARING}\s(?:with\s)?(?:\w+\s){{0,2}}?(?:(?:form|variant)\sof\s)?{NAME.format('other')}",
    re.I,
)
WORD = re.compile(r"[^\W_]+")
LEAST = 3
#: The noun of a treatment belongs to it.
TREATMENT = r"(?:\s(?:pre|co)?[‐-―-]?(?:treatment|conditioning|stimulation|exposure)(?!\w))?"
LISTED = frozenset({
    "FACTOR", "GENE", "MIRNA", "MODEL", "CELL_TYPE", "COMPONENT", "SPECIES", "TISSUE", "OUTCOME", "DELIVERY",
})  # fmt: skip
FACTOR, PRIMING = "FACTOR", "PRIMING"
PRIMES = FoundBy("grammar", "priming.agent_of_source")
BORNE_BY = FoundBy("grammar", "factor.agent_of_product")


def with_agents(
    text: str,
    mentions: tuple[Mention, ...],
    sentences: tuple[Span, ...],
    abbreviations: Iterable[Abbreviation],
    no_agents: frozenset[str],
) -> tuple[Mention, ...]:
    """Read the unlisted agent of a PRIMING where it stands alone: cargo is a FACTOR, what treats a source a PRIMING.

    An agent of treatment is read only where the sentence names a source or product. `no_agents` are words, in lower
    case, that stand in the place of an agent and name none. `mentions` are in order of place, as are those returned.
    """
    primings = [m for m in mentions if m.type == "PRIMING"]
    if not primings:
        return mentions
    sources = sources_of(text, mentions)
    told = {m.sentence for m in mentions if is_source(m, sources)}
    pairs = [(a.long_text, a.short_text) for a in abbreviations]
    names = {
        FACTOR: _names(primings, mentions, BORNE, pairs, no_agents),
        PRIMING: _names(primings, mentions, TREATED_WITH, pairs, no_agents),
    }
    starts = [s.start for s in sentences]
    added: list[Mention] = []
    for type_, found in names.items():
        for name, like in found.items():
            for at in re.finditer(_bare(name, type_), text):
                sentence = max(0, bisect_right(starts, at.start()) - 1) if starts else like.sentence
                if type_ == PRIMING and sentence not in told and at.group() == name:
                    continue
                if _is_free(at, type_, [*mentions, *added]):
                    added.append(_mention(like, at, sentence, type_, f"a{len(added)}"))
    return in_order([*mentions, *added]) if added else mentions


def _names(
    primings: Iterable[Mention],
    mentions: tuple[Mention, ...],
    form: re.Pattern[str],
    pairs: list[tuple[str, str]],
    no_agents: frozenset[str],
) -> dict[str, Mention]:
    """Return the unlisted agents of the primings of a form, with their long and short forms."""
    found: dict[str, Mention] = {}
    for p in primings:
        m = form.fullmatch(p.text)
        name = (m["agent"] or m["other"]) if m is not None else None
        if m is None or name is None or len(name) < LEAST or not no_agents.isdisjoint(WORD.findall(name.lower())[:1]):
            continue
        start = p.start + m.start("agent" if m["agent"] else "other")
        if any(o.type in LISTED and o.start < start + len(name) and start < o.end for o in mentions):
            continue
        found.setdefault(name, p)
        for long, short in pairs:
            if name in (long, short):
                found.setdefault(long, p)
                found.setdefault(short, p)
    return found


def _bare(name: str, type_: str) -> str:
    """Return an expression for an agent that stands alone: cargo also behind its product, a treatment with its noun."""
    if type_ == FACTOR:
        return rf"(?<!\w){re.escape(name)}(?!\w)"
    return rf"(?<!\w)(?<!xo[‐-―-])(?<!EV[‐-―-]){re.escape(name)}(?!\w){TREATMENT}"


def _is_free(at: re.Match[str], type_: str, mentions: list[Mention]) -> bool:
    """Tell whether the words are no mention and in none; a FACTOR may stand inside a PRIMING or MODEL."""
    over = [m for m in mentions if m.start < at.end() and at.start() < m.end]
    return all(
        type_ == FACTOR and m.type == PRIMING and m.start <= at.start() and at.end() <= m.end and m.span != at.span()
        for m in over
    )


def _mention(like: Mention, at: re.Match[str], sentence: int, type_: str, ident: str) -> Mention:
    return replace(
        like, id=f"{like.id}{ident}", start=at.start(), end=at.end(), text=at.group(), type=type_, sentence=sentence,
        by=PRIMES if type_ == PRIMING else BORNE_BY, kind=like.kind if type_ == PRIMING else None, value=None,
        concept=None,
    )  # fmt: skip
