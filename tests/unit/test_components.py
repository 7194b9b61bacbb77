"""The pipeline as spaCy users meet it."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import secretome_nlp
from secretome_nlp.components import top_spans
from secretome_nlp.doc_state import get_annotations
from secretome_nlp.errors import InputError
from secretome_nlp.pipeline import read_pipeline

TEXTS = [
    "Exosomes from human umbilical cord MSCs (hUC-MSC-Exos) reduced apoptosis in rats with AKI.",
    "EVs did not improve renal function.  Two blanks, a tab\tand\na line break.",
    "",
    "No term stands here.",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return secretome_nlp.load()


def rows(doc: Doc) -> object:
    """Return the rows as JSON would give them back: DocBin turns lists into tuples."""
    return json.loads(json.dumps(doc._.secretome))


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_and_the_offsets_are_kept(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    for m in get_annotations(doc).mentions:
        assert text[m.start : m.end] == m.text
    for span in doc.spans["secretome"]:
        assert span.label_ and span.id_


def test_two_processes_give_what_one_gives(nlp: Language) -> None:
    one = [rows(d) for d in nlp.pipe(TEXTS * 2)]
    two = [rows(d) for d in nlp.pipe(TEXTS * 2, n_process=2)]
    assert one == two


def test_order_of_documents_does_not_matter(nlp: Language) -> None:
    there = {t: rows(nlp(t)) for t in TEXTS}
    back = {t: rows(nlp(t)) for t in reversed(TEXTS)}
    assert there == back


@Language.component("only_the_rats")
def only_the_rats(doc: Doc) -> Doc:
    """Change the rows that stand, as somebody else's component may."""
    found = doc._.secretome["mentions"]
    found[:] = [m for m in found if m["text"] == "rats"]
    return doc


def test_the_next_stage_reads_rows_that_somebody_changed() -> None:
    mine = secretome_nlp.load()
    assert mine(TEXTS[0])._.secretome["relations"]
    mine.add_pipe("only_the_rats", before="secretome_relations")
    doc = mine(TEXTS[0])
    assert [m.text for m in get_annotations(doc).mentions] == ["rats"]
    assert doc._.secretome["relations"] == doc._.secretome["records"] == []


def test_docs_pass_through_pickle_and_docbin(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    again = pickle.loads(pickle.dumps(doc))
    assert rows(again) == rows(doc)
    stored = DocBin(store_user_data=True, docs=[doc])
    back = next(iter(DocBin(store_user_data=True).from_bytes(stored.to_bytes()).get_docs(nlp.vocab)))
    assert rows(back) == rows(doc)
    assert [s.text for s in back.spans["secretome"]] == [s.text for s in doc.spans["secretome"]]


def test_the_pipeline_pickles_and_takes_a_users_pipe(nlp: Language) -> None:
    copy = pickle.loads(pickle.dumps(nlp))
    assert rows(copy(TEXTS[0])) == rows(nlp(TEXTS[0]))
    copy.add_pipe("merge_entities")
    assert copy(TEXTS[1]).text == TEXTS[1]


def test_a_factory_works_in_somebody_elses_pipeline() -> None:
    theirs = spacy.blank("en")
    theirs.add_pipe("sentencizer")
    theirs.add_pipe("secretome_mentions")
    doc = theirs("Human MSCs release exosomes. They hold miR-21.")
    assert [(s.text, s.label_) for s in top_spans(doc)] == [
        ("Human MSCs", "CELL_TYPE"),
        ("exosomes", "COMPONENT"),
        ("miR-21", "MIRNA"),
    ]


def test_unknown_pipelines_are_refused_with_a_hint() -> None:
    with pytest.raises(InputError, match="one of: abstracts"):
        secretome_nlp.load("abstract")


def test_a_pipeline_file_with_a_wrong_component_names_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "mine.yml"
    path.write_text("name: mine\ncomponents:\n  - mention: {}\n")
    with pytest.raises(InputError, match="unknown component 'mention'"):
        secretome_nlp.load(path)


def test_the_polarity_of_a_users_own_outcome_tells_the_effect(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yml"
    mine.write_text(
        "type: OUTCOME\nsource: own\nentries:\n"
        "  - {id: outcome.quokka_score, name: quokka score, terms: [quokka score], polarity: lower_better}\n"
    )
    pipeline = tmp_path / "with_mine.yml"
    shipped = (Path(__file__).parents[2] / "pipelines" / "abstracts.yml").read_text(encoding="utf-8")
    pipeline.write_text(shipped.replace("mentions: {lexicons: []}", f"mentions: {{lexicons: [{mine}]}}"))
    doc = secretome_nlp.load(pipeline)("Exosomes of human MSCs reduced the quokka score in rats with AKI.")
    (record,) = doc._.secretome["records"]
    assert [o["effect"] for o in record["outcomes"]] == ["benefit"]
    before = read_pipeline(pipeline).fingerprint()
    mine.write_text(mine.read_text().replace("lower_better", "higher_better"))
    assert read_pipeline(pipeline).fingerprint() != before


def test_nothing_acts_on_itself(nlp: Language) -> None:
    doc = nlp(
        "Gain and loss of miR-30d were used to find direct targets of miR-30d in myocytes; miR-30d targets MAP4K4."
    )
    names = {m["id"]: m["text"] for m in doc._.secretome["mentions"]}
    found = [(names[r["head"]], names[r["tail"]]) for r in doc._.secretome["relations"] if r["type"] == "regulates"]
    assert found == [("miR-30d", "MAP4K4")]


def test_a_text_that_says_that_it_reviews_gives_no_record(nlp: Language) -> None:
    doc = nlp(
        "Vesicles leave every cell. Here, we sort them by origin. We also review how they speak to cells in vitro. "
        "Tumour exosomes increased metastasis in mice. Tumour exosomes reduced apoptosis in vitro. More is to come."
    )
    assert doc._.secretome["records"] == []
