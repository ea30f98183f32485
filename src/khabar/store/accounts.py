"""Accounts, sessions and tokens in SQL. Invariant: one transaction a call, with its line in the audit log; somebody is
always left who may administer the accounts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from khabar.errors import NotFoundError, SettingsError
from khabar.store.account_questions import Account, Change, Session, Token
from khabar.store.auditing import logged
from khabar.store.lookup import number_held
from khabar.store.rows import now
from khabar.store.schema_accounts import account_groups, accounts, sessions, tokens
from khabar.store.sql import SqlSource

__all__ = ["SqlAccounts"]

_SESSION = ("number", "account", "began_at", "seen_at", "until", "agent")
_TOKEN = ("number", "account", "label", "scope", "created_at", "until", "used_at", "revoked_at")


class SqlAccounts(SqlSource):
    """`khabar.store.account_questions.AccountStore` over SQLAlchemy Core; every method is described there."""

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        with self._reading() as connection:
            return _accounts(connection)

    def account(self, name: str) -> Account:
        """The account of a name; NotFoundError where there is none."""
        with self._reading() as connection:
            return _account(connection, name)

    def account_of_subject(self, subject: str) -> Account | None:
        """The account of somebody the provider of the house knows."""
        with self._reading() as connection:
            return next(iter(_accounts(connection, accounts.c.subject == subject)), None)

    def password_of(self, name: str) -> str:
        """The hash of an account's password; empty where it has none, or there is no such account."""
        with self._reading() as connection:
            return connection.execute(select(accounts.c.password).where(accounts.c.name == name)).scalar() or ""

    def add_account(self, account: Account, password: str, by: str) -> Account:
        """Keep a new account with the hash of its password (or "")."""
        with self._writing() as connection:
            if _accounts(connection, accounts.c.name == account.name):
                raise SettingsError(f"There is an account {account.name} already.", "Choose another name.")
            _free(connection, account.subject, account.name)
            row = {"name": account.name, "role": account.role, "disabled": account.disabled, "created_at": now()}
            row |= {"password": password, "password_at": now() if password else ""}
            connection.execute(insert(accounts), {**row, "subject": account.subject or None})
            _set_groups(connection, account.name, account.groups)
            told = {"role": account.role, "groups": list(account.groups), "subject": account.subject}
            logged(connection, by, "add account", account.name, told)
            return _account(connection, account.name)

    def change_account(self, name: str, change: Change, by: str) -> Account:
        """Change an account, and sign it out where it is disabled or has another password."""
        with self._writing() as connection:
            # All administrators are held, so that two of them cannot dismiss each other at the same time.
            connection.execute(select(accounts.c.name).where(accounts.c.role == "admin").with_for_update()).all()
            before = _account(connection, name)
            new: dict[str, Any] = {}
            if change.role is not None:
                new["role"] = change.role
            if change.disabled is not None:
                new["disabled"] = change.disabled
            if change.password is not None:
                new |= {"password": change.password, "password_at": now() if change.password else ""}
            if change.subject is not None:
                _free(connection, change.subject, name)
                new["subject"] = change.subject or None
            if new:
                connection.execute(update(accounts).where(accounts.c.name == name).values(new))
            if change.groups is not None:
                _set_groups(connection, name, change.groups)
            _somebody_left(connection, before)
            if change.disabled or change.password is not None:
                connection.execute(delete(sessions).where(sessions.c.account == name))
            after = _account(connection, name)
            told = {key: _told(getattr(after, key)) for key in ("role", "groups", "disabled", "subject")}
            told = {key: value for key, value in told.items() if getattr(change, key) is not None}
            logged(connection, by, "change account", name, told | ({"password": "new"} if change.password else {}))
            return after

    def open_session(self, session: Session, hash_: str) -> Session:
        """Keep that somebody signed in; gives it with its number."""
        with self._writing() as connection:
            kept = Session(_added(connection, sessions, session, hash_, _SESSION), *_fields(session, _SESSION[1:]))
            logged(connection, session.account, "sign in", session.account, {"session": kept.number})
            return kept

    def session(self, hash_: str) -> tuple[Session, Account] | None:
        """The session of a hash with its account; it may be over."""
        with self._reading() as connection:
            row = connection.execute(select(sessions).where(sessions.c.hash == hash_)).first()
            return (_session(row), _account(connection, row.account)) if row is not None else None

    def sessions(self, account: str) -> list[Session]:
        """The sessions of an account, the latest first."""
        asked = select(sessions).where(sessions.c.account == account).order_by(sessions.c.number.desc())
        return [_session(row) for row in self._rows(asked)]

    def see_session(self, number: int, at: str) -> None:
        """Keep that a session was used."""
        with self._writing() as connection:
            connection.execute(update(sessions).where(sessions.c.number == number).values(seen_at=at))

    def close_sessions(self, account: str, by: str, only: int | None = None, besides: int | None = None) -> int:
        """End the sessions of an account: all, `only` one, or all `besides` one; gives how many."""
        s = sessions.c
        gone = delete(sessions).where(s.account == account)
        if only is not None:
            gone = gone.where(s.number == only)
        if besides is not None:
            gone = gone.where(s.number != besides)
        with self._writing() as connection:
            ended = connection.execute(gone).rowcount
            if ended:
                logged(connection, by, "sign out", account, {"sessions": ended})
            return ended

    def forget_sessions(self, before: str) -> None:
        """Drop sessions that were good until an earlier moment."""
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.until < before))

    def add_token(self, token: Token, hash_: str, by: str) -> Token:
        """Keep a token; gives it with its number."""
        with self._writing() as connection:
            kept = Token(_added(connection, tokens, token, hash_, _TOKEN), *_fields(token, _TOKEN[1:]))
            told = {"token": kept.number, "label": token.label, "scope": token.scope, "until": token.until}
            logged(connection, by, "make token", token.account, told)
            return kept

    def token(self, hash_: str) -> tuple[Token, Account] | None:
        """The token of a hash with its account; it may be over or revoked."""
        with self._reading() as connection:
            row = connection.execute(select(tokens).where(tokens.c.hash == hash_)).first()
            return (_token(row), _account(connection, row.account)) if row is not None else None

    def tokens(self, account: str | None = None) -> list[Token]:
        """Tokens, of one account or all, in the order they were made."""
        asked = select(tokens).order_by(tokens.c.number)
        if account is not None:
            asked = asked.where(tokens.c.account == account)
        return [_token(row) for row in self._rows(asked)]

    def see_token(self, number: int, at: str) -> None:
        """Keep that a token was used."""
        with self._writing() as connection:
            connection.execute(update(tokens).where(tokens.c.number == number).values(used_at=at))

    def revoke_token(self, number: int, by: str, at: str, account: str | None = None) -> Token:
        """Revoke a token; NotFoundError where there is none, or it is not that `account`'s."""
        with self._writing() as connection:
            row = connection.execute(select(tokens).where(tokens.c.number == number_held(number))).first()
            if row is None or account not in (None, row.account):
                raise NotFoundError(f"There is no token {number}.", "`khabar token list` shows them.")
            if not row.revoked_at:
                connection.execute(update(tokens).where(tokens.c.number == number).values(revoked_at=at))
                logged(connection, by, "revoke token", row.account, {"token": number, "label": row.label})
            return _token(connection.execute(select(tokens).where(tokens.c.number == number)).one())


