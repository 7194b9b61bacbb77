"""Token grammars: compile a pattern of words, classes and types, and match it over atoms and candidates."""

from __future__ import annotations

import re
from typing import NamedTuple

from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.grammar import Grammar
from secretome_nlp.recognise.atoms import FAR, HYPHEN, Atoms
from secretome_nlp.recognise.candidates import Candidate, Chart, TypeKey
from secretome_nlp.recognise.places import Places, WordSets
from secretome_nlp.types import FoundBy

ELEMENT = re.compile(
    r"(?P<hyphen>-)?(?:\[(?P<any>[^\]]+)\]|(?P<one>[^\s\[\]?*+=]+))(?P<many>[?*+])?(?:=(?P<name>\w+))?"
)
MOST_REPEATS = 6
SHORTEST_OPEN = 2  # letters: what is shorter is rather a label than a word


class Other(NamedTuple):
    """What an open element does not match: these words (and the number of their set), endings, words in these types."""

    words: frozenset[str]
    set: int
    endings: tuple[str, ...]
    types: tuple[str, ...]


class Element(NamedTuple):
    """One element of a pattern, with how often it may stand and the name of what it matched.

    With `open`, any word matches that it does not exclude. `set` is the number of its set of words, `keys` are its
    types as the chart has them, each with its kind; `plain` is one of words alone.
    """

    words: frozenset[str]
    set: int
    types: tuple[tuple[str, str | None], ...]
    keys: tuple[TypeKey, ...]
    number: bool
    open: Other | None
    hyphen: bool
    least: int
    most: int
    name: str | None
    plain: bool


class Pattern(NamedTuple):
    """A compiled token grammar; its mentions are found `by` it.

    `needed` are the sets of words (bits of their numbers), `asked` those of types, of which each must give one for a
    try to be made; `backwards` are the elements with their numbers from the last on; `types` are all that it looks at.
    """

    grammar: Grammar
    by: FoundBy
    elements: tuple[Element, ...]
    needed: int
    asked: tuple[tuple[TypeKey, ...], ...]
    backwards: tuple[tuple[int, Element], ...]
    types: frozenset[str]


class Captured(NamedTuple):
    """What a named element matched: atoms and, where it was one, the candidate."""

    first: int
    last: int
    candidate: Candidate | None


def compile_pattern(grammar: Grammar, sets: WordSets) -> Pattern:
    """Compile the `pattern` of a grammar, whose sets of words get their numbers.

    Raises KnowledgeError where an element cannot be read.
    """
    assert grammar.pattern is not None
    classes = dict(grammar.classes)
    elements = tuple(_element(piece, grammar, classes, sets) for piece in grammar.pattern.split())
    if elements[0].open is not None and not any(e.least and e.open is None and not e.number for e in elements):
        raise KnowledgeError(f"grammar {grammar.id}: nothing but open elements; let a word or a type stand")
    needed = sets.bits(e.set for e in elements if e.least and not (e.types or e.number or e.open))
    asked = (e.keys for e in elements if e.types and e.least and not (e.words or e.number or e.open))
    types = {type_ for e in elements for type_, _ in e.types}
    types.update(type_ for e in elements if e.open for type_ in e.open.types)
    backwards = tuple(enumerate(elements))[::-1]
    by = FoundBy("grammar", grammar.id)
    return Pattern(grammar, by, elements, needed, tuple(dict.fromkeys(asked)), backwards, frozenset(types))


