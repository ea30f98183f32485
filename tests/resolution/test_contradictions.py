"""What counts as a contradiction, and what does not."""

from __future__ import annotations

from khabar.records import Claim, Contradiction, Judgement, Place
from khabar.resolution.resolve import resolve
from resolution.make import (
    AFGHANISTAN,
    BALOCHISTAN,
    HERAT,
    KABUL,
    PAKISTAN,
    QUETTA,
    by,
    corpus,
    document,
    event,
    person,
    presence,
    ref,
    relation,
    statement,
)

IS = ref("Daesh", "is")
ISK = ref("ISIS-K", "isk")
TTP = ref("TTP", "ttp")


def found(*claims: Claim, kind: str | None = None, **more: object) -> list[Contradiction]:
    everything = resolve(corpus(*claims, **more)).contradictions
    return [c for c in everything if kind is None or c.kind == kind]


def reconciled(contradiction: Contradiction) -> dict[str, str]:
    return {r.name: r.words for r in contradiction.reconcilers}


def says(contradiction: Contradiction) -> list[str]:
    return [side.says for side in contradiction.sides]


class TestTolls:
    def test_every_differing_toll_is_a_side(self) -> None:
        tolls = [
            event(d, "bombing", QUETTA, "2016-10-24", killed=n) for d, n in (("a", 59), ("b", 60), ("c", 61), ("d", 61))
        ]
        (c,) = found(*tolls, kind="toll")
        assert c.title == "Quetta, 2016-10-24, bombing: killed 59, 60 or 61"
        assert [len(s.claims) for s in c.sides] == [1, 1, 2]

    def test_bounds_that_overlap_are_no_contradiction(self) -> None:
        assert not found(
            event("a", "bombing", QUETTA, "2016-10-24", killed="59+"),
            event("b", "bombing", QUETTA, "2016-10-24", killed=61),
        )

    def test_attackers_counted_in_explain_a_higher_toll(self) -> None:
        a = event("a", "bombing", QUETTA, "2016-10-24", killed=61, attackers_killed=5)
        b = event("b", "bombing", QUETTA, "2016-10-24", killed=66)
        (c,) = found(a, b)
        assert reconciled(c) == {"attackers_counted": "66 is 61 and the 5 attackers who died."}

    def test_a_toll_that_grows_is_told_by_day_of_report(self) -> None:
        claims = [event(d, "bombing", QUETTA, "2016-10-24", killed=n) for d, n in (("a", 59), ("b", 61))]
        documents = (document("a", published="2016-10-25"), document("b", published="2016-10-26"))
        (c,) = found(*claims, documents=documents)
        assert reconciled(c) == {"toll_grew": "By day of report: 2016-10-25: 59, 2016-10-26: 61."}

    def test_two_tolls_of_one_day_are_told_together(self) -> None:
        claims = [event(d, "bombing", QUETTA, "2016-10-24", killed=n) for d, n in (("a", 37), ("b", 40), ("c", 41))]
        days = {"a": "2016-10-25", "b": "2016-10-25", "c": "2016-10-26"}
        (c,) = found(*claims, documents=[document(d, published=day) for d, day in days.items()])
        assert reconciled(c) == {"toll_grew": "By day of report: 2016-10-25: 37 and 40, 2016-10-26: 41."}


