"""Nothing on any page keeps somebody out: axe finds no serious violation, in the light and in the dark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
STYLES = Path(__file__).resolve().parents[2] / "src/khabar/serve/static/khabar.css"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here (make web installs it in web/node_modules)"),
    pytest.mark.skipif(not STYLES.is_file(), reason="the styles are not built (make web)"),
]

PATHS = (
    "/",
    "/?span=2017",
    "/incidents",
    "/incidents?within=no-month&type=bombing",
    "/incidents?text=nosuchword",
    "/map",
    "/timeline?span=2016",
    "/timeline",
    "/actors",
    "/genealogy",
    "/network",
    "/contradictions",
    "/statements",
    "/positions",
    "/totals",
    "/queue",
    "/documents",
    "/decisions",
    "/compare",
    "/search",
    "/search?text=police",
    "/api/docs",
    "/no-such-page",
)
RUN = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations
        .filter((rule) => ["serious", "critical"].includes(rule.impact))
        .map((rule) => ({ id: rule.id, help: rule.help, at: rule.nodes.slice(0, 3).map((node) => node.html) }));
}"""


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_serious_on_any_page(browser: Any, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for path in (*PATHS, *_records(page, address)):
        page.goto(f"{address}{path}")
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))  # by the debugger, which the page's own policy does not bind
        violations = page.evaluate(RUN)
        if violations:
            found[path] = violations
    context.close()
    assert found == {}, json.dumps(found, indent=1)


def _records(page: Any, address: str) -> list[str]:
    """One incident, actor and report each: the first of their lists."""
    firsts = []
    for path in ("/incidents?order=killed", "/actors", "/documents"):
        page.goto(f"{address}{path}")
        firsts.append(page.locator("table tbody a[href^='/']").first.get_attribute("href"))
    return firsts


@pytest.mark.parametrize("path", ["/", "/incidents", "/timeline?span=2016"])
def test_the_keyboard_reaches_the_content_first_and_always_shows_where_it_is(
    page: Any, address: str, path: str
) -> None:
    page.goto(f"{address}{path}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(6):
        page.keyboard.press("Tab")
        inside, outline = page.evaluate(
            "[document.querySelector('main').contains(document.activeElement),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert inside
        assert outline != "none"


def test_the_choice_of_colours_holds_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}/incidents?country=PK")
    page.get_by_role("button", name="Dark").click()
    assert page.url.endswith("/incidents?country=PK")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(address)
    page.get_by_role("button", name="Light").click()
    assert page.locator("html").get_attribute("data-theme") == "light"
    context.close()
