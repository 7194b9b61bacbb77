"""The test articles of a study: what was given, as against what it was compared with.

An article is a component with the cell that it comes from, or the cells themselves. Mentions of one article are
joined (coreference by component class and cell); an arm becomes an article of its own only where the text says
what that arm did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from secretome_nlp.assemble.comparisons import arms_of
from secretome_nlp.assemble.fluids import is_of_fluid
from secretome_nlp.assemble.outcomes import is_vague
from secretome_nlp.assemble.studies import StudyUnit
from secretome_nlp.assemble.view import SOURCE_KINDS, View
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Mention, Relation

#: Words that name a source without saying which: "stem cells" after "hUC-MSCs".
GENERIC = frozenset({"adult", "stem", "stromal", "progenitor", "cell", "cells"})
#: Component classes that name the same article in different words, the most general first.
VESICLES = ("extracellular_vesicle", "exosome", "microvesicle", "apoptotic_body")
SOLUBLE = ("whole_secretome", "conditioned_medium")

#: How far before an agent the words may begin that make it a control.
CONTROL_REACH = 30
#: How far before a molecule the words may begin that say that vesicles bear it, with others listed between.
CARRIED_REACH = 120


@dataclass
class Article:
    """A test article: its mentions, the cells it comes from, and the relations that tell what it did."""

    component: Mention
    mentions: list[Mention] = field(default_factory=list)
    cells: list[Mention] = field(default_factory=list)
    effects: list[Relation] = field(default_factory=list)
    main: bool = False  # what the study is about, as against an arm beside it

    @property
    def value(self) -> str:
        """The article's component class; the cells themselves are `cells`."""
        return self.component.value or "cells" if self.component.type == "COMPONENT" else "cells"

    def ids(self) -> set[str]:
        """Return the ids of the article's mentions."""
        return {m.id for m in self.mentions}

    def places(self) -> set[int]:
        """Return the sentences that name the article."""
        return {m.sentence for m in self.mentions}


def find_articles(view: View, unit: StudyUnit) -> list[Article]:
    """Return the study's articles: the main one first, then arms that have effects of their own."""
    agents = [m for m in view.of(unit.sentences, "COMPONENT", "CELL_TYPE") if _may_be_given(view, m)]
    articles: list[Article] = []
    known: dict[str, set[str]] = {}  # the ids of each article's cells
    ineffective = _ineffective(view, unit)
    for m in agents:
        alike = (a for a in articles if (a.component.id in ineffective) == (m.id in ineffective))
        home = next((a for a in alike if _same(view, a, m)), None)
        if home is None:
            home = Article(m)
            articles.append(home)
        home.mentions.append(m)
        own = known.setdefault(home.component.id, set())
        new = [c for c in cells_of(view, m) if c.id not in own]
        home.cells.extend(new)
        own.update(c.id for c in new)
    _share_effects(view, unit, articles)
    return _ranked(view, unit, articles)


def _ineffective(view: View, unit: StudyUnit) -> set[str]:
    """Return the agents that did not do what another agent of their sentence did: arms of their own, whatever cells."""
    told = [r for r in view.relations(unit.sentences, "affects") if r.trigger is not None]
    done = {(r.sentence, r.trigger, r.tail) for r in told if not r.negated}
    return {r.head for r in told if r.negated and (r.sentence, r.trigger, r.tail) in done}


def _may_be_given(view: View, m: Mention) -> bool:
    if m.type == "COMPONENT":
        return True
    source = m.kind in SOURCE_KINDS
    return source and not _is_source_of_component(view, m) and not view.is_nested(m, "OUTCOME", "PRIMING", "COMPONENT")


def _is_source_of_component(view: View, m: Mention) -> bool:
    told = view.relations([m.sentence], "derived_from")
    return any(r.tail == m.id and view.mentions[r.head].type == "COMPONENT" for r in told)


