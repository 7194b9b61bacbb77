"""Turn a CoNLL-U treebank into spaCy's training format: `convert_treebank.py IN.conllu.gz OUT.spacy`.

Each sentence becomes a Doc of its own, since sentence borders are the business of the rule component. CRAFT
writes digits of lemmas as 0 (BMP2, bmp0); they are restored where the rest of the lemma is the word itself.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

Row = list[str]


def sentences(path: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the text and the token rows of each sentence; the text is empty where the file states none."""
    text, rows = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# text = "):
                text = line[9:]
            elif line and not line.startswith("#"):
                fields = line.split("\t")
                if fields[0].isdigit():
                    rows.append(fields)
            elif not line and rows:
                yield text, rows
                text, rows = "", []
    if rows:
        yield text, rows


def restored(word: str, lemma: str) -> str:
    """Return the lemma with the digits that the treebank replaced by 0."""
    plain = word.lower()
    if not re.search(r"\d", plain):
        return lemma
    return (
        plain
        if re.sub(r"\d+", "0", plain) == re.sub(r"0+", "0", lemma) or re.sub(r"\d", "0", plain) == lemma
        else lemma
    )


def spaces(text: str, words: list[str]) -> list[bool]:
    """Tell for each word whether a blank follows it in the text."""
    found, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            return [True] * len(words)
        at = start + len(word)
        found.append(text[at : at + 1] == " ")
    return found


def to_doc(vocab: Vocab, text: str, rows: list[Row]) -> Doc:
    """Return the Doc of one sentence with tags, lemmas, heads and labels."""
    words = [r[1] for r in rows]
    heads = [int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(rows)]
    labels = ["ROOT" if r[6] == "0" else r[7] for r in rows]
    return Doc(
        vocab,
        words=words,
        spaces=spaces(text, words) if text else [True] * len(words),
        tags=[r[4] for r in rows],
        lemmas=[restored(r[1], r[2]) for r in rows],
        heads=heads,
        deps=labels,
        sent_starts=[i == 0 for i in range(len(words))],
    )


def main(source: str, target: str) -> None:
    """Convert one file."""
    vocab = spacy.blank("en").vocab
    docs = [to_doc(vocab, text, rows) for text, rows in sentences(source)]
    DocBin(attrs=["TAG", "LEMMA", "HEAD", "DEP", "SENT_START", "SPACY"], docs=docs).to_disk(target)
    print(f"{target}: {len(docs)} sentences, {sum(map(len, docs))} tokens")


if __name__ == "__main__":
    main(*sys.argv[1:3])
