"""Python's cyclic garbage collector, held while millions of objects are made that all stay, and kept off them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Hold the collector: it would walk all that was made before, again and again, and find nothing to free."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def spare() -> None:
    """Leave what stands now to this process for good: each full collection would walk all of it for nothing.

    For processes that read documents and then end, since what is garbage by now is spared as well.
    """
    gc.freeze()
