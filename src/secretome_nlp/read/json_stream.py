"""JSON too large to load: the objects of an array or of a sequence, one at a time, in bounded memory.

A file is decoded piece by piece and cut with `json.JSONDecoder.raw_decode`; an object that is not whole yet is
tried again when the text read has doubled, so that the work stays linear.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from secretome_nlp.read.decode import encoding_of
from secretome_nlp.read.source import ByteStream

PIECE = 1 << 18
MAX_OBJECT = 64_000_000  # characters; annotated full texts of PubMed Central stay below 10 million
MAX_BETWEEN = 1 << 30  # bytes of what is no object; what goes on longer is an attack or a fault
BETWEEN = re.compile(r"[\s,\[\]]*")
CUT_OFF = 16  # an error so near to the end of what was read may be that the rest is missing
_DECODER = json.JSONDecoder()


class BrokenJsonError(ValueError):
    """The JSON cannot be read on; the message says why, in one line."""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode a byte that is no UTF-8 as Windows-1252, as `decode.decode_line` does for a line."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("secretome_cp1252", _as_cp1252)


class _Text:
    """The text of a stream, as much of it as was asked for."""

    def __init__(self, stream: ByteStream) -> None:
        encoding = encoding_of(stream.peek(4)[:4]) or "utf-8"
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("secretome_cp1252" if "8" in encoding else "replace")
        self.text, self.at, self.ended = "", 0, False

    def more(self) -> bool:
        """Read on, dropping what was dealt with; tell whether anything came."""
        if self.ended:
            return False
        data = self._stream.read(max(PIECE, len(self.text) - self.at))
        self.ended = not data
        self.text = self.text[self.at :] + self._decoder.decode(data, final=self.ended)
        self.at = 0
        return not self.ended


def objects(stream: ByteStream, array: re.Pattern[str] | None) -> Iterator[Any]:
    """Yield the members of each array that follows a match of `array`; without it, the values of the file.

    Values of the file may stand in one array, one a line, or one after the other. Raises BrokenJsonError where the
    JSON ends too early or breaks, and what READ_ERRORS lists.
    """
    text = _Text(stream)
    text.more()
    text.text = text.text.removeprefix("\ufeff")
    while array is None or _find(text, array):
        yield from _members(text, one_array=array is not None)
        if array is None:
            return


def _find(text: _Text, array: re.Pattern[str]) -> bool:
    """Go on to the end of the next match of `array`; tell whether there is one."""
    passed = 0
    while True:
        found = array.search(text.text, text.at)
        if found:
            text.at = found.end()
            return True
        passed += len(text.text) - text.at
        text.at = max(text.at, len(text.text) - 200)  # a match may be cut in two
        if passed > MAX_BETWEEN or not text.more():
            return False


def _members(text: _Text, one_array: bool) -> Iterator[Any]:
    while True:
        gap = BETWEEN.match(text.text, text.at)
        end = gap.end() if gap else text.at
        if one_array and "]" in text.text[text.at : end]:
            text.at = text.text.index("]", text.at) + 1
            return
        text.at = end
        if end == len(text.text):
            if text.more():
                continue
            if one_array:
                raise BrokenJsonError("the file ends in the middle of its documents")
            return
        yield _value(text)


def _value(text: _Text) -> Any:
    """Decode the value that begins here."""
    while True:
        try:
            value, text.at = _DECODER.raw_decode(text.text, text.at)
            return value
        except RecursionError as error:
            raise BrokenJsonError("values are nested too deeply") from error
        except json.JSONDecodeError as error:
            length = len(text.text) - text.at
            unfinished = error.msg.startswith("Unterminated") or error.pos >= len(text.text) - CUT_OFF
            if length > MAX_OBJECT:
                raise BrokenJsonError(f"one document is over {MAX_OBJECT // 1_000_000} million characters") from error
            if not unfinished or not text.more():
                what = "the file ends in the middle of a document" if unfinished else error.msg
                raise BrokenJsonError(what) from error
        except ValueError as error:  # a number of too many digits
            raise BrokenJsonError(str(error).splitlines()[0][:120]) from error
