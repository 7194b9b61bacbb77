"""The stages that use a statistical model: syntax and statistical mentions, with the shipped model and with another."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from secretome_nlp.errors import InputError
from secretome_nlp.model import mentions, syntax
from secretome_nlp.pipeline import read_pipeline
from secretome_nlp.segment import tokens
from secretome_nlp.street import load
from secretome_nlp.types import Annotations

TEXT = (
    "Exosomes from stromal cells, which are released by all cells of the body, dynamically regulate many and various "
    "aspects of the long and costly care of deep wounds, including apoptosis and fibrosis."
)
PLAIN = """
name: plain
components:
  - sentences: {{}}
  - abbreviations: {{}}
  - mentions: {{}}
{stages}
"""


@Language.component("test_fixed_parse")
def fixed_parse(doc: Doc) -> Doc:
    """Parse every sentence alike: the first word acts on the last but one, the verb stands third from the end."""
    verb = max(0, len(doc) - 3)
    for token in doc:
        token.head = doc[verb]
        token.dep_ = "punct"
    doc[verb].dep_ = "ROOT"
    if verb:
        doc[0].dep_, doc[len(doc) - 2].dep_ = "nsubj", "dobj"
    return doc


@Language.component("test_fixed_entity", assigns=["doc.ents"])
def fixed_entity(doc: Doc) -> Doc:
    """Take every capitalised word for a THING."""
    doc.ents = [Span(doc, t.i, t.i + 1, label="THING") for t in doc if t.text[0].isupper()]
    return doc


def tiny(folder: Path, component: str | None) -> str:
    """Write a spaCy pipeline of one component and return its path."""
    nlp = spacy.blank("en")
    if component:
        nlp.add_pipe(component)
    nlp.to_disk(folder / (component or "empty"))
    return str(folder / (component or "empty"))


def pipeline(folder: Path, *stages: str) -> Language:
    file = folder / "plain.yml"
    file.write_text(PLAIN.format(stages="\n".join(f"  - {s}" for s in stages)), encoding="utf-8")
    return load(file)


def read(nlp: Language, text: str) -> Annotations:
    from secretome_nlp.doc_state import get_annotations

    return get_annotations(nlp(text))


def test_the_stage_gives_relations_that_the_surface_does_not(tmp_path: Path) -> None:
    without = read(pipeline(tmp_path, "assertion: {}", "relations: {}"), TEXT)
    with_syntax = read(pipeline(tmp_path, "assertion: {}", "syntax: {}", "relations: {}"), TEXT)
    assert not any(r.type == "affects" for r in without.relations)
    found = {r.rule for r in with_syntax.relations if r.type == "affects"}
    assert found == {"affects.syntax_active"}
    assert with_syntax.mentions == without.mentions


def test_the_shipped_pipelines_switch_the_parser_on_and_statistical_mentions_off() -> None:
    stages = dict(read_pipeline("abstracts").stages())
    assert stages["syntax"]["model"] == "secretome"
    assert "model_mentions" not in stages


def test_another_model_takes_its_place_by_name(tmp_path: Path) -> None:
    text = "Exosomes, says the old man, may in the end reduce fibrosis."
    other = tiny(tmp_path, "test_fixed_parse")
    found = read(pipeline(tmp_path, "assertion: {}", f"syntax: {{model: '{other}'}}", "relations: {}"), text)
    assert {r.rule for r in found.relations if r.type == "affects"} == {"affects.syntax_active"}
    without = read(pipeline(tmp_path, "assertion: {}", "relations: {}"), text)
    assert {r.rule for r in without.relations} == {"affects.same_sentence"}


def test_a_model_that_cannot_do_the_work_is_refused_in_one_line(tmp_path: Path) -> None:
    empty = tiny(tmp_path, None)
    for stage, words in (("syntax", "has no parser"), ("model_mentions", "finds no entities")):
        with pytest.raises(InputError, match=words):
            pipeline(tmp_path, f"{stage}: {{model: '{empty}'}}")
        with pytest.raises(InputError, match="no spaCy pipeline 'en_none_such'"):
            pipeline(tmp_path, f"{stage}: {{model: en_none_such}}")


def test_statistical_mentions_fill_gaps_and_override_nothing(tmp_path: Path) -> None:
    text = "Exosomes of Zzqx cells lowered IL-6 in Wistar rats."
    plain = read(pipeline(tmp_path, "assertion: {}"), text)
    other = tiny(tmp_path, "test_fixed_entity")
    found = read(pipeline(tmp_path, f"model_mentions: {{model: '{other}', types: {{THING: GENE}}}}"), text)
    own = [m for m in found.mentions if m.by.how != "model"]
    new = [m for m in found.mentions if m.by.how == "model"]
    assert [(m.id, m.span, m.type) for m in own] == [(m.id, m.span, m.type) for m in plain.mentions]
    assert [(m.text, m.type) for m in new] == [("Zzqx", "GENE")]
    assert new[0].by.id.endswith(":THING")
    assert not any(n.span.overlaps(o.span) for n in new for o in own)


def test_statistical_mentions_of_the_shipped_model(tmp_path: Path) -> None:
    found = read(
        pipeline(tmp_path, "model_mentions: {}"), "Exosomes raised zorkin, and the zorkin-2 protein was detected."
    )
    assert any(m.by.how == "model" and m.type == "GENE" and "zorkin-2" in m.text for m in found.mentions)


def test_an_unknown_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown type 'PROTEIN'"):
        pipeline(tmp_path, "model_mentions: {types: {GENE_OR_PROTEIN: PROTEIN}}")


def test_a_parse_does_not_depend_on_what_is_parsed_beside_it() -> None:
    from secretome_nlp.segment import sentences
    from secretome_nlp.types import Section

    text = f"{TEXT} MSCs lowered IL-6. The vesicles that reach the lung fuse with macrophages."
    words, spans = tokens.find(text), sentences.find(text, (Section("", "body", 0, len(text)),))
    nlp = syntax.shared_parser("secretome")
    together = syntax.parse(nlp, words, spans, range(len(spans)))
    assert len(spans) == 3
    assert {n: syntax.parse(nlp, words, spans, [n])[n] for n in range(3)} == together
    assert all(sum(h == n for n, h in enumerate(p.heads)) == 1 for p in together.values())  # one tree a sentence


def test_texts_that_are_parsed_together_are_parsed_as_if_alone() -> None:
    from secretome_nlp.segment import sentences

    nlp = syntax.shared_parser("secretome")
    texts = [TEXT, "MSCs lowered IL-6.", "", "The vesicles that reach the lung fuse with macrophages. They eased pain."]
    tasks = [syntax.Task(tokens.find(t), s := sentences.find(t), tuple(range(len(s)))) for t in texts]
    assert syntax.parse_all(nlp, tasks) == [syntax.parse(nlp, *task) for task in tasks]
    assert syntax.parse_all(nlp, []) == []


def test_parts_that_are_not_needed_are_not_loaded() -> None:
    assert syntax.shared_parser("secretome").pipe_names == ["tok2vec", "parser"]
    assert "parser" not in mentions.shared_tagger("secretome").pipe_names
