"""A coder at work in a real browser: from an incident to its evidence, correct a toll, undo; code twice, adjudicate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workbench import adjudicated, coded_twice, killed, workbench

from copies import copied

pytestmark = pytest.mark.browser
SCRIPTS = Path(__file__).resolve().parents[2] / "src/khabar/serve/static/khabar.js"


@pytest.fixture(scope="module")
def address(demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A workbench over a copy of the demo base, which these tests change."""
    store = copied(demo_base, tmp_path_factory.mktemp("reviewing") / "k.db")
    with workbench(Path(store), user="amal") as url:
        yield url


def _to_a_claim(page: Any, address: str) -> None:
    """From the incident with the most dead to the passage of its toll, and the claim that says it."""
    page.goto(f"{address}/incidents?order=killed")
    page.locator("table.rows tbody a").first.click()
    page.locator("#f-killed a.passage").first.click()
    page.wait_for_url(re.compile(r"/documents/\w+\?claim="))


@pytest.mark.skipif(not SCRIPTS.is_file(), reason="the page scripts are not built (make web)")
def test_correct_a_toll_by_keys_and_undo_it(page: Any, address: str) -> None:
    _to_a_claim(page, address)
    page.get_by_role("button", name="Keys (?)").wait_for()  # the script is there
    target = page.locator("section.claim.focus").get_attribute("data-claim")
    assert page.locator(f'mark.focus[data-claims~="{target}"]').first.is_visible()
    before = killed(page).input_value()
    page.locator(f"#c-{target}").focus()
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.tagName") in ("INPUT", "SELECT")
    killed(page).fill("77")
    page.get_by_text("draft kept").wait_for()
    page.keyboard.press("Enter")
    page.locator(f'#c-{target}[data-state="corrected"]').wait_for()
    page.locator(f"#c-{target} a.says").click()
    assert page.locator(f"#c-{target} .tag", has_text="corrected").first.is_visible()
    page.keyboard.press("u")
    page.locator(f'#c-{target}[data-state="proposed"]').wait_for()
    assert killed(page).input_value() == before


@pytest.mark.skipif(not SCRIPTS.is_file(), reason="the page scripts are not built (make web)")
def test_one_key_accepts_and_the_next_claim_opens(page: Any, address: str) -> None:
    page.goto(f"{address}/queue/next")
    there = re.search(r"/documents/(\w+)", page.url)
    assert there
    page.get_by_role("button", name="Keys (?)").wait_for()
    waiting = page.locator('section[data-state="proposed"]').count()
    first = page.locator("section.claim.focus").get_attribute("data-claim")
    page.keyboard.press("a")
    page.locator(f'#c-{first}[data-state="accepted"]').or_(page.locator(".flash")).first.wait_for()
    if waiting > 1:
        assert page.locator("section.claim.focus").get_attribute("data-claim") != first
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.goto(f"{address}/documents/{there[1]}")
    if page.locator('section[data-state="proposed"]').count():
        page.keyboard.press("A")
        page.wait_for_url(re.compile(rf"(/documents/(?!{there[1]})|/queue)"))


@pytest.mark.skipif(not SCRIPTS.is_file(), reason="the page scripts are not built (make web)")
def test_selected_words_become_a_value_with_their_passage(page: Any, address: str) -> None:
    _to_a_claim(page, address)
    page.get_by_role("button", name="Keys (?)").wait_for()  # the script is there
    page.evaluate(
        """() => {
            const mark = document.querySelector("article.text mark.focus, article.text mark.asked");
            const range = document.createRange();
            range.selectNodeContents(mark);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    bar = page.get_by_role("toolbar", name="What the selected words say")
    bar.wait_for()
    words = page.evaluate("getSelection().toString().trim()")
    bar.get_by_role("button", name=re.compile("Killed")).first.click()
    form = page.locator("section.claim.focus form.slots")
    assert form.locator('input[name="killed.text"]').input_value() == words
    start, end = map(int, form.locator('input[name="evidence-of:killed"]').input_value().split("-"))
    text = page.request.get(page.url.split("?")[0] + "/text").text()
    assert "".join(list(text)[start:end]) == words


def test_two_incidents_are_merged_and_parted_again_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/queue?what=pairs")
    before = page.locator(".rooms a", has_text="Perhaps the same").inner_text()
    page.get_by_role("button", name="Same", exact=True).first.click()
    assert page.locator(".rooms a", has_text="Perhaps the same").inner_text() != before
    page.goto(f"{address}/decisions")
    page.get_by_role("button", name="Undo").first.click()
    page.goto(f"{address}/queue?what=pairs")
    assert page.locator(".rooms a", has_text="Perhaps the same").inner_text() == before
    context.close()


def test_code_twice_and_adjudicate(browser: Any, address: str) -> None:
    """Two coders begin with the claims proposed and do not see each other; a third settles where they differ."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/incidents?order=killed")
    page.locator("table.rows tbody a").first.click()
    page.locator("#f-killed a.passage").first.click()
    document = re.findall(r"/documents/(\w+)", page.url)[0]
    coded_twice(page, address, document, "pilot")
    adjudicated(page, address, document, "pilot")
    context.close()
