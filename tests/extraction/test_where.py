from __future__ import annotations

from khabar.extraction.drafts import Sited
from khabar.extraction.where import same_area
from khabar.records import EventBody, Place

QUETTA = Sited(Place("Quetta", "Quetta", 1, "city", "PK", "Balochistan"), (0, 6))
KHUZDAR = Sited(Place("Khuzdar", "Khuzdar", 2, "city", "PK", "Balochistan"), (0, 7))
BALOCHISTAN = Sited(Place("Balochistan", "Balochistan", 3, "adm1", "PK", "Balochistan", precision="adm1"), (0, 11))
LAHORE = Sited(Place("Lahore", "Lahore", 4, "city", "PK", "Punjab"), (0, 6))


def test_an_incident_without_place_takes_that_of_the_title(events) -> None:
    [claim] = events(
        "Explosion at Cairo church kills 25\n\nA blast tore through a chapel on Sunday, killing 25 people."
    )
    assert {p.country for p in claim.body.places} == {"EG"}


def test_two_places_of_one_incident() -> None:
    assert same_area([QUETTA], [QUETTA, BALOCHISTAN]) is True
    assert same_area([QUETTA], [KHUZDAR]) is False
    assert same_area([LAHORE], [BALOCHISTAN]) is False
    assert same_area([QUETTA], [BALOCHISTAN]) is None
    assert same_area([], [QUETTA]) is None


def places(claim) -> list[tuple[str, str | None]]:
    assert isinstance(claim.body, EventBody)
    return [(p.name, p.country) for p in claim.body.places]


def test_facilities_come_first_and_lie_in_their_town(events) -> None:
    [claim] = events("Gunmen stormed a hospital in Kabul on Monday and killed nine patients.")
    assert places(claim)[:2] == [("hospital", "AF"), ("Kabul", "AF")]
    assert claim.body.places[0].precision == "near"


def test_the_same_town_is_that_of_the_incident_before(events) -> None:
    first = "Gunmen killed six people at a market in Quetta on 3 May 2018. "
    [_, older] = events(first + "In March 2017 a bomb killed two people at a mosque in the same city.")
    assert ("Quetta", "PK") in places(older)


def test_where_the_wounded_lie_is_not_where_they_were_hurt(events) -> None:
    [claim] = events(
        "Gunmen killed six people in Quetta on 3 May 2018. Nine others were being treated in hospitals in Karachi."
    )
    assert [name for name, _country in places(claim)] == ["Quetta"]
    [_, older] = events(
        "Gunmen killed a farmer in Quetta on 3 May 2018. His son was taken to Karachi. "
        "A year ago two of his cousins were shot dead by rebels."
    )
    assert "Karachi" not in [name for name, _country in places(older)]


def test_an_embassy_stands_abroad(events) -> None:
    [claim] = events("Rebels fired rockets at the Iranian consulate in Herat on Monday.")
    assert {country for _name, country in places(claim)} == {"AF"}
    [alone] = events("Students attacked the Danish embassy on Friday.")
    assert places(alone) == [("Danish embassy", None)]


def test_the_state_whose_drone_it_is_is_not_the_place(events) -> None:
    [claim] = events("He was killed in a US drone strike in Yemen on Monday.")
    assert places(claim) == [("Yemen", "YE")]
    assert [a.actor.kind for a in claim.body.attributions] == ["state"]


def test_a_place_is_inherited_from_the_paragraph(events) -> None:
    [claim] = events("Karachi has seen much violence. On 3 May 2018 gunmen killed six traders.")
    assert "Karachi" in [name for name, _country in places(claim)]


def test_where_somebody_operates_or_was_before_is_not_where_it_happened(events) -> None:
    [killed] = events("Soldiers killed a commander who operated in Bannu in a raid in Peshawar on Monday.")
    assert "Bannu" not in {p.name for p in killed.body.places}
    [shot] = events("Gunmen killed a judge outside a court in Quetta on Monday after he had returned from Madinah.")
    assert {p.country for p in shot.body.places} == {"PK"}


def test_a_dateline_with_a_date_is_where_the_report_was_written(events) -> None:
    [claim] = events(
        "Lagos, 8th Feb, 2019: Gunmen killed nine villagers in an ambush near Jos on Tuesday, police said."
    )
    assert "Lagos" not in [name for name, _country in places(claim)]
    [north] = events("Bamako, 4 March 2021: The army put at 17 the soldiers killed in a raid on a base in the north.")
    assert [name for name, _country in places(north)] == ["base"]
    [listed] = events("A week of violence.\n\nJos, 5 February: Gunmen killed nine villagers.")
    assert "Jos" in [name for name, _country in places(listed)]  # a chronology


def test_people_who_die_in_hospital_were_hurt_elsewhere(events) -> None:
    [claim] = events("A bomb hurt nine people at a market in Quetta on 3 May 2018 and three of them died in hospital.")
    assert "hospital" not in [name for name, _country in places(claim)]
    [stormed] = events("Gunmen killed three patients in a hospital in Quetta on 3 May 2018.")
    assert "hospital" in [name for name, _country in places(stormed)]


def test_a_person_s_name_and_home_are_no_places_of_what_happened(events) -> None:
    [claim, *_] = events("A man stabbed three people in Leeds before police shot him dead: Karim Medina, 27, of Luton.")
    assert [name for name, _country in places(claim)] == ["Leeds"]


def test_a_name_that_the_parser_cuts_is_whole(events) -> None:
    [claim] = events("A bomber killed 14 pilgrims at the Shrine of Baba Shah Qadri in remote Khuzdar on 3 May 2015.")
    assert places(claim)[0][0] == "Shrine of Baba Shah Qadri"
