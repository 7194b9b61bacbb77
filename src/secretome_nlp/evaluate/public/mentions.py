"""Mentions on public corpora: their labels and our types are put into common groups, and those compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pydantic import BaseModel, ConfigDict

from secretome_nlp.evaluate import match as matching
from secretome_nlp.evaluate.match import Item, Matching
from secretome_nlp.evaluate.metrics import Counts, total
from secretome_nlp.evaluate.public.corpora import Labelled
from secretome_nlp.types import Annotations, Document, Mention, Section, Span

Annotate = Callable[[Iterable[Document]], Iterable[Annotations]]


def documents(texts: Iterable[Labelled]) -> Iterator[Document]:
    """Yield the texts as documents of one mined section."""
    for t in texts:
        yield Document(t.id, "", "text", "", t.text, (Section("", "body", 0, len(t.text)),))


class Group(BaseModel):
    """Labels of a corpus and types of ours that stand for the same, and what of either lies beyond the other's scheme.

    Finds that nothing of the gold meets are not counted as false where the corpus could not have marked them: of the
    `beyond_kinds`, with one of the `beyond_ids`, or whose last word is one of the `beyond_words` (in lower case,
    plural or not), which its scheme lacks, or (`lists`) members within a gold mention that marks a whole list at once.

    Gold that no find meets is not counted as missed where our guidelines mark no such thing: with one of the
    concepts `unmarked_ids`, or whose words are an expression `unmarked`, whole and in lower case.
    """

    model_config = ConfigDict(extra="forbid")
    labels: list[str]
    types: list[str]
    beyond_kinds: list[str] = []
    beyond_ids: list[str] = []
    beyond_words: list[str] = []
    lists: bool = False
    unmarked_ids: list[str] = []
    unmarked: str | None = None


def score(texts: list[Labelled], annotate: Annotate, groups: dict[str, Group]) -> dict[str, dict[str, list[Counts]]]:
    """Return strict and relaxed counts of each document by group; what lies outside a group is not counted in it."""
    found: dict[str, dict[str, list[Counts]]] = {name: {"strict": [], "relaxed": []} for name in groups}
    for text, a in zip(texts, annotate(documents(texts)), strict=True):
        for name, group in groups.items():
            matched = _matched(text, a, group)
            found[name]["strict"].append(matching.strict(matched))
            found[name]["relaxed"].append(matching.relaxed(matched))
    return found


def _matched(text: Labelled, a: Annotations, group: Group) -> Matching:
    numbers = {f"g{n}": n for n, (_, label) in enumerate(text.spans) if label in group.labels}
    gold = [Item(id_, "", text.spans[n][0]) for id_, n in numbers.items()]
    finds = {m.id: m for m in a.mentions if m.type in group.types}
    matched = matching.match(gold, [Item(m.id, "", m.span) for m in finds.values()])
    whole = [i.span for i in gold] if group.lists else []
    spurious = tuple(i for i in matched.spurious if not _is_beyond(finds[i], group, whole))
    missed = tuple(i for i in matched.missed if not _is_unmarked(text, numbers[i], group))
    return replace(matched, missed=missed, spurious=spurious)


def _is_beyond(m: Mention, group: Group, whole: list[Span]) -> bool:
    ids = {n.id for n in m.norm}
    return (
        m.kind in group.beyond_kinds
        or not ids.isdisjoint(group.beyond_ids)
        or _ends_in(m.text.lower(), group.beyond_words)
        or any(span.contains(m.span) for span in whole)
    )


def _ends_in(text: str, words: list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}s?$", text) for word in words)


def _is_unmarked(text: Labelled, number: int, group: Group) -> bool:
    span, _ = text.spans[number]
    words = text.text[span.start : span.end].lower()
    by_id = bool(text.concepts) and text.concepts[number] in group.unmarked_ids
    return by_id or (group.unmarked is not None and re.fullmatch(group.unmarked, words) is not None)


def pooled(scores: dict[str, dict[str, list[Counts]]]) -> dict[str, dict[str, Counts]]:
    """Return the counts of all documents together."""
    return {name: {how: total(units) for how, units in by.items()} for name, by in scores.items()}
