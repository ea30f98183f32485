"""Every stated value is kept, and the shown one is chosen by the rule that it names."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Count, Derived, Event, Judgement, Place
from khabar.resolution.resolve import resolve
from resolution.make import AFGHANISTAN, KABUL, QUETTA, TYPES, by, corpus, document, event, toll


def one(*claims: Claim, **more: Any) -> Event:
    """All claims as one incident, whatever the rules think: a person joined them."""
    people = [Judgement(claims[0].id, c.id, "same", "amira", "2026-01-01") for c in claims[1:]]
    (found,) = resolve(corpus(*claims, **more), people).events
    return found


def killed(*numbers: int | str, published: tuple[str | None, ...] = (), publishers: tuple[str, ...] = ()) -> Derived:
    claims = [event(f"d{i}", "bombing", QUETTA, "2016-10-24", killed=n) for i, n in enumerate(numbers)]
    documents = [
        document(
            f"d{i}",
            publishers[i] if publishers else None,
            published[i] if published else None,
        )
        for i in range(len(numbers))
    ]
    return one(*claims, documents=documents).derived["killed"]


class TestCounts:
    def test_the_only_value(self) -> None:
        shown = killed(61)
        assert (shown.value["best"], shown.rule) == (61, "only value")

    def test_the_majority_of_independent_origins(self) -> None:
        shown = killed(61, 59, 61)
        assert (shown.value["best"], shown.rule) == (61, "majority of independent origins")

    def test_one_publisher_counts_once(self) -> None:
        shown = killed(61, 61, 59, 59, publishers=("Daily", "Daily", "Wire", "Herald"))
        assert shown.value["best"] == 59

    def test_else_the_most_recent_report(self) -> None:
        shown = killed(72, 88, published=("2017-02-16", "2017-02-18"))
        assert (shown.value["best"], shown.rule) == (88, "most recent report")

    def test_else_the_lowest(self) -> None:
        shown = killed(61, 59)
        assert (shown.value["best"], shown.rule) == (59, "lowest")

    def test_a_figure_that_a_report_gives_first_goes_before_the_one_it_corrects(self) -> None:
        a = event("a", "bombing", QUETTA, "2016-10-24", killed=84, start=0)
        b = event("a", "bombing", QUETTA, "2016-10-24", killed=59, start=500)
        shown = one(a, b).derived["killed"]
        assert (shown.value["best"], shown.rule) == (84, "first stated")

    def test_the_latest_report_of_a_publisher_speaks_for_it(self) -> None:
        days = ("2017-02-16", "2017-02-18", "2017-02-17")
        shown = killed(72, 88, 75, published=days, publishers=("Daily", "Daily", "Wire"))
        assert (shown.value["best"], shown.rule) == (88, "most recent report")

    def test_a_number_goes_before_a_word(self) -> None:
        shown = killed("dozens", 30, published=("2017-02-18", "2017-02-16"))
        assert shown.value["best"] == 30

    def test_the_words_do_not_make_another_value(self) -> None:
        a = event("a", "bombing", QUETTA, "2016-10-24", killed=Count(61, 61, 61, "61 cadets"))
        b = event("b", "bombing", QUETTA, "2016-10-24", killed=Count(61, 61, 61, "sixty-one"))
        (value,) = one(a, b).values["killed"]
        assert set(value.claims) == {a.id, b.id}


class TestOtherFields:
    def test_the_more_specific_type_of_one_family(self) -> None:
        shown = one(event("a", "bombing", QUETTA), event("b", "suicide_bombing", QUETTA)).derived["type"]
        assert (shown.value, shown.rule) == ("suicide_bombing", "most specific")

    def test_a_general_type_only_where_there_is_no_other(self) -> None:
        assert one(event("a", "other", QUETTA), event("b", "raid", QUETTA)).derived["type"].value == "raid"
        assert one(event("a", "other", QUETTA)).derived["type"].value == "other"

    def test_the_family_most_origins_name(self) -> None:
        claims = [event("a", "suicide_bombing", QUETTA), event("b", "raid", QUETTA), event("c", "bombing", QUETTA)]
        assert one(*claims).derived["type"].value == "suicide_bombing"

    def test_the_days_all_dates_allow(self) -> None:
        month_and_day = one(event("a", "bombing", QUETTA, "2016-10"), event("b", "bombing", QUETTA, "2016-10-24"))
        assert month_and_day.derived["when"].value["earliest"] == "2016-10-24"
        crossing = one(
            event("a", "bombing", QUETTA, "2016-10-01/2016-10-20"),
            event("b", "bombing", QUETTA, "2016-10-15/2016-10-30"),
        )
        shown = crossing.derived["when"]
        assert (shown.value["earliest"], shown.value["latest"]) == ("2016-10-15", "2016-10-20")
        assert shown.rule == "days all dates allow"

    def test_dates_apart_fall_back_on_the_majority(self) -> None:
        claims = [
            event(d, "bombing", QUETTA, day)
            for d, day in (("a", "2016-10-24"), ("b", "2016-11-24"), ("c", "2016-10-24"))
        ]
        shown = one(*claims).derived["when"]
        assert (shown.value["earliest"], shown.rule) == ("2016-10-24", "majority of independent origins")

    def test_a_rounded_bound_gives_way_to_the_number_of_its_own_report(self) -> None:
        headline = event("a", "bombing", KABUL, "2020-05-12", killed="170+", start=0)
        body = event("a", "bombing", KABUL, "2020-05-12", killed="173+", start=200)
        shown = one(headline, body).derived["killed"]
        assert (shown.value["best"], shown.rule) == (173, "most specific")
        elsewhere = event("b", "bombing", KABUL, "2020-05-12", killed="173+")
        far = event("a", "bombing", KABUL, "2020-05-12", killed="300+", start=200)
        assert one(headline, elsewhere).derived["killed"].value["best"] == 170
        assert one(headline, far).derived["killed"].value["best"] == 170

    def test_the_most_precise_place(self) -> None:
        shown = one(event("a", "bombing", AFGHANISTAN), event("b", "bombing", KABUL)).derived["places"]
        assert [p["name"] for p in shown.value] == ["Kabul"]
        assert shown.value[0]["geonames_id"] == KABUL.id

    def test_a_precise_place_in_a_country_nobody_else_names_is_not_shown(self) -> None:
        province = Place("Kabul Province", "Kabul Province", 1, "province", "AF", "Kabul", precision="adm1")
        claims = [event("a", "bombing", AFGHANISTAN), event("b", "bombing", province), event("c", "bombing", QUETTA)]
        assert [p["name"] for p in one(*claims).derived["places"].value] == ["Kabul Province"]

    def test_a_place_with_a_country_before_one_without(self) -> None:
        site = Place("a luxury hotel", "luxury hotel", precision="near")
        shown = one(event("a", "bombing", AFGHANISTAN), event("b", "bombing", site)).derived["places"]
        assert [p["name"] for p in shown.value] == ["Afghanistan"]

    def test_a_place_taken_over_from_elsewhere_gives_way_to_one_that_is_named(self) -> None:
        named = event("a", "bombing", AFGHANISTAN)
        filled = event("b", "bombing", QUETTA, text="He was killed that day.")
        found = one(named, filled)
        assert [p["name"] for p in found.derived["places"].value] == ["Afghanistan"]
        assert len(found.values["places"]) == 2
        assert [p["name"] for p in one(filled).derived["places"].value] == ["Quetta"]

    def test_all_attributions_stay_with_their_voices(self) -> None:
        a = event("a", "bombing", KABUL, who=by("Daesh", "claimed", "is", channel="Amaq"))
        b = event("b", "bombing", KABUL, who=by("Taliban", "blamed", "taliban", "the ministry"))
        found = one(a, b)
        assert len(found.values["attributions"]) == len(found.derived["attributions"].value) == 2
        value = next(v for v in found.values["attributions"] if v.claims == (b.id,)).value
        assert value == {
            "actor": "Taliban",
            "actor_id": "taliban",
            "stance": "blamed",
            "role": "perpetrator",
            "by": "the ministry",
            "channel": None,
        }

    def test_the_speaker_stands_for_a_missing_voice(self) -> None:
        a = event("a", "bombing", KABUL, who=by("Taliban", "blamed", "taliban"), speaker="the governor")
        assert one(a).values["attributions"][0].value["by"] == "the governor"

    def test_fields_nobody_states_are_left_out(self) -> None:
        found = one(event("a", "bombing"))
        assert set(found.values) == set(found.derived) == {"type", "modality"}


class TestOrigins:
    def test_copies_and_publishers_count_once_and_chains_close(self) -> None:
        claims = [event(d, "bombing", KABUL, "2020-03-06") for d in "abcde"]
        documents = (document("a", "Sample Wire"), document("b", "SAMPLE WIRE"), document("c", "Sample Daily"))
        found = resolve(corpus(*claims, documents=documents, copies=(frozenset("bc"), frozenset("dx"))))
        (incident,) = found.events
        assert incident.documents == tuple("abcde")
        assert incident.origins == 3  # a, b and c; d; e


counts = st.one_of(st.integers(0, 99), st.integers(1, 99).map(lambda n: f"{n}+"), st.just("dozens"))


@settings(max_examples=60, deadline=None)
@given(st.lists(counts, min_size=1, max_size=6))
def test_the_shown_toll_was_stated_and_no_stated_toll_is_lost(numbers: list[int | str]) -> None:
    claims = [event(f"d{i}", "bombing", QUETTA, "2016-10-24", killed=n) for i, n in enumerate(numbers)]
    found = one(*claims)
    stated = {(c.low, c.best, c.high) for n in numbers if (c := toll(n)) is not None}
    kept = {(v.value["low"], v.value["best"], v.value["high"]) for v in found.values["killed"]}
    shown = found.derived["killed"].value
    assert kept == stated
    assert (shown["low"], shown["best"], shown["high"]) in stated
    assert sorted(c for v in found.values["killed"] for c in v.claims) == sorted(found.claims)


def test_types_of_the_codebook_are_data() -> None:
    assert TYPES.lineage("suicide_bombing") == ("suicide_bombing", "bombing")
    assert TYPES.lineage("unheard_of") == ("unheard_of",)
