"""Made records for the benchmarks: PubMed XML of real size, from the texts of the samples or of a file that is given.

Nothing is drawn but from a seeded generator, so that the same call writes the same bytes.
"""

from __future__ import annotations

import gzip
import html
import random
import re
from pathlib import Path

from secretome_nlp.batch.gate import anchors

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "samples.jsonl"
HEADING = "<MeshHeading><DescriptorName UI='D{:06}' MajorTopicYN='N'>{}</DescriptorName></MeshHeading>"
AUTHOR = "<Author><LastName>{}</LastName><AffiliationInfo><Affiliation>{}</Affiliation></AffiliationInfo></Author>"
#: Bytes of a citation's XML, about what PubMed's files have.
RECORD_BYTES = 6000
#: One record in so many passes the gate; of PubMed it is fewer.
ONE_IN = 50


def citation(number: int, text: str, words: list[str], chance: random.Random, size: int = RECORD_BYTES) -> str:
    """Return a citation of about `size` bytes of XML, with authors and headings of chance words."""
    body = (
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{number}</PMID><Article><ArticleTitle>{text[:90]}"
        f"</ArticleTitle><Abstract><AbstractText>{text}</AbstractText></Abstract></Article>"
    )
    rest = []
    written = len(body)
    while written < size:
        filled = AUTHOR.format(chance.choice(words), " ".join(chance.choices(words, k=8)))
        filled += HEADING.format(chance.randrange(10**6), chance.choice(words))
        rest.append(filled)
        written += len(filled)
    return f"{body}{''.join(rest)}</MedlineCitation></PubmedArticle>\n"


class Maker:
    """Makes citations of given texts: one in ONE_IN as it is, the others with every anchor of the gate taken out."""

    def __init__(self, texts: list[str], seed: int = 7) -> None:
        stems = re.compile("|".join(re.escape(a.decode()) for a in anchors()), re.IGNORECASE)
        self.kept = [html.escape(t, quote=False) for t in texts]
        self.plain = [html.escape(stems.sub("kidney", t), quote=False) for t in texts]
        self.words = sorted({w for t in self.plain for w in t.split() if w.isalpha()})
        self.chance = random.Random(seed)

    def record(self, number: int, vary: bool = False, size: int = RECORD_BYTES) -> str:
        """Return citation `number`; with `vary`, some of its sentences are left out and a number is put in."""
        passes = number % ONE_IN == 0
        text = (self.kept if passes else self.plain)[
            number // ONE_IN % len(self.kept) if passes else number % len(self.plain)
        ]
        if vary:
            parts = text.split(". ")
            chosen = [p for p in parts if self.chance.random() < 0.8] or parts
            text = f"{'. '.join(chosen).rstrip('.')}. There were {number % 89 + 3} animals."
        return citation(number, text, self.words, self.chance, size)

    def write(self, path: Path, numbers: range, vary: bool = False, size: int = RECORD_BYTES, broken: int = 0) -> None:
        """Write a `.xml.gz` of citations; every `broken`-th that passes the gate, if any, is no XML."""
        with gzip.GzipFile(path, "wb", compresslevel=6, mtime=0) as out:
            out.write(b"<?xml version='1.0' encoding='utf-8'?><PubmedArticleSet>\n")
            for number in numbers:
                record = self.record(number, vary, size)
                if broken and number % (broken * ONE_IN) == 0:
                    record = record.replace("</AbstractText>", "</Abstract", 1)
                out.write(record.encode())
            out.write(b"</PubmedArticleSet>\n")
