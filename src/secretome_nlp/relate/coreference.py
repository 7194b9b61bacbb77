"""What "they", "these vesicles" and "the treatment" stand for: the most recent agent, within a few sentences.

Deterministic and bounded: the leftmost vesicle (or other component) of the nearest of the last sentences that names
one, else its leftmost stem-like cell type. "These miRNAs" stand for all that the nearest such sentence names.
"""

from __future__ import annotations

from secretome_nlp.relate.atoms import Atom, Speller
from secretome_nlp.relate.forms import Flags
from secretome_nlp.types import Mention

WINDOW = 3
_LOOK_AHEAD = 6
#: "after therapy": words after which the bare noun is that of the agent told of.
_SINCE = frozenset({"after", "following", "upon"})
POSSESSIVES = frozenset({"their", "its"})
#: Types of what can be referred back to.
AGENTS = frozenset({"COMPONENT", "CELL_TYPE"})
_NEAR = 4
#: More RNAs than these in one sentence are a catalogue, of which "these" mean no one knows which.
MOST_RNAS = 8
#: What goes along with a change is not what made it: "accompanied by".
_ALONG = frozenset({"accompanied", "paralleled"})
#: Types of what could have made a change in place of the agent told of before.
_OTHER_AGENTS = frozenset({"MODEL", "PRIMING", "MIRNA", "DELIVERY", "DOSE"})


