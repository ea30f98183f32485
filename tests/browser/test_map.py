"""The map in a real browser: drawn without any other host, brushed, clicked; and where no browser can draw it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "src/khabar/serve/static/map.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SCRIPT.is_file(), reason="the page scripts are not built (make web)"),
]
PATIENCE = 60_000  # milliseconds: other tests run beside


@pytest.fixture
def drawn(browser: Any, address: str) -> Iterator[Any]:
    """The map of the demo base; any request to another host, and any error of the page, is a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    foreign: list[str] = []
    problems: list[str] = []

    def sift(route: Any) -> None:
        if route.request.url.startswith((address, "blob:", "data:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("**/*", sift)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/map")
    page.wait_for_selector("[data-map][data-state=drawn]", timeout=PATIENCE)
    yield page
    context.close()
    assert foreign == []
    assert problems == []


def test_the_map_is_drawn_and_a_click_opens_incidents(drawn: Any) -> None:
    frame = drawn.locator("[data-map-canvas]")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    found = drawn.locator("[data-map-found]")
    steps = [(x / 16, y / 12) for y in range(1, 12) for x in range(1, 16)]
    for across, along in steps:  # somewhere on the way an area or point is hit
        drawn.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * along)
        if frame.evaluate("frame => frame.style.cursor") == "pointer":
            drawn.mouse.down()
            drawn.mouse.up()
            drawn.wait_for_timeout(800)
            if found.is_visible():
                break
    link = found.locator("a").first
    words = re.match(r"(\d+) incidents? ", link.inner_text(timeout=PATIENCE))
    assert words is not None
    link.click()
    assert re.search(r"/incidents\?.*known=", drawn.url)
    assert drawn.locator("p.count").inner_text().startswith(words[1])


def test_brushing_time_narrows_table_and_address_from_the_keyboard(drawn: Any) -> None:
    from playwright.sync_api import expect

    before = int(drawn.locator("#map-count span").first.inner_text().split()[0])
    later = drawn.get_by_label("From month")
    later.focus()
    for _ in range(5):
        drawn.keyboard.press("PageUp")
    drawn.wait_for_url(re.compile(r"since=\d{4}-\d{2}-01"), timeout=PATIENCE)
    expect(drawn.locator("#map-count span").first).not_to_have_text(f"{before} incidents", timeout=PATIENCE)
    assert int(drawn.locator("#map-count span").first.inner_text().split()[0]) < before
    assert "since=" in drawn.locator("#areas a").first.get_attribute("href")
    drawn.get_by_role("button", name="All time").click()
    drawn.wait_for_url(lambda url: "since=" not in url, timeout=PATIENCE)


def test_the_map_moves_by_keys_and_by_hand(drawn: Any) -> None:
    frame = drawn.locator("[data-map-canvas]")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    inner = {"x": box["x"] + 100, "y": box["y"] + 10, "width": box["width"] - 110, "height": box["height"] - 20}
    seen = [drawn.screenshot(clip=inner)]
    frame.focus()
    for key in ("+", "ArrowRight", "-"):
        drawn.keyboard.press(key)
        drawn.wait_for_timeout(600)  # it glides
        seen.append(drawn.screenshot(clip=inner))
    drawn.mouse.move(box["x"] + 300, box["y"] + 200)
    drawn.mouse.down()
    drawn.mouse.move(box["x"] + 360, box["y"] + 240, steps=4)
    drawn.mouse.up()
    drawn.wait_for_timeout(600)
    seen.append(drawn.screenshot(clip=inner))
    assert len(set(seen)) == len(seen)
    drawn.get_by_role("button", name="All", exact=True).click()
    drawn.wait_for_timeout(600)
    assert drawn.screenshot(clip=inner) == seen[0]


def test_a_filter_draws_another_map(drawn: Any) -> None:
    drawn.locator("select[name=country]").select_option("PK")
    drawn.wait_for_url(re.compile("country=PK"))
    drawn.wait_for_selector("[data-map][data-state=drawn]", timeout=PATIENCE)
    assert drawn.locator("table.areas tbody tr.whole").count() == 1


def test_where_nothing_can_draw_the_server_has_drawn(browser: Any, address: str) -> None:
    """Without script, and in a browser that draws no canvas."""
    for script in (False, True):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        if script:
            page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page.goto(f"{address}/map?country=PK")
        area = page.locator("svg.areas a").first
        area.wait_for(timeout=PATIENCE)
        label = area.get_attribute("aria-label")
        page.goto(address + area.get_attribute("href"))
        assert page.locator("p.count").inner_text().startswith(label.rsplit(": ")[1])
        context.close()
