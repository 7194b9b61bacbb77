"""Tables: rows become evidence records, each slot standing on mentions of the cells' words."""

from secretome_nlp.tables.records import find, regions

__all__ = ["find", "regions"]
