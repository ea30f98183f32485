"""Through the workbench itself: whoever may not see a document finds no word of it at any address, and every answer is
the one of a base in which it never was.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from access.made import READ_BY, REPORTS, SETTINGS, document, named, party, read, resolve, review
from khabar.access import Clearances
from khabar.deciding import Desk
from khabar.records import Assignment, Claim, Decision, Document, Draft, Party, Place
from khabar.serve.app import create_app
from khabar.store import Store, open_store
from resolution.make import by, event, person, relation

MARK = "Zarquon"
_SECRET = Place(f"{MARK}abad", f"{MARK}abad", 999999, "city", "AF", f"{MARK}istan", None, 33.0, 66.0)
_NAME = "report99"
_MOST = 120  # addresses found on pages


def _claims() -> list[Claim]:
    who = by(f"{MARK} Front")
    return [
        event(_NAME, "bombing", _SECRET, "2016-10-21", killed=77, who=(who, by("Taliban", id_="taliban")), start=0),
        # Beside a claim of a visible report, so that they would be one incident with two reports.
        replace(event(_NAME, "bombing", REPORTS[1][0].body.places[0], "2016-10-21", killed=78, who=(who,), start=100)),  # type: ignore[union-attr]
        relation(_NAME, "leads", person(f"{MARK} Khan"), by("Red Front").actor, start=200),
    ]


def _hidden() -> Document:
    text = [" "] * 400
    for claim in _claims():
        text[claim.passages[0].start : claim.passages[0].end] = claim.passages[0].quote
    day = document(1)
    return replace(
        day,
        id=_NAME,
        text="".join(text) + f" said {MARK} on a market",
        file=f"{MARK}.txt",
        title=f"The {MARK} papers",
        publisher=f"{MARK} Post",
        author=f"{MARK} Writer",
        url=f"https://{MARK.lower()}.example",
    )


def _open_part(base: Store) -> None:
    for number in range(8):
        read(base, number)
    base.add_review(review(2, "accept"))


def _hidden_part(base: Store) -> None:
    told = _claims()
    base.add_document(_hidden(), ("north",), "noor")
    base.save_claims(_NAME, told, READ_BY)
    base.add_problem(f"{MARK}-2.pdf", f"{MARK} is damaged.")
    base.add_decision(Decision("same", "amal", ((party(0),), (party(4),)), f"as {MARK} says"))
    first = told[1].passages[0]
    base.add_decision(Decision("merge", "amal", ((Party(told[1].id, _NAME, first.start, first.end),), (party(1),))))
    base.add_decision(Decision("same", "amal", ((Party(f"{MARK} Front"),), (Party("Red Front"),))))
    base.add_review(review(3, "reject", f"{MARK} denies it"))
    [given] = base.add_assignments([Assignment(_NAME, "zoe", "coding", "amal", MARK)])
    base.save_draft(Draft(_NAME, "new", "amal", {"type": MARK}, given.number))
    base.end_run(base.begin_run(f"add {MARK}"), {MARK: 1})


@dataclass
class _Sides:
    whole: Store
    shown: TestClient
    without: TestClient
    ids: dict[str, str]
    hidden: dict[str, str]

    def keys(self, path: str) -> list[str]:
        """What is asked for at an address with a key: something seen and something hidden, of the kind it is about."""
        kinds = [kind for kind, word in _WORDS.items() if word in path] or list(_WORDS)
        return [some[kind] for some in (self.ids, self.hidden) for kind in kinds if kind in some] + [f"{MARK} Front"]


_WORDS = {
    "document": "documents",
    "claim": "claims",
    "event": "incidents",
    "actor": "actors",
    "contradiction": "contradictions",
}


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Sides]:
    folder = tmp_path_factory.mktemp("leaks")
    with open_store(folder / "whole.db") as whole, open_store(folder / "without.db") as other:
        _open_part(whole)
        _hidden_part(whole)
        resolve(whole)
        _open_part(other)
        other.add_decision(Decision("same", "amal", ((party(0),), (party(4),))))
        other.add_review(review(3, "reject"))
        resolve(other)
        views = Clearances(whole, SETTINGS)
        nobody = frozenset[str]()
        view = views.view(nobody)
        app = create_app(view, desk=views.desk(nobody), user="amal", doubt=0.0)
        plain = create_app(other, desk=Desk(other, SETTINGS), user="amal", doubt=0.0)
        seen = _ids(view)
        every = {kind: next((k for k in some if k not in seen[kind]), "") for kind, some in _ids(whole).items()}
        assert any(MARK in str(e) for e in whole.events())
        with TestClient(app) as shown, TestClient(plain) as without:
            ids = {kind: some[-1] for kind, some in seen.items() if some}
            yield _Sides(whole, shown, without, ids, {kind: key for kind, key in every.items() if key})
        views.close()
    shutil.rmtree(folder)


def _ids(base: Store) -> dict[str, list[str]]:
    return {
        "document": [d.id for d in base.document_list()],
        "claim": [c.id for c in base.claims()],
        "event": [e.id for e in base.events()],
        "actor": [a.actor.id for a in base.actors()],
        "contradiction": [c.id for c in base.contradictions()],
    }


def _routes(client: TestClient) -> list[str]:
    """Every address that can be asked for."""
    found = [route.path for route in _every(client.app.routes)]  # type: ignore[attr-defined]
    return sorted({re.sub(r"\{(\w+)(:path)?\}", r"{\1}", path) for path in found})


def _every(routes: list[object]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute) and "GET" in route.methods:
            yield route
        else:
            yield from _every(getattr(getattr(route, "original_router", route), "routes", []))


def _text(content: bytes) -> str:
    """All that a file says, also one that is packed."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(_text(packed.read(name)) for name in packed.namelist())
    return content.decode("utf-8", "replace")


