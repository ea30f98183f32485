from __future__ import annotations

import errno
import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.documents import Archive
from khabar.errors import DocumentError, StoreError
from khabar.text import sha256


@given(st.binary(max_size=2000))
@settings(max_examples=25)
def test_what_is_put_comes_back_under_its_hash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    document_id = archive.put(data)
    assert document_id == sha256(data)
    assert archive.get(document_id) == data


def test_a_second_put_leaves_the_file_alone_and_nothing_else_behind(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "originals")
    assert not (tmp_path / "originals").exists()
    document_id = archive.put(b"text")
    before = archive.path(document_id).stat()
    archive.put(b"text")
    assert archive.path(document_id).stat().st_mtime_ns == before.st_mtime_ns
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [f"{document_id}.gz"]


def test_a_changed_original_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first, second = archive.put(b"one"), archive.put(b"two")
    archive.path(first).write_bytes(archive.path(second).read_bytes())
    with pytest.raises(DocumentError, match=f"{first}.*changed"):
        archive.get(first)
    archive.path(first).write_bytes(b"\x1f\x8b\x08 torn")
    with pytest.raises(DocumentError, match="cannot be read"):
        archive.get(first)


@pytest.mark.parametrize("torn", [b"", b"\x1f\x8b\x08 torn", gzip.compress(b"another", mtime=0), b"text"], ids=repr)
def test_a_damaged_original_is_mended_by_putting_it_again(tmp_path: Path, torn: bytes) -> None:
    archive = Archive(tmp_path)
    document_id = archive.put(b"text")
    archive.path(document_id).write_bytes(torn)
    archive.put(b"text")
    assert archive.get(document_id) == b"text"


def test_a_missing_original_and_a_foreign_id_are_errors(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(DocumentError, match="missing"):
        archive.get("0" * 64)
    for foreign in ("../../etc/passwd", "0" * 63, "G" * 64):
        with pytest.raises(DocumentError, match="not the id"):
            archive.get(foreign)


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left.*Free some space") as caught:
        Archive(tmp_path / "originals").put(b"text")
    assert "\n" not in str(caught.value)
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        Archive(tmp_path / "file").put(b"text")
