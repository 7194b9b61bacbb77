"""The models of a record: disease and induction of its setting; for cultures the stress or, lacking one, the cells."""

from __future__ import annotations

import re

from secretome_nlp.assemble.arms import Article, of_article
from secretome_nlp.assemble.settings import setting_of
from secretome_nlp.assemble.slots import unique
from secretome_nlp.assemble.studies import FEW_SENTENCES
from secretome_nlp.assemble.view import SOURCE_KINDS, View
from secretome_nlp.types import Mention, Slot

#: Finders of what says less than any model beside it: groups of diseases, and what an agent impaired.
GENERAL = frozenset({"model.group", "model.induced_impairment"})


def model_slots(
    view: View, article: Article, here: list[int], sentences: list[int], setting: str | None
) -> tuple[Slot, ...]:
    """Return the models of a setting, of its own sentences (`here`) before the study's.

    What the article was tested in comes before what the sentences name. A culture without a stress or a disease that
    was tested in has the cells that were acted on.
    """
    if setting != "in_vitro":
        found = _models(view, here, False) or _models(view, sentences, False)
        tested = _tested(view, article, here, found) or _tested(view, article, sentences, found)
        return _slots(view, [*tested, *_set_up(view, found)] if tested else found)
    prepared = _preparations(view, sentences)
    stresses = [m for m in _models(view, here, True) if not _words(view, m) <= prepared]
    if stresses:
        return _slots(view, _tested(view, article, here, stresses) or stresses)
    diseases = _models(view, here, False)
    cells = recipients(view, article, here)
    told = [m for m in diseases if setting in (setting_of(view, m.sentence) or (setting,))]
    chosen = _tested(view, article, here, told) or cells or _tested(view, article, here, diseases)
    chosen = chosen or diseases or _models(view, sentences, False)
    return _slots(view, chosen)


def recipients(view: View, article: Article, sentences: list[int]) -> list[Mention]:
    """Return the cells that the article acted on: targets themselves, or named in what is measured in them."""
    tails = [view.mentions[r.tail] for r in of_article(view.relations(sentences, "affects", "tested_in"), article)]
    cells = [c for t in tails for c in (t, *view.inside.get(t.id, ())) if c.type == "CELL_TYPE"]
    told = {t.sentence for t in tails}
    cells = cells or [c for c in view.of(sentences, "CELL_TYPE") if c.sentence in told]
    return [c for c in cells if c.kind not in SOURCE_KINDS and not view.is_nested(c, "COMPONENT", "PRIMING")]


def _models(view: View, sentences: list[int], cultured: bool) -> list[Mention]:
    """Return the mentioned models of cultures, or of bodies, that are not part of a preparation or an endpoint.

    What the end of a text alone names is what the product may be good for, if models are named before.
    """
    found = [
        m
        for m in view.of(sentences, "MODEL")
        if (m.kind == "in_vitro") == cultured and not view.is_nested(m, "PRIMING", "OUTCOME")
    ]
    early = [m for m in found if not _ends_text(view, m.sentence)]
    return early or found


def _ends_text(view: View, number: int) -> bool:
    """Tell whether a sentence is the last of a longer text, or begins as a conclusion."""
    last = len(view.annotations.document.sentences) - 1
    concluding = view.lower_text(number).startswith(view.words.concludes)
    return concluding or number == last > FEW_SENTENCES


def _set_up(view: View, models: list[Mention]) -> list[Mention]:
    """Return the models that a sentence says were made: by what animals got the disease in which a test is told."""
    return [m for m in models if m.kind == "induced" and _has_set_up(view, m.sentence)]


def _has_set_up(view: View, number: int) -> bool:
    text = view.lower_text(number)
    return view.roles[number] == "method" or any(w in text for w in view.words.set_up)


def _tested(view: View, article: Article, sentences: list[int], models: list[Mention]) -> list[Mention]:
    """Return those models in which the article is said to be tested."""
    linked = {r.tail for r in of_article(view.relations(sentences, "tested_in"), article)}
    return [m for m in models if m.id in linked]


def _preparations(view: View, sentences: list[int]) -> frozenset[str]:
    """Return the words of all preparations: hypoxia of the source is no stress of the recipient."""
    return frozenset(w for m in view.of(sentences, "PRIMING") for w in _split(view.value(m)))


def _slots(view: View, models: list[Mention]) -> tuple[Slot, ...]:
    kept = _most_specific(view, models)
    first = {_words(view, m): view.value(m) for m in reversed(kept)}
    named = ((m, first[_words(view, m)]) for m in kept)
    return unique(view.slot(m, None if value == view.value(m) else value) for m, value in named)


def _most_specific(view: View, models: list[Mention]) -> list[Mention]:
    """Drop "kidney injury" where "glycerol-induced acute kidney injury" says more of the same; fullest first."""
    words = {m.id: _words(view, m) for m in models}
    named = [m for m in models if m.by.id not in GENERAL] or models
    kept = [m for m in named if not any(words[m.id] < words[o.id] for o in named)]
    return sorted(kept, key=lambda m: (-len(words[m.id]), m.start))


def _words(view: View, mention: Mention) -> frozenset[str]:
    return frozenset(_split(view.value(mention)))


def _split(value: str) -> list[str]:
    return [w for w in re.split(r"[\s/-]+", value) if w]
