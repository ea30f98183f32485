"""A team in a real browser: sign in, code, sign out; what a role does not have is not offered; axe finds nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_accessibility import AXE, RUN, STYLES
from workbench import workbench

from command import khabar
from copies import copied

pytestmark = pytest.mark.browser
PASSWORD = "seven quiet mountain lakes"  # noqa: S105
ROLES = {"amal": "admin", "zoe": "coder", "rahim": "reader"}


@pytest.fixture(scope="module")
def address(demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A team's workbench over a copy of the demo base."""
    folder = tmp_path_factory.mktemp("team")
    store = copied(demo_base, folder / "k.db")
    for name, role in ROLES.items():
        khabar(folder, "account", "add", name, "--role", role, "--store", str(store), input=f"{PASSWORD}\n")
    with workbench(store, "--team", user="setup") as url:
        yield url


def _sign_in(page: Any, address: str, name: str, path: str = "/") -> None:
    page.goto(f"{address}{path}")
    page.wait_for_url("**/login**")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}{path}")


def test_a_coder_signs_in_codes_under_the_own_name_and_signs_out(page: Any, address: str) -> None:
    _sign_in(page, address, "zoe", "/incidents?order=killed")
    page.locator("table.rows tbody a").first.click()
    page.locator("#f-killed a.passage").first.click()
    page.wait_for_url(re.compile(r"/documents/\w+\?claim="))
    target = page.locator("section.claim.focus").get_attribute("data-claim")
    page.locator('section.claim.focus form.slots button[value="accept"]').click()
    page.wait_for_url(re.compile(r"/(documents|queue)"))
    page.goto(f"{address}/decisions")
    row = page.locator("tbody tr").first
    assert "zoe" in row.inner_text()
    assert row.locator(f'a[href*="{target}"]').count() == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login")
    page.goto(f"{address}/decisions")
    page.wait_for_url("**/login?back=/decisions")


def test_a_reader_reads_and_is_offered_no_desk(page: Any, address: str) -> None:
    _sign_in(page, address, "rahim", "/incidents?order=killed")
    pages = page.get_by_role("navigation", name="Pages")
    assert pages.get_by_role("link", name="Incidents").count() == 1
    assert pages.get_by_role("link", name="Queue").count() == 0
    page.locator("table.rows tbody a").first.click()
    assert page.locator("#decide, form.decide").count() == 0
    page.locator("#f-killed a.passage").first.click()
    page.wait_for_url(re.compile(r"/documents/\w+\?claim="))
    assert page.locator("form.slots button, [data-desk]").count() == 0


@pytest.mark.skipif(not AXE.is_file() or not STYLES.is_file(), reason="the styles are not built (make web)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_people_sign_in(browser: Any, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page, found = context.new_page(), {}

    def looked_at(name: str) -> None:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate(RUN)
        if violations:
            found[name] = violations

    page.goto(f"{address}/login")
    looked_at("login")
    _sign_in(page, address, "amal", "/account")
    page.get_by_label("What it is for").fill("nightly export")
    page.get_by_role("button", name="Make a token").click()
    looked_at("a new token")
    for path in ("/account", "/accounts"):
        page.goto(f"{address}{path}")
        looked_at(path)
    context.close()
    assert found == {}, json.dumps(found, indent=1)
