"""Many coders at once: what they decide, how long each decision takes, and whether anything of it is lost.

    python bench/coders.py --store postgresql://… [--coders 8] [--decisions 10000] [--incidents 60] [--no-wait]

A new base is made at the address, of made-up reports. Each coder is a process with connections of its own that decides
and, every eighth time, reviews a claim; one more process puts the base together all the while, as a run does. At the
end all is counted: what the coders were told was kept, what the journals and the audit log hold, and whether the base
is the one that a new base gets from the same journals. A line of JSON says what was found; it ends with 1 where
anything is missing.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from khabar.benches import bench_of
from khabar.codebook.load import load_codebook
from khabar.deciding import keep_decision
from khabar.errors import ConflictError, NotFoundError, SettingsError
from khabar.exchange import claim_id
from khabar.pipeline import resolve_base
from khabar.records import (
    Asked,
    Claim,
    Count,
    Decision,
    Document,
    EventBody,
    Extractor,
    Interval,
    Party,
    Passage,
    Place,
    When,
)
from khabar.review.acts import Act, review_of
from khabar.review.bench import entries_of
from khabar.reviewing import renew
from khabar.settings import load_settings
from khabar.store import ClaimFilter, Store, open_store

READ_BY = Extractor("generated", "1", "political-violence@1")
_TOWNS = (
    ("Kabul", 1138958, 34.5289, 69.1725),
    ("Herat", 1140026, 34.3482, 62.1997),
    ("Kunduz", 1135689, 36.729, 68.857),
)
_REVIEWS = 8  # every eighth act is a review


def report(number: int) -> tuple[Document, Claim]:
    """A report of an incident; two that follow each other are about the same one."""
    incident = number // 2
    town, id_, latitude, longitude = _TOWNS[incident % len(_TOWNS)]
    killed, day = 3 + incident % 40, f"20{10 + incident // 300:02}-{1 + incident // 25 % 12:02}-{1 + incident % 25:02}"
    text = f"Paper {number}. A bomb killed {killed} people in {town} on {day}, police said."
    key = f"report{number:06}"
    passage = Passage(key, text.index("A bomb"), len(text), text[text.index("A bomb") :])
    place = Place(town, town, id_, country="AF", latitude=latitude, longitude=longitude, precision="exact")
    body = EventBody("bombing", places=(place,), killed=Count(killed, killed, killed, str(killed)))
    claim = Claim("-", "event", (passage,), body, READ_BY, when=When(day, day, "day"), confidence=0.9)
    document = Document(
        key, text, f"{key}.txt", publisher=f"Paper {number}", published=Interval(day, day), language="en"
    )
    return document, replace(claim, id=claim_id(claim))


def fill(base: Store, incidents: int) -> None:
    """Keep the reports and put the base together."""
    for number in range(2 * incidents):
        document, claim = report(number)
        base.add_document(document)
        base.save_claims(document.id, [claim], READ_BY)
    resolve_base(base, load_codebook(), load_settings().doubt)


def code(address: str, user: str, count: int, *, waits: bool) -> dict[str, Any]:
    """Decide and review so many times; what was kept, and how long each took until it was kept or, with `waits`, until
    the base was put together with it.
    """
    chance = random.Random(user)  # noqa: S311 - the same in every run
    settings, book = load_settings(), load_codebook()
    done: dict[str, Any] = {"decisions": 0, "reviews": 0, "again": 0, "seconds": []}
    own: list[int] = []
    with open_store(address, create=False) as base:
        sides = {
            c.id: Party(c.id, c.passages[0].document, c.passages[0].start, c.passages[0].end) for c in base.claims()
        }
        claims = list(sides)
        while done["decisions"] + done["reviews"] < count:
            start = time.perf_counter()
            turn = done["decisions"] + done["reviews"]
            try:
                if turn % _REVIEWS == _REVIEWS - 1:
                    claim = base.claim(chance.choice(claims))
                    bench = bench_of(base, claim.passages[0].document)
                    entry = next(e for e in entries_of(bench) if claim.id in (e.target, e.claim.id))
                    act = chance.choice(("accept", "reject"))
                    base.add_review(review_of(bench, Act(act, user, entry.target, partly=True), book), entry.version)
                    done["reviews"] += 1
                else:
                    if own and chance.random() < 0.3:
                        asked = Asked("undo", (str(own.pop(chance.randrange(len(own)))),), user)
                        made = Decision("undo", user, undoes=int(asked.keys[0]))
                    else:
                        act = chance.choice(("same", "different", "unsure"))
                        asked = Asked(act, tuple(chance.sample(claims, 2)), user)
                        made = Decision(act, user, tuple((sides[key],) for key in asked.keys))
                    kept = keep_decision(base, asked) if waits else base.add_decision(made)
                    own += [kept.number] if kept.act != "undo" else []
                    done["decisions"] += 1
            except (ConflictError, NotFoundError, SettingsError):
                done["again"] += 1  # somebody else was first, or the claim is rejected just now
                continue
            if waits:
                renew(base, settings)
            done["seconds"].append(round(time.perf_counter() - start, 4))
    return done


def resolve(address: str) -> int:
    """Put the base together again and again, until the input ends; gives how often."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    done = 0
    with open_store(address, create=False) as base:
        book, doubt = load_codebook(), load_settings().doubt
        while not ended.is_set():
            resolve_base(base, book, doubt)
            done += 1
            ended.wait(0.2)
    return done


