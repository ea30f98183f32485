"""Worked cases of the question "one incident or two?"; each says in its name what should come out."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Event, Judgement, Place, Reason
from khabar.resolution.events import explain
from khabar.resolution.features import FEATURES
from khabar.resolution.mentions import makes_incident, mention
from khabar.resolution.resolve import resolve
from khabar.resolution.weights import load_weights
from resolution.make import (
    AFGHANISTAN,
    BALOCHISTAN,
    HERAT,
    KABUL,
    PAKISTAN,
    QUETTA,
    SEHWAN,
    TYPES,
    by,
    corpus,
    event,
)


def incidents(*claims: Claim) -> tuple[Event, ...]:
    return resolve(corpus(*claims)).events


def verdict(left: Claim, right: Claim) -> str:
    return explain(mention(left, TYPES, {}), mention(right, TYPES, {})).verdict


class TestBetweenReports:
    def test_same_day_city_and_toll_is_one(self) -> None:
        a = event("a", "suicide_bombing", QUETTA, "2016-10-24", killed=61)
        b = event("b", "bombing", QUETTA, "2016-10-24", killed=61)
        assert len(incidents(a, b)) == 1

    def test_differing_tolls_of_one_incident_are_kept_side_by_side(self) -> None:
        tolls = [
            event(d, "armed_assault", QUETTA, "2016-10-24", killed=n) for d, n in (("a", 59), ("b", 60), ("c", 61))
        ]
        (found,) = incidents(*tolls)
        assert sorted(v.value["best"] for v in found.values["killed"]) == [59, 60, 61]

    def test_a_month_and_a_day_in_it_meet_when_place_and_toll_agree(self) -> None:
        a = event("a", "suicide_bombing", SEHWAN, "2017-02", killed=75, target="shrine")
        b = event("b", "suicide_bombing", SEHWAN, "2017-02-16", killed=88, target="the Sehwan shrine")
        assert verdict(a, b) == "same"

    def test_same_city_and_month_without_more_is_a_question(self) -> None:
        a = event("a", "bombing", KABUL, "2020-03")
        b = event("b", "bombing", KABUL, "2020-03-25")
        assert verdict(a, b) == "unsure"

    def test_a_day_off_is_no_obstacle(self) -> None:
        a = event("a", "bombing", KABUL, "2020-03-24", killed=25)
        b = event("b", "bombing", KABUL, "2020-03-25", killed=25)
        assert verdict(a, b) == "same"

    def test_two_attacks_of_one_group_in_one_city_in_one_week_stay_two(self) -> None:
        group = by("ISIL", "claimed", "is")
        a = event("a", "suicide_bombing", KABUL, "2020-03-06", killed=32, target=("ceremony", "civilians"), who=group)
        b = event("b", "suicide_bombing", KABUL, "2020-03-10", killed=5, target=("ministry", "government"), who=group)
        assert verdict(a, b) == "different"
        assert len(incidents(a, b)) == 2

    def test_same_day_but_other_target_and_toll_stay_two(self) -> None:
        a = event("a", "bombing", KABUL, "2020-03-06", killed=32, target=("ceremony", "civilians"))
        b = event("b", "bombing", KABUL, "2020-03-06", killed=2, target=("checkpost", "police"))
        assert len(incidents(a, b)) == 2

    def test_other_country_stays_two(self) -> None:
        a = event("a", "bombing", KABUL, "2020-03-06", killed=32)
        b = event("b", "bombing", QUETTA, "2020-03-06", killed=32)
        assert verdict(a, b) == "different"

    def test_a_town_inside_the_named_province_can_be_the_same(self) -> None:
        a = event("a", "bombing", BALOCHISTAN, "2016-10-24", killed=61)
        b = event("b", "bombing", QUETTA, "2016-10-24", killed=61)
        assert verdict(a, b) == "same"

    def test_near_places_are_candidates_and_far_ones_speak_against(self) -> None:
        near = Place("Bagram", "Bagram", 1, "town", "AF", "Parwan", None, 34.60, 69.20)
        a = event("a", "bombing", KABUL, "2020-03-06", killed=12)
        assert verdict(a, event("b", "bombing", near, "2020-03-06", killed=12)) == "same"
        assert verdict(a, event("c", "bombing", HERAT, "2020-03-06", killed=12)) != "same"

    def test_country_only_report_meets_the_town_by_day_and_toll(self) -> None:
        a = event("a", "armed_assault", AFGHANISTAN, "2020-08-03", killed="29+", target="prison")
        b = event("b", "armed_assault", KABUL, "2020-08-03", killed=29, target="the city prison")
        assert len(incidents(a, b)) == 1

    def test_attackers_counted_in_is_no_disagreement(self) -> None:
        a = event("a", "bombing", QUETTA, "2016-10-24", killed=8, attackers_killed=3)
        b = event("b", "bombing", QUETTA, "2016-10-24", killed=11)
        (j,) = [j for j in resolve(corpus(a, b)).judgements if j.verdict == "same"]
        assert next(r.score for r in j.reasons if r.feature == "killed") > 0

    def test_a_site_of_the_same_name_outweighs_a_wrong_district(self) -> None:
        here = Place(
            "Old Garden shrine", "Old Garden shrine", None, "facility", "PK", "Sindh", "East", 26.0, 68.0, "near"
        )
        there = Place(
            "Olde Garden Shrine", "Olde Garden Shrine", None, "facility", "PK", "Sindh", None, 26.3, 68.5, "near"
        )
        a = event("a", "suicide_bombing", here, "2016-11-12", killed=52)
        assert verdict(a, event("b", "bombing", there, "2016-11-13", killed=54)) == "same"

    def test_without_a_place_a_day_and_a_kind_of_target_are_a_question(self) -> None:
        a = event("a", "bombing", KABUL, "2020-03-06", killed=16, target="hospital")
        assert verdict(a, event("b", "bombing", None, "2020-03-06", killed="12+", target="a hospital")) == "unsure"
        assert verdict(a, event("b", "bombing", None, "2020-03-06", killed=16, target="a hospital")) == "same"

    def test_an_undated_report_of_a_mosque_in_a_city_joins_none_of_its_mosques(self) -> None:
        a = event("a", "bombing", KABUL, "2020-03-06", killed=9, target="mosque")
        b = event("b", "bombing", KABUL, "2021-07-01", killed=30, target="mosque")
        c = event("c", "bombing", KABUL, None, target="a mosque")
        found = {e.claims: e.unsure_with for e in incidents(a, b, c)}
        assert set(found) == {(a.id,), (b.id,), (c.id,)}
        assert len(found[c.id,]) == 2


class TestWrongDate:
    def test_place_target_and_toll_with_another_date_are_unsure_on_both_sides(self) -> None:
        a = event("a", "armed_assault", QUETTA, "2015-05-13", killed=43, target="bus")
        b = event("b", "armed_assault", QUETTA, "2015-12", killed=43, target="a bus of commuters")
        found = resolve(corpus(a, b))
        first, second = found.events
        assert first.unsure_with == (second.id,)
        assert second.unsure_with == (first.id,)
        assert [c.kind for c in found.contradictions] == ["date"]

    def test_dates_apart_in_one_report_are_two_incidents_without_a_question(self) -> None:
        a = event("a", "armed_assault", QUETTA, "2015-05-13", killed=43, target="bus")
        b = event("a", "armed_assault", QUETTA, "2015-12-13", killed=43, target="bus")
        assert verdict(a, b) == "different"

    def test_other_toll_and_other_date_is_no_question(self) -> None:
        a = event("a", "armed_assault", QUETTA, "2015-05-13", killed=43, target="bus")
        b = event("b", "armed_assault", QUETTA, "2015-12-13", killed=4, target="bus")
        assert verdict(a, b) == "different"


class TestWithinAReport:
    def test_a_later_mention_with_less_detail_is_the_same_incident(self) -> None:
        a = event("a", "suicide_bombing", KABUL, "2020-05-12", killed=32, target="funeral", start=0)
        b = event("a", "bombing", KABUL, None, who=by("ISIL", "claimed", "is"), start=300)
        assert len(incidents(a, b)) == 1

    def test_a_mention_without_place_and_date_belongs_to_the_nearest_incident(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", target="market", start=0)
        b = event("a", "bombing", HERAT, "2020-05-13", target="bus", start=200)
        c = event("a", "armed_assault", None, None, killed=7, start=400)
        groups = {frozenset(e.claims) for e in incidents(a, b, c)}
        assert groups == {frozenset({a.id}), frozenset({b.id, c.id})}

    def test_a_mention_with_a_detail_that_does_not_fit_stays_apart(self) -> None:
        a = event("a", "armed_assault", KABUL, "2020-05-12", killed=43, target=("a bus", "transport"), start=0)
        b = event("a", "assassination", None, None, killed=1, target=("a lawyer", "civilians"), start=200)
        assert len(incidents(a, b)) == 2

    def test_two_places_in_one_sentence_are_two_incidents(self) -> None:
        text = "Bombs killed ten in Kabul and ten in Herat"
        a = event("a", "bombing", KABUL, "2020-05-12", killed=10, start=0, text=text)
        b = event("a", "bombing", HERAT, "2020-05-12", killed=10, start=0, text=text)
        assert verdict(a, b) == "different"

    def test_two_tolls_in_one_sentence_are_two_incidents(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=10, start=0, text="A bomb in Kabul killed 10")
        b = event("a", "bombing", KABUL, "2020-05-12", killed=11, start=26, text="and another killed 11.")
        assert verdict(a, b) == "different"

    def test_two_tolls_of_two_speakers_in_one_sentence_are_one_incident(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=95, start=0, speaker="the ministry")
        b = event("a", "bombing", KABUL, "2020-05-12", killed=128, start=0, speaker="the opposition")
        assert len(incidents(a, b)) == 1

    def test_another_toll_of_another_target_in_one_report_is_another_incident(self) -> None:
        a = event("a", "armed_assault", KABUL, "2020-05-12", killed=32, target="ceremony", start=0)
        b = event("a", "armed_assault", KABUL, "2020-05-12", killed=25, target="gurdwara", start=500)
        assert verdict(a, b) == "different"

    def test_one_sentence_told_twice_is_one_incident(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=10, start=0)
        b = event("a", "suicide_bombing", KABUL, "2020-05-12", killed=10, start=0)
        assert len(incidents(a, b)) == 1


class TestWhatIsNoIncident:
    @pytest.mark.parametrize("modality", ["planned", "predicted", "hypothetical", "negated"])
    def test_what_did_not_happen_stays_a_claim(self, modality: str) -> None:
        assert not incidents(event("a", "bombing", KABUL, "2020-05-12", modality=modality))

    def test_totals_are_no_incidents_and_join_none(self) -> None:
        total = event("a", "bombing", KABUL, "2020-05-12", killed=10, aggregate=9)
        one = event("b", "bombing", KABUL, "2020-05-12", killed=10)
        (found,) = incidents(total, one)
        assert found.claims == (one.id,)

    @pytest.mark.parametrize("modality", ["foiled", "attempted"])
    def test_foiled_and_attempted_acts_are_incidents_of_their_own(self, modality: str) -> None:
        tried = event("a", "bombing", KABUL, "2020-05-12", modality=modality)
        done = event("b", "bombing", KABUL, "2020-05-12")
        found = incidents(tried, done)
        assert sorted(e.derived["modality"].value for e in found) == sorted(["actual", modality])
        assert not any(e.unsure_with for e in found)

    def test_a_denied_incident_is_none_but_a_denied_part_in_one_is(self) -> None:
        assert not makes_incident(event("a", "bombing", KABUL, stance="denied"))
        assert makes_incident(event("a", "bombing", KABUL, stance="denied", who=by("Taliban", "denied")))

    def test_arrests_are_incidents(self) -> None:
        (found,) = incidents(event("a", "arrest", QUETTA, "2016-08", arrested=6))
        assert found.derived["arrested"].value["best"] == 6


def test_an_arrest_after_an_attack_is_another_incident() -> None:
    a = event("a", "bombing", QUETTA, "2016-08-08", killed=70, target="hospital")
    b = event("b", "arrest", QUETTA, "2016-08-08", arrested=6)
    assert len(incidents(a, b)) == 2


def test_every_judgement_says_why_in_distinct_words() -> None:
    a = event("a", "bombing", KABUL, "2020-05-12", killed=10)
    b = event("b", "bombing", KABUL, "2020-05-12", killed=10)
    (j,) = resolve(corpus(a, b)).judgements
    assert {r.feature for r in j.reasons} == {"base", "dates", "places", "types", "killed"}
    assert "Dates: the same day (2020-05-12 and 2020-05-12)." in {r.words for r in j.reasons}
    assert "Number killed: equal, five to nineteen (10)." in {r.words for r in j.reasons}
    assert len({f.title for f in FEATURES}) == len({f.name for f in FEATURES}) == len(FEATURES)


def adds_up(judgement: Judgement) -> bool:
    """Whether the scores shown add up to the score shown, to the last digit."""
    return round(sum(r.score for r in judgement.reasons), 3) == judgement.score


_DATES = st.sampled_from([None, "2020-05-12", "2020-05-13", "2020-05-20", "2020-05", "2020"])
_TOLD = st.builds(
    event,
    st.sampled_from("abc"),
    st.sampled_from(sorted(TYPES.parents)),
    st.sampled_from([None, KABUL, QUETTA, BALOCHISTAN, PAKISTAN]),
    _DATES,
    killed=st.sampled_from([None, 1, 10, 12, 60, "dozens", "29+"]),
    injured=st.sampled_from([None, 3, 40]),
    target=st.sampled_from([None, "market", ("cadets", "police"), ("a mosque", "religious")]),
    modality=st.sampled_from(["actual", "foiled"]),
    who=st.sampled_from([(), (by("Taliban", id_="taliban"),)]),
    start=st.sampled_from([0, 10, 900]),
)


@settings(deadline=None)  # the first one reads the files of weights and words
@given(_TOLD, _TOLD)
def test_the_reasons_of_any_two_claims_add_up_to_the_score(left: Claim, right: Claim) -> None:
    assume(left.id != right.id)
    judgement = explain(mention(left, TYPES, {}), mention(right, TYPES, {}))
    assert adds_up(judgement)
    assert judgement.reasons[0] == Reason("base", load_weights().base, judgement.reasons[0].words)


@settings(deadline=None)
@given(st.lists(_TOLD, max_size=8))
def test_the_reasons_of_every_judgement_add_up_to_its_score(claims: list[Claim]) -> None:
    assert all(adds_up(j) for j in resolve(corpus(*claims)).judgements)


def test_a_pair_of_which_little_is_known_is_unsure_when_it_is_asked_about() -> None:
    a, b = event("a", "other"), event("b", "other")
    assert not resolve(corpus(a, b)).judgements
    assert verdict(a, b) == "unsure"


def test_a_rule_that_decides_is_named() -> None:
    a = event("a", "bombing", KABUL, "2020-05-12", killed=10)
    b = event("b", "bombing", KABUL, "2020-05-12", killed=10, modality="foiled")
    judgement = explain(mention(a, TYPES, {}), mention(b, TYPES, {}))
    assert judgement.verdict == "different"
    assert judgement.reasons[-1].feature == "rule"
    assert "foiled" in judgement.reasons[-1].words
