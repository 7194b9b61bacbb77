"""The recogniser: lexicons and grammars compiled once, then run on one document after another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from secretome_nlp.knowledge.grammar import Grammar
from secretome_nlp.knowledge.lexicon import Entry
from secretome_nlp.knowledge.overlaps import Overlaps
from secretome_nlp.recognise import coordination, suspended, trie
from secretome_nlp.recognise.agents import with_agents
from secretome_nlp.recognise.arm_prefixes import with_prefixes
from secretome_nlp.recognise.atoms import FAR, GLUED, HYPHENS, Atoms, key_of, split
from secretome_nlp.recognise.background import without_background
from secretome_nlp.recognise.candidates import Candidate, Chart
from secretome_nlp.recognise.definitions import Defined, defined_forms
from secretome_nlp.recognise.hosts import of_antibodies, without_vague
from secretome_nlp.recognise.inducers import without_harm
from secretome_nlp.recognise.initials import without_initials
from secretome_nlp.recognise.letters import with_letters
from secretome_nlp.recognise.overlaps import resolve
from secretome_nlp.recognise.pattern import Captured, Matcher, Need, Pattern, compile_pattern
from secretome_nlp.recognise.preparations import with_preparations
from secretome_nlp.recognise.recipients import without_recipients
from secretome_nlp.recognise.roles import protein_roles
from secretome_nlp.recognise.stresses import primed_with
from secretome_nlp.types import MENTION_TYPES, Abbreviation, Citation, FoundBy, Mention, Span

BULK, GRAMMAR, CURATED, DEFINED = 1, 2, 3, 4
_WRITTEN = frozenset(MENTION_TYPES)
LONGEST_CHAIN = 4  # members of a list that a grammar reads one after the other
#: What is done with the mentions once overlaps are settled, one step after the other.
Step = Literal[
    "found", "initials", "letter", "stress", "role", "vague", "recipient", "preparation", "prefix", "agent",
    "background",
]  # fmt: skip


class RegexGrammar(NamedTuple):
    """A grammar on characters, with the expression for the members of a list, if it has one."""

    grammar: Grammar
    regex: re.Pattern[str]
    items: re.Pattern[str] | None


class Places:
    """Where the words of one document stand; both charts of it, and grammars with the same words, ask again."""

    def __init__(self, atoms: Atoms) -> None:
        self._by_word: dict[str, list[int]] = {}
        for at, norm in enumerate(atoms.norms):
            self._by_word.setdefault(norm, []).append(at)
        self._known: dict[frozenset[str], frozenset[int]] = {}
        self.numbers = frozenset(at for norm, found in self._by_word.items() if norm.isdigit() for at in found)

    def of(self, words: frozenset[str]) -> frozenset[int]:
        """Return the atoms that are one of some words."""
        found = self._known.get(words)
        if found is None:
            found = frozenset(at for word in words & self._by_word.keys() for at in self._by_word[word])
            self._known[words] = found
        return found


class Recogniser:
    """Everything that finds mentions, compiled. Holds no state of any document, so one serves all."""

    def __init__(
        self, entries: tuple[Entry, ...], grammars: tuple[Grammar, ...], settings: Overlaps, terms: trie.Node
    ) -> None:
        self.entries = entries
        self.by_id = {e.id: e for e in entries}
        self.settings = settings
        self.trie = terms
        self.regexes = tuple(
            RegexGrammar(g, re.compile(g.regex, re.VERBOSE), re.compile(g.items, re.VERBOSE) if g.items else None)
            for g in grammars
            if g.regex is not None
        )
        self.patterns = tuple(compile_pattern(g) for g in grammars if g.pattern is not None)

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
            yield "background", without_background(text, mentions, sentences, self.settings.background)

    def read(
        self, text: str, abbreviations: tuple[Abbreviation, ...] = (), citations: tuple[Citation, ...] = ()
    ) -> tuple[Atoms, Chart]:
        """Return every reading of a text, of which `resolve` keeps some, and the atoms that they stand on."""
        atoms = split(text)
        places = Places(atoms)
        base = self._base(text, atoms, citations)
        chart = self._chart(base, atoms, places)
        defined = defined_forms(abbreviations, chart, atoms, self.trie, self.entries)
        if defined:
            chart = self._chart(_with_defined(base, defined, atoms), atoms, places)
        return atoms, chart

    def _base(self, text: str, atoms: Atoms, citations: tuple[Citation, ...]) -> list[Candidate]:
        """Collect what stands in the text by itself: regex grammars, lexicon terms, list members, citations."""
        words = frozenset(atoms.norms)
        tried = (g for g in self.regexes if not g.grammar.gate or not g.grammar.gate.isdisjoint(words))
        found = [c for g in tried for c in _by_regex(g, text, atoms)]
        entries = self.entries
        has = _document_has(atoms)
        for hit in trie.search(self.trie, atoms, has):
            e = entries[hit.entry]
            found.append(
                Candidate(
                    hit.first, hit.last, atoms.starts[hit.first], _end(text, atoms, hit.last), e.type,
                    FoundBy("lexicon", e.id), e, e.kind, e.value, BULK if e.bulk else CURATED,
                )
            )  # fmt: skip
        found.extend(coordination.expand(found, atoms, self.trie, entries))
        found.extend(suspended.expand(found, atoms, self.trie, entries, has))
        for c in citations:
            span = _atoms_of(atoms, c.start, c.end)
            if span is not None:
                by = FoundBy("grammar", "citation.marker")
                found.append(Candidate(*span, c.start, c.end, "CITATION", by, None, None, ",".join(c.refs), GRAMMAR))
        return found

    def _chart(self, base: list[Candidate], atoms: Atoms, places: Places) -> Chart:
        """Put the base in a chart and let the token grammars, in order, build phrases on it."""
        chart = Chart()
        for candidate in base:
            chart.add(candidate)
        matcher = Matcher(atoms, chart)
        for pattern in self.patterns:
            known: set[tuple[int, int]] = set()
            for _ in range(LONGEST_CHAIN if pattern.grammar.again else 1):
                new = [p for p in _phrases(pattern, matcher, places) if (p.first, p.last) not in known]
                for phrase in new:
                    chart.add(phrase)
                known.update((p.first, p.last) for p in new)
                if not new:
                    break
        return chart


def compile_recogniser(
    entries: tuple[Entry, ...], grammars: tuple[Grammar, ...], settings: Overlaps, terms: trie.Node | None = None
) -> Recogniser:
    """Compile lexicons and grammars; `terms` is the trie of the entries where it is at hand.

    Raises KnowledgeError where a grammar cannot be compiled.
    """
    return Recogniser(entries, grammars, settings, trie.build(entries) if terms is None else terms)


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
                by = FoundBy("grammar", grammar.id)
                yield Candidate(*cover, start, end, grammar.type, by, None, grammar.kind, grammar.value, GRAMMAR)


def _atoms_of(atoms: Atoms, start: int, end: int) -> tuple[int, int] | None:
    """Return the atoms that a stretch of characters covers, or None where it covers none."""
    first = bisect_left(atoms.starts, start)
    last = bisect_left(atoms.starts, end)
    return (first, last) if first < last else None


def _phrases(pattern: Pattern, matcher: Matcher, places: Places) -> list[Candidate]:
    """Match one token grammar everywhere; a match is not begun inside the one before it."""
    found: list[Candidate] = []
    free = 0
    for first in _beginnings(pattern, matcher, places):
        if first < free or _inside_word(matcher.atoms, first):
            continue
        result = matcher.match(pattern, first)
        if result is not None:
            last, named = result
            free = last
            if matcher.word_at(last) not in pattern.grammar.not_before:
                found.append(_phrase(pattern.grammar, matcher.atoms, first, last, named))
    return found


def _beginnings(pattern: Pattern, matcher: Matcher, places: Places) -> list[int]:
    """Return the atoms where a pattern can begin, in order: none where what it asks for does not follow."""
    for need in pattern.required:  # most patterns ask for a word that the text does not hold
        if not need.types and not places.of(need.words):
            return []
    openings = _openings(pattern, matcher, places)
    for need in pattern.required:
        if not openings:
            break
        wanted = places.of(need.words).union(*map(matcher.chart.firsts, need.types))
        if not wanted:
            return []
        openings = _within(openings, sorted(wanted), _reach(need, matcher.chart))
    return openings


def _reach(need: Need, chart: Chart) -> int:
    """Return how many atoms can stand between the beginning and what is needed."""
    return need.most_words + sum(n * max(map(chart.longest, types)) for types, n in need.most_types)


def _within(openings: list[int], wanted: list[int], reach: int) -> list[int]:
    """Keep the openings behind which one of the atoms `wanted` stands within reach."""
    kept = []
    for at in openings:
        following = bisect_left(wanted, at)
        if following < len(wanted) and wanted[following] - at <= reach:
            kept.append(at)
    return kept


def _openings(pattern: Pattern, matcher: Matcher, places: Places) -> list[int]:
    if pattern.elements[0].open is not None:
        return _open_beginnings(pattern, matcher, places)
    found = places.of(pattern.first_words).union(*map(matcher.chart.firsts, pattern.first_types))
    if pattern.first_number:
        found = found.union(places.numbers)
    return sorted(found)


def _open_beginnings(pattern: Pattern, matcher: Matcher, places: Places) -> list[int]:
    """Return the atoms of the open words that lead up to the first thing that must stand, and its own."""
    opening = pattern.elements[0]
    need = pattern.required[0]
    found: set[int] = set()
    for at in places.of(need.words).union(*map(matcher.chart.firsts, need.types)):
        first = at
        while first > 0 and at - first < opening.most and matcher.atoms.glue[first] != FAR:
            if not matcher.is_open(opening, first - 1):
                break
            first -= 1
        found.update(range(first, at + 1))
    return sorted(found)


def _phrase(grammar: Grammar, atoms: Atoms, first: int, last: int, named: dict[str, Captured]) -> Candidate:
    """Make the candidate of a match: its span, and the concept of the element that the grammar takes."""
    begin, until = _part(grammar.span, named, first, last)
    head = named[grammar.take].candidate if grammar.take and grammar.take in named else None
    return Candidate(
        begin, until, atoms.starts[begin], atoms.ends[until - 1], grammar.type,
        FoundBy("grammar", grammar.id), head.entry if head else None,
        grammar.kind or (head.kind if head else None),
        grammar.value or (head.value if head else None),
        GRAMMAR,
    )  # fmt: skip


def _part(span: str | None, named: dict[str, Captured], first: int, last: int) -> tuple[int, int]:
    """Return the atoms of a match that its grammar's `span` asks for: `name`, `name..name`, or all."""
    if span is None:
        return first, last
    begin, _, until = span.partition("..")
    end = named[until or begin]
    return named.get(begin, end).first, end.last


