"""Ground: give each mention the ids of the concepts that it stands for."""

from secretome_nlp.ground.index import Grounder

__all__ = ["Grounder"]
