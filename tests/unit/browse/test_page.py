"""The page without a browser: what it holds, and that nothing of a paper stands in it as mark-up."""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import re
import threading
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from secretome_nlp.browse import page as room
from secretome_nlp.browse.data import payload
from secretome_nlp.browse.page import page, pages
from secretome_nlp.browse.serve import server
from secretome_nlp.cli.main import main
from secretome_nlp.errors import InputError
from secretome_nlp.pictures.all import PICTURES, draw

EVIL = "<script>alert(1)</script> {{js}} MSC-derived exosomes reduced renal fibrosis in rats with UUO"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    abstract = (
        "MSC-derived exosomes 😀 carrying miR-21 were given intravenously to rats with UUO. They reduced fibrosis."
    )
    rows = [{"id": f"d{n}", "title": EVIL, "abstract": abstract, "year": 2020 + n} for n in range(3)]
    (folder / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    with pytest.raises(SystemExit):
        main(["extract", str(folder / "in.jsonl"), "-o", str(folder / "out"), "--quiet"])
    return folder / "out"


def packed(html: str) -> dict[str, Any]:
    found = re.search(r'id="data">([^<]*)<', html)
    assert found
    content: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return content


def test_the_page_is_one_file_that_loads_nothing(out: Path) -> None:
    html = pages(out)["index.html"]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html.split('id="data">')[0])
    assert "{{" not in html.replace("{{js}}", "") and "alert(1)" not in html
    assert packed(html)["records"][0]["paper" if False else "doc"] == "d0"
    assert pages(out) == pages(out)


def test_marks_are_counted_as_javascript_counts(out: Path) -> None:
    record = packed(pages(out)["index.html"])["records"][0]
    for text, marks in record["proof"]:
        units = text.encode("utf-16-le")
        for start, end, _, _ in marks:
            assert units[2 * start : 2 * end].decode("utf-16-le").strip()
    assert any("😀" in text and any(units[2] == "MIRNA" for units in marks) for text, marks in record["proof"])


def test_many_records_become_pages(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_RECORDS", 2)
    made = pages(out)
    assert list(made) == ["index.html", "page-2.html"]
    assert sum(len(packed(html)["records"]) for html in made.values()) == len(payload(out)["records"])
    assert 'href="page-2.html"' in made["index.html"]


def test_claims_point_at_the_sentences_that_say_them(out: Path) -> None:
    data = packed(pages(out)["index.html"])
    records = {r["id"]: r for r in data["records"]}
    claim = next(c for c in data["claims"] if c["row"][3] == "renal fibrosis")
    assert claim["row"][4:] == ["decrease", "benefit", 3, 3, 0, 0, 0.8]
    assert len({record for _, record, *_ in claim["said"]}) == 3
    for side, record, outcome, kind, hedged in claim["said"]:
        assert (side, kind, hedged) == (0, "own", False)
        text, marks = records[record]["proof"][records[record]["outcomes"][outcome][7]]
        assert "fibrosis" in text and any(mark[2] == "OUTCOME" for mark in marks)


def test_claims_of_several_pages_are_counted_over_all_and_link_to_the_others(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = payload(out)["claims"]
    monkeypatch.setattr(room, "MOST_RECORDS", 2)
    for name, html in pages(out).items():
        data = packed(html)
        here = {r["id"] for r in data["records"]}
        assert [c["row"] for c in data["claims"]] == [c["row"] for c in whole]
        said = [s for c in data["claims"] for s in c["said"]]
        assert all((s[1] in here) == (len(s) == 5) for s in said)
        others = {s[5] for s in said if len(s) > 5}
        assert others == {"index.html", "page-2.html"} - {name}
        assert all(s[6] for s in said if len(s) > 5)


def test_claims_are_of_the_records_that_are_sure_enough(out: Path) -> None:
    assert payload(out, min_confidence=1.0)["claims"] == []


def test_pages_that_would_be_too_large_are_cut(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(pages(out)["index.html"].encode())
    monkeypatch.setattr(room, "MOST_BYTES", whole - 1)
    made = pages(out)
    assert len(made) > 1
    ids = [r["id"] for html in made.values() for r in packed(html)["records"]]
    assert ids == [r["id"] for r in payload(out)["records"]]
    assert list(pages(out, most=100)) == ["index.html"]


def test_serving_is_for_this_machine_alone() -> None:
    with server({"index.html": "first", "page-2.html": "second"}, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        assert running.server_address[0] == "127.0.0.1"

        def ask(path: str, host: str = "localhost") -> tuple[int, str]:
            link = http.client.HTTPConnection("127.0.0.1", running.server_port, timeout=10)
            link.request("GET", path, headers={"Host": f"{host}:{running.server_port}"})
            answer = link.getresponse()
            return answer.status, answer.read().decode()

        assert ask("/") == (200, "first") and ask("/page-2.html") == (200, "second")
        assert ask("/run.json")[0] == ask("/../run.json")[0] == 404
        assert ask("/", "evil.example")[0] == 421
        with pytest.raises(InputError, match="--port"):
            server({"index.html": ""}, running.server_port)
        running.shutdown()


def test_a_title_is_escaped(out: Path) -> None:
    assert "<title>&lt;b&gt;{{css}}</title>" in page(payload(out), "<b>{{css}}")


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_svg_with_their_n(out: Path, name: str) -> None:
    drawn = draw(name, payload(out))
    root = ElementTree.fromstring(drawn)
    assert root.tag.endswith("svg") and "n = " in "".join(root.itertext())
    assert draw(name, payload(out)) == drawn
    empty = {"records": [], "papers": {}, "targets": [], "counts": {"documents": 0, "mined": 0, "records": 0}}
    assert "n = 0" in draw(name, empty)


def test_plot_and_browse_write_files(out: Path, tmp_path: Path) -> None:
    for arguments in (["plot", str(out), "-o", str(tmp_path)], ["browse", str(out), "-o", str(tmp_path / "x.html")]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 0
    assert {p.name for p in tmp_path.iterdir()} == {*(f"{n}.svg" for n in PICTURES), "x.html"}


def test_an_unknown_picture_is_refused(out: Path) -> None:
    with pytest.raises(InputError, match="heatmap"):
        draw("pie", payload(out))
