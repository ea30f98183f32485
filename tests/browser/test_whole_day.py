"""A coder's whole day in one sitting: the demo, a filter, an incident, its evidence, a toll corrected and undone, two
incidents made one and parted again, a report coded twice and adjudicated, and the export that goes to the archive.

Without script, so that what holds here holds for everybody; the keys are tried in `test_reviewing`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workbench import adjudicated, coded_twice, killed, workbench

from copies import copied

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A workbench over a copy of the demo base, which this day changes."""
    store = copied(demo_base, tmp_path_factory.mktemp("day") / "k.db")
    with workbench(Path(store), user="amal") as url:
        yield url


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    opened = context.new_page()
    foreign: list[str] = []
    opened.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
    yield opened
    context.close()
    assert foreign == []


def test_from_the_demo_to_the_export(page: Any, address: str) -> None:
    incident = _filtered(page, address)
    document, before = _evidence(page)
    _corrected_and_undone(page, address, before)
    _merged_and_split(page, address, incident)
    coded_twice(page, address, document, "day")
    adjudicated(page, address, document, "day")
    _exported(page, address)


def _filtered(page: Any, address: str) -> str:
    """To the incident with most dead of one country; its address."""
    page.goto(address)
    page.get_by_role("link", name="Incidents", exact=True).click()
    page.get_by_label("Country").select_option("PK")
    page.get_by_label("Order").select_option("killed")
    page.get_by_role("button", name="Filter").click()
    page.locator("table.rows tbody a").first.click()
    return str(page.url)


def _evidence(page: Any) -> tuple[str, str]:
    """From the number of dead to the words of a report: the document, and the number its claim says."""
    said = page.locator("#f-killed a.passage b").first.inner_text()
    page.locator("#f-killed a.passage").first.click()
    assert page.locator("mark.asked").first.inner_text() == said
    return re.findall(r"/documents/(\w+)", page.url)[0], killed(page).input_value()


def _corrected_and_undone(page: Any, address: str, before: str) -> None:
    here = page.url
    target = page.locator("section.claim.focus").get_attribute("data-claim")
    killed(page).fill("7777")
    page.locator("section.claim.focus").get_by_role("button", name="Accept", exact=True).click()
    corrected = page.locator(f'#c-{target}[data-state="corrected"]')
    assert corrected.count() == 1
    assert "7777" in corrected.locator("a.says").inner_text()
    page.goto(f"{address}/incidents?order=killed&min_killed=7000")
    assert page.locator("table.rows tbody tr").count() == 1, "the incident does not show what was corrected"
    page.goto(here)
    page.get_by_role("button", name="Undo: correct").click()
    page.goto(here)
    assert page.locator(f'#c-{target}[data-state="proposed"]').count() == 1
    assert killed(page).input_value() == before


def _incidents(page: Any, address: str) -> int:
    return int(page.request.get(f"{address}/api/incidents").json()["total"])


def _merged_and_split(page: Any, address: str, incident: str) -> None:
    """Two incidents of the list are made one by hand, then its claims are parted as they were."""
    before = _incidents(page, address)
    page.goto(f"{address}/incidents?order=killed")
    links = page.locator('table.rows tbody a[href^="/incidents/"]')
    ids = list(dict.fromkeys(re.findall(r"/incidents/(\w+)", str(links.evaluate_all("all => all.map(a => a.href)")))))
    other = next(found for found in ids if found not in incident)
    claims = page.request.get(f"{address}/api/incidents/{other}").json()["claims"]
    page.goto(incident)
    page.locator('#decide input[name="keys"]:not([type="hidden"])').first.fill(other)
    page.locator("#decide").get_by_label("because").first.fill("one attack, two towns")
    page.get_by_role("button", name="Decide", exact=True).click()
    assert _incidents(page, address) == before - 1
    assert page.get_by_text("one attack, two towns").first.is_visible()
    page.get_by_text("Part this incident in two").click()
    for claim in claims:
        page.locator(f'input[type="checkbox"][value="{claim}"]').check()
    page.get_by_role("button", name="Part them").click()
    assert _incidents(page, address) == before
    now = page.request.get(f"{address}/api/incidents?order=killed").json()["incidents"]
    assert sorted(claims) in [sorted(found["claims"]) for found in now]


def _exported(page: Any, address: str) -> None:
    """What was adjudicated is in the file, with the passage of every cell beside it."""
    page.goto(f"{address}/incidents?country=PK")
    page.get_by_role("link", name="in another shape").click()
    page.get_by_role("radio", name=re.compile("^ucdp-ged")).check()
    rows = _downloaded(page)
    assert "91" in {row["best"] for row in rows}
    page.get_by_role("radio", name=re.compile("^provenance")).check()
    assert all(row["quote"] for row in _downloaded(page) if row["column"] == "best")


def _downloaded(page: Any) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    return list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8"))))
