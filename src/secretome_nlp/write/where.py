"""Conditions on records: `component=exosome`, `cargo=miRNA`, `model!=heart`, `year>=2018`.

A condition names a field and what it must hold. Words match where they begin a word of the canonical name, of the
paper's own words or of the identifier, in any case; families of `knowledge/data/families.yml` match by their members.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from secretome_nlp.errors import InputError
from secretome_nlp.knowledge.families import beginning, family_of, load_families
from secretome_nlp.rows import MANY_SLOTS, ONE_SLOT, Row

FORM = re.compile(r"\s*([A-Za-z_ ]+?)\s*(!=|>=|<=|=)\s*(.*\S)\s*$", re.S)
#: Other names of fields, as a reviewer says them.
ALIASES = {
    "cell": "cell_type", "cells": "cell_type", "origin": "cell_source", "donor": "donor_species", "journal": "source",
    "species": "host_species", "host": "host_species", "outcomes": "outcome", "doc": "doc_id", "id": "record_id",
}  # fmt: skip
#: Where a value that is told by a family of another field is looked for: kidney models are models of that organ.
FAMILY_FIELDS = {"model": ("model", "organ"), "delivery": ("route", "carrier")}
NUMBERS = ("year", "confidence")

Values = Callable[[Row, Row], list[str]]


def _slot_words(name: str) -> Values:
    def words(record: Row, _document: Row) -> list[str]:
        return [_spoken(s) for s in _slots(record, name)]

    return words


def _slots(record: Row, name: str) -> list[Row]:
    found = record[name]
    return found if isinstance(found, list) else [found] if found else []


def _spoken(slot: Row) -> str:
    return "\n".join(filter(None, (slot["value"].replace("_", " "), slot["text"], slot["id"])))


def _plain(name: str) -> Values:
    return lambda record, _document: [str(record[name]).replace("_", " ")] if record[name] else []


#: Every field that a condition can name, with what it holds in a record of a document.
FIELDS: dict[str, Values] = {
    **{name: _slot_words(name) for name in (*ONE_SLOT, *MANY_SLOTS)},
    "delivery": lambda r, _: [_spoken(s) for n in ("route", "carrier") for s in _slots(r, n)],
    "organ": lambda r, _: organs(r),
    "outcome": lambda r, _: [_spoken(o["target"]) for o in r["outcomes"]],
    "direction": lambda r, _: [o["direction"].replace("_", " ") for o in r["outcomes"]],
    "effect": lambda r, _: [o["effect"] for o in r["outcomes"]],
    "setting": _plain("setting"),
    "donor_relation": _plain("donor_relation"),
    "trial": lambda r, _: [r["study"]["trial"]] if r["study"]["trial"] else [],
    "year": lambda _, d: [str(d["bibliography"]["year"])] if d["bibliography"]["year"] else [],
    "source": lambda _, d: [t for t in (d["bibliography"]["journal"], d["doc_id"]) if t],
    "confidence": lambda r, _: [str(r["confidence"])],
    "doc_id": _plain("doc_id"),
    "record_id": _plain("record_id"),
}


def organs(record: Row) -> list[str]:
    """Return the organs that a record's models belong to, by the families of `organ`."""
    said = "\n".join(_spoken(s) for s in record["model"])
    return [name for name, family in load_families()["organ"].items() if beginning(family.words).search(said)]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as it was given, and in parts: any of `wanted` fulfils it."""

    given: str
    field: str
    sign: str
    wanted: tuple[str, ...]

    def holds(self, record: Row, document: Row) -> bool:
        """Tell whether a record of a document fulfils the condition."""
        values = FIELDS[self.field](record, document)
        if self.sign in (">=", "<="):
            bound = float(self.wanted[0])
            return any(float(v) >= bound if self.sign == ">=" else float(v) <= bound for v in values)
        return any(self._matches(values, w) for w in self.wanted) == (self.sign == "=")

    def _matches(self, values: list[str], wanted: str) -> bool:
        family = next(filter(None, (family_of(f, wanted) for f in FAMILY_FIELDS.get(self.field, (self.field,)))), None)
        pattern = beginning((wanted.replace("_", " "), *(family.words if family else ())))
        return any(pattern.search(v) for v in values)


def parse(given: str) -> Condition:
    """Return a condition from its words. Raises InputError, with the remedy, where it does not hold."""
    m = FORM.match(given)
    if m is None:
        raise InputError(f"--where {given}: give FIELD=WORDS, FIELD!=WORDS, year>=N or confidence<=N")
    name, sign = field_of(m[1], "--where"), m[2]
    wanted = tuple(w.strip() for w in m[3].split(",") if w.strip())
    number = len(wanted) == 1 and re.fullmatch(r"\d+(\.\d+)?", wanted[0])
    if sign in (">=", "<=") and not (number and name in NUMBERS):
        raise InputError(f"--where {given}: {sign} goes with a number and one of {', '.join(NUMBERS)}")
    if not wanted:
        raise InputError(f"--where {given}: nothing stands after {sign}; give FIELD=WORDS")
    return Condition(given.strip(), name, sign, wanted)


def field_of(name: str, option: str) -> str:
    """Return a field by its name or another name of it. Raises InputError where there is none."""
    key = "_".join(name.lower().split())
    key = ALIASES.get(key, key)
    if key not in FIELDS:
        raise InputError(f"{option} {name}: no such field; use one of {', '.join(FIELDS)}")
    return key


@dataclass
class Selection:
    """Conditions that must all hold; counts how many records fulfil each by itself."""

    conditions: tuple[Condition, ...] = ()
    fits: Counter[str] = field(default_factory=Counter)

    def keeps(self, record: Row, document: Row) -> bool:
        """Tell whether a record fulfils all conditions."""
        held = [c.holds(record, document) for c in self.conditions]
        self.fits.update(c.given for c, h in zip(self.conditions, held, strict=True) if h)
        return all(held)

    def told(self) -> str:
        """Return how many records fulfil each condition by itself."""
        return ", ".join(f"{c.given} {self.fits[c.given]:,}" for c in self.conditions)


def select(given: Iterable[str]) -> Selection:
    """Return a selection from conditions in words."""
    return Selection(tuple(parse(g) for g in given))
