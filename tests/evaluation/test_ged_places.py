from __future__ import annotations

import csv
from pathlib import Path

import pytest

from khabar.evaluation.ged_places import read_rows, same_unit, score_rows
from khabar.reading.gazetteer import Gazetteer, open_gazetteer
from khabar.settings import load_settings

COLUMNS = ("id", "where_prec", "where_coordinates", "adm_1", "adm_2", "country", "date_start", "latitude", "longitude")
ROWS = [
    (
        "a",
        "1",
        "Quetta city",
        "Balochistan province",
        "Quetta district",
        "Pakistan",
        "2012-03-04 00:00",
        "30.2",
        "67.0",
    ),
    ("b", "2", "Quetta city", "Zzyzx province", "", "Pakistan", "2012-03-04 00:00", "25.0", "67.0"),
    ("c", "2", "Xyzzy village", "Balochistan province", "Quetta district", "Pakistan", "2012-03-04", "30.2", "67.0"),
    ("d", "4", "Quetta city", "Balochistan province", "Quetta district", "Pakistan", "2012-03-04", "30.2", "67.0"),
    ("e", "1", "Quetta city", "", "", "Pakistan", "2012-03-04", "30.2", "67.0"),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(load_settings().cache)


def test_rows_are_counted_by_hand(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "ged.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, ["#id", *[""] * 8], *ROWS])
    rows = list(read_rows(path))
    # d is too coarse, e has no unit, the second line is for machines
    assert [row.id for row in rows] == ["a", "b", "c"]
    assert rows[0].sentence() == "Men were killed in Quetta city, Quetta district, Balochistan province, Pakistan."
    outcome = score_rows(rows, gazetteer, "as it is")
    unit, near = outcome.figures
    assert (unit.size, round(unit.value, 3), unit.note) == (3, 0.667, "3 different places")
    assert near.size == 3
    assert 0.3 < near.value < 0.7  # b lies elsewhere, and c somewhere in its district
    assert "in another unit" in outcome.slips[0].cause


def test_units_are_the_same_under_other_spellings(gazetteer: Gazetteer) -> None:
    assert same_unit("Khyber Pakhtunkwa province", "Khyber Pakhtunkhwa", gazetteer)
    assert same_unit("Deir ez-Zor governorate", "Deir ez-Zor", gazetteer)
    assert same_unit("Sind", "Sindh", gazetteer)
    assert not same_unit("Punjab province", "Sindh", gazetteer)
    assert not same_unit("Punjab province", None, gazetteer)
