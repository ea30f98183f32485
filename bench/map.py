"""How quickly the map is there and how smoothly it moves, over a generated base, in headless Chromium with software GL.

    python bench/map.py [--incidents 50000] [--store FILE] [--rounds 3] [--gl swiftshader|none]

Makes the base (kept where `--store` names a file that exists), serves it, and measures in a fresh browser each round:
seconds until the page shows anything (first contentful paint), until the map is drawn first, and until it stands still
with its counts, all from the start of navigation; and frames a second while it is dragged for three seconds, over the
whole world and closer, and while the time brush is dragged. Frames are those in which the map was drawn or moved; the
slowest twentieth is named too, and the processor time of a frame (of what draws, and of the page): what else
runs changes that less than frames a second. With `--gl swiftshader` Chromium puts its pages together with OpenGL that a
processor works out, which costs more than the map does: `empty page` has the same figures of a page on which one word
changes in every frame. With `--gl none` it does so without OpenGL, as by itself where there is no graphics card.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from khabar.reading.gazetteer import open_gazetteer
from khabar.records import Derived, Event
from khabar.settings import load_settings
from khabar.store import Assembled, open_store

SEED = 7
WHERE = {"PK": 30, "AF": 15, "IN": 10, "NG": 10, "SY": 8, "IQ": 8, "SO": 5, "YE": 5, "CO": 4, "ML": 3, "KE": 2}
HOW = {"exact": 55, "near": 12, "adm2": 8, "adm1": 15, "country": 7, "region": 3}
TYPES = ("bombing", "armed_assault", "ambush", "clash", "suicide_bombing", "arrest")
TOWNS = 400  # of each country: reports name the same towns again and again
FIRST, DAYS = date(2000, 1, 1), 25 * 365
FRAMES = """async (milliseconds) => {
  const [frames, start] = [[], performance.now()];
  let before = window.drawn;
  await new Promise((done) => {
    const step = (now) => {
      if (window.drawn > before) frames.push(now);
      before = window.drawn;
      if (now - start < milliseconds) requestAnimationFrame(step); else done();
    };
    requestAnimationFrame(step);
  });
  return frames;
}"""
FIRST_PAINT = """() => new Promise((tell) => {
  const watch = (seen) => {
    for (const paint of seen.getEntriesByName("first-contentful-paint")) tell(paint.startTime);
  };
  new PerformanceObserver(watch).observe({ type: "paint", buffered: true });
})"""
COUNT = """window.drawn = 0;
const draw = CanvasRenderingContext2D.prototype.fillRect;
CanvasRenderingContext2D.prototype.fillRect = function (...given) {
  window.drawn += 1;
  return draw.apply(this, given);
};
new MutationObserver((changes) => {
  if (changes.some((change) => change.target instanceof HTMLCanvasElement)) window.drawn += 1;
}).observe(document, { subtree: true, attributeFilter: ["style"] });
"""
GL = {
    "swiftshader": ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    "none": ("--no-sandbox", "--disable-gpu"),
}


def main() -> None:
    """Build, serve, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--incidents", type=int, default=50_000)
    options.add_argument("--store", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--gl", choices=tuple(GL), default="swiftshader")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = asked.store or Path(folder, "bench.db")
        if not store.exists():
            build(store, asked.incidents)
        with served(store) as address:
            answers(address)
            rounds = [browse(address, GL[asked.gl]) for _ in range(asked.rounds)]
    for name in rounds[0]:
        print(f"{name:45}", " ".join(f"{r[name]:8.2f}" for r in rounds))


def build(store: Path, count: int) -> None:
    """A base with that many incidents, and nothing else."""
    gazetteer = open_gazetteer(load_settings().cache)
    gazetteer.close()
    chance = Random(SEED)  # noqa: S311 (made-up data)
    towns = {code: list(read_towns(sqlite3.connect(gazetteer.path), code)) for code in WHERE}
    events = tuple(incident(number, chance, towns) for number in range(count))
    with open_store(str(store)) as base:
        base.save_resolution(Assembled(events=events))


def read_towns(base: sqlite3.Connection, code: str) -> Iterator[dict[str, Any]]:
    """The largest towns of a country in the exchange format."""
    question = (
        "SELECT t.name, t.id, t.latitude, t.longitude, a.name, d.name, d.id, d.latitude, d.longitude FROM place t "
        "JOIN place a ON a.id = t.admin1 LEFT JOIN place d ON d.id = t.admin2 AND d.latitude IS NOT NULL "
        "WHERE t.kind = 'city' AND t.country = ? ORDER BY t.population DESC LIMIT ?"
    )
    for name, key, latitude, longitude, admin1, admin2, district, south, west in base.execute(question, (code, TOWNS)):
        town = {"name": name, "country": code, "admin1": admin1, "admin2": admin2, "geonames_id": key}
        unit = {"geonames_id": district, "latitude": south, "longitude": west}
        yield {**town, "latitude": latitude, "longitude": longitude, "district": unit if district else None}


def incident(number: int, chance: Random, towns: dict[str, list[dict[str, Any]]]) -> Event:
    """One incident: often in a large town, its date sometimes known to the month or year alone."""
    code = chance.choices(list(WHERE), list(WHERE.values()))[0]
    town = towns[code][int(len(towns[code]) * chance.random() ** 2)]
    level = chance.choices(list(HOW), list(HOW.values()))[0]
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    first, last = day, day
    if chance.random() < 0.1:
        first = day.replace(day=1, month=day.month if chance.random() < 0.7 else 1)
        last = first + timedelta(days=27 if first.month == day.month else 364)
    place = {k: v for k, v in town.items() if k != "district"}
    if level == "adm2" and town["district"]:
        place |= {**town["district"], "name": town["admin2"]}
    elif level == "adm1":
        place |= {"name": town["admin1"], "admin2": None, "geonames_id": None, "latitude": None, "longitude": None}
    elif level in ("country", "region"):
        place = {"name": code, "country": code}
    derived = {
        "type": chance.choice(TYPES),
        "modality": "actual",
        "when": {"earliest": first.isoformat(), "latest": last.isoformat(), "precision": "day", "text": ""},
        "places": [{**place, "text": place["name"], "precision": level}],
        "killed": {"low": number % 7, "best": number % 7, "high": number % 7, "text": ""},
    }
    return Event(f"bench{number:07}", (), (), {}, {k: Derived(v, "only value") for k, v in derived.items()}, 1, ())


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of a workbench over the base."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "khabar", "serve", "--no-browser", "--port", str(port), "--store", str(store)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/api/overview", timeout=5).close()  # noqa: S310 (our own server)
            break
        except OSError:
            time.sleep(0.2)
    yield address
    server.terminate()
    server.wait(20)


