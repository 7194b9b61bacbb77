"""Preparations told more than once: a word that primes a source in one sentence primes it in the others too."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from secretome_nlp.recognise.cargo import CHANGED, STIMULI, carried_names, key_of
from secretome_nlp.recognise.recipients import key_of_cell, sources_of
from secretome_nlp.types import FoundBy, Mention

#: What a recipient of a change is told by: "overexpressing CD44 in podocytes", "knockdown of CD44 in the kidney".
INTO = re.compile(r"\s(?:expression\s|levels?\s)?(?:in|of|on|by)\s(?:the\s|these\s|human\s|cultured\s|injured\s)*")
CHANGE = re.compile(r"overexpress|knock|silenc|inhibit|block|deplet|delet|loss|ablat|inactivat|regulation", re.I)
ADJECTIVE = re.compile(r"[^\W\d_][\w‐-―-]{2,}(?:\s?[‐-―-]\s?\w+)?")
#: A product that holds something holds it by nature, unless the document tells of putting in.
HELD = re.compile(r"contain|enrich|carry", re.I)
PUT_IN = re.compile(r"\bloaded\sin(?:to)?\b|electroporat", re.I)
#: Formats of culture, and how a format that was told of a source is named again.
FORMATS = (
    (re.compile(r"[23]-?D\b|dimension", re.I),
     re.compile(r"(?<![\w‐-―-])[23]D(?!\w)(?![\s‐-―-](?:print|bio|imag|model|recon|scan|view|scaffold|matri|collagen|hydrogel"
                r"|gel|echo|structure|tissue|organoid))", re.I)),
    (re.compile("aggregat|spheroid", re.I),
     re.compile(r"(?<![\w‐-―-])(?<!platelet\s)(?<!protein\s)(?:aggregat(?:es?|ion|ed)|spheroid(?:s|al)?)(?!\w)", re.I)),
)  # fmt: skip
#: A source that was told to be stimulated: what stimulates, told alone in another sentence, is told of it.
STIMULATED = re.compile(r"licens|stimulat|activat|primed|priming", re.I)
#: The name of a medium, told as such once, and a gain that was told of a product.
NAMED = frozenset({"priming.culture.named_medium"})
GAIN = re.compile(r"overexpressing\s(?P<after>[\w‐-―-]+)|(?P<before>[\w‐-―-]+?)[\s‐-―-]overexpressing")
BY = FoundBy("grammar", "priming.told_again")


def with_preparations(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Drop a PRIMING that is told of no source, and read again as PRIMING the adjective of one where it is repeated.

    `mentions` are in order of place, and so are those returned.
    """
    if not any(m.type == "PRIMING" for m in mentions):
        return mentions
    sources = sources_of(text, mentions)
    dropped = {m.id for m in mentions if m.type == "PRIMING" and not _has_source(text, m, mentions, sources)}
    dropped |= _of_no_cargo(text, mentions, sources)
    return _told_again(text, tuple(m for m in mentions if m.id not in dropped), sources)


def _has_source(text: str, priming: Mention, mentions: tuple[Mention, ...], sources: set[str]) -> bool:
    if priming.by.how == "grammar" and priming.kind == "culture":
        near = range(priming.sentence - 1, priming.sentence + 2)
        return any(m.kind == "stem" or (m.sentence in near and is_source(m, sources)) for m in mentions)
    if priming.by.how == "grammar" and CHANGE.search(priming.text):
        into = INTO.match(text, priming.end)
        told = [m for m in mentions if m.start == into.end()] if into is not None else []
        return not any(m.type in ("TISSUE", "SPECIES") or _is_recipient(m, sources) for m in told)
    return True


def _of_no_cargo(text: str, mentions: tuple[Mention, ...], sources: set[str]) -> set[str]:
    """Return the ids of gains and losses of what no product carries, or of which the sentence names no source."""
    changes = [m for m in mentions if m.type == "PRIMING" and m.by.id.startswith(CHANGED)]
    if not changes:
        return set()
    told = {m.sentence for m in mentions if is_source(m, sources)}
    cells = {m.sentence for m in mentions if m.kind == "stem"}
    put_in = PUT_IN.search(text) is not None
    rnas = [m for m in mentions if m.type == "MIRNA"]
    carried = carried_names(text, mentions, ([m] for m in rnas))
    cargo = [m.span for m in mentions if m.type == "FACTOR"] + [m.span for m in rnas if key_of(m) in carried]
    by_start = {m.start: m for m in mentions if is_source(m, sources)}
    changed = {c.id for c in changes}
    stimulated = any(m.type == "PRIMING" and m.id not in changed and STIMULATED.search(m.text) for m in mentions)

    def stays(c: Mention) -> bool:
        into = INTO.match(text, c.end)
        if into is not None and into.end() in by_start:
            return True
        if c.by.id in STIMULI:
            return c.sentence in cells or stimulated
        held = put_in or not HELD.search(c.text)
        return held and c.sentence in told and any(c.span.contains(agent) for agent in cargo)

    return {c.id for c in changes if not stays(c)}


