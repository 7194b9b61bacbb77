"""The shipped model: loads without noise, parses, lemmatises, tags entities, the same each time; others by name."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import secretome_nlp
from secretome_nlp.errors import InputError
from secretome_nlp.model import PATH
from secretome_nlp.model.entities import EntityTagger, LinearChain
from secretome_nlp.model.features import chunks, features, heads
from secretome_nlp.model.lemmas import Lemmatizer

TEXT = (
    "MSC-derived exosomes inhibited the apoptosis of H9c2 cells. IL-6 was not detected in the infarcted hearts of mice."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return secretome_nlp.load_model()


def test_it_is_a_spacy_pipeline_by_path_too(nlp: Language) -> None:
    assert {"tagger", "parser", "secretome_lemmas", "secretome_entities"} <= set(nlp.pipe_names)
    assert spacy.load(PATH).pipe_names == nlp.pipe_names
    assert nlp.meta["version"] and nlp.meta["sources"] and nlp.meta["license"]


def test_it_is_small() -> None:
    assert sum(f.stat().st_size for f in PATH.rglob("*") if f.is_file()) < 25_000_000


def test_it_loads_without_a_warning() -> None:
    code = "import secretome_nlp; secretome_nlp.load_model()('Exosomes heal.')"
    done = subprocess.run([sys.executable, "-W", "error::UserWarning", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_sentence_is_parsed(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [s.text.split()[0] for s in doc.sents] == ["MSC-derived", "IL-6"]
    inhibited = next(t for t in doc if t.text == "inhibited")
    assert inhibited.dep_ == "ROOT"
    assert {t.text: t.dep_ for t in inhibited.children}["exosomes"] == "nsubj"
    assert {t.text: t.dep_ for t in inhibited.children}["apoptosis"] == "dobj"
    assert {t.text: t.lemma_ for t in doc}["exosomes"] == "exosome"
    assert any(t.dep_ == "neg" for t in doc)


def test_entities_are_found(nlp: Language) -> None:
    found = {e.text: e.label_ for e in nlp(TEXT).ents}
    assert found.get("H9c2 cells") in ("CELL_TYPE", "CELL_LINE", "CELL")
    assert found.get("IL-6") == "GENE_OR_PROTEIN"


def test_the_same_text_gives_the_same_analysis(nlp: Language) -> None:
    def analysis(doc: spacy.tokens.Doc) -> list[tuple[str, ...]]:
        return [(t.text, t.tag_, t.lemma_, t.dep_, t.head.text, t.ent_type_) for t in doc]

    first = analysis(nlp(TEXT))
    alone = [analysis(d) for d in nlp.pipe([TEXT, "Rats.", TEXT], batch_size=1)]
    together = [analysis(d) for d in nlp.pipe([TEXT, "Rats.", TEXT], batch_size=3)]
    assert alone[0] == together[0] == together[2] == first


def test_components_can_be_left_out() -> None:
    small = secretome_nlp.load_model(exclude=["parser", "secretome_entities"])
    assert not small("Exosomes heal.").ents


def test_another_model_takes_its_place_by_name(tmp_path: Path) -> None:
    tiny = spacy.blank("en")
    tiny.add_pipe("entity_ruler").add_patterns([{"label": "CELL_TYPE", "pattern": "podocytes"}])
    tiny.to_disk(tmp_path / "tiny")
    assert [e.text for e in secretome_nlp.load_model(tmp_path / "tiny")("Human podocytes.").ents] == ["podocytes"]
    with pytest.raises(InputError, match="no spaCy pipeline 'en_none_such'"):
        secretome_nlp.load_model("en_none_such")


def test_lemmas_by_table_and_ending() -> None:
    lemmas = Lemmatizer()
    lemmas.learn([("cells", "NNS", "cell"), ("mice", "NNS", "mouse"), ("rats", "NNS", "rat"), ("cats", "NNS", "cat")])
    assert lemmas.lemma("mice", "NNS") == "mouse"
    assert lemmas.lemma("gels", "NNS") == "gel"
    assert lemmas.lemma("gels", "NN") == "gels"


def test_a_chain_prefers_the_better_path_not_the_better_word() -> None:
    given = {
        "labels": ["B-X", "I-X", "O"],
        "moves": [[0, 1, 0], [0, 1, 0], [0, -9, 0]],
        "states": {"w=a": [2, 0.5, 0, 0.4], "w=b": [1, 1.0]},
    }
    assert LinearChain(given).best([["w=a"], ["w=b"]]) == ["B-X", "I-X"]


def test_ends_of_entities_are_read_from_their_labels() -> None:
    nlp = spacy.blank("en")
    tagger = EntityTagger()
    labels = ["B-X", "I-X", "L-X", "U-X", "O"]
    words = {"a": 0, "b": 1, "c": 2, "d": 3, "e": 4}
    states = {f"w={word}": [n, 5.0] for word, n in words.items()}
    tagger.taggers["x"] = LinearChain({"labels": labels, "moves": [[0.0] * 5] * 5, "states": states})
    doc = nlp("a b c d d e c")
    assert [e.text for e in tagger(doc).ents] == ["a b c", "d", "d", "c"]


def test_entities_that_stand_are_kept() -> None:
    nlp = spacy.blank("en")
    tagger = EntityTagger()
    tagger.taggers["x"] = LinearChain({"labels": ["B-X", "O"], "moves": [[0, 0], [0, 0]], "states": {"one": [0, 2.0]}})
    doc = nlp("A b")
    doc.ents = [spacy.tokens.Span(doc, 0, 1, label="KEPT")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [(e.text, e.label_) for e in tagger(doc).ents] == [("A", "KEPT"), ("b", "X")]


def test_features_of_compounds_and_noun_groups() -> None:
    words = ["IL", "-", "6", "gene", "was"]
    assert chunks(words, [False, False, True, True, False])[:3] == [("IL-6", "B"), ("IL-6", "I"), ("IL-6", "E")]
    assert heads(words, ["NN", "HYPH", "CD", "NN", "VBD"]) == [
        ("gene", 3),
        ("gene", 2),
        ("gene", 1),
        ("gene", 0),
        ("", 0),
    ]
    row = features(
        words, [False, False, True, True, False], ["NN", "HYPH", "CD", "NN", "VBD"], {"gene": [1, 2, 3]}, {}
    )[0]
    assert "k=il-6" in row and "h=gene" in row and "hc=2" in row
