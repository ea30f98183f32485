"""khabar store copy: the whole base with its originals, or a line that says why not."""

from __future__ import annotations

from pathlib import Path

from command import khabar
from khabar.documents import Archive
from khabar.store.opening import open_store


def test_a_base_is_copied_with_its_originals_and_only_to_where_nothing_is(demo_base: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    said = khabar(tmp_path, "store", "copy", str(demo_base), str(other), "--hashes").stdout
    assert "originals, compared." in said
    rows = [line.split() for line in said.splitlines()[:-1]]
    assert all(len(hash_) == 64 for _name, _rows, hash_ in rows)
    with open_store(demo_base) as one, open_store(other) as two:
        assert list(one.events()) == list(two.events())
        assert list(one.documents()) == list(two.documents())
        archive = Archive(Path(f"{other}.archive"))
        assert all(archive.get(document.id) for document in two.document_list())
        assert two.check() == []
    again = khabar(tmp_path, "store", "copy", str(demo_base), str(other), code=1).stderr
    assert "is not empty" in again
    same = khabar(tmp_path, "store", "copy", str(other), str(other), code=1).stderr
    assert "cannot be copied to itself" in same
    none = khabar(tmp_path, "store", "copy", str(tmp_path / "none.db"), str(other), code=1).stderr
    assert "There is no store" in none
