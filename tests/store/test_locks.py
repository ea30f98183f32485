"""The locks of a file: two stores of one program, and another program beside them."""

from __future__ import annotations

from pathlib import Path

from store_samples import document

from command import khabar
from khabar.store import open_store


def test_a_store_that_a_program_opens_twice_keeps_its_locks(tmp_path: Path) -> None:
    """Else another program that closes the file takes away the log of writes under the one that is still open."""
    path = tmp_path / "k.db"
    with open_store(path) as store:
        store.add_document(document())
        open_store(path).close()
        khabar(tmp_path, "restrict", document().id, "--group", "north", "--store", "k.db")
        assert (tmp_path / "k.db-wal").exists()
        assert store.restrictions() == {document().id: ("north",)}
        store.add_document(document("Another report."))
    with open_store(path) as store:
        assert store.check() == []
        assert len(list(store.documents())) == 2