def answers(address: str) -> None:
    """How long the server takes, at best and in the middle of five."""
    for path in ("/map", "/api/map", "/api/map?country=PK&type=bombing", "/incidents?country=PK&known=adm1"):
        seconds, size = [], 0
        for _ in range(5):
            start = time.perf_counter()
            with urllib.request.urlopen(address + path, timeout=60) as answer:  # noqa: S310
                size = len(answer.read())
            seconds.append(time.perf_counter() - start)
        print(f"{path:45} {min(seconds):8.2f} {statistics.median(seconds):8.2f} s {size / 1000:9,.0f} kB")


def browse(address: str, flags: tuple[str, ...]) -> dict[str, float]:
    """One round in a fresh browser."""
    from playwright.sync_api import sync_playwright

    found: dict[str, float] = {}
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(flags))
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.add_init_script(COUNT)
        found |= idle(page)
        page.goto(f"{address}/incidents")  # the browser itself has started; nothing of the map is in its cache
        page.goto(f"{address}/map")
        page.wait_for_selector("[data-state=drawn]", timeout=60_000)
        found["first contentful paint, s"] = page.evaluate(FIRST_PAINT) / 1000
        for mark in ("map-start", "map-first", "map-drawn"):
            found[f"{mark}, s"] = page.evaluate(f"(performance.getEntriesByName('{mark}')[0]?.startTime ?? 0) / 1000")
        found |= dragged(page, "[data-map-canvas]", "world")
        for _ in range(3):
            page.click("[data-zoom=in]")
            page.wait_for_timeout(500)
        page.wait_for_timeout(1000)
        found |= dragged(page, "[data-map-canvas]", "closer")
        page.click("[data-zoom=all]")
        page.wait_for_timeout(1500)
        found |= dragged(page, "[data-map-time] svg", "brush")
        browser.close()
    return found


def idle(page: Any) -> dict[str, float]:
    """What a page costs by itself on which one word changes in every frame."""
    page.set_content("<p>0</p>")
    before = processor()
    page.evaluate("""() => {
      const step = () => {
        document.querySelector("p").textContent = window.drawn += 1;
        requestAnimationFrame(step);
      };
      window.drawn = 0;
      requestAnimationFrame(step);
    }""")
    frames = page.evaluate(f"({FRAMES})(2000)")
    spent = processor()["gpu"] - before["gpu"]
    return {
        "empty page: frames a second": len(frames) / 2,
        "empty page: gpu processor, ms a frame": 1000 * spent / max(1, len(frames)),
    }


def dragged(page: Any, what: str, name: str) -> dict[str, float]:
    """Frames a second while something is dragged to and fro for three seconds."""
    page.locator(what).scroll_into_view_if_needed()
    box = page.locator(what).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    before = processor()
    page.evaluate(f"() => {{ window.frames3 = ({FRAMES})(3000); }}")
    start = time.perf_counter()
    step = 0
    while time.perf_counter() - start < 3:
        step += 1
        swing = 220 * (1 - abs((step % 80) / 40 - 1))
        page.mouse.move(x + swing, y + (swing / 4 if name != "brush" else 0))
    frames = page.evaluate("window.frames3")
    page.mouse.up()
    spent = {kind: after - before[kind] for kind, after in processor().items()}
    gaps = sorted(b - a for a, b in pairwise(frames)) or [3000.0]
    return {
        f"{name}: frames a second": len(frames) / 3,
        f"{name}: slowest twentieth, ms": gaps[int(0.95 * len(gaps))],
        **{f"{name}: {kind} processor, ms a frame": 1000 * spent[kind] / max(1, len(frames)) for kind in spent},
    }


def processor() -> dict[str, float]:
    """Seconds of processor time that our browser's drawing process and pages have used."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    ours = {os.getpid()}
    for pid, parent, _ in rows:  # a parent has the lower number
        if int(parent) in ours:
            ours.add(int(pid))
    kinds = {"gpu": "--type=gpu-process", "page": "--type=renderer"}
    spent = dict.fromkeys(kinds, 0.0)
    for pid, _, command in rows:
        for kind, sign in kinds.items():
            if int(pid) in ours and sign in command:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                spent[kind] += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


if __name__ == "__main__":
    main()
