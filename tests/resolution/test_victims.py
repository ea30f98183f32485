"""A named person dies once: reports of the death are reports of one incident."""

from __future__ import annotations

from khabar.records import Claim, Event
from khabar.resolution.resolve import resolve
from resolution.make import AFGHANISTAN, KABUL, corpus, event, person, ref, relation

LEADER = person("Hafiz Saeed Khan")
GROUP = ref("Daesh", "is")
STATE = ref("United States", "us", "state")


def incidents(*claims: Claim) -> tuple[Event, ...]:
    return resolve(corpus(*claims)).events


def death(document: str, date: str, who: object = LEADER, start: int = 0) -> Claim:
    return relation(document, "killed", STATE, who, date, start=start)  # type: ignore[arg-type]


def test_a_year_and_a_month_meet_through_the_person_killed() -> None:
    a = event("a", "drone_strike", None, "2016", killed=1, start=0)
    b = event("b", "drone_strike", AFGHANISTAN, "2016-07", killed=1, start=0)
    (found,) = incidents(a, b, death("a", "2016"), death("b", "2016-07"))
    assert found.derived["when"].value["earliest"] == "2016-07-01"
    assert len(incidents(a, b)) == 2


def test_the_target_names_the_person() -> None:
    a = event("a", "drone_strike", None, "2016", killed=1, target="the commander Hafiz Saeed Khan")
    b = event("b", "drone_strike", KABUL, "2016-07", killed=1, target="Hafiz Saeed Khan")
    assert len(incidents(a, b, relation("a", "member_of", LEADER, GROUP))) == 1
    assert len(incidents(a, b)) == 2


def test_another_person_or_another_passage_joins_nothing() -> None:
    a = event("a", "drone_strike", None, "2016", killed=1, start=0)
    b = event("b", "drone_strike", AFGHANISTAN, "2016-07", killed=1, start=0)
    other = person("Somebody Else")
    assert len(incidents(a, b, death("a", "2016"), death("b", "2016-07", other))) == 2
    assert len(incidents(a, b, death("a", "2016", start=900), death("b", "2016-07"))) == 2


def test_deaths_at_other_times_stay_apart_by_rule() -> None:
    a = event("a", "drone_strike", None, "2015", killed=1, start=0)
    b = event("b", "drone_strike", AFGHANISTAN, "2016-07", killed=1, start=0)
    found = resolve(corpus(a, b, death("a", "2015"), death("b", "2016-07")))
    assert len(found.events) == 2
    assert "relation_date" in {c.kind for c in found.contradictions}
    assert all(e.unsure_with for e in found.events)


def test_one_death_each_of_different_persons_is_not_one_incident() -> None:
    a = event("a", "raid", KABUL, "2016-07", killed=1, start=0)
    b = event("b", "raid", KABUL, "2016-07", killed=1, start=0)
    other = person("Salim Rashid")
    told_apart = resolve(corpus(a, b, death("a", "2016-07"), death("b", "2016-07", other)))
    assert len(told_apart.events) == 2
    assert not any(e.unsure_with for e in told_apart.events)
    assert len(incidents(a, b)) == 1
