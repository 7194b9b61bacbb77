"""The process that a PDF is read in: bytes on standard input, JSON on standard output.

It limits its own memory, so that no file, however made, harms the process that asked for it.
"""

from __future__ import annotations

import json
import sys

MEMORY = 3 << 30  # bytes of address space


def main() -> None:
    """Read one PDF; answer `{"error": ...}` where it gives no text."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):  # not on every system
        pass
    from secretome_nlp.read.pdf.document import contents
    from secretome_nlp.read.pdf.glyphs import PdfError

    answer: dict[str, object]
    try:
        answer = contents(sys.stdin.buffer.read())
    except PdfError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"the PDF needs more than {MEMORY >> 30} GB of memory; save it anew or split it"}
    except RecursionError:
        answer = {"error": "the PDF's objects are nested without end"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