class Memory:
    """The agents of the last sentences."""

    def __init__(self, speller: Speller) -> None:
        self._speller = speller
        self._recent: list[Mention | None] = []
        self._recent_rnas: list[tuple[Mention, ...]] = []
        alphabet = speller.alphabet
        self._pronouns = alphabet.characters("ANAPHOR_PRONOUN")
        self._articles = alphabet.characters("ANAPHOR_DET")
        self._nouns = alphabet.characters("ANAPHOR_NOUN")
        self._rnas = alphabet.characters("ANAPHOR_RNA")
        self._effects = alphabet.characters("EFFECT")
        self._told_effects = alphabet.characters("ANAPHOR_EFFECT")
        self._by, self._number = alphabet.characters("BY"), alphabet.number
        self._links = alphabet.characters("OF") | alphabet.characters("WITH") | alphabet.characters("BY")

    def has_agent(self) -> bool:
        """Tell whether there is anything that a pronoun could stand for."""
        return any(m is not None for m in self._recent)

    def remember(self, mentions: list[Mention], agent: Mention | None) -> None:
        """Take in the mentions of a sentence that has been read, with their agent."""
        self._recent = [*self._recent[-(WINDOW - 1) :], agent]
        rnas = tuple(m for m in mentions if m.type == "MIRNA")
        self._recent_rnas = [*self._recent_rnas[-(WINDOW - 1) :], rnas[:MOST_RNAS]]

    def resolve(self, atoms: list[Atom]) -> None:
        """Give pronouns and definite descriptions of a sentence the mention that they stand for."""
        for i, atom in enumerate(atoms):
            if atom.mention is not None:
                continue
            if atom.symbol in self._rnas:
                self._resolve_rnas(atoms, i)
            elif (
                (atom.symbol in self._pronouns and self._is_subject(atoms, i))
                or (
                    atom.symbol in self._nouns
                    and i > 0
                    and (atoms[i - 1].symbol in self._articles or atoms[i - 1].norm in _SINCE)
                    and not self._names_its_agent(atoms, i)
                )
                or (atom.norm in POSSESSIVES and self._tells_of_effect(atoms, i))
            ):
                antecedent = self._antecedent(atoms, i)
                if antecedent is not None:
                    self._stand_for(atom, antecedent)

    def _resolve_rnas(self, atoms: list[Atom], i: int) -> None:
        """Let "these (exosomal) miRNAs" stand for those named last, unless their names follow."""
        before = [a for a in atoms[max(0, i - 2) : i] if a.mention is None]
        after = atoms[i + 1 : i + 1 + _NEAR]
        if not any(a.symbol in self._articles for a in before) or any(_is_rna(a) for a in after):
            return
        here = tuple(a.mention for a in atoms[:i] if a.mention is not None and a.mention.type == "MIRNA")
        named = here or next((rnas for rnas in reversed(self._recent_rnas) if rnas), ())
        if named:
            self._stand_for(atoms[i], named[0])
            atoms[i].also = named[1:]

    def _stand_for(self, atom: Atom, antecedent: Mention) -> None:
        atom.mention = antecedent
        atom.symbol = self._speller.symbol_of(antecedent)
        atom.flags = Flags.MENTION
        atom.forms = None

    def _is_subject(self, atoms: list[Atom], i: int) -> bool:
        """Tell a pronoun that does something from "it was shown that" and from "these cells"."""
        after = atoms[i + 1 : i + 1 + _LOOK_AHEAD]
        if not after or not after[0].flags & (
            Flags.FINITE | Flags.BE | Flags.HAVE | Flags.MODAL | Flags.SKIP | Flags.VERB
        ):
            return False
        return not any(a.flags & Flags.THAT for a in after)

    def _tells_of_effect(self, atoms: list[Atom], i: int) -> bool:
        """Tell "their inhibitory effects on A" from "their own serum"."""
        for atom in atoms[i + 1 : i + 1 + _NEAR]:
            if atom.mention is not None or atom.flags & Flags.SEP:
                return False
            if atom.symbol in self._effects:
                return True
        return False

    def _names_its_agent(self, atoms: list[Atom], i: int) -> bool:
        """Tell "the injection of EVs", which says what was injected, from "the injection"."""
        after = atoms[i + 1 : i + 1 + _LOOK_AHEAD]
        if not after or after[0].symbol not in self._links:
            return False
        return self.agent([a.mention for a in after if a.mention is not None]) is not None

    def _antecedent(self, atoms: list[Atom], i: int) -> Mention | None:
        here = self.agent([a.mention for a in atoms[:i] if a.mention is not None])
        if here is not None:
            return here
        return next((m for m in reversed(self._recent) if m is not None), None)

    def carried(self, sentence: list[Atom], clause: list[Atom]) -> Mention | None:
        """Return the agent of a clause that names none but tells what changed: "Apoptosis was reduced."

        It is the one named before in the sentence, else in the last sentences. A clause that names a model, a
        preparation or an RNA tells of something else, and so does one with an agent that we do not know ("by rest"),
        but not one that tells what became of the effects told of before ("These effects were lost without miR-21").
        """
        inside = [a.mention for a in clause if a.mention is not None]
        if not inside or self.agent(inside) is not None:
            return None
        if not self._tells_of_told_effects(clause):
            types = {m.type for m in inside}
            changed = "OUTCOME" in types or any(a.flags & Flags.SELF for a in clause)
            if not changed or types & _OTHER_AGENTS or self._names_another(clause):
                return None
        first = min(m.start for m in inside)
        here = self.agent([a.mention for a in sentence if a.mention is not None and a.mention.start < first])
        return here or next((m for m in reversed(self._recent) if m is not None), None)

    def _tells_of_told_effects(self, clause: list[Atom]) -> bool:
        """Tell whether a clause points back at effects: "these good effects"."""
        return any(
            a.symbol in self._told_effects and any(b.symbol in self._articles for b in clause[max(0, i - _NEAR) : i])
            for i, a in enumerate(clause)
            if a.mention is None
        )

    def _names_another(self, clause: list[Atom]) -> bool:
        """Tell whether a clause says by what a thing was changed: "reduced by rest", not "accompanied by less pain"."""
        return any(
            a.symbol in self._by and a.mention is None and b.symbol != self._number and before.norm not in _ALONG
            for before, a, b in zip(clause, clause[1:], clause[2:], strict=False)
        )

    def agent(self, mentions: list[Mention]) -> Mention | None:
        """Return the leftmost component of some mentions, else their leftmost stem-like cell type."""
        component = next((m for m in mentions if m.type == "COMPONENT"), None)
        if component is not None:
            return component
        return next((m for m in mentions if m.type == "CELL_TYPE" and self._speller.stem_like(m)), None)


def _is_rna(atom: Atom) -> bool:
    return atom.mention is not None and atom.mention.type == "MIRNA"
