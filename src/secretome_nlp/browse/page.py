"""One HTML file: the page, its styles and scripts, and the packed data. It fetches nothing and runs no text.

The data is JSON, gzipped and in base64, so that no text of a paper stands in the page as mark-up.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from secretome_nlp import __version__
from secretome_nlp.browse.claims import of_page
from secretome_nlp.browse.data import payload
from secretome_nlp.pictures.all import PICTURES, draw

SCRIPTS = ("data", "state", "filter", "facets", "table", "detail", "claims", "curate", "export", "main")
#: A page of more records or bytes than this is cut into pages of a folder; one that is served may be larger.
MOST_RECORDS, MOST_BYTES = 5000, 5_000_000
MOST_SERVED = 50_000


def page(data: dict[str, Any], title: str = "Evidence", links: str = "") -> str:
    """Return the page over the data that `payload` gave; `links` is mark-up of ours for pages of a folder."""
    static = files("secretome_nlp.browse") / "static"
    packed = base64.b64encode(gzip.compress(_json(data), mtime=0)).decode("ascii")
    scripts = "\n".join((static / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    pictures = "\n".join(
        f'<figure id="picture-{name}">{draw(name, data)}<figcaption>{html.escape(caption)}</figcaption></figure>'
        for name, caption in PICTURES.items()
    )
    parts = {
        "title": html.escape(title),
        "links": links,
        "version": __version__,
        "css": (static / "app.css").read_text(encoding="utf-8"),
        "pictures": pictures,
        "data": packed,
        "js": f"(function () {{\n'use strict';\n{scripts}\n}})();",
    }
    template = (static / "page.html").read_text(encoding="utf-8")
    # One pass, so that nothing in what is put in is taken for a mark.
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m[1]], template)


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def pages(
    folder: str | Path, title: str = "Evidence", min_confidence: float = 0.0, most: int | None = None
) -> dict[str, str]:
    """Return the pages of an output folder by file name: one, or several where one would be too large to open.

    A page holds at most `most` records (without it MOST_RECORDS, and MOST_BYTES of text).
    Raises InputError where the folder is none that `extract` or `batch` wrote.
    """
    data = payload(folder, min_confidence)
    if most is not None:
        return _cut(data, title, most)
    made, size = _cut(data, title, MOST_RECORDS), MOST_RECORDS
    while size > 1 and (largest := max(len(text.encode()) for text in made.values())) > MOST_BYTES:
        size = max(1, min(size, len(data["records"])) * MOST_BYTES * 9 // (largest * 10))
        made = _cut(data, title, size)
    return made


def _cut(data: dict[str, Any], title: str, most: int) -> dict[str, str]:
    """Return the pages of at most so many records each, with links from each to the others."""
    records = data["records"]
    if len(records) <= most:
        return {"index.html": page(data, title)}
    made = {}
    starts = range(0, len(records), most)
    names = ["index.html", *(f"page-{n + 1}.html" for n in range(1, len(starts)))]
    where = {r["id"]: (names[n // most], r["ref"]) for n, r in enumerate(records)}
    for number, start in enumerate(starts):
        part = records[start : start + most]
        papers = {r["doc"]: data["papers"][r["doc"]] for r in part}
        links = " ".join(
            f'<a href="{name}"{" aria-current=page" if n == number else ""}>{n + 1}</a>' for n, name in enumerate(names)
        )
        said = f"Records {start + 1:,} to {start + len(part):,} of {len(records):,}; filters look at this page."
        claims = of_page(data["claims"], frozenset(r["id"] for r in part), where)
        shown = {**data, "records": part, "papers": papers, "claims": claims}
        made[names[number]] = page(shown, title, f'<nav aria-label="Pages">{said} Pages: {links}</nav>')
    return made
