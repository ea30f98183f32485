from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.reading.gazetteer import Gazetteer
from khabar.reading.model import PlaceMention
from khabar.reading.places import PlaceContext, find_datelines, find_places, locate_names


def found(text: str, gazetteer: Gazetteer, published: str | None = None) -> list[PlaceMention]:
    return find_places(text, [], gazetteer, PlaceContext(published))


def one(text: str, gazetteer: Gazetteer) -> PlaceMention:
    mentions = found(text, gazetteer)
    assert len(mentions) == 1, [m.text for m in mentions]
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "name", "country", "kind", "precision"),
    [
        ("Two men were shot in Quetta.", "Quetta", "PK", "city", "exact"),
        ("A mine went off in Quetta district.", "Quetta District", "PK", "adm2", "adm2"),
        ("Shells fell on the outskirts of Karachi.", "Karachi", "PK", "city", "near"),
        ("They were held 25 km north of Mosul.", "Mosul", "IQ", "city", "near"),
        ("Fighting went on in south-western Pakistan.", "Pakistan", "PK", "country", "region"),
        ("Raids in north-western Balochistan failed.", "Balochistan", "PK", "adm1", "adm1"),
        ("The bomb hit Nangarhar Province.", "Nangarhar", "AF", "adm1", "adm1"),
        ("The bus was stopped in Sehwan city.", "Sehwan", "PK", "city", "exact"),
    ],
)  # fmt: skip
def test_a_place_has_its_kind_and_precision(
    text: str, name: str, country: str, kind: str, precision: str, gazetteer: Gazetteer
) -> None:
    place = one(text, gazetteer).place
    assert (place.name, place.country, place.kind, place.precision) == (name, country, kind, precision)


def test_the_modifier_is_part_of_the_mention(gazetteer: Gazetteer) -> None:
    assert one("Shells fell on the outskirts of Karachi.", gazetteer).text == "the outskirts of Karachi"
    assert one("Raids in north-western Balochistan failed.", gazetteer).text == "north-western Balochistan"


def test_the_containing_place_decides(gazetteer: Gazetteer) -> None:
    first, second = found("A man with a knife was shot in Streatham, London.", gazetteer)
    assert (first.place.name, first.place.country, second.place.name) == ("Streatham", "GB", "London")
    texan = found("He lives in Paris, Texas.", gazetteer)[0]
    assert (texan.place.country, texan.place.admin1) == ("US", "Texas")


def test_a_unit_word_in_the_plural_belongs_to_the_whole_list(gazetteer: Gazetteer) -> None:
    mentions = found("Cells survive in Helmand, Kapisa and Baghlan provinces.", gazetteer)
    assert [(m.place.name, m.place.kind) for m in mentions] == [
        ("Helmand", "adm1"), ("Kapisa", "adm1"), ("Baghlan", "adm1"),
    ]  # fmt: skip


def test_people_and_words_are_no_places(gazetteer: Gazetteer) -> None:
    text = "Mr Khan met Abdul Rahim Khan in March. Nice weather, said Gen. Santiago. Police began reading the bill."
    assert found(text, gazetteer) == []


def test_names_of_others_are_left_alone(gazetteer: Gazetteer) -> None:
    text = "Tehrik-i-Taliban Pakistan struck Peshawar."
    assert [m.text for m in find_places(text, [(0, 25)], gazetteer)] == ["Peshawar"]


def test_definite_mentions_stand_for_the_last_place_of_their_kind(gazetteer: Gazetteer) -> None:
    text = "Cells were found in Lahore, Punjab. Police in the province raided six houses. The city is quiet."
    names = {m.text: m.place.name for m in found(text, gazetteer)}
    assert names["the province"] == "Punjab"
    assert names["The city"] == "Lahore"


def test_a_country_at_the_head_of_another_name_is_spoken_of(gazetteer: Gazetteer) -> None:
    text = "Chad sent help. Gunmen hit an outpost of Niger's army in the west of the country near the Mali border."
    army = (text.index("Niger's army"), text.index(" in the west"))
    names = {m.text: m.place.name for m in find_places(text, [army], gazetteer)}
    assert names["the west of the country"] == "Niger"


def test_a_border_is_in_no_single_country(gazetteer: Gazetteer) -> None:
    mention = one("Soldiers died near the Mali border.", gazetteer)
    assert (mention.place.kind, mention.place.country) == ("border", None)


