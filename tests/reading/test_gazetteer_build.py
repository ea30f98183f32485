from __future__ import annotations

import csv
from pathlib import Path

import pytest

from khabar.reading.gazetteer import Gazetteer
from khabar.reading.gazetteer_build import build_gazetteer
from khabar.reading.gazetteer_rows import name_key
from khabar.reading.gazetteer_supplement import supplement_paths
from khabar.reading.place_words import place_words


def rows() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in supplement_paths():
        with path.open(encoding="utf-8", newline="") as stream:
            found += csv.DictReader(stream)
    return found


def test_every_row_of_the_supplement_names_its_source() -> None:
    assert len(rows()) > 500
    assert [row["id"] for row in rows() if not row["source"]] == []


def test_ids_of_the_supplement_are_its_own_and_unique() -> None:
    own = [int(row["id"]) for row in rows() if row["id"] and int(row["id"]) >= 900_000_000]
    assert len(own) == len(set(own)) > 200


def test_every_row_of_the_supplement_can_be_looked_up(gazetteer: Gazetteer) -> None:
    for row in rows():
        if row["name"] and row["id"]:
            known = [*gazetteer.candidates(name_key(row["name"])), *gazetteer.candidates(f"={row['name']}")]
            assert int(row["id"]) in {c.id for c in known}, row["name"]


def test_coordinates_of_the_supplement_are_on_the_globe() -> None:
    for row in rows():
        if row["latitude"]:
            assert -90 <= float(row["latitude"]) <= 90, row["name"]
            assert -180 <= float(row["longitude"]) <= 180, row["name"]


def test_former_units_say_what_they_became(gazetteer: Gazetteer) -> None:
    kurram = next(c for c in gazetteer.candidates("kurram") if c.valid_from and c.valid_from > "2018")
    former = gazetteer.former(kurram.id, "2015-06-01")
    assert former is not None
    assert former.name == "Kurram Agency"
    assert gazetteer.former(kurram.id, "2020-06-01") is None


def test_word_lists_are_folded() -> None:
    lists = place_words()
    for words in (lists.common, lists.given, lists.titles, lists.locative, frozenset(lists.units), lists.not_places):
        assert all(word == word.lower() for word in words)


def test_demonyms_name_countries(gazetteer: Gazetteer) -> None:
    assert [iso for iso in set(place_words().demonyms.values()) if gazetteer.country(iso) is None] == []


@pytest.mark.slow
def test_an_interrupted_compilation_leaves_nothing_behind(tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []

    def stop_before_the_end(done: int, total: int, label: str) -> None:
        steps.append((done, total, label))
        if done == total - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_gazetteer(tmp_path / "gazetteer.db", "test", stop_before_the_end)
    assert list(tmp_path.iterdir()) == []
    assert [done for done, _, _ in steps] == sorted({done for done, _, _ in steps})
