from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from khabar.documents import Fetched, FetchOptions, Problem, WebRules, fetch

root = pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")


def names(items: list[Fetched | Problem]) -> list[str]:
    return [Path(item.origin.file).name if isinstance(item, Fetched) else f"! {item}" for item in items]


def test_a_folder_is_read_sorted_to_its_depth_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "b/a.txt", "a.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).write_text("text")
    assert names(list(fetch([tmp_path]))) == ["a.txt", "a.txt", "c.txt"]


def test_what_a_browser_saves_beside_a_page_is_left_out(tmp_path: Path) -> None:
    for name in ("page.html", "page_files/style.css", "other_files/a.txt", "page/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    assert names(list(fetch([tmp_path]))) == ["a.txt", "a.txt", "page.html"]


def test_what_cannot_be_read_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "good.txt").write_text("text")
    (tmp_path / "folder").mkdir()
    paths = [tmp_path / "missing.txt", tmp_path / "empty.txt", tmp_path / "folder", "bad\0name", tmp_path / "good.txt"]
    missing, empty, folder, bad, good = fetch(paths)
    assert isinstance(missing, Problem)
    assert "no such file" in missing.message
    assert isinstance(empty, Problem)
    assert "empty" in empty.message
    assert isinstance(folder, Problem)
    assert "holds no files" in folder.message
    assert isinstance(bad, Problem)
    assert isinstance(good, Fetched)
    for problem in (missing, empty, folder, bad):
        assert "\n" not in str(problem)
        assert problem.remedy


@root
def test_an_unreadable_folder_and_file_are_problems(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (tmp_path / "locked.txt").write_text("text")
    (tmp_path / "locked.txt").chmod(0)
    secret.chmod(0)
    try:
        items = list(fetch([tmp_path]))
    finally:
        secret.chmod(0o700)
    assert len(items) == 2
    assert all(isinstance(item, Problem) and "no permission" in item.message for item in items)


def test_a_circle_of_links_ends_and_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert [type(item) for item in fetch([tmp_path])].count(Fetched) == 1


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * 2_000_001)
    (item,) = fetch([path], FetchOptions(longest_file=2_000_000))
    assert isinstance(item, Problem)
    assert "larger than 2 MB" in item.message
    (endless,) = fetch(["/dev/zero"], FetchOptions(longest_file=1000))
    assert isinstance(endless, Problem)


def test_standard_input_is_a_file_named_by_a_dash() -> None:
    (item,) = fetch(["-"], stdin=io.BytesIO(b"text"))
    assert isinstance(item, Fetched)
    assert (item.data, item.origin.file) == (b"text", "-")


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path == "/page":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<html><body><p>text</p></body></html>" * 3)
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


INSIDE = FetchOptions(web=WebRules(timeout=5, allow_private=True))


def test_an_address_gives_bytes_media_type_and_final_address(site: str) -> None:
    (item,) = fetch([f"{site}/moved"], INSIDE)
    assert isinstance(item, Fetched)
    assert item.data.startswith(b"<html>")
    assert item.origin.url == f"{site}/page"
    assert item.origin.media_type == "text/html; charset=utf-8"
    assert item.origin.retrieved_at is not None


def test_addresses_of_this_machine_are_refused_unless_allowed(site: str) -> None:
    for address in (f"{site}/page", site.replace("127.0.0.1", "localhost") + "/page", "http://[::1]:9/"):
        (item,) = fetch([address])
        assert isinstance(item, Problem)
        assert "private" in item.message


@pytest.mark.parametrize("address", ["ftp://example.org/a", "file:///etc/passwd", "gopher://example.org"])
def test_only_web_addresses_are_read(address: str) -> None:
    (item,) = fetch([address])
    assert isinstance(item, Problem)
    assert "only http and https" in item.message


def test_a_redirect_away_from_the_web_and_an_error_answer_are_problems(site: str) -> None:
    away, absent = fetch([f"{site}/away", f"{site}/absent"], INSIDE)
    assert isinstance(away, Problem)
    assert isinstance(absent, Problem)
    assert "404" in absent.message


def test_a_longer_answer_than_the_limit_is_a_problem(site: str) -> None:
    (item,) = fetch([f"{site}/page"], FetchOptions(longest_file=10, web=INSIDE.web))
    assert isinstance(item, Problem)


def test_an_empty_path_is_not_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("text")
    monkeypatch.chdir(tmp_path)
    assert names(list(fetch([""]))) == [
        "! (no name): a path is empty. Name a file or folder; a full stop names this folder."
    ]
    assert names(list(fetch(["."]))) == ["a.txt"]
