"""Token grammars: compile a pattern of words, classes and types, and match it over atoms and candidates."""

from __future__ import annotations

import re
from typing import NamedTuple

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.grammar import Grammar
from secretome_nlp.recognise.atoms import FAR, HYPHEN, Atoms
from secretome_nlp.recognise.candidates import Candidate, Chart

ELEMENT = re.compile(
    r"(?P<hyphen>-)?(?:\[(?P<any>[^\]]+)\]|(?P<one>[^\s\[\]?*+=]+))(?P<many>[?*+])?(?:=(?P<name>\w+))?"
)
MOST_REPEATS = 6
SHORTEST_OPEN = 2  # letters: what is shorter is rather a label than a word


class Other(NamedTuple):
    """What an open element does not match: these words, words with these endings, words in these types."""

    words: frozenset[str]
    endings: tuple[str, ...]
    types: tuple[str, ...]


class Element(NamedTuple):
    """One element of a pattern, with how often it may stand and the name of what it matched.

    With `open`, any word matches that it does not exclude.
    """

    words: frozenset[str]
    types: tuple[tuple[str, str | None], ...]
    number: bool
    open: Other | None
    hyphen: bool
    least: int
    most: int
    name: str | None


class Need(NamedTuple):
    """An element that must stand, and what can stand between it and the beginning: types by how often, and words."""

    words: frozenset[str]
    types: tuple[str, ...]
    most_words: int
    most_types: tuple[tuple[tuple[str, ...], int], ...]


class Pattern(NamedTuple):
    """A compiled token grammar; `first_words` and `first_types` tell where it can begin.

    `required` holds the elements that must stand, with those before them: what is missing or too far spares a try.
    """

    grammar: Grammar
    elements: tuple[Element, ...]
    first_words: frozenset[str]
    first_types: frozenset[str]
    first_number: bool
    required: tuple[Need, ...]


class Captured(NamedTuple):
    """What a named element matched: atoms and, where it was one, the candidate."""

    first: int
    last: int
    candidate: Candidate | None


def compile_pattern(grammar: Grammar) -> Pattern:
    """Compile the `pattern` of a grammar. Raises KnowledgeError where an element cannot be read."""
    assert grammar.pattern is not None
    classes = dict(grammar.classes)
    elements = tuple(_element(piece, grammar, classes) for piece in grammar.pattern.split())
    if elements[0].open is not None and not any(e.least and e.open is None and not e.number for e in elements):
        raise KnowledgeError(f"grammar {grammar.id}: nothing but open elements; let a word or a type stand")
    words: set[str] = set()
    types: set[str] = set()
    number = False
    for e in elements:
        words |= e.words
        types |= {t for t, _ in e.types}
        number = number or e.number
        if e.least:
            break
    required = tuple(
        _need(elements[:n], e) for n, e in enumerate(elements) if n and e.least and not (e.number or e.open)
    )
    return Pattern(grammar, elements, frozenset(words), frozenset(types), number, required)


def _need(before: tuple[Element, ...], element: Element) -> Need:
    words = sum(e.most for e in before if not e.types)
    types = tuple((tuple(t for t, _ in e.types), e.most) for e in before if e.types)
    return Need(element.words, tuple(t for t, _ in element.types), words, types)


def _element(piece: str, grammar: Grammar, classes: dict[str, tuple[str, ...]]) -> Element:
    m = ELEMENT.fullmatch(piece)
    if m is None:
        raise KnowledgeError(f"grammar {grammar.id}: cannot read the element {piece!r}; see docs on patterns")
    words: set[str] = set()
    types: list[tuple[str, str | None]] = []
    number = False
    but = Other(frozenset(), (), ()) if "!" in piece else None
    for option in (m["any"] or m["one"]).split("|"):
        if option.startswith("!") and but is not None:
            but = _without(but, option[1:], grammar, classes)
        elif option.startswith("{") and option.endswith("}"):
            type_, _, kind = option[1:-1].partition(":")
            types.append((type_, kind or None))
        elif option.startswith("<") and option.endswith(">"):
            words |= _class(option, grammar, classes)
        elif option == "#":
            number = True
        else:
            words.add(option.lower())
    many = m["many"]
    least = 0 if many in ("?", "*") else 1
    most = MOST_REPEATS if many in ("*", "+") else 1
    return Element(frozenset(words), tuple(types), number, but, bool(m["hyphen"]), least, most, m["name"])


