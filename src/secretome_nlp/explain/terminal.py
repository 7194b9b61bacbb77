"""The explanation as lines for a terminal; colours are click's, which leaves them out where they are not wanted."""

from __future__ import annotations

import click

from secretome_nlp.explain.look import Explanation, Near
from secretome_nlp.explain.parsed import tree
from secretome_nlp.explain.words import lack_in_words, why_in_words
from secretome_nlp.recognise.contest import LATER, Lost
from secretome_nlp.types import EvidenceRecord, Mention, Relation, Slot

COLOURS = {
    "CELL_TYPE": "green", "COMPONENT": "bright_green", "FACTOR": "yellow", "MIRNA": "bright_yellow",
    "DELIVERY": "cyan", "MODEL": "red", "GENE": "magenta", "TISSUE": "blue", "SPECIES": "bright_blue",
    "OUTCOME": "bright_red", "PRIMING": "bright_magenta", "DOSE": "bright_cyan",
}  # fmt: skip


def lines(explanation: Explanation, why: bool = False, parse: bool = False) -> list[str]:
    """Return the lines that explain a document, sentence by sentence, then its records.

    Mentions that were dropped for what stands around them are told with the reason. With `why`, also all other
    readings that lost, what beat them, and the rules that nearly fired; with `parse`, each sentence's tree.
    """
    found = explanation.found
    text, by_id = found.document.text, {m.id: m for m in found.mentions}
    made = []
    for number, span in enumerate(found.document.sentences):
        mentions = [m for m in found.mentions if m.sentence == number]
        made.append(_coloured(text, span.start, span.end, mentions))
        made += [f"    {_mention(m)}" for m in mentions]
        made += [f"    {_relation(r, by_id)}" for r in found.relations if r.sentence == number]
        lost = [x for x in explanation.lost if span.start <= x.start < span.end]
        made += [f"    {_lost(x)}" for x in lost if why or (x.winner is None and x.why in LATER)]
        if why:
            made += [f"    {_near(n)}" for n in explanation.near if n.sentence == number]
        if parse and number in explanation.parsed:
            made += [click.style(f"    | {line}", dim=True) for line in tree(explanation.parsed[number])]
    made += [line for n, record in enumerate(found.records, 1) for line in _record(n, record)]
    if not found.mentions:
        made.append("nothing was found")
    return made


def _coloured(text: str, start: int, end: int, mentions: list[Mention]) -> str:
    parts, at = [], start
    for m in mentions:
        if m.start >= at:
            parts += [text[at : m.start], click.style(m.text, fg=COLOURS.get(m.type, "white"), bold=True)]
            at = m.end
    return "".join(parts) + text[at:end]


def _mention(m: Mention) -> str:
    ids = ", ".join(f"{n.id} {n.name}" for n in m.norm[:2]) or "no id"
    flags = " negated" * m.negated + " hedged" * m.hedged
    return f"{click.style(m.type, fg=COLOURS.get(m.type, 'white'))} {m.text}  ({ids}){flags}  [{m.by.how} {m.by.id}]"


def _relation(r: Relation, by_id: dict[str, Mention]) -> str:
    said = "".join([" not" * r.negated, " perhaps" * r.hedged, f" {r.direction}" if r.direction else ""])
    return f"{click.style(r.type, bold=True)}{said}: {by_id[r.head].text} -> {by_id[r.tail].text}  [{r.rule}]"


def _lost(x: Lost) -> str:
    return f"{click.style('lost', dim=True)} {x.type} {x.text}  [{x.by.how} {x.by.id}]: {why_in_words(x)}"


def _near(n: Near) -> str:
    said = f"{n.relation}: {n.word!r} stands here, {lack_in_words(n.lack)}"
    return f"{click.style('near', dim=True)} {said}  [{', '.join(n.rules)}]"


def named_slots(r: EvidenceRecord) -> list[tuple[str, Slot]]:
    """Return the filled slots of a record with their names, in the order of a table."""
    slots: list[tuple[str, Slot | None]] = [
        ("cells", r.cell_type), ("source", r.cell_source), ("donor", r.donor_species), ("component", r.component),
        *(("cargo", s) for s in r.cargo), *(("priming", s) for s in r.priming),
        ("route", r.route), ("carrier", r.carrier), *(("dose", s) for s in r.dose),
        ("host", r.host_species), ("strain", r.strain), *(("model", s) for s in r.model),
        *(("mechanism", s) for s in r.mechanism), ("comparator", r.comparator),
    ]  # fmt: skip
    return [(name, s) for name, s in slots if s is not None]


def headline(number: int, r: EvidenceRecord) -> str:
    """Return the line that names a record."""
    setting = (r.setting or "setting not stated").replace("_", " ")
    return f"record {number}: {r.study.label or r.doc_id}, {setting}, confidence {r.confidence}"


def _record(number: int, r: EvidenceRecord) -> list[str]:
    made = ["", click.style(headline(number, r), bold=True)]
    made += [f"    {name}: {s.value}  ({s.text!r})" for name, s in named_slots(r)]
    made += [f"    outcome: {o.target.value} {o.direction} -> {o.effect}" for o in r.outcomes]
    return made
