"""Files that are damaged: told in lines, never silently wrong; what can be mended is mended by adding it again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from faults.flips import flip_often
from faults.forge import Forge
from faults.full import one_line
from faults.grounds import SqliteGround


def test_a_flipped_bit_is_told_or_harms_nothing(
    ground: SqliteGround, forge: Forge, bases: dict[str, str], tmp_path: Path
) -> None:
    counts = flip_often(forge, bases["decided"], tmp_path, times=25, seed=11)
    assert counts["harmless"] < 25
    assert sum(counts.values()) == 25


@pytest.mark.parametrize("torn", [b"", b"half", None])
def test_a_torn_original_is_named_and_mended_by_adding_the_report_again(
    ground: SqliteGround, forge: Forge, bases: dict[str, str], torn: bytes | None
) -> None:
    address = ground.copy(bases["built"], "torn")
    original = min(Path(f"{address}.archive").rglob("*.gz"))
    if torn is None:
        original.unlink()
    else:
        original.write_bytes(torn)
    for command in ("check", "doctor"):
        said = forge.run([command, "--store", address], ground.folder, code=1).out
        assert str(original) in said, command
        assert "khabar add" in said
    forge.run(["add", ground.folder / "reports", "--store", address], ground.folder)
    assert "No faults" in forge.run(["check", "--store", address], ground.folder).out
    ground.drop(address)


@pytest.mark.parametrize("command", [["run"], ["claims"], ["check"], ["backup", "x.backup"], ["serve", "--no-browser"]])
def test_a_store_of_a_newer_version_is_refused_in_one_line(
    ground: SqliteGround, forge: Forge, bases: dict[str, str], command: list[str]
) -> None:
    address = ground.copy(bases["built"], "newer")
    raw = sqlite3.connect(address)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    before = Path(address).read_bytes()
    said = one_line(forge.run([*command, "--store", address], ground.folder, code=1))
    assert "was written by a newer Khabar (schema 9999" in said
    assert Path(address).read_bytes() == before
    ground.drop(address)
