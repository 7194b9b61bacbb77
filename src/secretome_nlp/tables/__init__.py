"""Tables: rows become evidence records, each slot standing on mentions of the cells' words."""

from secretome_nlp.tables.blocks import places, walled
from secretome_nlp.tables.products import with_products
from secretome_nlp.tables.records import find

__all__ = ["find", "places", "walled", "with_products"]
