"""Authors' initials: "DC and RB conceived the study" names no dendritic cell and no gene."""

from __future__ import annotations

import re

from secretome_nlp.types import Mention

INITIALS = re.compile(r"[A-Z]{2,5}")
#: That a text tells who did what for it: one of these stands in its list of credits.
CREDITS = ("conceived", "read and approved", "thor contributions", "thors' contributions", "thors’ contributions",
    "drafted the", "wrote the", "revised the")  # fmt: skip
#: Initials, one or a list of them, and what only an author does, with the work that it was done for close behind.
CREDITED = re.compile(
    r"(?<![\w‐-―-])(?P<who>(?:[A-Z]{2,5}(?:,? and |, ?| ?& ?|/))*[A-Z]{2,5}) (?:\w+ly |also |both |all )?"
    r"(?:conceived|designed|planned|performed|carried out|conducted|wrote|drafted|revised|edited|analy[sz]ed"
    r"|interpreted|contributed|participated|supervised|coordinated|directed|oversaw|helped|assisted|read|approved|prepared|provided)\b"
    r"(?=[^.;]{0,90}\b(?:experiments?|stud(?:y|ies)|manuscript|paper|article|data|analys[ei]s|project|draft|reagents"
    r"|materials|figures?)\b)"
)


def without_initials(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Drop the mentions that are authors' initials, in texts that tell who did what for them.

    `mentions` are those of `text`; their order is kept.
    """
    short = [m for m in mentions if INITIALS.fullmatch(m.text)]
    if not short or not any(words in text for words in CREDITS):
        return mentions
    credited = [m.span("who") for m in CREDITED.finditer(text)]
    dropped = {m.id for m in short if any(start <= m.start and m.end <= end for start, end in credited)}
    return tuple(m for m in mentions if m.id not in dropped)
