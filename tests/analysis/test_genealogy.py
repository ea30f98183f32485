"""Lanes and ties of a genealogy, and its picture: nothing is drawn twice, nothing overlaps, order does not matter."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
from analysis_samples import RELATIONS, actor, links_of, said
from hypothesis import given
from hypothesis import strategies as st

from khabar.analysis.genealogy import Genealogy, family_of, genealogy, stand_for
from khabar.analysis.picture import GAP, ROW, picture
from khabar.analysis.strokes import STROKES
from khabar.analysis.ties import ties_of
from khabar.codebook.ties import DRAWN
from khabar.records import Actor, Claim, Interval

GROUPS = {key: actor(key) for key in ("reds", "blues", "greens", "greys", "whites")}


def drawn_from(*claims: Claim, actors: dict[str, Actor] | None = None, **more: object) -> Genealogy:
    known = GROUPS if actors is None else actors
    ties = ties_of(claims, links_of(*claims), RELATIONS, {})
    return genealogy(ties, known, RELATIONS, **more)  # type: ignore[arg-type]


def test_there_is_a_stroke_for_each_way_of_drawing() -> None:
    assert set(STROKES) == set(DRAWN)


def test_a_lane_begins_with_a_split_and_ends_with_a_merger_after_which_nothing_names_it() -> None:
    split, merger = (
        said("split_from", "reds", "blues", "2014-08-01"),
        said("merged_into", "reds", "blues", "2020-08-17"),
    )
    lanes = {lane.actor.id: lane for lane in drawn_from(split, merger).lanes}
    assert (lanes["reds"].begins, lanes["reds"].ends) == (
        Interval("2014-08-01", "2014-08-01"),
        Interval("2020-08-17", "2020-08-17"),
    )
    assert [lanes["reds"].held_at(d) for d in ("2010-01-01", "2016-01-01", "2021-01-01")] == ["no", "yes", "no"]
    assert (lanes["blues"].begins, lanes["blues"].ends) == (None, None)
    later = drawn_from(split, merger, said("rival_of", "reds", "greens", "2022-01-01"))
    assert next(lane.ends for lane in later.lanes if lane.actor.id == "reds") is None


def test_a_group_stands_beneath_the_one_it_came_from_oldest_first() -> None:
    made = drawn_from(
        said("split_from", "greens", "blues", "2016-01-01"),
        said("split_from", "reds", "blues", "2014-01-01"),
        said("opens_branch", "reds", "greys", "2015-01-01"),
        said("rival_of", "whites", "greys", "2015-01-01"),
    )
    assert [lane.actor.id for lane in made.lanes] == ["blues", "reds", "greys", "greens", "whites"]


def test_a_circle_of_splits_still_gives_each_group_one_lane() -> None:
    made = drawn_from(
        said("split_from", "reds", "blues", "2014-01-01"),
        said("split_from", "blues", "greens", "2015-01-01"),
        said("split_from", "greens", "reds", "2016-01-01"),
    )
    assert sorted(lane.actor.id for lane in made.lanes) == ["blues", "greens", "reds"]


def test_a_pledge_to_a_leader_is_drawn_to_the_group_and_what_a_person_does_is_not_drawn() -> None:
    people = {**GROUPS, "amal": actor("amal", "person"), "zoe": actor("zoe", "person", parent="greys")}
    claims = [
        said("pledged_allegiance", "reds", "amal", "2015-01-01"),
        said("pledged_allegiance", "reds", "zoe", "2015-02-01"),
        said("pledged_allegiance", "amal", "greens", "2015-03-01"),
        said("leads", "amal", "blues"),
    ]
    ties = ties_of(claims, links_of(*claims), RELATIONS, {})
    made = genealogy(ties, people, RELATIONS, stands_for=stand_for(ties, people, RELATIONS))
    assert [(d.subject, d.object, d.through) for d in made.drawn] == [
        ("reds", "blues", "amal"),
        ("reds", "greys", "zoe"),
    ]
    assert genealogy(ties, people, RELATIONS).drawn == ()


def test_who_leads_two_groups_stands_for_neither() -> None:
    claims = [said("leads", "amal", "blues"), said("leads", "amal", "reds")]
    ties = ties_of(claims, links_of(*claims), RELATIONS, {})
    assert stand_for(ties, {**GROUPS, "amal": actor("amal", "person")}, RELATIONS) == {}


def test_what_is_denied_is_drawn_and_begins_no_lane_what_is_planned_is_not_drawn() -> None:
    made = drawn_from(
        said("split_from", "reds", "blues", "2014-01-01", stance="denied"),
        said("merged_into", "greens", "blues", modality="planned"),
    )
    assert [(d.tie.type, d.tie.standing) for d in made.drawn] == [("split_from", "denied")]
    assert all(lane.begins is None for lane in made.lanes)


def test_incidents_make_a_lane_longer() -> None:
    seen = {"reds": Interval("2009-01-01", "2021-01-01")}
    made = drawn_from(said("rival_of", "reds", "blues", "2014-01-01"), seen=seen)
    reds = next(lane for lane in made.lanes if lane.actor.id == "reds")
    assert (reds.first, reds.last) == ("2009-01-01", "2021-01-01")


def test_a_family_is_what_lies_within_so_many_ties() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "d"), ("x", "y")]
    assert family_of("a", pairs, 1, 9) == ("a", "b")
    assert family_of("c", pairs, 2, 9) == ("c", "b", "d", "a")
    assert family_of("a", pairs, 3, 3) == ("a", "b", "c")
    assert family_of("z", pairs, 3, 9) == ("z",)


# ------------------------------------------------------------------ pictures

days = st.dates(date(2001, 1, 1), date(2020, 1, 1))


@st.composite
def whens(draw: st.DrawFn) -> str:
    first, last = sorted((draw(days).isoformat(), draw(days).isoformat()))
    return draw(st.sampled_from([f"{first} {last}", f"- {last}", f"{first} -", first, "- 2017-05-31", ""]))


claims = st.builds(
    said,
    st.sampled_from([name for name, kind in RELATIONS.items() if kind.drawn]),
    st.sampled_from(sorted(GROUPS)),
    st.sampled_from(sorted(GROUPS)),
    whens(),
    stance=st.sampled_from(["asserted", "denied"]),
)


@given(st.lists(claims, max_size=25), st.randoms(use_true_random=False))
def test_no_two_lanes_share_a_row_every_tie_is_drawn_once_and_ties_keep_apart(
    told: list[Claim], order: random.Random
) -> None:
    made = drawn_from(*told)
    sheet = picture(made)
    rows = [row.y for row in sheet.rows]
    assert rows == sorted(set(rows))
    assert all(b - a == ROW for a, b in pairwise(rows))
    assert sorted(line.drawn.tie.id for line in sheet.lines) == sorted(d.tie.id for d in made.drawn)
    assert len({d.tie.id for d in made.drawn}) == len(made.drawn)
    for i, line in enumerate(sheet.lines):
        assert {line.start, line.end} <= set(rows)
        assert 0 < line.x < sheet.width
        for other in sheet.lines[i + 1 :]:
            low, high = (
                max(min(line.start, line.end), min(other.start, other.end)),
                min(max(line.start, line.end), max(other.start, other.end)),
            )
            assert low > high or abs(line.x - other.x) >= GAP - 0.1
    shuffled = list(told)
    order.shuffle(shuffled)
    assert picture(drawn_from(*shuffled)) == sheet


@given(st.lists(claims, max_size=12), days)
def test_on_a_day_only_ties_that_may_hold_then(told: list[Claim], day: object) -> None:
    for drawn in drawn_from(*told).drawn:
        began, ended = drawn.tie.began, drawn.tie.ended
        if drawn.held_at(str(day)) != "no":
            assert began.earliest is None or began.earliest <= str(day)
            assert ended is None or ended.latest is None or ended.latest >= str(day)
            assert drawn.tie.standing == "said"


def test_time_runs_in_proportion_and_undated_ties_stand_before_it() -> None:
    sheet = picture(
        drawn_from(
            said("split_from", "reds", "blues", "2010-01-01"),
            said("split_from", "greens", "blues", "2020-01-01"),
            said("rival_of", "greys", "blues"),
        )
    )
    x = {line.drawn.subject: line.x for line in sheet.lines} | {line.drawn.object: line.x for line in sheet.lines}
    assert x["greys"] < sheet.left <= x["reds"] < x["greens"] <= sheet.right
    assert sheet.x_of("2015-01-01") == pytest.approx((sheet.x_of("2010-01-01") + sheet.x_of("2020-01-01")) / 2, abs=1)
    assert (sheet.first, sheet.last) == ("2010-01-01", "2020-12-31")
    assert [tick.year for tick in sheet.ticks][:2] == [2010, 2011]


def test_a_tie_known_only_to_be_over_by_a_day_is_never_drawn_after_it() -> None:
    claims_ = [said("affiliated_with", "reds", key, "- 2017-05-31") for key in ("blues", "greens", "greys", "whites")]
    sheet = picture(drawn_from(*claims_, said("rival_of", "reds", "blues", "2010-01-01")))
    assert all(line.x <= sheet.x_of("2017-05-31") for line in sheet.lines)


def test_nothing_said_is_an_empty_sheet() -> None:
    sheet = picture(drawn_from())
    assert (sheet.rows, sheet.lines) == ((), ())
    assert sheet.height > 0
