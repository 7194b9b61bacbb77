"""Turn two-column BIO files into spaCy's training format: `convert_ner.py LABELS OUT.spacy IN.tsv.gz...`.

LABELS names a map of label schemes in `ner_labels.yml`; a label that the map leaves out counts as no entity. Each
sentence becomes a Doc, since sentence borders are the business of the rule component.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
import yaml
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from secretome_nlp.tokenizer import WordTokenizer

Tagged = list[tuple[str, str]]


def sentences(path: str) -> Iterator[Tagged]:
    """Yield the sentences of a file as (token, tag) pairs; document marks are left out."""
    rows: Tagged = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            token, _, tag = line.rstrip("\n").partition("\t")
            if not token or token == "-DOCSTART-":
                if rows:
                    yield rows
                rows = []
            else:
                rows.append((token, tag))
    if rows:
        yield rows


def mapped(tags: Iterable[str], labels: dict[str, str]) -> list[str]:
    """Rename the labels of BIO tags; an entity that begins with I (a tag after O) begins with B."""
    out: list[str] = []
    for tag in tags:
        prefix, _, label = tag.partition("-")
        new = labels.get(label)
        if prefix == "O" or new is None:
            out.append("O")
            continue
        goes_on = prefix == "I" and bool(out) and out[-1][2:] == new
        out.append(f"{'I' if goes_on else 'B'}-{new}")
    return out


def to_doc(vocab: Vocab, rows: Tagged, labels: dict[str, str]) -> Doc:
    """Return the Doc of one sentence with its entities."""
    words = [token for token, _ in rows]
    glued = {"(", "[", "/", "-"}
    spaces = [w not in glued and (n + 1 == len(words) or words[n + 1] not in {")", "]", ",", ".", ";", ":", "/", "-"})
              for n, w in enumerate(words)]  # fmt: skip
    given = Doc(vocab, words=words, spaces=spaces, ents=mapped((tag for _, tag in rows), labels))
    doc = WordTokenizer(vocab)(given.text)
    for token in doc:
        token.is_sent_start = token.i == 0
    spans = (doc.char_span(e.start_char, e.end_char, label=e.label_, alignment_mode="expand") for e in given.ents)
    doc.set_ents(spacy.util.filter_spans([s for s in spans if s is not None]))
    return doc


def main(scheme: str, target: str, *sources: str) -> None:
    """Convert some files into one."""
    schemes = yaml.safe_load((Path(__file__).parent / "ner_labels.yml").read_text(encoding="utf-8"))
    labels: dict[str, str] = schemes[scheme]["labels"]
    vocab = spacy.blank("en").vocab
    docs = [to_doc(vocab, rows, labels) for source in sources for rows in sentences(source)]
    DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SENT_START", "SPACY"], docs=docs).to_disk(target)
    print(f"{target}: {len(docs)} sentences, {sum(len(d.ents) for d in docs)} entities")


if __name__ == "__main__":
    main(*sys.argv[1:])
