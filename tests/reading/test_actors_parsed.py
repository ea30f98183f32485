"""Actors that need the parsed sentence: states that act, persons, roles, later words for an actor."""

from __future__ import annotations

import itertools

import pytest

from khabar.reading.actors import complete_actors, read_actors
from khabar.reading.model import ActorMention
from khabar.reading.syntax import Parser, split_sentences


def actors(text: str, places: tuple[str, ...] = ()) -> list[ActorMention]:
    sentences = split_sentences(text)
    found = read_actors(text, sentences)
    Parser().parse(text, sentences, lambda _: True, [(m.start, m.end) for m in found.mentions])
    spans = [(text.index(p), text.index(p) + len(p)) for p in places]
    return complete_actors(text, sentences, found, spans)


def named(text: str, how: str, places: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(m.text, m.id or m.name) for m in actors(text, places) if m.how == how]


# ------------------------------------------------------------------ states


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Turkey arrested three men on Monday.", ["state:TR"]),
        ("He was killed in a US drone strike.", ["state:US"]),
        ("The camp was bombed by France.", ["state:FR"]),
        ("A bomb killed three men in Turkey.", []),
        ("Three Turkish workers were hurt.", []),
        ("Pakistan is a large country.", []),
    ],
)
def test_states_where_they_act(text: str, states: list[str]) -> None:
    assert [m.id for m in actors(text) if m.kind == "state"] == states


# ------------------------------------------------------------------ persons


def test_unlisted_persons_and_their_short_names() -> None:
    text = "Karim Bakhsh led the cell. Police arrested Bakhsh on Monday, and Karim later escaped."
    assert named(text, "statistical") == [("Karim Bakhsh", "Karim Bakhsh")]
    assert named(text, "surname") == [("Bakhsh", "Karim Bakhsh"), ("Karim", "Karim Bakhsh")]


def test_a_title_is_no_part_of_the_name() -> None:
    assert named("Foreign Minister Tomas Heller denied it.", "statistical") == [("Tomas Heller", "Tomas Heller")]


def test_short_names_of_listed_persons() -> None:
    text = "Hafiz Saeed Khan joined in 2014. Saeed led the branch until Khan was killed."
    assert named(text, "surname") == [
        ("Saeed", "person:hafiz-saeed-khan"),
        ("Khan", "person:hafiz-saeed-khan"),
    ]


def test_an_alias_gives_short_names_too() -> None:
    text = "Karim Aslam alias Karim Gujrati was killed. Gujrati had led the cell."
    assert named(text, "surname") == [("Gujrati", "Karim Aslam")]


def test_two_persons_of_one_surname() -> None:
    text = "Daud Khan fled. Later Omar Khan was held. Khan had planned it."
    assert named(text, "surname") == [("Khan", "Omar Khan")]


def test_places_and_units_are_no_persons() -> None:
    text = "Omar Orakzai was held. A bomb went off in Orakzai district, and another hit the Orakzai chapter."
    assert named(text, "surname") == []
    assert named("A bomb went off in Dera Karim Khan on Monday.", "statistical", ("Dera Karim Khan",)) == []


# ------------------------------------------------------------------ roles


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A senior government official denied it.", "senior government official", "person"),
        ("The Home Minister denied it.", "Home Minister", "person"),
        ("Police denied it.", "Police", "agency"),
        ("Lahore police denied it.", "Lahore police", "agency"),
        ("Security forces killed two men.", "Security forces", "agency"),
        ("The government denied it.", "government", "state"),
        ("Officials denied it.", "Officials", "person"),
        ("The leader of Jundullah met them.", "leader of Jundullah", "person"),
        ("The Rangers' spokesman denied it.", "Rangers' spokesman", "person"),
    ],
)
def test_roles_are_mentions(text: str, name: str, kind: str) -> None:
    assert [(m.name, m.kind) for m in actors(text) if m.how == "described"] == [(name, kind)]


def test_a_role_beside_a_name_is_that_person() -> None:
    text = "The spokesman, Karim Bakhsh, denied it. Omar Tarin, a commander of the TTP, fled."
    described = [(m.text, m.name) for m in actors(text) if m.how == "described"]
    assert described == [("spokesman", "Karim Bakhsh"), ("commander", "Omar Tarin")]


