"""Time the relation rules: python benchmarks/relations.py DATA

DATA holds `relations/scai_mirna_train.xml.gz`. Timed are sentences a second from its gold entities, without a parser,
and one sentence of 5,000 words. What the rules get right: `secretome-nlp benchmark scai-relations --data DATA`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from secretome_nlp.components import shared_rules
from secretome_nlp.evaluate.public.pairs import Sentence, read_scai
from secretome_nlp.relate import CompiledRules, find
from secretome_nlp.segment import tokens
from secretome_nlp.types import FoundBy, Mention, Span


def speed(sentences: list[Sentence], rules: CompiledRules) -> float:
    """Return sentences a second over the sentences with at least two entities, tokens made beforehand."""
    ready = [(s, tokens.find(s.text)) for s in sentences if len(s.mentions) > 1]
    start = time.perf_counter()
    for sentence, words in ready:
        find(sentence.text, (Span(0, len(sentence.text)),), words, sentence.mentions, (), rules=rules)
    return len(ready) / (time.perf_counter() - start)


def long_sentence(rules: CompiledRules) -> float:
    """Return the seconds for a sentence of about 5,000 words that lists 500 things."""
    parts, mentions, at = [], [], 0
    for i in range(500):
        lead = "the raised level of serum marker in the group called "
        word = f"factor{i}"
        type_ = ("FACTOR", "OUTCOME", "COMPONENT", "MIRNA", "GENE")[i % 5]
        start = at + len(lead)
        mentions.append(Mention(f"m{i}", start, start + len(word), word, type_, FoundBy("model", "made")))
        parts.append(f"{lead}{word}, ")
        at += len(parts[-1])
    text = "".join(parts)
    words = tokens.find(text)
    start_time = time.perf_counter()
    find(text, (Span(0, len(text)),), words, tuple(mentions), (), rules=rules)
    return time.perf_counter() - start_time


def main(data: Path) -> None:
    """Print the figures."""
    rules = shared_rules()
    sentences = read_scai(data / "relations" / "scai_mirna_train.xml.gz")
    print(f"sentences a second           {speed(sentences, rules):.0f}")
    print(f"5,000-word list              {long_sentence(rules):.2f} s")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
