"""`secretome-nlp explain`: what was tagged, linked and decided in a text, and by which term or rule."""

from __future__ import annotations

import sys

import click

from secretome_nlp.errors import InputError
from secretome_nlp.street import extract
from secretome_nlp.types import Annotations, EvidenceRecord, Failure, Mention, Slot

COLOURS = {
    "CELL_TYPE": "green", "COMPONENT": "bright_green", "FACTOR": "yellow", "MIRNA": "bright_yellow",
    "DELIVERY": "cyan", "MODEL": "red", "GENE": "magenta", "TISSUE": "blue", "SPECIES": "bright_blue",
    "OUTCOME": "bright_red", "PRIMING": "bright_magenta", "DOSE": "bright_cyan",
}  # fmt: skip


@click.command("explain")
@click.argument("text", required=False)
@click.option("--pipeline", default="abstracts", show_default=True, help="Name or file of the pipeline.")
def command(text: str | None, pipeline: str) -> None:
    """Show what was found in TEXT (or on standard input), and by which term or rule.

    \b
    Examples:
      secretome-nlp explain "MSC-EVs reduced fibrosis in UUO rats."
      secretome-nlp explain < abstract.txt
    """
    given = text if text is not None else sys.stdin.read()
    if not given.strip():
        raise InputError('no text given; write it in quotes: secretome-nlp explain "MSC-EVs reduced fibrosis."')
    found = next(extract([_as_text(given)], pipeline))
    if isinstance(found, Failure):
        raise InputError(f"the text could not be processed: {found.error}")
    for line in render(found):
        click.echo(line)


def _as_text(given: str) -> str:
    """Keep a short text from being taken for a path: a text of one line gets its line end."""
    return given if given.endswith("\n") else given + "\n"


def render(found: Annotations) -> list[str]:
    """Return the lines that explain a document, sentence by sentence, then its records."""
    document, by_id = found.document, {m.id: m for m in found.mentions}
    lines = []
    for number, span in enumerate(document.sentences):
        mentions = [m for m in found.mentions if m.sentence == number]
        lines.append(_coloured(document.text, span.start, span.end, mentions))
        lines += [f"    {_mention(m)}" for m in mentions]
        for r in found.relations:
            if r.sentence == number:
                said = "".join([" not" * r.negated, " perhaps" * r.hedged, f" {r.direction}" if r.direction else ""])
                lines.append(
                    f"    {click.style(r.type, bold=True)}{said}: {by_id[r.head].text} -> {by_id[r.tail].text}"
                    f"  [{r.rule}]"
                )
    lines += [line for n, record in enumerate(found.records, 1) for line in _record(n, record)]
    return lines or ["nothing was found"]


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


def _record(number: int, r: EvidenceRecord) -> list[str]:
    slots: list[tuple[str, Slot | None]] = [
        ("cells", r.cell_type), ("source", r.cell_source), ("donor", r.donor_species), ("component", r.component),
        ("route", r.route), ("carrier", r.carrier), ("host", r.host_species), ("strain", r.strain),
        *(("cargo", s) for s in r.cargo), *(("priming", s) for s in r.priming), *(("dose", s) for s in r.dose),
        *(("model", s) for s in r.model), *(("mechanism", s) for s in r.mechanism),
    ]  # fmt: skip
    head = (
        f"record {number}: {r.study.label or r.doc_id}, {r.setting or 'setting not stated'}, confidence {r.confidence}"
    )
    lines = ["", click.style(head, bold=True)]
    lines += [f"    {name}: {s.value}  ({s.text!r})" for name, s in slots if s is not None]
    lines += [f"    outcome: {o.target.value} {o.direction} -> {o.effect}" for o in r.outcomes]
    return lines
