"""PubMed XML without the parts that nothing here reads, so that the parser has a third of the work.

Headings, substances, reference lists, history and all authors but the first are cut out of the bytes before they are
parsed. What is left is XML of the same form: a file that ends too early still breaks, and a citation that holds a
comment, a CDATA section, a declaration or an abstract in another language is left as it is.
"""

from __future__ import annotations

from secretome_nlp.read.source import MAX_BYTES, ByteStream

BLOCK = 1 << 18
END = b"</PubmedArticle>"
#: Each stretch from the end of the first mark to the start of the second is cut out; they come in this order.
UNREAD = (
    (b"</Author>", b"</AuthorList>"),
    (b"</Article>", b"</MedlineCitation>"),
    (b"<PubmedData>", b"<ArticleIdList>"),
    (b"</ArticleIdList>", b"</PubmedData>"),
)
KEPT = b"<OtherAbstract"


class Pruned:
    """A stream of bytes for an XML parser: another one, citation by citation, cut short."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream, self._rest = stream, b""

    def read(self, _size: int = -1) -> bytes:
        """Return the next bytes, b"" at the end. Raises what READ_ERRORS lists."""
        while True:
            block = self._stream.read(BLOCK)
            if not block:
                rest, self._rest = self._rest, b""
                return rest
            data = self._rest + block
            end = data.rfind(END)
            if end < 0 and len(data) < MAX_BYTES:
                self._rest = data
                continue
            cut = end + len(END) if end >= 0 else len(data)
            self._rest = data[cut:]
            return END.join([*map(pruned, data[:cut].split(END)[:-1]), b""]) if end >= 0 else data


def pruned(citation: bytes) -> bytes:
    """Return the bytes of a citation without what is not read."""
    if b"<!" in citation or KEPT in citation:
        return citation
    kept, at = [], 0
    for opening, closing in UNREAD:
        start = citation.find(opening, at)
        if start < 0:
            continue
        start += len(opening)
        end = citation.find(closing, start)
        if end >= 0:
            kept.append(citation[at:start])
            at = end
    kept.append(citation[at:])
    return b"".join(kept)
