"""Every address of the workbench, for everybody who may ask: what the table says is what happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from house import NAMES, ORIGIN, House
from khabar.serve.team.gate import Gate
from khabar.serve.team.rights import ANYONE, RIGHTS, SIGNED_IN, declared, may, methods, needed
from khabar.store.account_questions import ROLES

_ORDER = (ANYONE, SIGNED_IN, *ROLES, "nobody")
_LINES = [tuple(line.split(" ", 1)) for lines in RIGHTS.values() for line in lines]


def _addresses(routes: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path of an application, also of routers and of what is mounted."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _addresses(route.original_router.routes, prefix + route.include_context.prefix)
        elif getattr(route, "methods", None):
            yield from ((method, prefix + route.path) for method in route.methods - {"HEAD"})
        elif hasattr(route, "routes") and route.routes:
            yield from _addresses(route.routes, prefix + route.path)
        else:
            yield "GET", f"{prefix}{route.path}/{{path:path}}"


def _filled(path: str) -> str:
    return re.sub(r"{number}", "1", re.sub(r"{(?!number)[^}]+}", "x", path))


def test_every_address_has_a_right_and_every_right_an_address(house: House) -> None:
    addresses = set(_addresses(house.app.routes))
    assert len(addresses) > 100
    assert {a for a in addresses if declared(*a) is None} == set()
    assert {a for a in map(tuple, _LINES) if a not in addresses} - {("GET", "/static/{path:path}")} == set()


def test_no_address_is_declared_twice() -> None:
    assert len(_LINES) == len(set(_LINES))


@pytest.mark.parametrize("role", ["", *ROLES])
def test_what_a_role_may_not_is_refused_at_every_address(house: House, role: str) -> None:
    client, refused = house.browser(role), 0
    for method, path in map(tuple, _LINES):
        if may(role, needed(method, _filled(path))):
            continue
        answer = client.request(method, _filled(path), headers={"origin": ORIGIN})
        to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login")
        assert answer.status_code == 403 if role else answer.status_code == 401 or to_login, (method, path)
        refused += 1
    assert refused >= (1 if role == "admin" else 6)


@pytest.mark.parametrize("role", ["", *ROLES])
def test_what_a_role_may_reaches_its_page_and_nothing_else_does(house: House, role: str) -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("the page")(scope, receive, send)

    def refuse(_request: Request, status: int, message: str) -> PlainTextResponse:
        return PlainTextResponse(message, status_code=status)

    gate = Gate(page, house.team, refuse, https=True)
    client = TestClient(gate, base_url=ORIGIN, cookies=dict(house.browser(role).cookies), follow_redirects=False)
    for method, path in map(tuple, _LINES):
        answer = client.request(method, _filled(path), headers={"origin": ORIGIN})
        needs = max((r for r in _ORDER if _filled(path) and r == needed(method, _filled(path))), key=_ORDER.index)
        assert (answer.text == "the page") is may(role, needs), (method, path)


def test_each_role_may_what_the_one_before_it_may() -> None:
    rights = {role: {right for right in _ORDER if may(role, right)} for role in ("", *ROLES)}
    assert rights[""] == {ANYONE}
    for before, after in zip(("", *ROLES), ROLES, strict=False):
        assert rights[before] < rights[after]
    assert not may("owner", "reader")
    assert not may("admin", None)
    assert not may("admin", "nobody")


def test_no_line_loosens_another() -> None:
    assert needed("GET", "/api/actors/named") == "coder"  # also an actor called "named", which anybody could read
    assert needed("HEAD", "/incidents") == "reader"
    assert needed("GET", "/incidents/") is None
    assert needed("DELETE", "/incidents") is None
    assert methods("/decisions") == ("GET", "POST")


@pytest.mark.parametrize("path", ["/nowhere", "/incidents/", "/x//", "/login/", "/static", "/api/", "/accounts/x/y/z"])
def test_what_is_not_declared_is_nobodys(house: House, path: str) -> None:
    assert house.browser().get(path).status_code in (303, 401)
    assert house.browser("admin").get(path).status_code == 404


def test_a_method_that_is_not_declared_is_refused(house: House) -> None:
    answer = house.browser("admin").delete("/incidents", headers={"origin": ORIGIN})
    assert answer.status_code == 405
    assert "Use GET" in answer.text


def test_nobody_works_under_another_name(house: House) -> None:
    client = house.browser("coder")
    client.cookies.set("coder", "omar")
    assert NAMES["coder"] in client.get("/queue").text
    assert 'action="/coder"' not in client.get("/queue").text
