"""Workbenches for browsers, started as a user starts them, and what coders do in them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["adjudicated", "coded_twice", "killed", "workbench"]


@contextmanager
def workbench(store: Path, *arguments: str, user: str = "user") -> Iterator[str]:
    """The address of a workbench over a store, in the name of a user; it must go down without a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "khabar", "serve", "--no-browser", "--port", str(port), "--store", str(store)]
    environment = {**os.environ, "KHABAR_USER": user}
    server = subprocess.Popen(
        [*command, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    )
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        _, errors = server.communicate(timeout=20)
    assert b"Traceback" not in errors


def killed(page: Any) -> Any:
    """The field of the number of dead, of the claim at work."""
    return page.locator('section.claim.focus form.slots input[name="killed.best"]')


def coded_twice(page: Any, address: str, document: str, batch: str) -> None:
    """Two coders begin with the claims proposed and do not see each other: bo leaves them, zoe counts 91 dead."""
    page.goto(f"{address}/codings")
    page.get_by_label("Batch").fill(batch)
    page.get_by_label("Coders", exact=True).fill("bo, zoe")
    page.get_by_label("Documents").fill(document)
    page.get_by_label("Coders begin").select_option("yes")
    page.get_by_role("button", name="Assign").click()
    for coder, number in (("bo", None), ("zoe", "91")):
        _as(page, address, coder)
        page.goto(f"{address}/documents/{document}")
        assert "/codings/" in page.url, "a blind coder was shown the base"
        assert page.locator(".tag", has_text="accepted").count() == 0
        if number:
            page.locator("section.claim", has_text=re.compile(r"killed \d")).first.locator("a.says").click()
            killed(page).fill(number)
            page.locator("section.claim.focus").get_by_role("button", name="Accept", exact=True).click()
        page.get_by_role("button", name="Finish").click()


def adjudicated(page: Any, address: str, document: str, batch: str) -> None:
    """A third settles where the two differ, as zoe has it; the base then says it too."""
    page.goto(f"{address}/agreement?batch={batch}")
    assert page.get_by_role("heading", name=re.compile("Between coders")).is_visible()
    _as(page, address, "lead")
    page.goto(f"{address}/codings")
    page.get_by_role("button", name="Adjudicate").click()
    assert page.get_by_role("button", name="Finish").is_disabled()
    page.get_by_role("button", name="Take zoe's").first.click()
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url(re.compile(document))
    assert page.locator("section.claim", has_text="killed 91").first.is_visible()


def _as(page: Any, address: str, name: str) -> None:
    page.goto(f"{address}/queue")
    page.get_by_label("Coder", exact=True).fill(name)
    page.get_by_role("button", name="Change").click()
