"""Accounts, sessions and tokens as the store keeps them. Invariant: plain frozen records; a secret is never among them,
only its hash is kept, and goes in and is compared without coming out, save a password's, which only its check reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from khabar.errors import SettingsError

__all__ = ["ROLES", "SCOPES", "Account", "AccountStore", "Change", "Session", "Token", "checked_groups", "checked_name"]

ROLES = ("reader", "coder", "reviewer", "admin")
"""What an account may do; each may all that those before it may."""

SCOPES = ("read", "write")
"""What a token may do; write includes read."""

_NAME = re.compile(r"[^\W_][\w.@-]*")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works on the base: under `name` their decisions are kept, so an account is disabled, never deleted.

    `groups` are those whose restricted documents they see. `subject` is who they are to the provider of the house
    (issuer and subject, parted by a space), empty where they sign in with a password alone. `password_at` is when their
    password was set, empty where they have none. Moments are ISO text in UTC.
    """

    name: str
    role: str
    groups: tuple[str, ...] = ()
    disabled: bool = False
    subject: str = ""
    created_at: str = ""
    password_at: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about an account; None stays as it is. `password` is the hash of one."""

    role: str | None = None
    groups: tuple[str, ...] | None = None
    disabled: bool | None = None
    password: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody signed in: since when, seen when, good until when at most; `agent` is what the
    browser says it is.
    """

    number: int
    account: str
    began_at: str
    seen_at: str
    until: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A key for a program that works in somebody's name: its `label`, what it may (`scope`), and until when.

    `used_at` and `revoked_at` are empty where it was not.
    """

    number: int
    account: str
    label: str
    scope: str
    created_at: str
    until: str
    used_at: str = ""
    revoked_at: str = ""


class AccountStore(Protocol):
    """The part of `Store` about who may work on it. `by` is who changes something; each change is a line of the audit
    log in the same transaction. Hashes are those of `khabar.serve.team`; moments are given, for clocks differ.
    """

    def accounts(self) -> list[Account]:
        """All accounts, by name."""

    def account(self, name: str) -> Account:
        """The account of a name; NotFoundError where there is none."""

    def account_of_subject(self, subject: str) -> Account | None:
        """The account of somebody the provider of the house knows."""

    def password_of(self, name: str) -> str:
        """The hash of an account's password; empty where it has none, or there is no such account."""

    def add_account(self, account: Account, password: str, by: str) -> Account:
        """Keep a new account with the hash of its password (or ""); SettingsError where name or subject is taken."""

    def change_account(self, name: str, change: Change, by: str) -> Account:
        """Change an account. One that is disabled, or has another password, is signed out everywhere. SettingsError,
        and nothing changes, where nobody would be left to administer the accounts.
        """

    def open_session(self, session: Session, hash_: str) -> Session:
        """Keep that somebody signed in; gives it with its number."""

    def session(self, hash_: str) -> tuple[Session, Account] | None:
        """The session of a hash with its account; it may be over."""

    def sessions(self, account: str) -> list[Session]:
        """The sessions of an account, the latest first."""

    def see_session(self, number: int, at: str) -> None:
        """Keep that a session was used."""

    def close_sessions(self, account: str, by: str, only: int | None = None, besides: int | None = None) -> int:
        """End the sessions of an account: all, `only` one, or all `besides` one; gives how many."""

    def forget_sessions(self, before: str) -> None:
        """Drop sessions that were good until an earlier moment."""

    def add_token(self, token: Token, hash_: str, by: str) -> Token:
        """Keep a token; gives it with its number."""

    def token(self, hash_: str) -> tuple[Token, Account] | None:
        """The token of a hash with its account; it may be over or revoked."""

    def tokens(self, account: str | None = None) -> list[Token]:
        """Tokens, of one account or all, in the order they were made."""

    def see_token(self, number: int, at: str) -> None:
        """Keep that a token was used."""

    def revoke_token(self, number: int, by: str, at: str, account: str | None = None) -> Token:
        """Revoke a token; NotFoundError where there is none, or it is not that `account`'s."""


def checked_name(text: str) -> str:
    """A name for an account; SettingsError where two people could not tell it from another."""
    name = unicodedata.normalize("NFKC", text.strip())
    if not _NAME.fullmatch(name) or name != name.casefold() or len(name) > _LONGEST:
        raise SettingsError(
            f"{text.strip()[:_LONGEST]!r} cannot be the name of an account.",
            f"Use small letters, digits and . _ - @, a letter or digit first, at most {_LONGEST}.",
        )
    return name


def checked_groups(texts: Sequence[str]) -> tuple[str, ...]:
    """Names of groups, sorted, each once; SettingsError where one is none."""
    found = set()
    for text in texts:
        name = " ".join(unicodedata.normalize("NFKC", text).split())
        if not name.isprintable() or "," in name or len(name) > _LONGEST:
            raise SettingsError(f"{text[:_LONGEST]!r} cannot be a group.", "Use words without a comma.")
        found.add(name)
    return tuple(sorted(found - {""}))
