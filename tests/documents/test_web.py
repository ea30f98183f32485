"""Addresses that `khabar add` must not read: nothing is sent to this machine or network, whatever the name says."""

from __future__ import annotations

import ast
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import khabar
from khabar.documents import Fetched, FetchOptions, Problem, WebRules, fetch
from khabar.documents.web import is_public

_INSIDE = (
    "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:100.64.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1", "::127.0.0.1", "2001:db8::1",
)  # fmt: skip
_OUTWARD = ("socket", "http", "httpx", "requests", "aiohttp", "ftplib", "smtplib", "telnetlib", "urllib3")


@pytest.mark.parametrize("address", _INSIDE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "2002:5db8:d822::1"]
)
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
        "http://0/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/", "http://localhost./",
        "https://127.0.0.1/", "http://[fe80::1]/", "HTTP://LOCALHOST/", "http://user:word@127.0.0.1/",
    ],
)  # fmt: skip
def test_they_are_refused_in_every_spelling_and_no_connection_is_tried(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", connect)
    (item,) = fetch([url])
    assert isinstance(item, Problem)


def test_a_public_name_that_points_inside_and_a_second_look_up_do_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        inside = len(asked) > 1  # public at the first question, inside at the next: DNS rebinding
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7" if inside else "93.184.216.34", port))]

    reached: list[Any] = []

    def connect(_: socket.socket, target: Any) -> None:
        reached.append(target)
        raise OSError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    for _ in range(2):
        (item,) = fetch(["http://public.example/"])
        assert isinstance(item, Problem)
    assert reached == [("93.184.216.34", 80)]  # what was checked is what is connected to, each time


def _once(said: bytes, slowly: float = 0.0) -> int:
    """A server that answers one request with these bytes; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as client:
            client.recv(4096)
            try:
                for i in range(0, len(said), 1 if slowly else len(said)):
                    client.sendall(said[i : i + (1 if slowly else len(said))])
                    time.sleep(slowly)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


def test_a_redirect_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = _once(b"HTTP/1.0 200 OK\r\n\r\nsecret of the house")
    outer = _once(f"HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:{inner}/\r\n\r\n".encode())
    real = socket.getaddrinfo
    first = [True]
    monkeypatch.setattr("khabar.documents.web.is_public", lambda _: first[0])

    def look_up(host: str, port: int, **rest: Any) -> Any:
        first[0] = port == outer  # the first address passes for a public one
        return real(host, port, **rest)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    (item,) = fetch([f"http://127.0.0.1:{outer}/"])
    assert isinstance(item, Problem)
    assert "private" in item.message


def test_an_answer_a_byte_at_a_time_is_given_up() -> None:
    port = _once(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 1000, slowly=0.02)
    begun = time.monotonic()
    rules = WebRules(timeout=2, whole=0.8, allow_private=True)
    (item,) = fetch([f"http://127.0.0.1:{port}/"], FetchOptions(web=rules))
    assert isinstance(item, Problem)
    assert "takes more than" in item.message
    assert time.monotonic() - begun < 10


def test_and_a_quick_one_is_read() -> None:
    port = _once(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 100_000)
    (item,) = fetch([f"http://127.0.0.1:{port}/"], FetchOptions(web=WebRules(allow_private=True)))
    assert isinstance(item, Fetched)
    assert len(item.data) == 100_000


def test_one_module_reads_addresses_and_nothing_else_opens_connections() -> None:
    """What is named in docs/threat-model.md as all there is: pages on request, the server's own port, PostgreSQL, Ray
    and the provider of accounts where they are asked for.
    """
    told = {"documents/web.py", "cli/serving.py", "serve/team/house.py", "serve/team/entry.py", "engine/ray.py"}
    root = Path(khabar.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(n == "urllib.request" or n.split(".")[0] in _OUTWARD for n in names):
                found.add(str(path.relative_to(root)))
    assert found <= told
