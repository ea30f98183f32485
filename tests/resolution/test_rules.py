"""The rules above the sum: the first that applies decides, is named, and none of them joins."""

from __future__ import annotations

import pytest

from khabar.records import Claim, Judgement, Place
from khabar.resolution.events import explain
from khabar.resolution.mentions import day, mention
from khabar.resolution.rules import RULES
from khabar.resolution.verdicts import SAME
from resolution.make import HERAT, KABUL, TYPES, event


def judged(left: Claim, right: Claim, told: tuple[str | None, str | None] = (None, None)) -> Judgement:
    a, b = (mention(claim, TYPES, {}, None, day(report)) for claim, report in zip((left, right), told, strict=True))
    return explain(a, b)


def rule(judgement: Judgement) -> str:
    return next((r.words for r in judgement.reasons if r.feature == "rule"), "")


def test_no_rule_says_that_two_claims_are_one() -> None:
    assert all(each.verdict != SAME for each in RULES)
    assert len({each.words for each in RULES}) == len(RULES)


@pytest.mark.parametrize("modality", ["foiled", "attempted"])
def test_what_was_done_and_what_was_not_are_two(modality: str) -> None:
    done = event("a", "bombing", KABUL, "2020-05-12", killed=30)
    found = judged(done, event("b", "bombing", KABUL, "2020-05-12", killed=30, modality=modality))
    assert found.verdict == "different"
    assert "foiled or failed" in rule(found)


class TestDates:
    def test_a_wrong_date_alone_asks(self) -> None:
        a = event("a", "bombing", KABUL, "2015-05-13", killed=46)
        b = event("b", "bombing", KABUL, "2015-12-13", killed=46)
        found = judged(a, b)
        assert found.verdict == "unsure"
        assert "a date may be wrong" in rule(found)

    def test_a_wrong_date_asks_of_a_high_toll_where_the_place_is_wider(self) -> None:
        province = Place("Kabul Province", "Kabul Province", 1138957, "adm1", "AF", "Kabul", precision="adm1")
        a = event("a", "bombing", KABUL, "2015-05-13", killed=46)
        b = event("b", "bombing", province, "2015-12-13", killed=46)
        assert judged(a, b).verdict == "unsure"

    def test_of_small_tolls_dates_apart_are_two_incidents(self) -> None:
        a = event("a", "bombing", KABUL, "2015-05-13", killed=2)
        b = event("b", "bombing", KABUL, "2015-12-13", killed=2)
        found = judged(a, b)
        assert found.verdict == "different"
        assert "the dates lie apart" in rule(found)

    def test_two_attacks_of_one_week_in_one_city_do_not_join(self) -> None:
        a = event("a", "bombing", KABUL, "2015-05-13", killed=14)
        b = event("b", "bombing", KABUL, "2015-05-17", killed=5)
        assert judged(a, b).verdict == "different"

    def test_a_date_after_the_report_is_misread(self) -> None:
        a = event("a", "bombing", KABUL, "2015-05-13", killed=14)
        b = event("b", "bombing", KABUL, "2015-05-20", killed=14)
        assert judged(a, b, ("2015-05-13", "2015-05-14")).verdict == "same"


class TestPlaces:
    def test_places_apart_are_two_incidents(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=9)
        b = event("b", "bombing", HERAT, "2020-05-12", killed=4)
        found = judged(a, b)
        assert found.verdict == "different"
        assert "the places lie apart" in rule(found)

    def test_a_mass_killing_told_of_another_town_asks(self) -> None:
        told = {"killed": 61, "injured": 120, "target": ("a college", "education")}
        a = event("a", "bombing", KABUL, "2020-05-12", **told)
        b = event("b", "bombing", HERAT, "2020-05-12", **told)
        found = judged(a, b)
        assert found.verdict == "unsure"
        assert "nearly all else agrees" in rule(found)


class TestTooLittle:
    def test_place_kind_and_month_alone_ask(self) -> None:
        found = judged(event("a", "bombing", KABUL, "2020-05"), event("b", "bombing", KABUL, "2020-05-12"))
        assert found.verdict == "unsure"

    def test_a_toll_in_the_month_is_enough(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05", killed=24)
        b = event("b", "bombing", KABUL, "2020-05-12", killed=24)
        assert judged(a, b).verdict == "same"

    def test_a_named_site_in_the_month_is_enough(self) -> None:
        site = Place("Gul Baba shrine", "Gul Baba shrine", None, "facility", "AF", "Kabul", None, 34.53, 69.17, "near")
        a, b = event("a", "bombing", site, "2020-05"), event("b", "bombing", site, "2020-05-12")
        found = judged(a, b)
        assert found.verdict == "same"
        assert any("by its name" in r.words for r in found.reasons)
