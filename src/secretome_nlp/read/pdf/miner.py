"""Characters of a PDF by pdfminer.six: slower than pdfium, and where pdfium finds no meaning for a font's codes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTLine, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from secretome_nlp.read.pdf.glyphs import Glyph, Page, PdfError, Rule

UNKNOWN = "(cid:"


class _Collector(PDFLayoutAnalyzer):
    """Keeps the last page as pdfminer drew it, without pdfminer's own layout analysis."""

    page: LTPage | None = None

    def receive_layout(self, ltpage: LTPage) -> None:
        self.page = ltpage

    def render_char(self, matrix: Any, font: Any, *rest: Any) -> float:
        """Note the baseline, which pdfminer counts in with the box."""
        advance = super().render_char(matrix, font, *rest)
        drawn: Any = self.cur_item._objs[-1]
        drawn.base = drawn.y0 - font.get_descent() * drawn.size
        return float(advance)


def pages(data: bytes, most: int) -> Iterator[Page]:
    """Yield the first `most` pages. Raises PdfError where the PDF is encrypted or broken."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect as error:
        raise PdfError("the PDF is encrypted; save a copy without its password") from error
    except Exception as error:  # pdfminer raises whatever comes up in a broken file
        raise PdfError(f"not a PDF that can be opened ({type(error).__name__}); save it anew") from error
    resources = PDFResourceManager()
    collector = _Collector(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, collector)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= most:
            return
        try:
            interpreter.process_page(page)
        except Exception:
            yield Page(0, 0, [])
            continue
        drawn = collector.page
        if drawn is not None:
            things = list(_things(drawn))
            yield Page(drawn.width, drawn.height, list(_glyphs(things)), list(_rules(things)))


def _things(container: Any) -> Iterator[Any]:
    """Yield what was drawn, in the order of the file, forms opened."""
    waiting = [iter(container)]
    while waiting:
        thing = next(waiting[-1], None)
        if thing is None:
            waiting.pop()
        elif isinstance(thing, LTContainer):
            waiting.append(iter(thing))
        else:
            yield thing


def _glyphs(things: list[Any]) -> Iterator[Glyph]:
    apart = False
    drawn: list[Any] = [thing for thing in things if isinstance(thing, LTChar) and thing.upright]
    for thing in drawn:
        text = thing.get_text()
        if not text.strip():
            apart = True
            continue
        if text.startswith(UNKNOWN):
            text = "\ufffd"
        text = "-" if text in ("\u00ad", "\u2010", "\u2011") else text
        bold = any(word in thing.fontname.lower() for word in ("bold", "black"))
        yield Glyph(text, thing.x0, thing.x1, thing.base, thing.size, bold, apart)
        apart = False


def _rules(things: list[Any]) -> Iterator[Rule]:
    for thing in things:
        if isinstance(thing, LTLine | LTRect) and thing.height <= 2 and thing.width > 20:
            yield Rule(thing.x0, thing.x1, (thing.y0 + thing.y1) / 2)
