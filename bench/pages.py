"""How quickly every page answers over a large base: 100,000 incidents and a million claims, asked over HTTP.

    python bench/pages.py ../shared/data/ged/ged_pakistan_1989_2014.csv --folder FOLDER
                          [--incidents 100000] [--asked 100] [--only incident search] [--slowest 3]

Builds the base once (`bench/pages_base.py`, some ten minutes of processor time) and keeps it in the folder; starts the
real server; and asks for each kind of page at addresses drawn at random with a fixed seed: filters and pages of lists,
incidents, actors (half of them as likely as they are named), one to three words of the texts, and so on. Each kind is
asked a few times before it is timed, with other addresses, as a server that has been up for a minute would be. Named
are milliseconds until the answer is there, and milliseconds of processor time that the server spent (of all its
threads), which what else runs on the machine changes less. Where a target is missed the exit code is 1.
"""

from __future__ import annotations

import argparse
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode

from pages_base import build

SEED = 5
WARM = 3  # answers before the timed ones
PAGE = 50  # rows of a list page
TARGETS = {"incidents": 150, "incident": 150, "actors": 150, "actor": 150, "search": 250}  # ms, p95
_WORD = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True)
class Known:
    """What addresses are drawn from."""

    incidents: list[str]
    actors: list[str]
    named: list[int]
    documents: list[str]
    words: list[list[str]]
    types: list[str]
    countries: list[str]
    total: int
    reports: int
    claims: int

    @classmethod
    def of(cls, store: Path, chance: Random) -> Known:
        """A sample of a base, read past the server."""
        base = sqlite3.connect(f"file:{store}?mode=ro", uri=True)

        def column(question: str) -> list[str]:
            return [row[0] for row in base.execute(question)]

        actors = base.execute("SELECT id, claims FROM actors WHERE claims > 0").fetchall()
        incidents, documents = column("SELECT id FROM events"), column("SELECT id FROM documents")
        some = chance.sample(documents, min(400, len(documents)))
        texts = (base.execute("SELECT text FROM documents WHERE id = ?", (key,)).fetchone()[0] for key in some)
        return cls(
            incidents, [a for a, _ in actors], [n for _, n in actors], documents,
            [found for text in texts if (found := _WORD.findall(text))],
            column("SELECT DISTINCT type FROM events WHERE type <> ''"),
            column("SELECT DISTINCT country FROM event_places WHERE country IS NOT NULL"),
            len(incidents), len(documents), base.execute("SELECT count(*) FROM claims").fetchone()[0],
        )  # fmt: skip