def _element(piece: str, grammar: Grammar, classes: dict[str, tuple[str, ...]], sets: WordSets) -> Element:
    m = ELEMENT.fullmatch(piece)
    if m is None:
        raise KnowledgeError(f"grammar {grammar.id}: cannot read the element {piece!r}; see docs on patterns")
    words: set[str] = set()
    types: list[tuple[str, str | None]] = []
    number = False
    but = Other(frozenset(), 0, (), ()) if "!" in piece else None
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
    if but is not None:
        but = but._replace(set=sets.number(but.words))
    own = frozenset(words)
    keys = tuple(type_ if kind is None else f"{type_}:{kind}" for type_, kind in types)
    return Element(
        own, sets.number(own), tuple(types), keys, number, but, bool(m["hyphen"]), least, most, m["name"],
        plain=not (types or number or but),
    )  # fmt: skip


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

    def __init__(self, atoms: Atoms, chart: Chart, places: Places) -> None:
        self.atoms = atoms
        self.chart = chart
        self.places = places
        #: The atoms that the open elements of the pattern at hand match, by the number of the element.
        self._open: dict[int, int] = {}
        #: States of the match at hand from which nothing follows: element, how often it stood, atom.
        self._dead: set[tuple[int, int, int]] = set()

    def beginnings(self, pattern: Pattern) -> int:
        """Return the atoms from which a pattern matches, as bits.

        It reads the pattern from its last element to its first. `after` are the atoms from which what is read so far
        matches, joined to what stands before; `begins` those from which it matches as the beginning.
        """
        self._open.clear()
        places, types = self.places, self.chart.bits.keys()
        for keys in pattern.asked:
            if types.isdisjoint(keys):
                return 0
        of, after, begins = places.of, places.anywhere, 0
        for number, element in pattern.backwards:
            joined = places.hyphened if element.hyphen else places.joined
            # Most elements are words alone: no call for them.
            firsts = of[element.set] & after >> 1 if element.plain else self._before(element, number, after)
            rest = joins = firsts & joined
            for _ in range(1, element.most):
                if not rest:
                    break
                first = self._before(element, number, rest)
                firsts |= first
                rest = first & joined
                joins |= rest
            if element.least:
                if not firsts:
                    return 0
                after, begins = joins, firsts
            else:
                after, begins = after | joins, begins | firsts
        return begins & places.word_starts

    def _before(self, element: Element, number: int, after: int) -> int:
        """Return the atoms from which an element matches up to one of the atoms `after`."""
        words = self.places.of[element.set]
        if element.plain:
            return words & after >> 1
        if element.number:
            words |= self.places.numbers
        if element.open is not None:
            words |= self._open_places(number, element.open)
        found = words & after >> 1
        bits = self.chart.bits
        for key in element.keys:
            if key in bits:
                for size, firsts in bits[key].items():
                    found |= firsts & after >> size
        return found

    def _open_places(self, number: int, but: Other) -> int:
        """Return the atoms that an open element of the pattern at hand matches."""
        found = self._open.get(number)
        if found is None:
            found = self.places.words_but(SHORTEST_OPEN, but.endings) & ~self.places.of[but.set]
            for type_ in but.types:
                for size, firsts in self.chart.bits.get(type_, {}).items():
                    for further in range(size):
                        found &= ~(firsts << further)
            self._open[number] = found
        return found

    def match(self, pattern: Pattern, first: int) -> tuple[int, dict[str, Captured]] | None:
        """Match a pattern from atom `first` on, greedily; returns the atom after it and what was named.

        The pattern must be the one whose `beginnings` were asked for last.
        """
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
            open_to = times < element.most and at < len(self.atoms.norms) and self._joins(element, at, first)
            ends = self._ends(element, number, at) if open_to else []
            if len(ends) == 1 and element.least == element.most:  # there is no choice
                ((last, candidate),) = ends
                if element.name:
                    named = {**named, element.name: Captured(at, last, candidate)}
                at, number = last, number + 1
                continue
            for last, candidate in ends:
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

    def _ends(self, element: Element, number: int, at: int) -> list[tuple[int, Candidate | None]]:
        """Return where one occurrence of an element from `at` can end, the longest first."""
        norm = self.atoms.norms[at]
        fits = norm in element.words
        if element.plain:
            return [(at + 1, None)] if fits else []
        ends: list[tuple[int, Candidate | None]] = []
        if element.types:
            here = self.chart.types_at(at)
            for type_, kind in element.types:
                for candidate in here.get(type_, ()):
                    if kind is None or candidate.kind == kind:
                        ends.append((candidate.last, candidate))
        if (
            fits
            or (element.number and norm.isdigit())
            or (element.open is not None and self._open_places(number, element.open) >> at & 1)
        ):
            ends.append((at + 1, None))
        if len(ends) > 1:
            ends.sort(key=lambda end: -end[0])
        return ends

    def word_at(self, at: int) -> str:
        """Return the word at an atom in its look-up form, nothing behind the last one."""
        return self.atoms.norms[at] if at < len(self.atoms.norms) else ""
