"""secretome-nlp: evidence on stem-cell secretomes, read from papers.

>>> import secretome_nlp
>>> nlp = secretome_nlp.load()  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from secretome_nlp.model import load_model
    from secretome_nlp.street import extract, load

__all__ = ["__version__", "extract", "load", "load_model"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the pipeline when it is first asked for, so that importing the package stays light."""
    if name in ("extract", "load"):
        return getattr(import_module("secretome_nlp.street"), name)
    if name == "load_model":
        return import_module("secretome_nlp.model").load_model
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
