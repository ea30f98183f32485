"""The comparisons: symmetric, within -1 and 1, silent where nothing can be compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Place
from khabar.resolution import features
from khabar.resolution.events import MODEL, compare
from khabar.resolution.features import bounds, kilometres
from khabar.resolution.mentions import Mention, mention, spot
from resolution.make import AFGHANISTAN, BALOCHISTAN, HERAT, KABUL, PAKISTAN, QUETTA, TYPES, event, toll


def seen(*args: object, **more: object) -> Mention:
    return mention(event(*args, **more), TYPES, {})  # type: ignore[arg-type]


def dated(a: str | None, b: str | None) -> float | None:
    return features.dates(seen("a", "bombing", None, a), seen("b", "bombing", None, b))


class TestDates:
    def test_the_narrower_the_overlap_the_more_it_says(self) -> None:
        same_day, month, year = (
            dated("2020-03-06", "2020-03-06"),
            dated("2020-03", "2020-03-06"),
            dated("2020", "2020-03-06"),
        )
        assert same_day is not None
        assert month is not None
        assert year is not None
        assert 1 == same_day > month > year > 0

    def test_open_dates_say_nothing_unless_they_exclude(self) -> None:
        assert dated(None, "2020-03-06") is None
        assert dated("/2020-05-01", "2020-03-06") is None
        assert dated("/2020-01-01", "2020-03-06") == -1

    def test_the_further_apart_the_more_it_says(self) -> None:
        steps = [dated("2020-03-06", f"2020-03-{d:02}") for d in (6, 7, 9, 12, 20)]
        assert steps == sorted(steps, reverse=True)  # type: ignore[type-var]
        assert steps[1] > 0 > steps[2]  # type: ignore[operator]


class TestPlaces:
    @pytest.mark.parametrize(
        ("left", "right", "low", "high"),
        [
            (KABUL, KABUL, 1, 1),
            (KABUL, HERAT, -1, -1),
            (KABUL, QUETTA, -1, -1),
            (QUETTA, BALOCHISTAN, 0.3, 0.5),
            (QUETTA, PAKISTAN, 0.1, 0.2),
            (KABUL, AFGHANISTAN, 0.1, 0.2),
            (AFGHANISTAN, AFGHANISTAN, 0.1, 0.2),
            (HERAT, BALOCHISTAN, -1, -1),
        ],
    )
    def test_pairs(self, left: Place, right: Place, low: float, high: float) -> None:
        assert low <= features.spots(spot(left), spot(right)) <= high

    def test_a_building_is_compared_as_the_town_it_lies_in(self) -> None:
        mosque = Place("mosque", "mosque", None, "facility", "AF", "Kabul", "Kabul", 34.53, 69.17, "near")
        other = Place("mosque", "mosque", None, "facility", "AF", "Herat", "Herat", 34.34, 62.2, "near")
        assert features.spots(spot(mosque), spot(KABUL)) > 0.8
        assert features.spots(spot(mosque), spot(other)) < 0

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
        assert features.spots(spot(north), spot(south)) < -0.5
        assert features.spots(spot(north), spot(region)) > 0

    def test_distance_in_kilometres(self) -> None:
        between = kilometres(spot(KABUL), spot(HERAT))
        assert between is not None
        assert 600 < between < 680


class TestCounts:
    def score(self, a: int | str | None, b: int | str | None) -> float | None:
        return features.killed(seen("a", "bombing", killed=a), seen("b", "bombing", killed=b))

    def test_large_equal_numbers_say_more_than_small_ones(self) -> None:
        assert self.score(61, 61) == 1.0
        assert (self.score(1, 1) or 0) < 0.5

    def test_growing_tolls_still_agree_and_others_do_not(self) -> None:
        assert (self.score(72, 88) or 0) > 0
        assert (self.score(5, 61) or 0) == -1
        assert self.score(None, 61) is None

    def test_bounds(self) -> None:
        assert [bounds(c) for c in (toll(61), toll("29+"), toll("dozens")) if c] == [
            (61, 61),
            (29, float("inf")),
            (24, float("inf")),
        ]


class TestTargets:
    def score(self, a: object, b: object) -> float | None:
        return features.targets(seen("a", "bombing", target=a), seen("b", "bombing", target=b))

    def test_named_in_the_same_words(self) -> None:
        assert self.score("the shrine", "a Sufi shrine") == 1

    def test_words_for_anybody_do_not_name_a_target(self) -> None:
        assert 0 < (self.score("police officers", "police") or 0) < 1

    def test_other_classes_speak_against(self) -> None:
        assert (self.score(("a bus", "transport"), ("a church", "religious")) or 0) < -0.5

    def test_words_of_the_town_do_not_name_the_target(self) -> None:
        a = seen("a", "bombing", KABUL, target="Kabul market")
        b = seen("b", "bombing", KABUL, target="Kabul airport")
        assert (features.targets(a, b) or 0) < 0


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


@settings(max_examples=300, deadline=None)
@given(claims, claims)
def test_comparisons_are_symmetric_and_bounded(left: Claim, right: Claim) -> None:
    a, b = mention(left, TYPES, {}), mention(right, TYPES, {})
    for feature in MODEL:
        forth, back = feature.compare(a, b), feature.compare(b, a)
        assert forth == back
        assert forth is None or -1 <= forth <= 1
    if left.id != right.id:
        assert compare(a, b) == compare(b, a)
