"""Reading order and whole words of two-column PDFs, beside pdfminer.six and pypdfium2 alone.

`python benchmarks/pdf.py [--papers N] [--smoke]` typesets papers from the sample abstracts (two columns, justified,
words broken at line ends, raised reference numbers, running heads and page numbers): plain, with footnotes, with a
title and a table across both columns. For each extractor, over the running text of the paper:

order   2 × longest common sequence of words / (words set + words read)
found   longest common sequence of words / words set (extra words, such as heads and notes, cost nothing)
whole   share of the words set that stand in the text read, whole, as often as they were set

and the pages read a second. Words are what stands between spaces, without punctuation at their ends.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.typeset import Paper, plain  # noqa: E402

from secretome_nlp.clean import clean  # noqa: E402
from secretome_nlp.read import read_paths  # noqa: E402
from secretome_nlp.types import MINED_KINDS, RawDocument  # noqa: E402

SAMPLES = ROOT / "corpus" / "samples" / "samples.jsonl"
HEADINGS = ("Introduction", "Materials and methods", "Results", "Discussion")
ROWS = [
    ["Cells", "Component", "Delivery", "Dose"],
    ["BM-MSC", "exosomes", "intravenous", "100 µg"],
    ["UC-MSC", "conditioned medium", "intraperitoneal", "2 mL"],
    ["AD-MSC", "microvesicles", "intrarenal", "30 µg"],
    ["iPSC-MSC", "whole secretome", "topical", "0.5 mg/kg"],
]
NOTE = (
    "Note {}: the animals were kept as the guidelines of the institute ask for, and the medium was made anew each week."
)
BARS = (0.97, 0.99)


def texts(chance: random.Random) -> list[str]:
    """Return the sample abstracts as paragraphs, with raised reference numbers after sentences and names."""
    rows = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    found = []
    for row in rows:
        text = row["abstract"].translate(str.maketrans("αβγκ", "abgk"))
        text = text.encode("cp1252", "ignore").decode("cp1252").replace("^", "").replace("_", "-")
        text = re.sub(
            r"\. (?=[A-Z])", lambda _: f".^{{{chance.randint(1, 60)}}} " if chance.random() < 0.3 else ". ", text
        )
        found.append(re.sub(r"\b(miR-\d+)\b(?=[ ,])", lambda m: f"{m[1]}^{{{chance.randint(1, 60)}}}", text))
    return found


def paper(kind: str, seed: int) -> tuple[bytes, str]:
    """Return a PDF and its running text in reading order."""
    chance = random.Random(seed)
    body = texts(chance)
    chance.shuffle(body)
    made, running = Paper(head="Roe and Doe Journal of Made Results 2020"), list[str]()
    if kind == "title":
        title = "A paper on vesicles that was set in two columns with its title and its table across both of them"
        made.across(title, 18, "bold")
        made.across("Jane Doe^{1} and Richard Roe^{2}", 11)
        made.across(f"Abstract. {body[0]}", 9)
        running += [title, f"Abstract. {body[0]}"]
        made.y -= 6
        made.table("Table 1. What was given in the studies that this paper looks at", ROWS, across=True)
    paragraphs = body[1:13]
    for number, text in enumerate(paragraphs):
        if number % 3 == 0:
            made.heading(HEADINGS[number // 3])
            running.append(HEADINGS[number // 3])
        if kind == "notes" and number % 2:
            made.footnote(NOTE.format(number))
        made.paragraph(text)
        running.append(text)
    return made.pdf(), plain("\n\n".join(running))


def ours(path: Path) -> str:
    """Return the running text that this package reads, headings and title included."""
    (raw,) = read_paths([path])
    assert isinstance(raw, RawDocument), raw
    document = clean(raw)
    kinds = MINED_KINDS | {"heading"}
    return "\n\n".join(document.text[s.start : s.end] for s in document.sections if s.kind in kinds)


def by_pdfminer(path: Path) -> str:
    """Return pdfminer.six's text."""
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


def by_pdfium(path: Path) -> str:
    """Return pypdfium2's text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def words(text: str) -> list[str]:
    """Return the words of a text without punctuation at their ends."""
    return [word for part in text.split() if (word := part.strip(".,;:()[]{}\"'"))]


def scores(known: list[str], found: list[str]) -> tuple[float, float, float]:
    """Return order, found and whole, as the top of this file has it."""
    common = sum(block.size for block in SequenceMatcher(None, known, found, autojunk=False).get_matching_blocks())
    whole = (Counter(known) & Counter(found)).total()
    return 2 * common / (len(known) + len(found)), common / len(known), whole / len(known)


def main() -> int:
    """Print the scores; return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10, help="of each kind")
    parser.add_argument("--smoke", action="store_true", help="one paper of each kind, to see that it runs")
    given = parser.parse_args()
    readers: dict[str, Callable[[Path], str]] = {
        "secretome-nlp": ours, "pdfminer.six": by_pdfminer, "pypdfium2": by_pdfium,
    }  # fmt: skip
    missed = False
    print(f"{'papers':8} {'reader':14} {'order':>7} {'found':>7} {'whole':>7} {'pages/s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("plain", "notes", "title"):
            totals = {name: [0.0] * 5 for name in readers}
            count = 1 if given.smoke else given.papers
            for seed in range(count):
                data, text = paper(kind, seed)
                path, known = Path(folder) / f"{kind}-{seed}.pdf", words(text)
                path.write_bytes(data)
                for name, reader in readers.items():
                    start = time.perf_counter()
                    found = reader(path)
                    taken = time.perf_counter() - start
                    row = (*scores(known, words(found)), float(data.count(b"/Type /Page ")), taken)
                    totals[name] = [a + b for a, b in zip(totals[name], row, strict=True)]
            for name, total in totals.items():
                order, part, whole = (value / count for value in total[:3])
                print(f"{kind:8} {name:14} {order:7.4f} {part:7.4f} {whole:7.4f} {total[3] / total[4]:8.1f}")
                missed |= name == "secretome-nlp" and (order < BARS[0] or whole < BARS[1])
    print(f"bars: order {BARS[0]}, whole {BARS[1]}: {'missed' if missed else 'held'}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
