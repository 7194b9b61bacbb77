"""What a product carries: stated, carried by name ("exosomal miR-21"), or loaded into it."""

from __future__ import annotations

from secretome_nlp.assemble.arms import Article, is_carried, of_article
from secretome_nlp.assemble.slots import linked_slots, unique
from secretome_nlp.assemble.view import View
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Mention, Slot

CARGO = ("FACTOR", "MIRNA", "GENE")


def cargo_slots(view: View, article: Article, sentences: list[int]) -> tuple[Slot, ...]:
    """Return what the article is said to contain, what is carried by name, and what it was loaded with.

    Proteins by which vesicles are told as such ("expressed CD63 and TSG101") are no cargo.
    """
    if article.component.type == "MIRNA":
        return unique(map(view.slot, article.mentions))
    if article.value == "cells":
        return linked_slots(view, article, sentences, "contains", *CARGO)
    stated = list(linked_slots(view, article, sentences, "contains", *CARGO))
    named = [view.slot(m) for m in view.of(sentences, "FACTOR", "MIRNA") if is_carried(view, m)]
    preparations = [view.mentions[r.tail] for r in of_article(view.relations(sentences, "primed_with"), article)]
    loaded = [view.slot(m) for p in preparations if _is_loading(view, p) for m in _inside(view, p)]
    return tuple(s for s in unique([*stated, *named, *loaded]) if not _is_marker(s))


def _is_marker(slot: Slot) -> bool:
    names = {"".join(c for c in words.lower() if c.isalnum()) for words in (slot.text, slot.value)}
    return bool(names & set(load_record_words().markers))


def _is_loading(view: View, preparation: Mention) -> bool:
    words = view.value(preparation)
    return any(w in words for w in view.words.loadings)


def _inside(view: View, m: Mention) -> list[Mention]:
    return [o for o in view.inside.get(m.id, ()) if o.type in CARGO]
