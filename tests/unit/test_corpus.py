"""The corpus that the project ships: samples in its own words, and a manifest of the reviews behind them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from secretome_nlp.evaluate.gold import fingerprint, letters
from secretome_nlp.read import read_paths
from secretome_nlp.types import RawDocument

CORPUS = Path(__file__).parents[2] / "corpus"
FORMATS = CORPUS / "samples" / "formats"
LINES = (CORPUS / "samples" / "samples.jsonl").read_text(encoding="utf-8").splitlines()
SAMPLES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
MANIFEST = yaml.safe_load((CORPUS / "manifest.yml").read_text(encoding="utf-8"))
REVIEWS: list[dict[str, Any]] = MANIFEST["reviews"]
COMPONENTS = {
    "whole_secretome", "conditioned_medium", "extracellular_vesicle", "exosome", "microvesicle",
    "apoptotic_body", "mitochondria", "cells",
}  # fmt: skip
SETTINGS = {"in_vitro", "in_vivo", "clinical"}
ROUTES = {"intravenous", "intraperitoneal", "intrarenal", "intramyocardial", "intraarticular", "inhalation"}
ORGANS = {"kidney", "heart", "nerve", "lung", "skin", "bone", "liver", "pancreas", "cartilage", "vascular"}
SPECIAL = {
    "negative", "harm", "loss_of_function", "priming", "mirna", "dose", "statement", "hydrogel", "immune",
    "sepsis",
}  # fmt: skip
by_id = pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s["id"])
by_key = pytest.mark.parametrize("review", REVIEWS, ids=lambda r: r["key"])


def tagged(tag: str) -> list[str]:
    return [s["id"] for s in SAMPLES if tag in s["tags"]]


def places(text: str, fp: str, size: int) -> list[int]:
    """Where in a text's letters a fingerprint occurs."""
    run = letters(text)
    starts = range(len(run) - size + 1)
    return [at for at in starts if hashlib.sha256(run[at : at + size].encode()).hexdigest().startswith(fp)]


def rendition(shared: Path, review: dict[str, Any]) -> str:
    """The text of a review as it is known by its hash."""
    for path in sorted((shared / "corpus" / "reviews").glob("*.txt")):
        if hashlib.sha256(path.read_bytes()).hexdigest() == review["sha256"]:
            return path.read_text(encoding="utf-8")
    raise AssertionError(f"no file has the hash of {review['key']}")


def test_there_are_enough_samples_and_each_stands_once() -> None:
    assert 32 <= len(SAMPLES) <= 40
    assert [s["id"] for s in SAMPLES] == [f"sample-{n:03d}" for n in range(1, len(SAMPLES) + 1)]
    for field in ("title", "abstract"):
        assert [text for text, times in Counter(s[field] for s in SAMPLES).items() if times > 1] == []


@by_id
def test_a_sample_is_a_short_abstract_labelled_as_a_restatement(sample: dict[str, Any]) -> None:
    assert set(sample) == {"id", "title", "abstract", "restates", "tags", "note"}
    assert 80 <= len(sample["abstract"].split()) <= 180
    assert sample["abstract"] == " ".join(sample["abstract"].split())
    assert sample["note"].startswith("Restatement in our own words")
    assert ("no single study" in sample["note"]) == ("statement" in sample["tags"])


@by_id
def test_a_sample_names_the_study_and_the_review(sample: dict[str, Any]) -> None:
    restates = sample["restates"]
    assert set(restates) == {"study", "review", "ref", "year", "pmid", "doi", "trial"}
    assert restates["review"] in {r["key"] for r in REVIEWS}
    assert restates["study"]
    assert restates["trial"] or re.fullmatch(r"\d+(-\d+)?", restates["ref"])
    assert restates["pmid"] is None or re.fullmatch(r"\d{8}", restates["pmid"])
    assert restates["doi"] is None or re.fullmatch(r"10\.\d{4,}/\S+", restates["doi"])


@by_id
def test_the_tags_are_known_ones(sample: dict[str, Any]) -> None:
    tags = sample["tags"]
    assert set(tags) <= COMPONENTS | SETTINGS | ROUTES | ORGANS | SPECIAL
    assert len(set(tags)) == len(tags)
    assert COMPONENTS & set(tags)


def test_no_study_is_restated_twice() -> None:
    studies = Counter(tuple(s["restates"][field] for field in ("review", "ref", "trial")) for s in SAMPLES)
    assert [study for study, times in studies.items() if times > 1] == []


@pytest.mark.parametrize("tag", sorted(COMPONENTS | SETTINGS | ROUTES | ORGANS | SPECIAL))
def test_every_tag_is_covered(tag: str) -> None:
    assert tagged(tag)


