"""Public corpora in miniature, in our own words: readers, mapping and the command."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from secretome_nlp.cli.main import main
from secretome_nlp.errors import InputError
from secretome_nlp.evaluate import public
from secretome_nlp.evaluate.metrics import total
from secretome_nlp.evaluate.public import corpora
from secretome_nlp.evaluate.public.mentions import Group, score
from secretome_nlp.evaluate.public.pairs import read_scai
from secretome_nlp.street import annotate, load
from secretome_nlp.types import Span


def packed(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content.encode()))
    return path


TAGGED = "-DOCSTART-\tO\n\nT\tB-CLTP\ncells\tI-CLTP\nmade\tO\nIL-2\tB-PRGE\n.\tO\n\nB\tI-CLTP\ncells\tI-CLTP\n"
PAIRED = """<corpus><document id="d"><sentence id="s0" text="MiR-21 represses PTEN.">
<entity id="e0" charOffset="0-5" type="Specific_miRNAs"/><entity id="e1" charOffset="17-20" type="Genes/Proteins"/>
<entity id="e2" charOffset="7-15" type="Relation_Trigger"/><pair e1="e0" e2="e1" interaction="True"/>
</sentence></document></corpus>"""


def test_tags_become_spans_of_a_sentence(tmp_path: Path) -> None:
    first, second = corpora.two_columns(packed(tmp_path / "x.tsv.gz", TAGGED))
    assert first.text == "T cells made IL-2."
    assert first.spans == ((Span(0, 7), "CLTP"), (Span(13, 17), "PRGE"))
    assert second.spans == ((Span(0, 7), "CLTP"),)


def test_pubtator_documents(tmp_path: Path) -> None:
    content = "7|t|Mice heal\n7|a|By EVs.\n7\t0\t4\tMice\tOrganismTaxon\t10090\n\n"
    (only,) = corpora.pubtator(packed(tmp_path / "x.gz", content))
    assert (only.id, only.text, only.spans) == ("7", "Mice heal By EVs.", ((Span(0, 4), "OrganismTaxon"),))


def test_craft_puts_torn_concepts_where_a_list_has_its_members(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "start": 0, "end": 11, "spans": [[0, 1], [6, 11]], "type": "CL", "concept": "CL:1"},
        {"id": "1", "start": 4, "end": 11, "type": "CL", "concept": "CL:2"},
        {"id": "1", "start": 16, "end": 34, "spans": [[16, 20], [25, 34]], "type": "CL", "concept": "CL:3"},
    ]
    packed(tmp_path / "craft/concepts.jsonl.gz", "".join(json.dumps(r) + "\n" for r in rows))
    packed(tmp_path / "craft/dev.conllu.gz", "# newdoc id = 1\n")
    text = "T/ B cells and grey cold astrocytes."
    packed(tmp_path / "craft/texts.jsonl.gz", json.dumps({"id": "1", "text": text}) + '\n{"id": "2", "text": "y"}\n')
    (dev,) = corpora.craft(tmp_path, "dev")
    assert dev.spans == ((Span(0, 1), "CL"), (Span(4, 11), "CL"), (Span(16, 34), "CL"))
    assert dev.concepts == ("CL:1", "CL:2", "CL:3")
    assert [t.id for t in corpora.craft(tmp_path, "train")] == ["2"]


def test_labels_and_types_meet_in_groups(tmp_path: Path) -> None:
    nlp = load()
    texts = list(corpora.two_columns(packed(tmp_path / "x.tsv.gz", TAGGED)))
    groups = public.known()["jnlpba"].groups
    found = score(texts, lambda docs: [annotate(nlp, d) for d in docs], groups)
    cells = total(found["cell types and lines"]["strict"])
    assert (cells.tp, cells.fp, cells.fn) == (2, 0, 0)


def test_relations_of_gold_pairs_and_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed(tmp_path / "relations/scai_mirna_train.xml.gz", PAIRED)
    (sentence,) = read_scai(tmp_path / "relations/scai_mirna_train.xml.gz")
    assert [m.text for m in sentence.mentions] == ["MiR-21", "PTEN"]
    with pytest.raises(SystemExit) as done:
        main(["benchmark", "scai-relations", "--data", str(tmp_path), "--json", str(tmp_path / "f.json")])
    assert done.value.code in (0, None)
    assert "not like for like" in capsys.readouterr().out
    assert json.loads((tmp_path / "f.json").read_text())["scai-relations"]["specific miRNAs"]["f1"] == 1.0


def test_unknown_names_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="known: craft"):
        public.run("nothing", tmp_path, list)
    with pytest.raises(InputError, match="--data names the folder"):
        public.run("scai", tmp_path, list)


def test_what_a_scheme_lacks_is_no_false_find() -> None:
    nlp = load()
    texts = [corpora.Labelled("x", "C57BL/6J mice had miR-15/107; DBA/1 and rats did not.", (
        (Span(9, 13), "T"), (Span(18, 28), "M"), (Span(40, 44), "T"),
    ))]  # fmt: skip
    groups = {
        "raw": Group(labels=["T"], types=["SPECIES"]),
        "taxa": Group(labels=["T"], types=["SPECIES"], beyond_kinds=["strain"]),
        "members": Group(labels=["M"], types=["MIRNA"]),
        "lists": Group(labels=["M"], types=["MIRNA"], lists=True),
    }
    found = score(texts, lambda docs: [annotate(nlp, d) for d in docs], groups)
    false = {name: total(by["relaxed"]).fp for name, by in found.items()}
    assert false["raw"] > false["taxa"] == 0
    assert false["members"] == 1 and false["lists"] == 0
    assert {total(by["relaxed"]).fn for by in found.values()} == {0}


def test_what_our_scheme_lacks_is_not_missed() -> None:
    nlp = load()
    spans = ((Span(0, 9), "T"), (Span(10, 18), "T"), (Span(20, 24), "T"))
    texts = [corpora.Labelled("x", "Organisms neuronal; mice and yeasts.", spans, ("T:1", "T:2", "T:3"))]
    groups = {
        "raw": Group(labels=["T"], types=["SPECIES"]),
        "both": Group(
            labels=["T"], types=["SPECIES"], beyond_words=["yeast"], unmarked_ids=["T:1", "T:3"], unmarked=r"\w+al"
        ),
    }
    found = score(texts, lambda docs: [annotate(nlp, d) for d in docs], groups)
    raw, both = (total(found[name]["relaxed"]) for name in ("raw", "both"))
    assert (raw.tp, raw.fp, raw.fn) == (1, 1, 2)
    assert (both.tp, both.fp, both.fn) == (1, 0, 0)
