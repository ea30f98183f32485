"""GTD's rules, one incident each, as a coder would check them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from incidents_by_hand import GREEN_FRONT, PAKISTAN, QUETTA, RED_FRONT, Incident, exported, group, place, said
from khabar.export.shapes.gtd import Gtd
from khabar.records import Count

_US = group("state:US", "United States", kind="state", country="US")


def _of(folder: Path, **fields: Any) -> Any:
    return exported(folder, Gtd(), Incident(**fields), actors=(RED_FRONT, GREEN_FRONT, _US))


def test_attackers_are_counted_in_nkill_and_again_apart(tmp_path: Path) -> None:
    row = _of(
        tmp_path, type="suicide_bombing", killed=61, attackers_killed=3, injured=Count(100, 100, None, "100+")
    ).row
    assert (row["nkill"], row["nkillter"], row["nwound"]) == (64, 3, 100)
    assert (row["suicide"], row["attacktype1"], row["attacktype1_txt"]) == (1, 3, "Bombing/Explosion")


def test_what_no_report_counts_stays_empty(tmp_path: Path) -> None:
    row = _of(tmp_path).row
    assert all(row.get(c) is None for c in ("nkill", "nkillter", "nwound", "nkillus", "nhostkid"))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"type": "foiled_plot", "modality": "foiled"}, "foiled plot"),
        ({"modality": "foiled"}, "foiled plot"),
        ({"modality": "planned"}, "did not happen"),
        ({"type": "raid"}, "state action"),
        ({"type": "drone_strike"}, "state action"),
        ({"attributions": [said(_US, "asserted")]}, "state action"),
        ({"type": "protest"}, "no code"),
        ({"day": None}, "no date"),
        ({"until": "2017-02-01"}, "no date"),
        ({"places": ()}, "no place"),
    ],
)
def test_what_gtd_does_not_hold_is_left_out_and_says_why(tmp_path: Path, fields: dict[str, Any], rule: str) -> None:
    made = _of(tmp_path, **fields)
    assert (made.rows, made.left_out) == ([], [rule])


def test_an_attempt_is_a_row_without_success(tmp_path: Path) -> None:
    assert _of(tmp_path, modality="attempted").row["success"] == 0
    (tmp_path / "b").mkdir()
    assert _of(tmp_path / "b").row["success"] == 1


@pytest.mark.parametrize(
    ("until", "month", "day", "approximate"),
    [
        (None, 10, 24, None),
        ("2016-10-26", 10, 0, "2016-10-24 to 2016-10-26"),
        ("2016-11-03", 0, 0, "2016-10-24 to 2016-11-03"),
    ],
)
def test_month_and_day_are_zero_where_they_are_not_known(
    tmp_path: Path, until: str | None, month: int, day: int, approximate: str | None
) -> None:
    row = _of(tmp_path, until=until).row
    assert (row["iyear"], row["imonth"], row["iday"], row["approxdate"]) == (2016, month, day, approximate)
    assert len(str(row["eventid"])) == 12
    assert str(row["eventid"]).startswith(f"2016{month:02}{day:02}")


@pytest.mark.parametrize(
    ("precision", "specificity", "vicinity"),
    [("exact", 1, 0), ("near", 1, 1), ("adm2", 3, 0), ("adm1", 4, 0), ("region", 5, 0), ("country", 5, 0)],
)
def test_specificity(tmp_path: Path, precision: str, specificity: int, vicinity: int) -> None:
    row = _of(tmp_path, places=(place("Zhob", precision=precision),)).row
    assert (row["specificity"], row["vicinity"]) == (specificity, vicinity)
    assert (row["latitude"] is None) == (specificity == 5)


def test_a_country_alone_is_a_row_without_a_point(tmp_path: Path) -> None:
    made = _of(tmp_path, places=(PAKISTAN,))
    assert (made.row["country"], made.row["region"], made.row["region_txt"]) == (153, 6, "South Asia")
    assert (made.row["city"], made.row["provstate"]) == ("Unknown", "Unknown")
    assert made.lost("no point") == ["Pakistan"]


def test_claims_of_two_groups_compete_where_each_claims_for_itself(tmp_path: Path) -> None:
    row = _of(tmp_path, attributions=[said(RED_FRONT, channel="in a video"), said(GREEN_FRONT)]).row
    assert {row["gname"], row["gname2"]} == {"Red Lantern Front", "Green River Front"}
    assert (row["claimed"], row["claim2"], row.get("claim3")) == (1, 1, None)
    assert {row["claimmode"], row["claimmode2"]} == {6, 10}
    assert row["compclaim"] == 0  # both stand in one claim of one report


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        ("a letter to a newspaper", 1), ("a telephone call", 2), ("an e-mail", 4), ("leaflets left there", 5),
        ("a video", 6), ("its news agency", 7), ("a statement on its website", 7), ("a drum", 9), (None, 10),
    ],
)  # fmt: skip
def test_the_mode_of_a_claim(tmp_path: Path, channel: str | None, code: int) -> None:
    row = _of(tmp_path, attributions=[said(RED_FRONT, channel=channel)]).row
    assert row["claimmode"] == code


def test_blame_is_no_claim_and_suspicion_is_uncertain(tmp_path: Path) -> None:
    row = _of(
        tmp_path, attributions=[said(RED_FRONT, "blamed", "police"), said(GREEN_FRONT, "suspected", "police")]
    ).row
    assert (row["gname"], row["claimed"], row["guncertain1"]) == ("Red Lantern Front", 0, 0)
    assert (row["gname2"], row["claim2"], row["guncertain2"]) == ("Green River Front", 0, 1)


def test_a_person_alone_is_an_unaffiliated_individual(tmp_path: Path) -> None:
    row = _of(tmp_path, attributions=[said("Mr Zamin Dost", "asserted")]).row
    assert (row["gname"], row["individual"]) == ("Unaffiliated Individual(s)", 1)


@pytest.mark.parametrize(
    ("targets", "types", "doubt", "alternative"),
    [
        ([("police", "police")], [3], 0, None),
        ([("soldiers", "military")], [4], 1, 1),
        ([("fighters", "militants")], [17], 1, 3),
        ([("shoppers", "market"), ("soldiers", "military")], [1, 4], 0, None),
        ([], [20], 0, None),
    ],
)
def test_targets_and_doubt(tmp_path: Path, targets: Any, types: list[int], doubt: int, alternative: int | None) -> None:
    row = _of(tmp_path, targets=targets, attributions=[said(RED_FRONT)]).row
    assert [row[f"targtype{k}"] for k in range(1, len(types) + 1)] == types
    assert (row["doubtterr"], row["alternative"]) == (doubt, alternative)


def test_nobody_named_leaves_the_doubt_open(tmp_path: Path) -> None:
    row = _of(tmp_path).row
    assert (row["gname"], row["doubtterr"]) == ("Unknown", -9)


def test_the_weapon_s_codes_win_over_those_of_the_type(tmp_path: Path) -> None:
    row = _of(tmp_path, weapon=("a grenade", "grenade")).row
    assert (row["weaptype1"], row["weapsubtype1"], row["weapsubtype1_txt"]) == (6, 7, "Grenade")
    assert row["weapdetail"] == "grenade"


def test_a_siege_told_over_days_is_extended(tmp_path: Path) -> None:
    row = _of(tmp_path, type="hostage", until="2016-10-26", abducted=15).row
    assert (row["ishostkid"], row["nhostkid"]) == (1, 15)
    assert row["extended"] == 0  # the days are given as a doubt, not as a span of the siege


def test_several_places_are_linked_rows_with_shared_numbers(tmp_path: Path) -> None:
    made = _of(tmp_path, places=(QUETTA, place("Gwadar", at=(25.1, 62.3))), killed=5)
    assert [row.values["nkill"] for row in made.rows] == [3, 2]
    assert [row.values["multiple"] for row in made.rows] == [1, 1]
    assert made.rows[0].values["related"] == str(made.rows[1].values["eventid"])


def test_other_tolls_stand_in_the_notes(tmp_path: Path) -> None:
    row = _of(tmp_path, killed=[59, 61]).row
    assert row["nkill"] == 59
    assert row["addnotes"] == "Reports differ on the number killed: 59, 61"


def test_three_reports_are_cited(tmp_path: Path) -> None:
    row = _of(tmp_path, killed=[1, 2, 3, 4]).row
    assert row["scite1"] == '"Title doc-0c0," Paper doc-0c0, 2016-10-25'
    assert row["scite3"]


def test_ids_of_one_day_are_unique(tmp_path: Path) -> None:
    made = exported(tmp_path, Gtd(), *(Incident(killed=n) for n in range(12)))
    assert len({row.values["eventid"] for row in made.rows}) == 12
