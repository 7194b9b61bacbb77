"""Hypoxia as what cells were primed with: in a document that preconditions with it, the bare word means that."""

from __future__ import annotations

from dataclasses import replace

from secretome_nlp.types import Mention

STRESS = "model.hypoxia"


def primed_with(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Read bare hypoxia as PRIMING where the document says that cells were primed with it, and tells of no such injury.

    A document with an injury of hypoxia ("hypoxia/reoxygenation", "hypoxic-ischemic injury") keeps it as MODEL.
    """
    bare = {m.id for m in mentions if m.type == "MODEL" and m.concept == STRESS}
    if not bare:
        return mentions
    hypoxic = [m for m in mentions if "hypox" in m.text.lower() and m.id not in bare]
    if not any(m.type == "PRIMING" for m in hypoxic) or any(m.type == "MODEL" for m in hypoxic):
        return mentions
    return tuple(replace(m, type="PRIMING", kind="preconditioning") if m.id in bare else m for m in mentions)
