"""Where a product comes from: the cell, its tissue and its donor, or the fluid that vesicles were taken from."""

from __future__ import annotations

import re

from secretome_nlp.assemble.arms import GENERIC, Article, is_control
from secretome_nlp.assemble.fluids import tissue_of
from secretome_nlp.assemble.settings import taken_from
from secretome_nlp.assemble.view import View
from secretome_nlp.types import Mention, Slot

#: The species of patients, volunteers and other people.
HUMAN = "human"
#: What stands between a tissue and the organism that it is of: "the plasma of exercised rats".
OF_DONOR = re.compile(r"\s+(?:of|from)\s+(?:[\w-]+\s+){0,2}", re.I)


def cell_slots(view: View, article: Article, sentences: list[int]) -> tuple[Slot | None, Slot | None, Slot | None]:
    """Return cell type, its tissue and its donor species."""
    if article.component.type == "MIRNA":
        return None, None, None
    if not article.cells:
        tissue, donor = _taken_slots(view, article)
        if tissue is not None:
            return None, tissue, donor
    cells = [c for c in article.cells or _nearest_cells(view, sentences) if not is_control(view, c)]
    if not cells:
        return None, None, None
    best = max(
        cells,
        key=lambda c: (
            not set(view.value(c).split()) <= GENERIC,
            len(view.inside.get(c.id, ())) + len(_parts(view, c)),
            c.end - c.start,
        ),
    )
    cell = view.slot(best)
    cell = Slot(cell.text, cell.value, cell.id, tuple(c.id for c in cells))
    same = [best, *cells, *_alike(view, best, sentences)]
    donor = origin_of(view, same, "SPECIES") or _stated_donor(view, same)
    return cell, origin_of(view, same, "TISSUE"), donor


def _stated_donor(view: View, cells: list[Mention]) -> Slot | None:
    """Return the organism from which a sentence that names the cells says that something was taken."""
    named = view.of(sorted({c.sentence for c in cells}), "SPECIES")
    return next((_origin_slot(view, s) for s in named if taken_from(view, s)), None)


def _nearest_cells(view: View, sentences: list[int]) -> list[Mention]:
    """Without a stated source, take the source of another product of the study, else the stem cell that it names."""
    sources = [view.mentions[r.tail] for r in view.relations(sentences, "derived_from")]
    cells = [c for c in sources if c.type == "CELL_TYPE"]
    if cells:
        return cells
    stem = [m for m in view.of(sentences, "CELL_TYPE") if m.kind == "stem" and not view.is_nested(m, "OUTCOME")]
    return stem if len({view.value(m) for m in stem}) == 1 else stem[:1]


def _alike(view: View, cell: Mention, sentences: list[int]) -> list[Mention]:
    value = view.value(cell)
    words = set(value.split())
    named = [m for m in view.of(sentences, "CELL_TYPE") if m.id != cell.id]
    same = [m for m in named if view.value(m) == value]
    ends = {m.start for m in (cell, *same)}
    longer = [m for m in named if words < set(view.value(m).split()) or _opens_bracket(view, m) in ends]
    return [*same, *longer]


def _opens_bracket(view: View, m: Mention) -> int:
    """Return where a short form in brackets behind a mention would begin."""
    return m.end + 2 if view.text[m.end : m.end + 2] == " (" else -1


def _parts(view: View, cell: Mention) -> tuple[tuple[str, str], ...]:
    entry = view.entry(cell)
    return entry.parts if entry is not None else ()


def origin_of(view: View, cells: list[Mention], type_: str) -> Slot | None:
    """Return the tissue or species of a source: inside its name, by relation, or hidden in its short form."""
    for cell in cells:
        for m in view.inside.get(cell.id, ()):
            if m.type == type_:
                return _origin_slot(view, m)
    for cell in cells:
        for r in view.relations([cell.sentence], "derived_from"):
            if r.head == cell.id and view.mentions[r.tail].type == type_:
                return _origin_slot(view, view.mentions[r.tail])
    for cell in cells:
        for part, ident in _parts(view, cell):
            entry = view.entries.get(ident)
            if part == type_ and entry is not None:
                return Slot(cell.text, entry.name.lower(), entry.xref[0] if entry.xref else None, (cell.id,))
    return None


def _origin_slot(view: View, m: Mention) -> Slot:
    """Return the slot of an origin; patients and volunteers are human."""
    return view.slot(m, HUMAN) if m.kind == "subject" else view.slot(m)


def _taken_slots(view: View, article: Article) -> tuple[Slot | None, Slot | None]:
    """Return the fluid or tissue that a product without a source cell was taken from, and its donor."""
    tissue = next((t for m in article.mentions if (t := tissue_of(view, m)) is not None), None)
    if tissue is None:
        return None, None
    donors = [d for m in article.mentions if (d := _donor_of(view, m)) is not None]
    return view.slot(tissue), _origin_slot(view, donors[0]) if donors else None


def _donor_of(view: View, m: Mention) -> Mention | None:
    """Return the organism from which a sentence says that a product was taken, directly or by its fluid."""
    tissue = tissue_of(view, m)
    for s in view.of([m.sentence], "SPECIES"):
        if taken_from(view, s) or (tissue is not None and OF_DONOR.fullmatch(view.text[tissue.end : s.start])):
            return s
    return None
