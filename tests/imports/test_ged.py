"""Rows of the event data set become records with their own numbers; a bad row is a problem with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import DocumentError
from khabar.imports.ged import read_ged
from khabar.records import Count, ReferenceIncident, ReferenceProblem, When

COLUMNS = """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
    dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
    number_of_sources source_article source_office source_date source_headline source_original where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
    region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
    low gwnoa gwnob
"""
HEADER = COLUMNS.split()
ROW: dict[str, Any] = {
    "id": "901", "year": "2019", "type_of_violence": "3", "side_a_new_id": "77", "side_a": "Red Lantern Front",
    "side_b_new_id": "1", "side_b": "Civilians", "number_of_sources": "2",
    "source_article": '"Coast Gazette,2019-05-03,Bomb kills 10 at market";"Hill News,2019-05-05,Toll of bomb; now 12"',
    "source_office": "Coast Gazette;Hill News", "source_date": "2019-05-03;2019-05-05",
    "source_headline": "Bomb kills 10 at market;Toll of bomb; now 12", "source_original": "police",
    "where_prec": "1", "where_coordinates": "Northport town", "where_description": "the fish market",
    "adm_1": "Punjab province", "adm_2": "Northport district", "latitude": "31.5", "longitude": "74.3",
    "country": "Pakistan", "country_id": "770", "region": "Asia", "event_clarity": "1", "date_prec": "1",
    "date_start": "2019-05-03 00:00:00.000", "date_end": "2019-05-03 00:00:00.000", "deaths_a": "0", "deaths_b": "0",
    "deaths_civilians": "12", "deaths_unknown": "0", "best": "12", "high": "14", "low": "10",
}  # fmt: skip


def written(path: Path, rows: Iterable[dict[str, Any]], header: Iterable[str] = HEADER) -> Path:
    columns = list(header)
    with path.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
        sheet.writeheader()
        sheet.writerows(rows)
    return path


def read(path: Path, *rows: dict[str, Any], **also: Any) -> list[ReferenceIncident | ReferenceProblem]:
    return list(read_ged(written(path / "ged.csv", rows or [ROW | also])))


def incident(found: list[ReferenceIncident | ReferenceProblem]) -> ReferenceIncident:
    (one,) = found
    assert isinstance(one, ReferenceIncident), one
    return one


def problem(found: list[ReferenceIncident | ReferenceProblem]) -> ReferenceProblem:
    (one,) = found
    assert isinstance(one, ReferenceProblem), one
    return one


def test_a_row_as_it_is_published(tmp_path: Path) -> None:
    found = incident(read(tmp_path))
    assert (found.key, found.line, found.kind, found.sums_up) == ("901", 2, "one-sided violence", False)
    assert found.when == When("2019-05-03", "2019-05-03", "day")
    assert found.killed == Count(10, 12, 14)
    assert [(p.name, p.number, p.role, p.killed) for p in found.parties] == [
        ("Red Lantern Front", "77", "perpetrator", 0),
        ("Civilians", "1", "victim", 0),
    ]
    assert found.civilians == 12
    place = found.place
    assert (place.text, place.country, place.admin1, place.precision) == (
        "Northport town",
        "PK",
        "Punjab province",
        "exact",
    )
    assert (place.latitude, place.longitude, place.id) == (31.5, 74.3, None)
    assert found.credited == "police"
    assert [(r.headline, r.publisher, r.day) for r in found.reports] == [
        ("Bomb kills 10 at market", "Coast Gazette", "2019-05-03"),
        ("Toll of bomb; now 12", "Hill News", "2019-05-05"),
    ]


def test_the_layout_with_tags_and_codes_of_countries(tmp_path: Path) -> None:
    header = [*HEADER[:34], "iso3", *HEADER[34:]]
    tags = {"id": "", "year": "#date+year", "iso3": "#country+code", "best": "#affected+killed"}
    path = written(tmp_path / "hxl.csv", [tags, ROW | {"country": "Somewhere else", "iso3": "AFG"}], header)
    found = incident(list(read_ged(path)))
    assert found.place.country == "AF"
    assert found.line == 3


def test_where_nobody_says_who_attacked(tmp_path: Path) -> None:
    sides = {"side_a": "Government of Pakistan", "side_b": "Red Lantern Front", "deaths_a": "9", "deaths_b": "3"}
    found = incident(read(tmp_path, **sides, type_of_violence="1", deaths_civilians="0"))
    assert [(p.role, p.killed) for p in found.parties] == [("party", 9), ("party", 3)]


@pytest.mark.parametrize(
    ("code", "precision"),
    [("1", "exact"), ("2", "near"), ("3", "adm2"), ("4", "adm1"), ("5", "region"), ("6", "country"), ("7", "region")],
)
def test_precision_of_places(tmp_path: Path, code: str, precision: str) -> None:
    assert incident(read(tmp_path, where_prec=code)).place.precision == precision


def test_spans_of_days(tmp_path: Path) -> None:
    spans = {"date_start": "2019-05-01", "date_end": "2019-05-31", "date_prec": "4"}
    assert incident(read(tmp_path, **spans)).when == When("2019-05-01", "2019-05-31", "range")
    week = {"date_start": "2019-05-06", "date_end": "2019-05-12", "date_prec": "3"}
    assert incident(read(tmp_path, **week)).when.precision == "week"


def test_a_total_whose_parts_were_taken_out_keeps_its_best_number(tmp_path: Path) -> None:
    found = incident(read(tmp_path, event_clarity="2", best="20", low="20", high="9"))
    assert found.sums_up
    assert found.killed == Count(9, 20, 20)


def test_lists_of_reports_that_do_not_go_together_lose_their_days(tmp_path: Path) -> None:
    found = incident(read(tmp_path, source_article="R 3/5 2019", source_headline="One; two; three"))
    assert [(r.headline, r.day) for r in found.reports] == [("One", None), ("two", None), ("three", None)]
    none = incident(read(tmp_path, source_article="R 3/5", source_headline="", source_date="", source_office=""))
    assert none.reports == ()
    day = '"Coast Gazette,1753-01-01,Bomb"'
    assert incident(read(tmp_path, source_article=day)).reports[0].day is None


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("best", "", "best is empty"),
        ("best", "many", "best is 'many'"),
        ("low", "-3", "below 0"),
        ("date_start", "3/5/2019", "which is no day"),
        ("date_start", "2019-06-01", "lies after"),
        ("latitude", "95", "no place on earth"),
        ("longitude", "east", "which is no number"),
        ("type_of_violence", "9", "not one of 1, 2, 3"),
        ("where_prec", "0", "not one of"),
        ("id", "", "needs an id"),
    ],
)
def test_a_bad_cell_is_a_problem_with_its_line(tmp_path: Path, column: str, value: str, says: str) -> None:
    found = read(tmp_path, ROW | {"id": "1"}, ROW | {column: value}, ROW | {"id": "3"})
    assert [type(x).__name__ for x in found] == ["ReferenceIncident", "ReferenceProblem", "ReferenceIncident"]
    bad = found[1]
    assert isinstance(bad, ReferenceProblem)
    assert bad.line == 3
    assert says in bad.message
    assert bad.remedy


def test_rows_of_another_width_and_ids_that_come_twice(tmp_path: Path) -> None:
    path = written(tmp_path / "ged.csv", [ROW, ROW])
    with path.open("a", encoding="utf-8") as out:
        out.write("7,short\n\n")
    first, twice, short = read_ged(path)
    assert isinstance(first, ReferenceIncident)
    assert isinstance(twice, ReferenceProblem)
    assert "stands in line 2 already" in twice.message
    assert isinstance(short, ReferenceProblem)
    assert (short.line, "the row has 2 cells" in short.message) == (4, True)


def test_another_file_is_refused_whole(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,toll\nx,1\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="no GED file"):
        list(read_ged(other))
    other.write_bytes(b"")
    with pytest.raises(DocumentError, match="no GED file"):
        list(read_ged(other))
    latin = written(tmp_path / "latin.csv", [ROW])
    latin.write_bytes(latin.read_bytes().replace(b"Northport town", b"Sehw\xe3n town"))
    with pytest.raises(DocumentError, match="UTF-8"):
        list(read_ged(latin))


@given(st.dictionaries(st.sampled_from(HEADER), st.text(max_size=30), max_size=8))
def test_whatever_stands_in_a_row_it_is_one_record_or_one_problem(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[str, str]
) -> None:
    clean = {k: v.replace("\x00", "").encode("utf-8", "ignore").decode() for k, v in cells.items()}
    row = ROW | clean
    path = written(tmp_path_factory.mktemp("ged") / "ged.csv", [row])
    found = list(read_ged(path))
    tags = any(v.startswith("#") for v in row.values()) and not row["id"]
    assert len(found) == (0 if tags else 1)