class Drawn:
    """Addresses drawn at random."""

    def __init__(self, known: Known, chance: Random) -> None:
        self.known, self.chance = known, chance

    def kinds(self) -> dict[str, Callable[[], str]]:
        """How an address of each kind of page is drawn."""
        known, pick = self.known, self.chance.choice
        return {
            "incidents": self.incidents,
            "incident": lambda: f"/incidents/{pick(known.incidents)}",
            "actors": self.actors,
            "actor": lambda: f"/actors/{quote(self.actor())}",
            "search": lambda: f"/search?{urlencode({'text': ' '.join(self.words())})}",
            "overview": lambda: f"/?{self.some(span=self.maybe([str(y) for y in range(1995, 2014)]))}",
            "map": lambda: f"/map?{self.some(country=self.maybe(known.countries), type=self.maybe(known.types))}",
            "map data, whole": lambda: "/api/map",
            "map data, filtered": lambda: (
                f"/api/map?{urlencode({'country': pick(known.countries), 'type': pick(known.types)})}"
            ),
            "timeline": self.timeline,
            "queue, claims": lambda: f"/queue?{self.some(what='claims', page=self.page(2000))}",
            "queue, pairs": lambda: f"/queue?{self.some(what='pairs', page=self.page(2000))}",
            "queue, contradictions": lambda: f"/queue?{self.some(what='contradictions', page=self.page(2000))}",
            "genealogy, whole": lambda: "/genealogy",
            "genealogy, one group": lambda: f"/genealogy?{urlencode({'group': self.group()})}",
            "network, whole": lambda: "/network",
            "network, one group": lambda: f"/network?{urlencode({'group': self.group()})}",
            "contradictions": lambda: (
                f"/contradictions?{self.some(kind=self.maybe(['toll', 'date']), page=self.page(2000))}"
            ),
            "positions": lambda: f"/positions?{self.some(page=self.page(500))}",
            "totals": lambda: "/totals",
            "statements": lambda: f"/statements?{self.some(page=self.page(2000))}",
            "documents": self.documents,
            "document": lambda: f"/documents/{pick(known.documents)}",
        }  # fmt: skip

    def incidents(self) -> str:
        """The list, with none to three filters, in any order, at any page."""
        known, chance = self.known, self.chance
        year = chance.randrange(1990, 2014)
        filters: dict[str, object] = {
            "country": chance.choice(known.countries),
            "type": chance.choice(known.types),
            "actor": self.actor(),
            "since": f"{year}-0{chance.randrange(1, 9)}-01",
            "within": str(year),
            "min_killed": chance.choice([1, 5, 20]),
            "text": self.words()[0],
            "known": chance.choice(["exact", "adm1", "adm2"]),
        }
        chosen = chance.sample(sorted(filters), chance.choice([0, 0, 1, 1, 2, 3]))
        page = self.page(known.total if not chosen else known.total // 40)
        order = chance.choice(["newest", "newest", "oldest", "killed"])
        return f"/incidents?{self.some(order=order, page=page, **{name: filters[name] for name in chosen})}"

    def actors(self) -> str:
        """The list of actors, now and then of one kind."""
        kind = self.maybe(["person", "organization"])
        return f"/actors?{self.some(page=self.page(len(self.known.actors)), kind=kind)}"

    def documents(self) -> str:
        """The list of reports, now and then those with a word."""
        word = self.maybe([self.words()[0]])
        return f"/documents?{self.some(page=self.page(self.known.reports), text=word)}"

    def timeline(self) -> str:
        """All years, a year, or a month; now and then of one actor."""
        year = self.chance.randrange(1990, 2014)
        span = self.chance.choice(["", str(year), f"{year}-0{self.chance.randrange(1, 9)}"])
        return f"/timeline?{self.some(span=span, actor=self.actor() if self.chance.random() < 0.25 else '')}"

    def actor(self) -> str:
        """An actor: any one, or one as likely as it is named."""
        known = self.known
        if self.chance.random() < 0.5:
            return self.chance.choice(known.actors)
        return self.chance.choices(known.actors, known.named)[0]

    def group(self) -> str:
        """An actor that is no person."""
        while (found := self.actor()).startswith("person:"):
            pass
        return found

    def words(self) -> list[str]:
        """One to three words that stand in one text."""
        text = self.chance.choice(self.known.words)
        return self.chance.sample(text, min(len(text), self.chance.choice([1, 1, 2, 3])))

    def page(self, rows: int) -> int:
        """A page: mostly one of the first, at times any."""
        last = max(1, rows // PAGE)
        return self.chance.choice(
            [1, 1, min(2, last), min(self.chance.randrange(1, 11), last), self.chance.randint(1, last)]
        )

    def maybe(self, values: list[str]) -> str:
        """Nothing, or one of these."""
        return self.chance.choice(values) if self.chance.random() < 0.5 else ""

    def some(self, **values: object) -> str:
        """A query string of the values that are set."""
        return urlencode({name: value for name, value in values.items() if value not in ("", 1)})


# ------------------------------------------------------------------ the server


@contextmanager
def served(store: Path) -> Iterator[tuple[str, int]]:
    """The address of a workbench over the base, and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "khabar", "serve", "--no-browser", "--port", str(port), "--store", str(store)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1500):  # a machine at work may take its time
            try:
                urllib.request.urlopen(f"{address}/theme", timeout=5).close()  # noqa: S310 (our own server)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if server.poll() is not None:
                    sys.exit("The server ended before it answered; `khabar serve` says why.")
                time.sleep(0.2)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(20)


def processor(process: int) -> float:
    """Milliseconds of processor time that a process has used in all its threads."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6


def ask(address: str, process: int) -> tuple[float, float, int]:
    """Milliseconds until the whole answer is there, of the server's processor, and its bytes; 404 is an answer too."""
    before, start = processor(process), time.perf_counter()
    try:
        with urllib.request.urlopen(address, timeout=300) as answer:  # noqa: S310
            size = len(answer.read())
    except urllib.error.HTTPError as problem:
        size = len(problem.read())
        if problem.code >= 500:
            raise
    wall = 1000 * (time.perf_counter() - start)
    return wall, processor(process) - before, size


def at(values: list[float], share: float) -> float:
    """The value that this share of values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Build where needed, serve, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ged", type=Path)
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--incidents", type=int, default=100_000)
    options.add_argument("--asked", type=int, default=100)
    options.add_argument("--only", nargs="*", default=[], help="Kinds of pages, or how their names begin.")
    options.add_argument("--slowest", type=int, default=0, help="Name so many of the slowest addresses of each kind.")
    asked = options.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    store = asked.folder / f"pages-{asked.incidents}.db"
    if not store.exists():
        build(asked.ged, store, asked.incidents)
    drawn = Drawn(Known.of(store, Random(SEED)), Random(SEED))  # noqa: S311 (made-up data)
    known = drawn.known
    print(
        f"{known.total:,} incidents, {known.claims:,} claims, {known.reports:,} reports, {len(known.actors):,} actors"
    )
    print("                             milliseconds, wall        processor")
    print("kind                      asked   p50   p95   p99    p50   p95   p99     kB  target")
    missed = False
    with served(store) as (address, process):
        for kind, draw in drawn.kinds().items():
            if asked.only and not any(kind.startswith(name) for name in asked.only):
                continue
            drawn.chance.seed(f"{SEED} {kind}")
            for _ in range(WARM):
                ask(address + draw(), process)
            paths = [draw() for _ in range(asked.asked)]
            if len(set(paths)) == 1:
                paths = paths[: max(5, asked.asked // 10)]
            took = [ask(address + path, process) for path in paths]
            wall, spent, size = ([row[n] for row in took] for n in range(3))
            target = TARGETS.get(kind)
            held = "" if target is None else f"{target:7} {'held' if at(wall, 0.95) < target else 'MISSED'}"
            missed |= held.endswith("MISSED")
            figures = " ".join(f"{at(wall, s):5.0f}" for s in (0.5, 0.95, 0.99))
            figures += "  " + " ".join(f"{at(spent, s):5.0f}" for s in (0.5, 0.95, 0.99))
            print(f"{kind:25} {len(took):5} {figures} {sum(size) / len(size) / 1000:6.0f} {held}", flush=True)
            worst = sorted(zip(spent, wall, paths, strict=True), reverse=True)[: asked.slowest]
            for cpu, whole, path in worst:
                print(f"    {whole:7.0f} ms, {cpu:6.0f} ms processor  {path}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
