"""Clients that send too much, too slowly or too many at once, over real sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

from khabar.serve.app import create_app
from khabar.serve.bodies import LARGEST, Bodies
from khabar.serve.listening import listening
from khabar.settings import DOUBT
from khabar.store.opening import open_store

_SECONDS = 0.6


@contextmanager
def _served(app: Any, **options: Any) -> Iterator[int]:
    """A server over `app`; gives its port."""
    server = uvicorn.Server(listening(app, **options))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with open_store(str(tmp_path / "khabar.db")) as base:
        app = create_app(base, doubt=DOUBT)
        with _served(app, head_seconds=_SECONDS) as number:
            yield number


def _answer(client: socket.socket) -> bytes:
    """All that comes; a connection that is reset was ended while we were still sending."""
    said = b""
    with suppress(ConnectionError):
        while block := client.recv(65536):
            said += block
    return said


def _status(port: int, head: str, body: bytes = b"") -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(f"{head}\r\nHost: 127.0.0.1\r\nConnection: close\r\n".encode() + body)
        return _answer(client).partition(b"\r\n")[0].decode()


def test_a_connection_on_which_nothing_comes_is_ended(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        begun = time.monotonic()
        assert client.recv(10) == b""
        assert _SECONDS * 0.8 < time.monotonic() - begun < 10


def test_a_letter_at_a_time_does_not_help(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        begun = time.monotonic()
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        with suppress(ConnectionError):
            while time.monotonic() - begun < 10:
                client.sendall(b"X-a: b\r\n")
                time.sleep(0.1)
        assert time.monotonic() - begun < 10


def test_a_kept_connection_begins_anew_and_may_be_used_again(port: int) -> None:
    client = HTTPConnection("127.0.0.1", port, timeout=20)
    client.connect()
    first = client.sock
    for _ in range(3):
        client.request("GET", "/nowhere")
        answer = client.getresponse()
        answer.read()
        assert answer.status == 404
        time.sleep(0.3)  # together longer than the first lines of one request may take
    assert client.sock is first
    client.close()


def test_long_addresses_and_headers_are_refused(port: int) -> None:
    for head, rest in (("GET /?q=" + "a" * 200_000, b""), ("GET /", b"X-a: " + b"b" * 200_000 + b"\r\n")):
        said = _status(port, f"{head} HTTP/1.1", rest + b"\r\n")
        assert not said or " 400 " in said
    assert " 200 " in _status(port, f"GET /search?q={'a' * 20_000} HTTP/1.1", b"\r\n")


@pytest.mark.parametrize("path", ["/theme", "/api/decisions", "/nowhere"])
def test_a_body_too_large_is_refused_before_it_is_read(port: int, path: str) -> None:
    told = f"Content-Length: {LARGEST + 1}\r\n\r\n".encode()
    assert " 413 " in _status(port, f"POST {path} HTTP/1.1", told + b"x")


def test_a_body_without_a_length_is_counted(port: int) -> None:
    piece = b"%x\r\n" % 60_000 + b"x" * 60_000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b"POST /theme HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(200):
                client.sendall(piece)
            said = _answer(client)
        except ConnectionError:
            return  # ended while we were sending: the other way to refuse
    assert b" 413 " in said.partition(b"\r\n")[0]


def test_more_than_can_be_held_are_told_so_and_later_served(tmp_path: Path) -> None:
    base = open_store(str(tmp_path / "khabar.db"))
    with base, _served(create_app(base, doubt=DOUBT), head_seconds=_SECONDS, most=8) as port:
        held = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(12)]
        time.sleep(0.2)
        assert " 503 " in _status(port, "GET /api/openapi.json HTTP/1.1", b"\r\n")
        time.sleep(_SECONDS * 2)  # those that only hold connections are gone by now
        assert " 200 " in _status(port, "GET /api/openapi.json HTTP/1.1", b"\r\n")
        for client in held:
            client.close()


def test_a_slow_body_is_given_up() -> None:
    app = FastAPI()

    @app.post("/")
    async def whole(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    app.add_middleware(
        Bodies, answer=lambda _r, status, words: PlainTextResponse(words, status), largest=1000, patience=0.3
    )
    with _served(app) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
            begun = time.monotonic()
            while time.monotonic() - begun < 0.25:
                client.sendall(b"x")
                time.sleep(0.05)
            said = client.recv(4096)
            assert b" 408 " in said.partition(b"\r\n")[0]
        assert " 200 " in _status(port, "POST / HTTP/1.1", b"Content-Length: 5\r\n\r\nabcde")
