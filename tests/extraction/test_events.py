from __future__ import annotations

import pytest

from khabar.records import Claim, Count, EventBody


def test_the_first_and_the_second_of_a_series_are_told_apart_by_place(events) -> None:
    told = events(
        "Baghdad saw two car bombs on Monday. The first, in Karrada, killed ten people; the second, in Sadr City, "
        "killed eight and wounded 15."
    )
    single = [c for c in told if c.body.aggregate is None]
    assert [(c.body.type, c.body.killed.best) for c in single] == [("bombing", 10), ("bombing", 8)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The opposition launched an attack on the budget bill in Accra on Monday.",
        "Firefighters battled a blaze in Perth on Monday that killed two people.",
        "Two people were killed when a gas cylinder exploded in Pune on Monday.",
        "The film, in which gunmen storm a school in Dallas, opens on Friday.",
        "The change would kill the amendment, a senator said in Ottawa on Monday.",
    ],
)
def test_figures_of_speech_accidents_and_stories_are_no_events(events, sentence: str) -> None:
    assert events(sentence) == []


def body(claim: Claim) -> EventBody:
    assert isinstance(claim.body, EventBody)
    return claim.body


def bounds(count: Count | None) -> tuple[int | None, int | None, int | None] | None:
    return (count.low, count.best, count.high) if count else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A car bomb killed four people in Baidoa on Monday.", "bombing"),
        ("A suicide bomber attacked a mosque in Zaria on Monday and killed nine people.", "suicide_bombing"),
        ("Gunmen killed six farmers near Bamenda on Monday.", "armed_assault"),
        ("A judge was assassinated in Cotabato on Monday.", "assassination"),
        ("Rebels ambushed a convoy near Bangassou on Monday.", "ambush"),
        ("A man stabbed two passengers in Lyon on Monday.", "stabbing"),
        ("Militants kidnapped three engineers in Sirte on Monday.", "abduction"),
        ("Police arrested four suspects in Mombasa on Monday.", "arrest"),
        ("A US drone strike killed two militants in Shabwa on Monday.", "drone_strike"),
        ("Mortar fire hit the market in Taiz on Monday, killing five people.", "shelling"),
        ("Soldiers clashed with rebels near Goma on Monday.", "clash"),
        ("Police shot dead two militants in Quetta on Monday.", "raid"),
    ],
)
def test_types_come_from_triggers_cues_and_who_acts(events, text: str, kind: str) -> None:
    [claim] = events(text)
    assert body(claim).type == kind


def test_one_sentence_gives_all_its_slots(events) -> None:
    [claim] = events(
        "Boko Haram gunmen attacked a market in Biu on Monday, killing at least 12 traders and wounding 30."
    )
    found = body(claim)
    assert (claim.when.earliest, claim.when.latest) == ("2018-05-07", "2018-05-07")
    assert bounds(found.killed) == (12, 12, None)
    assert bounds(found.injured) == (30, 30, 30)
    assert found.places[0].name == "market"
    assert found.places[0].country == "NG"
    assert [(a.actor.name, a.stance) for a in found.attributions] == [("Boko Haram", "asserted")]
    assert ("market", "market") in [(t.text, t.category) for t in found.targets]


def test_two_incidents_in_one_sentence_stay_apart(events) -> None:
    claims = events(
        "On 3 May 2018 a bomb killed four people in Mosul, and on 5 May 2018 gunmen killed seven people in Kirkuk."
    )
    assert [(bounds(body(c).killed), c.when.earliest) for c in claims] == [
        ((4, 4, 4), "2018-05-03"),
        ((7, 7, 7), "2018-05-05"),
    ]
    first, second = (c.passages[0] for c in claims)
    assert first.end <= second.start


def test_later_sentences_add_to_the_incident(events) -> None:
    [claim] = events(
        "A bomb exploded in a church in Jos on Sunday. The blast killed eight people. Another 20 were injured."
    )
    assert bounds(body(claim).killed) == (8, 8, 8)
    assert bounds(body(claim).injured) == (20, 20, 20)
    assert len(claim.passages) == 3


