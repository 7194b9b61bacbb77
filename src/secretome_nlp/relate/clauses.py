"""Read a sentence as simple clauses: every finite verb with its own subject.

"EVs, which carried miR-21, reduced A, increased B and, by blocking C, protected D" gives "EVs carried miR-21",
"EVs reduced A", "EVs increased B", "EVs by blocking C", "EVs protected D". A clause whose verb has no subject of
its own takes that of the clause before it; what stands before the subject ("In treated rats, ...") is kept
in front.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secretome_nlp.relate.atoms import Atom
from secretome_nlp.relate.forms import Flags

SUBJECT_LIMIT = 40
CLAUSE_LIMIT = 400
#: Auxiliaries: they make a clause, too ("was higher").
_VERBAL = Flags.BE | Flags.HAVE | Flags.MODAL
#: Things that a relative clause may make the agent of its verb.
_ACTORS = frozenset({"COMPONENT", "CELL_TYPE", "MIRNA", "FACTOR", "GENE", "PRIMING", "DELIVERY"})
#: What may end a segment, and what may end a verb phrase within one.
_CUTS = Flags.BORDER | Flags.THAT | Flags.WHILE | Flags.TEMPORAL | Flags.WHETHER
_TURNS = Flags.ING | Flags.FINITE | _VERBAL | Flags.SEP | Flags.WHILE
_LEADS = Flags.SKIP | Flags.SEP | _VERBAL | Flags.THEREBY | Flags.WHILE


@dataclass(slots=True)
class Clause:
    """One clause: what stands in front, its subject (perhaps an earlier one), its verb and all that follows."""

    front: list[Atom]
    subject: list[Atom]
    body: list[Atom]
    real: bool = True

    def atoms(self, start: Atom) -> list[Atom]:
        """Spell the clause out, with `start` where the subject begins."""
        return [*self.front, start, *self.subject, *self.body]


def split(atoms: list[Atom]) -> list[Clause]:
    """Split the atoms of a sentence into clauses."""
    main, clauses = _relative_clauses(atoms)
    subject: list[Atom] = []
    for segment, real in _segments(main):
        found = _verb_phrases(segment, real, subject)
        clauses.extend(found)
        subject = found[0].subject or subject
    return clauses


def _relative_clauses(atoms: list[Atom]) -> tuple[list[Atom], list[Clause]]:
    """Take out clauses that begin with which, that or who after a thing; the thing is their subject."""
    if not any(a.flags & Flags.REL for a in atoms):
        return atoms, []
    main: list[Atom] = []
    found: list[Clause] = []
    i = 0
    while i < len(atoms):
        if not atoms[i].flags & Flags.REL:
            main.append(atoms[i])
            i += 1
            continue
        owner = _owner(main)
        if _takes_up_clause(atoms, i, owner):
            i += 1  # the comma before it joins the verb to those of the clause
            continue
        end = _relative_end(atoms, i) if owner or _told_of_another(atoms, i) else i
        if end == i:
            main.append(atoms[i])
            i += 1
            continue
        if owner:
            found.extend(_verb_phrases([*owner, *atoms[i + 1 : end]], True))
        if main and main[-1].flags & Flags.COMMA:
            main.pop()
        i = end
    return main, found


def _takes_up_clause(atoms: list[Atom], i: int, owner: list[Atom]) -> bool:
    """Tell ", which lowered C" of a whole clause ("EVs reached A under B, which ...") from that of a thing."""
    if i == 0 or not atoms[i - 1].flags & Flags.COMMA:
        return False
    acts = any(a.mention is not None and a.mention.type in _ACTORS for a in owner)
    after = next((a.flags for a in atoms[i + 1 : i + 4] if not a.flags & Flags.SKIP), 0)
    return not acts and bool(after & Flags.FINITE)


def _told_of_another(atoms: list[Atom], i: int) -> bool:
    """Tell "carry proteins that lower A", which says nothing of what the carrier lowers, from "showed that"."""
    after = next((a.flags for a in atoms[i + 1 : i + 4] if not a.flags & Flags.SKIP), 0)
    before = atoms[i - 1].flags if i else Flags.BORDER
    lowers = after & Flags.FINITE and after & Flags.CHANGE
    return bool(lowers) and not before & (
        Flags.COMMA | Flags.SHOW | Flags.CLAIM | Flags.BORDER | Flags.FINITE | Flags.PREP | Flags.SEP
    )


def _owner(main: list[Atom]) -> list[Atom]:
    """What a relative pronoun stands for: the thing just before it, with the list that it ends."""
    for at in range(len(main) - 1, max(-1, len(main) - 4), -1):
        if main[at].flags & Flags.MENTION:
            first = at
            while first > 1 and main[first - 1].flags & Flags.SEP:
                before = first - 2 - (main[first - 2].flags & Flags.COMMA > 0)
                if before < 0 or main[before].symbol != main[at].symbol:
                    break
                first = before
            return main[first : at + 1]
        if main[at].flags & (Flags.FINITE | Flags.SHOW | Flags.BORDER | Flags.VERB):
            return []
    return []


def _relative_end(atoms: list[Atom], start: int) -> int:
    """Find where a relative clause ends: at a comma, a border, or the main clause's own verb."""
    i = start + 1
    while i < len(atoms) and atoms[i].flags & (Flags.SKIP | _VERBAL) and not atoms[i].flags & Flags.FINITE:
        i += 1
    if i == len(atoms) or not (atoms[i].flags & Flags.FINITE or i > start + 1):
        return start
    verb = i
    i += 1
    while i < len(atoms):
        flags = atoms[i].flags
        if flags & Flags.BORDER:
            return i
        if flags & Flags.COMMA and not _between_alike(atoms, i):
            return i if not _list_goes_on(atoms, i) else _after_list(atoms, i)
        if (
            flags & (Flags.FINITE | _VERBAL)
            and i > verb + 1
            and not atoms[i - 1].flags & (Flags.SEP | Flags.SKIP | Flags.WHILE | _VERBAL)
        ):
            return i
        i += 1
    return i


