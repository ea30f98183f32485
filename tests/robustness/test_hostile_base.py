"""A base full of hostile names, in pages, answers, exports and reports; and hostile questions to every address."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hostile import MARK, NAMES, hostile_base
from routes import Asked, questions

from command import khabar
from khabar.deciding import Desk
from khabar.serve.app import create_app
from khabar.settings import Settings
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.visible import HIDDEN

PAYLOADS = (
    "' OR '1'='1", "1; DROP TABLE documents; --", "\" OR \"\"=\"", "') UNION SELECT name FROM sqlite_master --",
    "1 AND 1=1", "%' OR 1=1 --", "a' AND randomblob(900000000)--", "'||(SELECT pg_sleep(9))||'", "a*", "NEAR(", "\"a",
    "^",
    "{{7*191}}", "${7*191}", "<script>alert(4711)</script>", "\"><svg onload=alert(4711)>", "../../etc/passwd",
    "%00", "\x00", "\ud7ff\U000e0041\u202e", "9" * 400, "-1", "1e309", "nan", "0x10", "a" * 3000, "[]", "{}", "true",
    "2019-02-30", "9999-99-99", "http://127.0.0.1/", "//example.org", "\r\nX-Injected: 1",
)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(hostile_base(tmp_path_factory.mktemp("hostile")), create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(base: Store) -> FastAPI:
    return create_app(base, desk=Desk(base, Settings(store=base.address, processes=1)))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


class _Watch(HTMLParser):
    """What a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            kind = values.get("type") or ""
            self.faults += [] if kind in ("application/json", "application/ld+json") else ["a script of its own"]
        for name, value in attrs:
            if name.startswith("on") or (name == "style" and "url(" in (value or "")):
                self.faults.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction", "xlink:href"):
                scheme = re.match(r"\s*([a-z]+):", value or "", re.IGNORECASE)
                if scheme and scheme[1].lower() not in ("http", "https", "data"):
                    self.faults.append(f"{tag} {name}={value}")
                if scheme and scheme[1].lower() == "data" and not (value or "").startswith("data:image/"):
                    self.faults.append(f"{tag} {name}={value}")


def _faults(page: str) -> list[str]:
    watch = _Watch()
    watch.feed(page)
    return watch.faults


def _every(app: FastAPI, base: Store) -> list[Asked]:
    return [asked for asked in questions(app, base) if asked.method == "GET"]


def test_the_watch_sees_what_would_run() -> None:
    assert _faults("<p onclick=x>") == ["p onclick"]
    assert _faults("<script>x</script>") == ["a script of its own"]
    assert _faults("<a href=' javascript:x'>")
    assert not _faults("<a href='/a'><script src='/static/khabar.js'></script><img src='data:image/png;base64,x'>")


def test_no_page_runs_what_a_report_or_name_says(client: TestClient, app: FastAPI, base: Store) -> None:
    seen = 0
    paths = {asked.path for asked in _every(app, base)}
    paths |= {f"/incidents/{event.id}" for event in base.events()}
    paths |= {f"/actors/{found.actor.id}" for found in base.actors()}
    paths |= {f"/documents/{document.id}" for document in base.document_list()}
    paths |= {f"/search?text={quote(word)}" for word in ("front", "brigade", "script", "front OR <script>")}
    for path in sorted(paths):
        answer = client.get(path)
        assert answer.status_code < 500, f"{path}: {answer.text[:300]}"
        if "text/html" not in answer.headers.get("content-type", ""):
            assert answer.headers["x-content-type-options"] == "nosniff"
            continue
        assert _faults(answer.text) == [], path
        assert "1337" not in answer.text, path  # 7*191, had anything worked it out
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        seen += MARK in answer.text
    assert seen > 20  # the hostile words are shown, as words


def test_what_cannot_be_seen_is_shown(client: TestClient, base: Store) -> None:
    by_name = {document.title: document.id for document in base.document_list()}
    shown = client.get(f"/documents/{by_name[NAMES['control']]}").text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", shown)
    assert "Nul␀ Esc␛" in shown
    turned = client.get(f"/documents/{by_name[NAMES['turned']]}").text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", turned)
    assert "Red ␦Front␦" in turned
    assert base.document(by_name[NAMES["control"]]).title == NAMES["control"]  # and kept as it is


