"""Agents that no lexicon lists, told by what was done with them: a drug that primes a source, or that a product bears."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from secretome_nlp.recognise.preparations import in_order, is_source
from secretome_nlp.recognise.recipients import sources_of
from secretome_nlp.types import Abbreviation, FoundBy, Mention, Span

NAME = r"(?P<agent>[A-Za-zα-ω][\wα-ω/+]*(?:[‐-―-][\w]+){0,3}?)"
TREATED = r"(?:pre[‐-―-]?\w+ed|pre[‐-―-]?\w+ing|pre[‐-―-]?\w+ment|primed|priming|treated|stimulated|exposed|challenged|incubated|licensed|conditioned|cultured|enhanced)"
BEARING = r"(?:pre)?(?:loaded|encapsulat(?:ed|ing)|conjugated|laden|decorated|functionali[sz]ed|modified|engineered|incorporated|packed|coated|armed)"
#: "baicalin-pretreated", "pretreated with baicalin"; "berberine-loaded", "loaded with a form of berberine".
TREATED_WITH = re.compile(
    rf"{NAME}(?:\s\([^()]*\))?[\s‐-―-]{TREATED}|{TREATED}\s(?:with|by|to)\s(?:exogenous\s)?{NAME.replace('agent', 'other')}",
    re.I,
)
BORNE = re.compile(
    rf"{NAME}(?:\s\([^()]*\))?[\s‐-―-]{BEARING}|(?:surface[‐-―-])?{BEARING}\s(?:with\s)?(?:\w+\s){{0,2}}?(?:(?:form|variant)\sof\s)?{NAME.replace('agent', 'other')}",
    re.I,
)  # fmt: skip
#: Words that stand in the place of an agent and name none.
NO_AGENT = re.compile(
    r"(?:cytokines?|inflammatory|inflammation|hypox\w+|normox\w+|anox\w+|oxygen|serum|heat|drugs?|peptides?|antibod\w+|plasmids?|virus|lentivir\w+|adenovir\w+|low|high|dose"
    r"|shear|stress|mechanical\w*|ultrasound|light|glucose|cells?|tumou?r|macrophages?|platelets?|surface|chemically|genetically|gene|well|un|non|mock|vehicle|control|post|pre|co"
    r"|differently|medium|media|plasma|blood|lysate|[23]D|ischa?emi[ac]|remote|thermal|electrical\w*|mi(?:cro)?RNAs?|siRNA|shRNA|mRNA|RNA|DNA|proteins?|lipids?|exosomes?|exos?|EVs?"
    r"|vesicles?|MSCs?|BMSCs?|factors?|target\w*|receptor|ligands?|nanoparticles?|stem|human|rat|mouse|single|double|agents?|compounds?|extracts?|combination|bioactive|it|them|cargos?|nano|subunits?|beads|GW4869|anti\w*)"
    r"|.{1,2}",
    re.I,
)
#: The noun of a treatment belongs to it.
TREATMENT = r"(?:\s(?:pre|co)?[‐-―-]?(?:treatment|conditioning|stimulation|exposure)(?!\w))?"
LISTED = frozenset(
    {"FACTOR", "GENE", "MIRNA", "MODEL", "CELL_TYPE", "COMPONENT", "SPECIES", "TISSUE", "OUTCOME", "DELIVERY"}
)
PRIMES = FoundBy("grammar", "priming.agent_of_source")
BORNE_BY = FoundBy("grammar", "factor.agent_of_product")


def with_agents(
    text: str, mentions: tuple[Mention, ...], sentences: tuple[Span, ...], abbreviations: Iterable[Abbreviation]
) -> tuple[Mention, ...]:
    """Read the unlisted agent of a PRIMING where it stands alone: cargo is a FACTOR, what treats a source a PRIMING.

    An agent of treatment is read only where the sentence names a source or product. `mentions` are in order of place,
    and so are those returned.
    """
    primings = [m for m in mentions if m.type == "PRIMING"]
    if not primings:
        return mentions
    sources = sources_of(text, mentions)
    told = {m.sentence for m in mentions if is_source(m, sources)}
    pairs = [(a.long_text, a.short_text) for a in abbreviations]
    names = {
        FACTOR: _names(text, primings, mentions, BORNE, pairs),
        PRIMING: _names(text, primings, mentions, TREATED_WITH, pairs),
    }
    starts = [s.start for s in sentences]
    added: list[Mention] = []
    for type_, found in names.items():
        for name, like in found.items():
            for at in re.finditer(
                rf"(?<!\w){'' if type_ == FACTOR else '(?<!xo[‐-―-])(?<!EV[‐-―-])'}{re.escape(name)}(?!\w){'' if type_ == FACTOR else TREATMENT}",
                text,
            ):
                sentence = max(0, bisect_right(starts, at.start()) - 1) if starts else like.sentence
                if type_ == PRIMING and sentence not in told and at.group() == name:
                    continue
                if _is_free(at, type_, [*mentions, *added]):
                    added.append(_mention(like, at, sentence, type_, f"a{len(added)}"))
    return in_order([*mentions, *added]) if added else mentions


FACTOR, PRIMING = "FACTOR", "PRIMING"


def _names(
    text: str,
    primings: Iterable[Mention],
    mentions: tuple[Mention, ...],
    form: re.Pattern[str],
    pairs: list[tuple[str, str]],
) -> dict[str, Mention]:
    """Return the unlisted agents of the primings of a form, with their long and short forms."""
    found: dict[str, Mention] = {}
    for p in primings:
        m = form.fullmatch(p.text)
        name = (m["agent"] or m["other"]) if m is not None else None
        if name is None or m is None or NO_AGENT.fullmatch(name):
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
        by=PRIMES if type_ == PRIMING else BORNE_BY, kind=like.kind if type_ == PRIMING else None, value=None, concept=None,
    )  # fmt: skip
