"""A small typesetter: two-column PDFs of known text, for tests and measurements.

Words are set justified, broken with a hyphen where need be, in the standard fonts; `miR-21^{1}` raises the 1, `_{2}`
lowers the 2. A page can have a running head, a running foot, footnotes, a title and a table across both columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pdfminer.fontmetrics import FONT_METRICS

FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}
NAMES = {name: f"/F{number}" for number, name in enumerate(FONTS)}
WIDTH, HEIGHT, MARGIN, GUTTER = 595.0, 842.0, 54.0, 20.0
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
PIECES = re.compile(r"\^\{([^}]*)\}|_\{([^}]*)\}|([^\^_]+|[\^_])")
SHORT = 4  # letters that a broken word leaves on either line at least


def width_of(text: str, size: float, font: str) -> float:
    """Return the width of a text in points."""
    widths = FONT_METRICS[FONTS[font]][1]
    return sum(widths.get(c, 500) for c in text) * size / 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a word: its text, its size and how far it is raised, as shares of the line's size."""

    text: str
    scale: float = 1.0
    rise: float = 0.0


def pieces(word: str) -> list[Piece]:
    """Cut a word at what is raised and lowered."""
    return [
        Piece(m[1], 0.65, 0.38) if m[1] is not None else Piece(m[2], 0.65, -0.15) if m[2] is not None else Piece(m[3])
        for m in PIECES.finditer(word)
    ]


def plain(text: str) -> str:
    """Return the text as a reader should give it: raised reference numbers in brackets, lowered ones in the word."""
    return re.sub(r"_\{([^}]*)\}", r"\1", re.sub(r"\^\{([^}]*)\}", r" [\1]", text))


def word_width(word: str, size: float, font: str) -> float:
    """Return the width of a word with raised and lowered pieces."""
    return sum(width_of(piece.text, size * piece.scale, font) for piece in pieces(word))


