"""Reading one http(s) address on request. Invariant: no byte is sent to an address that is not public, redirects
included, and no more than the asked-for number of bytes is kept.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from khabar.errors import DocumentError

__all__ = ["WebRules", "is_address", "is_public", "read_address"]

_TRANSLATED = (
    ipaddress.IPv6Network("64:ff9b::/96"),
    ipaddress.IPv6Network("64:ff9b:1::/48"),
    ipaddress.IPv6Network("::/96"),
)
_BLOCK = 65_536
_AGENT = "khabar (conflict-event coding; reads single pages on request)"


@dataclass(frozen=True, slots=True)
class WebRules:
    """timeout: seconds without an answer. whole: seconds for all of it, however slowly it comes. allow_private: also
    read addresses of the machine and the local network, for an archive inside the house; off by default, so that a
    link in a feed cannot reach what only this machine can.
    """

    timeout: float = 20.0
    whole: float = 120.0
    allow_private: bool = False


def is_address(name: str) -> bool:
    """Whether `name` has the form of an address (`scheme://…`) rather than of a path."""
    scheme, mark, _ = name.partition("://")
    return bool(mark) and scheme.isalnum()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network: not of this machine, the house, a provider or a group of
    machines, also where it is an IPv4 address in the clothes of an IPv6 one.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is None and any(found in net for net in _TRANSLATED):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if inner is not None:
            found = inner
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def read_address(url: str, rules: WebRules, limit: int) -> tuple[bytes, str | None, str]:
    """At most `limit` + 1 bytes of the page, its media type as the server says, and the address after redirects.

    Proxies are not used. DocumentError for other schemes, private hosts, failures of name, connection or answer.
    """
    if _scheme(url) not in ("http", "https"):
        raise DocumentError(
            f"{url}: only http and https addresses are read.", "Fetch the file yourself and give its path."
        )
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 (the scheme is checked)
    try:
        with _opener(rules).open(request, timeout=rules.timeout) as answer:
            data = _read(answer, limit + 1, rules.whole)
            return data, answer.headers.get("Content-Type"), answer.geturl()
    except urllib.error.HTTPError as problem:
        problem.close()
        remedy = "Open the page in a browser, save it and give the file."
        raise DocumentError(f"{url}: the server answered {problem.code} {problem.reason}.", remedy) from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        reason = getattr(problem, "reason", None) or problem
        raise DocumentError(f"{url}: no answer ({reason}).", "Check the address and the connection.") from problem


def _read(answer: Any, most: int, seconds: float) -> bytes:
    """At most `most` bytes; OSError where they take too long, a byte at a time."""
    until = time.monotonic() + seconds
    found = bytearray()
    while len(found) < most:
        if time.monotonic() > until:
            raise OSError(f"it takes more than {seconds:g} seconds")
        block = answer.read1(min(_BLOCK, most - len(found)))
        if not block:
            break
        found += block
    return bytes(found)


def _scheme(url: str) -> str:
    """The scheme of an address; '' of what only looks like one ("x://[")."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


def _opener(rules: WebRules) -> urllib.request.OpenerDirector:
    class Http(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(_guarded(http.client.HTTPConnection, rules), req)

    class Https(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(_guarded(http.client.HTTPSConnection, rules), req)

    opener = urllib.request.OpenerDirector()
    handlers = (Http(), Https(), urllib.request.HTTPDefaultErrorHandler(), urllib.request.HTTPErrorProcessor())
    for handler in (*handlers, urllib.request.HTTPRedirectHandler(), urllib.request.UnknownHandler()):
        opener.add_handler(handler)
    return opener


def _guarded(kind: type[http.client.HTTPConnection], rules: WebRules) -> Callable[..., http.client.HTTPConnection]:
    """Connections whose every target address is checked after name resolution: a public name may point inside."""

    def make(host: str, **settings: Any) -> http.client.HTTPConnection:
        connection = kind(host, **settings)

        def connect(address: tuple[str, int], timeout: Any = None, *_: Any) -> socket.socket:
            return _connect(address[0], address[1], timeout, rules)

        # http.client opens its socket through this attribute; a test holds that loopback is really refused
        connection._create_connection = connect  # type: ignore[attr-defined]  # noqa: SLF001
        return connection

    return make


def _connect(host: str, port: int, timeout: Any, rules: WebRules) -> socket.socket:
    failure: OSError | None = None
    for family, kind, protocol, _, target in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not rules.allow_private and not is_public(str(target[0])):
            raise DocumentError(
                f"{host}: the address is private to this machine or network.", "Save the page and give the file."
            )
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(timeout if isinstance(timeout, int | float) else None)
            sock.connect(target)
        except OSError as problem:
            sock.close()
            failure = problem
            continue
        return sock
    raise failure or OSError(f"the name {host} has no address")
