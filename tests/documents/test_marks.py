"""What is kept of texts from one grouping to the next: it saves work and changes nothing."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.documents import group_copies
from khabar.documents.marks import TextMemory, load_texts, save_texts

_WORDS = [f"word{i}" for i in range(400)]


def _text(seed: int) -> str:
    """One of some texts of which many are alike: three reports, cut, changed, or framed; one without words."""
    if seed == 0:
        return "…"
    words = random.Random(seed % 3).choices(_WORDS, k=120)
    changed = [w if i % 40 != seed else "other" for i, w in enumerate(words)]
    return " ".join((changed[:40], changed, ["head", "line", *changed], changed[60:])[seed % 4])


_seen = st.lists(st.sets(st.integers(0, 30), max_size=14), min_size=2, max_size=4)


@settings(max_examples=80, deadline=None)
@given(_seen)
def test_with_the_memory_of_any_other_texts_the_groups_are_what_they_are_without(seen: list[set[int]]) -> None:
    memory = TextMemory()
    for numbers in seen:
        texts = [(f"t{number:02}", _text(number)) for number in sorted(numbers)]
        assert group_copies(texts, memory=memory) == group_copies(texts)


def _remembered() -> TextMemory:
    memory = TextMemory()
    group_copies([(f"t{number:02}", _text(number)) for number in range(12)], memory=memory)
    return memory


def test_a_memory_comes_back_from_its_file(tmp_path: Path) -> None:
    memory = _remembered()
    assert save_texts(memory, tmp_path / "t") == ""
    found, note = load_texts(tmp_path / "t")
    assert note == ""
    assert list(found.keys) == list(memory.keys)
    for name in ("bands", "grams", "ends", "left", "right", "alike"):
        assert np.array_equal(getattr(found, name), getattr(memory, name)), name
    assert found.alike.any()
    assert not found.alike.all()


@pytest.mark.parametrize("name", ["keys", "bands", "grams", "ends", "left", "right", "alike"])
def test_columns_that_do_not_fit_each_other_are_not_used(tmp_path: Path, name: str) -> None:
    memory = _remembered()
    setattr(memory, name, getattr(memory, name)[:-1])
    assert save_texts(memory, tmp_path / "t") == ""
    found, note = load_texts(tmp_path / "t")
    assert not found.keys
    assert "not used" in note


@pytest.mark.parametrize("content", [b"", b"no memory", b"PK\x03\x04 cut"])
def test_a_damaged_file_is_passed_over_and_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t").write_bytes(content)
    found, note = load_texts(tmp_path / "t")
    assert not found.keys
    assert "not used" in note
    none, silence = load_texts(tmp_path / "none")
    assert not none.keys
    assert silence == ""


def test_a_folder_that_cannot_be_written_is_said_and_stops_nothing(tmp_path: Path) -> None:
    assert "next run will take longer" in save_texts(_remembered(), tmp_path / "nowhere" / "t")


def test_few_shingles_at_hand_change_no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(f"t{number:02}", _text(number)) for number in range(30)]
    expected = group_copies(texts)
    monkeypatch.setattr("khabar.documents.copies._AT_HAND", 150)
    assert group_copies(texts) == expected
    assert expected
