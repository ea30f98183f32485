"""Accounts, sessions and tokens: what is kept, what is refused, and that each change is in the audit log."""

from __future__ import annotations

import pytest

from khabar.errors import NotFoundError, SettingsError
from khabar.store import Store
from khabar.store.access_questions import AuditFilter
from khabar.store.account_questions import Account, Change, Session, Token, checked_groups, checked_name

_NOON, _NIGHT = "2026-11-22T12:00:00+00:00", "2026-11-23T00:00:00+00:00"


@pytest.fixture
def team(store: Store) -> Store:
    store.add_account(Account("amal", "admin"), "hash-a", "setup")
    store.add_account(Account("zoe", "coder", ("north", "field")), "hash-z", "amal")
    return store


def _session(store: Store, account: str = "zoe", hash_: str = "s1") -> Session:
    return store.open_session(Session(0, account, _NOON, _NOON, _NIGHT, "Firefox"), hash_)


def test_an_account_is_kept_with_its_groups_and_without_its_password(team: Store) -> None:
    amal, zoe = team.accounts()
    assert (amal.name, zoe.name) == ("amal", "zoe")
    assert zoe == team.account("zoe")
    assert zoe.groups == ("field", "north")
    assert zoe.password_at
    assert "hash" not in repr(zoe)
    assert (team.password_of("zoe"), team.password_of("nobody")) == ("hash-z", "")
    with pytest.raises(NotFoundError, match="no account nobody"):
        team.account("nobody")


def test_a_name_or_a_subject_is_one_persons(team: Store) -> None:
    with pytest.raises(SettingsError, match="account zoe already"):
        team.add_account(Account("zoe", "reader"), "", "amal")
    team.add_account(Account("omar", "reader", subject="https://id.example 17"), "", "amal")
    with pytest.raises(SettingsError, match="omar signs in as"):
        team.add_account(Account("other", "reader", subject="https://id.example 17"), "", "amal")
    with pytest.raises(SettingsError, match="omar signs in as"):
        team.change_account("zoe", Change(subject="https://id.example 17"), "amal")
    found = team.account_of_subject("https://id.example 17")
    assert found is not None
    assert found.name == "omar"
    assert team.account_of_subject("https://id.example 18") is None
    assert team.account_of_subject("") is None


def test_somebody_is_left_who_can_administer(team: Store) -> None:
    for change in (Change(role="reviewer"), Change(disabled=True), Change(password="")):
        with pytest.raises(SettingsError, match="last administrator"):
            team.change_account("amal", change, "amal")
    assert team.account("amal").role == "admin"
    assert not team.account("amal").disabled
    team.change_account("zoe", Change(role="admin"), "amal")
    assert team.change_account("amal", Change(role="reader"), "zoe").role == "reader"


def test_who_is_disabled_or_has_a_new_password_is_signed_out(team: Store) -> None:
    _session(team)
    team.change_account("zoe", Change(groups=("south",), role="reviewer"), "amal")
    found = team.session("s1")
    assert found is not None
    assert found[1].groups == ("south",)
    team.change_account("zoe", Change(password="hash-new"), "amal")  # noqa: S106
    assert team.session("s1") is None
    _session(team)
    team.change_account("zoe", Change(disabled=True), "amal")
    assert team.session("s1") is None


def test_sessions_end_one_by_one_or_together(team: Store) -> None:
    first, second, third = (_session(team, hash_=f"s{n}") for n in (1, 2, 3))
    other = _session(team, "amal", "s4")
    team.see_session(first.number, "2026-11-22T12:05:00+00:00")
    assert [s.number for s in team.sessions("zoe")] == [third.number, second.number, first.number]
    assert team.sessions("zoe")[-1].seen_at == "2026-11-22T12:05:00+00:00"
    assert team.close_sessions("zoe", "zoe", only=other.number) == 0  # somebody else's
    assert team.close_sessions("zoe", "zoe", only=first.number) == 1
    assert team.close_sessions("zoe", "zoe", besides=second.number) == 1
    assert team.close_sessions("zoe", "zoe") == 1
    assert [s.number for s in team.sessions("amal")] == [other.number]
    team.forget_sessions("2026-11-23T00:00:01+00:00")
    assert team.session("s4") is None


def test_a_token_is_found_by_its_hash_and_revoked_by_its_owner(team: Store) -> None:
    made = team.add_token(Token(0, "zoe", "nightly export", "read", _NOON, _NIGHT), "t1", "zoe")
    assert team.token("t1") == (made, team.account("zoe"))
    assert team.token("t2") is None
    team.see_token(made.number, _NOON)
    with pytest.raises(NotFoundError):
        team.revoke_token(made.number, "amal", _NOON, account="amal")
    assert team.tokens("amal") == []
    assert not team.tokens()[0].revoked_at
    for number in (0, -1, 2**31, 2**70):
        with pytest.raises(NotFoundError, match=f"no token {number}"):
            team.revoke_token(number, "zoe", _NOON)
    assert team.revoke_token(made.number, "zoe", _NOON, account="zoe").revoked_at == _NOON
    assert team.revoke_token(made.number, "amal", _NIGHT).revoked_at == _NOON  # once is enough


def test_every_change_is_a_line_of_the_log_and_no_secret_is_in_it(team: Store) -> None:
    team.change_account("zoe", Change(role="reviewer", password="hash-new"), "amal")  # noqa: S106
    session = _session(team)
    team.close_sessions("zoe", "zoe", only=session.number)
    token = team.add_token(Token(0, "zoe", "export", "read", _NOON, _NIGHT), "t1", "zoe")
    team.revoke_token(token.number, "amal", _NOON)
    lines = list(team.audit(AuditFilter()))
    assert [(line.by, line.act, line.subject) for line in lines] == [
        ("setup", "add account", "amal"),
        ("amal", "add account", "zoe"),
        ("amal", "change account", "zoe"),
        ("zoe", "sign in", "zoe"),
        ("zoe", "sign out", "zoe"),
        ("zoe", "make token", "zoe"),
        ("amal", "revoke token", "zoe"),
    ]
    assert lines[2].details == {"role": "reviewer", "password": "new"}
    assert not any("hash" in repr(line.details) for line in lines)
    assert team.audit_state().fault == ""


@pytest.mark.parametrize("name", ["amal", "zoe.b", "omar@house.example", "أمل", "7of9"])
def test_names_of_any_script_are_names(name: str) -> None:
    assert checked_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name", ["", "Amal", "rule:total", "a b", "a\u202eb", "-amal", "_x", "a/b", "a" * 61, "ａmal!"]
)
def test_what_can_be_mistaken_is_no_name(name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be the name"):
        checked_name(name)


def test_groups_are_words(store: Store) -> None:
    assert checked_groups([" north  desk", "field", "field", ""]) == ("field", "north desk")
    with pytest.raises(SettingsError, match="cannot be a group"):
        checked_groups(["a,b"])
