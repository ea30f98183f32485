"""Charts: the table says what the picture says; a picture is safe to stand in a page and follows its colours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from khabar.charts import INKS, Chart, Reported, by_area, by_group, by_period, by_type, svg, tolls_over_time
from khabar.charts.drawing import warm_up
from khabar.store.tallies import Tally

_TOKENS = Path(__file__).resolve().parents[2] / "web/src/styles/tokens.css"


def _tally(*key: str, events: int = 1, toll: tuple[int, int, int] | None = None) -> Tally:
    low, best, high = toll or (0, 0, 0)
    return Tally(key, events, stated=int(toll is not None), low=low, best=best, high=high, open=0)


def _rows(chart: Chart) -> list[list[str]]:
    return [[cell.words for cell in row] for row in chart.rows]


def _drawn(chart: Chart) -> list[dict[str, Any]]:
    [data] = chart.spec["datasets"].values()
    rows: list[dict[str, Any]] = data
    return rows


def test_months_without_incidents_are_drawn_and_unknown_ones_are_in_the_table() -> None:
    chart = by_period((_tally("", events=4), _tally("2016-11", toll=(59, 60, 61)), _tally("2017-02", events=2)), "ucdp")
    drawn = _drawn(chart)
    assert [row["day"] for row in drawn] == ["2016-11-01", "2016-12-01", "2017-01-01", "2017-02-01"]
    assert [row["events"] for row in drawn] == [1, 0, 0, 2]
    assert _rows(chart) == [
        ["2017-02", "2", "", "", "", ""],
        ["2016-11", "1", "59", "60", "61", "0"],
        ["not known to the month", "4", "", "", "", ""],
    ]
    assert [row[1].asks for row in chart.rows] == [{"within": "2017-02"}, {"within": "2016-11"}, {"within": "no-month"}]
    assert "ucdp" in chart.note


def test_a_year_is_drawn_with_all_its_months() -> None:
    chart = by_period((_tally("2016-11"),), "majority", within="2016")
    assert len(_drawn(chart)) == 12


def test_years_are_counted_as_years() -> None:
    chart = by_period((_tally("2014"), _tally("2017")), "majority")
    assert [row["day"] for row in _drawn(chart)] == [f"{y}-01-01" for y in range(2014, 2018)]
    assert chart.columns[0] == "Year"


def test_the_picture_shows_what_is_most_frequent_and_the_table_all() -> None:
    chart = by_type(tuple(_tally(f"type_{n}", events=n) for n in range(1, 20)), "majority")
    assert [row["events"] for row in _drawn(chart)] == list(range(19, 7, -1))
    assert len(chart.rows) == 19
    assert chart.rows[0][1].asks == {"type": "type_19"}


def test_what_is_claimed_and_what_is_denied_stays_apart() -> None:
    said = (_tally("a", "claimed", events=3), _tally("a", "denied"), _tally("b", "blamed", events=2))
    chart = by_group(said, (("a", "Front"), ("b", "Union")))
    assert _rows(chart) == [["Front", "3", "", "", "", "1"], ["Union", "", "", "2", "", ""]]
    assert chart.rows[0][1].asks == {"actor": "a", "stance": "claimed"}


def test_a_report_without_a_day_or_a_number_is_in_the_table_alone() -> None:
    chart = tolls_over_time(
        (
            Reported("killed", "2016-10-25", 59, 61, None, "One", "c1"),
            Reported("killed", None, 60, 60, 60, "Two", "c2"),
            Reported("injured", "2016-10-26", None, None, None, "Three", "c3"),
        )
    )
    assert [row["day"] for row in _drawn(chart)] == ["2016-10-25"]
    assert _rows(chart)[1] == ["undated", "killed", "60", "60", "60", "Two"]
    assert svg(chart).startswith("<svg ")


def test_a_chart_drawn_again_with_other_rows_is_what_it_would_be_alone() -> None:
    import vl_convert

    told = [Reported("killed", f"2016-10-{day}", day, day + 9, None, "One", "c") for day in range(24, 29)]
    tolls = [tolls_over_time(tuple(told[:n])) for n in (2, 5)]
    periods = [by_period((_tally("2016-10"), _tally("2017-02", toll=(n, 8, 9))), "majority") for n in (4, 7)]
    kinds = [by_type(tuple(_tally(f"type_{k}", events=k + n) for k in range(3)), "majority") for n in (1, 6)]
    groups = [by_group((_tally("a", "claimed", events=n), _tally("b", "blamed")), ()) for n in (1, 2)]
    for chart in (*tolls, *periods, *kinds, *groups):
        shapes = r' d="([^"]*)"| transform="([^"]*)"|>([^<]*)</text>'
        alone = vl_convert.vegalite_to_svg(dict(chart.spec))
        assert re.findall(shapes, svg(chart)) == re.findall(shapes, alone)
        assert re.findall(shapes, svg(chart))


def test_forms_of_tolls_are_those_of_the_numbers_there_are() -> None:
    one, other = (
        tolls_over_time((Reported(what, "2016-10-25", 1, 1, 1, "One", "c"),)) for what in ("killed", "injured")
    )
    assert ("cat-2" in svg(one), "cat-1" in svg(one)) == (True, False)
    assert ("cat-2" in svg(other), "cat-1" in svg(other)) == (False, True)


def test_a_picture_is_safe_in_a_page() -> None:
    hostile = '<script>alert("x")</script>&'
    picture = svg(by_area((_tally("XX", events=2),), lambda _: hostile, "majority"))
    assert "<script" not in picture
    assert "style=" not in picture  # the pages allow no style attributes
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", picture)


def test_colours_follow_the_page_or_are_those_of_print() -> None:
    chart = by_type((_tally("bombing", events=2),), "majority")
    assert "var(--cat-1)" in svg(chart)
    printed = svg(chart, print_colours=True)
    assert "var(" not in printed
    assert INKS["cat-1"] in printed


def test_what_draws_can_be_got_ready_before_it_is_needed() -> None:
    warm_up()


def test_ids_of_two_pictures_in_one_page_are_apart() -> None:
    one, other = (svg(by_period((_tally("2016-11"),), rule)) for rule in ("majority", "ucdp"))
    assert one == other  # the rule is in the note, not in the picture
    ids = set(re.findall(r'\bid="([^"]+)"', svg(by_type((_tally("bombing"),), "majority"))))
    assert all(key.startswith("type-") for key in ids)
    assert ids.isdisjoint(re.findall(r'\bid="([^"]+)"', one))


@pytest.mark.skipif(not _TOKENS.is_file(), reason="the sources of the styles are not here")
def test_print_has_the_colours_of_the_pages_in_the_light() -> None:
    light = dict(re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}),", _TOKENS.read_text()))
    assert {name: light[name] for name in INKS} == INKS
