"""Arms of one product that differ in how it was prepared: "hypoxic EVs" beside "EVs", each with results of its own.

Texts name the preparation now and then only, so that a product without one is mostly the prepared one. It is an arm of
its own where a sentence sets it beside the prepared product and says what it did, and likewise where a second agent
was added to the preparation of the first ("plus an inhibitor").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from secretome_nlp.assemble.arms import Article, cells_of
from secretome_nlp.assemble.outcomes import same_measure
from secretome_nlp.assemble.slots import is_loss
from secretome_nlp.assemble.view import View
from secretome_nlp.knowledge.rules import load_rules
from secretome_nlp.types import Mention

#: What joins a second agent to a preparation.
COMBINED = re.compile(r"(?:\bplus\b|\+|\bcombined with\b|\btogether with\b)")


def part(view: View, article: Article) -> list[Article]:
    """Return the article, or its arms where differently prepared forms of it acted: the main one first.

    What was taken from a form shows how the article acts: beside it the whole one is no other arm.
    """
    prepared = {m.id: _gains(view, m) for m in article.mentions}
    combined = _apart(view, article, lambda m: any(COMBINED.search(p) for p in prepared[m.id]))
    rest = combined[0]
    beside = {m.sentence for m in rest.mentions if prepared[m.id]}
    plain = _apart(view, rest, lambda m: not prepared[m.id] and m.sentence in beside)
    failed = _gainsaid(view, plain[0])
    robbed = {id_ for id_ in failed if _is_robbed(view, view.mentions[id_])}
    idle = _apart(view, _without(plain[0], robbed), lambda m: m.id in failed)
    return [idle[0], *plain[1:], *idle[1:], *combined[1:]]


def _gainsaid(view: View, article: Article) -> set[str]:
    """Return the mentions that did nothing where another mention of the article did something."""
    told = [r for r in article.effects if r.type == "affects" and not r.hedged]
    done = [view.mentions[r.tail] for r in told if not r.negated]
    idle = {
        r.head for r in told if r.negated and any(same_measure(view, view.mentions[r.tail], target) for target in done)
    }
    return idle - {r.head for r in told if not r.negated}


def _is_robbed(view: View, m: Mention) -> bool:
    """Tell whether a form of the article, or its cells, lacks something, or is shown to act by what it lacks."""
    shown = any(r.rule in _shown_by_denial() for r in view.relations([m.sentence], "mediated_by"))
    return shown or any(is_loss(view, p) for p in _preparations(view, m))


@cache
def _shown_by_denial() -> frozenset[str]:
    return frozenset(rule.id for rule in load_rules().rules if rule.denial_shows)


def _without(article: Article, idle: set[str]) -> Article:
    """Return an article without what some of its mentions did not do."""
    if not idle:
        return article
    return replace(article, effects=[r for r in article.effects if r.head not in idle])


def preparations_of(view: View, m: Mention) -> frozenset[str]:
    """Return how a product, or the cell that it comes from, was prepared, by the relations of its sentence."""
    return frozenset(view.value(p) for p in _preparations(view, m))


def _gains(view: View, m: Mention) -> frozenset[str]:
    return frozenset(view.value(p) for p in _preparations(view, m) if not is_loss(view, p))


def _preparations(view: View, m: Mention) -> list[Mention]:
    told = view.relations([m.sentence], "primed_with")
    if not told:
        return []
    ids = {m.id, *(c.id for c in cells_of(view, m))}
    return [view.mentions[r.tail] for r in told if r.head in ids and not r.negated]


def _apart(view: View, article: Article, belongs: Callable[[Mention], bool]) -> list[Article]:
    """Part the mentions that belong to an arm from the rest, if both did something."""
    ids = {m.id for m in article.mentions if belongs(m)}
    inner = [r for r in article.effects if r.head in ids]
    outer = [r for r in article.effects if r.head not in ids]
    if not any(r.type == "affects" for r in inner) or not any(r.type == "affects" for r in outer):
        return [article]
    return [_arm(view, article, [m for m in article.mentions if (m.id in ids) == inside]) for inside in (False, True)]


def _arm(view: View, article: Article, mentions: list[Mention]) -> Article:
    ids = {m.id for m in mentions}
    own = {m.id for m in article.mentions}
    cells = [c for m in mentions for c in cells_of(view, m)]
    effects = [
        r for r in article.effects if r.head in ids or (r.head not in own and mentions[0] is article.mentions[0])
    ]
    main = article.main and mentions[0] is article.mentions[0]
    cells = cells or article.cells
    return replace(article, component=mentions[0], mentions=mentions, cells=cells, effects=effects, main=main)
