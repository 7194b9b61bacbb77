"""In vitro, ex vivo, in vivo or clinical: the setting of a sentence, and the host in which a test was made."""

from __future__ import annotations

import re

from secretome_nlp.assemble.view import View
from secretome_nlp.types import Mention

ORDER = ("clinical", "in_vivo", "ex_vivo", "in_vitro")


def settings_of(view: View, sentences: list[int]) -> dict[int, str | None]:
    """Return each sentence's setting; a sentence that tells none takes that of the one before it."""
    found: dict[int, str | None] = {}
    before: str | None = None
    for number in sentences:
        own = setting_of(view, number)
        before = own or before
        found[number] = before
    first = next((s for s in found.values() if s), None)
    return {n: s or first for n, s in found.items()}


def setting_of(view: View, number: int) -> str | None:
    """Return the setting that a sentence states by its words, hosts, routes and models, or None."""
    text = view.sentence_text(number).lower()
    stated = [s for s in ORDER if any(_has(text, w) for w in view.words.settings.get(s, ()))]
    if "in vitro" in text and "in vivo" not in text:
        return "in_vitro"
    hosts = host_mentions(view, [number])
    if any(h.kind == "subject" for h in hosts):
        return "clinical"
    if hosts or any(m.kind == "route" for m in view.of([number], "DELIVERY")):
        return "in_vivo"
    if stated:
        return stated[0]
    if any(m.kind == "in_vitro" for m in view.of([number], "MODEL")):
        return "in_vitro"
    return None


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def host_mentions(view: View, sentences: list[int]) -> list[Mention]:
    """Return the species mentions that are hosts: not part of a cell's name, nor where a cell came from."""
    donors = {r.tail for r in view.relations(sentences, "derived_from")}
    return [
        m
        for m in view.of(sentences, "SPECIES")
        if m.id not in donors
        and not view.is_nested(m, "CELL_TYPE", "COMPONENT", "PRIMING")
        and not _is_donor_word(view, m)
    ]


def _is_donor_word(view: View, m: Mention) -> bool:
    """ "Human" before a source ("human secretome") names the donor; a bare adjective is no host."""
    following = view.text[m.end : m.end + 40].lstrip(" -")
    next_mention = next((o for o in view.by_sentence.get(m.sentence, ()) if o.start >= m.end), None)
    adjective = view.value(m) == "human" and m.text.lower() == "human"
    glued = next_mention is not None and following.startswith(next_mention.text[:8])
    return adjective or (
        glued and next_mention is not None and next_mention.type in ("CELL_TYPE", "COMPONENT", "TISSUE")
    )
