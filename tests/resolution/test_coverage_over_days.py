"""How reports of one incident differ in the days after it: dates left out, tolls that grow, second mentions."""

from __future__ import annotations

import pytest

from khabar.records import Claim, Place
from khabar.resolution.events import explain
from khabar.resolution.mentions import day, mention
from khabar.resolution.resolve import resolve
from resolution.make import (
    KABUL,
    PAKISTAN,
    QUETTA,
    TYPES,
    corpus,
    document,
    event,
    level,
    meetings,
    person,
    relation,
    weight,
)

ISLAND = Place("the island", "Ceylon", 1227603, "country", "LK", precision="country")
ORAKZAI = Place("Orakzai", "Orakzai", 7, "district", "PK", "Khyber Pakhtunkhwa", "Orakzai", precision="adm2")
ACHIN = Place("Achin", "Achin", 8, "district", "AF", "Nangarhar", "Achin", precision="adm2")


def verdict(left: Claim, right: Claim, told: tuple[str, str]) -> str:
    """The verdict on claims of two reports published on the days `told`."""
    a, b = (mention(c, TYPES, {}, told=day(t)) for c, t in zip((left, right), told, strict=True))
    return explain(a, b).verdict


class TestNewsWithoutADate:
    def test_is_of_the_days_before_its_report(self) -> None:
        dated = event("a", "bombing", KABUL, "2020-03-06", killed=7)
        news = event("b", "bombing", KABUL, "/2020-03-09", killed=8)
        assert verdict(dated, news, ("2020-03-07", "2020-03-09")) == "same"

    def test_is_not_taken_for_what_was_long_before(self) -> None:
        dated = event("a", "bombing", KABUL, "2020-01-06", killed=7)
        news = event("b", "bombing", KABUL, "/2020-03-09", killed=8)
        assert verdict(dated, news, ("2020-01-07", "2020-03-09")) == "unsure"

    def test_is_not_of_what_came_after_its_report(self) -> None:
        dated = event("a", "bombing", KABUL, "2020-03-16", killed=7)
        news = event("b", "bombing", KABUL, None, killed=7)
        assert verdict(dated, news, ("2020-03-17", "2020-03-09")) == "different"

    def test_place_and_kind_alone_are_the_same_on_the_day_and_a_question_some_days_later(self) -> None:
        dated = event("a", "bombing", KABUL, "2020-03-06")
        news = event("b", "bombing", KABUL, None)
        assert verdict(dated, news, ("2020-03-07", "2020-03-07")) == "same"
        assert verdict(dated, news, ("2020-03-07", "2020-03-10")) == "unsure"

    def test_within_one_report_the_day_of_the_report_says_nothing(self) -> None:
        a, b = event("a", "bombing", KABUL, "2020-03-06"), event("a", "bombing", KABUL, "/2020-03-07")
        left, right = (mention(c, TYPES, {}, told=day("2020-03-07")) for c in (a, b))
        assert level("dates", left, right) is None

    def test_meets_dated_claims_of_its_country(self) -> None:
        dated = mention(event("a", "bombing", KABUL, "2020-03-06"), TYPES, {}, told=day("2020-03-07"))
        news = mention(event("b", "raid", PAKISTAN, None), TYPES, {}, told=day("2020-03-08"))
        other = mention(event("c", "raid", QUETTA, "2020-03-06"), TYPES, {}, told=day("2020-03-07"))
        assert meetings(news, other) == [tuple(sorted((news.claim, other.claim)))]
        assert not meetings(dated, news)

    def test_only_a_publication_known_to_the_day_counts(self) -> None:
        dated, news = event("a", "bombing", KABUL, "2020-03-30", killed=7), event("b", "bombing", KABUL, killed=8)
        facts = [document("a", published="2020-03-31"), document("b", published="2020-03-31")]
        assert len(resolve(corpus(dated, news, documents=facts)).events) == 1
        facts = [document("a", published="2020-03-31"), document("b", published="2020-03")]
        assert len(resolve(corpus(dated, news, documents=facts)).events) == 2


class TestTolls:
    def test_a_mass_killing_is_known_by_its_scale(self) -> None:
        first = event("a", "bombing", ISLAND, "2019-04-21", killed="207+")
        second = event("b", "bombing", ISLAND, "2019-04-21", killed=359)
        third = event("c", "bombing", None, "2019-04-21", killed=253)
        assert verdict(first, second, ("2019-04-21", "2019-04-24")) == "same"
        assert len(resolve(corpus(first, second, third)).events) == 1

    def test_scale_says_nothing_of_small_tolls_other_days_or_places_apart(self) -> None:
        def scale(left: Claim, right: Claim) -> str | None:
            return level("scale", mention(left, TYPES, {}), mention(right, TYPES, {}))

        one = event("a", "bombing", KABUL, "2020-05-12", killed=60)
        assert scale(one, event("b", "bombing", KABUL, "2020-05-12", killed=80))
        assert scale(one, event("b", "bombing", KABUL, "2020-05-12", killed=5)) is None
        assert scale(one, event("b", "bombing", KABUL, "2020-05-19", killed=80)) is None
        assert scale(one, event("b", "bombing", QUETTA, "2020-05-12", killed=80)) is None
        assert scale(one, event("b", "bombing", KABUL, "2020", killed=80)) is None

    @pytest.mark.parametrize(("early", "late", "lighter"), [(24, 68, True), (68, 24, False)])
    def test_a_toll_that_rose_costs_less_than_one_that_fell(self, early: int, late: int, lighter: bool) -> None:
        a, b = (event(d, "bombing", KABUL, "2020-05-12", killed=n) for d, n in (("a", early), ("b", late)))
        left, right = mention(a, TYPES, {}, told=day("2020-05-12")), mention(b, TYPES, {}, told=day("2020-05-13"))
        bare = weight("killed", level("killed", mention(a, TYPES, {}), mention(b, TYPES, {})))
        known = level("killed", left, right)
        assert (weight("killed", known) > bare) is lighter
        assert level("killed", right, left) == known


