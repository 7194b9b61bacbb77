"""The four reviews in their renditions: counts that a reader of the papers can check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from secretome_nlp.clean import clean
from secretome_nlp.read import read_paths
from secretome_nlp.types import MINED_KINDS, Document, RawDocument


def cleaned(shared: Path, number: str) -> tuple[RawDocument, Document]:
    (path,) = (shared / "corpus" / "reviews").glob(f"{number}_*.txt")
    (raw,) = read_paths([path])
    assert isinstance(raw, RawDocument)
    return raw, clean(raw)


def running(document: Document) -> list[str]:
    mined = (s for s in document.sections if s.kind in MINED_KINDS and s.kind != "title")
    return [p for s in mined for p in document.text[s.start : s.end].split("\n\n")]


def of_kind(document: Document, kind: str) -> str:
    return "\n\n".join(document.text[s.start : s.end] for s in document.sections if s.kind == kind)


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_text_is_whole_and_traceable(shared: Path, number: str) -> None:
    raw, document = cleaned(shared, number)
    for start, end, origin in document.origin:
        assert document.text[start:end] == raw.text[origin : origin + end - start]
    assert sum(end - start for start, end, _ in document.origin) > 0.95 * len(document.text)
    assert "\n" not in document.text.replace("\n\n", "")
    assert [s.start for s in document.sections[1:]] == [s.end + 2 for s in document.sections[:-1]]
    assert (document.sections[0].start, document.sections[-1].end) == (0, len(document.text))
    paragraphs = running(document)
    assert not [p for p in paragraphs if re.match(r"(?:Figure|Fig\.|Table) ?\d+[.:]", p)]
    unfinished = [p for p in paragraphs if not re.search(r"[.?!][”\"')\]]*(?: \[[\d, –-]+\])?$", p)]
    assert len(unfinished) <= (3 if number == "002" else 1)


def test_renal_review(shared: Path) -> None:
    raw, document = cleaned(shared, "000")
    glued = re.findall(r"[a-z]\d[\d,–-]*\)", re.sub(r"\s*\n\s*", "", raw.text))
    assert len(glued) >= 69
    assert not re.search(r"[a-z]\d[\d,–-]*\)", re.sub(r"\([^()]*\)", "", "\n".join(running(document))))
    cited = {int(ref) for citation in document.citations for ref in citation.refs}
    assert cited == set(range(1, 84))
    assert document.title.endswith("Renal Disease")
    table = of_kind(document, "table")
    assert table.count("et al.") == 14
    assert "platelet rich plasma (PRP)" in table
    assert "Gentamicin-inducted" not in "\n".join(running(document))
    assert "IGF-1" in document.text
    assert "SMAD4 39,46)" in document.text


def test_booster_review(shared: Path) -> None:
    _, document = cleaned(shared, "001")
    assert [reference.ref for reference in document.references] == [str(n) for n in range(1, 72)]
    assert {ref for citation in document.citations for ref in citation.refs} == {str(n) for n in range(1, 72)}
    text = "\n".join(running(document))
    assert not re.search(r"[$*\\]|</?su[bp]>|@", text)
    assert [name for name in ("TGF-β", "NF-κB", "H2O2-induced", "64.0 μm") if name not in text] == []


def test_comparing_review(shared: Path) -> None:
    raw, document = cleaned(shared, "002")
    brackets = re.findall(r"\[\s*\d[\d\s,–-]*\]", raw.text)
    assert len(brackets) == len(document.citations) == 239
    assert {int(ref) for citation in document.citations for ref in citation.refs} >= set(range(1, 260))
    assert not re.search("[ﬀﬁﬂﬃ]", document.text)
    assert document.title == ""
    assert document.sections[0].kind == "abstract"
    captions = of_kind(document, "caption")
    assert all(f"Table {n}: " in captions for n in range(1, 7))
    assert all(f"Figure {n}: " in captions for n in range(1, 7))
    assert not re.search(r"NCT0\d{7}", "\n".join(running(document)))
    assert "3 × 10^7 cells" in document.text


def test_implications_review(shared: Path) -> None:
    _, document = cleaned(shared, "003")
    assert len(document.references) == 17
    assert sum(reference.pmid is not None for reference in document.references) == 15
    assert not [r.doi for r in document.references if r.doi and " " in r.doi]
    assert {ref for citation in document.citations for ref in citation.refs} == {str(n) for n in range(1, 18)}
    assert "Singapore" not in "\n".join(running(document))
