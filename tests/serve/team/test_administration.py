"""One's own account, and the accounts of others: what the pages change, and what they never show twice."""

from __future__ import annotations

import re

import pytest

from house import NAMES, ORIGIN, PASSWORD, House, csrf, post, sign_in
from khabar.serve.team.passwords import Passwords
from khabar.store.access_questions import AuditFilter

_NEW = "another long password"  # a password to change to


def _secret(page: str) -> str:
    found = re.search(r'<code id="secret">([^<]+)</code>', page)
    assert found
    return found[1]


def test_a_password_is_changed_and_all_other_sessions_end(house: House) -> None:
    here, elsewhere = house.browser("coder"), house.browser("coder")
    answer = post(here, "/account/password", old=PASSWORD, new=_NEW, again=_NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=password")
    assert "signed out everywhere else" in here.get("/account?done=password").text
    assert elsewhere.get("/account").status_code == 303
    assert sign_in(house.browser(), "zoe").status_code == 401
    assert sign_in(house.browser(), "zoe", _NEW).status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old": "wrong", "new": _NEW, "again": _NEW}, "The old password is another"),
        ({"old": PASSWORD, "new": _NEW, "again": _NEW + "x"}, "typed in two ways"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "5 characters"),
        ({}, "The old password is another"),
    ],
)
def test_a_password_that_cannot_be_taken_is_said(house: House, fields: dict[str, str], words: str) -> None:
    answer = post(house.browser("coder"), "/account/password", **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert Passwords().fits(house.base.password_of("zoe"), PASSWORD)


def test_a_token_is_shown_once_and_revoked(house: House) -> None:
    client = house.browser("coder")
    page = post(client, "/account/tokens", label="nightly export", scope="read", days=30)
    secret = _secret(page.text)
    assert secret not in client.get("/account").text
    assert house.browser().get("/api/overview", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    assert post(house.browser("admin"), "/account/tokens/1/revoke").status_code == 404  # it is not theirs
    assert post(client, "/account/tokens/1/revoke").status_code == 303
    assert house.browser().get("/api/overview", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    assert post(client, "/account/tokens", label="", scope="read", days=30).status_code == 422
    assert post(client, "/account/tokens", label="x", scope="all", days=30).status_code == 422
    assert post(client, "/account/tokens", label="x", scope="read", days="many").status_code == 422


def test_sessions_are_ended_one_by_one_and_together(house: House) -> None:
    here, second, third = (house.browser("coder") for _ in range(3))
    stranger = house.browser("admin")
    numbers = [s.number for s in house.base.sessions("zoe")]
    assert post(stranger, "/account/sessions/end", number=numbers[0]).status_code == 303
    assert third.get("/account").status_code == 200  # it was not theirs to end
    assert post(here, "/account/sessions/end", number=numbers[0]).status_code == 303
    assert third.get("/account").status_code == 303
    assert post(here, "/account/sessions/end").status_code == 303
    assert second.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_an_administrator_makes_changes_and_disables_accounts(house: House) -> None:
    admin = house.browser("admin")
    page = post(admin, "/accounts", "/accounts", name="nadia", role="coder", groups="north, field")
    secret = _secret(page.text)
    made = house.base.account("nadia")
    assert (made.role, made.groups) == ("coder", ("field", "north"))
    nadia = house.browser()
    assert sign_in(nadia, "nadia", secret).status_code == 303
    assert secret not in admin.get("/accounts").text
    changed = post(admin, "/accounts/nadia", "/accounts", role="reader", groups="", disabled="no")
    assert changed.status_code == 303
    assert nadia.get("/queue").status_code == 403
    other = _secret(post(admin, "/accounts/nadia/password", "/accounts").text)
    assert nadia.get("/").status_code == 303
    assert sign_in(nadia, "nadia", other).status_code == 303
    post(admin, "/accounts/nadia/sessions", "/accounts")
    assert nadia.get("/").status_code == 303
    post(admin, "/accounts/nadia", "/accounts", role="reader", groups="", disabled="yes")
    assert sign_in(house.browser(), "nadia", other).status_code == 401
    acts = {(line.by, line.act) for line in house.base.audit(AuditFilter(subject="nadia"))}
    assert {("amal", "add account"), ("amal", "change account"), ("nadia", "sign in")} <= acts


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/accounts", {"name": "zoe", "role": "coder"}, 422),
        ("/accounts", {"name": "Not a name", "role": "coder"}, 422),
        ("/accounts", {"name": "x", "role": "owner"}, 422),
        ("/accounts/amal", {"role": "reader", "disabled": "no"}, 422),
        ("/accounts/amal", {"role": "admin", "disabled": "yes"}, 422),
        ("/accounts/nobody", {"role": "reader"}, 404),
        ("/accounts/nobody/password", {}, 404),
        ("/accounts/nobody/sessions", {}, 404),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(
    house: House, path: str, fields: dict[str, str], status: int
) -> None:
    before = house.base.accounts()
    assert post(house.browser("admin"), path, "/accounts", **fields).status_code == status
    assert house.base.accounts() == before


def test_revoking_everything_stops_programs_too(house: House) -> None:
    token = house.token("coder", "write")
    post(house.browser("admin"), "/accounts/zoe/sessions", "/accounts")
    assert house.browser().get("/api/overview", headers=token).status_code == 401


def test_pages_offer_only_what_one_may(house: House) -> None:
    told = {role: house.browser(role).get("/").text for role in NAMES}
    for role, page in told.items():
        assert (">Queue</a>" in page) is (role != "reader"), role
        assert ('href="/accounts"' in page) is (role == "admin"), role
        assert 'action="/logout"' in page
    nobody = house.browser().get("/login").text
    assert 'href="/incidents"' not in nobody
    assert 'action="/search"' not in nobody
    assert 'action="/logout"' not in nobody


def test_a_decision_is_in_the_name_of_the_account(house: House) -> None:
    client = house.browser("coder")
    client.cookies.set("coder", "omar")
    token = csrf(client, "/account")
    answer = client.post(
        "/codings/1/finish", data={"csrf": token, "user": "omar", "by": "omar"}, headers={"origin": ORIGIN}
    )
    assert answer.status_code == 404
    assert (
        house.browser("reader").post("/decisions", data={"csrf": token}, headers={"origin": ORIGIN}).status_code == 403
    )
