"""Signing in and out, and who a request comes from. Invariant: a wrong name, a wrong password and a disabled account
get the same answer after the same work; a session or token that is over, revoked or of a disabled account is nobody's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from khabar.errors import KhabarError, SettingsError, StoreError
from khabar.serve.team.limits import Limits
from khabar.serve.team.passwords import Passwords, checked_password, hash_of, new_token
from khabar.store.account_questions import SCOPES, Account, Change, Session, Token
from khabar.store.base import Store

__all__ = ["IDLE", "LONGEST_TOKEN", "NOBODY", "TOKEN_DAYS", "WHOLE", "Entry", "RefusedError", "Who"]

IDLE, WHOLE = timedelta(hours=2), timedelta(hours=12)
"""How long a session lasts unused, and at most: a pause, and a working day."""

TOKEN_DAYS, LONGEST_TOKEN = 90, 366
"""Days a token is good for where nothing else is said, and at most."""

_SEEN = timedelta(minutes=1)  # how exactly it is kept when something was last used: not every request writes
_AGENT = 200
_LABEL = 60
_TOKEN_KIND = "khabar_"  # noqa: S105 (what stands before a token)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a request comes from: an account by a session, with its `secret`, or by a token; or nobody."""

    account: Account | None = None
    session: Session | None = None
    token: Token | None = None
    secret: str = ""

    @property
    def role(self) -> str:
        """The role of the account; empty without one."""
        return self.account.role if self.account is not None else ""


NOBODY = Who()
"""Somebody who did not sign in."""


class RefusedError(KhabarError):
    """A sign-in that was refused; `wait` is the seconds until the next try is looked at, 0 where the try was wrong."""

    def __init__(self, wait: float = 0.0) -> None:
        self.wait = wait
        if wait > 0:
            super().__init__("There were too many tries.", f"Wait {_words(wait)}, then try again.")
        else:
            super().__init__("Name and password do not fit.", "Try again, or ask an administrator for a new password.")


class Entry:
    """Lets people in. `clock` gives the moment, with its time zone."""

    def __init__(
        self, base: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC), passwords: Passwords | None = None
    ) -> None:
        self._base = base
        self._clock = clock
        self._passwords = passwords or Passwords()
        self._limits = Limits(lambda: self._clock().timestamp())

    def hashed(self, password: str) -> str:
        """The hash of a password, as it is kept."""
        return self._passwords.hashed(password)

    # -------------------------------------------------------------- by a browser

    def sign_in(self, name: str, password: str, address: str, agent: str = "") -> str:
        """The secret of a new session; RefusedError where name and password do not fit, or after too many tries."""
        known = unicodedata.normalize("NFKC", name.strip()[:_LABEL]).casefold()
        wait = self._limits.begin(known, address)
        if wait > 0:
            raise RefusedError(wait)
        held = self._base.password_of(known)
        right = self._passwords.fits(held, password)
        account = self._base.account(known) if held else None
        if account is None or account.disabled or not right:
            # What was typed for a name may be a password: only names that there are go into the log.
            self._base.append_audit("", "refuse sign in", account.name if account else "", {"address": address})
            raise RefusedError
        self._limits.succeeded(known, address)
        if self._passwords.outdated(held):
            self._base.change_account(known, Change(password=self._passwords.hashed(password)), known)
        return self.begin_session(account, agent)

    def begin_session(self, account: Account, agent: str = "") -> str:
        """The secret of a new session of an account that showed who it is."""
        moment = self._clock()
        self._base.forget_sessions(_text(moment))
        secret = new_token()
        began = _text(moment)
        kept = "".join(c for c in agent[:_AGENT] if c.isprintable())
        self._base.open_session(Session(0, account.name, began, began, _text(moment + WHOLE), kept), hash_of(secret))
        return secret

    def by_session(self, secret: str) -> Who:
        """Whose session a secret opens; nobody's where it is over."""
        found = self._base.session(hash_of(secret)) if secret else None
        if found is None:
            return NOBODY
        session, account = found
        moment = self._clock()
        seen = datetime.fromisoformat(session.seen_at)
        if account.disabled or moment >= datetime.fromisoformat(session.until) or moment - seen >= IDLE:
            return NOBODY
        if moment - seen >= _SEEN:
            with suppress(StoreError):  # somebody writes for long: that this one was here is not worth an error
                self._base.see_session(session.number, _text(moment))
        return Who(account, session, secret=secret)

    def sign_out(self, who: Who) -> None:
        """End the session a request came by."""
        if who.account is not None and who.session is not None:
            self._base.close_sessions(who.account.name, who.account.name, only=who.session.number)

    def end_sessions(self, who: Who, number: int | None = None) -> None:
        """End one session of one's own, or all besides the one a request came by."""
        if who.account is None or who.session is None:
            return
        besides = who.session.number if number is None else None
        self._base.close_sessions(who.account.name, who.account.name, only=number, besides=besides)

    def change_password(self, who: Who, old: str, new: str, address: str) -> str:
        """Set one's own password, and begin a session anew: all others end. RefusedError where the old one is wrong."""
        if who.account is None:
            raise RefusedError
        name = who.account.name
        wait = self._limits.begin(name, address)
        if wait > 0:
            raise RefusedError(wait)
        if not self._passwords.fits(self._base.password_of(name), old):
            raise RefusedError
        self._limits.succeeded(name, address)
        hashed = self._passwords.hashed(checked_password(new, name))
        account = self._base.change_account(name, Change(password=hashed), name)
        return self.begin_session(account, who.session.agent if who.session else "")

    # -------------------------------------------------------------- by a program

    def make_token(self, account: str, label: str, scope: str, days: int, by: str) -> tuple[str, Token]:
        """A new token, to be shown once, and what is kept of it."""
        said = " ".join(label.split())[:_LABEL]
        if scope not in SCOPES:
            raise SettingsError(f"A token cannot {scope!r}.", f"Use one of {', '.join(SCOPES)}.")
        if not 1 <= days <= LONGEST_TOKEN:
            raise SettingsError(f"A token cannot last {days} days.", f"Use 1 to {LONGEST_TOKEN}.")
        if not said or not said.isprintable():
            raise SettingsError("The token has no label.", "Say in a few words what it is for.")
        moment = self._clock()
        secret = new_token(_TOKEN_KIND)
        token = Token(0, account, said, scope, _text(moment), _text(moment + timedelta(days=days)))
        return secret, self._base.add_token(token, hash_of(secret), by)

    def by_token(self, secret: str) -> Who:
        """In whose name a token works; nobody's where it is over or revoked."""
        found = self._base.token(hash_of(secret)) if secret.startswith(_TOKEN_KIND) else None
        if found is None:
            return NOBODY
        token, account = found
        moment = self._clock()
        if account.disabled or token.revoked_at or moment >= datetime.fromisoformat(token.until):
            return NOBODY
        if not token.used_at or moment - datetime.fromisoformat(token.used_at) >= _SEEN:
            with suppress(StoreError):
                self._base.see_token(token.number, _text(moment))
        return Who(account, token=token)

    def revoke_token(self, number: int, by: str, account: str | None = None) -> Token:
        """Revoke a token; NotFoundError where there is none, or it is not that account's."""
        return self._base.revoke_token(number, by, _text(self._clock()), account)

    def stands(self, token: Token) -> str:
        """How a token stands, in a word: good, over or revoked."""
        if token.revoked_at:
            return "revoked"
        return "over" if self._clock() >= datetime.fromisoformat(token.until) else "good"


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _words(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} seconds" if whole < 120 else f"{round(whole / 60)} minutes"