def test_two_people_either_side_of_a_comma() -> None:
    text = "After talks with Omar Tarin, the minister left the city."
    assert [m.name for m in actors(text) if m.how == "described"] == ["minister"]


@pytest.mark.parametrize("text", ["There was no leader in the camp.", "They named Omar Tarin as their leader."])
def test_no_role_where_nobody_is_meant(text: str) -> None:
    assert [m for m in actors(text) if m.how == "described"] == []


# ------------------------------------------------------------------ later words


def test_the_group_is_the_subject_before() -> None:
    text = "The TTP clashed with the Afghan Taliban. The group lost nine men."
    assert named(text, "definite") == [("group", "org:ttp")]


def test_a_group_named_at_once_is_no_later_word() -> None:
    assert named("Daesh grew. The terrorist group Boko Haram shrank.", "definite") == []


def test_that_group_prefers_the_name_with_the_word() -> None:
    text = "Daesh split the Khorasan group in Afghanistan. That group is now smaller."
    assert named(text, "definite") == [("group", "org:islamic-state-khorasan")]


def test_two_equal_candidates_leave_the_word_unread() -> None:
    assert named("The TTP and the BLA signed a truce. The group left.", "definite") == []


def test_he_is_the_person_before() -> None:
    text = "Omar Tarin joined the TTP. He was killed by soldiers."
    assert named(text, "pronoun") == [("He", "Omar Tarin")]


def test_its_before_the_subject() -> None:
    text = "The minister left. In its first attack, the TTP killed two men."
    assert ("its", "org:ttp") in named(text, "pronoun")


@pytest.mark.parametrize(
    "text",
    [
        "The TTP grew. It is likely that others will follow.",
        "The TTP grew. The valley lost its only bridge.",
    ],
)
def test_it_may_stand_for_something_else(text: str) -> None:
    assert named(text, "pronoun") == []


def test_all_mentions_are_sorted_disjoint_and_point_at_the_text() -> None:
    text = (
        "Punjab police arrested Karim Bakhsh alias Chhota, the commander of LeJ’s Multan chapter, officials said. "
        "He had met the leader of Jundullah, whose group is linked to the Bajaur chapter of the TTP (TTP). "
        "The US denied it; the Afghan government blamed the Taliban. Bakhsh and his men fled from its forces."
    )
    found = actors(text)
    assert len(found) > 10
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "Omar Tarin joined the TTP. The man lost his phone.",
        "An officer fired. Police said the vest he wore was a hoax.",
        "The bomber attacked the shrine of Lal Baba Qadir in Multan.",
    ],
)
def test_somebody_unnamed_stands_nearer(text: str) -> None:
    assert named(text, "pronoun") == []


def test_a_building_named_for_a_person_is_no_person() -> None:
    assert named("The bomber attacked the shrine of Karim Qalandar in Multan.", "statistical") == []


def test_nobody_is_he_and_then_she() -> None:
    text = "Omar Tarin joined the TTP. He was killed by soldiers. She said so."
    assert [word for word, _ in named(text, "pronoun")] == ["He"]


def test_in_capitals_only_a_title_makes_a_person() -> None:
    text = "FOREIGN MINISTER TOMAS HELLER ALSO SAID THAT ARTILLERY FIRE HIT THE LOWER COURTS."
    assert named(text, "statistical") == [("TOMAS HELLER", "TOMAS HELLER")]


def test_a_title_and_surname_before_the_full_name() -> None:
    text = "President Heller spoke. Tomas Heller denied it."
    assert [(m.text, m.name) for m in actors(text) if m.kind == "person"] == [
        ("Heller", "Tomas Heller"),
        ("Tomas Heller", "Tomas Heller"),
    ]


def test_a_body_named_beside_its_description() -> None:
    text = "The raid was led by the paramilitary force, Pakistan Rangers. Two police, Rangers and others were hurt."
    described = [(m.text, m.id) for m in actors(text) if m.how == "described" and m.id]
    assert described == [("paramilitary force", "agency:pk-rangers")]


def test_the_armed_forces_are_a_body() -> None:
    assert [(m.name, m.kind) for m in actors("The armed forces denied it.")] == [("armed forces", "agency")]