def test_there_are_negative_findings_and_their_words_say_so() -> None:
    assert len(tagged("negative")) >= 5
    says_no = re.compile(r"\b(not|no|failed|ineffective|no longer)\b")
    silent = [s["id"] for s in SAMPLES if "negative" in s["tags"] and not says_no.search(s["abstract"])]
    assert silent == []


def test_every_review_is_restated() -> None:
    assert {s["restates"]["review"] for s in SAMPLES} == {r["key"] for r in REVIEWS}


def test_the_folder_of_samples_holds_documents_alone() -> None:
    documents = list(read_paths([CORPUS / "samples"]))
    assert [d for d in documents if not isinstance(d, RawDocument)] == []
    assert len(documents) == len(SAMPLES) + 7
    assert len({d.doc_id for d in documents}) == len(documents)


def test_the_formats_are_told_and_read() -> None:
    documents = [d for d in read_paths([FORMATS]) if isinstance(d, RawDocument)]
    assert Counter((Path(d.path).name, d.format) for d in documents) == {
        ("samples-pubmed.xml", "pubmed"): 3,
        ("samples-medline.nbib", "medline"): 2,
        ("samples-minireview.md", "markdown"): 1,
        ("samples-wrapped.txt", "text"): 1,
    }
    assert [d.doc_id for d in documents if d.bibliography.pmid] == []


def test_the_structured_formats_hold_the_samples_that_they_name() -> None:
    texts = {s["id"]: letters(s["title"] + re.sub(r"\b[A-Z]{4,}: ", "", s["abstract"])) for s in SAMPLES}
    named = {
        name: re.findall(r"sample-\d{3}", (FORMATS / name).read_text(encoding="utf-8"))
        for name in ("samples-pubmed.xml", "samples-medline.nbib")
    }
    for name, ids in named.items():
        read = [letters(d.text) for d in read_paths([FORMATS / name]) if isinstance(d, RawDocument)]
        assert read == [texts[i] for i in ids]


def test_the_hard_wrapped_text_is_as_awkward_as_it_claims() -> None:
    text = (FORMATS / "samples-wrapped.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 70
    assert "re\nlease" in text and "nano\nfiber" in text
    assert re.search(r"[a-z]\d+,\d+\)", text)
    assert re.search(r"have\n\nFigure 1\.\n.*\n\ndiffused", text, re.DOTALL)


@by_key
def test_a_review_of_the_manifest_can_be_found(review: dict[str, Any]) -> None:
    assert review["key"] == re.sub(r"\d+$", "", review["key"]) + str(review["year"])
    told = ("authors", "title", "doi_source", "licence", "obtain", "formats")
    assert [field for field in told if not review[field]] == []
    assert review["doi"] is None or re.fullmatch(r"10\.\d{4,}/\S+", review["doi"])
    assert re.fullmatch(r"[0-9a-f]{64}", review["sha256"])


@by_key
def test_fingerprints_are_well_formed(review: dict[str, Any]) -> None:
    prints = review["fingerprints"]
    assert len(prints) >= 12
    assert len({p["fp"] for p in prints}) == len(prints)
    assert [p for p in prints if not re.fullmatch(r"[0-9a-f]{16}", p["fp"]) or p["n"] <= 60] == []


def test_a_fingerprint_is_that_of_the_letters_alone() -> None:
    plain = "TGF-beta1 rose in H2O2-treated cells"
    assert fingerprint(plain) == fingerprint("TGF-β1 rose in\nH2O2 treated cells [12].")
    assert places(f"Before. {plain}. After.", fingerprint(plain), len(letters(plain))) == [len("before")]


@by_key
def test_fingerprints_occur_once_each_all_over_the_review(shared: Path, review: dict[str, Any]) -> None:
    text = rendition(shared, review)
    found = [places(text, p["fp"], p["n"]) for p in review["fingerprints"]]
    assert [len(at) for at in found] == [1] * len(found)
    starts = [at[0] / len(letters(text)) for at in found]
    assert starts == sorted(starts)
    assert starts[-1] - starts[0] > 0.5


def test_identifiers_of_the_samples_stand_in_the_reviews(shared: Path) -> None:
    everything = "".join("".join(rendition(shared, r).split()) for r in REVIEWS)
    missing = [
        (s["id"], s["restates"][field])
        for s in SAMPLES
        for field in ("pmid", "doi", "trial")
        if s["restates"][field] and s["restates"][field] not in everything
    ]
    assert missing == []


def test_the_studies_are_named_in_the_reviews(shared: Path) -> None:
    texts = {r["key"]: " ".join(rendition(shared, r).split()) for r in REVIEWS}
    missing = []
    for sample in SAMPLES:
        study, review = sample["restates"]["study"], sample["restates"]["review"]
        # A list of references gives the first author without "et al.".
        if study.endswith(" et al.") and study.removesuffix(" et al.") not in texts[review]:
            missing.append(sample["id"])
    assert missing == []