def missing(base: Store, kept: dict[str, int], folder: Path) -> list[str]:
    """What does not add up at the end, one line each."""
    found = []
    decisions, reviews = list(base.decisions()), list(base.reviews())
    for name, there in (("decisions", decisions), ("reviews", reviews)):
        if len(there) != kept[name]:
            found.append(f"{kept[name]} {name} were kept, {len(there)} are there")
    if any(a.at >= b.at for a, b in pairwise(decisions)):
        found.append("moments of decisions do not rise")
    state = base.audit_state()
    if state.fault:
        found.append(f"audit log: {state.fault}")
    acts = [line.act for line in base.audit()]
    if sum(act in ("decide", "undo", "review", "undo review") for act in acts) != len(decisions) + len(reviews):
        found.append("lines of the audit log are not as many as decisions and reviews")
    if not base.last_resolved()[1]:
        found.append("the base is not put together")
    found += base.check()
    with open_store(folder / "again.db") as other:
        for document in base.documents():
            other.add_document(document)
            other.save_claims(document.id, list(base.claims(ClaimFilter(document=document.id, read=True))), READ_BY)
        for decision in decisions:
            other.add_decision(decision)
        for review in reviews:
            other.add_review(review)
        resolve_base(other, load_codebook(), load_settings().doubt)
        one, two = ([*map(repr, store.events()), *map(repr, store.actors())] for store in (base, other))
        if one != two:
            found.append("the base is not what its journals give")
    return found


def measure(address: str, coders: int, decisions: int, incidents: int, *, waits: bool) -> dict[str, Any]:
    """Make the base, let them code, and say what came of it."""
    with open_store(address) as base:
        fill(base, incidents)
    command = [sys.executable, __file__, "--store", address, *([] if waits else ["--no-wait"])]
    start = time.perf_counter()
    run = subprocess.Popen([*command, "--resolve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    share = [decisions // coders + (n < decisions % coders) for n in range(coders)]
    begun = [
        subprocess.Popen([*command, "--code", f"coder{n}", "--decisions", str(s)], stdout=subprocess.PIPE, text=True)
        for n, s in enumerate(share)
    ]
    told = [json.loads(process.communicate()[0]) for process in begun]
    seconds = time.perf_counter() - start
    resolved = int(run.communicate()[0])
    took = sorted(second for one in told for second in one["seconds"])
    kept = {name: sum(one[name] for one in told) for name in ("decisions", "reviews", "again")}
    with open_store(address, create=False) as base:
        renew(base, load_settings())  # what was decided after the last resolution began
    with open_store(address, create=False) as base, tempfile.TemporaryDirectory() as folder:
        wrong = missing(base, kept, Path(folder))
    return {
        "coders": coders,
        **kept,
        "seconds": round(seconds, 1),
        "a second": round(len(took) / seconds, 1),
        "median": took[len(took) // 2],
        "p95": took[int(len(took) * 0.95)],
        "longest": took[-1],
        "resolved beside": resolved,
        "missing": wrong,
    }


def main() -> None:
    """Print what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store", required=True)
    options.add_argument("--coders", type=int, default=8)
    options.add_argument("--decisions", type=int, default=10_000)
    options.add_argument("--incidents", type=int, default=60)
    words = "coders go on once a decision is kept, and leave the rest to the run; otherwise each waits for its outcome"
    options.add_argument("--no-wait", dest="wait", action="store_false", help=words)
    options.add_argument("--code", help=argparse.SUPPRESS)
    options.add_argument("--resolve", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.resolve:
        print(resolve(asked.store))
    elif asked.code:
        print(json.dumps(code(asked.store, asked.code, asked.decisions, waits=asked.wait)))
    else:
        found = measure(asked.store, asked.coders, asked.decisions, asked.incidents, waits=asked.wait)
        print(json.dumps(found))
        raise SystemExit(1 if found["missing"] else 0)


if __name__ == "__main__":
    main()