def cells_of(view: View, m: Mention) -> tuple[Mention, ...]:
    """Return the cell mentions that an agent comes from, by relation; of cells, the mention itself."""
    known = view.cells.get(m.id)
    if known is None:
        known = view.cells[m.id] = (m,) if m.type == "CELL_TYPE" else _sources_of(view, m)
    return known


def _sources_of(view: View, m: Mention) -> tuple[Mention, ...]:
    tails = (view.mentions[r.tail] for r in view.relations([m.sentence], "derived_from") if r.head == m.id)
    return tuple([t for t in tails if t.type == "CELL_TYPE"])


def _same(view: View, article: Article, m: Mention) -> bool:
    """Tell whether a mention names an article met before, exactly or in more general words.

    Vesicles of a fluid are not those of cells.
    """
    value = m.value if m.type == "COMPONENT" else "cells"
    first = article.value
    alike = value == first or {value, first} <= set(VESICLES) or {value, first} <= set(SOLUBLE)
    if not alike:
        return False
    cells = cells_of(view, m)
    if not cells and article.cells and is_of_fluid(view, m):
        return False
    return not cells or not article.cells or any(_same_cell(view, c, d) for c in cells for d in article.cells)


def _same_cell(view: View, a: Mention, b: Mention) -> bool:
    if view.value(a) == view.value(b):
        return True
    if a.kind in SOURCE_KINDS and b.kind in SOURCE_KINDS:
        return _general(view, a, b)
    words_a, words_b = set(view.value(a).split()), set(view.value(b).split())
    return words_a <= words_b or words_b <= words_a


def _general(view: View, a: Mention, b: Mention) -> bool:
    """Tell whether one stem-cell name is the other without its tissue ("MSCs" after "hUC-MSCs")."""
    words_a, words_b = view.value(a).split(), view.value(b).split()
    short, long = sorted((words_a, words_b), key=len)
    if set(short) <= set(long) or set(short) <= GENERIC:
        return True
    heads = {"cell", "cells", "stem", "stromal"}
    return bool(set(words_a) & set(words_b) - heads)


def _share_effects(view: View, unit: StudyUnit, articles: list[Article]) -> None:
    """Give each article what it did, and what the molecules that it is said to hold did.

    Papers show by mimics and inhibitors in the recipient what a cargo does, and credit the product with it.
    """
    owner = {m.id: a for a in articles for m in a.mentions}
    carrier: dict[str, Article] = {}
    for r in view.relations(unit.sentences, "contains"):
        if r.head in owner and not r.negated:
            carrier.setdefault(view.value(view.mentions[r.tail]), owner[r.head])
    bearer = next((a for a in articles if a.component.type == "COMPONENT"), None)
    unclaimed: list[Relation] = []
    for r in view.relations(unit.sentences, "affects", "regulates"):
        head = view.mentions[r.head]
        article = owner.get(r.head)
        if article is not None and _is_named_control(view, head):
            continue
        if article is None and head.type in ("FACTOR", "MIRNA"):
            article = carrier.get(view.value(head)) or (bearer if is_carried(view, head) else None)
        if article is None and head.type == "DELIVERY":
            article = bearer
        if article is not None:
            article.effects.append(r)
        elif head.type == "MIRNA":
            unclaimed.append(r)
    if bearer is not None and any(r.type == "affects" for r in bearer.effects):  # a miRNA alone makes no test
        bearer.effects.extend(unclaimed)


def is_carried(view: View, m: Mention) -> bool:
    """Tell whether the words before a molecule say that vesicles bear it: "exosomal", "EV-derived"."""
    return _carried().search(view.text[max(0, m.start - CARRIED_REACH) : m.start].lower()) is not None


@cache
def _carried() -> re.Pattern[str]:
    forms = "|".join(re.escape(w) for w in load_record_words().carried)
    kinds = r"(?:(?:lncrna|circrna|mirna|microrna)s?\s+(?:\((?:[^()]*[\s,])?)?)?"
    return re.compile(rf"(?<!non-)\b(?:{forms})\s+(?:(?:transfer|delivery|shuttling|transport)\s+of\s+)?{kinds}$")


