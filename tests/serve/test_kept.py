"""Answers that are kept until the base changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from copies import copied
from khabar.records import Document
from khabar.serve.app import create_app
from khabar.serve.kept import kept
from khabar.store.base import Assembled, Store
from khabar.store.opening import open_store
from khabar.store.writer import SqlWriter


def _counter() -> tuple[list[int], Callable[[], int]]:
    asked: list[int] = []

    def answer() -> int:
        asked.append(1)
        return len(asked)

    return asked, answer


def test_an_answer_is_worked_out_once_for_each_resolution_and_base(tmp_path: Path) -> None:
    asked, answer = _counter()
    with open_store(tmp_path / "a.db") as one, open_store(tmp_path / "b.db") as other:
        assert [kept(one, "q", answer) for _ in range(2)] == [1, 2]  # nothing was ever put together there
        one.save_resolution(Assembled())
        other.save_resolution(Assembled())
        assert [kept(one, "q", answer) for _ in range(2)] == [3, 3]
        assert kept(one, "another", answer) == 4
        assert kept(other, "q", answer) == 5
        one.save_resolution(Assembled())
        assert kept(one, "q", answer) == 6
    assert len(asked) == 6


def test_nothing_is_kept_of_a_base_that_waits_for_its_resolution(tmp_path: Path) -> None:
    _, answer = _counter()
    with open_store(tmp_path / "a.db") as base:
        base.save_resolution(Assembled())
        assert kept(base, "q", answer) == 1
        for name in ("a", "b"):
            base.add_document(Document(name * 64, "A text."))
        base.save_copies([["a" * 64, "b" * 64]])
        assert base.last_resolved()[1] is False
        assert [kept(base, "q", answer) for _ in range(2)] == [2, 3]


@pytest.fixture(scope="module")
def changing(demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("kept") / "demo.db"
    copied(demo_base, copy)
    return copy


def test_the_maps_data_are_sent_again_only_after_a_change(changing: Path) -> None:
    with open_store(changing) as base, TestClient(create_app(base)) as pages:
        first = pages.get("/api/map")
        mark = first.headers["etag"]
        again = pages.get("/api/map", headers={"If-None-Match": mark})
        assert (again.status_code, again.content) == (304, b"")
        narrower = pages.get("/api/map?country=PK", headers={"If-None-Match": mark})
        assert narrower.status_code == 200
        _without_incidents(base)
        changed = pages.get("/api/map", headers={"If-None-Match": mark})
        assert changed.status_code == 200
        assert changed.json()["places"] == []


def _without_incidents(base: Store) -> None:
    assert isinstance(base, SqlWriter)
    base.save_resolution(Assembled())
