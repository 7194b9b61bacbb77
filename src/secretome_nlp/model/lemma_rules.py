"""Learn endings and exceptions of lemmas from a treebank."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secretome_nlp.model.lemmas import Lemmatizer

Table = dict[str, dict[str, str]]
#: An ending counts when so many different words carry it and so large a share of them changes alike.
FEWEST, SHARE = 3, 0.6


def learned(seen: list[tuple[str, str, str]], lemmatizer: Lemmatizer) -> tuple[Table, Table]:
    """Return the exceptions and the endings by tag; `lemmatizer` is what will read them."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for word, tag, lemma in seen:
        counts[word, tag][lemma] += 1
    best = {key: max(lemmas.items(), key=lambda kv: (kv[1], kv[0]))[0] for key, lemmas in counts.items()}
    lemmatizer.words, lemmatizer.endings = {}, _endings(best)
    words: Table = defaultdict(dict)
    for (word, tag), lemma in sorted(best.items()):
        if lemmatizer.by_ending(word, tag) != lemma:
            words[tag][word] = lemma
    return dict(words), lemmatizer.endings


def _endings(best: dict[tuple[str, str], str]) -> Table:
    from secretome_nlp.model.lemmas import LONGEST

    changes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (word, tag), lemma in best.items():
        kept = next(
            (n for n, (a, b) in enumerate(zip(word, lemma, strict=False)) if a != b), min(len(word), len(lemma))
        )
        change = f"{len(word) - kept}:{lemma[kept:]}"
        for size in range(min(LONGEST, len(word) - 1) + 1):
            if size >= len(word) - kept:
                changes[tag, word[len(word) - size :]][change] += 1
    endings: Table = defaultdict(dict)
    for (tag, ending), found in sorted(changes.items(), key=lambda kv: (kv[0][0], len(kv[0][1]), kv[0][1])):
        change, times = max(found.items(), key=lambda kv: (kv[1], kv[0]))
        total = sum(found.values())
        shorter = next(
            (endings[tag][ending[n:]] for n in range(1, len(ending) + 1) if ending[n:] in endings[tag]), None
        )
        if times >= FEWEST and times / total >= SHARE and change != shorter:
            endings[tag][ending] = change
    return dict(endings)
