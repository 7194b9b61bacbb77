"""A raised reference number changes no name beside it, in any format, from the file to the mention."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.typeset import Paper

from secretome_nlp.read import read_paths
from secretome_nlp.street import annotate, clean, load
from secretome_nlp.types import RawDocument

SUP = "Exosomes of rat MSCs carried miR-21<sup>1</sup> and IL-6<sup>2</sup> and VEGF<sup>3,4</sup> to the kidneys."
RAISED = "Exosomes of rat MSCs carried miR-21¹ and IL-6² and VEGF³ to the kidneys."
XREF = SUP.replace("<sup>", '<xref ref-type="bibr" rid="b1"><sup>').replace("</sup>", "</sup></xref>")
BIOC = {"source": "x", "documents": [{"id": "1", "passages": [{"infons": {"type": "abstract"}, "text": RAISED}]}]}


def typeset() -> bytes:
    paper = Paper()
    paper.paragraph(SUP.replace("<sup>", "^{").replace("</sup>", "}"))
    return paper.pdf()


FILES = {
    "pubmed": f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Abstract><AbstractText>{SUP}"
              "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    "pubmed, raised letters": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Abstract>"
                              f"<AbstractText>{RAISED}</AbstractText></Abstract></Article></MedlineCitation>"
                              "</PubmedArticle></PubmedArticleSet>",
    "jats, sup": f"<article><body><p>{SUP}</p></body></article>",
    "jats, xref around sup": f"<article><body><p>{XREF}</p></body></article>",
    "jats, xref alone": f"<article><body><p>{XREF.replace('<sup>', '').replace('</sup>', '')}</p></body></article>",
    "markdown": f"# Vesicles\n\n## Results\n\n{SUP}\n",
    "plain": RAISED,
    "jsonl": json.dumps({"id": "1", "text": RAISED}),
    "jsonl, html": json.dumps({"id": "1", "text": SUP}),
    "medline": f"PMID- 1\nTI  - Vesicles\nAB  - {RAISED}\n",
    "pubtator": f"1|t|Vesicles\n1|a|{RAISED}\n",
    "bioc-json": json.dumps(BIOC),
    "bioc-xml": f"<collection><source>x</source><document><id>1</id><passage><text>{RAISED}</text></passage></document>"
                "</collection>",
    "pdf": typeset(),
}  # fmt: skip


@pytest.fixture(scope="module")
def pipeline():  # type: ignore[no-untyped-def]
    return load("abstracts")


@pytest.mark.parametrize("form", FILES)
def test_names_keep_their_numbers(tmp_path: Path, form: str, pipeline) -> None:  # type: ignore[no-untyped-def]
    content = FILES[form]
    path = tmp_path / "paper.gz"
    path.write_bytes(gzip.compress(content if isinstance(content, bytes) else content.encode()))
    (raw,) = read_paths([path])
    assert isinstance(raw, RawDocument), raw
    assert raw.format == form.split(",")[0].replace("plain", "text")
    found = {m.text for m in annotate(pipeline, clean.clean(raw)).mentions if m.type in ("MIRNA", "FACTOR")}
    assert {"miR-21", "IL-6", "VEGF"} <= found
    assert not {text for text in found if text.startswith(("miR-211", "IL-62"))}
