"""Rules only choose: what they show was stated, the conservative toll is not above the majority's, and neither order
nor copies change anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.errors import SettingsError
from khabar.records import Claim, Derived, Event, Judgement, Place
from khabar.resolution.resolve import resolve
from khabar.resolution.values.rules import RULES, rule_named
from khabar.settings import RULE, RULE_NAMES
from resolution.make import BALOCHISTAN, KABUL, QUETTA, corpus, document, event


def shown(rule: str, *claims: Claim, **more: Any) -> Event:
    """All claims as one incident, whatever the comparison thinks, with its values chosen by a rule."""
    people = [Judgement(claims[0].id, c.id, "same", "amira", "2026-01-01") for c in claims[1:]]
    (found,) = resolve(replace(corpus(*claims, **more), rule=rule), people).events
    return found


def killed(rule: str, *numbers: int | str, days: tuple[str, ...] = (), dead: int | None = None) -> Derived:
    """The toll of an incident that one report for each number tells; in the last, `dead` attackers die."""
    last = len(numbers) - 1
    claims = [
        event(f"d{i}", "bombing", QUETTA, "2016-10-24", killed=n, attackers_killed=dead if i == last else None)
        for i, n in enumerate(numbers)
    ]
    documents = [document(f"d{i}", None, days[i] if days else None) for i in range(len(numbers))]
    return shown(rule, *claims, documents=documents).derived["killed"]


def test_the_table_of_rules_has_the_names_of_the_settings() -> None:
    assert tuple(rule.name for rule in RULES) == RULE_NAMES
    assert RULE_NAMES[0] == RULE
    with pytest.raises(SettingsError, match="there is no rule 'best'"):
        rule_named("best")


class TestConservative:
    def test_the_lowest_that_two_origins_state(self) -> None:
        found = killed("conservative", 59, 61, 61, 66, 66, 66)
        assert (found.value["best"], found.rule) == (61, "conservative: lowest that two origins state")

    def test_else_the_lowest(self) -> None:
        found = killed("conservative", 61, 59, 66)
        assert (found.value["best"], found.rule) == (59, "conservative: lowest that an origin states")

    def test_an_earlier_figure_of_one_source_is_superseded(self) -> None:
        claims = [event(d, "bombing", QUETTA, "2016-10-24", killed=n) for d, n in (("a", 20), ("b", 61))]
        papers = [document("a", "Herat Post", "2016-10-24"), document("b", "Herat Post", "2016-10-25")]
        assert shown("conservative", *claims, documents=papers).derived["killed"].value["best"] == 61

    def test_no_narrower_type_than_all_agree_on(self) -> None:
        claims = [event("a", "suicide_bombing", QUETTA, killed=61), event("b", "bombing", QUETTA, killed=61)]
        assert shown("conservative", *claims).derived["type"].value == "bombing"
        assert shown("majority", *claims).derived["type"].value == "suicide_bombing"

    def test_a_place_that_two_origins_name(self) -> None:
        site = Place("police college", "police college", None, "site", "PK", "Balochistan", "Quetta", precision="near")
        claims = [
            event("a", "bombing", BALOCHISTAN, killed=61),
            event("b", "bombing", BALOCHISTAN, killed=61),
            event("c", "bombing", site, killed=61),
        ]
        places = shown("conservative", *claims).derived["places"]
        assert ([p["name"] for p in places.value], places.rule.partition(": ")[2]) == (
            ["Balochistan"],
            "most precise places that two origins name",
        )
        assert [p["name"] for p in shown("majority", *claims).derived["places"].value] == ["police college"]


class TestLatest:
    def test_the_newest_report(self) -> None:
        found = killed("latest", 61, 61, 59, days=("2016-10-24", "2016-10-24", "2016-10-26"))
        assert (found.value["best"], found.rule) == (59, "latest: most recent report")

    def test_without_days_the_majority(self) -> None:
        found = killed("latest", 61, 61, 59)
        assert (found.value["best"], found.rule) == (61, "latest: majority of independent origins")


class TestUcdp:
    def test_low_best_and_high_are_stated_ones(self) -> None:
        found = killed("ucdp", 43, 45, 45, 47)
        assert found.value == {"low": 43, "best": 45, "high": 47, "text": ""}
        assert found.rule == "ucdp: lowest, majority's and highest of independent origins"

    def test_one_number_is_that_number(self) -> None:
        found = killed("ucdp", 61, 61)
        assert (found.value["low"], found.value["high"], found.rule) == (61, 61, "only value")

    def test_the_first_and_the_last_possible_day(self) -> None:
        claims = [event(d, "bombing", QUETTA, day, killed=61) for d, day in (("a", "2016-10-24"), ("b", "2016-10-26"))]
        when = shown("ucdp", *claims).derived["when"]
        assert (when.value["earliest"], when.value["latest"]) == ("2016-10-24", "2016-10-26")


class TestAttackers:
    def test_a_toll_with_the_attackers_counts_for_the_one_without(self) -> None:
        found = killed("majority", 59, 66, 61, dead=5)
        assert (found.value["best"], found.rule) == (61, "majority of independent origins, attackers counted out")

    def test_only_where_the_number_of_attackers_fits(self) -> None:
        assert killed("majority", 66, 61, dead=3, days=("2016-10-26", "2016-10-24")).value["best"] == 66

    def test_not_where_the_same_claim_counts_them_apart(self) -> None:
        claims = [
            event("a", "bombing", QUETTA, "2016-10-24", killed=61),
            event("b", "bombing", QUETTA, "2016-10-24", killed=66, attackers_killed=5),
        ]
        found = shown("conservative", *claims).derived["killed"]
        assert (found.value["best"], found.rule) == (61, "conservative: lowest that an origin states")

    def test_every_rule_compares_alike(self) -> None:
        for rule in RULE_NAMES:
            found = killed(rule, 66, 61, dead=5, days=("2016-10-26", "2016-10-24"))
            assert (found.value["low"], found.value["best"], found.value["high"]) == (61, 61, 61)
            assert "attackers counted out" in found.rule


def test_all_values_stay_stated_whatever_the_rule() -> None:
    claims = [event(d, "bombing", KABUL, "2020-03-06", killed=n) for d, n in (("a", 27), ("b", 32))]
    kept = [shown(rule, *claims).values for rule in RULE_NAMES]
    assert all(values == kept[0] for values in kept)


counts = st.one_of(st.integers(0, 12), st.integers(1, 12).map(lambda n: f"{n}+"), st.just("dozens"))
told = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        counts,
        st.one_of(st.none(), st.integers(1, 3)),
        st.sampled_from(["bombing", "suicide_bombing", "raid", "other"]),
        st.sampled_from(["2016-10-24", "2016-10-25", "2016-10", None]),
        st.sampled_from([None, "police", "officials"]),
    ),
    min_size=1,
    max_size=6,
)
PAPERS = [document("a", "Herat Post", "2016-10-25"), document("b", "AFP", "2016-10-26"), document("c", "Herat Post")]
Telling = tuple[str, Any, int | None, str, str | None, str | None]


def tell(report: Telling, name: str | None = None) -> Claim:
    paper, number, dead, kind, day, speaker = report
    return event(
        name or paper, kind, QUETTA, day, killed=number, attackers_killed=dead, speaker=speaker, text="Some words."
    )


def chosen(claims: list[Claim], rule: str, **more: Any) -> dict[str, Any]:
    return {f: d.value for f, d in shown(rule, *claims, documents=PAPERS, **more).derived.items()}


@pytest.mark.parametrize("rule", RULE_NAMES)
@settings(max_examples=40, deadline=None)
@given(told, st.randoms())
def test_rules_choose_among_what_is_stated_in_any_order(rule: str, reports: list[Telling], random: Any) -> None:
    claims = list({c.id: c for c in map(tell, reports)}.values())
    mixed = list(claims)
    random.shuffle(mixed)
    found = shown(rule, *claims, documents=PAPERS)
    assert found == shown(rule, *mixed, documents=PAPERS)
    toll = found.derived["killed"].value
    stated = [v.value for v in found.values["killed"]]
    bounds = {n for v in stated for n in (v["low"], v["best"], v["high"])}
    assert {toll["low"], toll["best"], toll["high"]} <= bounds
    assert rule == "ucdp" or toll in stated
    assert found.derived["type"].value in [v.value for v in found.values["type"]]
    if "when" in found.derived:
        days = {day for v in found.values["when"] for day in (v.value["earliest"], v.value["latest"])}
        assert {found.derived["when"].value["earliest"], found.derived["when"].value["latest"]} <= days | {None}
    assert all(derived.rule for derived in found.derived.values())


@settings(max_examples=80, deadline=None)
@given(told)
def test_the_conservative_toll_is_not_above_the_majority(reports: list[Telling]) -> None:
    claims = list({c.id: c for c in map(tell, reports)}.values())
    low, most, range_ = (chosen(claims, rule)["killed"] for rule in ("conservative", "majority", "ucdp"))
    if low["best"] is not None and most["best"] is not None:
        assert low["best"] <= most["best"]
        assert range_["low"] <= most["best"]
        assert range_["high"] is None or most["best"] <= range_["high"]


@pytest.mark.parametrize("rule", RULE_NAMES)
@settings(max_examples=40, deadline=None)
@given(told)
def test_a_copy_of_a_report_changes_no_value(rule: str, reports: list[Telling]) -> None:
    claims = list({c.id: c for c in map(tell, reports)}.values())
    first = reports[0][0]
    copies = [tell(report, "e") for report in reports if report[0] == first]
    before = chosen(claims, rule)
    papers = [*PAPERS, *(replace(p, id="e", file="e.txt") for p in PAPERS if p.id == first)]
    people = [Judgement(claims[0].id, c.id, "same", "amira", "2026-01-01") for c in [*claims, *copies][1:]]
    group = (frozenset((first, "e")),)
    (found,) = resolve(replace(corpus(*claims, *copies, documents=papers, copies=group), rule=rule), people).events
    after = {f: d.value for f, d in found.derived.items()}
    assert {f: _without_words(v) for f, v in after.items()} == {f: _without_words(v) for f, v in before.items()}


def _without_words(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != "text"} if isinstance(value, dict) else value
