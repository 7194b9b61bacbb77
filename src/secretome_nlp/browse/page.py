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
from secretome_nlp.browse.data import payload
from secretome_nlp.pictures.all import PICTURES, draw

SCRIPTS = ("data", "state", "filter", "facets", "table", "detail", "curate", "export", "main")
#: A page of more records than this is cut into pages of a folder.
MOST_RECORDS = 5000


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


def pages(folder: str | Path, title: str = "Evidence", min_confidence: float = 0.0) -> dict[str, str]:
    """Return the pages of an output folder by file name: one, or an index page for each MOST_RECORDS records.

    Raises InputError where the folder is none that `extract` or `batch` wrote.
    """
    data = payload(folder, min_confidence)
    records = data["records"]
    if len(records) <= MOST_RECORDS:
        return {"index.html": page(data, title)}
    made = {}
    starts = range(0, len(records), MOST_RECORDS)
    names = ["index.html", *(f"page-{n + 1}.html" for n in range(1, len(starts)))]
    for number, start in enumerate(starts):
        part = records[start : start + MOST_RECORDS]
        papers = {r["doc"]: data["papers"][r["doc"]] for r in part}
        links = " ".join(
            f'<a href="{name}"{" aria-current=page" if n == number else ""}>{n + 1}</a>' for n, name in enumerate(names)
        )
        shown = {**data, "records": part, "papers": papers}
        made[names[number]] = page(shown, title, f'<nav aria-label="Pages">Pages: {links}</nav>')
    return made