class TestSecondMentions:
    def test_a_headline_belongs_to_the_report_it_stands_over(self) -> None:
        headline = event("a", "bombing", None, None, killed=22, start=0)
        body = event("a", "suicide_bombing", KABUL, "2020-05-12", killed=22, start=150)
        assert len(resolve(corpus(headline, body)).events) == 1

    def test_a_headline_belongs_to_one_of_two_incidents(self) -> None:
        headline = event("a", "bombing", None, None, start=0)
        first = event("a", "bombing", KABUL, "2020-05-12", killed=22, start=150)
        second = event("a", "bombing", QUETTA, "2020-05-12", killed=5, start=900)
        assert len(resolve(corpus(headline, first, second)).events) == 2

    def test_a_place_taken_over_from_before_is_no_detail_of_its_own(self) -> None:
        first = event("a", "armed_assault", KABUL, "2020-05-12", killed=22, start=0, text="It happened in Kabul.")
        later = event("a", "armed_assault", KABUL, "2020-05-12", start=500, text="The siege ended at night.")
        left, right = mention(first, TYPES, {}), mention(later, TYPES, {})
        assert left.own_place
        assert not right.own_place
        assert level("second_mention", left, right)

    def test_how_an_attack_was_made_is_told_later(self) -> None:
        attack = event("a", "armed_assault", KABUL, "2020-05-12", killed=22, start=0)
        vest = event("a", "suicide_bombing", None, None, start=400)
        assert len(resolve(corpus(attack, vest)).events) == 1

    def test_two_counts_of_one_toll_are_one_incident_and_small_parts_are_not(self) -> None:
        final, first, part = (event("a", "armed_assault", killed=n, start=i * 300) for i, n in enumerate((86, 84, 2)))
        assert sorted(len(e.claims) for e in resolve(corpus(final, first, part)).events) == [1, 2]


def test_a_person_said_to_have_died_in_two_places_is_a_question() -> None:
    claims = []
    for id_, place, date in (("a", ORAKZAI, "2016"), ("b", ACHIN, "2016-07-26")):
        claims.append(event(id_, "drone_strike", place, date, killed=1, start=0))
        claims.append(relation(id_, "killed", person("Adam Weber"), person("Salim Rashid"), date, start=0))
    found = resolve(corpus(*claims))
    (question,) = [j for j in found.judgements if j.verdict == "unsure"]
    assert {"victims", "places"} <= {r.feature for r in question.reasons}
    assert [len(e.unsure_with) for e in found.events] == [1, 1]


def test_parts_of_a_country_are_not_its_centre() -> None:
    north = Place("the north of Mali", "Mali", 2453866, "country", "ML", None, None, 17.0, -4.0, "region")
    centre = Place("central Mali", "Mali", 2453866, "country", "ML", None, None, 17.0, -4.0, "region")
    town = Place("Bamako", "Bamako", 2460596, "city", "ML", "Bamako", None, 12.61, -7.98)

    def places(x: Place, y: Place) -> str | None:
        a, b = (mention(event(d, "bombing", p), TYPES, {}) for d, p in (("a", x), ("b", y)))
        return level("places", a, b)

    assert places(north, north) == "the same province"
    assert places(north, centre) == "perhaps one in the other"
    assert places(centre, town) == "perhaps one in the other"


class TestPlacesTakenOver:
    """Readers fill in a place from what stands before or after; it is often that of another sentence."""

    named = event("a", "bombing", KABUL, None, killed=21, start=0)
    filled = event("a", "bombing", QUETTA, "2020-05-12", killed=21, start=150, text="The blast killed 21 people.")

    def test_they_weigh_less_against_a_place_that_is_named(self) -> None:
        far = level("places", mention(self.named, TYPES, {}), mention(self.filled, TYPES, {}))
        both = level("places", mention(self.named, TYPES, {}), mention(event("a", "bombing", QUETTA), TYPES, {}))
        assert weight("places", both) < weight("places", far) < 0

    def test_in_one_report_the_toll_outweighs_them(self) -> None:
        assert len(resolve(corpus(self.named, self.filled)).events) == 1

    def test_without_a_toll_they_keep_apart(self) -> None:
        untold = event("a", "bombing", QUETTA, "2020-05-12", start=150, text="The blast was heard far away.")
        assert len(resolve(corpus(self.named, untold)).events) == 2
