"""What explains a reading: what stands, what lost and to what, which rules nearly fired; as lines and as a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click import unstyle
from click.testing import CliRunner

from secretome_nlp.cli.explain import command
from secretome_nlp.errors import InputError
from secretome_nlp.explain.look import Explanation, explain
from secretome_nlp.explain.page import page
from secretome_nlp.explain.terminal import lines
from secretome_nlp.recognise.contest import LATER

TEXT = "Exosomes of human bone marrow MSCs carried miR-21 and reduced renal fibrosis in rats with UUO."
EVIL = '<script>alert(1)</script> & MSC exosomes "reduced" fibrosis<img src=x onerror=alert(1)> in rats.'


@pytest.fixture(scope="module")
def told() -> Explanation:
    return explain(TEXT)


class Tags(HTMLParser):
    """Collects tags and checks that they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    return tags


DROPPED = (
    "Exosomes of human MSCs in stroke. Heart failure is a leading cause of death worldwide. "
    "Animals were treated with exosomes, and rats with stroke got i.p. injection of LPS. "
    "The mice were pretreated with rapamycin. Exosomes raised IL-6 mRNA in stroke.\n"
)


def test_mentions_that_were_dropped_later_tell_why() -> None:
    told = explain(DROPPED)
    why = {(x.text, x.type): x for x in told.lost if x.why in LATER}
    assert why["Heart failure", "MODEL"].why == "background"
    assert why["Animals", "SPECIES"].why == "vague"
    assert why["i.p. injection", "DELIVERY"].why == "harm"
    assert why["pretreated with rapamycin", "PRIMING"].why == "recipient"
    assert why["IL-6", "FACTOR"].why == "role" and why["IL-6", "FACTOR"].winner
    assert {"Heart failure", "Animals", "i.p. injection"}.isdisjoint(m.text for m in told.found.mentions)
    plain = unstyle("\n".join(lines(told)))
    assert "lost MODEL Heart failure" in plain and "neither treated nor tested" in plain
    assert "lost FACTOR IL-6" not in plain and "lost FACTOR IL-6" in unstyle("\n".join(lines(told, why=True)))


def test_readings_that_lost_tell_what_beat_them(told: Explanation) -> None:
    lost = {(x.text, x.type): x for x in told.lost}
    shorter = lost["MSCs", "CELL_TYPE"]
    assert shorter.why == "longer reading" and shorter.winner and shorter.winner[0] == "human bone marrow MSCs"
    assert lost["renal", "TISSUE"].why == "inside"
    stands = {(m.start, m.end, m.by) for m in told.found.mentions}
    for x in told.lost:
        assert told.found.document.text[x.start : x.end] == x.text
        assert (x.start, x.end, x.by) not in stands or x.why in LATER


def test_near_rules_are_told_where_their_relation_was_not_read() -> None:
    told = explain("Exosomes were infused, and fibrosis was then reduced by rest.")
    assert any(n.relation == "affects" and n.word == "reduced" for n in told.near)
    read_ones = {(r.sentence, r.type) for r in told.found.relations}
    assert not any((n.sentence, n.relation) in read_ones for n in told.near)


def test_lines_name_words_rules_and_records(told: Explanation) -> None:
    text = "\n".join(lines(told))
    assert "[grammar mirna.name]" in text and "affects" in text and "record 1" in text and "lost" not in text
    assert "lost" in "\n".join(lines(told, why=True))


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = CliRunner().invoke(command, [TEXT], color=True), CliRunner().invoke(command, [TEXT])
    assert "\x1b[" in coloured.output and "\x1b[" not in plain.output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in CliRunner().invoke(command, [TEXT], color=True).output


def test_the_page_has_spans_and_arcs(told: Explanation) -> None:
    html = page(told)
    tags = read(html)
    marked = [a["data-type"] for tag, a in tags.seen if tag == "mark"]
    assert {"COMPONENT", "CELL_TYPE", "MIRNA", "OUTCOME", "SPECIES", "MODEL"} <= set(marked)
    assert "<mark" in re.findall(r'data-type="CELL_TYPE"[^>]*>(.*?)<span', html)[0]  # the donor is told inside the cell
    arcs = sum(a.get("class") == "arc" for tag, a in tags.seen if tag == "g")
    assert arcs == len(told.found.relations) > 3
    for rule in {r.rule for r in told.found.relations}:
        assert f"<dt><code>{rule}</code></dt>" in html
    assert html == page(explain(TEXT))


def test_text_stays_text_and_nothing_is_loaded() -> None:
    tags = read(page(explain(EVIL)))
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in tags.seen}
    assert not any(name.startswith("on") or name in ("src", "href") for _, a in tags.seen for name in a)


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text given"):
        explain(" \n")
    made = tmp_path / "x.html"
    assert CliRunner().invoke(command, ["--html", str(made)], input=TEXT).exit_code == 0
    assert made.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_parse_is_drawn_as_a_tree_and_as_a_picture(told: Explanation) -> None:
    drawn = [line for line in unstyle("\n".join(lines(told, parse=True))).splitlines() if line.startswith("    | ")]
    depth = {line.split()[1]: (len(line) - len(line[6:].lstrip())) // 2 for line in drawn}
    label = {line.split()[1]: line.split()[2] for line in drawn}
    assert len(drawn) == len(told.parsed[0].words)  # every word once
    assert (label["carried"], label["Exosomes"], label["fibrosis"]) == ("ROOT", "nsubj", "dobj")
    assert depth["carried"] < depth["Exosomes"] < depth["MSCs"]
    assert "    | " not in "\n".join(lines(told))
    tags = read(page(told)).seen
    arrows = [a for tag, a in tags if tag == "g" and a.get("class") == "displacy-arrow"]
    assert len(arrows) == sum(x not in ("ROOT", "punct") for x in told.parsed[0].parse.labels) > 10


def test_a_sentence_without_mentions_is_not_parsed() -> None:
    assert explain("We thank the staff. Exosomes reduced fibrosis.").parsed.keys() == {1}