def _between_alike(atoms: list[Atom], comma: int) -> bool:
    """Tell whether a comma stands between two things of one kind: members of a list."""
    if comma + 1 >= len(atoms):
        return False
    before, after = atoms[comma - 1], atoms[comma + 1]
    return bool(before.flags & after.flags & Flags.MENTION) and before.symbol == after.symbol


def _list_goes_on(atoms: list[Atom], comma: int) -> bool:
    """Tell whether the comma stands between members of a list rather than at the end of the clause."""
    for atom in atoms[comma + 1 : comma + 5]:
        if atom.flags & (Flags.FINITE | _VERBAL | Flags.BORDER):
            return False
    after = atoms[comma + 1 : comma + 9]
    return any(a.flags & Flags.SEP and not a.flags & Flags.COMMA for a in after) and not any(
        a.flags & (Flags.FINITE | _VERBAL) for a in after[:3]
    )


def _after_list(atoms: list[Atom], comma: int) -> int:
    for i in range(comma + 1, len(atoms)):
        if atoms[i].flags & (Flags.FINITE | _VERBAL | Flags.BORDER):
            return i
    return len(atoms)


def _segments(atoms: list[Atom]) -> list[tuple[list[Atom], bool]]:
    """Cut at borders; a segment is not real when what came before it says "whether" or "aimed to"."""
    segments: list[tuple[list[Atom], bool]] = []
    current: list[Atom] = []
    real = True
    for i, atom in enumerate(atoms):
        flags = atom.flags
        if not flags & _CUTS:
            current.append(atom)
            continue
        after_show = (
            flags & Flags.THAT
            and i > 0
            and atoms[i - 1].flags & (Flags.SHOW | Flags.SKIP | Flags.ABILITY | Flags.CLAIM)
        )
        while_clause = flags & Flags.WHILE and i > 0 and not (i + 1 < len(atoms) and atoms[i + 1].flags & Flags.VERB)
        temporal = flags & Flags.TEMPORAL and i > 0 and _has_verb(atoms, i)
        if flags & Flags.BORDER or after_show or while_clause or temporal or flags & Flags.WHETHER:
            if current:
                segments.append((current, real))
            current = []
            if not after_show:
                real = not flags & Flags.WHETHER
        else:
            current.append(atom)
    if current:
        segments.append((current, real))
    return segments


