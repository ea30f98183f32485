"""A real browser walks the main flow: overview, filter, incident, passage. Nothing may be asked of another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
STYLES = Path(__file__).resolve().parents[2] / "src/khabar/serve/static/khabar.css"


def test_from_the_overview_to_the_words_of_a_report(page, address) -> None:  # type: ignore[no-untyped-def]
    page.goto(address)
    page.get_by_role("link", name="Incidents", exact=True).click()
    before = page.locator("table.rows tbody tr").count()
    page.get_by_label("Country").select_option("PK")
    page.wait_for_url(re.compile("country=PK"))
    assert 0 < page.locator("table.rows tbody tr").count() < before

    page.get_by_label("Killed at least").fill("20")
    page.get_by_role("button", name="Filter").click()
    page.locator("table.rows tbody a").first.click()
    row = page.locator("#f-killed")
    words = row.locator("a.passage b").first.inner_text()
    row.locator("a.passage").first.click()

    marked = page.locator("mark.asked").first
    assert marked.inner_text() == words
    assert marked.is_visible()
    box = marked.bounding_box()
    assert 0 <= box["y"] <= 900, "the passage is not in view"


@pytest.mark.skipif(not STYLES.is_file(), reason="the page scripts are not built (make web)")
def test_pointing_at_a_claim_lights_up_its_passage(page, address) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{address}/documents")
    busiest = page.locator("table.rows tbody tr").filter(has_text="read").first
    busiest.locator("a").first.click()
    claim = page.locator("[data-claim]").first
    claim.hover()
    key = claim.get_attribute("data-claim")
    assert page.locator(f'mark.lit[data-claims~="{key}"]').count() >= 1
    claim.locator("a.says").click()
    assert key in page.url
    assert page.locator(f'mark.focus[data-claims~="{key}"]').first.is_visible()


def test_another_rule_shows_other_values(page, address) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{address}/incidents?order=killed")
    page.get_by_label("Values by").select_option("ucdp")
    page.wait_for_url("**rule=ucdp**")
    page.locator("table.rows tbody a").first.click()
    assert "rule=ucdp" in page.url
    page.get_by_label("Values shown by the rule").select_option("conservative")
    page.wait_for_url("**rule=conservative**")
    assert page.get_by_text("the lowest number that two origins state").first.is_visible()
    assert page.locator("#origins").is_visible()


def test_the_same_flow_without_script(browser, address) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/incidents?min_killed=20")
    page.locator("table.rows tbody a").first.click()
    page.locator("a.passage").first.click()
    assert page.locator("mark.asked, mark.focus").first.is_visible()
    context.close()


def test_pages_fit_a_phone(browser, address) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    for path in ("/", "/incidents", "/contradictions", "/actors"):
        page.goto(address + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 391, f"{path} is {wide} wide"
    context.close()


@pytest.mark.skipif(not STYLES.is_file(), reason="the styles are not built (make web)")
def test_no_page_is_wider_than_a_narrow_screen(page, address: str) -> None:  # type: ignore[no-untyped-def]
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/incidents")
    incident = page.locator("tbody a").first.get_attribute("href")
    for path in (
        "/",
        "/incidents",
        incident,
        "/actors",
        "/documents",
        "/contradictions",
        "/timeline",
        "/statements",
        "/search?text=police",
    ):
        page.goto(f"{address}{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{path} is {width} wide"
        wider = page.evaluate(
            "[...document.querySelectorAll('.scroll')].some(box => box.scrollWidth > box.clientWidth)"
        )
        assert not wider, f"a table of {path} must be pushed aside"