def _accounts(connection: Connection, *conditions: Any) -> list[Account]:
    rows = connection.execute(select(accounts).where(*conditions).order_by(accounts.c.name)).all()
    g = account_groups.c
    groups: dict[str, list[str]] = {row.name: [] for row in rows}
    asked = select(account_groups).order_by(g.account, g.group)
    if conditions:
        asked = asked.where(g.account.in_(list(groups)))
    for row in connection.execute(asked):
        if row.account in groups:
            groups[row.account].append(row.group)
    return [
        Account(
            row.name, row.role, tuple(sorted(groups[row.name])), row.disabled, row.subject or "", row.created_at,
            row.password_at,
        )
        for row in rows
    ]  # fmt: skip


def _account(connection: Connection, name: str) -> Account:
    found = _accounts(connection, accounts.c.name == name)
    if not found:
        raise NotFoundError(f"There is no account {name}.", "`khabar account list` shows them.")
    return found[0]


def _free(connection: Connection, subject: str, name: str) -> None:
    """SettingsError where another account has this subject."""
    taken = _accounts(connection, accounts.c.subject == subject, accounts.c.name != name) if subject else ()
    if taken:
        raise SettingsError(f"{taken[0].name} signs in as {subject} already.", "One person has one account.")


def _somebody_left(connection: Connection, before: Account) -> None:
    """SettingsError where the last who may administer was taken away."""
    if before.role != "admin" or before.disabled:
        return
    may = (accounts.c.role == "admin", accounts.c.disabled.is_(False))
    able = (accounts.c.password != "") | accounts.c.subject.is_not(None)
    if connection.execute(select(accounts.c.name).where(*may, able).limit(1)).first() is None:
        raise SettingsError(
            f"{before.name} is the last administrator who can sign in.", "Make another one first: khabar account role."
        )


def _set_groups(connection: Connection, name: str, groups: Iterable[str]) -> None:
    connection.execute(delete(account_groups).where(account_groups.c.account == name))
    rows = [{"account": name, "group": group} for group in sorted(set(groups))]
    if rows:
        connection.execute(insert(account_groups), rows)


def _added(connection: Connection, table: Table, record: Session | Token, hash_: str, names: tuple[str, ...]) -> int:
    row = dict(zip(names[1:], _fields(record, names[1:]), strict=True))
    key: tuple[int] = connection.execute(insert(table), {**row, "hash": hash_}).inserted_primary_key or (0,)
    return key[0]


def _fields(record: Session | Token, names: tuple[str, ...]) -> list[Any]:
    return [getattr(record, name) for name in names]


def _session(row: Row[Any]) -> Session:
    return Session(*(getattr(row, name) for name in _SESSION))


def _token(row: Row[Any]) -> Token:
    return Token(*(getattr(row, name) for name in _TOKEN))


def _told(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
