from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.extraction.presence import extract_presence
from khabar.records import Claim, Presence

Where = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture(scope="session")
def claims(read_all, book) -> Callable[..., list[Claim]]:
    return lambda text: extract_presence(read_all(text), book)


@pytest.fixture(scope="session")
def where(claims) -> Where:
    def one(text: str) -> list[tuple[str, str, str]]:
        bodies = [c.body for c in claims(text) if isinstance(c.body, Presence)]
        return [(b.actor.name, b.place.name, b.status) for b in bodies]

    return one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al-Shabaab operates in Kenya.", ("al-Shabaab", "Kenya", "present")),
        ("Al-Shabaab is active in Kenya.", ("al-Shabaab", "Kenya", "present")),
        ("Al-Shabaab has strongholds in Kenya.", ("al-Shabaab", "Kenya", "present")),
        ("The presence of al-Shabaab in Kenya is known.", ("al-Shabaab", "Kenya", "present")),
        ("Kenya is becoming a hub of al-Shabaab.", ("al-Shabaab", "Kenya", "present")),
        ("Al-Shabaab is not present in Kenya.", ("al-Shabaab", "Kenya", "absent")),
        ("Al-Shabaab has failed to establish no base in Kenya.", ("al-Shabaab", "Kenya", "absent")),
        ("Al-Shabaab has not been successful in establishing a foothold in Kenya.", ("al-Shabaab", "Kenya", "absent")),
        ("Al-Shabaab was driven out of Kenya.", ("al-Shabaab", "Kenya", "absent")),
        ("It appears that Kenya is becoming a hub of al-Shabaab.", ("al-Shabaab", "Kenya", "hedged")),
        ("Al-Shabaab may have cells in Kenya.", ("al-Shabaab", "Kenya", "hedged")),
        ("The minister said that al-Shabaab has no presence in Kenya.", ("al-Shabaab", "Kenya", "denied")),
        ("The minister denied that al-Shabaab is active in Kenya.", ("al-Shabaab", "Kenya", "denied")),
        ("The minister claimed that al-Shabaab is active in Kenya.", ("al-Shabaab", "Kenya", "claimed")),
        ("There is no al-Shabaab in Kenya, the minister said.", ("al-Shabaab", "Kenya", "denied")),
        ("Al-Shabaab has some 40 fighters in Kenya.", ("al-Shabaab", "Kenya", "present")),
        ("Al-Shabaab fighters are in Kenya.", ("al-Shabaab", "Kenya", "present")),
        ("Al-Shabaab has been unable to gain a foothold in Kenya.", ("al-Shabaab", "Kenya", "absent")),
        ("Al-Shabaab no longer operates in Kenya.", ("al-Shabaab", "Kenya", "absent")),
        ("Al-Shabaab withdrew to Kenya.", ("al-Shabaab", "Kenya", "present")),
        ("Al-Shabaab withdrew from Kenya.", ("al-Shabaab", "Kenya", "absent")),
        ("There is little evidence that al-Shabaab has bases in Kenya.", ("al-Shabaab", "Kenya", "hedged")),
        ("Police rejected reports that al-Shabaab was active in Kenya.", ("al-Shabaab", "Kenya", "denied")),
        ("They did not discuss the presence of al-Shabaab in Kenya.", ("al-Shabaab", "Kenya", "present")),
        ("The Kenya-based group al-Shabaab recruits boys.", ("al-Shabaab", "Kenya", "present")),
        ("The minister said al-Shabaab does not have its own bases in Kenya.", ("al-Shabaab", "Kenya", "denied")),
        ("Kenya is home to al-Shabaab.", ("al-Shabaab", "Kenya", "present")),
        ("They met in Kenya, a bastion of al-Shabaab.", ("al-Shabaab", "Kenya", "present")),
    ],
)
def test_cues_negation_hedges_and_speakers_give_the_status(
    where: Where, text: str, expected: tuple[str, str, str]
) -> None:
    assert where(text) == [expected]


def test_a_place_that_no_list_has_is_kept_in_the_texts_words(claims) -> None:
    [claim] = claims("Al-Shabaab withdrew into the Kwambe forest.")
    place = claim.body.place
    assert (place.name, place.id, place.latitude, claim.body.status) == ("Kwambe forest", None, None, "present")


