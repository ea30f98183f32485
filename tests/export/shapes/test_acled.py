"""ACLED's rules, one incident each, as a coder would check them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from incidents_by_hand import GREEN_FRONT, KABUL, PAKISTAN, QUETTA, RED_FRONT, Incident, exported, group, place, said
from khabar.export.shapes.acled import Acled
from khabar.export.shapes.acled_actors import interaction
from khabar.records import Count

_ARMY = group("state:US", "United States", kind="state", country="US")


def _of(folder: Path, **fields: Any) -> Any:
    return exported(folder, Acled(), Incident(**fields), actors=(RED_FRONT, GREEN_FRONT, _ARMY))


def test_a_plain_incident_is_a_row_with_all_its_cells(tmp_path: Path) -> None:
    made = _of(tmp_path, type="suicide_bombing", killed=12, attackers_killed=1, attributions=[said(RED_FRONT)],
               targets=[("a market", "market")])  # fmt: skip
    row = made.row
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2016-10-24", 1, 1)
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Suicide bomb")
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == (
        "Red Lantern Front", 2, "Civilians (Pakistan)", 7,
    )  # fmt: skip
    assert row["interaction"] == 27
    assert row["civilian_targeting"] == "Civilian targeting"
    assert (row["iso"], row["region"], row["country"]) == (586, "South Asia", "Pakistan")
    assert row["fatalities"] == 13
    assert made.lost("attackers' dead") == ["1 of 13"]


@pytest.mark.parametrize(
    ("killed", "fatalities", "told"),
    [
        (61, 61, []),
        (Count(24, None, None, "dozens"), 12, ["dozens → 12"]),
        (Count(20, None, None, "tens of"), 10, ["tens → 10"]),
        (Count(200, None, None, "hundreds"), 100, ["hundreds → 100"]),
        (Count(29, 29, None, "at least 29"), 29, ["29 or more → 29"]),
        (Count(59, 60, 61, "59 to 61"), 60, ["60 (59–61) → 60"]),
        (Count(None, None, 40, "up to 40"), 3, ["at most 40 → 3"]),
        (None, 0, []),
    ],
)
def test_the_dead_are_one_conservative_number(tmp_path: Path, killed: Any, fatalities: int, told: list[str]) -> None:
    made = _of(tmp_path, killed=killed)
    assert made.row["fatalities"] == fatalities
    assert made.lost("one number") == told


def test_other_tolls_are_told_in_the_notes_and_as_lost(tmp_path: Path) -> None:
    made = _of(tmp_path, killed=[59, 61])
    assert made.row["fatalities"] == 59
    assert made.lost("other tolls") == ["59, 61"]
    assert "59 killed (also reported: 61)" in made.row["notes"]


@pytest.mark.parametrize(
    ("until", "day", "precision"),
    [(None, "2016-10-24", 1), ("2016-10-30", "2016-10-27", 2), ("2016-11-20", "2016-11-06", 3)],
)
def test_one_day_stands_for_a_week_or_a_month(tmp_path: Path, until: str, day: str, precision: int) -> None:
    made = _of(tmp_path, until=until)
    assert (made.row["event_date"], made.row["time_precision"]) == (day, precision)
    assert bool(made.lost("middle day")) == (precision > 1)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"modality": "planned"}, "did not happen"),
        ({"modality": "negated"}, "did not happen"),
        ({"day": None}, "no date"),
        ({"until": "2016-12-24"}, "date too vague"),
        ({"places": ()}, "no place"),
        ({"places": (place("a youth camp", None, at=None),)}, "no place"),
        ({"places": (PAKISTAN,)}, "place too vague"),
    ],
)
def test_what_acled_does_not_hold_is_left_out_and_says_why(tmp_path: Path, fields: dict[str, Any], rule: str) -> None:
    made = _of(tmp_path, **fields)
    assert made.rows == []
    assert made.left_out == [rule]


def test_an_attack_on_soldiers_is_a_battle_and_an_ambush_on_a_bus_is_not(tmp_path: Path) -> None:
    on_soldiers = _of(tmp_path, type="armed_assault", targets=[("a convoy", "military")]).row
    assert (on_soldiers["event_type"], on_soldiers["sub_event_type"]) == ("Battles", "Armed clash")
    assert (on_soldiers["actor2"], on_soldiers["inter2"]) == ("Military Forces of Pakistan", 1)


def test_an_ambush_on_travellers_is_violence_against_civilians(tmp_path: Path) -> None:
    row = _of(tmp_path, type="ambush", targets=[("a bus", "transport")]).row
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")


def test_a_grenade_is_told_from_other_explosives(tmp_path: Path) -> None:
    assert _of(tmp_path, weapon=("a grenade", "grenade")).row["sub_event_type"] == "Grenade"


def test_nobody_named_is_an_unidentified_armed_group(tmp_path: Path) -> None:
    row = _of(tmp_path).row
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("Unidentified Armed Group (Pakistan)", 3, 30)


def test_a_group_on_no_list_is_a_militia_and_that_is_told(tmp_path: Path) -> None:
    made = _of(tmp_path, attributions=[said(GREEN_FRONT, "blamed", "the police")])
    assert (made.row["actor1"], made.row["inter1"]) == ("Green River Front", 3)
    assert made.lost("kind of group") == ["Green River Front"]
    assert made.lost("who says so") == ["Green River Front: blamed"]


def test_a_person_is_never_an_actor(tmp_path: Path) -> None:
    made = _of(tmp_path, attributions=[said("Mr Zamin Dost", "asserted")])
    assert made.row["actor1"] == "Unidentified Armed Group (Pakistan)"
    assert "Zamin" not in " ".join(map(str, made.row.values())).replace(made.row["notes"], "")
    assert made.lost("person responsible") == ["person"]


def test_forces_of_another_state_are_external(tmp_path: Path) -> None:
    row = _of(
        tmp_path, type="drone_strike", attributions=[said(_ARMY, "asserted")], targets=[("fighters", "militants")]
    )
    assert (row.row["actor1"], row.row["inter1"]) == ("State Forces of United States", 8)
    assert (row.row["actor2"], row.row["interaction"]) == ("Unidentified Armed Group (Pakistan)", 38)


def test_a_raid_without_a_name_is_the_state_s_own(tmp_path: Path) -> None:
    row = _of(tmp_path, type="raid", targets=[("a hideout", "militants")]).row
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("State Forces of Pakistan", 1, 13)


def test_two_places_of_one_claim_are_two_rows_with_the_dead_split(tmp_path: Path) -> None:
    made = _of(tmp_path, places=(QUETTA, place("Gwadar", at=(25.12, 62.33))), killed=5)
    assert [row.values["fatalities"] for row in made.rows] == [3, 2]
    assert len({row.values["event_id_cnty"] for row in made.rows}) == 2
    assert made.lost("split") == ["5 → 3 + 2"]


def test_places_of_different_reports_are_a_disagreement_and_not_two_events(tmp_path: Path) -> None:
    made = _of(tmp_path, places=(QUETTA, KABUL), apart=True, killed=5)
    assert made.row["location"] == "Quetta"
    assert made.lost("other places") == ["Kabul"]


def test_a_quarter_and_its_town_are_one_point(tmp_path: Path) -> None:
    made = _of(tmp_path, places=(QUETTA, place("Satellite Town", at=(30.16, 66.99))))
    assert made.row["location"] == "Quetta"


def test_a_place_on_no_map_gives_way_to_the_unit_around_it(tmp_path: Path) -> None:
    camp, district = place("the camp", at=None), place("Mastung", precision="adm2", at=(29.8, 66.8), kind="adm2")
    made = _of(tmp_path, places=(camp, district))
    assert (made.row["location"], made.row["geo_precision"]) == ("Mastung", 2)
    assert made.lost("wider place") == ["the camp → Mastung"]


def test_a_site_without_a_name_of_its_own_is_called_by_the_town_it_is_in(tmp_path: Path) -> None:
    mosque = place("crowded mosque", at=(30.2, 67.01), known=False, kind="site", admin2="Quetta District")
    made = _of(tmp_path, places=(mosque, {**QUETTA, "precision": "near"}))
    assert made.row["location"] == "Quetta"
    assert made.lost("wider place") == ["crowded mosque → Quetta"]
    (tmp_path / "b").mkdir()
    assert _of(tmp_path / "b", places=(mosque,)).row["location"] == "Quetta District"


def test_protests_have_a_crowd_whose_size_nobody_told(tmp_path: Path) -> None:
    row = _of(tmp_path, type="protest").row
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("Protesters (Pakistan)", 6, 60)
    assert row["tags"] == "crowd size=no report"


def test_what_has_no_column_is_told(tmp_path: Path) -> None:
    made = _of(tmp_path, injured=Count(80, 80, None, "over 80"), abducted=4, arrested=2)
    assert (made.lost("injured"), made.lost("abducted"), made.lost("arrested")) == (["80 or more"], ["4"], ["2"])


def test_notes_hold_no_word_of_the_source(tmp_path: Path) -> None:
    row = _of(tmp_path, targets=[("the dreaded blue gate", "civilians")], weapon=("a rusty kettle", None)).row
    assert "dreaded" not in row["notes"]
    assert "kettle" not in row["notes"]


@pytest.mark.parametrize(
    ("one", "two", "joint"), [(1, 3, 13), (3, 1, 13), (2, 0, 20), (7, 2, 27), (8, 8, 80), (0, 6, 60)]
)
def test_interaction_is_the_lowest_joint_number(one: int, two: int, joint: int) -> None:
    assert interaction(one, two) == joint
