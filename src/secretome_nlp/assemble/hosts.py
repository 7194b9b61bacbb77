"""Animals of several species in which one product was tested: "in mice and in monkeys" is two tests."""

from __future__ import annotations

from secretome_nlp.assemble.arms import Article, of_article
from secretome_nlp.assemble.view import View
from secretome_nlp.types import Outcome


def part(
    view: View, article: Article, sentences: list[int], outcomes: list[Outcome]
) -> list[tuple[str | None, list[Outcome]]]:
    """Return the outcomes of a setting in animals by the species in which they were measured.

    The first species, not named (None), has all outcomes; each other has those of the sentences that name it.
    """
    parts: list[tuple[str | None, list[Outcome]]] = [(None, outcomes)]
    for species in _tested_species(view, article, sentences)[1:]:
        own = [o for o in outcomes if species in _species(view, view.mentions[o.target.mentions[0]].sentence)]
        if own:
            parts.append((species, own))
    return parts


def _tested_species(view: View, article: Article, sentences: list[int]) -> list[str]:
    """Return the species in which the article is said to be tested, in order of place.

    Only what one sentence names is told apart, and not what stands right before a product or cell, as its source.
    """
    tests = of_article(view.relations(sentences, "tested_in"), article)
    linked = {r.tail for r in tests if not r.negated and not r.hedged}
    for number in sentences:
        sources = {m.start - 1 for m in view.of([number], "COMPONENT", "CELL_TYPE")}
        animals = [m for m in view.of([number], "SPECIES") if m.kind == "species" and m.end not in sources]
        named = [view.value(m) for m in animals if m.id in linked]
        found = [s for s in dict.fromkeys(named) if s not in view.words.vague_hosts]
        if len(found) > 1:
            return found
    return []


def _species(view: View, number: int) -> set[str]:
    return {view.value(m) for m in view.of([number], "SPECIES")}
