"""Independent origins: what one house prints and what one source says count once, and the reasons are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Claim, IndependentOrigin, Speaker
from khabar.resolution.model import DocumentFacts
from khabar.resolution.origins.corroborate import Corroborator
from resolution.make import KABUL, QUETTA, actor, by, corpus, document, event


def origins(claims: list[Claim], *documents: DocumentFacts, **more: Any) -> tuple[IndependentOrigin, ...]:
    actor_of = more.pop("actor_of", {})
    found = Corroborator(corpus(*claims, documents=documents, **more)).of(claims, actor_of)
    return found.origins(c.id for c in claims)


def said(report: str, speaker: str | Speaker | None = None, killed: int | None = None) -> Claim:
    text = "A bomb went off in Quetta." if killed is None else f"A bomb in Quetta left {killed} dead."
    return event(report, "bombing", QUETTA, "2020-03-06", speaker=speaker, killed=killed, text=text)


def by_agency(report: str, publisher: str, *agencies: str) -> DocumentFacts:
    return replace(document(report, publisher), credits=agencies)


class TestHouses:
    def test_reports_of_unknown_publishers_are_independent(self) -> None:
        assert len(origins([said("a"), said("b")])) == 2

    def test_one_publisher_under_two_spellings(self) -> None:
        (found,) = origins([said("a"), said("b")], document("a", "The Herat Post"), document("b", "heratpost.com"))
        assert found.documents == ("a", "b")
        assert found.why == ("same publisher The Herat Post: a.txt, b.txt",)

    def test_copies_are_one_also_with_other_publishers(self) -> None:
        printed = document("a", "Herat Post"), document("b", "Balkh Daily")
        (found,) = origins([said("a"), said("b")], *printed, copies=(frozenset("ab"),))
        assert "same text: a.txt, b.txt" in found.why

    def test_an_agency_counts_once_in_all_papers_that_credit_it(self) -> None:
        papers = by_agency("a", "Herat Post", "AFP"), by_agency("b", "Balkh Daily", "AFP"), document("c", "AFP")
        (found,) = origins([said("a"), said("b"), said("c")], *papers)
        assert (found.name, found.why) == ("AFP", ("all credit AFP: a.txt, b.txt, c.txt",))

    def test_one_paper_with_reports_of_two_agencies_joins_nobody(self) -> None:
        papers = by_agency("a", "Herat Post", "AFP"), by_agency("b", "Herat Post", "Reuters")
        assert len(origins([said("a"), said("b")], *papers)) == 2

    def test_a_report_of_several_agencies_stands_with_one_and_joins_none(self) -> None:
        papers = document("a", "AFP"), document("b", "Reuters"), by_agency("c", "Herat Post", "AFP", "Reuters")
        assert len(origins([said("a"), said("b"), said("c")], *papers)) == 2
        assert len(origins([said("b"), said("c")], *papers)) == 1

    def test_a_paper_that_cites_a_paper_of_the_base_is_one_with_it(self) -> None:
        papers = document("a", "Herat Post"), document("b", "Balkh Daily")
        (found,) = origins([said("a"), said("b", "Herat Post newspaper")], *papers)
        assert (found.name, found.why) == ("Herat Post", ("cites Herat Post: b.txt",))

    def test_houses_of_other_incidents_close_no_chain(self) -> None:
        papers = document("a", "Herat Post"), document("b", "Balkh Daily"), document("x", "Herat Post")
        assert len(origins([said("a"), said("b")], *papers, copies=(frozenset("bx"),))) == 2


class TestSources:
    def test_two_papers_that_cite_the_police_are_one_origin(self) -> None:
        papers = document("a", "Herat Post"), document("b", "Balkh Daily")
        (found,) = origins([said("a", "a police spokesman"), said("b", "Police chief Gul Rahman")], *papers)
        assert (found.name, found.why) == ("the police", ("both cite the police: a.txt, b.txt",))

    def test_police_and_hospital_are_two(self) -> None:
        assert len(origins([said("a", "police"), said("b", "hospital officials")])) == 2

    def test_a_report_of_two_sources_stands_with_one_and_joins_none(self) -> None:
        both = said("c", "police and hospital officials")
        assert len(origins([said("a", "police"), said("b", "hospital officials"), both])) == 2
        assert len(origins([said("b", "hospital officials"), both])) == 1
        assert len(origins([both, said("d", "police and hospital officials")])) == 1

    def test_officials_are_no_shared_source(self) -> None:
        assert len(origins([said("a", "officials"), said("b", "officials")])) == 2

    def test_three_reports_two_origins(self) -> None:
        found = origins([said("a", "police"), said("b", "police"), said("c")])
        assert [o.documents for o in found] == [("a", "b"), ("c",)]

    def test_one_report_is_one_origin_whomever_it_cites(self) -> None:
        assert len(origins([said("a", "police", 5), said("a", "hospital officials", 7), said("a", None, 6)])) == 1

    def test_chains_that_share_neither_end_are_counted(self) -> None:
        both = [said("a", "police", 5), said("a", "hospital officials", 7), said("b", "police", 5)]
        found = origins(both)
        assert sorted(o.documents for o in found) == [("a",), ("a", "b")]

    def test_a_report_that_repeats_its_source_in_its_own_words_rests_on_it(self) -> None:
        found = origins([said("a", None, 5), said("a", "police", 5), said("b", "police", 5)])
        assert len(found) == 1

    def test_a_number_of_its_own_makes_a_report_an_origin(self) -> None:
        found = origins([said("a", None, 9), said("a", "police", 5), said("b", "police", 5)])
        assert len(found) == 2

    def test_an_institute_and_those_who_cite_it(self) -> None:
        pips = actor("agency:pips", "Pak Institute for Peace Studies", "PIPS", kind="agency")
        cites = said("b", Speaker("PIPS", "Pak Institute for Peace Studies"))
        papers = document("a", "PIPS"), document("b", "Herat Post")
        linked = {(cites.id, "speaker"): "agency:pips"}
        (found,) = origins([said("a"), cites], *papers, known={"agency:pips": pips}, actor_of=linked)
        assert found.name == "PIPS"
        again = said("c", Speaker("the Pak Institute for Peace Studies", "Pak Institute for Peace Studies"))
        linked[again.id, "speaker"] = "agency:pips"
        (found,) = origins([cites, again], known={"agency:pips": pips}, actor_of=linked)
        assert found.name == "Pak Institute for Peace Studies"


def test_an_attribution_comes_from_who_makes_it() -> None:
    from khabar.resolution.resolve import resolve

    claims = [
        event(d, "bombing", KABUL, "2020-03-06", killed=32, who=by("Daesh", "claimed", "is", channel="Amaq"))
        for d in "abc"
    ]
    (incident,) = resolve(corpus(*claims)).events
    assert incident.origins == 3
    (value,) = incident.values["attributions"]
    assert value.origins == ("Daesh",)


reports = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from([None, "police", "hospital officials", "officials", "Reuters", "Herat Post", "the governor"]),
        st.sampled_from([None, 5, 6]),
    ),
    min_size=1,
    max_size=7,
)
PAPERS = (document("a", "Herat Post"), document("b", "AFP"), by_agency("c", "Balkh Daily", "AFP", "Reuters"))


def partition(found: tuple[IndependentOrigin, ...]) -> set[frozenset[str]]:
    return {frozenset(o.claims) for o in found}


@settings(max_examples=80, deadline=None)
@given(reports, st.randoms())
def test_origins_depend_on_nothing_but_the_claims(told: list[tuple[str, str | None, int | None]], random: Any) -> None:
    claims = [said(*one) for one in told]
    mixed = list(claims)
    random.shuffle(mixed)
    found = origins(claims, *PAPERS)
    assert partition(found) == partition(origins(mixed, *PAPERS))
    assert sorted(c for o in found for c in o.claims) == sorted(c.id for c in claims)
    assert 1 <= len(found) <= len({c.passages[0].document for c in claims})


@settings(max_examples=80, deadline=None)
@given(reports)
def test_a_copy_of_a_report_changes_nothing(told: list[tuple[str, str | None, int | None]]) -> None:
    claims = [said(*one) for one in told]
    first = claims[0].passages[0].document
    copied = [said("0copy", *one[1:]) for one in told if one[0] == first]
    before, after = (
        origins(claims, *PAPERS),
        origins([*claims, *copied], *PAPERS, copies=(frozenset((first, "0copy")),)),
    )
    old = {c.id for c in claims}
    assert {frozenset(o.claims) & old for o in after} == partition(before)


def test_a_value_names_the_origins_that_the_incident_lists() -> None:
    papers = document("a", "Herat Post"), document("b", "Balkh Daily")
    claims = [said("a", "police", 5), said("b", "police", 6), said("c", None, 6)]
    found = Corroborator(corpus(*claims, documents=papers)).of(claims, {})
    assert [o.name for o in found.origins(c.id for c in claims)] == ["the police", "c"]
    assert found.names([claims[0].id]) == ("the police",)
    assert set(found.names([c.id for c in claims[1:]])) == {"the police", "c"}
