"""Problems of lexicon files: what cannot be read, found or told apart from what is there already.

A problem is *grave* where a term has no effect or another than its author meant: a file that does not hold, an id used
twice, an id of a wrong form, a term that is never reached or that another entry of its type takes. The others are
told: a term that stands twice in its entry, one that entries of several types share, a concept that two entries name
in other words of the same meaning (order, number, spelling), so that it would be counted as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from secretome_nlp.components import shared_recogniser
from secretome_nlp.errors import KnowledgeError
from secretome_nlp.knowledge.lexicon import HELPER_TYPES, LEXICONS, Entry, read_lexicon
from secretome_nlp.knowledge.prefixes import fault_of
from secretome_nlp.recognise.atoms import FAR, split
from secretome_nlp.recognise.candidates import CURATED, Candidate
from secretome_nlp.recognise.overlaps import resolve
from secretome_nlp.types import FoundBy

#: Types that share words by design: a role in the sentence tells which of them it is.
TOLD_BY_ROLE = ({"GENE", "FACTOR"}, {"MODEL", "OUTCOME"})
FILE_AND_LINE = re.compile(r"(?:^|: )(?P<path>[^:\n]+\.(?:yml|yaml|tsv))(?::(?P<line>\d+))?: ")
#: Words that order asks for ("type of collagen", "collagen type"), and British spellings with the American ones.
LINKING = frozenset({"of", "in", "the", "to", "and"})
AMERICAN = {
    "sulph": "sulf",
    "oedema": "edema",
    "tumour": "tumor",
    "aem": "em",
    "oestr": "estr",
    "aesth": "esth",
    "rrhoea": "rrhea",
    "fibre": "fiber",
    "behaviour": "behavior",
    "ageing": "aging",
}
#: The mark in "BV-2" and "NIH/3T3", which are written without it as well.
JOINED = re.compile(r"[-/](?=\d)|(?<=\d)[-/]")
ID_LINE = re.compile(r"^\s*(?:-\s+)?id:\s*[\"']?([^\s\"'#]+)|^([a-z][^\t]*)\t")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one file: where, of which entry, its kind, and what to do, in one line."""

    path: Path
    line: int
    entry: str
    kind: str
    message: str
    grave: bool

    def __str__(self) -> str:
        about = f"{self.entry}: " if self.entry else ""
        return f"{self.path}:{self.line}: {'error' if self.grave else 'warning'} {self.kind}: {about}{self.message}"


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of an entry: a term in any case, or a short form in the case given."""

    text: str
    norms: tuple[str, ...]
    cased: tuple[str, ...] | None
    free: bool  # found whatever stands around it and in the document
    reached: bool  # a run of words, to which the trie can be walked


@dataclass(frozen=True, slots=True)
class Place:
    """An entry with its file and its forms."""

    path: Path
    entry: Entry
    forms: tuple[Form, ...]


def shipped_files() -> tuple[Path, ...]:
    """Return the shipped lexicons in the order in which they are loaded."""
    return (*sorted(LEXICONS.glob("*.yml")), *sorted(LEXICONS.glob("*.tsv")))


def lint(files: Sequence[Path] = ()) -> tuple[Problem, ...]:
    """Return the problems of some lexicon files laid over the shipped ones, or of the shipped ones where none is given.

    In order of file and line. A file that does not hold is a problem as well, and the others are still looked at.
    """
    own = {p.resolve() for p in files}
    shipped = [p for p in shipped_files() if p.resolve() not in own]
    looked_at = files or shipped
    problems: list[Problem] = []
    places: list[Place] = []
    for path in [*shipped, *files]:
        try:
            places += _places(path) if path in files else _shipped(path)
        except KnowledgeError as error:
            problems.append(_unreadable(path, str(error)))
    if files and not any(p.kind == "unreadable" for p in problems):
        problems += _beaten(tuple(files), places)
    lines = {path: _lines(path) for path in looked_at if path.is_file()}
    for path, entry, kind, message, grave in _found(places, frozenset(looked_at)):
        if path in lines:
            problems.append(Problem(path, lines[path].get(entry, 1), entry, kind, message, grave))
    return tuple(sorted(problems, key=lambda p: (str(p.path), p.line, p.kind, p.message)))


Found = tuple[Path, str, str, str, bool]


def _found(places: list[Place], looked_at: frozenset[Path]) -> Iterator[Found]:
    seen: dict[str, Place] = {}
    for place in places:
        e = place.entry
        before = seen.setdefault(e.id, place)
        if before is not place:
            yield place.path, e.id, "duplicate", f"id already used in {before.path.name}; give it another", True
        for curie in e.xref if place.path in looked_at else ():
            fault = fault_of(curie, e.type)
            if fault:
                yield place.path, e.id, "id", fault, True
    yield from _alike(places)
    wanted = {form.norms for p in places if p.path in looked_at for form in p.forms}
    yield from _terms([replace(p, forms=f) for p in places if (f := tuple(x for x in p.forms if x.norms in wanted))])


def _alike(places: list[Place]) -> Iterator[Found]:
    """Tell entries of one type whose names differ in the order, number or spelling of their words alone."""
    named: dict[tuple[str, tuple[str, ...]], Entry] = {}
    for place in places:
        e = place.entry
        if e.bulk or e.type in HELPER_TYPES:
            continue
        other = named.setdefault((e.type, words_of(e.name)), e)
        if other.name != e.name:
            yield (
                place.path,
                e.id,
                "alike",
                f"{e.name!r} says what {other.name!r} of {other.id} says; merge them",
                False,
            )


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name that bear its meaning: sorted, in the singular, spelled as in American English."""
    found = []
    for part in re.split(r"[\s/-]+", JOINED.sub("", name)):
        word = "".join(norm for norm in split(part).norms if norm.isalnum())
        if not word or word in LINKING:
            continue
        for british, american in AMERICAN.items():
            word = word.replace(british, american)
        if len(word) > 3 and not word.endswith("ss"):
            word = re.sub(r"ies$", "y", word).removesuffix("s")
        found.append(word)
    return tuple(sorted(found))


