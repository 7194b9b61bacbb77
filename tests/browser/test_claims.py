"""The claims of the page in headless Chromium: side by side, filtered, sorted, linked, exported, on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from secretome_nlp.cli.main import main
from tests.browser.test_access import CONTRAST, HEADINGS, STRUCTURE
from tests.browser.test_browser import browser, pytestmark, sync_api

__all__ = ["browser", "pytestmark"]

EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> exosomes in UUO"
PAPERS = {
    EVIL: "In rats with UUO, MSC exosomes reduced renal fibrosis. In vivo, exosomes improved survival of the rats.",
    "Paper b": "In mice with UUO, exosomes from MSCs markedly reduced renal fibrosis after intravenous injection.",
    "Paper c": "In rats with UUO, MSC-derived exosomes increased renal fibrosis after intravenous injection.",
    "Paper d": "In rats with UUO, MSC-derived exosomes did not reduce renal fibrosis after intravenous injection.",
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("claims")
    rows = [{"id": f"d{n}", "title": t, "abstract": a, "year": 2020} for n, (t, a) in enumerate(PAPERS.items())]
    (folder / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    for arguments in (
        ["extract", str(folder / "in.jsonl"), "-o", str(folder / "out"), "--quiet"],
        ["browse", str(folder / "out")],
    ):
        with pytest.raises(SystemExit):
            main(arguments)
    return (folder / "out" / "browse.html").as_uri()


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Any]:
    opened = browser.new_page(accept_downloads=True)
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("request", lambda r: problems.append(r.url) if r.url.startswith("http") else None)
    opened.goto(url)
    opened.wait_for_selector("html[data-ready=yes]")
    opened.click("#tab-claims")
    yield opened
    assert problems == []
    opened.close()


def outcomes(page: Any) -> list[str]:
    found: list[str] = page.locator("#claim-body td[data-name=Outcome]").all_inner_texts()
    return found


def unfold(page: Any, outcome: str = "renal fibrosis") -> Any:
    page.locator("#claim-body tr[data-claim]", has_text=outcome).locator("button.open").click()
    return page.locator("#claim-body .sides")


def test_claims_are_listed_and_counted(page: Any) -> None:
    assert outcomes(page) == ["renal fibrosis", "survival"]
    assert page.inner_text("#count") == "2 of 2 claims, 1 contradicted"
    cells = page.locator("#claim-body tr", has_text="renal fibrosis").locator("td").all_inner_texts()
    assert cells[:3] == ["MSC", "vesicle", "unilateral ureteral obstruction"]
    assert cells[5:] == ["benefit", "4", "2", "1", "1", "0.5"]
    page.click("#tab-table")
    assert page.inner_text("#count").startswith("4 of 4 records")


def test_sides_stand_beside_each_other_with_source_and_quote(page: Any) -> None:
    sides = unfold(page)
    titles = ["Agree (2 sources)", "Contradict (1 source)", "Found no change (1 source)"]
    assert sides.locator("h3").all_inner_texts() == titles
    against = sides.locator("[data-side=contradict]")
    assert against.locator("button").inner_text() == "Paper c"
    assert against.locator("blockquote").inner_text() == PAPERS["Paper c"]
    assert against.locator("mark[data-type=OUTCOME]").inner_text() == "renal fibrosis"
    boxes = [sides.locator("section").nth(n).bounding_box() for n in range(3)]
    assert len({round(box["y"]) for box in boxes}) == 1
    against.locator("button").click()  # beside an open record they still stand in what is seen
    edge = page.locator("#claims").bounding_box()
    for n in range(3):
        box = sides.locator("section").nth(n).bounding_box()
        assert box["x"] + box["width"] <= edge["x"] + edge["width"]


def test_text_of_papers_stays_text(page: Any) -> None:
    sides = unfold(page)
    assert "<script>" in sides.locator("[data-side=agree] button").first.inner_text()
    assert sides.locator("script, img").count() == 0 and page.title() == "Evidence"


def test_a_source_opens_its_record_and_gives_the_focus_back(page: Any) -> None:
    sides = unfold(page)
    sides.locator("[data-side=negative] button").click()
    assert page.inner_text("#detail h2") == "Paper d"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Paper d"
    unfold(page)
    assert page.locator("#claim-body .sides").count() == 0


def test_filters_search_and_kinds_narrow_the_claims(page: Any) -> None:
    page.select_option("#which", "contradicted")
    assert outcomes(page) == ["renal fibrosis"]
    page.select_option("#which", "all")
    page.fill("#search", "survival")
    sync_api.expect(page.locator("#claim-body tr")).to_have_count(1)
    assert outcomes(page) == ["survival"]
    page.fill("#search", "no such words")
    sync_api.expect(page.locator("#no-claims")).to_be_visible()
    page.click("#clear")
    page.locator("#facets [data-facet=outcome] summary").click()
    page.locator("#facets [data-facet=outcome] input[data-value=survival]").check()
    assert outcomes(page) == ["survival"]
    page.locator("#chips button").first.evaluate("(button) => button.click()")
    page.locator("#facets [data-facet=species] summary").click()
    page.locator("#facets [data-facet=species] input[data-value=mouse]").check()
    assert outcomes(page) == ["renal fibrosis"]


def test_claims_are_sorted_by_any_column(page: Any) -> None:
    page.locator("#claim-head button", has_text="Belief").click()
    assert outcomes(page) == ["renal fibrosis", "survival"]
    page.locator("#claim-head button", has_text="Belief").click()
    assert outcomes(page) == ["survival", "renal fibrosis"]
    assert page.locator("#claim-head th[aria-sort=descending]").inner_text() == "Belief"
    page.select_option("#sort", "sources")
    page.click("#turn")
    assert outcomes(page) == ["survival", "renal fibrosis"]
    page.click("#tab-table")
    assert page.input_value("#sort") == ""


def test_the_address_restores_the_claim(page: Any, browser: Any) -> None:
    page.select_option("#which", "negative")
    page.locator("#claim-head button", has_text="Belief").click()
    unfold(page)
    again = browser.new_page()
    again.goto(page.url)
    again.wait_for_selector("html[data-ready=yes]")
    assert again.inner_text("#count") == page.inner_text("#count")
    assert again.inner_text("#claim-body .sides") == page.inner_text("#claim-body .sides")
    assert again.input_value("#sort") == "belief" and again.input_value("#which") == "negative"
    again.close()


def test_tabs_go_round_by_keyboard(page: Any) -> None:
    page.focus("#tab-claims")
    page.keyboard.press("ArrowRight")
    assert page.locator("#view-pictures").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator("#view-table").is_visible() and page.locator("#view-claims").is_hidden()


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_claims_can_be_exported_with_their_quotes(page: Any, kind: str) -> None:
    page.select_option("#which", "contradicted")
    page.locator("#export summary").click()
    with page.expect_download() as saved:
        page.click(f"[data-export={kind}]")
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert saved.value.suggested_filename == f"claims.{kind}"
    assert all(said in text for said in (PAPERS["Paper c"], "contradict", "renal fibrosis"))
    assert "survival" not in text.replace(PAPERS[EVIL], "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    unfold(page).locator("[data-side=contradict] button").click()
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate(STRUCTURE) == []
    levels = page.evaluate(HEADINGS)
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_it_reads_well_on_a_phone(browser: Any, url: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 800})
    phone.goto(f"{url}#view=claims")
    phone.wait_for_selector("html[data-ready=yes]")
    sides = unfold(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    tops = [sides.locator("section").nth(n).bounding_box()["y"] for n in range(3)]
    assert tops == sorted(set(tops))
    phone.close()
