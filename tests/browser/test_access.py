"""What an accessibility checker looks at, in the browser itself: names, roles, order of headings, focus, contrast."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.browser.test_browser import browser, page, url

__all__ = ["browser", "page", "url"]  # fixtures

#: Ratio of the lighter to the darker colour of every visible text and what is really behind it (WCAG 2.1, 1.4.3).
CONTRAST = """() => {
  const rgb = (c) => { const v = c.match(/[\\d.]+/g).map(Number); const s = c.startsWith('color(') ? 255 : 1;
    return [v[0] * s, v[1] * s, v[2] * s, v.length > 3 ? v[3] : 1]; };
  const light = (c) => { const [r, g, b] = c.map((x) => { const s = x / 255;
    return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { const layers = [];
    for (let at = e; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor);
      if (c[3] > 0) layers.unshift(c); if (c[3] === 1) break; }
    return layers.reduce((under, [r, g, b, a]) => [r, g, b].map((x, n) => x * a + under[n] * (1 - a)),
      [255, 255, 255]); };
  const bad = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest('svg, .hidden, .skip, noscript, script, style')) continue;
    const ink = light(rgb(getComputedStyle(e).color).slice(0, 3)), ground = light(behind(e));
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (ratio < 4.5) bad.push(`${ratio.toFixed(2)} ${e.outerHTML.slice(0, 90)}`);
  }
  return bad;
}"""
#: Roles that need a name, references that must lead somewhere, and states that must be told.
STRUCTURE = """() => {
  const bad = [];
  for (const e of document.querySelectorAll('[aria-labelledby], [aria-controls], [aria-describedby], label[for]')) {
    for (const name of ['aria-labelledby', 'aria-controls', 'aria-describedby', 'for']) {
      for (const id of (e.getAttribute(name) || '').split(/\\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) bad.push(`${name}=${id} leads nowhere`);
      }
    }
  }
  for (const svg of document.querySelectorAll('svg')) {
    if (svg.getAttribute('role') !== 'img' || !svg.getAttribute('aria-label')) bad.push('picture without a name');
  }
  for (const e of document.querySelectorAll('a[target=_blank]')) if (!/noopener/.test(e.rel)) bad.push('open link');
  for (const e of document.querySelectorAll('[tabindex]')) if (e.tabIndex > 0) bad.push('positive tabindex');
  if (document.querySelector('button button, a button, label button')) bad.push('nested control');
  for (const e of document.querySelectorAll('th')) {
    if (!e.scope) bad.push('head without a scope');
    const sort = e.getAttribute('aria-sort');
    if (!['none', 'ascending', 'descending'].includes(sort)) bad.push('head without aria-sort');
  }
  if (document.querySelector('dl > :not(dt, dd)')) bad.push('stray child of a list');
  return bad;
}"""
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((e) => e.checkVisibility())
  .map((e) => Number(e.tagName[1]))"""


def open_first(page: Any) -> None:
    page.locator("#body tr button.open").first.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["table", "pictures"])
def test_every_text_stands_out_from_what_is_behind_it(page: Any, scheme: str, view: str) -> None:
    page.emulate_media(color_scheme=scheme)
    open_first(page)
    page.locator("#detail [data-decision=accept]").first.click()
    page.locator("#facets [data-facet=component] input").first.check()
    page.click(f"#tab-{view}")
    assert page.evaluate(CONTRAST) == []


def test_names_references_and_states_hold(page: Any) -> None:
    open_first(page)
    assert page.evaluate(STRUCTURE) == []
    page.click("#tab-pictures")
    assert page.evaluate(STRUCTURE) == []


def test_headings_go_down_by_one(page: Any) -> None:
    for act in (lambda: None, lambda: open_first(page), lambda: page.click("#tab-pictures")):
        act()
        levels = page.evaluate(HEADINGS)
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_everything_is_reached_by_keys_and_shows_its_focus(page: Any) -> None:
    open_first(page)
    seen = set()
    page.evaluate("document.activeElement.blur()")
    for _ in range(150):
        page.keyboard.press("Tab")
        there = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
              const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
              const name = e.id || e.dataset.sort || e.dataset.decision || e.className || e.tagName;
              return [name, ring || e === document.body, e.outerHTML.slice(0, 80)]; }"""
        )
        assert there[1], there[2]
        seen.add(there[0])
    assert {"search", "clear", "sort", "turn", "tab-table", "cells", "open", "accept", "close"} <= seen


def test_heads_of_columns_sort_and_say_so(page: Any) -> None:
    said = []
    for _ in range(3):
        page.click("th button[data-sort=reference]")
        said.append(page.locator("th", has_text="Reference").get_attribute("aria-sort"))
        assert page.evaluate("document.activeElement.dataset.sort") == "reference"
    assert said == ["ascending", "descending", "none"]
    page.click("th button[data-sort=reference]")
    cells = page.locator("#body td[data-name=Reference]").all_inner_texts()
    assert cells == sorted(cells, key=str.casefold)


def test_a_facet_keeps_the_focus_that_chose_in_it(page: Any) -> None:
    box = page.locator("#facets [data-facet=component] input").first
    box.focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.checked") is True
    assert page.evaluate("document.activeElement.closest('[data-facet]').dataset.facet") == "component"


def test_closed_facets_open_with_their_counts(page: Any) -> None:
    page.locator("#facets [data-facet=year] summary").click()
    page.locator("#facets [data-facet=year] .n").first.wait_for()
    counts = page.locator("#facets [data-facet=year] .n").all_inner_texts()
    assert sum(map(int, counts)) >= 4
    names = page.locator("#facets summary").all_inner_texts()
    assert {
        "Cells",
        "Component",
        "Cargo",
        "Route",
        "Model",
        "Outcome",
        "Effect",
        "Year",
        "Source",
        "Confidence",
    } <= set(names)


def test_it_prints_without_controls(page: Any) -> None:
    open_first(page)
    page.emulate_media(media="print")
    for hidden in ("#facets", "#searching", ".tools", ".tabs", "#detail .judge"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("#body tr").first.is_visible() and page.locator("#detail .proof").is_visible()
    assert len(page.pdf()) > 10_000