class TestAttribution:
    def test_one_suspected_and_another_blamed(self) -> None:
        who = (by("ISIL", "suspected", "is"), by("Taliban", "blamed", "taliban", "the government"))
        (c,) = found(event("a", "armed_assault", KABUL, "2020-05-12", killed=24, who=who))
        assert c.kind == "attribution"
        assert says(c) == ["Islamic State suspected", "blamed on Taliban (according to the government)"]

    def test_claimed_in_one_report_and_denied_in_another(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=24, who=by("Taliban", "blamed", "taliban"))
        b = event("b", "bombing", KABUL, "2020-05-12", killed=24, who=by("Taliban", "denied", "taliban", "Taliban"))
        (c,) = found(a, b)
        assert says(c) == ["blamed on Taliban", "denied by Taliban"]

    def test_two_reports_with_two_claimants(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=24, who=by("ISIL", "claimed", "is"))
        b = event("b", "bombing", KABUL, "2020-05-12", killed=24, who=by("TTP", "claimed", "ttp"))
        assert len(found(a, b)) == 1

    def test_a_joint_claim_is_none(self) -> None:
        who = (by("ISIL", "claimed", "is", "ISIL"), by("LeJ", "claimed", "lej", "LeJ"))
        assert not found(event("a", "bombing", QUETTA, "2016-10-24", killed=61, who=who))

    def test_a_branch_and_its_parent_are_one_side(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=24, who=by("ISIL", "claimed", "is"))
        b = event("b", "bombing", KABUL, "2020-05-12", killed=24, who=by("ISIS-K", "blamed", "isk"))
        assert not found(a, b)

    def test_a_cell_named_after_the_group_and_nameless_gunmen_are_no_rivals(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=24, who=by("Islamic State", "claimed", "is"))
        b = event("b", "bombing", KABUL, "2020-05-12", killed=24, who=by("Islamic State cell", "asserted"))
        c = event("c", "bombing", KABUL, "2020-05-12", killed=24, who=by("gunmen", "asserted"))
        assert not found(a, b, c)

    def test_the_funder_is_no_rival_of_the_perpetrator(self) -> None:
        who = (by("LeJ", "asserted", "lej"), by("ISIL", "blamed", "is", role="funder"))
        assert not found(event("a", "bombing", QUETTA, "2016-10-24", who=who))

    def test_accounts_alike_but_for_a_branch_and_an_article_are_one_side(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=24, who=by("ISIL", "blamed", "is", "The government"))
        b = event("b", "bombing", KABUL, "2020-05-12", killed=24, who=by("ISIS-K", "blamed", "isk", "government"))
        c = event("c", "bombing", KABUL, "2020-05-12", killed=24, who=by("Taliban", "claimed", "taliban"))
        (dispute,) = found(a, b, c)
        assert len(dispute.sides) == 2
        blamed = next(s for s in dispute.sides if s.says.startswith("blamed on Islamic State Khorasan Province"))
        assert blamed.claims == tuple(sorted((a.id, b.id)))

    def test_a_denial_by_another_voice_names_it(self) -> None:
        who = (by("Taliban", "claimed", "taliban"), by("Taliban", "denied", "taliban", "the ministry"))
        (c,) = found(event("a", "bombing", KABUL, "2020-05-12", killed=24, who=who))
        assert says(c) == ["claimed by Taliban", "not by Taliban (according to the ministry)"]


class TestDatesAndPlaces:
    def test_a_person_joins_incidents_and_the_differences_become_contradictions(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=24)
        b = event("b", "bombing", HERAT, "2020-06-12", killed=24)
        kinds = {
            c.kind for c in resolve(corpus(a, b), [Judgement(a.id, b.id, "same", "amira", "2026-01-01")]).contradictions
        }
        assert kinds == {"date", "place"}

    def test_a_place_taken_over_from_elsewhere_contradicts_none(self) -> None:
        a = event("a", "bombing", KABUL, "2020-05-12", killed=24)
        b = event("b", "bombing", HERAT, "2020-05-12", killed=24, text="It killed 24 people.")
        joined = resolve(corpus(a, b), [Judgement(a.id, b.id, "same", "amira", "2026-01-01")])
        assert len(joined.events) == 1
        assert not joined.contradictions


