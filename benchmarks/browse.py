"""The page of `browse` over many records, in Chromium: its size, how soon it can be used, how long filters take.

`python benchmarks/browse.py [--records N] [--runs N] [--smoke] [--keep FOLDER]`. The records are the shipped samples
over and over, each time with other values from lists of our own and with some letters of the text changed, so that
facets, search and packing have as much to do as in a real collection. Times are the browser's own, medians of runs.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from secretome_nlp.browse.page import pages
from secretome_nlp.read import read_paths
from secretome_nlp.rows import annotation_rows
from secretome_nlp.street import process
from secretome_nlp.types import Annotations
from secretome_nlp.write.folder import FILES, line

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "samples.jsonl"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
TISSUES = ("bone marrow", "umbilical cord", "adipose tissue", "placenta", "dental pulp", "amnion", "synovium", "menses")
MODELS = ("acute kidney injury", "myocardial infarction", "stroke", "colitis", "acute lung injury", "osteoarthritis")
CAUSES = ("cisplatin", "glycerol", "hypoxia", "LPS", "ligation", "burn", "radiation", "streptozotocin", "carrageenan")
JOURNALS = tuple(f"Journal of Examples {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
BARS = {"size": 5.0, "ready": 1500.0, "filter": 100.0}
#: Clicks a box of a facet and waits until what it brought has been laid out and painted.
FILTER = """async ([facet, nth]) => {
  const box = document.querySelectorAll(`[data-facet=${facet}] input`)[nth];
  const start = performance.now();
  box.click();
  document.body.getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
#: Types into the search and waits until it has been answered, without the pause that waits for more letters.
SEARCH = """async (words) => {
  const box = document.getElementById('search'), count = document.getElementById('count');
  const before = count.textContent;
  const start = performance.now();
  box.value = words;
  box.dispatchEvent(new Event('input'));
  while (count.textContent === before) await new Promise((done) => setTimeout(done, 1));
  document.body.getBoundingClientRect();
  return performance.now() - start - 120;
}"""


def write_folder(folder: Path, records: int) -> int:
    """Write an output folder of at least so many records; return how many there are."""
    found = [a for a in process(read_paths([SAMPLES])) if isinstance(a, Annotations) and a.records]
    samples = [annotation_rows(a) for a in found]
    chance, made, number = random.Random(20), 0, 0
    with_files = {name: (folder / f"{name}.jsonl").open("w", encoding="utf-8") for name in FILES}
    while made < records:
        rows = copy.deepcopy(samples[number % len(samples)])
        number += 1
        _vary(rows, number, chance)
        rows["records"] = rows["records"][: records - made]
        made += len(rows["records"])
        for name, file in with_files.items():
            file.writelines(map(line, rows[name]))
    for file in with_files.values():
        file.close()
    (folder / "run.json").write_text(json.dumps({"counts": {"documents": number, "records": made}}), encoding="utf-8")
    return made


def _vary(rows: dict[str, list[dict[str, Any]]], number: int, chance: random.Random) -> None:
    """Make a document of its own out of a sample: other identity, year, journal, values and words."""
    for row in (row for name in FILES for row in rows[name]):
        row["doc_id"] = f"{row['doc_id']}-{number}"
    document = rows["documents"][0]
    document["title"] = f"{document['title']} ({chance.choice(CAUSES)}, part {number})"
    document["bibliography"] |= {
        "year": chance.randint(1998, 2025), "journal": chance.choice(JOURNALS), "pmid": str(10_000_000 + number),
        "first_author": f"Author {number}", "doi": f"10.1000/example.{number}",
    }  # fmt: skip
    document["text"] = _reworded(document["text"], chance)
    for record in rows["records"]:
        record["record_id"] = f"{record['record_id']}{number}"
        record["confidence"] = round(chance.uniform(0.3, 1), 3)
        for slot in record["model"]:
            slot["value"] = f"{chance.choice(CAUSES)}-induced {chance.choice(MODELS)}"
        if record["cell_source"]:
            record["cell_source"]["value"] = chance.choice(TISSUES)
        if record["cargo"]:
            record["cargo"][0]["value"] = f"mir-{chance.randint(1, 700)}"


def _reworded(text: str, chance: random.Random) -> str:
    """Return a text of the same length with some of its letters changed: every offset still holds."""
    letters = list(text)
    for at in chance.sample(range(len(letters)), len(letters) // 25):
        if letters[at].isalpha() and letters[at].isascii():
            letters[at] = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return "".join(letters)


def measure(page: Page, url: str) -> dict[str, float]:
    """Open the page and return the milliseconds until it can be used, of filters, and of a search."""
    page.goto(url, wait_until="commit")
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    ready = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    page.click("[data-facet=year] summary")
    page.wait_for_selector("[data-facet=year] input")
    filters = [page.evaluate(FILTER, [facet, nth]) for facet in ("component", "effect", "year") for nth in (0, 1)]
    page.click("#clear")
    search = page.evaluate(SEARCH, "renal exosomes mir-21")
    return {"ready": ready, "filter": statistics.median(filters), "worst filter": max(filters), "search": search}


def main() -> None:
    """Print size and times beside their bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--smoke", action="store_true", help="a few records and one run only, to see that it works")
    parser.add_argument("--keep", type=Path, help="write the output folder and the page here and leave them")
    given = parser.parse_args()
    count, runs = (60, 1) if given.smoke else (given.records, given.runs)
    folder = given.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        records = write_folder(folder, count)
        start = time.perf_counter()
        made = pages(folder)
        took = time.perf_counter() - start
        for name, html in made.items():
            (folder / name).write_text(html, encoding="utf-8")
        size = max(len(html.encode()) for html in made.values()) / 1e6
        print(f"{records:,} records on {len(made)} pages, written in {took:.1f} s")
        print(f"largest page    {size:8.2f} MB  (bar {BARS['size']:g})")
        _print_times(folder, runs)
    finally:
        if given.keep is None:
            shutil.rmtree(folder)


def _print_times(folder: Path, runs: int) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        found = []
        for _ in range(runs):
            page = browser.new_page()
            found.append(measure(page, (folder / "index.html").resolve().as_uri()))
            page.close()
        browser.close()
    for name, bar in (
        ("ready", BARS["ready"]),
        ("filter", BARS["filter"]),
        ("worst filter", BARS["filter"]),
        ("search", BARS["filter"]),
    ):
        times = sorted(f[name] for f in found)
        print(f"{name:<15} {statistics.median(times):8.0f} ms  (bar {bar:g}; from {times[0]:.0f} to {times[-1]:.0f})")


if __name__ == "__main__":
    main()
