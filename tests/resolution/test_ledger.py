"""Disputes that are not about one incident's values: existence, affiliation, deaths, ties, offices, totals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, Contradiction, Count, Presence
from khabar.resolution.parties import names_somebody, plain_name
from khabar.resolution.resolve import resolve
from resolution.make import (
    AFGHANISTAN,
    BALOCHISTAN,
    PAKISTAN,
    QUETTA,
    by,
    claim,
    corpus,
    document,
    event,
    person,
    presence,
    ref,
    relation,
)

IS, ISK, TTP, LEJ = ref("Daesh", "is"), ref("ISIS-K", "isk"), ref("TTP", "ttp"), ref("LeJ", "lej")
TURKEY, UNITED_STATES = ref("Turkey", "tr", "state"), ref("United States", "us", "state")
LEADER = person("Some Leader")


def found(*claims: Claim, **more: object) -> list[Contradiction]:
    return list(resolve(corpus(*claims, **more)).contradictions)


def told(contradictions: list[Contradiction]) -> list[tuple[str, str]]:
    return [(c.kind, c.title) for c in contradictions]


class TestExistence:
    def test_a_group_said_not_to_exist_in_a_country(self) -> None:
        no = claim("presence", Presence(IS, PAKISTAN, "denied", "exist"), "a")
        yes = presence("b", IS, BALOCHISTAN, "present")
        (c,) = found(no, yes)
        assert (c.kind, c.title) == ("existence", "Islamic State in Pakistan: existence denied, presence asserted")
        assert [s.says for s in c.sides] == ["does not exist", "present"]

    def test_it_is_told_apart_from_a_denial_of_presence(self) -> None:
        no = claim("presence", Presence(IS, PAKISTAN, "denied", "exist"), "a")
        away = presence("c", IS, PAKISTAN, "denied")
        assert sorted(c.kind for c in found(no, away, presence("b", IS, PAKISTAN, "present"))) == [
            "existence",
            "presence",
        ]


class TestAffiliation:
    def test_belonging_asserted_and_denied(self) -> None:
        yes = relation("a", "pledged_allegiance", ref("Jundullah"), IS)
        no = relation("b", "pledged_allegiance", ref("Jundullah"), ISK, modality="negated")
        (c,) = found(yes, no)
        assert (c.kind, c.title) == ("affiliation", "Jundullah belongs to Islamic State: asserted and denied")
        assert [s.claims for s in c.sides] == [(yes.id,), (no.id,)]

    @pytest.mark.parametrize("more", [{"stance": "denied"}, {"modality": "negated"}])
    def test_a_denial_may_be_in_the_stance_or_in_the_words(self, more: dict[str, str]) -> None:
        yes, no = relation("a", "member_of", LEJ, TTP), relation("b", "member_of", LEJ, TTP, **more)
        assert len(found(yes, no)) == 1

    def test_to_deny_a_denial_or_a_plan_denies_nothing(self) -> None:
        yes = relation("a", "member_of", LEJ, TTP)
        assert not found(yes, relation("b", "member_of", LEJ, TTP, stance="denied", modality="negated"))
        assert not found(yes, relation("b", "member_of", LEJ, TTP, stance="denied", modality="planned"))

    def test_denied_for_another_time(self) -> None:
        yes = relation("a", "member_of", LEJ, TTP, "2014")
        assert not found(yes, relation("b", "member_of", LEJ, TTP, "2016", modality="negated"))

    def test_a_denial_of_what_happens_once_denies_all_that_came_before(self) -> None:
        no = relation("b", "pledged_allegiance", LEJ, TTP, "2016-02", modality="negated")
        assert len(found(relation("a", "pledged_allegiance", LEJ, TTP, "2014"), no)) == 1
        assert len(found(relation("a", "pledged_allegiance", LEJ, TTP, "/2016-01-31"), no)) == 1
        assert not found(relation("a", "pledged_allegiance", LEJ, TTP, "2016-03"), no)

    def test_two_masters_at_one_time(self) -> None:
        a = relation("a", "part_of", ref("Jundullah"), TTP, "2015")
        b = relation("b", "pledged_allegiance", ref("Jundullah"), IS, "2015-06")
        (c,) = found(a, b)
        assert (c.kind, c.title) == (
            "affiliation",
            "Jundullah belongs to Islamic State or Tehrik-i-Taliban Pakistan",
        )

    def test_one_master_after_another_a_branch_and_a_looser_tie_are_none(self) -> None:
        a = relation("a", "part_of", ref("Jundullah"), TTP, "2013")
        assert not found(a, relation("b", "pledged_allegiance", ref("Jundullah"), IS, "2015-06"))
        assert not found(a, relation("b", "affiliated_with", ref("Jundullah"), IS, "2013"))
        one, other = (relation(d, "part_of", ref("Jundullah"), g, "2015") for d, g in (("a", IS), ("b", ISK)))
        assert not found(one, other)

    def test_a_double_tie_told_by_one_report_is_none(self) -> None:
        a = relation("a", "part_of", ref("Jundullah"), TTP, "2015")
        b = relation("a", "pledged_allegiance", ref("Jundullah"), IS, "2015-06")
        assert not found(a, b)


class TestOtherTies:
    def test_a_death_asserted_and_denied(self) -> None:
        yes = relation("a", "killed", UNITED_STATES, LEADER, "2016-07")
        no = relation("b", "killed", UNITED_STATES, LEADER, modality="negated")
        (c,) = found(yes, no)
        assert (c.kind, c.title) == ("death", "Some Leader was killed: asserted and denied")
        alive_later = relation("b", "killed", UNITED_STATES, LEADER, "2017-01", modality="negated")
        alive_before = relation("b", "killed", UNITED_STATES, LEADER, "2015-01", modality="negated")
        assert len(found(yes, alive_later)) == 1
        assert not found(yes, alive_before)

    def test_support_asserted_and_denied(self) -> None:
        yes, no = (
            relation("a", "funds", UNITED_STATES, TTP),
            relation("b", "funds", UNITED_STATES, TTP, stance="denied"),
        )
        assert told(found(yes, no)) == [("tie", "United States funds Tehrik-i-Taliban Pakistan: asserted and denied")]

    def test_two_dates_of_a_designation(self) -> None:
        a = relation("a", "designated_by", IS, TURKEY, "2013")
        b = relation("b", "designated_by", IS, TURKEY, "2014-06")
        assert told(found(a, b)) == [("designation_date", "Islamic State was designated by Turkey: 2013 or 2014-06")]


class TestOffices:
    PUBLISHED = (document("a", published="2017-05-10"), document("b", published="2017-05-10"))

    def holders(self) -> list[Claim]:
        return [relation("a", "leads", LEADER, ISK), relation("b", "leads", person("Second Holder"), ISK)]

    def test_undated_holders_of_one_day(self) -> None:
        assert [c.kind for c in found(*self.holders(), documents=self.PUBLISHED)] == ["leadership"]

    def test_who_was_replaced_by_anybody_or_died_before_holds_it_no_longer(self) -> None:
        replaced = relation("a", "replaced_by", LEADER, person("Third Holder"))
        died = relation("b", "killed", UNITED_STATES, LEADER, "2016-07")
        assert not found(*self.holders(), replaced, documents=self.PUBLISHED)
        assert not found(*self.holders(), died, documents=self.PUBLISHED)
        later = relation("b", "killed", UNITED_STATES, LEADER, "2018-07")
        assert found(*self.holders(), later, documents=self.PUBLISHED)

    def test_a_stated_time_stands_against_a_death_before_it(self) -> None:
        a = relation("a", "leads", LEADER, ISK, "2017-05-10")
        b = relation("b", "leads", person("Second Holder"), ISK, "2017-05-10")
        died = relation("b", "killed", UNITED_STATES, LEADER, "2016-07")
        assert "leadership" in {c.kind for c in found(a, b, died)}


class TestAttribution:
    def test_who_foiled_a_plot_is_no_rival_of_who_made_it(self) -> None:
        police = by("Counter Terrorism Department", "claimed")
        police = type(police)(ref("Counter Terrorism Department", "ctd", "agency"), "claimed")
        plot = event("a", "bombing", QUETTA, "2016-11", who=(by("Daesh", "blamed", "is"), police), modality="foiled")
        assert not found(plot)

    def test_who_made_an_arrest_is_no_rival_of_those_who_are_blamed(self) -> None:
        army = type(by("army"))(ref("Pakistan Army", "army", "agency"), "asserted")
        assert not found(
            event("a", "arrest", QUETTA, "2016-09-01", arrested=5, who=(by("Daesh", "blamed", "is"), army))
        )
        assert found(event("a", "bombing", QUETTA, "2016-09-01", who=(by("Daesh", "blamed", "is"), army)))

    def test_a_denial_on_one_day_and_a_claim_on_a_later_one_are_a_change_of_position(self) -> None:
        a = event("a", "bombing", QUETTA, "2016-10-24", killed=61, who=by("TTP", "denied", "ttp", "TTP"))
        b = event("b", "bombing", QUETTA, "2016-10-24", killed=61, who=by("TTP", "claimed", "ttp"))
        assert len(found(a, b)) == 1
        assert not found(a, b, documents=[document("a", published="2016-10-25"), document("b", published="2016-10-27")])


class TestTotals:
    def test_totals_of_one_scope(self) -> None:
        who = by("Daesh", "asserted", "is")
        a, b = (
            event(d, "other", PAKISTAN, "2016", aggregate=9, killed=n, who=who) for d, n in (("a", 129), ("b", 140))
        )
        (c,) = found(a, b)
        assert (c.kind, c.title) == (
            "total",
            "Total of incidents by Islamic State in Pakistan, 2016: killed 129 or 140",
        )

    def test_a_total_told_as_a_lower_bound_clashes_with_a_lower_estimate(self) -> None:
        who, about = by("Daesh", "asserted", "is"), Count(None, 30, None, "about 30")
        a, b = (
            event(d, "other", PAKISTAN, "2016", aggregate=9, killed=n, who=who) for d, n in (("a", "50+"), ("b", about))
        )
        (c,) = found(a, b)
        assert c.title == "Total of incidents by Islamic State in Pakistan, 2016: killed about 30 or at least 50"

    def test_totals_of_other_years_places_or_groups_agree(self) -> None:
        a = event("a", "other", PAKISTAN, "2016", aggregate=9, killed=129, who=by("Daesh", "asserted", "is"))
        for place, year, who in (
            (PAKISTAN, "2015", by("Daesh", "asserted", "is")),
            (AFGHANISTAN, "2016", by("Daesh", "asserted", "is")),
            (PAKISTAN, "2016", by("TTP", "asserted", "ttp")),
        ):
            assert not found(a, event("b", "other", place, year, aggregate=9, killed=140, who=who))


def test_a_changed_position_of_one_voice_is_no_presence_dispute() -> None:
    no = presence("a", IS, PAKISTAN, "denied", speaker="the government of Pakistan")
    yes = presence("b", IS, PAKISTAN, "present", speaker="Pakistan's interior ministry")
    days = [document("a", published="2015-01-10"), document("b", published="2016-05-10")]
    assert not found(no, yes, documents=days)
    assert len(found(no, presence("b", IS, PAKISTAN, "present", speaker="Amnesty"), documents=days)) == 1
    assert len(found(no, yes)) == 1


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("state of Pakistan", "pakistan"),
        ("Pakistan's interior minister", "pakistan"),
        ("the foreign ministry of Pakistan", "pakistan"),
        ("Taliban's spokesman", "taliban"),
        ("Bank of Pakistan", "bank of pakistan"),
        ("the United States", "united states"),
    ],
)
def test_who_speaks_in_an_office_speaks_for_whom_it_belongs_to(name: str, plain: str) -> None:
    assert plain_name(name) == plain
    assert names_somebody(name)


@pytest.mark.parametrize("name", ["he", "police", "Police", "a senior official", "Home Minister", "rising IS attacks"])
def test_words_that_may_mean_anybody_name_nobody(name: str) -> None:
    assert not names_somebody(name)


# ------------------------------------------------------------------ what holds for every corpus

GROUPS, PLACES, DATES = (
    (IS, ISK, TTP, LEJ),
    (PAKISTAN, BALOCHISTAN, QUETTA, AFGHANISTAN),
    (None, "2015", "2016-03", "2016"),
)
_DOCUMENTS = [document("a", published="2016-03-05"), document("b", published="2017-01-01"), document("c")]


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A claim of any kind about few groups, places and times, so that they clash often."""
    doc, when = draw(st.sampled_from("abc")), draw(st.sampled_from(DATES))
    group, other = draw(st.sampled_from(GROUPS)), draw(st.sampled_from(GROUPS))
    more = {"start": draw(st.integers(0, 30)) * 100, "speaker": draw(st.sampled_from([None, "Pakistan", "Amnesty"]))}
    negated = {"modality": draw(st.sampled_from(["actual", "negated"]))}
    kind = draw(st.sampled_from(["presence", "relation", "event", "total", "leads"]))
    place = draw(st.sampled_from(PLACES))
    if kind == "presence":
        return presence(doc, group, place, draw(st.sampled_from(["present", "denied", "absent"])), when=when, **more)
    if kind == "relation":
        type_ = draw(st.sampled_from(["part_of", "pledged_allegiance", "split_from", "designated_by"]))
        return relation(doc, type_, group, other, when, **more, **negated)
    if kind == "leads":
        return relation(doc, "leads", person(draw(st.sampled_from(["First Man", "Second Man"]))), group, when, **more)
    who = by(group.name, draw(st.sampled_from(["claimed", "blamed", "denied"])), group.id)
    number = draw(st.integers(1, 4)) * 20
    if kind == "total":
        return event(doc, "bombing", place, when, aggregate=2, killed=number, who=who, **more)
    return event(
        doc, "bombing", place, draw(st.sampled_from(["2016-03-01", "2016-03"])), killed=number, who=who, **more
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(claims(), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(some: list[Claim], random: object) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(*some, documents=_DOCUMENTS) == found(*shuffled, documents=_DOCUMENTS)


@settings(max_examples=60, deadline=None)
@given(st.lists(claims(), min_size=2, max_size=12))
def test_sides_have_claims_of_the_corpus_and_differ(some: list[Claim]) -> None:
    ids = {c.id for c in some}
    for c in found(*some, documents=_DOCUMENTS):
        assert len(c.sides) > 1
        assert len({s.says for s in c.sides}) == len(c.sides)
        assert all(s.claims and set(s.claims) <= ids for s in c.sides)
        if c.kind != "attribution":  # one claim may tell two accounts
            assert len({i for s in c.sides for i in s.claims}) == sum(len(s.claims) for s in c.sides)


@settings(max_examples=40, deadline=None)
@given(st.lists(claims(), min_size=2, max_size=10), st.data())
def test_a_dispute_lasts_while_its_claims_are_there(some: list[Claim], data: st.DataObject) -> None:
    """Presence and ties: the claims of one dispute alone make a dispute of the same kind."""
    kinds = {"presence", "affiliation", "relation_date", "designation_date", "total"}
    disputes = [c for c in found(*some, documents=_DOCUMENTS) if c.kind in kinds]
    if disputes:
        chosen = data.draw(st.sampled_from(disputes))
        ids = {i for s in chosen.sides for i in s.claims}
        alone = found(*(c for c in some if c.id in ids), documents=_DOCUMENTS)
        assert (chosen.kind, chosen.subject) in {(c.kind, c.subject) for c in alone}
