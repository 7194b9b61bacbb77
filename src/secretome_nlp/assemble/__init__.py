"""Assemble: evidence records, one per study, test article, model and setting."""

from secretome_nlp.assemble.records import find

__all__ = ["find"]
