"""The explanation as one HTML page in the manner of displaCy: spans in the text, arcs for the relations,
and the parse of each sentence.

It loads nothing and runs no script; all text is escaped.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from secretome_nlp.explain.arcs import arcs
from secretome_nlp.explain.look import Explanation
from secretome_nlp.explain.parsed import picture
from secretome_nlp.explain.terminal import headline, named_slots
from secretome_nlp.explain.words import lack_in_words, why_in_words
from secretome_nlp.types import Mention


def page(explanation: Explanation, title: str = "Explained") -> str:
    """Return the page, the same bytes for the same explanation."""
    found = explanation.found
    d, by_id = found.document, {m.id: m for m in found.mentions}
    sentences = []
    for number, span in enumerate(d.sentences):
        relations = [r for r in found.relations if r.sentence == number]
        mentions = [m for m in found.mentions if m.sentence == number]
        sentences.append(
            {
                "spans": Markup(_spans(d.text, span.start, span.end, mentions)),
                "arcs": Markup(arcs(d.text, relations, by_id)),
                "parse": Markup(picture(explanation.parsed[number], mentions, f"parse-{number}"))
                if number in explanation.parsed
                else "",
                "mentions": mentions,
                "relations": [(r, by_id[r.head].text, by_id[r.tail].text) for r in relations],
                "lost": [(x, why_in_words(x)) for x in explanation.lost if span.start <= x.start < span.end],
                "near": [(n, lack_in_words(n.lack)) for n in explanation.near if n.sentence == number],
            }
        )
    records = [(headline(n, r), named_slots(r), r.outcomes) for n, r in enumerate(found.records, 1)]
    environment = Environment(loader=PackageLoader("secretome_nlp.explain"), autoescape=True, trim_blocks=True)
    content: dict[str, Any] = {
        "title": title, "sentences": sentences, "records": records, "patterns": explanation.patterns,
        "plural": lambda n, word: f"{n} {word}{'' if n == 1 else 's'}",
    }  # fmt: skip
    return environment.get_template("explain.html.j2").render(content)


def _spans(text: str, start: int, end: int, mentions: list[Mention]) -> str:
    """Return a stretch of text with its mentions as marks, one inside another where they are so."""
    escape = Markup.escape
    parts: list[str] = []
    at = start
    for n, m in enumerate(mentions):
        if m.start < at or m.end > end:
            continue
        inner = [x for x in mentions[n + 1 :] if m.start <= x.start and x.end <= m.end]
        title = ", ".join(f"{x.id} {x.name}" for x in m.norm) or "no id"
        parts += [
            escape(text[at : m.start]), f'<mark data-type="{m.type}" title="{escape(title)}">',
            _spans(text, m.start, m.end, inner), f'<span class="type">{m.type}</span></mark>',
        ]  # fmt: skip
        at = m.end
    return "".join([*parts, escape(text[at:end])])
