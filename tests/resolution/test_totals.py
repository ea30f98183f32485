"""Totals against the incidents of a base: what surely falls into them, what perhaps, and why only perhaps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Judgement, Place
from khabar.resolution.actors import identify
from khabar.resolution.parties import parties_of
from khabar.resolution.resolve import resolve
from khabar.resolution.total_words import coverage_words, stated_words
from khabar.resolution.totals import Coverage, Sum, coverage, series
from resolution.make import (
    AFGHANISTAN,
    BALOCHISTAN,
    KABUL,
    PAKISTAN,
    QUETTA,
    SEHWAN,
    by,
    corpus,
    document,
    event,
)

BY_IS, BY_ISK, BY_TTP = (by(n, "claimed", i) for n, i in (("Daesh", "is"), ("ISIS-K", "isk"), ("TTP", "ttp")))
KHUZDAR = Place("Khuzdar", "Khuzdar", 1174654, "city", "PK", "Balochistan", None, 27.8, 66.6)
QUETTA_COLLEGE = event("q", "armed_assault", QUETTA, "2016-10-24", killed=61, who=BY_IS)
SHAH_NOORANI = event("s", "suicide_bombing", KHUZDAR, "2016-11-12", killed=52, injured=102, who=BY_IS)


def total(document_: str = "t", place: Place | None = PAKISTAN, date: str | None = "2016", **more: Any) -> Claim:
    more = {"aggregate": 9, "killed": 129, "who": BY_IS, **more}
    return event(document_, more.pop("type_", "other"), place, date, **more)


def covered(*claims: Claim, **more: Any) -> list[Coverage]:
    base = corpus(*claims, **more)
    return coverage(base, claims, resolve(base).events, parties_of(identify(base)))


def reasons(of: Coverage) -> list[str]:
    return [r for p in of.perhaps for r in p.reasons]


def test_two_of_nine_attacks_explain_113_of_129_killed() -> None:
    (c,) = covered(total(injured=112, speaker="PIPS"), QUETTA_COLLEGE, SHAH_NOORANI)
    assert (c.incidents, len(c.sure), c.perhaps) == (9, 2, ())
    assert c.explained == {"killed": Sum(113, 113, 0), "injured": Sum(102, 102, 1)}
    assert (c.scope.origin, c.scope.words) == ("PIPS", "incidents by Islamic State in Pakistan, 2016")
    assert stated_words(c) == "9 incidents, 129 killed, 112 injured"
    assert coverage_words(c) == "Your base explains 113 of 129 killed and 102 of 112 injured in 2 of 9 incidents."


@pytest.mark.parametrize(
    "other",
    [
        event("o", "bombing", QUETTA, "2015-12-30", killed=5, who=BY_IS),
        event("o", "bombing", KABUL, "2016-05-30", killed=5, who=BY_IS),
        event("o", "bombing", QUETTA, "2016-05-30", killed=5, who=BY_TTP),
        event("o", "bombing", QUETTA, "2016-05-30", who=BY_IS, modality="foiled"),
        event("o", "arrest", QUETTA, "2016-05-30", arrested=5, who=BY_IS),
        total("o", killed=5),
    ],
    ids=["another year", "another country", "another group", "foiled", "a state's action", "a total"],
)
def test_what_does_not_fall_into_it(other: Claim) -> None:
    c = covered(total(), other)[0]
    assert (c.sure, c.perhaps) == ((), ())
    assert coverage_words(c) == "Your base has no incident that falls into this total."


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (event("o", "bombing", QUETTA, "2016-10-01/", killed=5, who=BY_IS), "wider than the period"),
        (event("o", "bombing", QUETTA, "2015-11-01/2016-02-01", killed=5, who=BY_IS), "wider than the period"),
        (event("o", "bombing", QUETTA, None, killed=5, who=BY_IS), "it is undated"),
        (event("o", "bombing", None, "2016-10-24", killed=5, who=BY_IS), "its place is not stated"),
        (event("o", "bombing", QUETTA, "2016-10-24", killed=5), "nobody is said to have done it"),
        (
            event("o", "bombing", QUETTA, "2016-10-24", killed=5, who=by("Daesh", "denied", "is", "Daesh")),
            "a part in it is denied",
        ),
        (event("o", "bombing", QUETTA, "2016-10-24", killed=5, who=by("Daesh", "suspected", "is")), "only suspected"),
        (
            event("o", "bombing", QUETTA, "2016-10-24", killed=5, who=(BY_IS, by("TTP", "blamed", "ttp", "police"))),
            "others are blamed",
        ),
    ],
    ids=["open end", "wider", "undated", "no place", "nobody named", "denied", "suspected", "another blamed"],
)
def test_why_it_only_perhaps_falls_into_it(other: Claim, reason: str) -> None:
    c = covered(total(), other)[0]
    assert (c.sure, len(c.perhaps)) == ((), 1)
    assert reason in reasons(c)[0]
    assert coverage_words(c) == ("Your base explains nothing of it for sure, and perhaps 5 killed in 1 of 9 incidents.")


def test_an_incident_of_which_two_parts_are_silent_may_be_anything() -> None:
    assert not covered(total(), event("o", "bombing", None, None, killed=5, who=BY_IS))[0].perhaps
    assert not covered(total(), event("o", "bombing", QUETTA, None, killed=5))[0].perhaps


def test_a_branch_counts_for_its_parent_but_not_the_other_way_in_a_part_of_the_area() -> None:
    branch = event("o", "bombing", QUETTA, "2016-10-24", killed=5, who=BY_ISK)
    assert len(covered(total(), branch)[0].sure) == 1
    assert len(covered(total(place=BALOCHISTAN), branch)[0].sure) == 1
    wide = event("o", "bombing", PAKISTAN, "2016-10-24", killed=5, who=BY_IS)
    assert reasons(covered(total(place=BALOCHISTAN), wide)[0]) == [
        "it cannot be told whether its place lies in the area"
    ]


def test_a_total_of_bombings_takes_suicide_bombings_and_perhaps_an_attack() -> None:
    bomb, attack = SHAH_NOORANI, QUETTA_COLLEGE
    c = covered(total(type_="bombing"), bomb, attack)[0]
    assert len(c.sure) == 1
    assert reasons(c) == ["it may not be a case of bombing"]
    assert coverage_words(c) == (
        "Your base explains 52 of 129 killed in 1 of 9 incidents; perhaps also 61 killed in 1 more."
    )


def test_an_incident_that_may_be_one_that_surely_falls_into_it_is_not_counted_again() -> None:
    undated = event("o", "armed_assault", QUETTA, None, killed=61, who=BY_IS)
    base = corpus(total(), QUETTA_COLLEGE, undated)
    apart = [Judgement(QUETTA_COLLEGE.id, undated.id, "unsure", "amira", "2026-01-01")]
    events = resolve(base, apart).events
    assert all(e.unsure_with for e in events)
    (c,) = coverage(base, base.claims, events, parties_of(identify(base)))
    assert (len(c.sure), c.perhaps, len(c.twins)) == (1, (), 1)
    assert c.remarks == ("1 more may be the same as one of these.",)


def test_without_a_period_nothing_is_sure() -> None:
    c = covered(total(date=None), QUETTA_COLLEGE)[0]
    assert (c.sure, reasons(c)) == ((), ["the total names no period"])
    assert c.remarks == ("The total names no period.",)


def test_an_open_period_ends_with_the_report() -> None:
    since = total(date="2013-01-01/")
    assert reasons(covered(since, QUETTA_COLLEGE)[0]) == ["the total and its report leave open when it ends"]
    dated = [document("t", published="2016-10-30")]
    c = covered(since, QUETTA_COLLEGE, SHAH_NOORANI, documents=dated)[0]
    assert len(c.sure) == 1
    assert c.perhaps == ()


def test_tolls_are_intervals_and_silence_is_told() -> None:
    a = event("o", "bombing", QUETTA, "2016-10-24", killed="29+", who=BY_IS)
    b = event("p", "bombing", SEHWAN, "2016-03-24", who=BY_IS)
    c = covered(total(), a, b)[0]
    assert c.explained == {"killed": Sum(29, None, 1)}
    assert coverage_words(c) == "Your base explains 29 or more of 129 killed in 2 of 9 incidents."


def test_a_total_below_what_the_base_has_is_noted() -> None:
    c = covered(total(aggregate=1, killed=100), QUETTA_COLLEGE, SHAH_NOORANI)[0]
    assert c.remarks == (
        "The base has more: 2 incidents surely fall into it, the total says 1.",
        "The base has more: 113 killed for sure, the total says 100.",
    )
    assert not covered(total(killed="100+"), QUETTA_COLLEGE, SHAH_NOORANI)[0].remarks


def test_a_total_without_a_number_is_none() -> None:
    assert covered(event("t", "bombing", PAKISTAN, "2016", aggregate=-1, who=BY_IS), QUETTA_COLLEGE) == []
    assert covered(total(modality="predicted"), QUETTA_COLLEGE) == []


def test_totals_of_one_origin_make_a_series() -> None:
    years = [total(f"t{y}", date=y, killed=n, speaker="PIPS") for y, n in (("2016", 129), ("2014", 50), ("2015", 80))]
    others = [
        total("x", speaker="SATP"),
        total("y", place=AFGHANISTAN, date="2015", speaker="PIPS"),
        total("z", date=None, speaker="PIPS"),
    ]
    (row,) = series(covered(*years, *others))
    assert (row.origin, row.what) == ("PIPS", "incidents by Islamic State in Pakistan")
    assert [stated_words(t) for t in row.totals] == [f"9 incidents, {n} killed" for n in (50, 80, 129)]


INCIDENTS = st.lists(
    st.builds(
        lambda n, place, date, killed, who: event(f"d{n}", "bombing", place, date, killed=killed, who=who),
        st.integers(0, 50),
        st.sampled_from([QUETTA, SEHWAN, KABUL, PAKISTAN, BALOCHISTAN, None]),
        st.sampled_from(["2016-10-24", "2016", "2015-03-01", "2015-11-01/2016-02-01", None]),
        st.sampled_from([None, 3, 20, "29+"]),
        st.sampled_from([(), BY_IS, BY_ISK, BY_TTP, by("Daesh", "suspected", "is")]),
    ),
    max_size=8,
)


@settings(max_examples=50, deadline=None)
@given(INCIDENTS, st.randoms(use_true_random=False))
def test_coverage_is_a_partition_that_depends_on_no_order(some: list[Claim], random: object) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    scope = total()
    (one,), again = covered(scope, *some), tuple(covered(scope, *shuffled))
    assert (one,) == again
    perhaps = {p.event for p in one.perhaps}
    assert not perhaps & set(one.sure)
    assert all(p.reasons for p in one.perhaps)
    sums = one.explained["killed"]
    assert sums.high is None or sums.low <= sums.high
    assert sums.silent <= len(one.sure)


@settings(max_examples=40, deadline=None)
@given(INCIDENTS)
def test_a_wider_scope_never_explains_less(some: list[Claim]) -> None:
    narrow, wide = total("t", place=BALOCHISTAN), total("t", place=PAKISTAN)
    base = corpus(narrow, wide, *some)
    less, more = coverage(base, (narrow, wide), resolve(base).events, parties_of(identify(base)))
    assert set(less.sure) <= set(more.sure)
    assert less.explained["killed"].low <= more.explained["killed"].low
