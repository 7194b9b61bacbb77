"""Clean: raw documents become texts ready for analysis, every character traceable to its source."""

from __future__ import annotations

from secretome_nlp.clean.cleaner import clean

__all__ = ["clean"]
