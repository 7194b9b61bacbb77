"""What a verb is doing where it stands: active or passive, before or after a noun, a noun itself.

A few looks at the neighbours settle it: "was reduced" is passive, "showed reduced" and "the reduced" stand
before a noun, "apoptosis induced by" after one, "to reduce" is an infinitive unless something says it happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secretome_nlp.relate.alphabet import Alphabet

if TYPE_CHECKING:
    from secretome_nlp.relate.atoms import Atom


class Flags:
    """Bits that say what a character is, so that neighbours can be looked at quickly."""

    MENTION: Final = 1
    SKIP: Final = 2  # adverbs and negations between a verb and its auxiliary
    BE: Final = 4
    HAVE: Final = 8
    MODAL: Final = 16
    TO: Final = 32
    DET: Final = 64
    PREP: Final = 128
    SEP: Final = 256
    BY: Final = 512
    HYPHEN: Final = 1024
    ABILITY: Final = 2048
    BORDER: Final = 4096
    REL: Final = 8192
    FINITE: Final = 16384
    ING: Final = 32768
    SHOW: Final = 65536
    CHANGE: Final = 1 << 17
    THEREBY: Final = 1 << 18
    COMMA: Final = 1 << 19
    OPEN: Final = 1 << 20
    CLOSE: Final = 1 << 21
    OF_IN: Final = 1 << 22
    PASSIVE: Final = 1 << 23
    THAT: Final = 1 << 24
    WHILE: Final = 1 << 25
    WHETHER: Final = 1 << 26
    VERB: Final = 1 << 27
    THAN: Final = 1 << 28
    TEMPORAL: Final = 1 << 29
    CLAIM: Final = 1 << 30
    SELF: Final = 1 << 31


_NAMED = {
    "ADV": Flags.SKIP,
    "NEG": Flags.SKIP,
    "BE": Flags.BE,
    "HAVE": Flags.HAVE,
    "MODAL": Flags.MODAL,
    "DO": Flags.MODAL,
    "TO": Flags.TO,
    "FAILED": Flags.MODAL,
    "DET": Flags.DET,
    "PREP": Flags.PREP,
    "SEP": Flags.SEP,
    "BY": Flags.BY,
    "HYPHEN": Flags.HYPHEN,
    "ABILITY": Flags.ABILITY,
    "BORDER": Flags.BORDER,
    "REL": Flags.REL,
    "VERB.act": Flags.FINITE,
    "VERB.self": Flags.FINITE | Flags.SELF,
    "VERB.pass": Flags.FINITE | Flags.PASSIVE,
    "VERB.ing": Flags.ING,
    "VERB": Flags.VERB,
    "SHOW": Flags.SHOW,
    "CHANGE": Flags.CHANGE,
    "?CHANGE": Flags.CHANGE,  # of a verb whose form is not settled yet
    "THEREBY": Flags.THEREBY,
    "COMMA": Flags.COMMA,
    "LPAREN": Flags.OPEN,
    "RPAREN": Flags.CLOSE,
    "OF": Flags.OF_IN,
    "IN": Flags.OF_IN,
    "THAT": Flags.THAT,
    "WHILE": Flags.WHILE,
    "THAN": Flags.THAN,
    "TEMPORAL": Flags.TEMPORAL,
    "CLAIM": Flags.CLAIM,
    "WHETHER": Flags.WHETHER,
    "*": Flags.MENTION,
}


#: Amounts in words that stand behind "by".
_AMOUNTS = frozenset({"half", "one", "two", "three", "four", "five", "more", "over", "nearly", "almost", "up"})


def flags_of(alphabet: Alphabet) -> dict[str, int]:
    """Work out the flags of every character."""
    flags = {}
    for symbol, labels in alphabet.labels.items():
        bits = 0
        for label in labels:
            bits |= _NAMED.get(label, 0)
        flags[symbol] = bits
    return flags


def resolve(atoms: list[Atom], flags: dict[str, int]) -> None:
    """Give every verb its form where it stands; changes the atoms' `symbol` and `flags`."""
    last_verb = ""
    for i, atom in enumerate(atoms):
        forms = atom.forms
        if forms is None:
            if atom.flags & Flags.BE:
                last_verb = "aux"
            continue
        form = _form(atoms, i, forms.inflections, last_verb)
        symbol = forms.symbols.get(form)
        if symbol is None:
            continue
        atom.symbol = symbol
        atom.flags = flags[symbol]
        if atom.flags & Flags.FINITE or form == "adj":
            last_verb = form
    _settle_reduced_relatives(atoms, flags)


def _settle_reduced_relatives(atoms: list[Atom], flags: dict[str, int]) -> None:
    """Where another verb follows in the same clause, "decreased in old brains" only describes its noun."""
    for i, atom in enumerate(atoms[:-1]):
        ambiguous = atom.forms is not None and "ed" in atom.forms.inflections and not atom.flags & Flags.PASSIVE
        if ambiguous and atom.flags & Flags.FINITE and atoms[i + 1].flags & Flags.PREP and atom.forms is not None:
            described = i > 0 and atoms[i - 1].flags & (Flags.MENTION | Flags.SKIP)
            if described and _verb_follows(atoms, i) and "part" in atom.forms.symbols:
                atom.symbol = atom.forms.symbols["part"]
                atom.flags = flags[atom.symbol]


