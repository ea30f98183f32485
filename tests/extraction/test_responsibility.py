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
