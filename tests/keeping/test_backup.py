"""A backup holds everything, is verified, and comes back as it was; whatever is wrong with one is a line, and nothing
is written.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sqlite3
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from command import khabar
from faults.content import content, differences, faults
from khabar.documents import Archive
from khabar.errors import StoreError
from khabar.keeping import restore_backup, verify_backup, write_backup
from khabar.store import open_store


def silent(_done: int, _total: int, _what: str) -> None:
    """Nobody is watching."""


def archive_of(store: Path) -> Archive:
    return Archive(Path(f"{store}.archive"))


@pytest.fixture(scope="session")
def whole(demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample base."""
    path = tmp_path_factory.mktemp("backup") / "demo.backup"
    assert write_backup(str(demo_base), archive_of(demo_base), path, silent).faults == ()
    return path


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as problem:
        act()
    assert "\n" not in str(problem.value)
    assert problem.value.remedy
    return str(problem.value)


def only(folder: Path, *names: str) -> bool:
    return sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_a_base_comes_back_as_it_was(demo_base: Path, whole: Path, tmp_path: Path) -> None:
    manifest = restore_backup(whole, str(tmp_path / "k.db"), silent)
    with open_store(demo_base) as before, open_store(tmp_path / "k.db", create=False) as after:
        assert differences(content(after), content(before)) == []
        assert faults(after) == []
        assert manifest.originals == before.overview().documents
    assert only(tmp_path, "k.db", "k.db.archive")
    assert [p.read_bytes() for p in originals(demo_base)] == [p.read_bytes() for p in originals(tmp_path / "k.db")]


def originals(store: Path) -> list[Path]:
    return sorted(archive_of(store).root.rglob("*.gz"))


def test_commands_say_what_was_kept(demo_base: Path, tmp_path: Path) -> None:
    told = khabar(tmp_path, "backup", "k.backup", "--store", str(demo_base)).stdout
    assert "53 documents, 53 originals" in told
    assert "verified" in told
    assert "is whole" in khabar(tmp_path, "backup", "--verify", "k.backup").stdout
    again = khabar(tmp_path, "backup", "k.backup", "--store", str(demo_base), code=1).stderr
    assert "k.backup is there already" in again
    khabar(tmp_path, "restore", "k.backup", "--store", "new.db")
    assert "No faults" in khabar(tmp_path, "check", "--store", "new.db").stdout
    assert "new.db is there already" in khabar(tmp_path, "restore", "k.backup", "--store", "new.db", code=1).stderr


def test_a_store_that_is_there_is_never_written_over(whole: Path, tmp_path: Path) -> None:
    there = tmp_path / "k.db"
    there.write_bytes(b"mine")
    assert "is there already" in refused(lambda: restore_backup(whole, str(there), silent))
    assert there.read_bytes() == b"mine"
    assert only(tmp_path, "k.db")


def test_originals_that_are_there_already_are_joined(demo_base: Path, whole: Path, tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "k.db")
    mine = archive.put(b"a report that only this archive has")
    torn = archive.path(originals(demo_base)[0].name.removesuffix(".gz"))
    torn.parent.mkdir(parents=True, exist_ok=True)
    torn.write_bytes(b"half")
    restore_backup(whole, str(tmp_path / "k.db"), silent)
    assert archive.has(mine)
    with open_store(tmp_path / "k.db") as base:
        assert faults(base) == []


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_half_a_backup_is_refused(whole: Path, tmp_path: Path, share: float) -> None:
    data = whole.read_bytes()
    cut = tmp_path / "cut.backup"
    cut.write_bytes(data[: int(len(data) * share)])
    refused(lambda: verify_backup(cut, silent))
    refused(lambda: restore_backup(cut, str(tmp_path / "k.db"), silent))
    assert only(tmp_path, "cut.backup")


