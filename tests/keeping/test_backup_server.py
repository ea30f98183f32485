"""A backup of a base goes to PostgreSQL and comes from there, and is the same base."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import khabar
from faults.content import content, differences, faults
from khabar.store import open_store


@pytest.mark.slow
def test_a_backup_goes_to_a_server_and_comes_back(
    demo_base: Path, pg_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHABAR_FILES", str(tmp_path / "files"))
    khabar(tmp_path, "backup", "file.backup", "--store", str(demo_base))
    khabar(tmp_path, "restore", "file.backup", "--store", pg_address)
    with open_store(demo_base) as before, open_store(pg_address) as after:
        meant = content(before)
        assert differences(content(after), meant) == []
        assert faults(after) == []
    again = khabar(tmp_path, "restore", "file.backup", "--store", pg_address, code=1).stderr
    assert "is not empty" in again
    khabar(tmp_path, "backup", "server.backup", "--store", pg_address)
    khabar(tmp_path, "restore", "server.backup", "--store", "k.db")
    with open_store(tmp_path / "k.db") as back:
        assert differences(content(back), meant) == []
        assert faults(back) == []