def _inside_word(atoms: Atoms, first: int) -> bool:
    return first > 0 and atoms.glue[first] == GLUED and atoms.norms[first - 1].isalnum()


def _with_defined(base: list[Candidate], defined: tuple[Defined, ...], atoms: Atoms) -> list[Candidate]:
    """Replace what the lexicon made of a short form by what the document says that it means."""
    places: dict[tuple[int, int], Defined] = {}
    for d in defined:
        for first, last in d.places(atoms):
            places.setdefault((first, last), d)
    kept = [c for c in base if not ((c.first, c.last) in places and c.by.how == "lexicon")]
    for (first, last), d in sorted(places.items()):
        if d.type is not None:
            kept.append(
                Candidate(
                    first, last, atoms.starts[first], atoms.ends[last - 1], d.type,
                    FoundBy("abbreviation", d.id), d.entry, d.kind, d.value, DEFINED,
                )
            )  # fmt: skip
    return kept


def _mentions(
    text: str, kept: list[Candidate], sentences: tuple[Span, ...], mined: Iterable[Span] | None
) -> tuple[Mention, ...]:
    starts = [s.start for s in sentences]
    regions = None if mined is None else tuple(mined)
    mentions: list[Mention] = []
    for c in kept:
        if c.type not in _WRITTEN or (
            regions is not None and not any(r.contains(Span(c.start, c.end)) for r in regions)
        ):
            continue
        sentence = max(0, bisect_left(starts, c.start + 1) - 1)
        mentions.append(
            Mention(
                id=f"m{len(mentions) + 1}", start=c.start, end=c.end, text=text[c.start : c.end], type=c.type,
                by=c.by, sentence=sentence, kind=c.kind, value=c.value, concept=c.entry.id if c.entry else None,
            )
        )  # fmt: skip
    return tuple(mentions)
