"""The recogniser: lexicons and grammars compiled once, then run on one document after another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from secretome_nlp.knowledge.background import load_background
from secretome_nlp.knowledge.grammar import Grammar
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.overlaps import Overlaps
from secretome_nlp.recognise import coordination, suspended, trie
from secretome_nlp.recognise.agents import with_agents
from secretome_nlp.recognise.arm_prefixes import with_prefixes
from secretome_nlp.recognise.atoms import HYPHENS, Atoms, key_of, split
from secretome_nlp.recognise.background import without_background
from secretome_nlp.recognise.candidates import BULK, CURATED, DEFINED, GRAMMAR, Candidate, Chart
from secretome_nlp.recognise.definitions import Defined, defined_forms
from secretome_nlp.recognise.hosts import of_antibodies, without_vague
from secretome_nlp.recognise.inducers import without_harm
from secretome_nlp.recognise.initials import without_initials
from secretome_nlp.recognise.letters import with_letters
from secretome_nlp.recognise.overlaps import resolve
from secretome_nlp.recognise.pattern import compile_pattern
from secretome_nlp.recognise.phrases import Phrases
from secretome_nlp.recognise.places import Places, WordSets
from secretome_nlp.recognise.preparations import with_preparations
from secretome_nlp.recognise.recipients import without_recipients
from secretome_nlp.recognise.roles import protein_roles
from secretome_nlp.recognise.stresses import primed_with
from secretome_nlp.types import MENTION_TYPES, Abbreviation, Citation, FoundBy, Mention, Span

_WRITTEN = frozenset(MENTION_TYPES)
#: What is done with the mentions once overlaps are settled, one step after the other.
Step = Literal[
    "found", "initials", "letter", "stress", "role", "vague", "recipient", "preparation", "prefix", "agent",
    "background",
]  # fmt: skip


#: What the entry of a term says of a mention: the fields of a candidate from its type on.
Reading = tuple[str, FoundBy, Entry, str | None, str | None, int]


class RegexGrammar(NamedTuple):
    """A grammar on characters; the expressions for the members of a list and for a sign of a match, if it has them.

    Its mentions are found `by` it. `gate` is the number of the set of its words of which a text must hold one.
    """

    grammar: Grammar
    by: FoundBy
    regex: re.Pattern[str]
    items: re.Pattern[str] | None
    gate: int | None
    sign: re.Pattern[str] | None

    def may_match(self, text: str, places: Places) -> bool:
        """Tell whether a text can hold a match."""
        return (self.gate is None or places.of[self.gate] > 0) and (
            self.sign is None or self.sign.search(text) is not None
        )


class Recogniser:
    """Everything that finds mentions, compiled. Holds no state of any document, so one serves all."""

    def __init__(
        self, entries: tuple[Entry, ...], grammars: tuple[Grammar, ...], settings: Overlaps, terms: trie.Node
    ) -> None:
        self.entries = entries
        self.by_id = {e.id: e for e in entries}
        self.settings = settings
        self.trie = terms
        self.word_sets = WordSets()
        self.regexes = tuple(_regex(g, g.regex, self.word_sets) for g in grammars if g.regex is not None)
        #: What each term that was met says of its mention, by the number of its entry.
        self._readings: dict[int, Reading] = {}
        self.patterns = tuple(compile_pattern(g, self.word_sets) for g in grammars if g.pattern is not None)

    def find(
        self,
        text: str,
        sentences: tuple[Span, ...] = (),
        abbreviations: tuple[Abbreviation, ...] = (),
        citations: tuple[Citation, ...] = (),
        mined: Iterable[Span] | None = None,
        running: bool = True,
    ) -> tuple[Mention, ...]:
        """Return the mentions of a text in order of place, outer before inner.

        `abbreviations` are the document's definitions; `citations` become CITATION mentions; only text within
        `mined` (all of it, if None) is searched. Offsets are into `text`. What is not `running` text, such as a table,
        has no sentences that could tell a disease as background: all its diseases stay.
        """
        atoms, chart = self.read(text, abbreviations, citations)
        kept = without_harm(resolve(chart.all(), atoms, self.settings), chart, atoms)
        *_, (_, mentions) = self.steps(text, kept, sentences, abbreviations, mined, running)
        return mentions

    def steps(
        self,
        text: str,
        kept: list[Candidate],
        sentences: tuple[Span, ...] = (),
        abbreviations: tuple[Abbreviation, ...] = (),
        mined: Iterable[Span] | None = None,
        running: bool = True,
    ) -> Iterator[tuple[Step, tuple[Mention, ...]]]:
        """Yield the mentions of the candidates that stand, then what each step leaves or makes of them, in order."""
        mentions = _mentions(text, kept, sentences, mined)
        yield "found", mentions
        mentions = without_initials(text, mentions)
        yield "initials", mentions
        mentions = with_letters(text, mentions)
        yield "letter", mentions
        mentions = primed_with(mentions)
        yield "stress", mentions
        mentions = protein_roles(text, mentions, sentences, self.by_id, self.settings)
        yield "role", mentions
        mentions = without_vague(of_antibodies(text, mentions))
        yield "vague", mentions
        mentions = without_recipients(text, mentions)
        yield "recipient", mentions
        mentions = with_preparations(text, mentions)
        yield "preparation", mentions
        mentions = with_prefixes(text, mentions, abbreviations)
        yield "prefix", mentions
        mentions = with_agents(text, mentions, sentences, abbreviations, self.settings.no_agents)
        yield "agent", mentions
        if running:
            yield "background", without_background(text, mentions, sentences, load_background())

    def read(
        self, text: str, abbreviations: tuple[Abbreviation, ...] = (), citations: tuple[Citation, ...] = ()
    ) -> tuple[Atoms, Chart]:
        """Return every reading of a text, of which `resolve` keeps some, and the atoms that they stand on."""
        atoms = split(text)
        places = Places(atoms, self.word_sets)
        phrases = Phrases(atoms, self.patterns, places)
        base = self._base(text, atoms, places, citations)
        chart = phrases.chart(base)
        defined = defined_forms(abbreviations, chart, atoms, self.trie, self.entries)
        if defined:
            chart = phrases.chart(*_with_defined(base, defined, atoms))
        return atoms, chart

    def _base(self, text: str, atoms: Atoms, places: Places, citations: tuple[Citation, ...]) -> list[Candidate]:
        """Collect what stands in the text by itself: regex grammars, lexicon terms, list members, citations."""
        found = [c for g in self.regexes if g.may_match(text, places) for c in _by_regex(g, text, atoms)]
        entries = self.entries
        has = _document_has(atoms)
        for first, last, number in trie.search(self.trie, atoms, has):
            reading = self._readings.get(number)
            if reading is None:
                reading = self._readings[number] = _reading(entries[number])
            found.append(Candidate(first, last, atoms.starts[first], _end(text, atoms, last), *reading))
        found.extend(coordination.expand(found, atoms, self.trie, entries))
        found.extend(suspended.expand(found, atoms, self.trie, entries, has))
        for c in citations:
            span = _atoms_of(atoms, c.start, c.end)
            if span is not None:
                by = FoundBy("grammar", "citation.marker")
                found.append(Candidate(*span, c.start, c.end, "CITATION", by, None, None, ",".join(c.refs), GRAMMAR))
        return found


def compile_recogniser(
    entries: tuple[Entry, ...], grammars: tuple[Grammar, ...], settings: Overlaps, terms: trie.Node | None = None
) -> Recogniser:
    """Compile lexicons and grammars; `terms` is the trie of the entries where it is at hand.

    Raises KnowledgeError where a grammar cannot be compiled.
    """
    return Recogniser(entries, grammars, settings, trie.build(entries) if terms is None else terms)


def _regex(g: Grammar, regex: str, sets: WordSets) -> RegexGrammar:
    gate = sets.number(g.gate) if g.gate else None
    by = FoundBy("grammar", g.id)
    return RegexGrammar(g, by, re.compile(regex, re.VERBOSE), _verbose(g.items), gate, _verbose(g.sign))


def _verbose(expression: str | None) -> re.Pattern[str] | None:
    return None if expression is None else re.compile(expression, re.VERBOSE)


def _reading(e: Entry) -> Reading:
    return e.type, FoundBy("lexicon", e.id), e, e.kind, e.value, BULK if e.bulk else CURATED


def _end(text: str, atoms: Atoms, last: int) -> int:
    """Return where a term ends; the closing hyphen of a genotype ("-/-") is no atom, but it belongs to it."""
    end = atoms.ends[last - 1]
    return end + 1 if atoms.norms[last - 1] == "/" and text[end : end + 1] in HYPHENS else end


def _document_has(atoms: Atoms) -> Callable[[tuple[str, ...]], bool]:
    """Return a test of whether any of some words or phrases stands in the document."""
    words = " " + " ".join(atoms.norms) + " "
    known: dict[tuple[str, ...], bool] = {}

    def has(needs: tuple[str, ...]) -> bool:
        if needs not in known:
            known[needs] = any(" " + " ".join(key_of(n)[0]) in words for n in needs)
        return known[needs]

    return has


def _by_regex(g: RegexGrammar, text: str, atoms: Atoms) -> Iterable[Candidate]:
    grammar = g.grammar
    for m in g.regex.finditer(text):
        spans = [m.span(grammar.span) if grammar.span else m.span()]
        if g.items is not None:
            spans = [i.span() for i in g.items.finditer(text, *spans[0])] or spans
        for start, end in spans:
            cover = _atoms_of(atoms, start, end)
            if cover is not None:
                yield Candidate(*cover, start, end, grammar.type, g.by, None, grammar.kind, grammar.value, GRAMMAR)


def _atoms_of(atoms: Atoms, start: int, end: int) -> tuple[int, int] | None:
    """Return the atoms that a stretch of characters covers, or None where it covers none."""
    first = bisect_left(atoms.starts, start)
    last = bisect_left(atoms.starts, end)
    return (first, last) if first < last else None


def _with_defined(
    base: list[Candidate], defined: tuple[Defined, ...], atoms: Atoms
) -> tuple[list[Candidate], set[str]]:
    """Replace what the lexicon made of a short form by what the document says that it means.

    Returns the new base, and the types that it has otherwise than the old one.
    """
    by_case: dict[str, list[int]] = {}
    for at, form in enumerate(atoms.cased):
        by_case.setdefault(form, []).append(at)
    places: dict[tuple[int, int], Defined] = {}
    for d in defined:
        for first, last in d.places(atoms, by_case):
            places.setdefault((first, last), d)
    kept: list[Candidate] = []
    changed: set[str] = set()
    for c in base:
        if c[:2] in places and c.by.how == "lexicon":
            changed.add(c.type)
        else:
            kept.append(c)
    for (first, last), d in sorted(places.items()):
        if d.type is not None:
            changed.add(d.type)
            kept.append(
                Candidate(
                    first, last, atoms.starts[first], atoms.ends[last - 1], d.type,
                    FoundBy("abbreviation", d.id), d.entry, d.kind, d.value, DEFINED,
                )
            )  # fmt: skip
    return kept, changed


def _is_within(start: int, end: int, regions: tuple[Span, ...]) -> bool:
    for first, last in regions:  # noqa: SIM110 -- asked of each mention, and any() takes twice as long
        if first <= start and end <= last:
            return True
    return False


def _mentions(
    text: str, kept: list[Candidate], sentences: tuple[Span, ...], mined: Iterable[Span] | None
) -> tuple[Mention, ...]:
    starts = [s.start for s in sentences]
    regions = None if mined is None else tuple(mined)
    mentions: list[Mention] = []
    for c in kept:
        start, end = c.start, c.end
        if c.type not in _WRITTEN or not (regions is None or _is_within(start, end, regions)):
            continue
        sentence = max(0, bisect_left(starts, start + 1) - 1)
        concept = None if c.entry is None else c.entry.id
        ident = f"m{len(mentions) + 1}"
        mentions.append(Mention(ident, start, end, text[start:end], c.type, c.by, sentence, c.kind, c.value, concept))
    return tuple(mentions)
