"""Files that people and other tools wrote, and files that do not hold."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin, Span

from secretome_nlp.cli.main import main
from secretome_nlp.evaluate.align import align
from secretome_nlp.evaluate.gold import read_gold
from secretome_nlp.interchange import Annotated, brat, docbin, read, write
from secretome_nlp.types import Failure

TEXT = "EVs\nhealed.\n\n5 mg/kg EVs did not lower renal fibrosis in rats.\n"
ANN = """T1\tCOMPONENT 21 24\tEVs
#1\tAnnotatorNotes R1\tdirection=decrease; negated; see Fig 2
A1\tValue T1 exosome
T2\tOUTCOME 39 53\trenal fibrosis
T3\tDOSE 13 20\t5 mg/kg
A2\tHedged T2
N1\tReference T2 GO:0008150\tsome process
R1\taffects Arg1:T1 Arg2:T2
"""


def leave(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code


def folder(path: Path, ann: str = ANN, text: str = TEXT) -> Path:
    path.mkdir()
    (path / "one.txt").write_text(text, encoding="utf-8", newline="")
    (path / "one.ann").write_text(ann, encoding="utf-8", newline="")
    return path


def only(path: Path) -> Annotated:
    (found,) = read(path)
    assert isinstance(found, Annotated), found
    return found


def failure(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, Failure)
    assert "\n" not in found.error
    return found.error


def test_a_brat_folder_becomes_gold_that_aligns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--format", "gold", "--split", "test", "--annotator", "C"]
    assert leave("convert", str(folder(tmp_path / "b")), str(tmp_path / "mine"), *given) == 0
    assert "1 documents from brat to gold: 3 mentions, 1 relations" in capsys.readouterr().err
    gold = read_gold(tmp_path / "mine" / "one.json")
    assert (gold.doc, gold.set, gold.split, gold.annotator) == ("one", "mine", "test", "C")
    assert [len(s.mentions) for s in gold.sentences] == [0, 3]
    component, outcome, dose = gold.sentences[1].mentions
    assert (component.text, component.nth, component.value) == ("EVs", 0, "exosome")
    assert (outcome.norm, outcome.hedged, dose.text) == (["GO:0008150"], True, "5 mg/kg")
    (relation,) = gold.sentences[1].relations
    assert (relation.head, relation.tail, relation.direction, relation.negated) == ("T1", "T2", "decrease", True)
    aligned = align(TEXT, gold)
    assert {i: TEXT[slice(*s)] for i, s in aligned.mentions.items()} == {
        "T1": "EVs", "T2": "renal fibrosis", "T3": "5 mg/kg",
    }  # fmt: skip


def test_a_remark_of_an_annotator_is_kept(tmp_path: Path) -> None:
    write(read(folder(tmp_path / "b")), tmp_path / "x.json", "bioc")
    write(read(tmp_path / "x.json"), tmp_path / "again", "brat")
    assert "AnnotatorNotes R1\tdirection=decrease; negated; see Fig 2\n" in (tmp_path / "again" / "one.ann").read_text()
    assert "affects\tArg1:<ENTITY>, Arg2:<ENTITY>" in (tmp_path / "again" / "annotation.conf").read_text()


def test_what_is_changed_in_brat_comes_back_changed(tmp_path: Path) -> None:
    write(read(folder(tmp_path / "b")), tmp_path / "c", "brat")
    ann = (tmp_path / "c" / "one.ann").read_text()
    changed = ann.replace("GO:0008150\tsome process", "GO:0006954\tinflammation").replace(
        "13 20\t5 mg/kg", "13 17\t5 mg"
    )
    (tmp_path / "c" / "one.ann").write_text(changed + "T9\tSPECIES 57 61\trats\n")
    found = {m.id: m for m in only(tmp_path / "c").marks}
    assert [n.id for n in found["T2"].norm] == ["GO:0006954"]
    assert TEXT[slice(*found["T3"].span)] == "5 mg" and found["T9"].type == "SPECIES"


def test_a_mention_over_a_line_end_is_one_in_brat(tmp_path: Path) -> None:
    ann = "T1\tCOMPONENT 0 3;4 10\tEVs healed\n"
    mark = only(folder(tmp_path / "b", ann)).marks[0]
    assert mark.span == (0, 10)
    assert ann in brat.dump(only(tmp_path / "b"))[0]


@pytest.mark.parametrize(
    ("ann", "said"),
    [
        ("T1\tCOMPONENT 21 24\tEV", "line 1: 'EV' is not what stands at 21-24 of the text, 'EVs'"),
        ("T1\tCOMPONENT 21 24\tEVs\nT1\tDOSE 13 20\t5 mg/kg", "line 2: the id T1 is there twice"),
        ("T1\tVESICLE 21 24\tEVs", "mention T1: unknown type 'VESICLE'; use one of CELL_TYPE"),
        ("T1\tCOMPONENT 21 999\tEVs", "is not what stands at"),
        ("T1\tCOMPONENT x 24\tEVs", "line 1: 'T1\\tCOMPONENT x 24\\tEVs' is not brat's form of a T line"),
        ("T1\tCOMPONENT 21 24 25\tEVs", "not brat's form of a T line"),
        (f'{ANN}#9\tSecretome T2\t{{"value": 3}}', "mention T2: its kind, value or ids are no words"),
        ("T1\tCOMPONENT 0 3;21 24\tEVs EVs", "line 1: a mention in several parts"),
        ("T1\tCOMPONENT 20 24\t EVs", "begins or ends with white space"),
        ("R1\taffects Arg1:T1 Arg2:T2", "relation R1: there is no mention 'T1'"),
        ("R1\taffects Arg1:T1", "not brat's form of a R line"),
        ("E1\tHealing:T1", "line 1: 'E1' is no T, R, A, N or # line"),
        (f"{ANN}A9\tNegative T1", "attribute 'Negative' is not known; use Negated"),
        (f"{ANN}A9\tNegated T8", "A9 is of 'T8', which is not there"),
        (f"{ANN}N9\tReference T1 exosome\tx", "'exosome' is no id; write it as CL:0000134"),
        (f"{ANN}#9\tAnnotatorNotes R1\tdirection=lower", "unknown direction 'lower'; use one of increase"),
        (f"{ANN}#9\tAnnotatorNotes T1\tdirection=none", "T1 can have no direction"),
        (f"{ANN}#9\tSecretome T1\t{{", "the note Secretome is not JSON"),
        (f'{ANN}#9\tSecretome T1\t{{"id": "T2"}}', "two mentions have the id 'T2'"),
        (f'{ANN}#9\tSecretome T1\t{{"norm": 3}}', "the note Secretome does not hold"),
    ],
)
def test_brat_that_does_not_hold_is_said_in_one_line(ann: str, said: str, tmp_path: Path) -> None:
    assert said in failure(folder(tmp_path / "b", ann))


def test_one_bad_document_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder(tmp_path / "b")
    (source / "two.txt").write_text("Nobody annotated this.")
    assert leave("convert", str(source), str(tmp_path / "x.spacy"), "--format", "docbin") == 1
    said = capsys.readouterr().err
    assert "(two): two.ann cannot be read" in said and "1 documents from brat to docbin" in said
    assert only(tmp_path / "x.spacy").doc_id == "one"


def test_nothing_is_written_over_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder(tmp_path / "b")
    call = ["convert", str(source), str(source), "--format", "brat"]
    assert leave(*call) == 2
    assert "is there already; give another place, or --force" in capsys.readouterr().err
    assert (source / "one.ann").read_text() == ANN
    assert leave(*call, "--force") == 0


def test_a_text_that_was_changed_under_its_annotations_is_refused(tmp_path: Path) -> None:
    write(read(folder(tmp_path / "b")), tmp_path / "c", "brat")
    (tmp_path / "c" / "one.txt").write_text(TEXT.replace("healed", "helped"))
    assert "not the one that was converted" in failure(tmp_path / "c")


def test_names_of_documents_stay_in_the_folder(tmp_path: Path) -> None:
    names = ["../../up", "a/b", "..", "x" * 300, "x" * 299 + "y", "Größe 1"]
    found = [Annotated(name, "EVs heal.") for name in names]
    assert write(found, tmp_path / "deep" / "er", "brat") == []
    assert [p for p in tmp_path.rglob("*.ann") if p.parent != tmp_path / "deep" / "er"] == []
    assert sorted(d.doc_id for d in read(tmp_path / "deep" / "er") if isinstance(d, Annotated)) == sorted(names)


def collection(change: Callable[[Any], None] = lambda _: None) -> dict[str, Any]:
    """BioC as another tool writes it: two passages, one with sentences of its own."""
    mark = {"id": "1", "infons": {"type": "SPECIES", "identifier": "NCBITaxon:10116"}, "text": "rats",
            "locations": [{"offset": 20, "length": 4}]}  # fmt: skip
    other = {"id": 2, "infons": {"type": "COMPONENT"}, "text": "EVs", "locations": [{"offset": 0, "length": 3}]}
    nodes = [{"refid": "1", "role": "tail"}, {"refid": "2", "role": "head"}]
    second = {"offset": 20, "text": "rats.", "annotations": [], "relations": []}
    document = {
        "id": 77,
        "passages": [
            {"offset": 0, "infons": {}, "text": "EVs given to sick", "annotations": [other], "relations": []},
            {"offset": 20, "sentences": [{**second, "annotations": [mark]}], "annotations": [], "relations": []},
        ],
        "relations": [{"id": "R", "infons": {"type": "tested_in"}, "nodes": nodes}],
    }
    change(document)
    return {"source": "", "date": "", "key": "", "infons": {}, "documents": [document]}


def test_bioc_of_other_tools_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(collection()))
    found = only(tmp_path / "x.json")
    assert (found.doc_id, found.text) == ("77", "EVs given to sick\n\n\nrats.")
    assert {m.id: (m.start, [n.id for n in m.norm]) for m in found.marks} == {
        "1": (20, ["NCBITaxon:10116"]), "2": (0, []),
    }  # fmt: skip
    assert (found.links[0].head, found.links[0].tail) == ("2", "1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["passages"][0].update(offset=5), "the passage at 20 does not follow one that ends at 22"),
        (lambda d: d["passages"][0]["annotations"][0].update(text="EV"), "annotation 2: 'EV' is not what stands at 0"),
        (lambda d: d["passages"][0]["annotations"][0].update(locations=[]), "annotation 2: no location"),
        (lambda d: d["passages"][0]["annotations"][0].update(id="1"), "two mentions have the id '1'"),
        (lambda d: d["relations"][0]["nodes"].pop(), "relation R: 1 nodes; give two"),
        (lambda d: d["passages"][0].update(offset="here"), "passages.0.offset: input should be a valid integer"),
        (lambda d: d["passages"][1].update(offset=0, text="x", sentences=[]), "the passage at 0 does not follow"),
        (lambda d: d.update(infons={"secretome": "{"}), "document: the infon 'secretome' is not JSON"),
        (lambda d: d.update(infons={"secretome": '{"form": "x"}'}), "the project's own data do not hold"),
    ],
)
def test_bioc_that_does_not_hold_is_said_in_one_line(change: Callable[[Any], None], said: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(collection(change)))
    assert said in failure(tmp_path / "x.json")


def test_bioc_is_what_the_bioc_library_reads(tmp_path: Path) -> None:
    biocjson = pytest.importorskip("bioc.biocjson")
    validator = pytest.importorskip("bioc.validator")
    write(read(folder(tmp_path / "b")), tmp_path / "x.json", "bioc")
    with (tmp_path / "x.json").open(encoding="utf-8") as file:
        found = biocjson.load(file)
    validator.validate(found)
    (passage,) = found.documents[0].passages
    assert [(a.id, a.infons["type"], a.text) for a in passage.annotations][1] == ("T2", "OUTCOME", "renal fibrosis")
    assert [(n.refid, n.role) for n in passage.relations[0].nodes] == [("T1", "head"), ("T2", "tail")]


def test_spans_that_were_changed_in_spacy_come_back_changed(tmp_path: Path) -> None:
    write(read(folder(tmp_path / "b")), tmp_path / "x.spacy", "docbin")
    (doc,) = DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("en").vocab)
    assert [e.text for e in doc.ents] == ["5 mg/kg", "EVs", "renal fibrosis"]
    assert doc.user_data["secretome"]["relations"][0]["direction"] == "decrease"
    rats = next(t for t in doc if t.text == "rats")
    doc.spans["secretome"] = [*list(doc.spans["secretome"])[:2], Span(doc, rats.i, rats.i + 1, label="SPECIES")]
    DocBin(store_user_data=True, docs=[doc]).to_disk(tmp_path / "y.spacy")
    found = only(tmp_path / "y.spacy")
    assert [(m.id, found.text[slice(*m.span)]) for m in found.marks] == [
        ("T1", "EVs"), ("T2", "renal fibrosis"), ("T3", "rats"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"secretome": 3}, "does not hold"),
        ({"secretome": {"mentions": [{"id": "a"}], "relations": []}}, "does not hold"),
        ({"secretome": {"mentions": [], "relations": [{"id": "r"}]}}, "does not hold"),
        ({"secretome": {"mentions": [], "relations": [], "document": {"form": "gold"}}}, "do not hold"),
        ({"secretome": b"bytes"}, "holds more than JSON can"),
        ({("._.", "secretome", None, None): {"documents": []}}, "rows that `extract` did not write"),
        ({("._.", "secretome", None, None): [1]}, "rows that `extract` did not write"),
    ],
)
def test_user_data_that_does_not_hold_is_said_in_one_line(own: dict[Any, Any], said: str, tmp_path: Path) -> None:
    doc = spacy.blank("en")("EVs heal rats.")
    doc.spans["secretome"] = [Span(doc, 0, 1, label="COMPONENT", span_id="a")]
    doc.user_data.update(own)
    DocBin(store_user_data=True, docs=[doc]).to_disk(tmp_path / "x.spacy")
    assert said in failure(tmp_path / "x.spacy")


def test_docs_of_other_pipelines_need_the_span_group(tmp_path: Path) -> None:
    doc = spacy.blank("en")("EVs heal rats.")
    doc.spans["mine"] = [Span(doc, 0, 1, label="COMPONENT")]
    DocBin(docs=[doc]).to_disk(tmp_path / "x.spacy")
    assert "no spans in doc.spans['secretome']" in failure(tmp_path / "x.spacy")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.spacy", b"no such thing"),
        ("x.spacy", zlib.compress(b"\x81\xa7version\x01")),
        ("x.json", b"{"),
        ("x.json", b'{"documents": 7}'),
        ("x.json", b"\xff\xfe"),
        ("x.csv", b"a,b"),
    ],
)
def test_files_that_are_nothing_are_refused_with_one_line(
    name: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert leave("convert", str(tmp_path / name), str(tmp_path / "b"), "--format", "brat") == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and str(tmp_path / name) in said
    assert not (tmp_path / "b").exists()


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docbin, "MOST_BYTES", 10_000_000)
    (tmp_path / "x.spacy").write_bytes(zlib.compress(bytes(30_000_000)))
    with pytest.raises(docbin.InputError, match="unpacks to more than 10,000,000 bytes"):
        list(read(tmp_path / "x.spacy"))


def test_gold_needs_its_own_texts_and_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(read(folder(tmp_path / "b")), tmp_path / "gold", "gold")
    assert leave("convert", str(tmp_path / "gold"), str(tmp_path / "x.json"), "--format", "bioc") == 2
    assert "gold holds no text; give the texts that it is of with --texts" in capsys.readouterr().err
    for text, said in (
        ("Rats slept.", "none of the texts"),
        (TEXT.replace("renal f", "f"), "do not stand in the text"),
    ):
        (tmp_path / "other.txt").write_text(text)
        call = ["convert", str(tmp_path / "gold"), str(tmp_path / "x.json"), "--format", "bioc"]
        assert leave(*call, "--texts", str(tmp_path / "other.txt")) == 1
        assert said in capsys.readouterr().err and not (tmp_path / "x.json").exists()


def test_records_that_a_format_cannot_hold_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(__file__).parents[3]
    call = ["convert", str(root / "annotations/gold/samples"), str(tmp_path / "out"), "--format", "output"]
    assert leave(*call, "--texts", str(root / "corpus/samples/samples.jsonl")) == 0
    assert "records were left out: output holds records of its own form alone" in capsys.readouterr().err
    assert (tmp_path / "out" / "mentions.jsonl").read_text() and not (tmp_path / "out" / "records.jsonl").read_text()
