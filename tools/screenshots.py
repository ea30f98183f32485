"""Takes the README's pictures from the real demo: `python tools/screenshots.py [NAME …]`; needs `make web`, Chromium.

Each picture is a page as a reader finds it, at 1280 by 800, and stays below 300 kB.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["SHOTS", "Shot", "main"]

_FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
_LARGEST = 300_000  # bytes
_WIDTH, _HEIGHT = 1280, 800
_ARGUMENTS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: the page, links to follow from there (their words, or selectors), and how dark it is."""

    path: str
    follow: tuple[str, ...] = ()
    scheme: str = "light"
    wait: str = "main"


SHOTS = {
    "overview": Shot("/"),
    "incident": Shot("/incidents?text=cadets&order=killed", follow=("#list table tbody a",)),
    "timeline": Shot("/timeline?span=2016"),
    "map": Shot("/map", wait="[data-state=drawn]"),
    "genealogy": Shot("/genealogy"),
    "desk": Shot("/incidents?text=cadets&order=killed", follow=("#list table tbody a", "#f-killed a.passage")),
    "dark": Shot("/contradictions", scheme="dark"),
}


@contextmanager
def _workbench(folder: Path) -> Iterator[str]:
    """The address of a workbench over a demo base built for the purpose."""
    store = folder / "demo.db"
    khabar = [sys.executable, "-m", "khabar"]
    subprocess.run([*khabar, "demo", "--no-serve", "--store", str(store)], check=True, stdout=subprocess.DEVNULL)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*khabar, "serve", "--no-browser", "--port", str(port), "--store", str(store)], stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _take(browser: Any, address: str, name: str, shot: Shot) -> Path:
    size = {"width": _WIDTH, "height": _HEIGHT}
    context = browser.new_context(viewport=size, color_scheme=shot.scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}{shot.path}")
    for selector in shot.follow:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_selector(shot.wait)
    page.wait_for_timeout(500)
    path = _FOLDER / f"{name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def main() -> None:
    """Take the pictures named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(SHOTS)}; none: all")
    names = parser.parse_args().names or list(SHOTS)
    unknown = sorted(set(names) - set(SHOTS))
    if unknown:
        raise SystemExit(f"There is no picture {unknown[0]!r}. Use {', '.join(SHOTS)}.")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("No Chromium is installed. On Debian: apt install chromium.")
    from playwright.sync_api import sync_playwright

    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _workbench(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        for name in names:
            path = _take(browser, address, name, SHOTS[name])
            bytes_ = path.stat().st_size
            print(f"{path.name}: {bytes_ // 1000} kB")
            if bytes_ > _LARGEST:
                raise SystemExit(f"{path.name} is larger than {_LARGEST // 1000} kB. Show less of the page.")
        browser.close()


if __name__ == "__main__":
    main()
