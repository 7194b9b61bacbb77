"""Decide which candidates stand: the longest reading wins, other types may nest inside it."""

from __future__ import annotations

from collections.abc import Iterator

from secretome_nlp.knowledge.overlaps import Overlaps
from secretome_nlp.recognise.atoms import Atoms
from secretome_nlp.recognise.candidates import Candidate
from secretome_nlp.recognise.cargo import CHANGED
from secretome_nlp.types import FoundBy

#: A type whose grammars read the surroundings, with those whose names it outdoes over the same words.
SURROUNDED = {
    "PRIMING": {"PRIMING", "FACTOR", "GENE", "MODEL", "MODEL_INDUCER", "DELIVERY", "OUTCOME", "MEASURE"},
    "DELIVERY": {"DELIVERY", "TISSUE"},
    "MODEL": {"MODEL", "MODEL_INDUCER"},
    "OUTCOME": {"OUTCOME", "MEASURE"},
}
WINDOW = 4  # atoms before a disease in which a word of change makes it an endpoint
MADE_BY = frozenset({"induced", "evoked", "triggered", "elicited", "provoked", "caused", "initiated"})
LIST_WINDOW = 16  # the same where it is a member of a list
STATE_WINDOW = 4  # atoms after it, the first of them "was" or another word of state


def resolve(candidates: list[Candidate], atoms: Atoms, settings: Overlaps) -> list[Candidate]:
    """Return the candidates that stand, in order of place, outer before inner."""
    allowed = [
        _as_endpoint(c, atoms, settings) if c.type == "MODEL" else c
        for c in candidates
        if c.entry is None or context_allows(c, atoms)
    ]
    lowered = {c.last: c for c in allowed if c.type == "MODEL" and _is_lowered_injury(c, atoms, settings)}
    allowed += [_noun_of(c, atoms) for c in lowered.values()]
    ranks, lowest = settings.ranks, len(settings.ranks)
    single = _one_reading_a_span(allowed, settings)
    ranked = sorted(single, key=lambda c: (c.start - c.end, -c.weight, c.start, ranks.get(c.type, lowest)))
    taken: list[Candidate] = []
    covering: dict[int, list[Candidate]] = {}
    for candidate in ranked:
        places = range(candidate.first, candidate.last)
        # By identity: each is one object, and to compare two field by field costs more than all the rest.
        near = {id(c): c for at in places if at in covering for c in covering[at]}.values()
        in_cell = bool(near) and any(o.type == "CELL_TYPE" for o in near)
        if (in_cell and _is_short_organ(candidate, atoms)) or (not in_cell and _is_adjective(candidate)):
            continue
        if not near or all(_may_nest(candidate, o, settings) or _is_its_injury(candidate, o, lowered) for o in near):
            taken.append(candidate)
            for at in places:
                covering.setdefault(at, []).append(candidate)
    return sorted(taken, key=lambda c: (c.start, -c.end, ranks.get(c.type, lowest)))


def context_allows(candidate: Candidate, atoms: Atoms) -> bool:
    """Tell whether the words beside a candidate let it stand."""
    entry = candidate.entry
    if entry is None or not (entry.not_before or entry.not_after):
        return True
    after = atoms.norms[candidate.last] if candidate.last < len(atoms.norms) else ""
    before = atoms.norms[candidate.first - 1] if candidate.first else ""
    return after not in entry.not_before and before not in entry.not_after


def _as_endpoint(candidate: Candidate, atoms: Atoms, settings: Overlaps) -> Candidate:
    """Read a MODEL such as "renal fibrosis" as an OUTCOME after "reduced" or before "was milder".

    A disease with its inducing agent stays a MODEL.
    """
    if candidate.kind in ("induced", "in_vitro"):
        return candidate
    if atoms.norms[candidate.last - 1] not in settings.process_words:
        return candidate
    return candidate._replace(type="OUTCOME") if _is_changed(candidate, atoms, settings) else candidate


