"""Signing in at the provider of the house: a real provider on this machine, with real keys, that may lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from house import ORIGIN
from house import House as Workbench
from khabar.errors import SettingsError
from khabar.serve.app import create_team_app
from khabar.serve.door import Conditions
from khabar.serve.team.house import House, Provider
from khabar.store.access_questions import AuditFilter
from khabar.store.account_questions import Account, Change
from provider import CLIENT, SECRET, Running
from provider import Provider as Real

LIES = (
    "another nonce", "without a nonce", "another issuer", "for another", "for two", "over", "another key", "unsigned",
    "signed with the public key", "nobody",
)  # fmt: skip


@pytest.fixture(scope="module")
def running() -> Iterator[Real]:
    with Running() as provider:
        yield provider


@pytest.fixture
def provider(running: Real) -> Real:
    running.lie, running.person = "", {"sub": "17", "preferred_username": "Zoë.B"}
    running.asked.clear()
    return running


@dataclass
class Sign:
    """A browser that goes to the provider and comes back."""

    house: Workbench
    provider: Real
    create: bool = False

    def __post_init__(self) -> None:
        kept = House(Provider(self.provider.issuer, CLIENT, SECRET), create=self.create)
        conditions = Conditions(("khabar.house.example",), https=True)
        self.app = create_team_app(self.house.team, conditions=conditions, house=kept)

    def browser(self) -> TestClient:
        return TestClient(self.app, base_url=ORIGIN, follow_redirects=False)

    def there(self, browser: TestClient, back: str = "/") -> str:
        """To the provider, and what it sends the browser back with."""
        to = browser.get("/login/house", params={"back": back})
        assert to.status_code == 303
        assert to.headers["location"].startswith(self.provider.issuer)
        answer = httpx.get(to.headers["location"])
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(f"{ORIGIN}/login/house/back?")
        return answer.headers["location"].removeprefix(ORIGIN)

    def whole(self, back: str = "/") -> tuple[TestClient, Response]:
        browser = self.browser()
        return browser, browser.get(self.there(browser, back))

    def subject(self) -> str:
        return f"{self.provider.issuer} 17"


@pytest.fixture
def sign(house: Workbench, provider: Real) -> Sign:
    house.base.change_account("zoe", Change(subject=f"{provider.issuer} 17"), "amal")
    return Sign(house, provider)


def test_who_the_provider_names_is_signed_in_to_their_account(sign: Sign) -> None:
    browser, answer = sign.whole(back="/incidents?country=PK")
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents?country=PK")
    assert "zoe" in browser.get("/account").text
    cookies = answer.headers.get_list("set-cookie")
    assert any(c.startswith("__Host-session=") and "HttpOnly" in c and "Secure" in c for c in cookies)
    assert any(c.startswith("__Host-house=") and "Max-Age=0" in c for c in cookies)
    asked = sign.provider.asked[0]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_fit_lets_nobody_in(sign: Sign, lie: str) -> None:
    sign.provider.lie = lie
    browser, answer = sign.whole()
    assert answer.status_code == 401
    assert "__Host-session" not in browser.cookies
    assert browser.get("/").status_code == 303
    assert list(sign.house.base.audit(AuditFilter()))[-1].act == "refuse sign in"


def test_a_provider_that_refuses_or_calls_itself_otherwise_is_told(sign: Sign) -> None:
    sign.provider.lie = "refused"
    assert "access_denied" in sign.whole()[1].text
    sign.provider.lie = "called otherwise"
    fresh = Sign(sign.house, sign.provider).browser()
    answer = fresh.get("/login/house")
    assert answer.status_code == 401
    assert "calls itself http://127.0.0.1:1" in answer.text


def test_what_began_in_another_browser_ends_there(sign: Sign) -> None:
    mine, other = sign.browser(), sign.browser()
    back = sign.there(mine)
    assert other.get(back).status_code == 401  # without a cookie
    sign.there(other)
    assert other.get(back).status_code == 401  # with the cookie of another sign-in
    assert mine.get(back).status_code == 303
    again = sign.browser()
    again.cookies.update(mine.cookies)
    assert again.get(back).status_code in (303, 401)
    assert len(sign.house.base.sessions("zoe")) == 1  # the code was good once


def test_a_forged_state_or_cookie_is_refused(sign: Sign) -> None:
    browser = sign.browser()
    back = sign.there(browser)
    assert browser.get(back.replace("state=", "state=x")).status_code == 401
    assert browser.get(f"{back}&iss=https://evil.example".replace("iss=http%3A", "was=http%3A")).status_code == 401
    browser.cookies.clear()
    browser.cookies.set("__Host-house", "eyJzdGF0ZSI6IngifQ.x.y")
    assert browser.get(back).status_code == 401


def test_a_name_or_mail_address_opens_no_account_that_is_there(sign: Sign) -> None:
    sign.provider.person = {"sub": "18", "preferred_username": "amal", "email": "amal@house.example"}
    _, answer = sign.whole()
    assert answer.status_code == 403
    assert f"{sign.provider.issuer} 18" in answer.text
    creating = Sign(sign.house, sign.provider, create=True)
    browser, answer = creating.whole()
    assert answer.status_code == 303
    made = sign.house.base.account("amal-2")
    assert (made.role, made.groups, made.password_at) == ("reader", (), "")
    assert sign.house.base.account("amal").subject == ""
    assert browser.get("/queue").status_code == 403
    assert creating.whole()[1].status_code == 303  # the second time it is there
    assert len([a for a in sign.house.base.accounts() if a.name.startswith("amal")]) == 2


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"preferred_username": "Zoë.B"}, "zoe.b"),
        ({"email": "Omar.K@house.example"}, "omar.k"),
        ({"preferred_username": "  ../<b>x</b> "}, "b-x-b"),
        ({"preferred_username": "أمل"}, "19"),
        ({}, "19"),
    ],
)
def test_a_new_account_gets_a_plain_name(house: Workbench, provider: Real, claims: dict[str, str], name: str) -> None:
    provider.person = {"sub": "19", **claims}
    assert Sign(house, provider, create=True).whole()[1].status_code == 303
    assert house.base.account(name).subject == f"{provider.issuer} 19"


def test_a_disabled_account_stays_out(sign: Sign) -> None:
    sign.house.base.change_account("zoe", Change(disabled=True), "amal")
    assert sign.whole()[1].status_code == 403
    assert Sign(sign.house, sign.provider, create=True).whole()[1].status_code == 403


def test_an_account_without_a_password_has_no_other_way_in(sign: Sign) -> None:
    sign.house.base.add_account(Account("guest", "reader", subject=f"{sign.provider.issuer} 20"), "", "amal")
    page = sign.browser().get("/login").text
    assert "Sign in with the account of your house" in page
    sign.provider.person = {"sub": "20"}
    browser, _ = sign.whole()
    assert 'action="/account/password"' not in browser.get("/account").text


def test_without_a_provider_there_is_no_such_way(house: Workbench) -> None:
    assert house.browser().get("/login/house").status_code == 404
    assert "account of your house" not in house.browser().get("/login").text


def test_a_provider_that_does_not_answer_is_told(house: Workbench) -> None:
    app = create_team_app(
        house.team,
        conditions=Conditions(("khabar.house.example",), https=True),
        house=House(Provider("http://127.0.0.1:9", CLIENT, SECRET)),
    )
    answer = TestClient(app, base_url=ORIGIN, follow_redirects=False).get("/login/house")
    assert answer.status_code == 401
    assert "does not answer" in answer.text


def test_a_provider_is_asked_over_https_alone() -> None:
    for issuer in ("http://id.example", "ftp://localhost", "id.example", "http://localhost.evil.example"):
        with pytest.raises(SettingsError, match="not https"):
            House(Provider(issuer, CLIENT, SECRET))
    assert SECRET not in repr(Provider("https://id.example", CLIENT, SECRET))
