"""How and how much of an agent of harm was given: its route and dose are not those of the treatment."""

from __future__ import annotations

from secretome_nlp.recognise.atoms import Atoms
from secretome_nlp.recognise.candidates import Candidate, Chart

#: What may stand between a route or dose and the agent that it belongs to: "i.c.v. (ICV) injection of STZ".
BETWEEN = frozenset({
    "(", ")", ",", ".", "injection", "injections", "administration", "infusion", "instillation", "exposure",
    "of", "with", "a", "the", "single", "dose", "doses", "at", "i", "p",
    "v", "n", "icv", "ip", "iv", "given", "once", "daily", "weekly", "for",
})  # fmt: skip
REACH = 6  # atoms


def without_harm(candidates: list[Candidate], chart: Chart, atoms: Atoms) -> list[Candidate]:
    """Drop routes and doses that stand with a MODEL_INDUCER, and doses that follow such a dose.

    `candidates` are those that stand, in order of place; the `chart` holds all readings, the agents among them.
    """
    agents = chart.of("MODEL_INDUCER")
    begins = {c.first for c in agents}
    ends = {c.last for c in agents}
    dropped: set[int] = set()
    for number, c in enumerate(candidates):
        if not (c.type == "DOSE" or (c.type == "DELIVERY" and c.kind == "route")):
            continue
        after = _skip(c.last, atoms, 1)
        before = _skip(c.first - 1, atoms, -1) + 1
        if after in begins or before in ends:
            dropped.add(number)
            ends.add(c.last)
    return [c for number, c in enumerate(candidates) if number not in dropped]


def _skip(at: int, atoms: Atoms, step: int) -> int:
    """Go over atoms that only link a route or dose with what was given; return where something else stands."""
    for _ in range(REACH):
        if not (0 <= at < len(atoms.norms) and atoms.norms[at] in BETWEEN):
            break
        at += step
    return at
