"""In vitro, ex vivo, in vivo or clinical: the setting of a sentence, and the host in which a test was made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from secretome_nlp.assemble.view import SOURCE_KINDS, View
from secretome_nlp.types import Mention

#: Words that say that what they speak of was taken from the organism behind them, and how far before it they begin.
TAKEN = re.compile(
    r"\b(?:isolated|obtained|harvested|collected|extracted|purified|derived|prepared|taken)\s+from\s+(?:(?!(?:is|are|was|were|and|into|in)\b)[\w-]+\s+){0,5}$"
)
REACH = 80
#: What stands between a product, cell or tissue and the organism that it is from.
FROM = re.compile(r"\s+from\s+(?:[\w-]+\s+){0,2}$")
#: What stands behind a cell line that was put into animals.
GROWN = re.compile(
    r"[\s‐-―-](?:(?:tumou?r|cell)[\s‐-―-])?(?:(?:xeno|allo)?grafts?|tumou?rs?|bearing|inoculated|engrafted)\b"
)
#: Rules by which hosts are read that got a product.
GIVING = frozenset({"tested_in.host_got", "tested_in.treated_host", "tested_in.given_to"})
ORDER = ("clinical", "in_vivo", "ex_vivo", "in_vitro")


def settings_of(view: View, sentences: list[int]) -> dict[int, tuple[str, ...]]:
    """Return the settings of each sentence.

    One that tells none takes that of the cells or models that it names, where they stand in one setting of the study
    alone, and else those of the sentence before it.
    """
    own = _without_animals(view, {number: setting_of(view, number) for number in sentences})
    known = _settings_of_names(view, own)
    found: dict[int, tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    for number in sentences:
        told = own[number]
        found[number] = told or _by_names(view, number, known) or before
        before = told or before
    first = next((s for s in own.values() if s), ()) or _of_recipients(view, sentences)
    living = ("in_vivo",) if any("in_vivo" in s for s in own.values()) else first
    return {n: s or (living if has_disease(view, n) else first) for n, s in found.items()}


def _without_animals(view: View, own: dict[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Return the settings of a study; routes and endpoints of a body are a patient's where a trial names no animal."""
    told = {setting for settings in own.values() for setting in settings}
    if not {"clinical", "in_vivo"} <= told or any(_has_animals(view, n) for n in own):
        return own
    read = {n: tuple(dict.fromkeys("clinical" if s == "in_vivo" else s for s in own[n])) for n in own}
    view.settings.update(read)
    return read


def names_setting(view: View, number: int) -> bool:
    """Tell whether a sentence names a setting by words of its own or animals."""
    text = _without_donors(view, number)
    return any(has_word(text, _words_for(view, s)) for s in ORDER) or bool(host_mentions(view, [number]))


def _has_animals(view: View, number: int) -> bool:
    named = has_word(_without_donors(view, number), _words_for(view, "in_vivo"))
    return named or any(h.kind != "subject" for h in host_mentions(view, [number]))


def has_disease(view: View, number: int) -> bool:
    """Tell whether a sentence names a disease or an injury of a body."""
    return any(m.kind != "in_vitro" for m in view.of([number], "MODEL"))


def _settings_of_names(view: View, own: dict[int, tuple[str, ...]]) -> dict[str, set[str]]:
    """Return the settings in which recipient cells and models are named, by their canonical names."""
    known: dict[str, set[str]] = {}
    for number, settings in own.items():
        for name in _names(view, number) if settings else ():
            known.setdefault(name, set()).update(settings)
    return known


def _by_names(view: View, number: int, known: dict[str, set[str]]) -> tuple[str, ...]:
    """Return the setting that the names of a sentence have in common, if they tell of one alone."""
    telling = [known[name] for name in _names(view, number) if len(known.get(name, ())) == 1]
    shared = set().union(*telling)
    return tuple(shared) if len(shared) == 1 else ()


def _names(view: View, number: int) -> list[str]:
    """Return the canonical names of a sentence's recipient cells and models, but those of sources and preparations."""
    named = view.of([number], "CELL_TYPE", "MODEL")
    if not named:
        return []
    sources = {r.tail for r in view.relations([number], "derived_from")}
    return [
        view.value(m)
        for m in named
        if m.kind not in SOURCE_KINDS and m.id not in sources and not view.is_nested(m, "COMPONENT", "PRIMING")
    ]


def setting_of(view: View, number: int) -> tuple[str, ...]:
    """Return the settings that a sentence states: by name, else by hosts and routes, cells, models and endpoints."""
    if number not in view.settings:
        view.settings[number] = _setting_of(view, number)
    return view.settings[number]


def _setting_of(view: View, number: int) -> tuple[str, ...]:
    text = _without_donors(view, number)
    hosts = host_mentions(view, [number])
    animals, patients = (any((h.kind == "subject") == subject for h in hosts) for subject in (False, True))
    stated = tuple([s for s in ORDER if has_word(text, _words_for(view, s))])
    named = any(has_word(text, (s.replace("_", " "),)) for s in stated)
    if animals and "clinical" in stated and not patients:  # animals are randomised too
        stated = ("in_vivo", *(s for s in stated if s not in ("clinical", "in_vivo")))
    if stated == ("in_vivo",) and not named and _is_culture(view, number):
        return ("in_vivo", "in_vitro")
    if stated:
        return stated
    cultured = _is_culture(view, number)
    given = patients and not (animals or cultured) and _has_treated_patients(view, number)
    if given or (patients and has_word(text, view.words.trials)):
        return ("clinical",)
    living = animals or any(m.kind == "route" for m in view.of([number], "DELIVERY"))
    if living or cultured:
        return tuple(s for s, holds in (("in_vivo", living), ("in_vitro", cultured)) if holds)
    return _by_endpoints(view, number)


