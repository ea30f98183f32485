"""What every request passes before any page, and every answer on its way out. Invariant: the workbench answers to its
own names alone, changes nothing for a page of another site, and every answer says what a browser may do with it.

A web page elsewhere can make a browser ask this machine, and can give its own name this machine's address (DNS
rebinding). So requests for other names are refused; so are changes that browsers say come from another site, in
`Origin` and `Sec-Fetch-Site`. Programs that are no browsers send neither and are let in: whoever can run them here
could change the base without us; with accounts they show a token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOOPBACK", "SAFE", "Conditions", "Door"]

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""The names of this machine to itself."""

SAFE = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")
_HSTS = "max-age=31536000"  # a year; other names of the domain are not ours to decide about


@dataclass(frozen=True, slots=True)
class Conditions:
    """Where the workbench is reached: under which `hosts` (names and addresses without a port), whether over `https`
    alone, and whether what it shows is `private`, so that no browser or proxy keeps it.
    """

    hosts: tuple[str, ...] = LOOPBACK
    https: bool = False
    private: bool = False


class Door:
    """Lets requests in under conditions; `answer` makes the page that refuses."""

    def __init__(self, app: ASGIApp, conditions: Conditions, answer: Callable[[Request, int, str], Response]) -> None:
        self._app = app
        self._hosts = {_plain(host) for host in conditions.hosts}
        self._conditions = conditions
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; give the answer its headers."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks over a websocket
            await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        refusal = self._refusal(Request(scope))
        if refusal is not None:
            await refusal(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or _host_of(hosts[0]) not in self._hosts:
            return PlainTextResponse("Invalid host header: Khabar does not answer to this name.", status_code=400)
        if request.method not in SAFE and _foreign(request.headers):
            words = "Another site asked for this change. Decide on a page of Khabar itself."
            return self._answer(request, 403, words)
        return None

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if self._conditions.https:
            headers.setdefault("Strict-Transport-Security", _HSTS)
        if self._conditions.private and not path.startswith("/static/"):
            headers.setdefault("Cache-Control", "no-store")


def _plain(host: str) -> str:
    return host.lower().removeprefix("[").removesuffix("]").rstrip(".")


def _host_of(header: str) -> str:
    """The name or address of a Host header, without its port; empty where it is none."""
    found = _HOST.fullmatch(header)
    return _plain(found[1]) if found else ""


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that a page of another site asked."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    try:
        foreign = origin is not None and urlsplit(origin).netloc != headers.get("host", "")
    except ValueError:
        foreign = True
    return foreign or site not in (None, "same-origin", "none")
