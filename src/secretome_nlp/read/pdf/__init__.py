"""PDF: characters with their places become columns, paragraphs, captions, footnotes, in reading order.

pypdfium2 gives the characters, pdfminer.six where pdfium finds no meaning in them (both come with the extra `pdf`). The
work is done in a process of its own, with bounds on pages, time and memory, since a PDF is a program that strangers
wrote. Words that were broken at line ends are made whole when the text is cleaned.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import secretome_nlp
from secretome_nlp.read.pdf.glyphs import PdfError
from secretome_nlp.read.source import MAX_CHARACTERS, READ_ERRORS, ByteStream, Source
from secretome_nlp.types import Failure, RawDocument, Section

NAME = "pdf"
MAX_FILE = 300_000_000  # bytes
SECONDS = 120
MISSING = "PDF needs the extra `pdf`: pip install 'secretome-nlp[pdf]'"


def detect(head: bytes, name: str) -> bool:
    """Tell whether a file that begins with `head` is a PDF; readers of PDF allow for some bytes before its mark."""
    del name
    return b"%PDF-" in head[:1024]


def read(stream: ByteStream, source: Source) -> Iterator[RawDocument | Failure]:
    """Yield the file as one document; what is wrong with it is one Failure."""
    try:
        data = stream.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise PdfError(f"the PDF is over {MAX_FILE // 1_000_000} MB; split it")
        found = _in_child(data)
        if len(found["text"]) > MAX_CHARACTERS:
            raise PdfError(f"too long for one document: over {MAX_CHARACTERS:,} characters; split it")
    except (PdfError, *READ_ERRORS) as error:
        yield Failure(source.path, source.stem, str(error))
        return
    sections = tuple(Section(*section) for section in found["sections"])
    yield RawDocument(source.stem, source.path, NAME, found["title"], found["text"], "laid_out", sections)


def _in_child(data: bytes) -> Any:
    """Read a PDF in another process. Raises PdfError where that gives no text or takes too long."""
    if find_spec("pypdfium2") is None and find_spec("pdfminer") is None:
        raise PdfError(MISSING)
    root = str(Path(secretome_nlp.__file__).parents[1])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-W", "ignore", "-m", "secretome_nlp.read.pdf.child"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"the PDF takes over {SECONDS} seconds to read; save it anew or split it") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise PdfError(f"the PDF cannot be read: its reader ended with code {done.returncode}; save it anew") from error
    if "error" in answer:
        raise PdfError(answer["error"])
    return answer
