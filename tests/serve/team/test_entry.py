"""Signing in and out: sessions that end, tries that wait, tokens that may little, and what the browser is told."""

from __future__ import annotations

import re

import pytest

from house import NAMES, ORIGIN, PASSWORD, House, csrf, post, sign_in
from khabar.errors import SettingsError
from khabar.serve.team.entry import IDLE, WHOLE, RefusedError
from khabar.serve.team.limits import Limits
from khabar.serve.team.passwords import Passwords, checked_password, generated
from khabar.store.access_questions import AuditFilter
from khabar.store.account_questions import Change


def test_who_signs_in_goes_where_they_wanted_to(house: House) -> None:
    client = house.browser()
    asked = client.get("/incidents?country=PK&page=1")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/login?back=/incidents%3Fcountry%3DPK%26page%3D1"
    page = client.get(asked.headers["location"])
    assert 'value="/incidents?country=PK&amp;page=1"' in page.text
    answer = sign_in(client, "zoe", back="/incidents?country=PK&page=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents?country=PK&page=1")
    assert client.get("/incidents?country=PK").status_code == 200
    assert client.get("/login").headers["location"] == "/"


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:1"])
def test_nobody_is_sent_to_another_site(house: House, back: str) -> None:
    assert sign_in(house.browser(), "zoe", back=back).headers["location"] == "/"


def test_the_cookie_of_a_session_is_for_this_host_over_https_and_for_no_script(house: House) -> None:
    answer = sign_in(house.browser(), "zoe")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age="):
        assert word in cookie
    assert "Domain" not in cookie
    form = house.browser().get("/login").headers["set-cookie"]
    assert all(word in form for word in ("csrf=", "HttpOnly", "Secure", "SameSite=strict"))


def test_pages_of_a_team_are_kept_nowhere(house: House) -> None:
    headers = house.browser("reader").get("/").headers
    assert headers["cache-control"] == "no-store"
    assert "max-age" in headers["strict-transport-security"]


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(house: House) -> None:
    house.base.change_account("rahim", Change(disabled=True), "amal")
    texts = set()
    for name, password in (("zoe", "wrong wrong wrong"), ("nobody", PASSWORD), ("rahim", PASSWORD)):
        answer = sign_in(house.browser(), name, password)
        assert answer.status_code == 401
        assert "session" not in answer.headers.get("set-cookie", "")
        texts.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(texts) == 1


