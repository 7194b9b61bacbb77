"""Mentions on public corpora: their labels and our types are put into common groups, and those compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from secretome_nlp.evaluate import match as matching
from secretome_nlp.evaluate.match import Item
from secretome_nlp.evaluate.metrics import Counts, total
from secretome_nlp.evaluate.public.corpora import Labelled
from secretome_nlp.types import Annotations, Document, Section

Annotate = Callable[[Iterable[Document]], Iterable[Annotations]]


def documents(texts: Iterable[Labelled]) -> Iterator[Document]:
    """Yield the texts as documents of one mined section."""
    for t in texts:
        yield Document(t.id, "", "text", "", t.text, (Section("", "body", 0, len(t.text)),))


def score(
    texts: list[Labelled], annotate: Annotate, groups: dict[str, dict[str, list[str]]]
) -> dict[str, dict[str, list[Counts]]]:
    """Return strict and relaxed counts of each document by group.

    A group names the corpus's `labels` and our `types` that stand for the same; what lies outside the groups on either
    side is not counted.
    """
    of_label = {label: name for name, group in groups.items() for label in group["labels"]}
    of_type = {type_: name for name, group in groups.items() for type_ in group["types"]}
    found: dict[str, dict[str, list[Counts]]] = {name: {"strict": [], "relaxed": []} for name in groups}
    for text, a in zip(texts, annotate(documents(texts)), strict=True):
        gold = [Item(f"g{n}", of_label[label], span) for n, (span, label) in enumerate(text.spans) if label in of_label]
        finds = [Item(m.id, of_type[m.type], m.span) for m in a.mentions if m.type in of_type]
        for name in groups:
            matched = matching.match([i for i in gold if i.type == name], [i for i in finds if i.type == name])
            found[name]["strict"].append(matching.strict(matched))
            found[name]["relaxed"].append(matching.relaxed(matched))
    return found


def pooled(scores: dict[str, dict[str, list[Counts]]]) -> dict[str, dict[str, Counts]]:
    """Return the counts of all documents together."""
    return {name: {how: total(units) for how, units in by.items()} for name, by in scores.items()}