def test_a_flipped_bit_anywhere_is_noticed(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    data = whole.read_bytes()
    flipped = tmp_path / "flipped.backup"
    for place in [chance.randrange(10, len(data)) for _ in range(12)]:  # the first ten say when and where it was packed
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        flipped.write_bytes(changed)
        refused(lambda: verify_backup(flipped, silent))
    assert only(tmp_path, "flipped.backup")


# ------------------------------------------------------------------ a backup that somebody made by hand


def members(whole: Path) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(whole) as tar:
        for member in tar:
            data = tar.extractfile(member)
            assert data is not None
            yield member, data.read()


def forged(
    whole: Path, path: Path, changed: Mapping[str, bytes], added: tuple[tuple[tarfile.TarInfo, bytes], ...] = ()
) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for member, data in [*members(whole), *added]:
            other = changed.get(member.name, data)
            member.size = len(other)
            tar.addfile(member, io.BytesIO(other))
    return path


def named(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member


@pytest.mark.parametrize(
    "member",
    [
        named("../outside"),
        named("/tmp/khabar-outside"),
        named("originals/../../outside.gz"),
        named("originals/" + "0" * 63 + "/.gz"),
        named("store.db", tarfile.SYMTYPE, "/etc/passwd"),
        named("originals/" + "0" * 64 + ".gz", tarfile.SYMTYPE, "../../outside"),
        named("originals/" + "0" * 64 + ".gz", tarfile.LNKTYPE, "store.db"),
        named("originals", tarfile.DIRTYPE),
        named("store.db"),
        named("a\nb"),
    ],
    ids=lambda member: repr(member.name),
)
def test_a_member_that_leads_elsewhere_is_refused(whole: Path, tmp_path: Path, member: tarfile.TarInfo) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    bad = forged(whole, inside / "bad.backup", {}, ((member, b"x" if member.isreg() else b""),))
    refused(lambda: restore_backup(bad, str(inside / "k.db"), silent))
    assert only(inside, "bad.backup")
    assert only(tmp_path, "inside")
    assert not Path("/tmp/khabar-outside").exists()


def manifest(whole: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        next(data for member, data in members(whole) if member.name == "manifest.json")
    )
    return found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "newer Khabar (backup format 2"),
        ({"rows": {}}, "is damaged"),
        ({"store_sha256": "0" * 64}, "is damaged"),
        ({"originals": 7}, "is damaged"),
        ({"originals_sha256": "0" * 64}, "is damaged"),
        ({"schema": "0000"}, "is damaged"),
        ({"store_bytes": -1}, "is no backup"),
        ({"rows": [1]}, "is no backup"),
        ({"more": 1}, "is no backup"),
    ],
    ids=str,
)
def test_a_manifest_that_says_otherwise_is_refused(
    whole: Path, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    told = json.dumps({**manifest(whole), **change}).encode()
    bad = forged(whole, tmp_path / "bad.backup", {"manifest.json": told})
    assert said in refused(lambda: restore_backup(bad, str(tmp_path / "k.db"), silent))
    assert only(tmp_path, "bad.backup")


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"\xff", b'{"format": "x"}', b'{"format": 1}'])
def test_what_is_no_manifest_is_refused(whole: Path, tmp_path: Path, data: bytes) -> None:
    bad = forged(whole, tmp_path / "bad.backup", {"manifest.json": data})
    assert "no backup" in refused(lambda: verify_backup(bad, silent))


@pytest.mark.parametrize("data", [b"text", gzip.compress(b"text", mtime=0), b"PK\x03\x04" + bytes(99)])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    refused(lambda: verify_backup(path, silent))


def test_a_store_of_a_newer_program_is_refused(demo_base: Path, whole: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    restore_backup(whole, str(newer), silent)
    with sqlite3.connect(newer) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    backup = tmp_path / "newer.backup"
    assert "newer Khabar" in refused(lambda: write_backup(str(newer), archive_of(newer), backup, silent))
    assert not backup.exists()


# ------------------------------------------------------------------ while others write, and where something is wrong


def test_a_backup_is_of_one_moment_while_others_write(whole: Path, tmp_path: Path) -> None:
    store = tmp_path / "k.db"
    restore_backup(whole, str(store), silent)
    with open_store(store) as base:

        def meanwhile(_done: int, _total: int, _what: str) -> None:
            base.end_run(base.begin_run("somebody else"), {})

        made = write_backup(str(store), archive_of(store), tmp_path / "k.backup", meanwhile)
        assert len(base.runs(1000)) > made.manifest.rows["runs"]
    verify_backup(tmp_path / "k.backup", silent)


def test_a_damaged_original_is_named_and_the_rest_is_kept(whole: Path, tmp_path: Path) -> None:
    store = tmp_path / "k.db"
    restore_backup(whole, str(store), silent)
    first, second = originals(store)[:2]
    first.write_bytes(first.read_bytes()[:20])
    second.unlink()
    made = write_backup(str(store), archive_of(store), tmp_path / "k.backup", silent)
    assert len(made.faults) == len(made.manifest.missing) == 2
    assert str(first) in " ".join(made.faults)
    again = restore_backup(tmp_path / "k.backup", str(tmp_path / "again.db"), silent)
    assert set(again.missing) == {path.name.removesuffix(".gz") for path in (first, second)}


def test_a_damaged_store_gets_no_backup(whole: Path, tmp_path: Path) -> None:
    store = tmp_path / "k.db"
    restore_backup(whole, str(store), silent)
    with sqlite3.connect(store) as raw:
        raw.execute("UPDATE documents SET text = 'something else' WHERE id IN (SELECT document FROM claims)")
    raw.close()
    said = refused(lambda: write_backup(str(store), archive_of(store), tmp_path / "k.backup", silent))
    assert "no backup was written" in said
    assert only(tmp_path, "k.db", "k.db.archive")
