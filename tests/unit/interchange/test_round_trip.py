"""What goes into a format comes out of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretome_nlp.errors import InputError
from secretome_nlp.evaluate.align import align
from secretome_nlp.evaluate.gold import load_gold
from secretome_nlp.interchange import Annotated, Link, Mark, read, write
from secretome_nlp.interchange.gold import Heading, to_gold
from secretome_nlp.types import MENTION_TYPES, RELATION_TYPES, Annotations, Norm, Span
from secretome_nlp.write.folder import FILES

ROOT = Path(__file__).parents[3]
PLACES = {"brat": "folder", "bioc": "file.json", "docbin": "file.spacy"}

LETTERS = "abzABZ0159 -–()[];,.=:|\t\n\r\x0b\x1c\x85\u2028\u2029\u00a0βµé\u0301ﬁ\U0001d6fd😀\"\\#'"
WORDS = st.text(LETTERS, max_size=12)
NAMES = st.text(LETTERS, min_size=1, max_size=8)
JSON = st.dictionaries(WORDS, WORDS | st.booleans() | st.none() | st.lists(st.integers(0, 9), max_size=2), max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> Annotated:
    text = draw(st.text(LETTERS, min_size=1, max_size=60))
    words = [i for i, c in enumerate(text) if not c.isspace()]
    spans = st.lists(st.tuples(st.sampled_from(words), st.sampled_from(words)), max_size=5) if words else st.just([])
    places = [(min(p), max(p) + 1) for p in draw(spans)]
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=3))})
    sentences = tuple(Span(a, b) for a, b in pairwise(cuts))
    numbers = st.none() | st.integers(0, len(sentences) - 1)
    ids = draw(st.lists(NAMES, min_size=len(places), max_size=len(places), unique=True))
    norms = st.lists(st.builds(Norm, NAMES | st.just("CL:0000134"), WORDS, WORDS), max_size=3).map(tuple)
    marks = tuple(
        Mark(
            ident, *place, draw(st.sampled_from(MENTION_TYPES)), draw(st.none() | st.just("route") | WORDS),
            draw(st.none() | st.just("exosome") | WORDS), draw(norms), draw(st.booleans()), draw(st.booleans()),
            draw(numbers), draw(JSON | st.builds(lambda w: {"remark": w}, WORDS)),
        )
        for ident, place in zip(ids, places, strict=True)
    )  # fmt: skip
    names = draw(st.lists(NAMES, max_size=3, unique=True)) if ids else []
    links = tuple(
        Link(
            name, draw(st.sampled_from(RELATION_TYPES)), draw(st.sampled_from(ids)), draw(st.sampled_from(ids)),
            draw(st.sampled_from([None, "increase", "decrease", "none"])), draw(st.booleans()), draw(st.booleans()),
            draw(numbers), draw(JSON),
        )
        for name in names
    )  # fmt: skip
    records = tuple(draw(st.lists(JSON, max_size=2)))
    return Annotated(draw(NAMES), text, sentences, marks, links, records, draw(st.sampled_from(["gold", "own"])), {})


@pytest.mark.parametrize("form", PLACES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=st.lists(documents(), max_size=3, unique_by=lambda d: d.doc_id.lower()))
def test_documents_come_back_as_they_were(
    form: str, found: list[Annotated], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("there") / PLACES[form]
    assert write(found, place, form) == []
    if form == "brat" and not found:
        return  # a folder without a document tells of no format
    back = list(read(place))
    assert sorted(back, key=lambda d: d.doc_id) == sorted(found, key=lambda d: d.doc_id)
    if place.is_file():
        before = place.read_bytes()
        write(back, place, form, force=True)
        assert place.read_bytes() == before


VOCABULARY = [
    "EVs",
    "EV",
    "5",
    "mg/kg",
    "MSC-EVs",
    "β-actin",
    "(EVs)",
    "rats",
    "EVs\nEVs",
    "[3].",
    "TNF–α",
    "ﬁbrosis",
    "10",
]


@st.composite
def marked_sentences(draw: st.DrawFn) -> Annotated:
    """Sentences that differ, which may begin with a number, with marks on runs of their words."""
    text, sentences, marks = "", [], []
    for name in draw(st.lists(st.sampled_from("ABCDEFG"), min_size=1, max_size=4, unique=True)):
        text += draw(st.sampled_from(["\n\n", " "])) if text else ""
        start = len(text)
        for word in draw(st.permutations([f"Arm{name}", *draw(st.lists(st.sampled_from(VOCABULARY), max_size=7))])):
            text += " " if len(text) > start else ""
            if draw(st.booleans()):
                marks.append(Mark(f"m{len(marks)}", len(text), len(text) + len(word), "GENE"))
            text += word
        sentences.append(Span(start, len(text)))
    return Annotated("d", text, tuple(sentences), tuple(marks))


@settings(max_examples=150, deadline=None)
@given(found=marked_sentences())
def test_gold_that_is_made_aligns_with_the_text(found: Annotated) -> None:
    try:
        gold = to_gold(found, Heading("mine"))
    except InputError as error:
        assert "cannot point at" in str(error)  # a number at a sentence's edge that recurs in it
        assert any(found.text[m.start].isdigit() or found.text[m.start] in "([" for m in found.marks)
        return
    aligned = align(found.text, gold)
    assert aligned.lost_sentences == aligned.lost_mentions == ()
    assert aligned.mentions == {m.id: m.span for m in found.marks}


@pytest.mark.parametrize("form", PLACES)
def test_the_shipped_gold_comes_back_byte_for_byte(form: str, tmp_path: Path) -> None:
    source = ROOT / "annotations" / "gold" / "samples"
    found = list(read(source, [str(ROOT / "corpus" / "samples" / "samples.jsonl")]))
    assert len(found) == len(load_gold([source])) and all(isinstance(d, Annotated) for d in found)
    write(found, tmp_path / PLACES[form], form)
    write(read(tmp_path / PLACES[form]), tmp_path / "gold", "gold")
    for file in source.glob("*.json"):
        assert (tmp_path / "gold" / file.name).read_bytes() == file.read_bytes()


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder over some of the samples and a text with line ends of its own."""
    from secretome_nlp import extract
    from secretome_nlp.write.folder import OutputFolder

    lines = (ROOT / "corpus" / "samples" / "samples.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    some = tmp_path_factory.mktemp("texts") / "some.jsonl"
    some.write_text("".join(lines[:4]), encoding="utf-8")
    texts = [some, "Exosomes of human MSCs\r\n(BMSC-Exos) may\r\ncarry miR-21/146a [12, 14]."]
    folder = tmp_path_factory.mktemp("out")
    with OutputFolder(folder, {}) as out:
        for found in extract(texts):
            out.add(found)
    return folder


@pytest.mark.parametrize("form", PLACES)
def test_output_comes_back_line_for_line(form: str, extracted: Path, tmp_path: Path) -> None:
    write(read(extracted), tmp_path / PLACES[form], form)
    assert write(read(tmp_path / PLACES[form]), tmp_path / "out", "output") == []
    for name in FILES:
        assert (tmp_path / "out" / f"{name}.jsonl").read_bytes() == (extracted / f"{name}.jsonl").read_bytes()
    assert (extracted / "relations.jsonl").read_text() and (extracted / "records.jsonl").read_text()


def test_docs_of_the_pipeline_are_read_from_a_docbin(tmp_path: Path) -> None:
    from spacy.tokens import DocBin

    import secretome_nlp
    from secretome_nlp import doc_state

    doc = secretome_nlp.load()("MSC exosomes carried miR-21 and reduced renal fibrosis in rats.")
    DocBin(["ORTH", "SENT_START"], store_user_data=True, docs=[doc]).to_disk(tmp_path / "x.spacy")
    (found,) = read(tmp_path / "x.spacy")
    made: Annotations = doc_state.get_annotations(doc)
    assert isinstance(found, Annotated)
    assert [(m.id, m.start, m.end) for m in found.marks] == [(m.id, m.start, m.end) for m in made.mentions]
    assert [x.id for x in found.links] == [r.id for r in made.relations] != []
