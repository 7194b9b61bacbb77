"""Every lexicon entry and grammar is tried on its own examples, both ways."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretome_nlp.components import shared_recogniser
from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.grammar import Grammar, load_grammars
from secretome_nlp.knowledge.lexicon import HELPER_TYPES, Entry, load_lexicons, read_lexicon
from secretome_nlp.recognise import compile_recogniser
from secretome_nlp.types import Mention

MARK = re.compile(r"\[([^\[\]]+)\]")


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    return load_lexicons()


def find(text: str) -> tuple[Mention, ...]:
    return shared_recogniser(())[0].find(text)


def marked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the example without its brackets, and the spans that they marked."""
    spans, plain, at = [], "", 0
    for m in MARK.finditer(example):
        plain += example[at : m.start()]
        spans.append((len(plain), len(plain) + len(m[1])))
        plain += m[1]
        at = m.end()
    return plain + example[at:], spans


@pytest.mark.parametrize("grammar", load_grammars(), ids=lambda g: g.id)
def test_grammar_finds_its_matches_and_nothing_else(grammar: Grammar) -> None:
    found_by_it = 0
    for example in grammar.match:
        text, wanted = marked(example)
        assert wanted, f"{grammar.id}: nothing is marked in {example!r}"
        mentions = [m for m in find(text) if m.type == grammar.type]
        assert [(m.start, m.end) for m in mentions] == wanted, example
        found_by_it += sum(m.by.id == grammar.id for m in mentions)
    assert found_by_it, f"{grammar.id}: its examples are found without it"


@pytest.mark.parametrize("grammar", load_grammars(), ids=lambda g: g.id)
def test_grammar_leaves_its_counterexamples_alone(grammar: Grammar) -> None:
    for example in grammar.no_match:
        assert [m.text for m in find(example) if m.by.id == grammar.id] == [], example


@pytest.mark.parametrize("grammar", [g for g in load_grammars() if g.sign], ids=lambda g: g.id)
def test_every_match_of_a_grammar_holds_its_sign(grammar: Grammar) -> None:
    assert grammar.regex is not None and grammar.sign is not None
    regex, sign = re.compile(grammar.regex, re.VERBOSE), re.compile(grammar.sign, re.VERBOSE)

    @settings(max_examples=30, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(regex))
    def holds(text: str) -> None:
        assert sign.search(text)

    holds()


@pytest.mark.parametrize("type_", sorted({e.type for e in entries() if not e.bulk} - set(HELPER_TYPES)))
def test_every_curated_term_is_found_with_its_type(type_: str) -> None:
    missed = []
    for e in entries():
        if (
            e.type != type_
            or e.bulk
            or e.needs
            or e.not_before
            or e.not_after
            or e.role in ("adjective", "cargo_only", "cargo_or_readout")
        ):
            continue
        forms = [*e.terms, *(text for text, _, _, needs in e.short if not needs)]
        missed += [
            f"{e.id}: {form}"
            for form in forms
            if not any(m.type in (type_, *TWINS.get(type_, ())) and m.text == form for m in find(form))
        ]
    assert missed == []


#: Roles of entries whose name alone is no mention of their type.
NOT_ALONE = ("adjective", "cargo_only", "cargo_or_readout")

#: A protein's name is a FACTOR or a GENE by its role, and a disease word a MODEL or an
#: OUTCOME by its place; a strain that is itself a disease model (mdx) is a MODEL within the species.
TWINS = {
    "FACTOR": ("GENE",),
    "GENE": ("FACTOR",),
    "MODEL": ("OUTCOME",),
    "OUTCOME": ("MODEL",),
    "SPECIES": ("MODEL",),
}


@pytest.mark.parametrize("entry", [e for e in entries() if e.match or e.no_match], ids=lambda e: e.id)
def test_entry_examples(entry: Entry) -> None:
    for example in entry.match:
        assert [m for m in find(example) if m.concept == entry.id or _says_more(m, entry)], example
    for example in entry.no_match:
        found = find(example)
        assert [m.text for m in found if m.concept == entry.id and not _nested(m, found)] == [], example


def _says_more(m: Mention, entry: Entry) -> bool:
    """A longer phrase of the same type with the entry's words in it ("nude mice") has the entry's place."""
    return m.type == entry.type and any(
        t.lower() in m.text.lower() for t in (*entry.terms, *(s[0] for s in entry.short))
    )


def _nested(m: Mention, found: tuple[Mention, ...]) -> bool:
    """What lies inside a longer mention is written too ("liver" in "liver fibrosis") and is no false find."""
    return any(o is not m and o.start <= m.start and m.end <= o.end for o in found)


def test_deleting_a_grammar_turns_its_examples_red() -> None:
    recogniser, _ = shared_recogniser(())
    kept = tuple(g for g in load_grammars() if g.id != "mirna.name")
    without = compile_recogniser(recogniser.entries, kept, recogniser.settings)
    assert [m.type for m in without.find("The miR-4321 fell.")] == []
    assert [m.text for m in recogniser.find("The miR-4321 fell.")] == ["miR-4321"]


BAD_FILES = {
    "unknown key": (
        "type: FACTOR\nsource: x\nentries:\n  - id: f.a\n    name: a\n    terms: [abc]\n    synonyms: [b]\n",
        ":7:",
    ),
    "no terms": ("type: FACTOR\nsource: x\nentries:\n  - id: f.a\n    name: a\n", "neither terms"),
    "unknown type": ("type: FACTORY\nsource: x\nentries: []\n", "unknown mention type"),
    "not YAML": ("type: [FACTOR\n", "check indentation"),
    "condition without examples": (
        "type: FACTOR\nsource: x\nentries:\n  - id: f.a\n    name: a\n    terms: [abc]\n    needs: [d]\n",
        "no match and no_match",
    ),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_lexicon_that_does_not_hold_gets_one_clear_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        read_lexicon(path)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert "mine.yml" in str(error.value)


def test_duplicate_ids_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    taken = next(e for e in entries() if not e.bulk)
    path.write_text(f"type: {taken.type}\nsource: x\nentries:\n  - id: {taken.id}\n    name: a\n    terms: [abcd]\n")
    with pytest.raises(KnowledgeError, match="already used"):
        load_lexicons(overlays=(path,))


def test_the_symbol_of_a_gene_is_no_alias_of_another() -> None:
    genes = [e for e in entries() if e.id.startswith("gene_bulk.")]
    symbols = {e.name for e in genes}
    stolen = [(s[0], e.name) for e in genes for s in e.short if s[0] in symbols and s[0] != e.name]
    assert stolen == []