@dataclass
class Sheet:
    """Drawing commands of one page."""

    commands: list[str] = field(default_factory=list)

    def word(self, x: float, y: float, word: str, size: float, font: str = "roman") -> float:
        """Set a word; return where it ends."""
        for piece in pieces(word):
            shown = piece.text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(")
            shown = shown.replace(b")", b"\\)")
            scale, base = size * piece.scale, y + size * piece.rise
            self.commands.append(
                f"BT {NAMES[font]} {scale:.2f} Tf {x:.2f} {base:.2f} Td ({shown.decode('latin-1')}) Tj ET"
            )
            x += width_of(piece.text, scale, font)
        return x

    def line(self, x: float, y: float, words: list[str], size: float, font: str, width: float | None = None) -> None:
        """Set a line of words, justified where a width is given."""
        space = width_of(" ", size, font)
        if width is not None and len(words) > 1:
            space = (width - sum(word_width(w, size, font) for w in words)) / (len(words) - 1)
        for word in words:
            x = self.word(x, y, word, size, font) + space

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a line across."""
        self.commands.append(f"0.6 w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")


def broken(text: str, width: float, size: float, font: str, indent: float = 0.0) -> list[tuple[list[str], bool]]:
    """Break a paragraph into lines: each the words and whether it is the last; long words are broken with a hyphen."""
    space, words = width_of(" ", size, font), text.split()
    lines: list[tuple[list[str], bool]] = []
    line: list[str] = []
    room = width - indent
    while words:
        word = words[0]
        needed = word_width(word, size, font) + (space if line else 0)
        if needed <= room:
            line.append(words.pop(0))
            room -= needed
            continue
        cut = _cut(word, room - (space if line else 0), size, font)
        if cut:
            line.append(word[:cut] + "-")
            words[0] = word[cut:]
        elif not line:
            line.append(words.pop(0))
        lines.append((line, False))
        line, room = [], width
    return [*lines, (line, True)] if line else [*lines[:-1], (lines[-1][0], True)]


def _cut(word: str, room: float, size: float, font: str) -> int:
    """Return how many letters of a word fit before a hyphen; 0 where it is not broken."""
    if not word.isalpha() or not word.islower() or len(word) < 2 * SHORT + 1:
        return 0
    fits = [n for n in range(SHORT, len(word) - SHORT + 1) if width_of(word[:n] + "-", size, font) <= room]
    return fits[-1] if fits else 0


@dataclass
class Paper:
    """A two-column paper that grows page by page."""

    head: str = ""
    size: float = 10.0
    columns: int = 2
    sheets: list[Sheet] = field(default_factory=list)
    column: int = 0
    y: float = 0.0
    top: float = 0.0
    floors: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page()

    @property
    def measure(self) -> float:
        """The width of a column."""
        return (WIDTH - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns

    @property
    def x(self) -> float:
        """The left edge of the column."""
        return MARGIN + self.column * (self.measure + GUTTER)

    def page(self) -> None:
        """Begin a page, with its head and number."""
        self.sheets.append(Sheet())
        number = len(self.sheets)
        if self.head:
            self.sheets[-1].line(MARGIN, HEIGHT - 36, self.head.split(), 8, "italic")
        self.sheets[-1].line(WIDTH / 2 - 4, 30, [str(number)], 8, "roman")
        self.column, self.top = 0, HEIGHT - 70
        self.y, self.floors = self.top, [60.0] * self.columns

    def across(self, text: str, size: float, font: str = "roman", after: float = 10.0) -> None:
        """Set a paragraph over all columns, at the top of a page."""
        for words, last in broken(text, WIDTH - 2 * MARGIN, size, font):
            self.sheets[-1].line(MARGIN, self.y, words, size, font, None if last else WIDTH - 2 * MARGIN)
            self.y -= size * 1.2
        self.y -= after
        self.top = self.y

    def footnote(self, text: str) -> None:
        """Set a footnote below the column that is being filled."""
        size = self.size * 0.75
        lines = broken(text, self.measure, size, "roman")
        self.floors[self.column] += len(lines) * size * 1.2 + 8
        y = self.floors[self.column] - 8 - size
        self.sheets[-1].rule(self.x, y + size * 1.3, 60)
        for words, last in lines:
            self.sheets[-1].line(self.x, y, words, size, "roman", None if last else self.measure)
            y -= size * 1.2

    def paragraph(self, text: str, size: float = 0.0, font: str = "roman", indent: float = 10.0) -> None:
        """Set a paragraph in the columns; it goes on in the next column or page."""
        size = size or self.size
        for number, (words, last) in enumerate(broken(text, self.measure, size, font, indent)):
            self._room(size)
            shift = indent if number == 0 else 0.0
            width = None if last else self.measure - shift
            self.sheets[-1].line(self.x + shift, self.y, words, size, font, width)
            self.y -= size * 1.2

    def heading(self, text: str) -> None:
        """Set a heading, bold, with some room around it."""
        self._room(self.size * 5)
        self.y -= self.size * 0.6
        self.sheets[-1].line(self.x, self.y, text.split(), self.size, "bold")
        self.y -= self.size * 1.5

    def table(self, caption: str, rows: list[list[str]], across: bool = False) -> None:
        """Set a table with its caption: over all columns at the top of a page, or in the column."""
        size = self.size * 0.85
        width = WIDTH - 2 * MARGIN if across else self.measure
        x, step = (MARGIN if across else self.x), width / len(rows[0])
        if not across:
            self._room(size * 1.4 * (len(rows) + 4))
            self.y -= size
        for words, _ in broken(caption, width, size, "bold"):
            self.sheets[-1].line(x, self.y, words, size, "bold")
            self.y -= size * 1.2
        self.sheets[-1].rule(x, self.y + size * 0.7, width)
        self.y -= size * 0.6
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                self.sheets[-1].line(x + column * step + 2, self.y, cell.split(), size, "roman")
            self.y -= size * 1.35
            if number == 0:
                self.sheets[-1].rule(x, self.y + size * 0.9, width)
                self.y -= size * 0.3
        self.sheets[-1].rule(x, self.y + size * 0.9, width)
        self.y -= size * 1.5
        if across:
            self.top = self.y

    def _room(self, size: float) -> None:
        """Go on to the next column or page where this one is full."""
        if self.y - size > self.floors[self.column]:
            return
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.top
        else:
            self.page()

    def pdf(self) -> bytes:
        """Return the file."""
        return pdf_of(["\n".join(sheet.commands).encode("latin-1") for sheet in self.sheets])


def pdf_of(contents: list[bytes], extra: str = "") -> bytes:
    """Return a PDF whose pages have these content streams; `extra` goes into each page's dictionary."""
    fonts = {
        number + 3: f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode()
        for number, font in enumerate(FONTS.values())
    }
    first = 3 + len(fonts)
    used = " ".join(f"{NAMES[name]} {number + 3} 0 R" for number, name in enumerate(FONTS))
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", **fonts}
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode()
    for n, content in enumerate(contents):
        objects[first + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:.0f} {HEIGHT:.0f}] /Contents {first + 2 * n + 1} 0 R "
            f"/Resources << /Font << {used} >> >> {extra} >>"
        ).encode()
        objects[first + 2 * n + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return file_of(objects)


def file_of(objects: dict[int, bytes], trailer: str = "") -> bytes:
    """Return a PDF file of numbered objects."""
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, last = len(out), max(objects)
    out += f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, last + 1):
        out += f"{places.get(number, 0):010} 00000 {'n' if number in places else 'f'} \n".encode()
    return out + f"trailer\n<< /Size {last + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
