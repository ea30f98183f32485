"""Rows that wait in a temporary file before they are written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from khabar.errors import StoreError
from khabar.store.waiting import LOT, in_lots, put_by


def _rows(count: int) -> Iterator[dict[str, Any]]:
    return ({"number": n, "words": f"wörter {n}", "value": {"low": None, "best": n}} for n in range(count))


@pytest.mark.parametrize("count", [0, 1, LOT, 2 * LOT + 1])
def test_rows_come_back_as_they_went_in(count: int) -> None:
    with put_by(_rows(count)) as lots:
        found = list(lots)
    assert [row for lot in found for row in lot] == list(_rows(count))
    assert all(0 < len(lot) <= LOT for lot in found)


def test_lots_are_made_one_at_a_time() -> None:
    made = []
    lots = in_lots(made.append(n) or n for n in range(3 * LOT))
    assert next(lots) == list(range(LOT))
    assert len(made) == LOT


def test_where_there_is_no_room_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("khabar.store.waiting.pickle.dump", full)
    with pytest.raises(StoreError, match="no room") as told, put_by(_rows(3)):
        pass
    assert str(tmp_path) in str(told.value)
    assert not list(tmp_path.iterdir())
