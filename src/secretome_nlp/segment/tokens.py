"""Words: the one tokenisation that every stage and the parser share.

Hyphens, slashes and brackets always stand alone ("MSC-EVs" is three tokens), as in CRAFT's treebank, so that
a mention inside a compound still falls on token boundaries. Numbers keep their decimal point, and dotted
abbreviations ("i.v.", "e.g.") their stops.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from secretome_nlp.types import Token

WORD = re.compile(
    r"""
      \d+(?:[.,]\d+)+            # 0.05  1,000
    | (?:[^\W\d_]\.){2,}         # i.v.  e.g.
    | ['’]s\b                    # possessive, as treebanks split it
    | [^\W_⁰¹²³⁴-⁹]+            # MSC  miR210  H9c2
    | [⁰¹²³⁴-⁹]+                 # raised: of a reference or a power, never of the word before
    | [^\w\s] | _
    """,
    re.VERBOSE,
)

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron",
    "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega",
}  # fmt: skip
#: Letters of other alphabets that authors and converters put for Greek ones ("IL-1ß", "NF-ĸB").
LOOK_ALIKES = {"ß": "beta", "ɑ": "alpha", "ɣ": "gamma", "ĸ": "kappa"}
_SPELLED = GREEK | LOOK_ALIKES


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold a word for look-up: compatibility forms and accents resolved, Greek spelled out, lower case."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word).lower()
    return "".join(_SPELLED.get(c, c) for c in plain if not unicodedata.combining(c))


#: Texts up to this length are read several together, and their words kept as long; of longer ones few are kept.
SHORT = 40_000


def find(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` in order; white space is between them, never in them."""
    return _of_short(text) if len(text) <= SHORT else _of_long(text)


def _find(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    end = 0
    for word in WORD.findall(text):
        # Nothing but white space lies between words, so the next one is found at once; a match object costs more.
        start = text.index(word, end)
        end = start + len(word)
        found.append(tuple.__new__(Token, (start, end, word, fold(word), 0)))
    return tuple(found)


# Every stage asks for the words of the documents at hand.
_of_short = lru_cache(maxsize=16)(_find)
_of_long = lru_cache(maxsize=4)(_find)
