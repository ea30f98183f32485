"""What would reconcile the sides of a contradiction: each reconciler where it speaks, and where it must not."""

from __future__ import annotations

from pathlib import Path

from khabar.records import CONTRADICTION_KINDS, Claim, Contradiction, Judgement, Place, Presence
from khabar.resolution.ledger import RECONCILERS
from khabar.resolution.resolve import resolve
from resolution.make import (
    BALOCHISTAN,
    KABUL,
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

IS = ref("Daesh", "is")
ISK = ref("ISIS-K", "isk")
CHAMAN = Place("Chaman", "Chaman", 1181636, "town", "PK", "Balochistan", None, 30.92, 66.46)
DAY = "2016-10-24"


def only(kind: str, *claims: Claim, same: tuple[Claim, Claim] | None = None, **more: object) -> Contradiction:
    people = [Judgement(same[0].id, same[1].id, "same", "amira", "2026-01-01")] if same else []
    (found,) = [c for c in resolve(corpus(*claims, **more), people).contradictions if c.kind == kind]
    return found


def reconciled(contradiction: Contradiction) -> dict[str, str]:
    return {r.name: r.words for r in contradiction.reconcilers}


def reports(**days: str) -> list[object]:
    return [document(name, published=day) for name, day in days.items()]


def test_each_has_a_name_a_meaning_and_kinds_of_its_own() -> None:
    assert len({r.name for r in RECONCILERS}) == len(RECONCILERS)
    assert len({r.meaning for r in RECONCILERS}) == len(RECONCILERS)
    assert all(r.meaning.endswith(".") and set(r.kinds) <= set(CONTRADICTION_KINDS) for r in RECONCILERS)
    assert {kind for r in RECONCILERS for kind in r.kinds} == set(CONTRADICTION_KINDS)


class TestTolls:
    def test_attackers_counted_in(self) -> None:
        a = event("a", "bombing", QUETTA, DAY, killed=61, attackers_killed=5)
        c = only("toll", a, event("b", "bombing", QUETTA, DAY, killed=66))
        assert reconciled(c) == {"attackers_counted": "66 is 61 and the 5 attackers who died."}

    def test_a_difference_that_is_not_the_attackers_stays_open(self) -> None:
        a = event("a", "bombing", QUETTA, DAY, killed=61, attackers_killed=3)
        assert reconciled(only("toll", a, event("b", "bombing", QUETTA, DAY, killed=66))) == {}

    def test_the_injured_counted_with_the_killed(self) -> None:
        a = event("a", "bombing", QUETTA, DAY, killed=52, injured=9)
        c = only("toll", a, event("b", "bombing", QUETTA, DAY, killed=61), same=None)
        assert reconciled(c) == {"injured_counted": "61 is 52 killed and 9 injured."}

    def test_a_figure_that_is_the_total_of_several_attacks(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=61), event("b", "bombing", QUETTA, DAY, killed=70)
        total = event("b", "bombing", QUETTA, "2016", aggregate=2, killed=70)
        found = reconciled(only("toll", a, b, total))
        assert found == {"several_attacks": "70 is also given as the total of 2 incidents."}

    def test_a_toll_of_a_wider_area(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=61), event("b", "bombing", BALOCHISTAN, DAY, killed=70)
        found = reconciled(only("toll", a, b, same=(a, b)))
        assert found == {"wider_area": "70 killed is told of Balochistan, 61 killed of Quetta, which lies in it."}

    def test_a_lower_toll_of_a_wider_area_is_no_reason(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=70), event("b", "bombing", BALOCHISTAN, DAY, killed=61)
        assert reconciled(only("toll", a, b, same=(a, b))) == {}

    def test_a_toll_that_grew_and_one_that_was_corrected(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=60), event("b", "bombing", QUETTA, DAY, killed=61)
        grew = only("toll", a, b, documents=reports(a="2016-10-25", b="2016-10-26"))
        assert reconciled(grew) == {"toll_grew": "By day of report: 2016-10-25: 60, 2016-10-26: 61."}
        fell = only("toll", a, b, documents=reports(a="2016-10-27", b="2016-10-26"))
        assert reconciled(fell) == {"toll_corrected": "By day of report: 2016-10-26: 61, 2016-10-27: 60."}

    def test_nothing_is_said_of_growth_where_a_report_has_no_day(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=60), event("b", "bombing", QUETTA, DAY, killed=61)
        assert reconciled(only("toll", a, b, documents=reports(a="2016-10-25"))) == {}


class TestDatesAndPlaces:
    def test_the_day_of_the_report_taken_for_the_day_of_the_attack(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=61), event("b", "bombing", QUETTA, "2016-10-26", killed=61)
        c = only("date", a, b, same=(a, b), documents=reports(a="2016-10-25", b="2016-10-26"))
        assert reconciled(c)["day_of_report"] == "2016-10-26 is the day of the reports that give it."

    def test_dates_in_a_row_are_no_slip_of_one_part(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=61), event("b", "bombing", QUETTA, "2016-10-25", killed=61)
        c = only("date", a, b, same=(a, b))
        assert reconciled(c) == {"dates_in_a_row": "2016-10-24 and 2016-10-25 follow each other."}

    def test_a_slip_in_the_month_of_an_incident_kept_apart(self) -> None:
        a = event("a", "bombing", QUETTA, "2015-05-13", killed=43, target="a bus of the Ismaili community")
        b = event("b", "bombing", QUETTA, "2015-12", killed=43, target="a bus of the Ismaili community")
        c = only("date", a, b)
        assert c.title.startswith("Perhaps one incident")
        assert reconciled(c) == {"one_part_differs": "2015-05-13 and 2015-12 differ in the month alone."}

    def test_dates_that_differ_in_two_parts_are_not_explained(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=61), event("b", "bombing", QUETTA, "2017-02-24", killed=61)
        assert reconciled(only("date", a, b, same=(a, b))) == {}

    def test_towns_near_each_other(self) -> None:
        a, b = event("a", "bombing", QUETTA, DAY, killed=61), event("b", "bombing", CHAMAN, DAY, killed=61)
        found = reconciled(only("place", a, b, same=(a, b)))
        assert found == {"near_by": "Chaman and Quetta lie about 97 km apart."}
        far = event("b", "bombing", KABUL, DAY, killed=61)
        assert reconciled(only("place", a, far, same=(a, far))) == {}


class TestAttribution:
    def test_groups_that_claims_tie_to_each_other(self) -> None:
        a = event("a", "bombing", QUETTA, DAY, killed=61, who=by("Daesh", "claimed", "is"))
        b = event("b", "bombing", QUETTA, DAY, killed=61, who=by("LeJ", "blamed", "lej"))
        tie = relation("a", "allied_with", ref("LeJ", "lej"), IS)
        assert reconciled(only("attribution", a, b, tie)) == {
            "tied_groups": "Lashkar-e-Jhangvi allied with Islamic State."
        }
        denied = relation("a", "allied_with", ref("LeJ", "lej"), IS, modality="negated")
        assert reconciled(only("attribution", a, b, denied)) == {}

    def test_groups_with_different_parts_in_it(self) -> None:
        a = event("a", "bombing", QUETTA, DAY, killed=61, who=by("Daesh", "claimed", "is", role="claimant"))
        b = event("b", "bombing", QUETTA, DAY, killed=61, who=by("LeJ", "asserted", "lej", role="executor"))
        found = reconciled(only("attribution", a, b))
        assert found == {"other_parts": "Islamic State as claimant; Lashkar-e-Jhangvi as executor."}

    def test_a_later_account(self) -> None:
        a = event("a", "bombing", QUETTA, DAY, killed=61, who=by("TTP", "suspected", "ttp"))
        b = event("b", "bombing", QUETTA, DAY, killed=61, who=by("Daesh", "claimed", "is"))
        found = reconciled(only("attribution", a, b, documents=reports(a="2016-10-25", b="2016-10-26")))
        assert found == {
            "later_account": "By day of first report: 2016-10-25: Tehrik-i-Taliban Pakistan suspected; "
            "2016-10-26: claimed by Islamic State."
        }


class TestStates:
    def test_presence_of_different_times(self) -> None:
        no, yes = presence("a", IS, PAKISTAN, "denied"), presence("b", IS, BALOCHISTAN, "present")
        c = only("presence", no, yes, documents=reports(a="2015-03", b="2017-05"))
        assert reconciled(c) == {"change_in_time": "denied or absent: 2015-03; present: 2017-05."}

    def test_a_branch_on_one_side_and_a_kind_of_presence_denied(self) -> None:
        no = claim("presence", Presence(IS, PAKISTAN, "denied", "organised presence"), "a")
        yes = claim("presence", Presence(ISK, PAKISTAN, "present", "cells"), "b")
        assert reconciled(only("presence", no, yes)) == {
            "branch_named": "denied or absent: Islamic State; present: Islamic State Khorasan Province.",
            "other_degree": "Denied: “organised presence”.",
        }

    def test_a_handover_within_the_time_given(self) -> None:
        a = relation("a", "leads", person("First Holder"), ISK, "2017-05")
        b = relation("b", "leads", person("Second Holder"), ISK, "2017-05-10")
        assert reconciled(only("leadership", a, b)) == {"handover": "First Holder: 2017-05; Second Holder: 2017-05-10."}
        one_day = relation("a", "leads", person("First Holder"), ISK, "2017-05-10")
        assert reconciled(only("leadership", one_day, b)) == {}

    def test_a_pledge_and_a_membership_are_other_acts(self) -> None:
        a = relation("a", "member_of", person("Hafiz Saeed Khan"), IS, "2014-10")
        b = relation("b", "pledged_allegiance", person("Hafiz Saeed Khan"), IS, "2014-09")
        assert reconciled(only("relation_date", a, b)) == {
            "another_act": "2014-09: pledged allegiance; 2014-10: member of.",
            "dates_in_a_row": "2014-09 and 2014-10 follow each other.",
        }

    def test_a_split_told_elsewhere(self) -> None:
        jundullah, ttp = ref("Jundullah"), ref("TTP", "ttp")
        a = relation("a", "part_of", jundullah, ttp, "2015")
        b = relation("b", "pledged_allegiance", jundullah, IS, "2015-06")
        split = relation("c", "split_from", jundullah, ttp)
        assert reconciled(only("affiliation", a, b, split))["parted"] == (
            "Jundullah split from Tehrik-i-Taliban Pakistan."
        )

    def test_totals_that_count_other_things(self) -> None:
        who = by("Daesh", "asserted", "is")
        a = event("a", "other", PAKISTAN, "2016", aggregate=9, killed=129, who=who)
        b = event("b", "bombing", PAKISTAN, "2016", aggregate=4, killed=120, who=who)
        found = [c for c in resolve(corpus(a, b)).contradictions if c.kind == "total"]
        assert {c.title.rpartition(": ")[2] for c in found} == {"killed 120 or 129", "incidents 4 or 9"}
        assert all(set(reconciled(c)) == {"other_scope"} for c in found)


def test_every_reconciler_and_kind_stands_in_the_documentation() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "resolution.md").read_text(encoding="utf-8")
    for r in RECONCILERS:
        assert f"| `{r.name}` | {', '.join(r.kinds)} | {r.meaning} |" in page
    assert all(f"`{kind}`" in page for kind in CONTRADICTION_KINDS)
