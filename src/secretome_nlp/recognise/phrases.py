"""What the token grammars find in one document: phrases built on terms, and on one another."""

from __future__ import annotations

from collections.abc import Iterable

from secretome_nlp.recognise.atoms import Atoms
from secretome_nlp.recognise.candidates import GRAMMAR, Candidate, Chart
from secretome_nlp.recognise.pattern import Captured, Matcher, Pattern
from secretome_nlp.recognise.places import Places

LONGEST_CHAIN = 4  # members of a list that a grammar reads one after the other


class Phrases:
    """The token grammars at work on one document."""

    def __init__(self, atoms: Atoms, patterns: Iterable[Pattern], places: Places) -> None:
        self._atoms = atoms
        self._places = places
        self._tried = [p for p in patterns if not p.needed & ~self._places.present]
        #: What each grammar found, by its id.
        self._found: dict[str, list[Candidate]] = {}

    def chart(self, base: list[Candidate], changed: Iterable[str] | None = None) -> Chart:
        """Put the base in a chart and let the token grammars, in order, build phrases on it.

        With the types that have `changed` since the last chart of the document, grammars that ask for none of them,
        nor for what another grammar finds otherwise now, find what they found then.
        """
        chart = Chart(base, self._places.count)
        matcher = Matcher(self._atoms, chart, self._places)
        stale = None if changed is None else set(changed)
        for pattern in self._tried:
            name = pattern.grammar.id
            if stale is not None and pattern.types.isdisjoint(stale):
                for phrase in self._found[name]:
                    chart.add(phrase)
                continue
            found = _added(pattern, matcher)
            if stale is not None and found != self._found[name]:
                stale.add(pattern.grammar.type)
            self._found[name] = found
        return chart


def _added(pattern: Pattern, matcher: Matcher) -> list[Candidate]:
    """Add to the chart what a grammar finds, and what it finds on top of that where it reads on; return all."""
    added: list[Candidate] = []
    begins = matcher.beginnings(pattern)
    if not begins:
        return added
    known: set[tuple[int, int]] = set()
    for _ in range(LONGEST_CHAIN if pattern.grammar.again else 1):
        new = [p for p in _phrases(pattern, matcher, begins) if (p.first, p.last) not in known]
        if not new:
            break
        for phrase in new:
            matcher.chart.add(phrase)
            known.add((phrase.first, phrase.last))
        added += new
        if pattern.grammar.again:
            begins = matcher.beginnings(pattern)
    return added


def _phrases(pattern: Pattern, matcher: Matcher, begins: int) -> list[Candidate]:
    """Match one token grammar wherever it `begins`; a match is not begun inside the one before it."""
    found: list[Candidate] = []
    free = 0
    while begins := begins >> free << free:
        first = (begins & -begins).bit_length() - 1
        free = first + 1
        result = matcher.match(pattern, first)
        if result is not None:
            free, named = result
            if matcher.word_at(free) not in pattern.grammar.not_before:
                found.append(_phrase(pattern, matcher.atoms, first, free, named))
    return found


def _phrase(pattern: Pattern, atoms: Atoms, first: int, last: int, named: dict[str, Captured]) -> Candidate:
    """Make the candidate of a match: its span, and the concept of the element that the grammar takes."""
    grammar = pattern.grammar
    begin, until = _part(grammar.span, named, first, last)
    head = named[grammar.take].candidate if grammar.take and grammar.take in named else None
    return Candidate(
        begin, until, atoms.starts[begin], atoms.ends[until - 1], grammar.type,
        pattern.by, head.entry if head else None,
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