def _terms(places: list[Place]) -> Iterator[Found]:
    """Compare every term with those before it; curated files come before bulk ones, whose terms give way in silence."""
    taken: dict[tuple[str, ...], list[tuple[Place, Form]]] = {}
    for place in sorted(places, key=lambda p: p.entry.bulk):
        e = place.entry
        mine: dict[tuple[tuple[str, ...], tuple[str, ...] | None], str] = {}
        for form in forms(e):
            where = (place.path, e.id)
            first = mine.setdefault((form.norms, form.cased), form.text)
            if first is not form.text:
                yield *where, "repeated", f"{form.text!r} is read as {first!r} is; remove one of them", False
                continue
            if not form.reached:
                yield *where, "unreachable", f"{form.text!r} is no run of words; write it as it stands in texts", True
                continue
            for other, known in taken.get(form.norms, ()):
                yield from _rivals(place, form, other, known)
            taken.setdefault(form.norms, []).append((place, form))


def _rivals(place: Place, form: Form, other: Place, known: Form) -> Iterator[Found]:
    e, o = place.entry, other.entry
    covers = known.cased is None or known.cased == form.cased
    if e.id == o.id or not (covers and known.free and form.free) or (e.bulk and o.bulk):
        return
    if e.type == o.type:
        if not (e.bulk and not _is_given(place, other)):
            message = f"{form.text!r} is taken by {o.id} ({other.path.name}); remove it from one of them"
            yield place.path, e.id, "shadowed", message, not e.bulk
    elif not e.bulk and not {e.type, o.type} & set(HELPER_TYPES) and {e.type, o.type} not in TOLD_BY_ROLE:
        message = f"{form.text!r} is also a {o.type} ({o.id}); give one of them `needs` or `not_before`"
        yield place.path, e.id, "ambiguous", message, False


def _is_given(place: Place, other: Place) -> bool:
    """Tell whether a bulk term was given by a user and loses to a shipped one, which is worth telling."""
    return place.path.parent != LEXICONS and other.path != place.path


def _places(path: Path) -> tuple[Place, ...]:
    return tuple(Place(path, e, tuple(forms(e))) for e in read_lexicon(path))


#: Twenty-five thousand entries stand beside each file that is looked at: they are read once.
_shipped = lru_cache(maxsize=64)(_places)


def forms(e: Entry) -> Iterator[Form]:
    """Yield what an entry is found by."""
    free = not (e.needs or e.not_before or e.not_after or e.role in ("adjective", "cargo_only", "cargo_or_readout"))
    for term in e.terms:
        yield _form(term, False, free)
    for text, exact, _, needs in e.short:
        yield _form(text, exact, free and not needs)


def _form(text: str, exact: bool, free: bool) -> Form:
    atoms = split(text)
    reached = bool(atoms.norms) and FAR not in atoms.glue[1:]
    return Form(text, atoms.norms, atoms.cased if exact else None, free, reached)


def _beaten(files: tuple[Path, ...], places: list[Place]) -> Iterator[Problem]:
    """Read each free term of the files as a text of its own and tell those over which a shipped reading stands."""
    recogniser, _ = shared_recogniser(())
    for place in places:
        e = place.entry
        if place.path not in files or e.bulk or e.type in HELPER_TYPES:
            continue
        for form in place.forms:
            if form.free and form.reached:
                atoms, chart = recogniser.read(form.text)
                count, end = len(atoms.norms), len(form.text)
                mine = Candidate(0, count, 0, end, e.type, FoundBy("lexicon", e.id), e, e.kind, e.value, CURATED)
                kept = resolve([*chart.all(), mine], atoms, recogniser.settings)
                over = next((k for k in kept if (k.start, k.end) == (0, end) and k is not mine), None)
                if over is not None and mine not in kept:
                    told = f"{form.text!r} loses to {over.type} ({over.by.how} {over.by.id}); see `explain --why`"
                    yield Problem(place.path, _lines(place.path).get(e.id, 1), e.id, "beaten", told, False)


def _unreadable(path: Path, said: str) -> Problem:
    m = FILE_AND_LINE.search(said)
    line = int(m["line"]) if m and m["line"] else 1
    return Problem(path, line, "", "unreadable", FILE_AND_LINE.sub("", said, count=1), True)


def _lines(path: Path) -> dict[str, int]:
    """Return the line of each entry's id."""
    found: dict[str, int] = {}
    for number, line in enumerate(_text_lines(path), 1):
        m = ID_LINE.match(line)
        if m:
            found[m[1] or m[2]] = number
    return found


def _text_lines(path: Path) -> Iterable[str]:
    try:
        with path.open(encoding="utf-8") as lines:
            yield from lines
    except UnicodeDecodeError:
        return
