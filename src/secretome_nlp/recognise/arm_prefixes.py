"""Prefixes of a product's name that stand for what was done to its source: "Mel-Exo", "TNF-α-EVs", "H-MSC-EVs"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from secretome_nlp.types import Abbreviation, FoundBy, Mention

PREFIX = re.compile(r"(?<![\w‐-―-])[^\W\d_][\w/]{0,9}(?=[‐-―-]$)")
HYPHEN = re.compile(r"[‐-―-]")
#: A shorter prefix says too little to be told from the beginning of a word; it must be defined in the document.
LEAST = 3
#: What was put into the product itself, and not into its source: a protein so named is cargo.
LOADED = re.compile(r"load|encapsul|conjugat|decorat|display|deliver|carr(?:y|ied)", re.I)
#: What is said right behind the name of a protein that was given to a source, or of which it has more or less.
TREATMENT = (
    r"\)?[\s‐-―-]+(?:pre[‐-―-]?)?(?:treat|stimulat|prim(?:ed|ing)|activated|augmented|condition(?:ed|ing)"
    r"|over[‐-―-]?express|engineered|transduc|transfect|knock|silenc|deficient|deplet)"
)
AGENTS = frozenset({"FACTOR", "GENE"})
#: A short form that was defined for an arm as a whole: "ischemic preconditioning-induced exosomes (IPC-exo)".
ARM = re.compile(r"(?P<prefix>[A-Z]{2,6})[‐-―-](?P<product>\w+)")
WORD = re.compile(r"pre(?=condition|treat|stimulat|incubat)|[^\W_]+")
BY = FoundBy("grammar", "priming.prefix_of_arm")


def with_prefixes(
    text: str, mentions: tuple[Mention, ...], abbreviations: Iterable[Abbreviation] = ()
) -> tuple[Mention, ...]:
    """Read as PRIMING the prefix of a product, or of its source, that a priming of the document begins with.

    A protein before the product stays cargo (FACTOR) unless the document says that the source was treated with it or
    made to express it. `mentions` are in order of place, and so are those returned.
    """
    said = [m.text for m in mentions if m.type == "PRIMING"]
    long = {a.short_text: a.long_text for a in abbreviations}
    changed: dict[str, Mention] = {}
    added: list[Mention] = []
    for arm in mentions:
        parts = ARM.fullmatch(arm.text) if arm.type == "COMPONENT" and arm.by.how == "abbreviation" else None
        if parts is not None and any(_has_initials(parts["prefix"], p) for p in said):
            start = arm.start + parts.start("product")
            changed[arm.id] = replace(arm, start=start, text=parts["product"])
            if not any(m.type == "PRIMING" and m.start == arm.start for m in mentions):
                added.append(_priming(arm, arm.start, parts["prefix"]))
    for head in _named_products(text, mentions):
        before = [m for m in mentions if m.end == head.start - 1 and HYPHEN.match(text, m.end)]
        agent = next((m for m in before if m.type in AGENTS), None)
        if agent is not None:
            treated = any(_is_agent(agent.text, p) for p in said) or _is_treatment(agent.text, text)
            if treated and not any(_is_cargo(agent.text, p) for p in said):
                changed[agent.id] = replace(agent, type="PRIMING", kind="preconditioning", by=BY)
            continue
        prefix = None if before else PREFIX.search(text, max(0, head.start - 12), head.start)
        if prefix is not None and any(_stands_for(prefix.group(), p, long) for p in said if not LOADED.search(p)):
            added.append(_priming(head, prefix.start(), prefix.group()))
    if not changed and not added:
        return mentions
    together = [changed.get(m.id, m) for m in mentions] + added
    return tuple(sorted(together, key=lambda m: (m.start, -m.end)))


def _named_products(text: str, mentions: tuple[Mention, ...]) -> list[Mention]:
    """Return the products, and the sources right before one ("MSC" in "MSC-EVs"), that stand behind a hyphen."""
    products = {m.start for m in mentions if m.type == "COMPONENT"}
    heads = (m for m in mentions if m.type == "COMPONENT" or (m.type == "CELL_TYPE" and m.end + 1 in products))
    return [m for m in heads if m.start and HYPHEN.match(text, m.start - 1)]


def _priming(head: Mention, start: int, prefix: str) -> Mention:
    """Make the mention of a prefix from that of the product or source behind it."""
    return replace(
        head, id=f"{head.id}p", start=start, end=start + len(prefix), text=prefix, type="PRIMING",
        by=BY, kind="preconditioning", value=None, concept=None,
    )  # fmt: skip


def _is_agent(name: str, priming: str) -> bool:
    return _plain(name) in _plain(priming) and name != priming


def _is_treatment(name: str, text: str) -> bool:
    """Tell whether a text says that something was treated with a protein, or made to have more or less of it."""
    return re.search(rf"(?<!\w){re.escape(name)}{TREATMENT}", text) is not None


def _is_cargo(name: str, priming: str) -> bool:
    return _is_agent(name, priming) and LOADED.search(priming) is not None


def _plain(words: str) -> str:
    """Return words without the hyphens that are written now and then: "GDF-15" and "GDF15"."""
    return HYPHEN.sub("", words.lower())


def _stands_for(prefix: str, priming: str, long: dict[str, str]) -> bool:
    """Tell whether a prefix is the beginning of what a priming names, or the short form of it."""
    meaning = long.get(prefix, "").lower()
    if meaning:
        return meaning in priming.lower() or priming.lower() in meaning
    if _has_initials(prefix, priming):
        return True
    return len(prefix) >= LEAST and priming.lower().startswith(prefix.lower()) and prefix.lower() != priming.lower()


def _has_initials(prefix: str, priming: str) -> bool:
    """Tell "HP" of "hypoxia-preconditioned" and "IPC" of "ischemic preconditioning"."""
    initials = "".join(w[0] for w in WORD.findall(priming.lower()))
    return len(prefix) > 1 and prefix.isupper() and initials.startswith(prefix.lower())
