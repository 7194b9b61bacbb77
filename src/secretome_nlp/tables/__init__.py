"""Tables: rows become evidence records, each slot standing on mentions of the cells' words."""

from secretome_nlp.tables.products import with_products
from secretome_nlp.tables.records import find
from secretome_nlp.tables.regions import regions, walled

__all__ = ["find", "regions", "walled", "with_products"]
