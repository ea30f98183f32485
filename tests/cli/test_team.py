"""Accounts and tokens from the command line, and how the workbench may be opened."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from command import khabar
from khabar.serve.team.passwords import Passwords
from khabar.store.opening import open_store

PASSWORD = "seven quiet mountain lakes"  # noqa: S105


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_store(tmp_path / "khabar.db").close()
    return tmp_path


def test_accounts_are_made_changed_and_listed(folder: Path) -> None:
    typed = khabar(folder, "account", "add", "amal", "--role", "admin", input=f"{PASSWORD}\n")
    assert PASSWORD not in typed.stdout + typed.stderr
    made = khabar(folder, "account", "add", "zoe", "--group", "north", "--group", "field", "--generate")
    khabar(folder, "account", "role", "zoe", "reviewer")
    khabar(folder, "account", "groups", "zoe", "south")
    khabar(folder, "account", "disable", "zoe")
    listed = json.loads(khabar(folder, "account", "list", "--format", "json").stdout)
    assert [(row["name"], row["role"], row["groups"], row["disabled"]) for row in listed] == [
        ("amal", "admin", "", ""),
        ("zoe", "reviewer", "south", "yes"),
    ]
    with open_store(folder / "khabar.db") as base:
        assert Passwords().fits(base.password_of("amal"), PASSWORD)
        assert Passwords().fits(base.password_of("zoe"), made.stdout.strip())
    again = khabar(folder, "account", "disable", "amal", code=1)
    assert "last administrator" in again.stderr


def test_a_token_is_printed_once(folder: Path) -> None:
    khabar(folder, "account", "add", "zoe", "--generate")
    secret = khabar(folder, "token", "add", "zoe", "--label", "export", "--days", "3").stdout.strip()
    listed = khabar(folder, "token", "list", "--format", "json").stdout
    assert secret.startswith("khabar_")
    assert secret not in listed
    assert json.loads(listed)[0]["state"] == "good"
    khabar(folder, "token", "revoke", "1")
    assert json.loads(khabar(folder, "token", "list", "zoe", "--format", "json").stdout)[0]["state"] == "revoked"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("account", "add", "Not a name", "--generate"), "cannot be the name"),
        (("account", "add", "zoe", "--role", "owner"), "owner"),
        (("account", "role", "nobody", "coder"), "no account nobody"),
        (("account", "link", "nobody", "17"), "No provider is set"),
        (("token", "add", "nobody", "--label", "x"), "no account nobody"),
        (("token", "revoke", "7"), "no token 7"),
        (("serve", "--host", "0.0.0.0"), "Without accounts"),  # noqa: S104
        (("serve", "--host", "192.0.2.1"), "Without accounts"),
        (("serve", "--allow-host", "khabar.example"), "Add --team"),
        (("serve", "--team"), "khabar account add NAME --role admin"),
        (("serve", "--team", "--host", "0.0.0.0"), "in the clear"),  # noqa: S104
        (("serve", "--team", "--certificate", "c.pem"), "go together"),
        (("serve", "--team", "--certificate", "c.pem", "--key", "k.pem"), "c.pem is not there"),
        (("serve", "--team", "--behind-proxy", "127.0.0.1"), "--allow-host"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    more = ("--no-browser", "--port", "0") if arguments[0] == "serve" else ()
    done = khabar(folder, *arguments, *more, code=1)
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_behind_a_proxy_the_name_and_the_address_are_those_the_proxy_says(folder: Path) -> None:
    khabar(folder, "account", "add", "amal", "--role", "admin", "--generate")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    named = ("--team", "--allow-host", "khabar.house.example", "--behind-proxy", "127.0.0.1")
    command = [sys.executable, "-m", "khabar", "serve", "--no-browser", "--port", str(port), *named]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        answer = _answered(f"http://127.0.0.1:{port}/login", {"host": "khabar.house.example"})
        assert answer.status_code == 200
        assert "max-age" in answer.headers["strict-transport-security"]
        assert "Secure" in answer.headers["set-cookie"]
        assert "server" not in answer.headers
        token = answer.text.partition('name="csrf" value="')[2].partition('"')[0]
        headers = {"host": "khabar.house.example", "origin": "https://khabar.house.example", "cookie": f"csrf={token}"}
        headers |= {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}
        fields = {"csrf": token, "name": "amal", "password": "wrong"}
        refused = httpx.post(f"http://127.0.0.1:{port}/login", data=fields, headers=headers, timeout=60)
        assert refused.status_code == 401
        assert _answered(f"http://127.0.0.1:{port}/login", {"host": "evil.example"}).status_code == 400
    finally:
        server.terminate()
        server.communicate(timeout=30)
    with open_store(folder / "khabar.db") as base:
        assert list(base.audit())[-1].details == {"address": "192.0.2.7"}


def _answered(url: str, headers: dict[str, str]) -> httpx.Response:
    for _ in range(300):
        try:
            return httpx.get(url, headers=headers, timeout=60)
        except httpx.ConnectError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