_LINK = re.compile(r'(?:href|src|action|hx-get|data-[a-z-]+)="(/[^"#]*)')
_PASSING = re.compile(
    r'name="csrf" value="[^"]*"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(?:\+00:00|Z)?|2\d{3}-\d\d-\d\d \d\d:\d\d(?::\d\d)?'
)


def _crawled(client: TestClient, start: list[str]) -> Iterator[tuple[str, int, str]]:
    waiting, met = list(start), set(start)
    most = len(start) + _MOST
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow_redirects=False)
        said = _text(answer.content)
        yield address, answer.status_code, said + answer.headers.get("location", "")
        for link in _LINK.findall(html.unescape(said)) if "html" in answer.headers.get("content-type", "") else []:
            if link not in met and not link.startswith("/static") and len(met) < most:
                met.add(link)
                waiting.append(link)


@pytest.mark.slow
def test_no_address_tells_of_a_hidden_document(sides: _Sides) -> None:
    shapes = [name["name"] for name in sides.shown.get("/api/export").json()["shapes"]]
    start = []
    for path in _routes(sides.shown):
        if "{name}" in path and "export" in path:
            start += [path.replace("{name}", name) for name in shapes]
        elif "{" not in path:
            start += [path, f"{path}?text={MARK}&q={MARK}"]
        else:
            key = re.compile(r"\{\w+\}")
            asked = sides.keys(path)
            start += [key.sub(quote(one, safe=""), path) for one in asked]
    count = 0
    for address, status, said in _crawled(sides.shown, list(dict.fromkeys(start))):
        count += 1
        assert status < 500, address
        plain = urlsplit(address)
        echo = MARK.lower() in (plain.path + plain.query).lower()  # a page says what was asked for
        if not echo:
            assert MARK.lower() not in said.lower(), address
        other = sides.without.get(address, follow_redirects=False)
        assert status == other.status_code, address
        due = _text(other.content) + other.headers.get("location", "")
        assert _PASSING.sub("", said) == _PASSING.sub("", due), address
    assert count > 150


def test_whoever_may_see_it_finds_it(sides: _Sides) -> None:
    views = Clearances(sides.whole, SETTINGS)
    assert views.view(frozenset({"north"})) is sides.whole
    with TestClient(create_app(sides.whole, doubt=0.0)) as client:
        assert MARK in client.get("/documents").text
        assert MARK in client.get(f"/documents/{_NAME}").text
    views.close()


def test_a_hidden_document_cannot_be_decided_about(sides: _Sides) -> None:
    claim = _claims()[0].id
    before = [replace(d, at="") for d in sides.whole.decisions()]
    for body in ({"act": "same", "keys": [claim, sides.ids["claim"]]}, {"act": "undo", "keys": [3]}):
        assert sides.shown.post("/api/decisions", json=body).status_code in (404, 409, 422)
    assert [replace(d, at="") for d in sides.whole.decisions()] == before
    for path in (f"/api/documents/{_NAME}/reviews", f"/documents/{named(99)}"):
        assert sides.shown.get(path).status_code in (404, 405)
