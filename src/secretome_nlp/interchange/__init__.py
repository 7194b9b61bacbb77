"""Gold and output in the formats of annotation tools, and back: brat standoff, BioC JSON, spaCy DocBin."""

from __future__ import annotations

from secretome_nlp.interchange.convert import FORMATS, detect, read, write
from secretome_nlp.interchange.document import Annotated, Link, Mark

__all__ = ["FORMATS", "Annotated", "Link", "Mark", "detect", "read", "write"]