def is_source(m: Mention, sources: set[str]) -> bool:
    """Tell whether a mention is a product, or a cell whose products or which itself is given."""
    return m.type == "COMPONENT" or (m.type == "CELL_TYPE" and not _is_recipient(m, sources))


def _is_recipient(m: Mention, sources: set[str]) -> bool:
    return m.type == "CELL_TYPE" and m.kind != "stem" and key_of_cell(m) not in sources


def _told_again(text: str, mentions: tuple[Mention, ...], sources: set[str]) -> tuple[Mention, ...]:
    """Find an adjective that primes a source before other sources and products: "hypoxic NK cells"."""
    heads = [m for m in mentions if is_source(m, sources)]
    starts = [m.start for m in heads]
    told: dict[str, Mention] = {}
    for p in (m for m in mentions if m.type == "PRIMING" and ADJECTIVE.fullmatch(m.text)):
        at = bisect_left(starts, p.end)
        if at < len(starts) and starts[at] <= p.end + 1:
            told.setdefault(p.text.lower(), p)
    changed: dict[str, Mention] = {}
    added: list[Mention] = []
    for surface, p in told.items():
        for found in re.finditer(rf"(?<![\w‐-―-]){re.escape(surface)}(?=[\s‐-―-])", text, re.I):
            at = bisect_left(starts, found.end() + 1)
            if at == len(starts) or starts[at] != found.end() + 1:
                continue
            over = [m for m in mentions if m.start < found.end() and found.start() < m.end]
            same = next((m for m in over if m.span == found.span() and m.type == "MODEL"), None)
            if same is not None:
                changed[same.id] = replace(same, type="PRIMING", kind=p.kind, by=BY)
            elif not over:
                added.append(_at(p, found, heads[at].sentence, f"{heads[at].id}t"))
    added += _names_again(text, [*mentions, *added])
    formats = _formats_again(text, [*mentions, *added])
    added += formats
    if not changed and not added:
        return mentions
    kept = (m for m in mentions if not (m.type == "OUTCOME" and any(m.span.contains(f.span) for f in formats)))
    return in_order([changed.get(m.id, m) for m in kept] + added)


def _names_again(text: str, mentions: list[Mention]) -> list[Mention]:
    """Find the name of a medium at each place, and a gain of the product told as a noun: "ABC1 overexpression"."""
    added: list[Mention] = []
    for like in [m for m in mentions if m.type == "PRIMING"]:
        gain = GAIN.fullmatch(like.text)
        if like.by.id in NAMED:
            again = rf"(?<!\w){re.escape(like.text)}(?!\w)(?:\smedium(?!\w))?"
        elif gain is not None:
            name = re.escape(gain["after"] or gain["before"])
            again = rf"(?<![\w‐-―-]){name}\soverexpression(?!\w)|(?<!\w)[Oo]verexpression\sof\s{name}(?!\w)"
        else:
            continue
        for found in re.finditer(again, text):
            over = (m for m in [*mentions, *added] if m.start < found.end() and found.start() < m.end)
            if any(m.type == "PRIMING" or not (found.start() <= m.start and m.end <= found.end()) for m in over):
                continue
            before = [m.sentence for m in mentions if m.start <= found.start()]
            added.append(_at(like, found, max(before, default=0), f"{like.id}n{len(added)}"))
    return added


def _formats_again(text: str, mentions: list[Mention]) -> list[Mention]:
    """Find a format of culture again by its bare word: "3D", "aggregates"."""
    added: list[Mention] = []
    for told, again in FORMATS:
        like = next((m for m in mentions if m.type == "PRIMING" and m.kind == "culture" and told.search(m.text)), None)
        if like is None:
            continue
        for found in again.finditer(text):
            over = [m for m in mentions if m.start < found.end() and found.start() < m.end]
            if any(m.type != "OUTCOME" or not _is_of_source(m, found, mentions) for m in over):
                continue
            before = [m.sentence for m in mentions if m.start <= found.start()]
            added.append(_at(like, found, max(before, default=0), f"{like.id}f{len(added)}"))
    return added


def _is_of_source(outcome: Mention, found: re.Match[str], mentions: list[Mention]) -> bool:
    """Tell whether an outcome is but a format with its source before it: "CPC aggregation"."""
    return outcome.end == found.end() and any(
        m.kind == "stem" and m.start == outcome.start and found.start() - m.end in (0, 1) for m in mentions
    )


def _at(like: Mention, found: re.Match[str], sentence: int, ident: str) -> Mention:
    """Make a mention like another of the words found."""
    return replace(like, id=ident, start=found.start(), end=found.end(), text=found.group(), sentence=sentence, by=BY)


def in_order(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Return mentions in order of place, outer before inner."""
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