def test_disagreeing_tolls_stay_two_claims(events) -> None:
    claims = events(
        "A bomb in Jos killed eight people on Sunday. Hospital staff said 11 people had been killed in the blast."
    )
    assert sorted(bounds(body(c).killed)[0] for c in claims) == [8, 11]
    assert {c.when.earliest for c in claims} == {"2018-05-06"}


def test_claims_of_responsibility_are_attributions(events) -> None:
    [claim] = events(
        "A suicide bomber killed nine soldiers in Gao on Monday. Ansar Dine claimed responsibility for the attack. "
        "The government blamed Boko Haram."
    )
    assert {(a.actor.name, a.stance) for a in body(claim).attributions} == {
        ("Ansar Dine", "claimed"),
        ("Boko Haram", "blamed"),
    }
    assert any("claimed responsibility" in p.quote for p in claim.passages)


def test_nobody_claimed_it(events) -> None:
    [claim] = events("A bomb killed nine soldiers in Gao on Monday. No group claimed responsibility for the attack.")
    assert body(claim).attributions == ()


def test_attackers_killed_are_counted_apart(events) -> None:
    [claim] = events(
        "Gunmen stormed a hotel in Kismayo on Friday and killed 26 people. All four attackers were shot dead by police."
    )
    assert bounds(body(claim).killed) == (26, 26, 26)
    assert bounds(body(claim).attackers_killed) == (4, 4, 4)
    assert body(claim).type == "armed_assault"


def test_those_killed_by_forces_are_the_killed_of_an_operation(events) -> None:
    [claim] = events("Troops killed five militants in a raid near Derna on Friday.")
    assert bounds(body(claim).killed) == (5, 5, 5)
    assert body(claim).attackers_killed is None
    assert body(claim).attributions[0].actor.kind == "agency"


def test_totals_are_no_incidents(events) -> None:
    [claim] = events("Al-Shabaab carried out nine attacks in Somalia in 2016, killing 129 people.")
    assert body(claim).aggregate == 9
    assert bounds(body(claim).killed) == (129, 129, 129)


@pytest.mark.parametrize(
    "text",
    [
        "A mock exercise in Lahore on Monday had police kill four attackers.",
        "Twelve people were killed when a bus crashed near Quetta on Monday.",
        "An earthquake killed 40 people in Herat on Monday.",
        "He died of a heart attack in Cairo on Monday.",
        "The general warned that militants could attack a school in Lahore.",
        "The union called a general strike in Nairobi on Monday.",
    ],
)
def test_what_is_no_event_is_not_coded(events, text: str) -> None:
    assert [c for c in events(text) if c.modality == "actual"] == []


def test_a_foiled_plot(events) -> None:
    claims = events("Police in Mombasa foiled a plot to bomb a shopping centre in May 2018.")
    assert [(body(c).type, c.modality) for c in claims] == [("foiled_plot", "foiled")]


def test_an_undated_past_event_is_bounded_by_publication(events) -> None:
    [claim] = events("Gunmen killed six farmers in Bamenda.", "2018-05-10")
    assert (claim.when.earliest, claim.when.latest) == (None, "2018-05-10")


def test_the_title_is_not_a_second_incident(events) -> None:
    assert len(events("Bomb kills nine in Gao\n\nA bomb killed nine people in Gao on Monday.")) == 1


def test_a_heading_gives_the_province(events) -> None:
    text = (
        "Attacks of the month were few and far between, and most were small.\n\n"
        "Punjab Province\n\nGunmen killed six farmers on 3 May 2018."
    )
    [claim] = events(text)
    assert "Punjab" in [p.name for p in body(claim).places]


def test_the_same_reading_gives_the_same_claims(events) -> None:
    text = "A bomb killed nine people in Gao on Monday. JNIM said it had carried out the attack."
    assert events(text) == events(text)


def test_reported_speech_has_its_speaker(events) -> None:
    [claim] = events("The interior minister claimed that six militants had been arrested in Sinai on Monday.")
    assert claim.speaker is not None
    assert "minister" in claim.speaker.name
    assert claim.stance == "claimed"
    assert bounds(body(claim).arrested) == (6, 6, 6)