def _is_changed(candidate: Candidate, atoms: Atoms, settings: Overlaps) -> bool:
    before = atoms.norms[max(0, candidate.first - WINDOW) : candidate.first]
    after = atoms.norms[candidate.last : candidate.last + STATE_WINDOW]
    told_after = bool(after) and after[0] in settings.state_words and any(w in settings.changed_after for w in after)
    return told_after or any(
        word in settings.change_words for word in (*before, *_list_before(candidate, atoms, settings))
    )


def _list_before(candidate: Candidate, atoms: Atoms, settings: Overlaps) -> Iterator[str]:
    """Yield the words of the list whose later member a disease is, backwards, with what introduces it."""
    before = atoms.norms[max(0, candidate.first - LIST_WINDOW) : candidate.first]
    if not {",", "and"}.intersection(before[-3:]):
        return
    for word in reversed(before):
        if word in settings.list_ends:
            return
        yield word


def _is_lowered_injury(candidate: Candidate, atoms: Atoms, settings: Overlaps) -> bool:
    """Tell a MODEL such as "reduced bleomycin-induced lung injury": treated, and by its last noun an endpoint."""
    return (
        candidate.kind in ("induced", "in_vitro")
        and candidate.last - candidate.first > 1
        and atoms.norms[candidate.last - 1] in settings.process_words
        and _is_changed(candidate, atoms, settings)
    )


def _noun_of(injury: Candidate, atoms: Atoms) -> Candidate:
    """Make the endpoint that the noun of an injury names, with its organ where its agent stands before that."""
    last = injury.last
    made = [n for n in range(injury.first, last - 1) if atoms.norms[n] in MADE_BY]
    first = made[-1] + 1 if made else last - 1
    by = FoundBy("grammar", "outcome.injury_of_model")
    return Candidate(first, last, atoms.starts[first], atoms.ends[last - 1], "OUTCOME", by)


def _is_its_injury(inner: Candidate, outer: Candidate, lowered: dict[int, Candidate]) -> bool:
    return inner.type == "OUTCOME" and outer.type == "MODEL" and inner.last == outer.last and outer.last in lowered


def _is_adjective(candidate: Candidate) -> bool:
    """An adjective of anatomy ("renal") names a tissue only inside the name of a cell."""
    return candidate.entry is not None and candidate.entry.role == "adjective"


def _is_short_organ(candidate: Candidate, atoms: Atoms) -> bool:
    """An organ's short form ("BM") is no mention within that of a cell ("BM-MSC")."""
    return candidate.type == "TISSUE" and atoms.cased[candidate.first].isupper()


def _rank(type_: str, settings: Overlaps) -> int:
    return settings.ranks.get(type_, len(settings.ranks))


def _one_reading_a_span(candidates: list[Candidate], settings: Overlaps) -> list[Candidate]:
    """Keep one candidate for each stretch of text: by definition, by priority of type.

    A PRIMING goes before the name of its agent, a route before that of its place: their grammars know the
    surroundings, the name does not. An adjective of anatomy gives way to the endpoint that it stands for ("renal and
    cardiac function").
    """
    by_span: dict[tuple[int, int], list[Candidate]] = {}
    for c in candidates:
        by_span.setdefault((c.start, c.end), []).append(c)
    kept: list[Candidate] = []
    for group in by_span.values():
        if len(group) == 1:
            kept += group
            continue
        types = {c.type for c in group}
        first = next((t for t, others in SURROUNDED.items() if t in types and types <= others), None)
        measured = [c for c in group if "OUTCOME" not in types or not _is_adjective(c)]
        kept.append(min(measured, key=lambda c: (_is_unsure(c), c.type != first, -c.weight, _rank(c.type, settings))))
    return kept


def _is_unsure(c: Candidate) -> bool:
    """Tell a gain or loss of which it is seen later whether it is one of the source: other readings go first."""
    return c.by.id.startswith(CHANGED)


def _may_nest(inner: Candidate, outer: Candidate, settings: Overlaps) -> bool:
    """Tell whether a shorter candidate may stand beside a longer one that shares characters with it."""
    if inner.type == outer.type:
        return False
    if not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    dropped = settings.drop_inside.get(outer.type, ())
    return "ALL" not in dropped and inner.type not in dropped
