"""English verb inflection, by rule and by a table of irregular verbs."""

from __future__ import annotations

_VOWELS = "aeiou"


def inflect(lemma: str, irregular: dict[str, list[str]] | dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return (inflection, form) for a verb: base, s, ed (past and participle), participle (its own form) and ing.

    In "up-regulate" the last part inflects, in "lead to" the first. `irregular` maps a lemma to its third
    person, past, participle and -ing forms.
    """
    before, verb, after = _split(lemma)
    if verb in irregular:
        s, past, participle, ing = irregular[verb]
    else:
        s, past, ing = _third_person(verb), _past(verb), _ing(verb)
        participle = past
    forms = [("base", verb), ("s", s), ("ed", past), ("ing", ing)]
    if participle != past:
        forms.append(("participle", participle))
    return [(inflection, before + form + after) for inflection, form in forms]


def _split(lemma: str) -> tuple[str, str, str]:
    if " " in lemma:
        words = lemma.split(" ")
        at = 1 if words[0].endswith("ly") or words[0] in ("up", "down") else 0
        return " ".join([*words[:at], ""]), words[at], "".join(f" {w}" for w in words[at + 1 :])
    before, hyphen, verb = lemma.rpartition("-")
    return before + hyphen, verb, ""


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _ing(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"
