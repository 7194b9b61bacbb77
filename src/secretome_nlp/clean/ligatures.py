"""Characters that printing made: ligatures become letters, odd spaces and soft hyphens plain ones.

Greek letters, mathematical signs and typographic quotes and dashes are text and stay.
"""

from __future__ import annotations

import re

from secretome_nlp.clean.aligned_text import AlignedText

LETTERS = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
    "\u00b5": "μ",  # the micro sign, which looks the same as the Greek letter
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ",
    "\u2010": "-", "\u2011": "-",
    "\r\n": "\n", "\r": "\n", "\x0b": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x00": "",
}  # fmt: skip
PRINTED = re.compile("\r\n|[" + "".join(key for key in LETTERS if len(key) == 1) + "]")


def resolve(text: AlignedText) -> AlignedText:
    """Write ligatures as their letters, and line ends, spaces and hyphens in one way each."""
    return text.substitute(PRINTED, lambda match: LETTERS[match.group()])
