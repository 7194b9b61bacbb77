"""Turn PubTator files into spaCy's training format: `convert_pubtator.py LABELS OUT.spacy IN.pubtator.gz...`.

LABELS names a map of `ner_labels.yml`. Texts are cut into sentences and words as the pipeline cuts them.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
import yaml
from spacy.tokens import Doc, DocBin

from secretome_nlp.segment import sentences
from secretome_nlp.tokenizer import WordTokenizer

Entity = tuple[int, int, str]


def documents(path: str) -> Iterator[tuple[str, list[Entity]]]:
    """Yield the text of each document and its entities as (start, end, label)."""
    title, text, found = "", "", list[Entity]()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            fields = line.rstrip("\n").split("\t")
            if "|t|" in line and len(fields) == 1:
                title = line.rstrip("\n").split("|t|", 1)[1]
            elif "|a|" in line and len(fields) == 1:
                text = f"{title} {line.rstrip(chr(10)).split('|a|', 1)[1]}"
            elif len(fields) >= 6 and fields[1].isdigit() and fields[2].isdigit():
                found.append((int(fields[1]), int(fields[2]), fields[4]))
            elif not line.strip() and text:
                yield text, found
                title, text, found = "", "", []


def main(scheme: str, target: str, *sources: str) -> None:
    """Convert some files into one."""
    schemes = yaml.safe_load((Path(__file__).parent / "ner_labels.yml").read_text(encoding="utf-8"))
    labels: dict[str, str] = schemes[scheme]["labels"]
    tokenizer = WordTokenizer(spacy.blank("en").vocab)
    docs: list[Doc] = []
    for source in sources:
        for text, entities in documents(source):
            for start, end in sentences.find(text):
                doc = tokenizer(text[start:end])
                spans = [
                    doc.char_span(s - start, e - start, label=labels[label], alignment_mode="expand")
                    for s, e, label in entities
                    if label in labels and start <= s and e <= end
                ]
                doc.set_ents(spacy.util.filter_spans([s for s in spans if s is not None]))
                docs.append(doc)
    DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SPACY"], docs=docs).to_disk(target)
    print(f"{target}: {len(docs)} sentences, {sum(len(d.ents) for d in docs)} entities")


if __name__ == "__main__":
    main(*sys.argv[1:])
