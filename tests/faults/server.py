"""The workbench under load, stopped by SIGTERM. Invariant: what it answered, it did; what it was at, it finishes."""

from __future__ import annotations

import http.client
import json
import random
import re
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from faults.content import faults
from faults.forge import Forge, Started
from faults.grounds import Ground
from khabar.store.opening import open_store

__all__ = ["stop_often"]

_PAGES = ("/", "/incidents", "/queue", "/decisions", "/api/incidents", "/documents", "/ledger")


@dataclass
class _Load:
    """Clients that read pages and decide about claims until the server goes away; what they were told."""

    port: int
    claims: list[tuple[str, str]]
    told: list[int] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self, seed: int) -> None:
        """One client."""
        chance = random.Random(seed)
        while not self.stopped.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self._ask(connection, chance)
            except (ConnectionError, http.client.RemoteDisconnected):
                return  # nobody listens any more, or the request was not taken up
            except http.client.IncompleteRead as problem:
                self.half.append(str(problem))
            finally:
                connection.close()

    def _ask(self, connection: http.client.HTTPConnection, chance: random.Random) -> None:
        if chance.random() < 0.5:
            document, claim = chance.choice(self.claims)
            body = {"act": chance.choice(["accept", "reject"]), "target": claim, "note": f"{chance.random()}"}
            path = f"/api/documents/{document}/reviews"
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        else:
            connection.request("GET", chance.choice(_PAGES))
        answer = connection.getresponse()
        data = answer.read()
        self.answers[answer.status] += 1
        if answer.status == 201:
            self.told.append(json.loads(data)["number"])


def stop_often(ground: Ground, forge: Forge, built: str, times: int, seed: int) -> Counter[str]:
    """Stop a server under load `times` times, each time after a random while; AssertionError where anything is lost."""
    chance = random.Random(seed)
    address = ground.copy(built, "served")
    counts: Counter[str] = Counter()
    with open_store(address) as base:
        claims = [(claim.passages[0].document, claim.id) for claim in base.claims()]
    told: set[int] = set()
    for number in range(times):
        process = forge.start(["serve", "--port", "0", "--no-browser", "--store", address], ground.folder)
        load = _Load(_port(process), claims)
        clients = [threading.Thread(target=load.run, args=(seed + 10 * number + n,)) for n in range(4)]
        for client in clients:
            client.start()
        time.sleep(chance.uniform(0.2, 1.5))
        process.signal(signal.SIGTERM)
        ended = process.wait(60)
        load.stopped.set()
        for client in clients:
            client.join()
        assert ended.code in (0, 143, -signal.SIGTERM), ended
        assert "Traceback" not in ended.err, ended.err
        assert load.half == [], load.half
        assert not set(load.answers) & {500, 502, 503}, load.answers
        assert not Path(f"{address}-wal").exists(), f"the store was not closed: {ended}"
        told |= set(load.told)
        with open_store(address) as base:
            assert faults(base) == []
            assert told <= {review.number for review in base.reviews()}
        counts.update({"requests answered": sum(load.answers.values()), "decisions acknowledged": len(load.told)})
        counts["stops"] += 1
    ground.drop(address)
    return counts


def _port(process: Started) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = re.search(r"http://127.0.0.1:(\d+)/ ", process.said())
        if found:
            return int(found.group(1))
        time.sleep(0.02)
    raise TimeoutError(process.said())