def test_a_name_without_an_account_costs_the_same_work(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[bool] = []
    fits = Passwords.fits

    def counted(self: Passwords, hash_: str, password: str) -> bool:
        checked.append(bool(hash_))
        return fits(self, hash_, password)

    monkeypatch.setattr(Passwords, "fits", counted)
    for name in ("zoe", "nobody"):
        with pytest.raises(RefusedError):
            house.entry.sign_in(name, "wrong", "192.0.2.1")
    assert checked == [True, False]
    assert not Passwords().fits("", PASSWORD)


def test_a_session_ends_unused_and_at_the_latest_after_a_day(house: House) -> None:
    idle, busy = house.browser("reader"), house.browser("coder")
    steps = int(WHOLE / (IDLE / 2))
    for _ in range(1, steps):
        house.clock.now += IDLE / 2
        assert busy.get("/account").status_code == 200
    assert idle.get("/account").status_code == 303
    assert idle.get("/api/overview").status_code == 401
    house.clock.now += IDLE / 2
    assert busy.get("/account").status_code == 303


def test_who_signs_out_is_out(house: House) -> None:
    client = house.browser("coder")
    stolen = client.cookies["__Host-session"]
    answer = post(client, "/logout")
    assert answer.headers["location"] == "/login"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    other = house.browser()
    other.cookies.set("__Host-session", stolen)
    assert other.get("/account").status_code == 303


def test_each_sign_in_is_a_new_session(house: House) -> None:
    client = house.browser()
    client.cookies.set("__Host-session", "chosen-by-somebody-else")
    sign_in(client, "zoe")
    assert len(house.base.sessions("zoe")) == 1
    assert house.base.session("chosen-by-somebody-else") is None


def test_a_disabled_account_is_out_at_once_and_another_role_counts_at_once(house: House) -> None:
    client, token = house.browser("coder"), house.token("coder")
    house.base.change_account("zoe", Change(role="reader"), "amal")
    assert client.get("/queue").status_code == 403
    assert house.browser().get("/api/queue", headers=token).status_code == 403
    house.base.change_account("zoe", Change(disabled=True), "amal")
    assert client.get("/").status_code == 303
    assert house.browser().get("/api/overview", headers=token).status_code == 401


# ------------------------------------------------------------------ forms


def test_a_form_without_the_token_of_its_session_changes_nothing(house: House) -> None:
    client, other = house.browser("coder"), house.browser("reviewer")
    fields = {"old": PASSWORD, "new": "another long password", "again": "another long password"}
    for token in ("", "x" * 64, csrf(other, "/account"), client.cookies.get("csrf", "")):
        answer = client.post("/account/password", data={**fields, "csrf": token}, headers={"origin": ORIGIN})
        assert answer.status_code == 403
    assert client.post("/account/password", data={**fields, "csrf": csrf(client, "/account")}).status_code == 403
    assert Passwords().fits(house.base.password_of("zoe"), PASSWORD)


def test_nobody_is_signed_in_by_a_form_of_another_page(house: House) -> None:
    client = house.browser()
    fields = {"name": "zoe", "password": PASSWORD}
    assert client.post("/login", data={**fields, "csrf": "x" * 43}).status_code == 403
    client.get("/login")
    assert client.post("/login", data=fields, headers={"origin": ORIGIN}).status_code == 403
    assert client.post("/login", data=fields, headers={"origin": "https://evil.example"}).status_code == 403


def test_a_change_by_json_says_where_it_comes_from(house: House) -> None:
    client = house.browser("coder")
    assert client.post("/api/decisions", json={"act": "undo"}).status_code == 403
    assert client.post("/api/decisions", json={"act": "undo"}, headers={"origin": ORIGIN}).status_code in (403, 409)


# ------------------------------------------------------------------ too many tries


def test_tries_wait_longer_and_longer(house: House) -> None:
    def tried(password: str, name: str = "zoe") -> tuple[int, int]:
        answer = sign_in(house.browser(), name, password)
        return answer.status_code, int(answer.headers.get("retry-after", 0))

    for name in ("zoe", "nobody"):
        assert [tried("wrong", name)[0] for _ in range(5)] == [401] * 5
    assert tried(PASSWORD) == (429, 2)  # the right one is not looked at either
    assert tried(PASSWORD, "nobody") == (429, 2)
    house.clock.later(seconds=2)
    assert tried("wrong") == (401, 0)
    assert tried(PASSWORD) == (429, 4)
    house.clock.later(seconds=4)
    assert tried(PASSWORD) == (303, 0)
    assert tried("wrong") == (401, 0)  # all is forgotten


def test_an_address_that_tries_many_names_waits_too() -> None:
    now = [0.0]
    limits = Limits(lambda: now[0])
    waits = [limits.begin(f"name-{n}", "192.0.2.1") for n in range(21)]
    assert waits[:20] == [0.0] * 20
    assert waits[20] == 2.0
    assert limits.begin("name-0", "192.0.2.2") == 0.0
    for _ in range(40):
        now[0] += limits.begin("other", "192.0.2.1")
        limits.begin("other", "192.0.2.1")
    assert limits.begin("other", "192.0.2.1") == 900.0  # never longer than a quarter of an hour
    now[0] += 3601
    assert limits.begin("other", "192.0.2.1") == 0.0
    assert limits.begin("other", "192.0.2.1") == 0.0


def test_many_at_the_same_time_count_as_many() -> None:
    limits = Limits(lambda: 0.0)
    assert [limits.begin("zoe", "") for _ in range(6)] == [0.0] * 5 + [2.0]
    limits.succeeded("zoe", "")
    assert limits.begin("zoe", "") == 0.0


def test_what_is_remembered_of_tries_has_an_end() -> None:
    limits = Limits(lambda: 0.0)
    for number in range(25_000):
        limits.begin(f"name-{number}", f"address-{number}")
    assert len(limits._failed) == 20_000


# ------------------------------------------------------------------ tokens


def test_a_token_may_what_it_says_and_its_account_may(house: House) -> None:
    client = house.browser()
    read, write = house.token("coder"), house.token("coder", "write")
    assert client.get("/api/overview", headers=read).status_code == 200
    assert client.get("/api/queue", headers=read).status_code == 200
    assert client.post("/api/reviews/undo", json={}, headers=read).status_code == 403
    assert client.post("/api/reviews/undo", json={}, headers=write).status_code == 409  # nothing to undo
    assert client.post("/api/assignments", json={}, headers=write).status_code == 403  # a reviewer's
    assert client.get("/api/queue", headers=house.token("reader", "write")).status_code == 403


def test_a_token_is_for_the_api_alone(house: House) -> None:
    client, token = house.browser(), house.token("admin", "write")
    for path in ("/", "/accounts", "/account", "/login"):
        assert client.get(path, headers=token).status_code == 401
    assert client.post("/accounts", data={"name": "eve", "role": "admin"}, headers=token).status_code == 401


@pytest.mark.parametrize("sent", ["Bearer khabar_wrong", "Bearer ", "Basic em9lOngK", "khabar_x", ""])
def test_a_wrong_token_is_nobodys_whatever_cookie_comes_with_it(house: House, sent: str) -> None:
    answer = house.browser("admin").get("/api/overview", headers={"authorization": sent})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_ends(house: House) -> None:
    client, short, long = house.browser(), house.token("coder", days=1), house.token("coder", days=366)
    house.clock.later(days=1)
    assert client.get("/api/overview", headers=short).status_code == 401
    assert client.get("/api/overview", headers=long).status_code == 200
    house.entry.revoke_token(2, "amal")
    assert client.get("/api/overview", headers=long).status_code == 401


def test_a_token_is_kept_as_a_hash(house: House) -> None:
    secret, token = house.entry.make_token("zoe", " nightly  export ", "read", 10, "zoe")
    assert token.label == "nightly export"
    assert secret not in repr(house.base.tokens())
    assert house.base.token(secret) is None
    for label, scope, days in (("", "read", 1), ("x", "all", 1), ("x", "read", 0), ("x", "read", 367)):
        with pytest.raises(SettingsError):
            house.entry.make_token("zoe", label, scope, days, "zoe")


# ------------------------------------------------------------------ passwords


def test_passwords_are_hashed_with_argon2id() -> None:
    passwords = Passwords()
    hash_ = passwords.hashed("pass\u0301word of words")
    assert hash_.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.fits(hash_, "pas\u015bword of words")  # the same word from another keyboard
    assert not passwords.fits(hash_, "password of words")
    assert not passwords.outdated(hash_)
    assert not passwords.fits("no hash", "x")
    assert hash_ != passwords.hashed("pass\u0301word of words")


@pytest.mark.parametrize(
    "password", ["short", "x" * 201, "aaaaaaaaaaaaaaaa", "my name is zoe ok", "khabar khabar khabar"]
)
def test_easy_passwords_are_refused(password: str) -> None:
    with pytest.raises(SettingsError):
        checked_password(password, "zoe")


def test_generated_passwords_are_good_ones() -> None:
    made = {generated() for _ in range(50)}
    assert len(made) == 50
    assert all(checked_password(password, "zoe") for password in made)


# ------------------------------------------------------------------ the log


def test_who_came_and_who_was_refused_is_in_the_log_and_no_password_is(house: House) -> None:
    sign_in(house.browser(), "zoe", "wrong")
    sign_in(house.browser(), PASSWORD, "typed in the wrong field")
    post(house.browser("coder"), "/logout")
    lines = [line for line in house.base.audit(AuditFilter()) if line.by != "setup"]
    assert [(line.by, line.act, line.subject) for line in lines] == [
        ("", "refuse sign in", "zoe"),
        ("", "refuse sign in", ""),
        ("zoe", "sign in", "zoe"),
        ("zoe", "sign out", "zoe"),
    ]
    assert PASSWORD not in repr(lines)
    assert NAMES["coder"] == "zoe"
