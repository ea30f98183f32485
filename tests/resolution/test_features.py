"""The comparisons: symmetric, silent where nothing can be compared, and each level worth what its name promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Place
from khabar.resolution.counts import bounds
from khabar.resolution.events import explain
from khabar.resolution.features import FEATURES
from khabar.resolution.mentions import Mention, mention, spot
from khabar.resolution.nearness import elsewhere, kilometres, spots
from khabar.resolution.weights import UNSAID, load_weights
from resolution.make import AFGHANISTAN, BALOCHISTAN, HERAT, KABUL, PAKISTAN, QUETTA, TYPES, event, level, toll, weight


def seen(*args: object, **more: object) -> Mention:
    return mention(event(*args, **more), TYPES, {})  # type: ignore[arg-type]


def dated(a: str | None, b: str | None) -> str | None:
    return level("dates", seen("a", "bombing", None, a), seen("b", "bombing", None, b))


class TestDates:
    def test_the_narrower_the_overlap_the_more_it_says(self) -> None:
        found = [dated(a, "2020-03-06") for a in ("2020-03-06", "2020-03", "2020")]
        assert found == ["the same day", "the same month", "the same year"]
        worth = [weight("dates", level) for level in found]
        assert worth == sorted(worth, reverse=True)

    def test_open_dates_say_nothing_unless_they_exclude(self) -> None:
        assert dated(None, "2020-03-06") is None
        assert dated("/2020-05-01", "2020-03-06") is None
        assert dated("/2020-01-01", "2020-03-06") == "reported before it happened"

    def test_the_further_apart_the_more_it_says(self) -> None:
        found = [dated("2020-03-06", f"2020-03-{d:02}") for d in (6, 7, 9, 12, 20)]
        worth = [weight("dates", level) for level in found]
        assert worth == sorted(worth, reverse=True)
        assert worth[1] > worth[2]

    def test_a_month_does_not_reach_into_the_next(self) -> None:
        assert dated("2020-03", "2020-04-20") == "dates further apart"


def part(words: str) -> Place:
    """A part of Pakistan as the reader gives it: id, name and middle of the whole, the part in its words."""
    return Place(words, "Pakistan", 1168579, "country", "PK", None, None, 30.0, 70.0, "region")


class TestPartsOfACountry:
    @pytest.mark.parametrize(
        ("words", "place", "found"),
        [
            ("southwest Pakistan", QUETTA, "one in the part of the country that the other names"),
            ("SW Pakistan", QUETTA, "one in the part of the country that the other names"),
            ("western Pakistan", QUETTA, "one in the part of the country that the other names"),
            ("north-eastern Pakistan", QUETTA, "outside the part of the country that the other names"),
            ("east Pakistan", QUETTA, "outside the part of the country that the other names"),
            ("southwest Pakistan", PAKISTAN, "one in the country that the other names"),
            ("southwest Pakistan", KABUL, "in other countries"),
            (
                "southwest Pakistan",
                part("southwestern Pakistan"),
                "one in the part of the country that the other names",
            ),
            ("southwest Pakistan", part("northern Pakistan"), "outside the part of the country that the other names"),
            ("rural Pakistan", QUETTA, "perhaps one in the other"),
        ],
    )
    def test_it_is_told_by_the_bearing_from_the_middle(self, words: str, place: Place, found: str) -> None:
        assert spots(spot(part(words)), spot(place)) == found
        assert spots(spot(place), spot(part(words))) == found

    def test_the_very_middle_of_a_country_stands_for_the_whole(self) -> None:
        middle = Place("Pakistan", "Pakistan", None, "city", "PK", None, None, 30.0, 70.0)
        assert spots(spot(part("northern Pakistan")), spot(middle)) == "one in the country that the other names"

    def test_the_midst_of_a_country_lies_in_no_part_of_it(self) -> None:
        midst = Place("Midtown", "Midtown", 5, "city", "PK", "Punjab", None, 30.1, 70.2)
        assert spots(spot(part("northern Pakistan")), spot(midst)) == "perhaps one in the other"


class TestKinds:
    @pytest.mark.parametrize(
        ("one", "other", "found"),
        [
            ("clash", "bombing", "fighting of two sides, and what one of them did"),
            ("clash", "drone_strike", "fighting of two sides, and what one of them did"),
            ("clash", "arrest", "an attack and something else"),
            ("raid", "arrest", "two kinds of state action"),
            ("clash", "clash", "the same kind"),
            ("bombing", "bombing", "the same kind of attack"),
            ("suicide_bombing", "suicide_bombing", "the same special kind of attack"),
            ("bombing", "suicide_bombing", "one a kind of the other"),
        ],
    )
    def test_a_fight_may_be_told_of_either_side(self, one: str, other: str, found: str) -> None:
        assert level("types", seen("a", one), seen("b", other)) == found


class TestMeans:
    @pytest.mark.parametrize(
        ("one", "other", "found"),
        [
            ("explosive", "suicide bomb", "one a kind of the other"),
            ("mine", "suicide bomb", "other means"),
            ("blade", "explosive", "other means"),
            ("mine", "mine", "the same means"),
        ],
    )
    def test_a_suicide_bomb_is_an_explosive(self, one: str, other: str, found: str) -> None:
        left, right = (seen(d, "bombing", weapon=("it", kind)) for d, kind in (("a", one), ("b", other)))
        assert level("weapons", left, right) == found
        assert level("weapons", right, left) == found


def test_a_report_of_a_fight_may_name_the_dead_of_either_side() -> None:
    left, right = (
        seen(d, "clash", target=t) for d, t in (("a", ("rangers", "military")), ("b", ("rebels", "militants")))
    )
    assert level("targets", left, right) == "the two sides of a fight"
    pupils = seen("c", "clash", target=("pupils", "education"))
    assert level("targets", left, pupils) == "of other classes"


class TestPlaces:
    @pytest.mark.parametrize(
        ("left", "right", "found"),
        [
            (KABUL, KABUL, "the same town or site"),
            (KABUL, HERAT, "towns further apart"),
            (KABUL, QUETTA, "in other countries"),
            (QUETTA, BALOCHISTAN, "one in the province that the other names"),
            (QUETTA, PAKISTAN, "one in the country that the other names"),
            (AFGHANISTAN, AFGHANISTAN, "the same country"),
            (HERAT, BALOCHISTAN, "in other countries"),
        ],
    )
    def test_pairs(self, left: Place, right: Place, found: str) -> None:
        assert spots(spot(left), spot(right)) == spots(spot(right), spot(left)) == found

    def test_a_building_is_compared_as_the_town_it_lies_in(self) -> None:
        mosque = Place("mosque", "mosque", None, "facility", "AF", "Kabul", "Kabul", 34.53, 69.17, "near")
        other = Place("mosque", "mosque", None, "facility", "AF", "Herat", "Herat", 34.34, 62.2, "near")
        assert spots(spot(mosque), spot(KABUL)) == "less than 5 km apart"
        assert elsewhere(spot(mosque), spot(other))

    def test_a_building_nobody_can_place_says_what_was_hit_but_not_where(self) -> None:
        m = seen("a", "bombing", Place("hospital", "hospital", None, "facility", precision="near"))
        assert not m.spots
        assert m.named_targets == {"hospital"}

    def test_a_town_and_a_province_it_does_not_lie_in_are_both_compared(self) -> None:
        claim = event("a", "bombing", KABUL)
        both = replace(claim, body=replace(claim.body, places=(KABUL, BALOCHISTAN, AFGHANISTAN)))
        assert [s.name for s in mention(both, TYPES, {}).spots] == ["kabul", "balochistan"]

    def test_provinces_that_share_a_word_are_still_two(self) -> None:
        north = Place("North Plain", "North Plain", 1, "adm1", "EG", "North Plain", precision="adm1")
        south = Place("South Plain", "South Plain", 2, "adm1", "EG", "South Plain", precision="adm1")
        region = Place("the Plain", "Plain", 3, "region", "EG", precision="region")
        assert elsewhere(spot(north), spot(south))
        assert spots(spot(north), spot(region)) == "names that share a word"

    def test_distance_in_kilometres(self) -> None:
        between = kilometres(spot(KABUL), spot(HERAT))
        assert between is not None
        assert 600 < between < 680


class TestCounts:
    def found(self, a: int | str | None, b: int | str | None) -> str | None:
        return level("killed", seen("a", "bombing", killed=a), seen("b", "bombing", killed=b))

    def worth(self, a: int | str | None, b: int | str | None) -> float:
        return weight("killed", self.found(a, b))

    def test_large_equal_numbers_say_more_than_small_ones(self) -> None:
        assert self.worth(61, 61) > self.worth(12, 12) > self.worth(3, 3) >= self.worth(1, 1)

    def test_close_tolls_agree_and_others_do_not(self) -> None:
        assert self.worth(72, 88) > 0 > self.worth(5, 61)
        assert self.found(None, 61) is None

    def test_a_bound_allows_what_is_above_it(self) -> None:
        assert self.found("9+", 9) == "the same number, once as a bound, five or more"
        assert self.found("29+", 61) == "far apart, but within each other's bounds"
        assert self.found("29+", 12) == "up to twice as many"

    def test_bounds(self) -> None:
        assert [bounds(c) for c in (toll(61), toll("29+"), toll("dozens")) if c] == [
            (61, 61),
            (29, float("inf")),
            (24, float("inf")),
        ]


class TestTargets:
    def found(self, a: object, b: object) -> str | None:
        return level("targets", seen("a", "bombing", target=a), seen("b", "bombing", target=b))

    def test_named_in_the_same_words(self) -> None:
        assert self.found("the shrine", "a Sufi shrine") == "named in the same word"
        assert self.found("the Old Garden shrine", "a shrine, Old Garden") == "named in two or more of the same words"

    def test_words_for_anybody_do_not_name_a_target(self) -> None:
        assert self.found("police officers", "police") == "in the same words for people"

    def test_other_classes_speak_against(self) -> None:
        found = self.found(("a bus", "transport"), ("a church", "religious"))
        assert found == "of other classes"
        assert weight("targets", found) < 0

    def test_words_of_the_town_do_not_name_the_target(self) -> None:
        a = seen("a", "bombing", KABUL, target="Kabul market")
        b = seen("b", "bombing", KABUL, target="Kabul airport")
        assert level("targets", a, b) == "named in other words"


claims = st.builds(
    event,
    st.sampled_from(["a", "b"]),
    st.sampled_from(["bombing", "suicide_bombing", "armed_assault", "raid", "arrest", "other"]),
    st.sampled_from([KABUL, HERAT, QUETTA, BALOCHISTAN, PAKISTAN, None]),
    st.sampled_from(["2020-03-06", "2020-03-07", "2020-03", "2020", "/2020-03-10", None]),
    killed=st.sampled_from([None, 1, 12, "10+", "dozens"]),
    injured=st.sampled_from([None, 30]),
    target=st.sampled_from([None, "shrine", ("police", "police"), ("a bus", "transport")]),
    modality=st.sampled_from(["actual", "foiled"]),
)


@settings(max_examples=150, deadline=None)
@given(claims, claims)
def test_comparisons_are_symmetric(left: Claim, right: Claim) -> None:
    if left.id == right.id:
        return
    a, b = mention(left, TYPES, {}), mention(right, TYPES, {})
    assert explain(a, b) == explain(b, a)
    for feature in FEATURES:
        assert level(feature.name, a, b) == level(feature.name, b, a)


def test_every_level_has_a_name_of_its_own_and_a_weight() -> None:
    weights = load_weights().levels
    assert list(weights) == [f.name for f in FEATURES]
    for feature in FEATURES:
        assert len(set(feature.levels)) == len(feature.levels)
        assert set(weights[feature.name]) - {UNSAID} == set(feature.levels)


def test_no_level_is_worth_the_opposite_of_what_its_name_says() -> None:
    weights = load_weights().levels
    for feature in FEATURES:
        assert weights[feature.name][feature.supports[0]] > 0, feature.name
        assert all(weights[feature.name][level] <= 0 for level in feature.opposes), feature.name
