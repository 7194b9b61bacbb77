"""Studies of what products carry: a review tells that miRNAs healed a kidney, and names no vesicle that bore them."""

from __future__ import annotations

from secretome_nlp.assemble.arms import Article
from secretome_nlp.assemble.studies import StudyUnit
from secretome_nlp.assemble.view import View

#: The type of the molecules that are tested as a cargo would be.
CARRIED = "MIRNA"


def find_molecules(view: View, unit: StudyUnit) -> Article | None:
    """Return the molecules of a cited study as its test article, if they did something; the first stands for them."""
    effects = [
        r
        for r in view.relations(unit.sentences, "affects", "regulates")
        if view.mentions[r.head].type == CARRIED and not r.hedged
    ]
    heads = {r.head for r in effects}
    mentions = [m for m in view.of(unit.sentences, CARRIED) if m.id in heads]
    if not any(r.type == "affects" for r in effects):
        return None
    return Article(mentions[0], mentions, [], effects, main=True)
