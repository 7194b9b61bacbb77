"""Why a reading lost and what a rule lacked, in words."""

from __future__ import annotations

from secretome_nlp.recognise.contest import Lost, Why
from secretome_nlp.relate.near_misses import Lack

WHY: dict[Why, str] = {
    "context": "a word beside it forbids it",
    "same words": "another reading of the same words ranks higher",
    "longer reading": "a longer reading of its type stands",
    "inside": "not told inside what stands around it",
    "overlap": "shares words with a longer reading",
    "harm": "dropped: belongs to an agent that harms, not to the treatment",
    "not cargo": "dropped: nothing says that it is carried or loaded",
    "initials": "dropped: an author's initials",
    "stress": "read otherwise: this document primes cells with it",
    "role": "read otherwise: the words around it tell cargo from target",
    "vague": "dropped: the sentence has a better word for the host",
    "preparation": "dropped: no source or product stands near that is so prepared",
    "recipient": "dropped: done to a host or a recipient cell, not to a source",
    "prefix": "read otherwise: before a product it stands for what its source was primed with",
    "background": "dropped: a disease (or a part of its name) that is only talked about, neither treated nor tested",
}
LACK: dict[Lack, str] = {
    "head": "but nothing in its clause can be the head",
    "tail": "but nothing in its clause can be the tail",
    "frame": "but the words between the arguments fit none of its patterns",
}


def why_in_words(lost: Lost) -> str:
    """Return why a reading lost, and to what."""
    if lost.winner is None:
        return WHY[lost.why]
    words, type_, by = lost.winner
    return f"{WHY[lost.why]}: {type_} {words} [{by.how} {by.id}]"


def lack_in_words(lack: Lack) -> str:
    """Return what rules lacked that nearly fired."""
    return LACK[lack]