def _class(option: str, grammar: Grammar, classes: dict[str, tuple[str, ...]]) -> set[str]:
    if option[1:-1] not in classes:
        raise KnowledgeError(f"grammar {grammar.id}: no class {option}; define it under classes")
    return set(classes[option[1:-1]])


def _without(but: Other, option: str, grammar: Grammar, classes: dict[str, tuple[str, ...]]) -> Other:
    """Add a class, an ending or a type to what an open element does not match."""
    if option.startswith("~"):
        return but._replace(endings=(*but.endings, option[1:]))
    if option.startswith("{"):
        return but._replace(types=(*but.types, option[1:-1]))
    return but._replace(words=but.words | _class(option, grammar, classes))


class Matcher:
    """Match one document's atoms and chart against patterns; makes no changes to either."""

    def __init__(self, atoms: Atoms, chart: Chart) -> None:
        self.atoms = atoms
        self.chart = chart
        self._covered: dict[str, set[int]] = {}
        #: States of the match at hand from which nothing follows: element, how often it stood, atom.
        self._dead: set[tuple[int, int, int]] = set()

    def match(self, pattern: Pattern, first: int) -> tuple[int, dict[str, Captured]] | None:
        """Match a pattern from atom `first` on, greedily; returns the atom after it and what was named."""
        self._dead = set()
        return self._rest(pattern.elements, 0, 0, first, first, {})

    def _rest(
        self,
        elements: tuple[Element, ...],
        number: int,
        times: int,
        at: int,
        first: int,
        named: dict[str, Captured],
    ) -> tuple[int, dict[str, Captured]] | None:
        """Match what is left: element `number`, which has stood `times` times, and those after it."""
        while number < len(elements):
            element = elements[number]
            if times < element.most and at < len(self.atoms.norms) and self._joins(element, at, first):
                for last, candidate in self._ends(element, at):
                    state = (number, times + 1, last)
                    if state in self._dead:
                        continue
                    caught = named
                    if element.name:
                        begun = named[element.name].first if times and element.name in named else at
                        caught = {**named, element.name: Captured(begun, last, candidate)}
                    found = self._rest(elements, number, times + 1, last, first, caught)
                    if found is not None:
                        return found
                    self._dead.add(state)
            if times < element.least:
                return None
            number, times = number + 1, 0
        return at, named

    def _joins(self, element: Element, at: int, first: int) -> bool:
        """Tell whether what stands before an atom lets the element follow there."""
        if at == first:
            return True
        return self.atoms.glue[at] == HYPHEN if element.hyphen else self.atoms.glue[at] != FAR

    def _ends(self, element: Element, at: int) -> list[tuple[int, Candidate | None]]:
        """Return where one occurrence of an element from `at` can end, the longest first."""
        norm = self.atoms.norms[at]
        ends: list[tuple[int, Candidate | None]] = []
        here = self.chart.types_at(at) if element.types else None
        if here:
            for type_, kind in element.types:
                for candidate in here.get(type_, ()):
                    if kind is None or candidate.kind == kind:
                        ends.append((candidate.last, candidate))
        if norm in element.words or (element.number and norm.isdigit()) or self.is_open(element, at):
            ends.append((at + 1, None))
        if len(ends) > 1:
            ends.sort(key=lambda end: -end[0])
        return ends

    def word_at(self, at: int) -> str:
        """Return the word at an atom in its look-up form, nothing behind the last one."""
        return self.atoms.norms[at] if at < len(self.atoms.norms) else ""

    def is_open(self, element: Element, at: int) -> bool:
        """Tell whether an open element matches the word at an atom."""
        but, norm = element.open, self.atoms.norms[at]
        if but is None or not norm.isalpha() or len(norm) < SHORTEST_OPEN:
            return False
        if norm in but.words or norm.endswith(but.endings):
            return False
        return not any(at in self._covers(type_) for type_ in but.types)

    def _covers(self, type_: str) -> set[int]:
        """Return the atoms that candidates of a type cover."""
        if type_ not in self._covered:
            firsts = self.chart.firsts(type_)
            self._covered[type_] = {n for f in firsts for c in self.chart.at(f, type_) for n in range(c.first, c.last)}
        return self._covered[type_]