def _verb_follows(atoms: list[Atom], i: int) -> bool:
    for atom in atoms[i + 1 : i + 14]:
        if atom.flags & (Flags.SEP | Flags.BORDER | Flags.REL | Flags.THAT | Flags.TEMPORAL | Flags.WHILE):
            return False
        if atom.flags & Flags.FINITE or atom.flags & Flags.BE:
            return True
    return False


def _form(atoms: list[Atom], i: int, inflections: frozenset[str], last_verb: str) -> str:
    if i >= 2 and atoms[i - 1].flags & Flags.HYPHEN and inflections & {"ed", "participle", "ing"}:
        return "hyph"
    p = i - 1
    while p >= 0 and atoms[p].flags & Flags.SKIP and not atoms[p].flags & Flags.MODAL:
        p -= 1
    before = atoms[p].flags if p >= 0 else Flags.BORDER
    after = atoms[i + 1].flags if i + 1 < len(atoms) else Flags.BORDER
    if "base" in inflections and before & (Flags.MODAL | Flags.TO):
        return _after_to(atoms, p, before)
    if "participle" in inflections and "ed" not in inflections and not before & (Flags.BE | Flags.HAVE | Flags.SEP):
        return "adj" if before & Flags.DET else "part"
    if "ed" in inflections or "participle" in inflections:
        return _participle(atoms, i, p, before, after, last_verb)
    if "ing" in inflections:
        return "act" if before & Flags.BE else "ing"
    if "base" in inflections or "s" in inflections:
        return _present(atoms, p, before, after, inflections)
    return "cmp" if "cmp" in inflections else "noun"


def _after_to(atoms: list[Atom], p: int, before: int) -> str:
    """Tell "can reduce", "was able to reduce" (it happens) from "in order to reduce" (it is meant)."""
    if before & Flags.MODAL:
        return "act"
    while p > 0 and atoms[p - 1].flags & Flags.SKIP:
        p -= 1
    return "act" if p > 0 and atoms[p - 1].flags & (Flags.ABILITY | Flags.MODAL) else "inf"


def _participle(atoms: list[Atom], i: int, p: int, before: int, after: int, last_verb: str) -> str:
    if before & Flags.BE:
        return "pass"
    if before & Flags.HAVE:
        return "act" if after & (Flags.DET | Flags.MENTION | Flags.PREP) or last_verb == "" else "adj"
    if after & Flags.BY and not before & Flags.SEP and not _is_amount(atoms, i + 2):
        return "part"
    if before & (Flags.DET | Flags.BORDER | Flags.ABILITY) and not before & Flags.MENTION:
        return "adj"
    if before & Flags.PREP or before & (Flags.FINITE | Flags.ING) or _is_how_given(atoms, p, after):
        return "adj"
    if before & Flags.SEP:
        if last_verb == "pass" and after & (Flags.PREP | Flags.BY | Flags.BORDER):
            return "pass"
        adverb = p < i - 1 and last_verb == ""  # ", further promoted": no adjective in a list
        return "adj" if last_verb in ("", "adj") and not adverb else "act"
    if after & Flags.PREP and not _changes(atoms[i]) and p >= 0:
        return "part"
    return "act"


def _is_amount(atoms: list[Atom], i: int) -> bool:
    """Tell "fell by 60%" and "fell by half", which say by how much, from "lowered by EVs"."""
    return i < len(atoms) and (atoms[i].norm[:1].isdigit() or atoms[i].norm in _AMOUNTS)


def _is_how_given(atoms: list[Atom], p: int, after: int) -> bool:
    """Tell "intravenously injected EVs", of which the adverb is a mention and no subject, from what injects."""
    adverb = atoms[p].mention if p >= 0 else None
    return bool(after & Flags.MENTION) and adverb is not None and adverb.text.endswith("ly")


def _changes(atom: Atom) -> bool:
    """Tell whether a participle is of a verb of change, which may stand without an object: "decreased in"."""
    return bool(atom.flags & Flags.CHANGE)


def _present(atoms: list[Atom], p: int, before: int, after: int, inflections: frozenset[str]) -> str:
    if "noun" in inflections:
        nominal = before & (Flags.DET | Flags.PREP | Flags.BORDER | Flags.FINITE | Flags.ING)
        if (nominal and not before & Flags.MENTION) or after & Flags.OF_IN or _determined(atoms, p):
            return "noun"
    if "cmp" in inflections and not (before & Flags.MENTION and after & Flags.DET):
        return "cmp"
    return "act"


def _determined(atoms: list[Atom], p: int) -> bool:
    """Tell whether an article or preposition stands one or two plain words back: "a marked decrease"."""
    for back in (p, p - 1):
        if back < 0:
            return False
        if atoms[back].flags & (Flags.DET | Flags.PREP):
            return True
        if atoms[back].flags:
            return False
    return False