def test_capitals_throughout(gazetteer: Gazetteer) -> None:
    text = "SAN SALVADOR, 3 JAN 90 -- THE MEN BLEW UP A BRIDGE IN MEDELLIN, COLOMBIA, POLICE SAID."
    assert [m.place.name for m in found(text, gazetteer)] == ["San Salvador", "Medellín", "Colombia"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("KABUL (Reuters) — Two men were shot in Herat.", "KABUL"),
        ("ISLAMABAD\u00a0\u00a0 -\u00a0 Two men were shot in Lahore.", "ISLAMABAD"),
        ("SAN SALVADOR, 3 JAN 90 (AFP) -- TWO MEN WERE SHOT.", "SAN SALVADOR"),
        ("Kano, Nigeria (AP) — Two men were shot.", "Kano, Nigeria"),
        ("QUETTA, May 3: Two men were shot.", "QUETTA"),
    ],
)
def test_datelines_are_told_apart(text: str, place: str) -> None:
    text = f"Two shot\n\n{text}\n\nThe police - who came late - left. Herat: a city of poets"
    assert [text[a:b] for a, b in find_datelines(text)] == [place]


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Noshki", "PK", "Balochistan"),
        ("Kaghan Valley", "PK", "Khyber Pakhtunkhwa"),
        ("FATA", "PK", "Federally Administered Tribal Areas"),
        ("Manshera", "PK", "Khyber Pakhtunkhwa"),
        ("Muzafargarh", "PK", "Punjab"),
        ("Dera Ghazi Khan", "PK", "Punjab"),
        ("Sehwan", "PK", "Sindh"),
        ("Khuzdar", "PK", "Balochistan"),
        ("Quetta", "PK", "Balochistan"),
        ("Karachi", "PK", "Sindh"),
        ("Sialkot", "PK", "Punjab"),
        ("KPK", "PK", "Khyber Pakhtunkhwa"),
        ("Balochistan", "PK", "Balochistan"),
        ("Kuz Kunar", "AF", "Nangarhar"),
        ("Nangarhar", "AF", "Nangarhar"),
        ("Kunar", "AF", "Kunar"),
        ("Logar", "AF", "Logar"),
        ("Herat", "AF", "Herat"),
        ("Helmand", "AF", "Helmand"),
        ("Kapisa", "AF", "Kapisa"),
        ("Kabul", "AF", "Kabul"),
        ("Streatham", "GB", "England"),
        ("Deir al-Zour", "SY", "Deir ez-Zor"),
        ("Raqqa", "SY", "Raqqa"),
        ("Qandahar", "AF", "Kandahar"),
        ("Ghouta", "SY", "Rif Dimashq"),
    ],
)
def test_names_of_conflict_reporting_resolve(name: str, country: str, admin1: str, gazetteer: Gazetteer) -> None:
    place = found(f"Two men were shot in {name} on Monday.", gazetteer)[0].place
    assert (place.country, place.admin1) == (country, admin1)


def test_khorasan_alone_is_no_province(gazetteer: Gazetteer) -> None:
    assert found("The Khorasan chapter spoke for Wilayah of Khurasan.", gazetteer) == []


def test_abolished_units_are_known_by_date(gazetteer: Gazetteer) -> None:
    text = "Three boys were killed in Orakzai."
    before, after = (found(text, gazetteer, day)[0].place for day in ("2016-02-03", "2021-02-03"))
    assert (before.name, before.admin1) == ("Orakzai Agency", "Federally Administered Tribal Areas")
    assert (after.name, after.admin1) == ("Orakzai District", "Khyber Pakhtunkhwa")


def test_towns_lie_in_the_unit_of_their_day(gazetteer: Gazetteer) -> None:
    text = "Three boys were killed in Miran Shah."
    before, after = (found(text, gazetteer, day)[0].place for day in ("2016-02-03", "2021-02-03"))
    assert before.admin1 == "Federally Administered Tribal Areas"
    assert after.admin1 == "Khyber Pakhtunkhwa"


def test_slips_of_the_pen_are_read_in_the_right_country(gazetteer: Gazetteer) -> None:
    mentions = found("The Afghan ministry spoke of a fight in Nangahar. Nine Afghans died in Kabul.", gazetteer)
    assert [(m.text, m.place.name) for m in mentions] == [("Nangahar", "Nangarhar"), ("Kabul", "Kabul")]
    assert [m.text for m in found("Nine Chileans died in Nangahar.", gazetteer)] == []


def test_abbreviated_states_follow_a_comma(gazetteer: Gazetteer) -> None:
    town, state = found("He was shot in Portland, Ore., by his brother.", gazetteer)
    assert (town.place.admin1, state.place.name, state.text) == ("Oregon", "Oregon", "Ore.")
    assert found("They came in, or so he said. OR not.", gazetteer) == []


