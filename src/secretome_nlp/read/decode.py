"""Bytes to text: which encoding, or no text at all."""

from __future__ import annotations

import codecs

from secretome_nlp.read.source import MAX_BYTES, MAX_CHARACTERS, ByteStream

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KNOWN_BINARY = (
    (b"PK\x03\x04", "a zip archive (or an Office document); unpack it or save it as text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"BZh", "a bzip2 file; unpack it first"),
    (b"\xfd7zXZ", "an xz file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
)
CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}) + b"\x7f"


class NotTextError(ValueError):
    """The bytes are no text; the message says what they seem to be."""


def encoding_of(head: bytes) -> str | None:
    """Return the encoding that a byte-order mark states, or None."""
    return next((name for mark, name in BOMS if head.startswith(mark)), None)


def refuse_binary(head: bytes) -> None:
    """Raise NotTextError when `head`, the start of a file, cannot be the start of a text."""
    for magic, what in KNOWN_BINARY:
        if head.startswith(magic):
            raise NotTextError(f"not a text file: {what}")
    if head[257:262] == b"ustar":
        raise NotTextError("not a text file: a tar archive; unpack it first")
    if encoding_of(head):
        return
    if b"\x00" in head or sum(head.count(byte) for byte in CONTROL) > len(head) // 10:
        raise NotTextError("not a text file: it holds binary data")


def decode(data: bytes) -> str:
    """Return the text of `data`: by its byte-order mark, else UTF-8, else Windows-1252, else Latin-1.

    Raises NotTextError for bytes that do not decode as the mark promises.
    """
    marked = encoding_of(data)
    if marked:
        try:
            return data.decode(marked)
        except UnicodeDecodeError as error:
            raise NotTextError(f"the file says it is {marked}, and is not: {error.reason}") from error
    return decode_line(data)


def decode_line(data: bytes) -> str:
    """Return the text of a part of a file, where no mark can stand: UTF-8, else Windows-1252."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def whole_text(stream: ByteStream) -> str:
    """Read and decode a whole file as one text, line ends made `\\n`.

    Raises NotTextError when it is empty, binary, or longer than one document may be.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NotTextError(f"too long for one document: over {MAX_BYTES // 1_000_000} MB; split it")
    refuse_binary(data[:8192])
    text = decode(data)
    if len(text) > MAX_CHARACTERS:
        raise NotTextError(f"too long for one document: over {MAX_CHARACTERS:,} characters; split it")
    if not text.strip():
        raise NotTextError("the file is empty")
    return text
