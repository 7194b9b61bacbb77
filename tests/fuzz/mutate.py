"""Inputs that went wrong on the way: seeds with bytes flipped, stretches lost, doubled, swapped, spliced."""

from __future__ import annotations

import gzip
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from secretome_nlp.clean import clean
from secretome_nlp.read import read_paths
from secretome_nlp.types import Failure, RawDocument

SEEDS = Path(__file__).parent / "seeds"
READERS = ("bioc", "jats", "jsonl", "markdown", "medline", "pdf", "plain", "pubmed", "pubtator")
LARGEST = 400_000  # bytes
TOKENS: dict[str, tuple[bytes, ...]] = {
    "bioc": (b'{"documents": [', b'"passages": [', b'{"infons": null}', b"[[[[", b"<document>", b"</passage>",
             b"1e999",
             b'"\\ud800"', b"\\u0000", b'"xml": "<table><tr><td>"', b"<infon key='type'>table</infon>"),
    "jats": (b"<sup>", b"</sup>", b"<xref ref-type='bibr' rid='b1'>1</xref>", b"<sec>", b"&x;", b"<!DOCTYPE article>",
             b"<fig>", b"</p>", b"<ref id=''/>", b"<![CDATA[", b"<?x?>", b"<table-wrap>", b"\xff\xfe"),
    "jsonl": (b'{"id": 1}', b'"text": null', b"NaN", b'"\\udc00"', b"\n", b"{", b'"authors": [5]', b'"year": "12345"'),
    "markdown": (b"# ", b"<sup>1</sup>", b"|a|b|\n|-|-|\n", b"$\\beta$", b"<script>", b"![](", b"***", b"\\"),
    "medline": (b"PMID- ", b"\nAB  - ", b"\n      ", b"LID - x [doi]", b"\nDP  - ", b"METHODS: ", b"\n\n"),
    "pdf": (b"endobj", b"stream", b"endstream", b"/Kids [2 0 R]", b"/Count 99999999", b" 0 R", b"<<",
            b"/Length 0", b"1e30 0 0 1e30 0 0 Tm", b"/Contents [1 0 R 2 0 R]", b"/Rotate 90", b"/Filter /FlateDecode"),
    "plain": (b"\n", b"\f", b"-\n", b"1-3)", b"\x00", b"\xef\xbb\xbf", b"Table 1. ", b"References\n"),
    "pubmed": (b"<sup>1</sup>", b"<PubmedArticle>", b"</PubmedArticle>", b"<!--", b"]]>", b"&alpha;",
             b"<OtherAbstract>",
               b"</Author>", b"</AuthorList>", b"<DeleteCitation>", b"<!ENTITY a 'b'>", b"<PubmedBookArticle>"),
    "pubtator": (b"1|t|", b"1|a|", b"\t", b"\n\n", b"|", b"x|t|x"),
}  # fmt: skip


def seeds(reader: str) -> list[bytes]:
    """Return the seeds of a reader, those that once crashed it included."""
    return [path.read_bytes() for path in sorted((SEEDS / reader).iterdir())]


def mutated(chance: random.Random, reader: str, pool: list[bytes]) -> bytes:
    """Return a seed after a few accidents."""
    data = bytearray(chance.choice(pool))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        _accident(chance, data, reader, pool)
    del data[LARGEST:]
    packed = bytes(data)
    if chance.random() < 0.05:
        packed = gzip.compress(packed, 1)
        packed = packed[: chance.randint(1, len(packed))] if chance.random() < 0.5 else packed
    return packed


def _accident(chance: random.Random, data: bytearray, reader: str, pool: list[bytes]) -> None:
    at = chance.randint(0, len(data))
    end = min(len(data), at + chance.choice((1, 4, 16, 100, 1000)))
    kind = chance.randrange(8)
    if kind == 0 and at < len(data):
        data[at] = chance.randrange(256)
    elif kind == 1:
        del data[at:end]
    elif kind == 2:
        data[at:at] = data[at:end] * chance.choice((1, 2, 50))
    elif kind == 3:
        data[at:at] = chance.choice(TOKENS[reader]) * chance.choice((1, 1, 1, 3, 300))
    elif kind == 4:
        other = chance.choice(pool)
        start = chance.randint(0, len(other))
        data[at:end] = other[start : start + 500]
    elif kind == 5:
        del data[at:]
    elif kind == 6:
        data[at:end] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 8, 40))))
    else:
        data[at:end] = data[at:end][::-1]


def check(path: Path) -> None:
    """Read a file and fail unless it gives sound documents or failures of one line."""
    count = 0
    for item in read_paths([path]):
        count += 1
        if isinstance(item, Failure):
            assert item.error, "a failure must say why"
            assert "\n" not in item.error, "a failure must be one line"
            assert len(item.error) < 400, "a failure must be short"
        else:
            check_document(item)
    assert count, "nothing came of the file"


def check_document(raw: RawDocument) -> None:
    """Fail unless a document's offsets lie in its text and it can be cleaned."""
    raw.text.encode()
    raw.doc_id.encode()
    assert raw.doc_id
    assert raw.text.strip()
    at = 0
    for section in raw.sections:
        assert at <= section.start < section.end <= len(raw.text), "sections must follow one another in the text"
        at = section.end
    for citation in raw.citations:
        assert 0 <= citation.start < citation.end <= len(raw.text), "citations must lie in the text"
    document = clean(raw)
    for start, end, origin in document.origin:
        assert document.text[start:end] == raw.text[origin : origin + end - start]