class TestPresence:
    def test_denied_in_a_country_and_asserted_in_a_province_of_it_by_a_branch(self) -> None:
        denied, there = presence("a", IS, PAKISTAN, "denied"), presence("b", ISK, BALOCHISTAN, "present")
        (c,) = found(denied, there)
        assert c.kind == "presence"
        assert c.title == "Islamic State in Pakistan: presence denied and asserted"
        assert [s.claims for s in c.sides] == [(denied.id,), (there.id,)]

    def test_denied_in_a_part_does_not_contradict_the_whole(self) -> None:
        assert not found(presence("a", IS, BALOCHISTAN, "absent"), presence("b", IS, PAKISTAN, "present"))

    def test_other_country_or_other_time_is_no_contradiction(self) -> None:
        assert not found(presence("a", IS, PAKISTAN, "denied"), presence("b", IS, AFGHANISTAN, "present"))
        assert not found(
            presence("a", IS, PAKISTAN, "denied", when="2015"), presence("b", IS, PAKISTAN, "present", when="2017")
        )

    def test_statements_meet_through_the_state_they_are_about(self) -> None:
        state = ref("Pakistan", "pakistan", "state")
        no = statement("a", "denial_of_presence", IS, state, speaker="the minister")
        yes = statement("b", "assertion_of_presence", IS, state)
        (c,) = found(no, yes)
        assert c.title == "Islamic State in Pakistan: presence denied and asserted"

    def test_statements_without_an_area_meet_in_their_own_report_only(self) -> None:
        no, yes = statement("a", "denial_of_presence", IS), statement("a", "assertion_of_presence", IS)
        assert len(found(no, yes)) == 1
        assert not found(no, statement("b", "assertion_of_presence", IS))

    def test_a_denial_without_an_area_is_about_the_one_its_report_denies(self) -> None:
        headline, body = statement("a", "denial_of_presence", IS), presence("a", IS, PAKISTAN, "denied")
        yes = presence("b", IS, BALOCHISTAN, "present")
        (c,) = found(headline, body, yes)
        assert set(c.sides[0].claims) == {headline.id, body.id}

    def test_a_denial_without_an_area_is_about_the_one_its_report_denies_most(self) -> None:
        headline = statement("a", "denial_of_presence", IS)
        bodies = [presence("a", IS, place, "denied") for place in (PAKISTAN, PAKISTAN, AFGHANISTAN)]
        yes = presence("b", IS, BALOCHISTAN, "present")
        (c,) = found(headline, *bodies, yes)
        assert headline.id in c.sides[0].claims
        assert bodies[2].id not in c.sides[0].claims

    def test_a_statement_does_not_take_the_area_of_a_claim_that_says_the_opposite(self) -> None:
        yes = statement(
            "a", "assertion_of_presence", IS, start=10, text="driven out of the country, it has cells abroad"
        )
        no = presence("a", IS, PAKISTAN, "absent", start=10, text="driven out of the country")
        there = presence("a", IS, AFGHANISTAN, "present", start=40, text="cells abroad")
        assert not found(yes, no, there)

    def test_a_statement_takes_the_area_of_the_presence_claim_in_its_passage(self) -> None:
        no = statement("a", "denial_of_presence", IS, start=10, text="the group is not in the country at all")
        place = presence("a", IS, PAKISTAN, "denied", start=10, text="the group is not in the country")
        yes = presence("b", IS, BALOCHISTAN, "present")
        (c,) = found(no, place, yes)
        assert set(c.sides[0].claims) == {no.id, place.id}

    def test_a_forecast_of_presence_contradicts_nothing(self) -> None:
        assert not found(
            presence("a", IS, PAKISTAN, "denied"), presence("b", IS, PAKISTAN, "present", modality="predicted")
        )


