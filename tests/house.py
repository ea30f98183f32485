"""A team's workbench over an empty base, with a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from khabar.deciding import Desk
from khabar.serve.app import create_team_app
from khabar.serve.door import Conditions
from khabar.serve.team.entry import Entry
from khabar.serve.team.gate import Team
from khabar.settings import Settings
from khabar.store.account_questions import Account
from khabar.store.base import Store

ORIGIN = "https://khabar.house.example"
PASSWORD = "correct horse battery staple"  # noqa: S105
NAMES = {"reader": "rahim", "coder": "zoe", "reviewer": "omar", "admin": "amal"}


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **given: float) -> None:
        self.now += timedelta(**given)


@dataclass
class House:
    """Everything of one workbench."""

    base: Store
    clock: Clock
    entry: Entry
    team: Team
    app: FastAPI

    def browser(self, role: str = "") -> TestClient:
        """A browser, in which somebody of a role signed in."""
        client = TestClient(self.app, base_url=ORIGIN, headers={"user-agent": "Firefox"}, follow_redirects=False)
        if role:  # without the password, whose hashing takes its time
            client.cookies.set("__Host-session", self.entry.begin_session(self.base.account(NAMES[role]), "Firefox"))
        return client

    def token(self, role: str, scope: str = "read", days: int = 30) -> dict[str, str]:
        secret, _ = self.entry.make_token(NAMES[role], "a program", scope, days, "amal")
        return {"authorization": f"Bearer {secret}"}


def post(client: TestClient, path: str, at: str = "/account", **fields: object) -> Response:
    """As a browser sends a form of the page `at`."""
    return client.post(path, data={**fields, "csrf": csrf(client, at)}, headers={"origin": ORIGIN})


def csrf(client: TestClient, at: str) -> str:
    page = client.get(at).text
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def sign_in(client: TestClient, name: str, password: str = PASSWORD, back: str = "/") -> Response:
    return post(client, "/login", "/login", name=name, password=password, back=back)


def made(base: Store, hashed: str) -> House:
    for role, name in NAMES.items():
        base.add_account(Account(name, role), hashed, "setup")
    clock = Clock()
    entry, desk = Entry(base, clock), Desk(base, Settings())
    team = Team(base, entry, lambda _groups: base, lambda _groups: desk)
    app = create_team_app(team, conditions=Conditions(("khabar.house.example",), https=True))
    return House(base, clock, entry, team, app)
