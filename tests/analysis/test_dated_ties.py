"""Ties say what their claims say: dates as intervals, ends only where claims put them, doubts beside what is said."""

from __future__ import annotations

from datetime import date, timedelta

from analysis_samples import RELATIONS, links_of, said
from hypothesis import given
from hypothesis import strategies as st

from khabar.analysis.ties import Tie, held_at, ties_of
from khabar.records import Claim, Interval


def made(*claims: Claim, disputed: dict[str, str] | None = None) -> tuple[Tie, ...]:
    return ties_of(claims, links_of(*claims), RELATIONS, disputed or {})


def test_claims_of_one_type_between_two_actors_are_one_tie_with_what_their_dates_share() -> None:
    (tie,) = made(
        said("split_from", "reds", "blues", "2014-01-01 2014-12-31"),
        said("split_from", "reds", "blues", "2014-08-01 2015-03-31", number=1),
        said("split_from", "reds", "blues", "- 2017-01-01", number=2),
    )
    assert (tie.began, tie.last, tie.doubts, len(tie.said)) == (
        Interval("2014-08-01", "2014-12-31"),
        "2017-01-01",
        (),
        3,
    )


def test_dates_that_cannot_agree_are_kept_as_the_whole_span_and_said() -> None:
    (tie,) = made(
        said("split_from", "reds", "blues", "2014-01-01"), said("split_from", "reds", "blues", "2016-05-01")
    )  # fmt: skip
    assert tie.began == Interval("2014-01-01", "2016-05-01")
    assert tie.doubts == ("dated differently",)


def test_a_symmetric_tie_is_one_whichever_side_is_named_first_and_a_lasting_one_may_hold_at_many_times() -> None:
    (tie,) = made(
        said("allied_with", "reds", "blues", "2014-01-01"), said("allied_with", "blues", "reds", "2018-01-01")
    )  # fmt: skip
    assert (tie.subject, tie.object) == ("blues", "reds")
    assert (tie.began, tie.last, tie.doubts) == (Interval("2014-01-01", "2014-01-01"), "2018-01-01", ())


def test_a_tie_of_the_past_is_the_same_tie_and_over() -> None:
    (tie,) = made(
        said("leads", "amal", "reds", "- 2014-05-01"), said("led", "amal", "reds", "- 2017-05-01")
    )  # fmt: skip
    assert (tie.type, tie.began, tie.ended) == ("leads", Interval(None, "2014-05-01"), Interval(None, "2017-05-01"))
    assert [c.when.latest for c in tie.ended_by] == ["2017-05-01"]


def test_a_split_ends_that_one_was_a_part_and_a_later_claim_of_it_takes_the_end_back() -> None:
    part, split = said("part_of", "reds", "blues", "2010-01-01"), said("split_from", "reds", "blues", "2014-08-01")
    ended = {t.type: t for t in made(part, split)}
    assert ended["part_of"].ended == Interval("2014-08-01", "2014-08-01")
    assert ended["part_of"].ended_by == (split,)
    assert ended["split_from"].ended is None
    again = {t.type: t for t in made(part, split, said("part_of", "reds", "blues", "2016-01-01"))}
    assert again["part_of"].ended is None


def test_a_denied_split_ends_nothing() -> None:
    part = said("part_of", "reds", "blues", "2010-01-01")
    denied = said("split_from", "reds", "blues", "2014-08-01", stance="denied")
    assert {t.type: t.ended for t in made(part, denied)} == {"part_of": None, "split_from": None}


def test_what_speaks_against_a_tie_stands_beside_it() -> None:
    claim = said("pledged_allegiance", "reds", "blues", "2015-01-01")
    against = said("pledged_allegiance", "reds", "blues", modality="negated", by="a spokesman")
    (tie,) = made(claim, against, disputed={claim.id: "Reds joined blues: asserted and denied"})
    assert tie.standing == "said"
    assert tie.doubts == ("denied by a spokesman", "sources disagree: Reds joined blues: asserted and denied")
    (alone,) = made(against)
    assert (alone.standing, held_at(alone, "2020-01-01")) == ("denied", "no")
    (alleged,) = made(
        said("funds", "reds", "blues", stance="suspected"), said("funds", "reds", "blues", stance="blamed")
    )
    assert alleged.doubts == ("blamed and suspected, asserted by nobody",)


def test_what_is_only_planned_never_holds() -> None:
    (tie,) = made(said("merged_into", "reds", "blues", "2015-01-01", modality="planned"))
    assert (tie.standing, tie.doubts, held_at(tie, "2016-01-01")) == ("unrealised", ("only planned",), "no")


def test_names_of_one_actor_and_unknown_sides_make_no_tie() -> None:
    twice, half = said("alias_of", "reds", "reds"), said("rival_of", "reds", "blues")
    links = {**links_of(twice), (half.id, "subject"): "reds"}
    assert ties_of([twice, half], links, RELATIONS, {}) == ()


def test_whether_a_tie_held_on_a_day() -> None:
    (split,) = made(said("split_from", "reds", "blues", "2014-08-01 2014-08-31"))
    assert [held_at(split, day) for day in ("2014-07-31", "2014-08-15", "2014-08-31", "2020-01-01")] == [
        "no", "perhaps", "yes", "yes",
    ]  # fmt: skip
    (undated,) = made(said("rival_of", "reds", "blues"))
    assert held_at(undated, "1999-01-01") == "perhaps"
    (by,) = made(said("rival_of", "reds", "blues", "- 2017-05-31"))
    assert [held_at(by, day) for day in ("2000-01-01", "2017-05-31")] == ["perhaps", "yes"]


days = st.dates(date(2001, 1, 1), date(2020, 12, 31)).map(date.isoformat)


@st.composite
def whens(draw: st.DrawFn) -> str:
    first, last = sorted((draw(days), draw(days)))
    return draw(st.sampled_from([f"{first} {last}", f"- {last}", f"{first} -", ""]))


kinds = st.sampled_from(["split_from", "part_of", "allied_with", "rival_of", "pledged_allegiance", "merged_into"])
claims = st.builds(
    said,
    kinds,
    st.sampled_from(["reds", "blues"]),
    st.just("greens"),
    whens(),
    number=st.integers(0, 99),
    stance=st.sampled_from(["asserted", "denied", "hedged"]),
)


@given(st.lists(claims, max_size=8), days)
def test_a_tie_holds_only_within_its_dates_and_every_claim_is_in_one_tie(told: list[Claim], day: str) -> None:
    found = made(*told)
    assert sorted(c.id for t in found for c in t.claims) == sorted({c.id for c in told})
    assert found == made(*reversed(told))
    for tie in found:
        held = held_at(tie, day)
        if tie.began.earliest is not None and day < tie.began.earliest:
            assert held == "no"
        if tie.ended is not None and tie.ended.latest is not None and day > tie.ended.latest:
            assert held == "no"
        if held == "yes":
            assert tie.standing == "said"
            assert tie.began.latest is not None
            assert tie.began.latest <= day


@given(claims)
def test_time_alone_never_makes_a_tie_that_nothing_ends_less_sure(claim: Claim) -> None:
    (tie,) = made(claim)
    order = {"no": 0, "perhaps": 1, "yes": 2}
    walked = [order[held_at(tie, (date(2000, 1, 1) + timedelta(days=200 * i)).isoformat())] for i in range(40)]
    assert walked == sorted(walked)