def test_who_denies_is_the_speaker_and_who_tells_of_it_the_chain(claims) -> None:
    [claim] = claims("An aide told a paper that the governor had denied the presence of al-Shabaab in Kenya.")
    assert (claim.body.status, claim.speaker.name, claim.speaker.via) == ("denied", "governor", "aide")


def test_each_place_of_a_list_is_a_claim(where: Where) -> None:
    found = where("Al-Shabaab has strongholds in Kenya and in parts of Uganda, while maintaining cells in Tanzania.")
    assert found == [("al-Shabaab", c, "present") for c in ("Kenya", "Uganda", "Tanzania")]


def test_a_place_of_another_phrase_is_not_where_the_group_is(where: Where) -> None:
    assert where("Despite talks in Kenya, al-Shabaab has extended its network into Uganda.") == [
        ("al-Shabaab", "Uganda", "present")
    ]


def test_the_degree_and_the_quote_are_the_texts_words(claims) -> None:
    [claim] = claims("Al-Shabaab keeps small cells in Kenya.")
    assert claim.body.degree == "small cells"
    assert claim.passages[0].quote == "Al-Shabaab keeps small cells in Kenya"


@pytest.mark.parametrize(
    "text",
    [
        "The company has a strong presence in Kenya.",
        "Al-Shabaab issued a statement.",
        "Officials met in Kenya.",
        "Al-Shabaab attacked an army camp in Kenya.",
        "Al-Shabaab claimed the raid on a base in Kenya.",
        "The Italian branch of al-Shabaab was raided.",
    ],
)
def test_no_armed_group_or_no_place_gives_nothing(where: Where, text: str) -> None:
    assert where(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers rebuilt Mombasa, but al-Shabaab is active there.", [("al-Shabaab", "Mombasa", "present")]),
        ("Al-Shabaab directs its radio from Mombasa.", [("al-Shabaab", "Mombasa", "present")]),
        ("A report puts 300 al-Shabaab fighters in Kenya.", [("al-Shabaab", "Kenya", "present")]),
        ("Al-Shabaab keeps camps in Kenya.", [("al-Shabaab", "Kenya", "present")]),
        ("Police found no trace of al-Shabaab cells in Kenya.", [("al-Shabaab", "Kenya", "absent")]),
        ("Islamic State cells met Kenyan traders.", []),
    ],
)
def test_presence_told_in_passing(where: Where, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert where(text) == expected


def test_towns_named_behind_the_number_of_towns_are_meant(where: Where) -> None:
    found = where("A study puts 300 al-Shabaab fighters in three towns, among them Mombasa and Garissa.")
    assert {place for _, place, _ in found} == {"Mombasa", "Garissa"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al-Shabaab preaches in the markets of Jilib.", ("al-Shabaab", "Jilib", "present")),
        ("Al-Shabaab collects taxes from herders in Jilib.", ("al-Shabaab", "Jilib", "present")),
        ("Al-Shabaab fighters were seen in Jilib.", ("al-Shabaab", "Jilib", "present")),
        ("Villagers have spotted al-Shabaab fighters near Jilib.", ("al-Shabaab", "Jilib", "present")),
        ("A group calling itself Ansaru emerged in Kano.", ("Ansaru", "Kano", "present")),
        ("Boko Haram, whose chiefs lived openly in Maiduguri, split.", ("Boko Haram", "Maiduguri", "present")),
        ("Local rebels survive in Bambari.", ("Local rebels", "Bambari", "present")),
        ("Qari Hekmat's faction hides near Darzab.", ("Qari Hekmat's faction", "Darzab", "present")),
        ("Al-Shabaab has no fighters left in Jilib, the army says.", ("al-Shabaab", "Jilib", "denied")),
    ],
)
def test_what_a_group_does_somewhere_tells_that_it_is_there(
    where: Where, text: str, expected: tuple[str, str, str]
) -> None:
    assert where(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Al-Shabaab killed two men in Jilib.",  # an incident
        "Al-Shabaab lost forty fighters in Jilib.",
        "Al-Shabaab said in Jilib that it would fight on.",
        "Al-Shabaab negotiated in Doha.",
        "Al-Shabaab is influenced by preachers in Jilib.",
        "With Islamist groups about, Kenya offers al-Shabaab recruits.",  # what the country does
    ],
)
def test_what_can_be_done_from_afar_tells_of_no_presence(where: Where, text: str) -> None:
    assert where(text) == []
