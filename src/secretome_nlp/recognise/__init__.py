"""Recognise: find every mention of a text, by lexicon, grammar and the document's own definitions."""

from secretome_nlp.recognise.compile import Recogniser, compile_recogniser

__all__ = ["Recogniser", "compile_recogniser"]
