"""Characters of a PDF by pypdfium2: the fast way, in machine code.

Called by number and not through pypdfium2's helpers, which give text without sizes and baselines.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from secretome_nlp.read.pdf.glyphs import Glyph, Page, PdfError, Rule

HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-"}
MOST_GLYPHS = 200_000  # of one page; a page of a journal has 8,000
MOST_OBJECTS = 50_000
LONGEST_RULE_HEIGHT = 2.0  # points


def open_document(data: bytes) -> Any:
    """Open a PDF. Raises PdfError where it is encrypted or broken."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfError("the PDF is encrypted; save a copy without its password") from error
        raise PdfError(f"not a PDF that can be opened ({str(error).rstrip('.')}); save it anew") from error


def pages(document: Any) -> Iterator[Page]:
    """Yield the pages of a document one by one; one that cannot be loaded comes empty."""
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            yield Page(0, 0, [])
            continue
        text = page.get_textpage()
        width, height = page.get_width(), page.get_height()
        glyphs = _upright(list(_glyphs(text.raw)))
        yield Page(width, height, glyphs, list(_rules(page.raw)))
        text.close()
        page.close()


def _glyphs(text: Any) -> Iterator[tuple[Glyph, int]]:
    """Yield the characters with the quarter turns that each is set at."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), c.FS_RECTF()
    known: dict[int, tuple[float, bool, int]] = {}
    apart = False
    for index in range(min(c.FPDFText_CountChars(text), MOST_GLYPHS)):
        code = c.FPDFText_GetUnicode(text, index)
        written = HYPHENS.get(code) or (chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")
        generated = c.FPDFText_IsGenerated(text, index) == 1
        if written.isspace() or (generated and written != "-"):
            apart = apart or not generated  # what pdfium puts in is told by the gap as well
            continue
        if not written.isprintable() and code != 0xFFFD:
            continue
        kept = c.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(kept, ctypes.c_void_p).value or 0
        if address not in known:
            known[address] = _style(text, index, kept)
        size, bold, turns = known[address]
        c.FPDFText_GetCharOrigin(text, index, x, y)
        c.FPDFText_GetLooseCharBox(text, index, box)
        if turns % 2:
            sides = (box.bottom, box.top) if turns == 1 else (-box.top, -box.bottom)
            base = -x.value if turns == 1 else x.value
        else:
            sides, base = (box.left, box.right), y.value
        if all(map(math.isfinite, (*sides, base, size))):
            yield Glyph(written, *sides, base, size, bold, apart), turns
        apart = False


def _style(text: Any, index: int, kept: Any) -> tuple[float, bool, int]:
    """Return size, boldness and quarter turns of the text object of a character."""
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(text, index, matrix)
    size = c.FPDFText_GetFontSize(text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    turns = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    name = ctypes.create_string_buffer(128)
    font = c.FPDFTextObj_GetFont(kept) if kept else None
    if font:
        c.FPDFFont_GetBaseFontName(font, name, 128)
    bold = c.FPDFText_GetFontWeight(text, index) >= 600 or any(w in name.value.lower() for w in (b"bold", b"black"))
    return size, bold, turns


def _upright(found: list[tuple[Glyph, int]]) -> list[Glyph]:
    """Keep the characters that stand as most do: a page set sideways whole, without stamps along the margin."""
    votes = [sum(turns == way for _, turns in found) for way in range(4)]
    most = votes.index(max(votes))
    return [glyph for glyph, turns in found if turns == most]


def _rules(page: Any) -> Iterator[Rule]:
    """Yield the ruled lines that run across the page, and the edges of flat boxes."""
    left, low, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(c.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        thing = c.FPDFPage_GetObject(page, index)
        if c.FPDFPageObj_GetType(thing) != c.FPDF_PAGEOBJ_PATH:
            continue
        c.FPDFPageObj_GetBounds(thing, left, low, right, top)
        if abs(top.value - low.value) <= LONGEST_RULE_HEIGHT and right.value - left.value > 20:
            yield Rule(left.value, right.value, (top.value + low.value) / 2)
