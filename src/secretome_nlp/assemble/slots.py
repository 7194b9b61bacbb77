"""The slots of a record: each is filled from mentions of the study's sentences, never from anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from secretome_nlp.assemble.arms import Article, of_article
from secretome_nlp.assemble.origins import HUMAN
from secretome_nlp.assemble.settings import has_word, host_mentions
from secretome_nlp.assemble.view import View
from secretome_nlp.types import Mention, Slot

#: The adjective of a state of oxygen: "hypoxic" names the same preparation as "hypoxia".
OXYGEN = re.compile(r"oxic$")


#: Nouns that stand behind the name of a strain.
ANIMALS = frozenset({"mice", "mouse", "rats", "rat", "pigs", "swine", "rabbits", "rabbit"})
#: The fewest letters by which the name of an agent may be told from its beginning.
SHORTEST = 3


def unique(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Join slots of equal value; the first words stand, the mentions are gathered."""
    found: dict[str, Slot] = {}
    for s in slots:
        old = found.get(s.value)
        if old is None:
            found[s.value] = s
        else:
            mentions = (*old.mentions, *(m for m in s.mentions if m not in old.mentions))
            found[s.value] = Slot(old.text, old.value, old.id or s.id, mentions)
    return tuple(found.values())


def component_slot(article: Article) -> Slot | None:
    """Return what was given: the component, or the cells themselves; None of molecules alone."""
    if article.component.type == "MIRNA":
        return None
    if article.component.type == "COMPONENT":
        best = max(article.mentions, key=lambda m: (specific(m.value), -m.start))
        return Slot(
            best.text,
            best.value or "cells",
            best.norm[0].id if best.norm else None,
            tuple(m.id for m in article.mentions),
        )
    return Slot(article.component.text, "cells", None, tuple(m.id for m in article.mentions))


def specific(value: str | None) -> int:
    """Rank component classes: an exosome says more than an extracellular vesicle."""
    return {"extracellular_vesicle": 1, "whole_secretome": 1, "conditioned_medium": 2}.get(value or "", 3)


def host_slots(
    view: View, sentences: list[int], setting: str | None, species: str | None = None
) -> tuple[Slot | None, Slot | None]:
    """Return host species and strain, of one `species` alone if it is given; a test in cells alone has neither."""
    if setting == "in_vitro":
        return None, None
    hosts = [m for m in host_mentions(view, sentences) if (m.kind == "subject") == (setting == "clinical")]
    hosts = [m for m in hosts if species in (None, view.value(m))]
    tested = {r.tail for r in view.relations(sentences, "tested_in")}
    hosts.sort(key=lambda m: (view.value(m) in view.words.vague_hosts, m.id not in tested, m.start))
    strain = next((m for m in hosts if m.kind == "strain" or _inner_strain(m)), None)
    named = next((m for m in hosts if m.kind != "strain"), None)
    host = view.slot(named) if named else None
    if host is None and strain is not None and strain.value:
        host = Slot(strain.text, strain.value, None, (strain.id,))
    if host is not None and named is not None and named.kind == "subject":
        host = Slot(host.text, HUMAN, host.id, host.mentions)
    return host, _strain_slot(strain) if strain else None


def _inner_strain(m: Mention) -> bool:
    return m.by.id == "species.strain_and_species"


def _strain_slot(m: Mention) -> Slot:
    words = m.text.split()
    species = _inner_strain(m) or words[-1].lower() in ANIMALS
    text = " ".join(words[:-1]) if species and len(words) > 1 else m.text
    return Slot(m.text, text.lower(), None, (m.id,))


def delivery_slots(view: View, article: Article, sentences: list[int]) -> tuple[Slot | None, Slot | None]:
    """Return route and carrier, those that are linked to the article first."""
    linked = {r.tail for r in of_article(view.relations(sentences, "delivered_by"), article)}
    found = sorted(view.of(sentences, "DELIVERY"), key=lambda m: (m.id not in linked, m.start))
    route = next((m for m in found if m.kind == "route"), None)
    carrier = next((m for m in found if m.kind == "carrier" and m.id in linked), None)
    return _route_slot(view, route) if route else None, view.slot(carrier) if carrier else None


def _route_slot(view: View, route: Mention) -> Slot:
    """Return a route by its name, or by the part of the body where no lexicon names it: "into the left ventricle"."""
    site = route.text.lower()
    by_site = (name for name, words in view.words.routes_by_site.items() if has_word(site, words))
    return view.slot(route, next(by_site, None) if view.entry(route) is None else None)


