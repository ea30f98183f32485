"""Verdicts on claims against a coder's rows, worked out by hand on made-up ones."""

from __future__ import annotations

from dataclasses import replace

from khabar.evaluation.judged_events import Incident, best_incident, event_verdicts
from khabar.evaluation.judged_muc4 import muc4_incidents
from khabar.evaluation.judged_ties import Row, tie_verdicts
from khabar.evaluation.muc4 import Fill, KeyDocument, KeyTemplate
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    Count,
    EventBody,
    Extractor,
    Passage,
    Place,
    Relation,
    Statement,
    When,
)

_RULES = Extractor("rules", "1", "b@1")
_IS = ActorRef("IS", "Islamic State", "org:islamic-state")


def _event(start: int = 0, end: int = 50, **body: object) -> Claim:
    parts: dict[str, object] = {"type": "bombing", "killed": Count(5, 5, 5, "five"), **body}
    when = When("2019-05-03", "2019-05-03", "day", "on Friday")
    return Claim("c", "event", (Passage("d", start, end, "x" * (end - start)),), EventBody(**parts), _RULES, when=when)  # type: ignore[arg-type]


_GOLD = Incident(
    spans=((5, 45),),
    types=("bombing", "suicide_bombing"),
    when=("2019-05-03", "2019-05-03"),
    places=("Mingora", "Swat"),
    tolls={"killed": (5, 5, 5), "injured": None},
    attributions=((frozenset({"Daesh"}), ("claimed",)),),
)


def test_every_value_is_held_against_the_coders() -> None:
    claim = _event(
        places=(Place("a market", "a market"), Place("Swat", "Swat District", 1)),
        injured=Count(2, 2, 2, "two"),
        attributions=(Attribution(_IS, "claimed"), Attribution(_IS, "blamed")),
    )
    assert event_verdicts(claim, _GOLD) == {
        "claim": True, "type": True, "when": True, "places": True, "killed": True, "injured": False,
        "attribution:0": True, "attribution:1": False,
    }  # fmt: skip


def test_a_wrong_type_makes_the_claim_wrong_but_not_its_values() -> None:
    told = event_verdicts(_event(type="arson"), _GOLD)
    assert (told["claim"], told["type"], told["killed"]) == (False, False, True)


def test_a_single_incident_called_a_total_is_wrong() -> None:
    assert not event_verdicts(_event(aggregate=3), _GOLD)["claim"]


def test_a_date_far_off_or_far_wider_is_wrong_and_one_without_words_is_not_judged() -> None:
    def told(when: When) -> bool | None:
        return event_verdicts(replace(_event(), when=when), _GOLD).get("when")

    assert told(When("2019-05-02", "2019-05-02", "day", "on Thursday")) is True  # the night between two days
    assert told(When("2019-04-03", "2019-04-03", "day", "in April")) is False
    assert told(When("2019-05-01", "2019-05-31", "month", "in May")) is False
    assert told(When(None, "2019-05-03")) is None


def test_what_a_coder_doubts_is_not_judged() -> None:
    assert event_verdicts(_event(), replace(_GOLD, doubtful=True)) == {}


def test_a_claim_means_the_incident_of_its_words_or_of_its_toll_place_and_day() -> None:
    other = replace(_GOLD, spans=((200, 240),), tolls={"killed": (9, 9, 9)}, places=("Quetta",))
    assert best_incident(_event(), [other, _GOLD]) == _GOLD
    assert best_incident(_event(300, 350, places=(Place("Swat", "Swat"),)), [other, _GOLD]) == _GOLD
    assert best_incident(_event(300, 350, type="arrest", killed=None), [other]) is None


def _tie(body: Relation | Statement, start: int = 0) -> Claim:
    kind = "relation" if isinstance(body, Relation) else "statement"
    return Claim("c", kind, (Passage("d", start, start + 40, "x" * 40),), body, _RULES)  # type: ignore[arg-type]


def test_a_tie_is_held_against_the_row_of_its_words_that_it_agrees_with_most() -> None:
    leader = ActorRef("Omar", "Omar", kind="person")
    led = Row((0, 30), ("leads", "led"), frozenset({"Omar"}), frozenset({"Daesh"}))
    other = Row((0, 30), ("alias_of",), frozenset({"ISK"}), frozenset({"Khorasan"}))
    assert tie_verdicts(_tie(Relation("leads", leader, _IS)), [other, led]) == {
        "claim": True, "type": True, "subject": True, "object": True,
    }  # fmt: skip
    assert tie_verdicts(_tie(Relation("member_of", leader, _IS)), [led])["claim"] is False
    assert tie_verdicts(_tie(Relation("founded", leader, ActorRef("X", "X"))), [led]) == {"claim": False}
    assert tie_verdicts(_tie(Relation("leads", leader, _IS), 300), [led]) == {"claim": False}


def test_a_symmetric_tie_may_be_turned_round() -> None:
    row = Row((0, 30), ("alias_of",), frozenset({"Islamic State"}), frozenset({"Daesh"}))
    turned = Relation("alias_of", ActorRef("Daesh", "Daesh"), ActorRef("Islamic State", "Islamic State"))
    assert tie_verdicts(_tie(turned), [row])["claim"] is True


def test_a_statement_is_judged_by_its_kind_and_whom_it_is_about() -> None:
    row = Row((0, 30), ("estimate",), frozenset({"Islamic State"}))
    assert tie_verdicts(_tie(Statement("estimate", (_IS,))), [row]) == {"claim": True, "kind": True, "about": True}
    assert tie_verdicts(_tie(Statement("forecast", (_IS,))), [row])["claim"] is False


def test_a_key_of_muc4_gives_days_places_and_where_its_targets_stand() -> None:
    text = "TWO BOMBS DAMAGED THE POST\nOFFICE IN LIMA ON 4 MARCH."
    slots = {
        "INCIDENT: TYPE": (Fill(labels=("BOMBING",)),),
        "INCIDENT: DATE": (Fill(labels=("- 04 MAR 90",)),),
        "INCIDENT: LOCATION": (Fill(labels=("PERU",), mentions=("LIMA (CITY)",)),),
        "PHYS TGT: ID": (Fill(mentions=("POST OFFICE",)),),
        "PERP: ORGANIZATION ID": (Fill(mentions=("SHINING PATH",)),),
    }
    robbery = KeyTemplate(2, False, {"INCIDENT: TYPE": (Fill(labels=("ROBBERY",)),)})
    [incident] = muc4_incidents(KeyDocument("m", text, (KeyTemplate(1, False, slots), robbery)))
    assert [text[a:b].split() for a, b in incident.spans] == [["POST", "OFFICE"]]
    assert incident.when == (None, "1990-03-04")
    assert incident.places == ("PERU", "LIMA")
    assert "bombing" in incident.types
    assert incident.attributions == ((frozenset({"SHINING PATH"}), ()),)
