"""Documents with mentions and relations set by hand: `[words]id:TYPE/kind` in sentences of our own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secretome_nlp.assemble.view import View, make_view
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.records import load_record_words
from secretome_nlp.types import Abbreviation, Annotations, Document, FoundBy, Mention, Relation, Span

MARK = re.compile(r"\[|\](?P<id>\w+):(?P<type>[A-Z_]+)(?:/(?P<kind>\w+))?(?:=(?P<concept>[\w.]+))?")


def view(
    sentences: Sequence[str],
    relations: Sequence[tuple[str, str, str]] = (),
    entries: Sequence[Entry] = (),
    abbreviations: Sequence[Abbreviation] = (),
    agents: dict[str, str] | None = None,
) -> View:
    """Return the view of some sentences; `relations` are (type, head, tail), each of its head's sentence,
    `agents` short forms of inducing agents.
    """
    text, spans, mentions = "", list[Span](), list[Mention]()
    for number, marked in enumerate(sentences):
        start, at, open_ = len(text), 0, list[int]()
        for mark in MARK.finditer(marked):
            text += marked[at : mark.start()]
            at = mark.end()
            if mark.group() == "[":
                open_.append(len(text))
                continue
            first = open_.pop()
            mentions.append(
                Mention(
                    mark["id"], first, len(text), text[first:], mark["type"], FoundBy("lexicon", "test"), number,
                    kind=mark["kind"], concept=mark["concept"],
                )
            )  # fmt: skip
        text += marked[at:]
        spans.append(Span(start, len(text)))
        text += " "
    mentions.sort(key=lambda m: (m.start, -m.end))
    where = {m.id: m.sentence for m in mentions}
    linked = [
        Relation(f"r{n}", kind, head, tail, "test", where[head]) for n, (kind, head, tail) in enumerate(relations)
    ]
    document = Document("t", "t", "text", "", text, sentences=tuple(spans))
    found = Annotations(document, tuple(mentions), tuple(linked), abbreviations=tuple(abbreviations))
    return make_view(found, (), {e.id: e for e in entries}, agents or {}, load_record_words())
