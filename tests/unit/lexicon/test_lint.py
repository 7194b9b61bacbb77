"""Lint: the shipped lexicons hold, and each kind of mistake is told with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from secretome_nlp.cli.lexicon import command
from secretome_nlp.lexicon.lint import Problem, lint, words_of

HEAD = "type: DELIVERY\nsource: own names\nentries:\n"


def check(folder: Path, entries: str, head: str = HEAD) -> list[tuple[str, int, bool]]:
    path = folder / "mine.yml"
    path.write_text(head + entries, encoding="utf-8")
    return [(p.kind, p.line, p.grave) for p in lint([path])]


def entry(name: str, more: str = "") -> str:
    own = name.replace(" ", "_").lower()
    return f"  - id: delivery.route.{own}\n    name: {name}\n    kind: route\n    terms: [{name}]\n{more}"


def test_the_shipped_lexicons_have_no_errors() -> None:
    assert [str(p) for p in lint() if p.grave] == []


def test_no_shipped_concept_stands_under_two_names() -> None:
    assert [str(p) for p in lint() if p.kind == "alike"] == []


def test_names_of_other_meaning_are_not_alike() -> None:
    apart = [("inhibin", "inhibin A"), ("M1 macrophage", "M2 macrophage"), ("loss of mass", "mass")]
    assert all(words_of(a) != words_of(b) for a, b in apart)
    assert words_of("incidence of diarrhoea") == words_of("diarrhea incidence")


def test_a_good_file_has_no_problem(tmp_path: Path) -> None:
    assert check(tmp_path, entry("quokka infusion")) == []


MISTAKES = {
    "an id of the shipped files": (entry("gel").replace("route.gel", "carrier.gel"), [("duplicate", 4, True)]),
    "the same id twice": (entry("quokka infusion") + entry("quokka infusion"), [("duplicate", 8, True)]),
    "a term of another entry": (
        entry("quokka infusion") + entry("wombat infusion").replace("[wombat", "[quokka"),
        [("shadowed", 8, True)],
    ),
    "hyphen variants": (
        entry("quokka infusion").replace("[quokka", "[quokka-infusion, quokka"),
        [("repeated", 4, False)],
    ),
    "a plural of an entry": (
        entry("quokka infusion") + entry("infusions of quokka"),
        [("alike", 8, False)],
    ),
    "an order of words": (entry("oedema quokka") + entry("quokka edema"), [("alike", 8, False)]),
    "no run of words": (entry("quokka infusion").replace("[quokka infusion]", '["-"]'), [("unreachable", 4, True)]),
    "an id without prefix": (entry("quokka infusion", '    xref: ["C38288"]\n'), [("id", 4, True)]),
    "an id of another type": (entry("quokka infusion", '    xref: ["CL:0000134"]\n'), [("id", 4, True)]),
    "an id of a wrong form": (entry("quokka infusion", '    xref: ["NCIT:38288"]\n'), [("id", 4, True)]),
    "an unknown key": (entry("quokka infusion", "    synonyms: [x]\n"), [("unreadable", 8, True)]),
    "no YAML": ("  - id: [", [("unreadable", 5, True)]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_with_their_line(mistake: str, tmp_path: Path) -> None:
    entries, expected = MISTAKES[mistake]
    found = check(tmp_path, entries)
    assert [(kind, grave) for kind, _, grave in found] == [(kind, grave) for kind, _, grave in expected]
    assert [line for _, line, _ in found] == pytest.approx([line for _, line, _ in expected], abs=1)


def test_a_term_that_loses_is_told_with_what_beats_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(HEAD + entry("quokka miR-21"), encoding="utf-8")
    assert not [p for p in lint([path]) if p.kind == "beaten"]
    path.write_text(HEAD + entry("bone marrow"), encoding="utf-8")
    beaten = [p for p in lint([path]) if p.kind in ("beaten", "ambiguous")]
    assert beaten and "tissue.bone_marrow" in beaten[0].message


def test_the_command_exits_with_1_on_errors(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(HEAD + entry("quokka infusion", '    xref: ["C38288"]\n'), encoding="utf-8")
    done = CliRunner().invoke(command, ["lint", str(path)], standalone_mode=False)
    assert done.return_value == 1 and f"{path}:4: error id: delivery.route.quokka_infusion: " in done.output
    missing = CliRunner().invoke(command, ["lint", str(tmp_path / "none.yml")], standalone_mode=False)
    assert missing.return_value == 1 and "none.yml" in missing.output


def test_a_problem_is_one_line() -> None:
    p = Problem(Path("x.yml"), 3, "a.b", "id", "wrong", True)
    assert str(p) == "x.yml:3: error id: a.b: wrong"