class TestDatedTies:
    def test_one_joining_in_other_words_at_other_dates(self) -> None:
        a = relation("a", "member_of", person("Hafiz Saeed Khan"), IS, "2014-10")
        b = relation("b", "pledged_allegiance", person("Hafiz Saeed Khan Orakzai"), ISK, "2014-09")
        (c,) = found(a, b)
        assert c.kind == "relation_date"
        assert c.title == "Hafiz Saeed Khan Orakzai joined Islamic State: 2014-09 or 2014-10"

    def test_overlapping_dates_agree(self) -> None:
        a = relation("a", "member_of", person("Hafiz Saeed Khan"), IS, "2014-10")
        b = relation("b", "pledged_allegiance", person("Hafiz Saeed Khan"), IS, "2014")
        assert not found(a, b)

    def test_being_a_member_in_another_year_is_no_other_joining(self) -> None:
        a = relation("a", "member_of", person("Hafiz Saeed Khan"), IS, "2014-10")
        b = relation("b", "member_of", person("Hafiz Saeed Khan"), IS, "2016")
        assert not found(a, b)

    def test_a_person_dies_once_whoever_killed_them(self) -> None:
        a = relation("a", "killed", ref("United States", "us", "state"), person("Hafiz Saeed Khan"), "2016-07-26")
        b = relation("b", "killed", ref("Afghan army", "afa", "agency"), person("Hafiz Saeed Khan"), "2015-07-10")
        (c,) = found(a, b)
        assert c.title == "Hafiz Saeed Khan was killed: 2015-07-10 or 2016-07-26"

    def test_a_death_in_an_incident_counts_for_the_person(self) -> None:
        a = relation("a", "killed_in", person("Some Leader"), ref("Friday Bombing", kind="incident"), "2016-07-26")
        b = relation("b", "killed", IS, person("Some Leader"), "2015-07-10")
        assert [c.kind for c in found(a, b)] == ["relation_date"]

    def test_attempts_are_not_dated_ties(self) -> None:
        a = relation("a", "merged_into", ref("LeJ", "lej"), IS, "2014-10", modality="attempted")
        b = relation("b", "merged_into", ref("LeJ", "lej"), IS, "2016-10")
        assert not found(a, b)


class TestOffices:
    def test_two_holders_at_once(self) -> None:
        a = relation("a", "leads", person("First Holder"), ISK, "2017-05")
        b = relation("b", "leads", person("Second Holder"), ISK, "2017-05-10")
        (c,) = found(a, b)
        assert c.kind == "leadership"
        assert c.title == "Islamic State Khorasan Province is led by First Holder or Second Holder"

    def test_undated_holders_speak_of_the_day_of_their_report(self) -> None:
        a = relation("a", "leads", person("First Holder"), ISK)
        b = relation("b", "leads", person("Second Holder"), ISK)
        unnamed = relation("a", "leads", person("Director General of the Bureau"), ISK)
        assert not found(a, unnamed, documents=[document("a", published="2017-05-10")], kind="leadership")
        same_day = (document("a", published="2017-05-10"), document("b", published="2017-05-10"))
        later = (document("a", published="2015-05-10"), document("b", published="2017-05-10"))
        assert len(found(a, b, documents=same_day)) == 1
        assert not found(a, b, documents=later)
        assert not found(a, b)
        until = relation("c", "leads", person("Third Holder"), ISK, "/2017-05-10")
        assert len(found(a, until, documents=(*same_day, document("c", published="2017-05-10")))) == 1

    def test_a_succession_explains_two_holders(self) -> None:
        a = relation("a", "leads", person("First Holder"), ISK, "2017-05")
        b = relation("b", "leads", person("Second Holder"), ISK, "2017-05-10")
        assert not found(a, b, relation("b", "replaced_by", person("First Holder"), person("Second Holder")))


def test_every_side_names_claims_and_sides_differ() -> None:
    place = Place("Loralai", "Loralai", 9, "town", "PK", "Balochistan", None, 30.37, 68.59)
    claims = [event(d, "bombing", place, "2016-10-24", killed=n, injured=n + 1) for d, n in (("a", 20), ("b", 21))]
    for c in found(*claims):
        assert len(c.sides) > 1
        assert all(s.claims for s in c.sides)
        assert len(set(says(c))) == len(c.sides)
