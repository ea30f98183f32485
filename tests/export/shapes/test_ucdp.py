"""UCDP's rules, one incident each, as a coder would check them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from incidents_by_hand import GREEN_FRONT, KABUL, PAKISTAN, QUETTA, RED_FRONT, Incident, exported, group, place, said
from khabar.export.shapes.parts import Row
from khabar.export.shapes.ucdp import UcdpGed
from khabar.export.shapes.whereabouts import prio_grid
from khabar.records import Count

_US = group("state:US", "United States", kind="state", country="US")
_ACTORS = (RED_FRONT, GREEN_FRONT, _US)
_BY_RED = [said(RED_FRONT)]


def _of(folder: Path, **fields: Any) -> Any:
    told = {"attributions": _BY_RED, "targets": [("shoppers", "civilians")], "killed": 4, **fields}
    return exported(folder, UcdpGed(), Incident(**told), actors=_ACTORS)


def _deaths(row: Any) -> tuple[int, int, int, int]:
    return row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]


def test_a_group_against_civilians_is_one_sided(tmp_path: Path) -> None:
    row = _of(tmp_path).row
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (3, "Red Lantern Front", "Civilians")
    assert (row["side_a_new_id"], row["side_b_new_id"]) == (901, 1)
    assert _deaths(row) == (0, 0, 4, 0)
    assert (row["best"], row["low"], row["high"]) == (4, 4, 4)
    assert (row["country"], row["country_id"], row["region"]) == ("Pakistan", 770, "Asia")


def test_a_group_against_soldiers_is_state_based_with_the_government_as_side_a(tmp_path: Path) -> None:
    row = _of(tmp_path, targets=[("cadets", "police")], killed=61, attackers_killed=5).row
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (
        1, "Government of Pakistan", "Red Lantern Front",
    )  # fmt: skip
    assert (row["side_a_new_id"], row["gwnoa"], row["conflict_name"]) == (142, 770, None)
    assert _deaths(row) == (61, 5, 0, 0)
    assert row["best"] == 66


def test_two_groups_are_non_state(tmp_path: Path) -> None:
    row = _of(tmp_path, type="armed_assault", targets=[("fighters of the Green River Front", "militants")]).row
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (2, "Red Lantern Front", "Green River Front")
    assert row["conflict_name"] == row["dyad_name"] == "Red Lantern Front - Green River Front"
    assert _deaths(row) == (0, 4, 0, 0)


def test_a_state_against_a_named_group_is_state_based(tmp_path: Path) -> None:
    row = _of(tmp_path, type="drone_strike", attributions=[said(_US, "asserted")],
              targets=[("Red Lantern Front fighters", "militants")]).row  # fmt: skip
    assert (row["side_a"], row["side_b"], row["gwnoa"]) == (
        "Government of United States of America", "Red Lantern Front", 2,
    )  # fmt: skip
    assert _deaths(row) == (0, 4, 0, 0)


def test_a_raid_by_nobody_named_is_the_own_government_s(tmp_path: Path) -> None:
    made = _of(tmp_path, type="raid", attributions=[], targets=[("Red Lantern Front men", "militants")])
    assert (made.row["side_a"], made.row["side_b"]) == ("Government of Pakistan", "Red Lantern Front")
    assert made.lost("own government")


def test_the_dead_of_a_clash_are_of_unknown_side(tmp_path: Path) -> None:
    made = _of(tmp_path, type="clash", attributions=[said(RED_FRONT, "asserted"), said(GREEN_FRONT, "asserted")])
    assert made.row["type_of_violence"] == 2
    assert _deaths(made.row) == (0, 0, 0, 4)


def test_attackers_are_not_counted_in_one_sided_violence_and_that_is_told(tmp_path: Path) -> None:
    made = _of(tmp_path, attackers_killed=1)
    assert made.row["best"] == 4
    assert made.lost("attackers' dead") == ["1"]


def test_targets_of_several_sides_make_the_dead_unknown(tmp_path: Path) -> None:
    made = _of(tmp_path, targets=[("shoppers", "market"), ("a patrol", "police")])
    assert _deaths(made.row) == (0, 0, 0, 4)
    assert made.lost("several sides") == ["market, police"]


def test_where_nobody_says_who_was_attacked_the_type_tells(tmp_path: Path) -> None:
    one_sided = _of(tmp_path, targets=[])
    assert (one_sided.row["type_of_violence"], _deaths(one_sided.row)) == (3, (0, 0, 0, 4))
    assert one_sided.lost("side by type") == ["Bombing"]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"modality": "predicted"}, "did not happen"),
        ({"type": "arrest"}, "no code"),
        ({"type": "foiled_plot", "modality": "foiled"}, "no code"),
        ({"killed": None}, "no death"),
        ({"killed": 0}, "no death"),
        ({"killed": None, "attackers_killed": 1}, "no death"),
        ({"attributions": []}, "no organised actor"),
        ({"attributions": [said("Mr Zamin Dost", "asserted")]}, "no organised actor"),
        ({"attributions": [said("unknown gunmen", "asserted")]}, "no organised actor"),
        ({"targets": [("fighters", "militants")]}, "no opponent"),
        ({"day": None}, "no date"),
        ({"until": "2018-01-01"}, "date too vague"),
        ({"places": ()}, "no place"),
    ],
)
def test_what_is_no_ucdp_event_is_left_out_and_says_why(tmp_path: Path, fields: dict[str, Any], rule: str) -> None:
    made = _of(tmp_path, **fields)
    assert made.rows == []
    assert made.left_out == [rule]


@pytest.mark.parametrize(
    ("until", "code"),
    [(None, 1), ("2016-10-25", 2), ("2016-10-29", 2), ("2016-10-30", 3), ("2016-10-31", 4), ("2016-11-23", 4),
     ("2016-12-01", 5), ("2017-10-23", 5)],
)  # fmt: skip
def test_date_precision(tmp_path: Path, until: str | None, code: int) -> None:
    row = _of(tmp_path, until=until).row
    assert (row["date_prec"], row["date_start"], row["date_end"]) == (code, "2016-10-24", until or "2016-10-24")


@pytest.mark.parametrize(
    ("precision", "code"), [("exact", 1), ("near", 2), ("adm2", 3), ("adm1", 4), ("region", 5), ("country", 6)]
)
def test_where_precision(tmp_path: Path, precision: str, code: int) -> None:
    assert _of(tmp_path, places=(place("Zhob", precision=precision),)).row["where_prec"] == code


def test_a_place_is_written_with_its_kind(tmp_path: Path) -> None:
    row = _of(tmp_path, places=(place("Zhob", precision="adm2", kind="adm2"),)).row
    assert (row["where_coordinates"], row["geom_wkt"]) == ("Zhob district", "POINT (67.0 30.0)")


@pytest.mark.parametrize(
    ("killed", "numbers", "told"),
    [
        (Count(29, 29, None, "at least 29"), (29, 29, 29), ["no high"]),
        (Count(24, None, None, "dozens"), (24, 24, 24), ["no best", "no high"]),
        (Count(59, 60, 61, "59 to 61"), (59, 60, 61), []),
        (Count(None, None, 7, "up to 7"), (0, 0, 7), ["no best"]),
    ],
)
def test_low_best_and_high(tmp_path: Path, killed: Count, numbers: tuple[int, ...], told: list[str]) -> None:
    made = _of(tmp_path, killed=killed)
    assert (made.row["low"], made.row["best"], made.row["high"]) == numbers
    assert [loss.rule.key for loss in made.losses if loss.rule.key in ("no best", "no high")] == told


def test_several_places_share_the_dead_as_evenly_as_can_be(tmp_path: Path) -> None:
    made = _of(tmp_path, places=(QUETTA, place("Gwadar", at=(25.1, 62.3)), place("Zhob", at=(31.3, 69.4))), killed=8)
    assert [row.values["best"] for row in made.rows] == [3, 3, 2]
    assert len({row.values["id"] for row in made.rows}) == 3


def test_fewer_dead_than_places_are_one_row_for_the_unit_around(tmp_path: Path) -> None:
    made = _of(tmp_path, places=(QUETTA, place("Gwadar", at=(25.1, 62.3))), killed=1)
    assert (made.row["where_prec"], made.row["adm_1"], made.row["best"]) == (4, "Balochistan", 1)
    assert made.lost("coarser place") == ["Quetta, Gwadar → Balochistan"]


def test_sources_are_written_as_ucdp_does(tmp_path: Path) -> None:
    row = _of(tmp_path).row
    assert row["source_article"] == '"Paper doc-0c0,2016-10-25,Title doc-0c0"'
    assert (row["source_office"], row["source_date"], row["number_of_sources"]) == ("Paper doc-0c0", "2016-10-25", 1)
    assert row["source_original"] == "Red Lantern Front"


_TOTAL = Incident(type="other", day="2016-01-01", until="2016-12-31", places=(PAKISTAN,), killed=129,
                  attributions=[said(RED_FRONT, "asserted")])  # fmt: skip


def _with_total(folder: Path, *incidents: Incident, inside: tuple[int, ...]) -> Any:
    return exported(folder, UcdpGed(), *incidents, actors=_ACTORS, totals=[(_TOTAL, inside)])


def _attack(killed: int, **fields: Any) -> Incident:
    return Incident(killed=killed, attributions=_BY_RED, targets=[("shoppers", "civilians")], **fields)


def test_a_total_is_a_row_of_clarity_two(tmp_path: Path) -> None:
    row = _with_total(tmp_path, inside=()).row
    assert (row["event_clarity"], row["date_prec"], row["where_prec"], row["best"]) == (2, 5, 6, 129)


def test_incidents_with_rows_are_taken_off_a_total(tmp_path: Path) -> None:
    made = _with_total(tmp_path, _attack(61), _attack(52), _attack(9), inside=(0, 1))
    assert [(row.values["event_clarity"], row.values["best"]) for row in made.rows] == [
        (1, 61),
        (1, 52),
        (1, 9),
        (2, 16),
    ]
    assert made.lost("subtracted") == ["61 of incident event0", "52 of incident event1"]


def test_incidents_without_rows_are_not_taken_off(tmp_path: Path) -> None:
    nobody = Incident(killed=61, targets=[("shoppers", "civilians")])
    made = _with_total(tmp_path, nobody, inside=(0,))
    assert made.row["best"] == 129


def test_a_total_that_incidents_explain_wholly_has_no_row(tmp_path: Path) -> None:
    made = _with_total(tmp_path, _attack(129), inside=(0,))
    assert [row.values["event_clarity"] for row in made.rows] == [1]
    assert "explained" in made.left_out


def test_hxl_tags_are_a_second_line() -> None:
    shape, out = UcdpGed(), io.BytesIO()
    shape.write([Row("1", "e", {"best": 4})], out, frozenset({"hxl"}))
    header, tags, row = (line.split(",") for line in out.getvalue().decode().splitlines())
    assert len(header) == len(tags) == len(row) == 49
    assert dict(zip(header, tags, strict=True))["best"] == "#affected+killed"


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(34.821865, 74.355544, 179789), (29.840645, 68.015519, 172577), (-90, -180, 1), (90, 180, 259200)],
)
def test_prio_grid_cells_are_those_that_ucdp_gives(latitude: float, longitude: float, cell: int) -> None:
    assert prio_grid(latitude, longitude) == cell


def test_kabul_is_in_afghanistan(tmp_path: Path) -> None:
    assert _of(tmp_path, places=(KABUL,)).row["country_id"] == 700
