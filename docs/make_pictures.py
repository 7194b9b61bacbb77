"""Take the pictures of the documentation anew: `python docs/make_pictures.py [FOLDER]`.

Reads the shipped samples and the tutorial's texts, writes page, table and explanation, and photographs them in headless
Chromium (playwright is among the development packages; Chromium is the system's). Without a folder, docs/img.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from secretome_nlp.cli.main import main as run

ROOT = Path(__file__).parents[1]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]
#: Texts of our own that do not agree, for the picture of claims.
CLAIMS = {
    "Exosomes in obstructed kidneys of rats": "In rats with UUO, MSC exosomes reduced renal fibrosis and apoptosis.",
    "Exosomes in obstructed kidneys of mice": "In mice with UUO, MSC exosomes by vein reduced renal fibrosis.",
    "Late treatment of kidneys": "In rats with UUO, MSC-derived exosomes given late increased renal fibrosis.",
    "Low doses in obstructed kidneys": "In rats with UUO, MSC-derived exosomes did not reduce renal fibrosis.",
}
SENTENCE = "MSC exosomes carrying miR-21 reduced renal fibrosis in rats."
COLUMNS = "Cells,Component,Cargo,Delivery,Model,Therapeutic effects,Direction,Year"


def main() -> None:
    """Write browse.png, claims.png, table.png, explain.png and the plots into the folder."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        _do(
            "extract",
            str(ROOT / "corpus" / "samples"),
            str(ROOT / "corpus" / "tutorial.jsonl"),
            "-o",
            folder,
            "--quiet",
        )
        _do("browse", folder, "-o", str(made / "browse.html"), "--title", "Stem-cell secretomes")
        table = ["--where", "model=kidney,heart", "--where", "cargo=miRNA", "--columns", COLUMNS, "--group-by", "organ"]
        _do("table", folder, "-o", str(made / "table.html"), *table, "--title", "Vesicles with miRNA")
        _do("explain", SENTENCE, "--html", str(made / "explain.html"))
        lines = (json.dumps({"id": title, "title": title, "abstract": text}) + "\n" for title, text in CLAIMS.items())
        (made / "claims.jsonl").write_text("".join(lines), encoding="utf-8")
        _do("extract", str(made / "claims.jsonl"), "-o", str(made / "claims"), "--quiet")
        _do("browse", str(made / "claims"), "-o", str(made / "claims.html"), "--title", "Obstructed kidneys")
        _do("plot", folder, "-k", "heatmap", "-k", "effects", "-o", str(target))
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            _shoot(browser, f"{(made / 'browse.html').as_uri()}#q=mir-", target / "browse.png", (1480, 860), "#body")
            claims = f"{(made / 'claims.html').as_uri()}#view=claims"
            _shoot(browser, claims, target / "claims.png", (1400, 700), "#claim-body")
            _shoot(browser, (made / "table.html").as_uri(), target / "table.png", (1200, 490))
            _shoot(browser, (made / "explain.html").as_uri(), target / "explain.png", (1000, 440))
            browser.close()


def _do(*arguments: str) -> None:
    with contextlib.suppress(SystemExit):
        run(list(arguments))


def _shoot(browser: Browser, address: str, file: Path, size: tuple[int, int], rows: str = "") -> None:
    """Photograph a page; of the page of `browse`, with the first of some rows open."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme="light")
    page.goto(address)
    if rows:
        page.wait_for_selector("html[data-ready=yes]")
        page.locator(f"{rows} button.open").first.click()
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.screenshot(path=file)
    page.close()


if __name__ == "__main__":
    main()
