"""Whatever stands in a file of another tool: a document, or one line that says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretome_nlp.errors import InputError
from secretome_nlp.interchange import Annotated, brat, read, write
from secretome_nlp.types import Failure

TEXT = "EVs heal sick rats.\nRats sleep."
PARTS = st.sampled_from(
    [
        *("T1", "T2", "R1", "A1", "N1", "#1", "E1", "\t", " ", "\n", ";", ":", "\r", "\x00", "-1", "9" * 30),
        *("COMPONENT", "SPECIES", "affects", "0 3", "9 18", "EVs", "sick rats", "Arg1:T1", "Arg2:T2", "Negated"),
        *("Value", "exosome", "Reference", "CL:1", "AnnotatorNotes", "Secretome", "direction=none"),
        *('{"id": "x"}', '{"norm": [1]}', '{"sentence": 0}'),
    ]
)
GOOD = "T1\tCOMPONENT 0 3\tEVs\nT2\tSPECIES 9 18\tsick rats\nR1\taffects Arg1:T1 Arg2:T2\t\n"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "T1", "EVs", "SPECIES", "affects", "head", "{"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "infons", "offset", "text", "annotations", "relations", "sentences", "passages", "locations", "length",
         "nodes", "refid", "type", "secretome", "identifier"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(before=st.booleans(), parts=st.lists(PARTS, max_size=25))
def test_any_lines_of_brat(before: bool, parts: list[str]) -> None:
    ann = (GOOD if before else "") + "".join(parts)
    try:
        found = brat.load("x", TEXT, ann, None)
    except InputError as error:
        assert "\n" not in str(error)
        return
    again = brat.load("x", TEXT, brat.dump(found)[0], brat.dump(found)[1])
    assert again == found


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=st.lists(JSON, max_size=3), changed=st.tuples(st.integers(0, 30), JSON))
def test_any_documents_of_bioc(
    documents: list[object], changed: tuple[int, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("bioc")
    write([brat.load("x", TEXT, GOOD, None)], folder / "x.json", "bioc")
    collection = json.loads((folder / "x.json").read_text())
    _change(collection["documents"][0], *changed)
    collection["documents"] += documents
    (folder / "x.json").write_text(json.dumps(collection))
    found = list(read(folder / "x.json"))
    assert len(found) == len(documents) + 1
    assert all(isinstance(d, Annotated) or (isinstance(d, Failure) and "\n" not in d.error) for d in found)


def _change(row: object, number: int, value: object) -> int:
    """Put a value in the place of the field of that number, counted from the outside in."""
    items = list(row.items()) if isinstance(row, dict) else list(enumerate(row)) if isinstance(row, list) else []
    for key, inner in items:
        if number == 0:
            row[key] = value  # type: ignore[index]
        number = _change(inner, number - 1, value)
    return number
