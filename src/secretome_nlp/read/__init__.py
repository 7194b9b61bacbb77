"""Read: files of any supported format, found by content, become raw documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from secretome_nlp.read.decode import NotTextError, refuse_binary
from secretome_nlp.read.registry import BINARY, FORMATS, format_of
from secretome_nlp.read.source import READ_ERRORS, Source, expand, head_of, opened
from secretome_nlp.types import Failure, RawDocument

__all__ = ["FORMATS", "Source", "expand", "read_paths", "read_source"]


def read_paths(paths: Iterable[Path | str]) -> Iterator[RawDocument | Failure]:
    """Return the documents of files and folders (recursive, sorted), one by one, in a fixed order.

    The format is told by content; `.gz` is seen through. What cannot be read gives a Failure and the rest go
    on. Raises InputError at once, before anything is read, when a path does not exist or there is nothing to
    read.
    """
    return (item for source in expand(paths) for item in read_source(source))


def read_source(source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the documents of one file, as `expand` lists it; what is wrong is a Failure, never raised."""
    try:
        stream = opened(source.path)
    except OSError as error:
        yield Failure(source.path, None, f"cannot open the file: {error.strerror or error}")
        return
    with stream:
        try:
            head = head_of(stream)
            if not head:
                yield Failure(source.path, None, "the file is empty")
                return
            form = format_of(head, Path(source.path).name)
            if form.name not in BINARY:
                refuse_binary(head)
        except READ_ERRORS as error:
            yield Failure(source.path, None, f"the file is damaged or cut off: {error}")
            return
        except NotTextError as error:
            yield Failure(source.path, None, str(error))
            return
        found = False
        for item in form.read(stream, source):
            found = True
            yield item
        if not found:
            yield Failure(source.path, None, f"the file holds no document (read as {form.name})")
