"""Gzip files unpacked as they are read, with a bound on how much may come out of how little.

Like `gzip.GzipFile`, but in larger pieces, which is a third faster on PubMed's files, and with an end to bombs.
Format: RFC 1952; several members may follow one another, and zeros may fill up the end.
"""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1 << 17
HARMLESS = 64_000_000  # bytes that any file may unpack to
MOST_TO_ONE = 200  # and how many times its size beyond that; text is packed 3 to 15 to 1, zeros 1,000 to 1
WITH_HEADER = 16 + zlib.MAX_WBITS


class Inflated(io.RawIOBase):
    """The content of a gzip file.

    Reading raises zlib.error where the file is damaged, EOFError where it is cut off, and OSError where it unpacks to
    over MOST_TO_ONE times the bytes that were read of it.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self._file = Path(path).open("rb")  # noqa: SIM115 -- closed by `close`
        self._inflater = zlib.decompressobj(WITH_HEADER)
        self._packed, self._begun = b"", False
        self._taken = self._given = 0

    def readable(self) -> bool:
        """Say that bytes can be read."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer; return how many bytes were written, 0 at the end."""
        room = memoryview(buffer).cast("B")
        data = self._some(len(room))
        room[: len(data)] = data
        return len(data)

    def _some(self, most: int) -> bytes:
        """Return up to `most` bytes, b"" at the end."""
        while True:
            if self._inflater.eof:
                self._packed = self._inflater.unused_data.lstrip(b"\x00")
                self._inflater, self._begun = zlib.decompressobj(WITH_HEADER), False
            if not self._packed:
                self._packed = self._file.read(PIECE)
                self._taken += len(self._packed)
                if not self._begun:
                    self._packed = self._packed.lstrip(b"\x00")
                if not self._packed:
                    if self._begun:
                        raise EOFError("the gzip file is cut off")
                    return b""
            data = self._inflater.decompress(self._packed, most)
            self._begun, self._packed = True, self._inflater.unconsumed_tail
            if data:
                self._given += len(data)
                if self._given > HARMLESS and self._given > MOST_TO_ONE * self._taken:
                    raise OSError(f"it unpacks to over {MOST_TO_ONE} times its size; a bomb, or no text")
                return data
