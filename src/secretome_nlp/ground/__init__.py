"""Ground: give each mention the ids of the concepts that it stands for."""

from secretome_nlp.ground.index import Grounder
from secretome_nlp.ground.surfaces import Surfaces, table

__all__ = ["Grounder", "Surfaces", "table"]