def _ranked(view: View, unit: StudyUnit, articles: list[Article]) -> list[Article]:
    """Order articles by salience and drop those that did nothing beside one that did."""
    relations = view.relations(unit.sentences, "tested_in", "delivered_by", "affects", "contains", "dosed_at")

    def salience(a: Article) -> tuple[bool, int, int, int, int]:
        ids = a.ids()
        links = sum(r.head in ids for r in relations)
        return (
            all(is_control(view, m) for m in a.mentions),
            -links - len(a.mentions),
            -int(a.component.type == "COMPONENT"),
            -len(a.effects),
            a.component.start,
        )

    ordered = sorted(articles, key=salience)
    if not ordered:
        return []
    main = ordered[0]
    if main.value == "cells":
        made = next((a for a in ordered if a.component.type == "COMPONENT" and (a.effects or not main.effects)), None)
        main = made or main
    arms = [a for a in ordered if a is not main and a.effects and _own_arm(view, main, a)]
    if not any(r.type == "affects" for r in main.effects):
        others = (a for a in ordered if a is not main and a not in arms)
        sources = (a for a in others if a.value == "cells" and _is_source(view, main, a))
        main.effects.extend(r for a in sources for r in a.effects)
    main.main = True
    return [main, *arms]


def _is_source(view: View, product: Article, cells: Article) -> bool:
    """Tell whether cells are those that a product comes from: what they did in animals is told of the product."""
    return any(_same_cell(view, c, d) for c in cells.cells for d in product.cells)


def _acts_beside(view: View, main: Article, cells: Article) -> bool:
    """Tell whether cells did what their product did: else what is said of them is said of the product's source."""
    done = {view.value(view.mentions[r.tail]) for r in main.effects}
    return any(view.value(view.mentions[r.tail]) in done for r in cells.effects)


def _own_arm(view: View, main: Article, arm: Article) -> bool:
    """An arm stands apart where it is another product, or the same that did nothing while the main one did.

    A power that it is said to have is no result. One that did nothing at all is an arm, by whatever name.
    """
    if all(is_control(view, m) for m in arm.mentions):
        return False
    if arm.value == "cells" and main.value != "cells" and not _acts_beside(view, main, arm):
        return False
    plain = [r for r in arm.effects if not r.hedged and not is_vague(view, view.mentions[r.tail])]
    if plain and all(r.negated for r in plain):
        return True
    return bool(plain) and (arm.value != main.value or _cell_values(view, arm) != _cell_values(view, main))


def is_control(view: View, m: Mention) -> bool:
    """Tell whether a mention is what others are compared with, and has no result of its own."""
    compared = (a for a in arms_of(view, m.sentence) if not a.contrast)
    return m.by.id == "component.arm" or any(m in a.mentions for a in compared)


def _is_named_control(view: View, m: Mention) -> bool:
    """Tell whether an agent, or the cell that it comes from, is named a control: "EVs of control MSCs"."""
    before = (view.text[max(0, o.start - CONTROL_REACH) : o.start].lower() for o in (m, *cells_of(view, m)))
    return any(_control().search(words) for words in before)


@cache
def _control() -> re.Pattern[str]:
    forms = "|".join(map(re.escape, load_record_words().named_controls))
    return re.compile(rf"\b(?:{forms})[\s‐-―-]$")


def _cell_values(view: View, article: Article) -> frozenset[str]:
    return frozenset(view.value(c) for c in article.cells)


def of_article(relations: Iterable[Relation], article: Article) -> list[Relation]:
    """Return the relations whose head is one of the article's mentions or its cells."""
    ids = article.ids() | {c.id for c in article.cells}
    return [r for r in relations if r.head in ids]
