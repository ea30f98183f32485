from __future__ import annotations

import pytest

from khabar.records import EventBody

FIRST = "A car bomb killed nine people in Mogadishu on Monday. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Al-Shabaab claimed responsibility for the attack.", {("Al-Shabaab", "claimed")}),
        ("Al-Shabaab said it had carried out the attack.", {("Al-Shabaab", "claimed")}),
        ("Al-Shabaab has claimed it.", {("Al-Shabaab", "claimed")}),
        ("The government blamed al-Shabaab for the bombing.", {("Al-Shabaab", "blamed")}),
        ("Al-Shabaab was thought to be responsible.", {("Al-Shabaab", "suspected")}),
        ("Al-Shabaab denied responsibility.", {("Al-Shabaab", "denied")}),
        ("Al-Shabaab denied any involvement in the attack.", {("Al-Shabaab", "denied")}),
        ("No group claimed responsibility.", set()),
    ],
)
def test_later_sentences_attribute_the_incident(events, sentence: str, expected: set[tuple[str, str]]) -> None:
    [claim] = events(FIRST + sentence)
    assert isinstance(claim.body, EventBody)
    found = {(a.actor.name.lower(), a.stance) for a in claim.body.attributions}
    assert found == {(name.lower(), stance) for name, stance in expected}


def test_the_channel_is_kept(events) -> None:
    [claim] = events(FIRST + "Al-Shabaab claimed responsibility for the attack in a statement on Telegram.")
    [attribution] = claim.body.attributions
    assert attribution.channel is not None
    assert "statement" in attribution.channel


def test_both_groups_and_both_attacks(events) -> None:
    claims = events(
        "A suicide bomber killed 20 people in Quetta on 3 May 2018. "
        "Gunmen killed nine people in Karachi on 5 May 2018. "
        "Islamic State and Lashkar-e-Jhangvi both claimed responsibility for the attacks."
    )
    assert len(claims) == 2
    for claim in claims:
        assert {(a.actor.name, a.stance) for a in claim.body.attributions} == {
            ("Islamic State", "claimed"),
            ("Lashkar-e-Jhangvi", "claimed"),
        }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Al-Shabaab said it was behind the attack.", {("al-Shabaab", "claimed")}),
        ("The blast was claimed by al-Shabaab.", {("al-Shabaab", "claimed")}),
        (
            "Islamic State's Amaq agency said one of its fighters had carried out the bombing.",
            {("Islamic State", "claimed")},
        ),
        ("A faction of the TTP, Jamaat-ul-Ahrar, claimed it.", {("Jamaat-ul-Ahrar", "claimed")}),
        ("Somali officials blamed al-Shabaab. They deny it.", {("al-Shabaab", "blamed"), ("al-Shabaab", "denied")}),
        ("Al-Shabaab denied it was behind the blast.", {("al-Shabaab", "denied")}),
        ("Al-Shabaab said it did not carry out the attack.", {("al-Shabaab", "denied")}),
        ("Al-Shabaab distanced itself from the bombing.", {("al-Shabaab", "denied")}),
        ("The police pointed the finger at al-Shabaab.", {("al-Shabaab", "blamed")}),
        ("Somali intelligence attributed the bombing to al-Shabaab.", {("al-Shabaab", "blamed")}),
        ("Suspicion fell on al-Shabaab.", {("al-Shabaab", "suspected")}),
        ("Police named the bomber as Abdi Warsame, 24.", {("Abdi Warsame", "blamed")}),
        ("Al-Shabaab boasted of the attack on its website.", {("al-Shabaab", "claimed")}),
        ("The blast was the work of al-Shabaab, the army said.", {("al-Shabaab", "blamed")}),
        ("The police believe al-Shabaab was behind the attack.", {("al-Shabaab", "suspected")}),
        ("Al-Shabaab said it would carry out more attacks.", set()),
        ("A senior police officer claimed that all bombers were dead.", set()),
    ],
)
def test_other_wordings_of_claim_blame_and_denial(events, sentence: str, expected: set[tuple[str, str]]) -> None:
    claim = events(FIRST + sentence)[0]
    assert {(a.actor.name, a.stance) for a in claim.body.attributions} == expected


def test_the_news_agency_is_the_channel_of_its_group(events) -> None:
    [claim] = events(FIRST + "Islamic State's Amaq agency said its fighters had carried out the bombing.")
    [attribution] = claim.body.attributions
    assert attribution.by == "Islamic State"
    assert "Amaq" in (attribution.channel or "")


def test_planner_and_funder_have_their_roles(events) -> None:
    [claim] = events(FIRST + "The attack was planned by al-Shabaab. It was financed by al-Qaeda.")
    assert {(a.actor.name, a.role) for a in claim.body.attributions} == {
        ("al-Shabaab", "planner"),
        ("al-Qaeda", "funder"),
    }


def test_a_denied_part_in_an_event_does_not_deny_the_event(events) -> None:
    [claim] = events("The Taliban denied they were behind a bombing that killed 12 people in Kunduz on Tuesday.")
    assert claim.stance == "asserted"
    assert {(a.actor.name, a.stance) for a in claim.body.attributions} == {("Taliban", "denied")}


def test_nobody_claiming_an_event_does_not_negate_it(events) -> None:
    [claim] = events(FIRST + "Nobody claimed the bombing.")
    assert claim.modality == "actual"
    assert claim.body.attributions == ()


def test_who_denies_being_involved_is_not_blamed(events) -> None:
    [claim] = events(FIRST + "Al-Shabaab denied that they had been involved in the attack.")
    assert [(a.actor.name, a.stance) for a in claim.body.attributions] == [("al-Shabaab", "denied")]


def test_a_claim_on_behalf_of_a_group_is_the_groups(events) -> None:
    [claim] = events(FIRST + "A man called Hassan Abdi claimed responsibility on behalf of al-Shabaab.")
    assert [(a.actor.name, a.stance) for a in claim.body.attributions] == [("al-Shabaab", "claimed")]


def test_the_last_of_the_attackers_is_no_new_incident(events) -> None:
    [claim] = events(
        "Gunmen killed nine people in Gao on Monday. The last of the three attackers had been shot dead hours later."
    )
    assert claim.body.killed.best == 9


def test_who_speaks_by_office_alone_is_no_perpetrator(events) -> None:
    claims = events("Suspected rebels attacked a post in Gao on Monday. A spokesman said he had killed two rebels.")
    assert all("spokesman" not in a.actor.name for c in claims for a in c.body.attributions)
