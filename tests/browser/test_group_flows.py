"""Groups in a real browser: the slider says what the server says, a line leads to the words of a report, the network
can be pointed at; without script the same is there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "src/khabar/serve/static/khabar.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SCRIPTS.is_file(), reason="the page scripts are not built (make web)"),
]


def test_from_a_month_of_the_genealogy_to_the_words_of_a_report(page: Any, address: str) -> None:
    page.goto(f"{address}/actors")
    page.get_by_role("link", name="Genealogy", exact=True).click()
    every = page.locator("tr[data-tie]:visible").count()
    slider = page.get_by_label("State in")
    slider.fill(str((2015 - int(page.locator("svg.genealogy").get_attribute("data-first")[:4])) * 12 + 5))
    said = page.locator(".slider output").inner_text()
    assert said.startswith("2015-06: ")
    shown = {row.get_attribute("data-tie") for row in page.locator("tr[data-tie]:visible").all()}
    assert 0 < len(shown) < every
    perhaps = page.locator("tr[data-tie]:visible [data-perhaps]:visible").count()

    page.goto(f"{address}/genealogy?at=2015-06")  # what the server says of the same month
    assert {row.get_attribute("data-tie") for row in page.locator("tr[data-tie]:visible").all()} == shown
    assert page.locator("tr[data-tie]:visible [data-perhaps]:visible").count() == perhaps
    assert page.locator(".slider output").inner_text() == said
    hidden = page.evaluate(
        "[...document.querySelectorAll('svg a.tie')].filter((a) => getComputedStyle(a).display === 'none').length"
    )
    assert hidden == every - len(shown)

    line = page.locator("svg a.tie.held-yes").first
    line.locator(".hit").dispatch_event("click")
    page.wait_for_url(re.compile(r"/ties\?"))
    page.locator("a.passage").first.click()
    assert page.locator("mark.asked, mark.focus").first.is_visible()


def test_pointing_at_a_group_lights_up_its_ties_and_the_sheet_can_be_enlarged(page: Any, address: str) -> None:
    page.goto(f"{address}/network")
    key = page.locator("svg .tie[data-one]").first.get_attribute("data-one")
    page.locator(f'svg .node[data-node="{key}"] circle').hover()
    assert page.locator("svg.network.pointed").count() == 1
    lit = page.locator("svg a.tie.near").count()
    assert lit == page.locator(f'svg a.tie[data-one="{key}"], svg a.tie[data-other="{key}"]').count()
    before = page.locator("svg.network").get_attribute("viewBox")
    page.get_by_role("button", name="Larger").click()
    assert page.locator("svg.network").get_attribute("viewBox") != before
    page.get_by_role("button", name="Whole sheet").click()
    assert [float(n) for n in page.locator("svg.network").get_attribute("viewBox").split()] == [
        float(n) for n in str(before).split()
    ]


def test_the_state_of_a_month_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/genealogy")
    every = page.locator("tr[data-tie]:visible").count()
    page.get_by_label("As on").fill("2015-06")
    page.get_by_role("button", name="Show").click()
    assert "at=2015-06" in page.url
    assert 0 < page.locator("tr[data-tie]:visible").count() < every
    assert page.evaluate("document.documentElement.scrollWidth") <= 391
    context.close()
