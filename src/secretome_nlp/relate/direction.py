"""Which way a reading goes: from its verb, what the verb turns round, and what is better or worse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from secretome_nlp.knowledge.rules import RuleDirection
from secretome_nlp.relate.alphabet import Sense
from secretome_nlp.relate.atoms import Atom
from secretome_nlp.types import Direction, Mention

Polarity = Callable[[Mention], Literal["higher_better", "lower_better"] | None]

_SIGN = {"increase": 1, "decrease": -1}
_OF_SIGN: dict[int, Direction] = {1: "increase", -1: "decrease", 0: "none"}
_FLIP: dict[Direction | None, Direction | None] = {"increase": "decrease", "decrease": "increase"}


class Compass:
    """Works out directions; `polarity` is asked first, then the words that make an outcome a bad one."""

    def __init__(self, senses: dict[str, Sense], worse_when_higher: frozenset[str], polarity: Polarity | None) -> None:
        self.senses = senses
        self.worse_when_higher = worse_when_higher
        self.polarity = polarity

    def direction(
        self, wanted: RuleDirection | None, trigger: Atom | None, modifier: Atom | None, tail: Mention
    ) -> Direction | None:
        """Return the direction that a rule wants for one pair of mentions."""
        if wanted is None or wanted in ("increase", "decrease", "none"):
            return wanted
        if wanted == "better":
            return "decrease" if self._lower_is_better(tail) else "increase"
        own = self._of(trigger, tail)
        if wanted == "inverse":
            return _FLIP.get(own, own)
        if wanted == "compose" and modifier is not None:
            turned = -1 if trigger is not None and self._sense(trigger).reverses else _SIGN.get(own or "", 0)
            return _OF_SIGN[turned * _SIGN.get(self._of(modifier, tail) or "", 0)]
        return own

    def _sense(self, atom: Atom) -> Sense:
        return self.senses.get(atom.symbol) or Sense(None, None, False)

    def _of(self, atom: Atom | None, tail: Mention) -> Direction | None:
        if atom is None:
            return None
        sense = self._sense(atom)
        if sense.polar is None:
            return sense.direction
        bad = self._lower_is_better(tail)
        if bad is None:
            return sense.direction
        return "decrease" if bad == (sense.polar == "better") else "increase"

    def _lower_is_better(self, tail: Mention) -> bool | None:
        """Tell whether less of the tail is better; None where only the verb can say."""
        known = self.polarity(tail) if self.polarity is not None else None
        if known is not None:
            return known == "lower_better"
        if tail.type not in ("OUTCOME", "MODEL"):
            return None
        words = tail.text.lower().replace("-", " ").split()
        return any(word in self.worse_when_higher for word in words)