@pytest.mark.slow
@pytest.mark.parametrize("shift", range(4))
def test_a_hostile_question_is_answered_and_never_obeyed(
    client: TestClient, app: FastAPI, base: Store, shift: int
) -> None:
    """Every route meets four of the payloads in all its questions at once, every payload meets many routes."""
    for number, asked in enumerate(_every(app, base)):
        payload = PAYLOADS[(number * 7 + shift * 9) % len(PAYLOADS)]
        addresses = [f"{asked.path}?{urlencode(dict.fromkeys(asked.names or ('text',), payload), errors='replace')}"]
        addresses += [path.format(quote(payload, safe="", errors="replace")) for path in asked.open]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code < 500, f"{address[:300]}: {answer.text[:300]}"
            assert "x-injected" not in answer.headers
            if "text/html" in answer.headers.get("content-type", ""):
                assert _faults(answer.text) == [], address[:300]
                assert "1337" not in answer.text, address[:300]
    assert base.check() == []


@pytest.mark.parametrize("name", ["text", "q", "actor", "place", "type"])
def test_a_condition_in_a_filter_finds_no_more_than_nonsense(client: TestClient, name: str) -> None:
    for path in ("/api/incidents", "/api/claims", "/api/actors", "/api/documents", "/api/search"):
        nonsense = client.get(path, params={name: "zzznothingzzz"})
        for trick in ("zzznothingzzz' OR '1'='1", 'zzznothingzzz" OR ""="', "zzznothingzzz%' OR 1=1 --"):
            told = client.get(path, params={name: trick})
            assert told.status_code == nonsense.status_code
            if told.status_code == 200:
                assert len(told.text) <= len(nonsense.text) + 4 * len(trick), f"{path} {name}"


BODIES = (
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"\xff\xfe",
    b"null",
    b'{"act": "merge", "keys": ["\\ud800"]}',
    b'{"act": ["x"], "keys": {"a": 1}, "note": 5}',
    b'{"act": "undo", "keys": [1e400]}',
    b'{"act":"merge","keys":["' + b"x" * 150_000 + b'"]}',
)


@pytest.mark.parametrize("body", BODIES, ids=lambda b: ascii(b[:20]))
def test_a_hostile_body_is_refused_in_words(client: TestClient, app: FastAPI, base: Store, body: bytes) -> None:
    for asked in questions(app, base):
        if asked.method == "GET":
            continue
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            answer = client.request(asked.method, asked.path, content=body, headers={"Content-Type": kind})
            assert answer.status_code < 500, f"{asked}: {answer.text[:300]}"
    assert base.check() == []


def _cells(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text)):
        yield from row


def test_no_cell_of_a_table_for_people_is_a_formula(client: TestClient, app: FastAPI, base: Store) -> None:
    seen = 0
    for asked in _every(app, base):
        answer = client.get(asked.path, params={"format": "csv"})
        if "text/csv" not in answer.headers.get("content-type", ""):
            continue
        seen += 1
        for cell in _cells(answer.text):
            bare = cell.lstrip(" ")
            number = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", bare)
            assert number or not bare.startswith(("=", "+", "-", "@", "\t", "\r")), f"{asked}: {cell!r}"
    assert seen


def test_the_base_is_sound_after_all_of_it(base: Store) -> None:
    assert base.check() == []
    assert {document.title for document in base.document_list()} == set(NAMES.values())


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "csv", "pdf"])
def test_a_report_is_made_of_it_in_every_form(base: Store, tmp_path: Path, form: str) -> None:
    khabar(tmp_path, "report", "2019-03", "-o", f"report.{form}", "--store", base.address)
    if form == "html":
        page = (tmp_path / "report.html").read_text(encoding="utf-8")
        assert _faults(page) == []
        assert HIDDEN in page
        assert "\u202e" not in page
    if form == "xlsx":
        with zipfile.ZipFile(tmp_path / "report.xlsx") as parts:
            assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/" in name)


def test_a_terminal_is_told_nothing_it_would_obey(base: Store, tmp_path: Path) -> None:
    event = next(iter(base.events())).id
    for command in (("incidents",), ("actors",), ("claims",), ("show", event)):
        done = khabar(tmp_path, *command, "--store", base.address)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e]", done.stdout + done.stderr), command


@pytest.mark.parametrize("shape", ["graphml", "gexf"])
def test_a_graph_is_whole_xml(base: Store, tmp_path: Path, shape: str) -> None:
    khabar(tmp_path, "export", shape, "-o", f"x.{shape}", "--store", base.address)
    ET.parse(tmp_path / f"x.{shape}")  # noqa: S314 (made just now)
