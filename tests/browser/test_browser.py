"""The page in headless Chromium: filter, search, open, curate, export, restore; nothing of a paper is run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from secretome_nlp.cli.main import main

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> MSC exosomes in UUO"
CARGO = "MSC-derived exosomes carrying miR-21 were given intravenously to rats with UUO. They reduced renal fibrosis."
HEART = "MSC-derived exosomes were injected into mice after myocardial infarction. They reduced infarct size."
WOUND = "Conditioned medium of adipose-derived stem cells in a hydrogel improved wound healing in diabetic mice."
NO_EFFECT = "EVs of bone marrow MSCs did not improve cardiac function in pigs with myocardial infarction."
ROWS = [(EVIL, CARGO), ("Exosomes in infarction", HEART), ("Conditioned medium", WOUND), ("No effect", NO_EFFECT)]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("browser")
    rows = [{"id": f"d{n}", "title": t, "abstract": a, "year": 2020 + n} for n, (t, a) in enumerate(ROWS)]
    (folder / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    for arguments in (
        ["extract", str(folder / "in.jsonl"), "-o", str(folder / "out"), "--quiet"],
        ["browse", str(folder / "out")],
    ):
        with pytest.raises(SystemExit):
            main(arguments)
    return (folder / "out" / "browse.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Any]:
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("request", lambda r: problems.append(r.url) if r.url.startswith("http") else None)
    opened.goto(url)
    opened.wait_for_selector("html[data-ready=yes]")
    yield opened
    assert problems == []
    context.close()


def rows(page: Any) -> int:
    count: int = page.locator("#body tr").count()
    return count


def test_all_records_are_listed_and_counted(page: Any) -> None:
    assert rows(page) >= 4
    assert page.inner_text("#count").startswith(f"{rows(page)} of {rows(page)} records")


def test_text_of_papers_stays_text(page: Any) -> None:
    assert page.title() == "Evidence"
    page.locator("#body tr", has_text="<script>").first.locator("button.open").click()
    assert "<script>" in page.inner_text("#detail h2")
    assert page.locator("#detail script, #detail img").count() == 0


def test_facets_narrow_and_chips_take_back(page: Any) -> None:
    before = rows(page)
    page.locator("#facets [data-facet=component] input[data-value='conditioned medium']").check()
    assert 0 < rows(page) < before
    assert "f.component=conditioned+medium" in page.url
    page.locator("#chips button").click()
    assert rows(page) == before


def test_search_looks_into_sentences_and_slots(page: Any) -> None:
    page.fill("#search", "miR-21 fibrosis")
    sync_api.expect(page.locator("#body tr")).to_have_count(1)
    page.fill("#search", "miR-2")
    sync_api.expect(page.locator("#body tr")).to_have_count(0)
    page.fill("#search", "(mi")
    sync_api.expect(page.locator("#body tr")).to_have_count(0)
    page.fill("#search", "no such words at all")
    sync_api.expect(page.locator("#nothing")).to_be_visible()
    page.click("#clear")
    assert rows(page) >= 4


def test_sort_and_columns(page: Any) -> None:
    page.locator("#columns summary").click()
    page.locator("#column-list label", has_text="Year").locator("input").check()
    page.select_option("#sort", "year")
    page.click("#turn")
    years = page.locator("#body td[data-name=Year]").all_inner_texts()
    assert years == sorted(years, reverse=True) and len(set(years)) > 1
    assert page.locator("th[aria-sort=descending]").inner_text() == "Year"


def test_a_record_shows_its_proof(page: Any) -> None:
    page.locator("#body tr", has_text="rat").first.locator("button.open").click()
    assert page.locator("#detail mark[data-type=COMPONENT]").count() >= 1
    assert page.locator("#detail mark[data-type=MIRNA]").first.inner_text() == "miR-21"
    made_by = page.locator("#detail dd", has_text="miR-21").first.locator(".by").inner_text()
    assert "found by mirna.name" in made_by and "linked by contains." in made_by
    page.keyboard.press("Escape")
    assert page.locator("#detail").is_hidden()
    assert page.evaluate("document.activeElement.classList.contains('open')")


def test_the_address_restores_the_view(page: Any, browser: Any) -> None:
    page.locator("#facets [data-facet=component] input[data-value=exosome]").check()
    page.select_option("#sort", "confidence")
    page.locator("#body tr button.open").first.click()
    again = browser.new_page()
    again.goto(page.url)
    again.wait_for_selector("html[data-ready=yes]")
    assert again.inner_text("#count") == page.inner_text("#count")
    assert again.inner_text("#detail h2") == page.inner_text("#detail h2")
    assert again.input_value("#sort") == "confidence"
    again.close()


def test_decisions_are_kept_and_saved(page: Any) -> None:
    page.locator("#body tr button.open").first.click()
    page.locator("#detail [data-decision=reject]").first.click()
    page.on("dialog", lambda dialog: dialog.accept("umbilical cord MSC"))
    page.locator("#detail [data-decision=correct]").nth(1).click()
    with page.expect_download() as saved:
        page.click("#save-decisions")
    content = json.loads(Path(saved.value.path()).read_text())
    assert content["format"] == "secretome-nlp decisions"
    assert sorted(d["decision"] for d in content["decisions"]) == ["correct", "reject"]
    assert {d["correction"] for d in content["decisions"]} == {None, "umbilical cord MSC"}


@pytest.mark.parametrize(
    ("kind", "said"),
    [("csv", "Therapeutic effects"), ("json", '"record_id"'), ("bib", "@article{"), ("ris", "TY  - JOUR")],
)
def test_what_is_shown_can_be_exported(page: Any, kind: str, said: str) -> None:
    page.locator("#facets [data-facet=component] input[data-value='conditioned medium']").check()
    page.locator("#export summary").click()
    with page.expect_download() as saved:
        page.click(f"[data-export={kind}]")
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert said in text and "infarct" not in text


def test_pictures_have_their_own_tab(page: Any) -> None:
    page.focus("#tab-table")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#view-pictures").is_visible()
    assert page.locator("#view-pictures svg").count() == 5
    assert page.locator("#view-table").is_hidden()


def test_it_can_be_read_by_machine_and_used_by_keyboard(page: Any) -> None:
    page.locator("#body tr button.open").first.click()
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, a, summary, [role=tab]')].filter((e) => {
          const label = e.labels && e.labels[0] && e.labels[0].textContent;
          return !(e.getAttribute('aria-label') || label || e.textContent || '').trim();
        }).map((e) => e.outerHTML)"""
    )
    assert unnamed == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    ratio = page.evaluate(
        """() => {
          const light = (c) => { const v = c.match(/[\\d.]+/g).slice(0, 3).map((x) => { const s = x / 255;
            return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
            return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
          const ground = light(getComputedStyle(document.body).backgroundColor);
          const inked = ['#count', '#body td', 'a', '.benefit', 'footer', 'th'];
          const contrast = (e) => { const ink = light(getComputedStyle(e).color);
            return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05); };
          return Math.min(...inked.map((q) => document.querySelector(q)).filter(Boolean).map(contrast));
        }"""
    )
    assert ratio >= 4.5  # WCAG 2.1, AA


def test_it_reads_well_on_a_phone(browser: Any, url: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 800})
    phone.goto(url)
    phone.wait_for_selector("html[data-ready=yes]")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert phone.locator("#facets").is_hidden()
    phone.click("#show-facets")
    assert phone.locator("#facets").is_visible()
    phone.close()