def _has_treated_patients(view: View, number: int) -> bool:
    """Tell whether a sentence says that patients got something, not that something of theirs was looked at."""
    told = [r for r in view.relations([number], "tested_in") if not r.hedged]
    given = bool(view.of([number], "DELIVERY") or view.relations([number], "dosed_at"))
    tested = {r.tail for r in told if given or r.rule in GIVING}
    return any(m.kind == "subject" and m.id in tested for m in view.of([number], "SPECIES"))


def _words_for(view: View, setting: str) -> tuple[str, ...]:
    """Return the words for a setting that stand somewhere in the text."""
    if not view.setting_words:
        text = view.text.lower()
        found = {s: tuple(filter(text.__contains__, words)) for s, words in view.words.settings.items()}
        view.setting_words.update(found)
    return view.setting_words.get(setting, ())


def _without_donors(view: View, number: int) -> str:
    """Return a sentence in lower case without the organisms that something was taken from."""
    donors = [m for m in view.of([number], "SPECIES") if taken_from(view, m)]
    if not donors:
        return view.lower_text(number)
    span = view.annotations.document.sentences[number]
    text = view.text[span.start : span.end]
    for m in donors:
        text = text[: m.start - span.start] + " " * (m.end - m.start) + text[m.end - span.start :]
    return text.lower()


def _is_culture(view: View, number: int) -> bool:
    """Tell whether a sentence has a stress put on cells, a model made of cells, or a cell line that is no source."""
    if any(m.kind == "in_vitro" for m in view.of([number], "MODEL")):
        return True
    cells = view.of([number], "CELL_TYPE")
    if any(_is_cell_model(view, m) for m in cells):
        return True
    lines = {m.id for m in cells if m.kind == "line" and GROWN.match(view.text, m.end) is None}
    return bool(lines) and not lines <= {r.tail for r in view.relations([number], "derived_from")}


def _is_cell_model(view: View, cell: Mention) -> bool:
    """Tell whether a model is made of cells: "a hypoxia model of neurons", "the neuron model"."""
    if cell.kind in SOURCE_KINDS:
        return False
    before, after = view.text[max(0, cell.start - 20) : cell.start].lower(), view.text[cell.end : cell.end + 10].lower()
    return before.endswith(("model of ", "models of ", "model in ", "models in ")) or after.startswith(" model")


def _of_recipients(view: View, sentences: list[int]) -> tuple[str, ...]:
    """A study that names no setting and no host, but cells that its agents act on, was made in cells.

    One that tested its product in a disease that was made ("ligature-induced periodontitis") was made in animals.
    """
    if host_mentions(view, sentences):
        return ()
    tested = (view.mentions[r.tail] for r in view.relations(sentences, "tested_in") if not r.hedged)
    if any(m.type == "MODEL" and m.kind == "induced" for m in tested):
        return ("in_vivo",)
    return ("in_vitro",) if any(c.kind not in SOURCE_KINDS for c in view.of(sentences, "CELL_TYPE")) else ()


def _by_endpoints(view: View, number: int) -> tuple[str, ...]:
    """Return the setting in which a sentence's endpoints are measured: a body's or a dish's."""
    words = " | ".join(m.text.lower() for m in view.of([number], "OUTCOME"))
    if any(map(words.__contains__, view.words.body_endpoints)):
        return ("in_vivo",)
    return ("in_vitro",) if any(map(words.__contains__, view.words.dish_endpoints)) else ()


def has_word(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of the words or phrases stands in a text as words of its own."""
    return any(_apart(w).search(text) for w in filter(text.__contains__, words))


@lru_cache(maxsize=1024)
def _apart(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")


def host_mentions(view: View, sentences: list[int]) -> list[Mention]:
    """Return the species mentions that are hosts: not part of a cell's name, nor where a cell came from."""
    named = view.of(sentences, "SPECIES")
    if not named:
        return []
    donors = {r.tail for r in view.relations(sentences, "derived_from")}
    tested = {r.tail for r in view.relations(sentences, "tested_in")}
    return [
        m
        for m in named
        if m.kind != "taxon"
        and m.id not in donors
        and not view.is_nested(m, "CELL_TYPE", "COMPONENT", "PRIMING")
        and not _is_prefix(view, m)
        and (m.id in tested or not taken_from(view, m))
        and (m.id in tested or not _is_donor_word(view, m))
    ]


def taken_from(view: View, m: Mention) -> bool:
    """Tell whether an organism is what something was taken from: "isolated from the plasma of trained rats"."""
    before = view.text[max(0, m.start - REACH) : m.start].lower()
    if TAKEN.search(before) is not None:
        return True
    origin = FROM.search(before)
    start = m.start - len(before) + origin.start() if origin is not None else -1
    return any(o.end == start for o in view.of([m.sentence], "COMPONENT", "CELL_TYPE", "TISSUE"))


def _is_prefix(view: View, m: Mention) -> bool:
    """Tell whether subjects only lend their name: "patient-specific therapy", "patient-derived cells"."""
    return m.kind == "subject" and view.text[m.end : m.end + 9].lower().startswith(("-specific", "-derived"))


def _is_donor_word(view: View, m: Mention) -> bool:
    """ "Human" before a source ("human secretome") names the donor; a bare adjective is no host."""
    following = view.text[m.end : m.end + 40].lstrip(" -")
    next_mention = next((o for o in view.by_sentence.get(m.sentence, ()) if o.start >= m.end), None)
    adjective = view.value(m) == "human" and m.text.lower() == "human"
    glued = next_mention is not None and following.startswith(next_mention.text[:8])
    return adjective or (
        glued and next_mention is not None and next_mention.type in ("CELL_TYPE", "COMPONENT", "TISSUE")
    )
