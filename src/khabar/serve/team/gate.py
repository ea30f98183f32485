"""The gate of a team's workbench: the one place where rights are checked. Invariant: a request reaches a page only
where the table of rights names its address, and whoever asks has that right; everything else is answered here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from urllib.parse import quote

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from khabar.serve.door import SAFE
from khabar.serve.seat import Desk, Seat
from khabar.serve.team.desks import CoderDesk
from khabar.serve.team.entry import NOBODY, Entry, Who
from khabar.serve.team.rights import ANYONE, may, methods, needed
from khabar.store.account_questions import Account
from khabar.store.base import Store, View

__all__ = ["Gate", "Team", "cookie_name", "who_of"]

_API = "/api/"


class Team:
    """Who sits where: `shown` gives the base as somebody of some groups sees it, `desk` the desk at which they decide.
    `base` is the whole of it, with its accounts.
    """

    def __init__(
        self, base: Store, entry: Entry, shown: Callable[[frozenset[str]], View], desk: Callable[[frozenset[str]], Desk]
    ) -> None:
        self.base = base
        self.entry = entry
        self._shown = shown
        self._desk = desk

    def who(self, request: Request, *, https: bool) -> Who:
        """Whom a request comes from. A token, where one is sent, counts alone."""
        sent = request.headers.get("authorization")
        if sent is not None:
            kind, _, secret = sent.partition(" ")
            return self.entry.by_token(secret.strip()) if kind.lower() == "bearer" else NOBODY
        return self.entry.by_session(request.cookies.get(cookie_name(https=https), ""))

    def seat(self, who: Who) -> Seat:
        """Where somebody sits: nobody sees no base, a reader has no desk, a coder one of their own."""
        account = who.account
        if account is None:
            return Seat(None, None, "", may=_asks(""), team=True)
        groups = frozenset(account.groups)
        base = self._shown(groups)
        return Seat(
            base,
            self._desk_for(account, base, groups),
            account.name,
            may=_asks(account.role),
            team=True,
            token=hashlib.sha256(f"form {who.secret}".encode()).hexdigest() if who.secret else "",
        )

    def _desk_for(self, account: Account, base: View, groups: frozenset[str]) -> Desk | None:
        if not may(account.role, "coder"):
            return None
        desk = self._desk(groups)
        return desk if may(account.role, "reviewer") else CoderDesk(desk, base, account.name)


def _asks(role: str) -> Callable[[str, str], bool]:
    return lambda method, path: may(role, needed(method, path))


class Gate:
    """Lets a request through to the pages, or answers it."""

    def __init__(
        self, app: ASGIApp, team: Team, answer: Callable[[Request, int, str], Response], *, https: bool
    ) -> None:
        self._app = app
        self._team = team
        self._answer = answer
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who asks, and for what; give the request its seat."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        path = scope["path"]
        right = needed(request.method, path)
        # Styles and scripts come with every page and are the same for everybody: nobody is looked up for them.
        plain = right == ANYONE and request.method in SAFE and path.startswith("/static/")
        who = NOBODY if plain else await run_in_threadpool(self._team.who, request, https=self._https)
        request.state.who = who
        request.state.seat = await run_in_threadpool(self._team.seat, who)
        refusal = await run_in_threadpool(self._refusal, request, who, right)
        await (self._app if refusal is None else refusal)(scope, receive, send)

    def _refusal(self, request: Request, who: Who, right: str | None) -> Response | None:
        path, safe = request.scope["path"], request.method in SAFE
        api = path.startswith(_API)
        if "authorization" in request.headers and (who.token is None or not api):
            return self._unknown(request, "This token is not good here, or not any more." if api else _ONLY_API)
        if right is None and who.account is not None:
            others = methods(path)
            status, words = (405, f"Use {' or '.join(others)}.") if others else (404, "There is no such page.")
            return self._answer(request, status, words)
        if not may(who.role, right):
            if who.account is None:
                return self._unknown(request, "Sign in first.")
            return self._answer(request, 403, f"This needs another right than that of a {who.role}.")
        if who.token is not None and not safe and who.token.scope != "write":
            return self._answer(request, 403, "This token may read only.")
        if who.session is not None and not safe and not _told(request):
            return self._answer(request, 403, "The browser does not say which page asked for this change.")
        return None

    def _unknown(self, request: Request, words: str) -> Response:
        """For programs 401; for browsers the way to the page where one signs in."""
        if request.url.path.startswith(_API) or "authorization" in request.headers:
            answer = self._answer(request, 401, words)
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        asked = f"?{request.url.query}" if request.url.query else ""
        back = request.url.path + asked if request.method in SAFE else "/"
        to = "/login" if back == "/" else f"/login?back={quote(back, safe='/')}"
        return RedirectResponse(to, status_code=303)


_ONLY_API = "Tokens are for the API, under /api/."


def _told(request: Request) -> bool:
    """Whether a browser says where a change comes from; all of them do, and the door compares it."""
    return "origin" in request.headers or "sec-fetch-site" in request.headers


def cookie_name(*, https: bool) -> str:
    """The cookie of a session; over https with the prefix that binds it to this host and to https."""
    return "__Host-session" if https else "session"


def who_of(request: Request) -> Who:
    """Whom a request comes from."""
    who: Who = request.state.who
    return who