def linked_slots(view: View, article: Article, sentences: list[int], relation: str, *types: str) -> tuple[Slot, ...]:
    """Return the slots of what relations of a type link to the article."""
    relations = of_article(view.relations(sentences, relation), article)
    tails = [view.mentions[r.tail] for r in relations if not r.negated]
    return unique(view.slot(m) for m in tails if m.type in types)


def priming_slots(
    view: View, article: Article, sentences: list[int], comparator: Slot | None = None
) -> tuple[Slot, ...]:
    """Return how the article or its cells were prepared.

    What was taken from them to show how they act belongs to an arm of its own, and how the `comparator` was prepared
    is not how the article was; a general word for what another phrase says in full ("preconditioned") adds nothing,
    and what is named after one agent is one preparation.
    """
    relations = of_article(view.relations(sentences, "primed_with"), article)
    found = [view.mentions[r.tail] for r in relations if not r.negated]
    other = comparator.mentions if comparator is not None else ()
    gained = [m for m in found if m.type == "PRIMING" and not is_loss(view, m) and m.id not in other]
    words = {m.id: _agent_words(view, m) for m in gained}
    full = [
        m for m in gained if not any(words[m.id] < words[o.id] or _is_prefix(words[m.id], words[o.id]) for o in gained)
    ]
    named = [m for m in full if view.entry(m) is None or not _is_general(view, m)]
    fullest: dict[frozenset[str], Mention] = {}
    for m in named or full:
        known = fullest.setdefault(words[m.id], m)
        if len(view.value(m)) > len(view.value(known)):
            fullest[words[m.id]] = m
    return unique(_named_by_noun(view.slot(m)) for m in fullest.values() if not _is_usual(view, words[m.id]))


def _named_by_noun(slot: Slot) -> Slot:
    """Name a state of oxygen by its noun: "hypoxic preconditioning" is hypoxia preconditioning."""
    return replace(slot, value=" ".join(OXYGEN.sub("oxia", w) for w in slot.value.split()))


def _is_usual(view: View, agent: frozenset[str]) -> bool:
    """Tell whether a preparation is how cells are kept anyway, with which others are compared: "normoxic"."""
    return agent <= set(view.words.beside)


def is_loss(view: View, m: Mention) -> bool:
    """Tell whether something was taken from the source: "silenced miR-21", "PTEN knockdown"."""
    words = view.value(m)
    return words.startswith(view.words.losses) or words.split()[-1].startswith(view.words.lost)


def _agent_words(view: View, m: Mention) -> frozenset[str]:
    """Return the words of a preparation but those that name the act: of "curcumin pretreatment" only curcumin."""
    acts = {*view.words.acts, *view.words.acts.values()}
    words = frozenset(OXYGEN.sub("oxia", w) for w in re.split(r"[\s/-]+", view.value(m)))
    return words - acts or words


def _is_prefix(short: frozenset[str], full: frozenset[str]) -> bool:
    """Tell whether a preparation is named by the beginning of another's name alone: "CUR" beside curcumin."""
    (word, *more) = short
    return not more and len(word) >= SHORTEST and any(w.startswith(word) and w != word for w in full)


def _is_general(view: View, m: Mention) -> bool:
    """Tell whether a preparation's words name no agent of their own: "engineered", "primed"."""
    return m.text.lower().replace("-", "") in view.words.acts


def donor_relation(
    view: View, sentences: list[int], donor: Slot | None, host: Slot | None
) -> tuple[str | None, str | None]:
    """Return autologous, allogeneic or xenogeneic, and the rule: stated, or derived from donor and host."""
    text = " ".join([view.lower_text(n) for n in sentences])
    for relation, words in view.words.relations.items():
        if any(w in text and re.search(rf"\b{re.escape(w)}\b", text) for w in words):
            return relation, "donor_relation.stated"
    if donor is not None and host is not None and donor.value != host.value:
        return "xenogeneic", "donor_relation.derived"
    return None, None


def dose_slots(view: View, article: Article, sentences: list[int]) -> tuple[Slot, ...]:
    """Return the doses that are linked to the article; those beside one in its sentence are of the same schedule."""
    linked = {r.tail for r in of_article(view.relations(sentences, "dosed_at"), article) if not r.negated}
    told = {view.mentions[i].sentence for i in linked}
    found = [m for m in view.of(sentences, "DOSE") if m.sentence in told and not view.is_nested(m, "PRIMING", "MODEL")]
    return unique(map(view.slot, found))
