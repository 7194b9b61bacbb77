"""A PDF's pages to a text with sections: characters, rows, tables, columns, edges, blocks, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from secretome_nlp.read.pdf.blocks import Block, Cutter
from secretome_nlp.read.pdf.columns import regions
from secretome_nlp.read.pdf.edges import without_edges
from secretome_nlp.read.pdf.glyphs import Page, PdfError
from secretome_nlp.read.pdf.rows import rows_of
from secretome_nlp.read.pdf.tables import with_tables

MAX_PAGES = 2_000
UNREADABLE = 0.2  # share of characters without meaning from which a page is read again by pdfminer


def contents(data: bytes) -> dict[str, Any]:
    """Return title, text and sections ([title, kind, start, end]) of a PDF.

    Raises PdfError (one line) where it is encrypted, broken, too long or without text.
    """
    laid = [(page.height, with_tables(rows_of(page.glyphs), page.rules)) for page in _pages(data)]
    kept = without_edges(laid)
    blocks = Cutter([list(regions(rows)) for rows in kept]).run()
    if not any(any(map(str.isalnum, block.text)) for block in blocks):
        raise PdfError("the PDF has no text, only pictures; run it through text recognition (OCR) first")
    return _assembled(blocks)


def _pages(data: bytes) -> Iterator[Page]:
    """Yield the pages, by pdfium, or by pdfminer where pdfium is missing or finds no meaning for the characters."""
    try:
        from secretome_nlp.read.pdf import pdfium
    except ImportError:
        pdfium = None  # type: ignore[assignment]
    if pdfium is None:
        yield from _mined(data)
        return
    document = pdfium.open_document(data)
    try:
        _bounded(len(document))
        found = list(pdfium.pages(document))
    finally:
        document.close()
    if _is_unreadable(found):
        mined = list(_mined(data))
        found = found if _is_unreadable(mined) else mined
    yield from found


def _mined(data: bytes) -> Iterator[Page]:
    from secretome_nlp.read.pdf import miner

    for number, page in enumerate(miner.pages(data, MAX_PAGES + 1), start=1):
        _bounded(number)
        yield page


def _bounded(pages: int) -> None:
    if pages > MAX_PAGES:
        raise PdfError(f"the PDF has over {MAX_PAGES:,} pages; split it")


def _is_unreadable(pages: Iterable[Page]) -> bool:
    texts = [glyph.text for page in pages for glyph in page.glyphs]
    return bool(texts) and sum(text == "\ufffd" for text in texts) > UNREADABLE * len(texts)


def _assembled(blocks: list[Block]) -> dict[str, Any]:
    """Write the blocks out, a blank line between them."""
    parts: list[str] = []
    sections: list[tuple[str, str, int, int]] = []
    length, title = 0, ""
    for block in blocks:
        text = block.text
        if not text.strip():
            continue
        if parts:
            parts.append("\n\n")
            length += 2
        parts.append(text)
        sections.append(("", block.kind, length, length + len(text)))
        length += len(text)
        if block.kind == "title":
            title = title or " ".join(text.split())
    return {"title": title, "text": "".join(parts), "sections": sections}