def _has_verb(atoms: list[Atom], i: int) -> bool:
    """Tell whether what follows "after" or "before" is a clause rather than a thing.

    In "were injected after ligation and reduced scarring" it is a thing: the verb joins the one before.
    """
    joined = False
    for atom in atoms[i + 1 : i + 10]:
        if atom.flags & (Flags.COMMA | Flags.BORDER):
            return False
        if atom.flags & (Flags.FINITE | Flags.BE):
            return not joined
        if not atom.flags & Flags.SKIP:
            joined = bool(atom.flags & Flags.SEP)
    return False


def _verb_phrases(segment: list[Atom], real: bool, before: Sequence[Atom] = ()) -> list[Clause]:
    """Give each verb of a segment its subject; `before` is that of the segment before, for "but increased B"."""
    front, rest = _front(segment)
    clauses: list[Clause] = []
    subject: list[Atom] = []
    begin = 0  # where the current clause's own words begin
    verb = -1  # its finite verb
    separator = -1  # the last comma or "and" since
    for i, atom in enumerate(rest):
        flags = atom.flags
        if not flags & _TURNS:
            continue
        if flags & Flags.ING and verb >= 0 and _opens_participle(rest, i):
            at = _lead_in(rest, i)
            clauses.append(Clause(front, subject, rest[begin:at], real))
            begin, verb, separator = at, i, -1
        elif flags & (Flags.FINITE | _VERBAL):
            if verb < 0:
                verb = i
                subject, begin = rest[:i][-SUBJECT_LIMIT:], i
                if all(a.flags & (Flags.SKIP | Flags.SEP) for a in subject):
                    subject = list(before)
            elif separator > verb:
                lead = rest[separator + 1 : i]
                clauses.append(Clause(front, subject, rest[begin:separator], real))
                if not all(a.flags & _LEADS for a in lead):
                    subject = lead[-SUBJECT_LIMIT:]
                    begin = i
                else:
                    begin = separator + 1
                verb, separator = i, -1
        elif flags & (Flags.SEP | Flags.WHILE) and verb >= 0:
            separator = i
    clauses.append(Clause(front, subject, rest[begin:], real))
    return clauses


def _opens_participle(atoms: list[Atom], i: int) -> bool:
    """Tell whether an -ing form opens a clause of its own: ", reducing", "by reducing", "and thereby reducing"."""
    before = atoms[i - 1].flags if i else 0
    return bool(before & (Flags.SEP | Flags.BY | Flags.THEREBY | Flags.WHILE | Flags.SKIP))


def _lead_in(atoms: list[Atom], i: int) -> int:
    """Step back over the words that lead into a participle."""
    while i > 0 and atoms[i - 1].flags & (Flags.SEP | Flags.BY | Flags.THEREBY | Flags.WHILE | Flags.SKIP):
        i -= 1
    return i


def _front(segment: list[Atom]) -> tuple[list[Atom], list[Atom]]:
    """Part "After treatment with EVs," from the clause that it introduces."""
    first = next((a.flags for a in segment if not a.flags & (Flags.SKIP | Flags.SEP)), 0)
    if not first & (Flags.PREP | Flags.OF_IN | Flags.THAN):
        return [], segment
    for i, atom in enumerate(segment[:SUBJECT_LIMIT]):
        if atom.flags & (Flags.FINITE | _VERBAL) and not first & Flags.TEMPORAL:
            break
        if atom.flags & Flags.COMMA:
            return segment[:i], segment[i + 1 :]
    return [], segment