def test_acronyms_are_places_only_as_they_are_written(gazetteer: Gazetteer) -> None:
    assert one("Attacks in the UAE rose.", gazetteer).place.country == "AE"
    assert found("He told us to go.", gazetteer) == []


def located(text: str, names: list[str], gazetteer: Gazetteer) -> list[PlaceMention | None]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return locate_names(text, spans, gazetteer)


def test_given_spans_are_located(gazetteer: Gazetteer) -> None:
    text = "The Iraqi army took Hawija and Nowheresuch."
    iraq, hawija, nowhere = (m.place for m in located(text, ["Iraqi", "Hawija", "Nowheresuch"], gazetteer) if m)
    assert (iraq.name, hawija.country) == ("Iraq", "IQ")
    assert (nowhere.id, nowhere.name, nowhere.kind, nowhere.precision) == (None, "Nowheresuch", "area", "near")
    assert (nowhere.latitude, nowhere.longitude) == (hawija.latitude, hawija.longitude)


def test_an_unknown_name_in_a_text_without_places_has_no_place(gazetteer: Gazetteer) -> None:
    assert located("They went to Nowheresuch.", ["Nowheresuch"], gazetteer) == [None]


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("A South Korean ship sank.", "South Korean", "South Korea"),
        ("The Sicilian coast was searched.", "Sicilian", "Sicily"),
        ("He left North Karachi at night.", "North Karachi", "Karachi"),
        ("The University of Nairobi closed.", "University of Nairobi", "Nairobi"),
        ("Kandahar airport was shelled.", "Kandahar airport", "Kandahar"),
        ("She lives in NJ now.", "NJ", "New Jersey"),
        ("The Bank of Uganda closed.", "Bank of Uganda", "Uganda"),
    ],
)
def test_parts_of_names_tell_where_they_are(text: str, span: str, name: str, gazetteer: Gazetteer) -> None:
    (mention,) = located(text, [span], gazetteer)
    assert mention is not None
    assert mention.place.name == name


def test_a_list_of_towns_is_no_container(gazetteer: Gazetteer) -> None:
    text = "He will go to Washington, New York and Boston."
    assert [m.place.admin1 for m in found(text, gazetteer)][:2] == ["District of Columbia", "New York"]


def test_a_place_is_not_where_the_text_says_it_is_not(gazetteer: Gazetteer) -> None:
    assert [m.place.name for m in found("Two men died in Mandalay village, Pakistan.", gazetteer)] == ["Pakistan"]


def test_provinces_in_a_list_are_peers(gazetteer: Gazetteer) -> None:
    text = "Raids took place in states such as Utah, Colorado and Idaho."
    assert [m.place.kind for m in found(text, gazetteer)] == ["adm1", "adm1", "adm1"]


def test_rivers_take_the_article_and_firms_do_not(gazetteer: Gazetteer) -> None:
    assert [m.text for m in found("Fighters crossed the Euphrates.", gazetteer)] == ["Euphrates"]
    assert found("Amazon workers went on strike.", gazetteer) == []


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("A bomb went off in the Afghan capital.", ["Kabul"]),
        ("Iraq is on alert. Shots were heard in the capital.", ["Iraq", "Baghdad"]),
        ("Iraq sent troops to Anbar province. They hold the capital.", ["Iraq", "Anbar"]),
        ("Iraq wants capital inflows, the capital markets say.", ["Iraq"]),
    ],
)
def test_capitals_that_are_not_named(text: str, capital: list[str], gazetteer: Gazetteer) -> None:
    assert [m.place.name for m in found(text, gazetteer)] == capital


PIECES = st.sampled_from(
    ["Quetta", "the outskirts of ", "Khan", " district", ", ", "Punjab", "'s ", " in ", "the country", "\n\n", "SINDH ",
     "U.S.", " near ", "north of ", "San ", "José", "-", "’", "Kabul", " and ", "provinces", "25 km ", "İzmir",
     "é", ". "]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=14), cut=st.integers(0, 60))
def test_mentions_are_sorted_disjoint_and_quote_the_text(pieces: list[str], cut: int, gazetteer: Gazetteer) -> None:
    text = "".join(pieces)
    taken = [(cut, cut + 5)] if cut + 5 <= len(text) else []
    mentions = find_places(text, taken, gazetteer)
    edge = 0
    for mention in mentions:
        assert edge <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text == mention.place.text
        assert all(mention.end <= a or b <= mention.start for a, b in taken)
        edge = mention.end
