from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.extraction.statements import extract_statements
from khabar.records import Claim, Statement

Said = Callable[..., list[Claim]]


@pytest.fixture(scope="session")
def said(read_all, book) -> Said:
    return lambda text: extract_statements(read_all(text), book)


def kinds(claims: list[Claim]) -> list[str]:
    return [c.body.kind for c in claims if isinstance(c.body, Statement)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Al-Shabaab is likely to increase its attacks next year.", "forecast"),
        ("Al-Shabaab will attack the city.", "forecast"),
        ("The embassy warned that al-Shabaab could attack hotels.", "warning"),
        ("The government should publish the names of those who fought for al-Shabaab.", "recommendation"),
        ("Kenya accuses Eritrea of arming al-Shabaab.", "accusation"),
        ("Al-Shabaab poses a serious threat to the region.", "assessment"),
        ("Al-Shabaab is active in Kenya.", "assertion_of_presence"),
        ("The minister said that al-Shabaab has no presence in Kenya.", "denial_of_presence"),
        ("The government acknowledged the presence of al-Shabaab in Kenya.", "assertion_of_presence"),
    ],
)
def test_each_kind_is_known_by_its_words(said: Said, text: str, kind: str) -> None:
    assert kinds(said(text)) == [kind]


@pytest.mark.parametrize(
    ("text", "bounds", "unit"),
    [
        ("Al-Shabaab has between 7,000 and 12,000 fighters.", (7000, 12000), "fighters"),
        ("Al-Shabaab recruited over 800 Kenyans.", (800, None), "Kenyans"),
        ("The number of people leaving to join al-Shabaab is in hundreds.", (200, None), "number of people"),
    ],
)
def test_an_estimate_holds_bounds_and_what_is_counted(said: Said, text: str, bounds: tuple, unit: str) -> None:
    [claim] = said(text)
    assert claim.body.kind == "estimate"
    assert (claim.body.quantity.low, claim.body.quantity.high) == bounds
    assert unit in claim.body.quantity.unit


def test_the_subject_of_a_warning_or_a_denial_is_its_speaker(said: Said) -> None:
    [warning] = said("The embassy warned that al-Shabaab could attack hotels.")
    assert warning.speaker is not None
    assert warning.speaker.name == "embassy"
    [accusation] = said("Kenya accuses Eritrea of arming al-Shabaab.")
    assert accusation.speaker is not None
    assert accusation.speaker.name == "Kenya"


def test_what_is_foretold_is_no_fact(said: Said) -> None:
    [forecast] = said("Al-Shabaab will attack the city.")
    assert forecast.modality == "predicted"


def test_a_clause_is_quoted_not_the_whole_sentence(said: Said) -> None:
    claims = said("Al-Shabaab is active in Kenya, but the government will publish a report on trade.")
    assert [c.passages[0].quote for c in claims] == ["Al-Shabaab is active in Kenya"]


@pytest.mark.parametrize(
    "text",
    [
        "The company will pose a serious threat to its rivals.",
        "Al-Shabaab killed nine people in a serious attack on Monday.",
        "Officers found a cell of al-Shabaab in Kenya.",
        "Al-Shabaab killed over 80 people.",
    ],
)
def test_incidents_and_ordinary_news_are_no_statements(said: Said, text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al-Shabaab has become a tax office, said a researcher.", ["assessment"]),
        ("The jihadists have become a tax office, said a researcher.", ["assessment"]),
        ("The jihadists have become a tax office, said a driver.", []),
        ("Kenya charges al-Shabaab with training children.", ["accusation"]),
        ("Prosecutors charged two men with membership of al-Shabaab.", []),
        ("Kenya believes that al-Shabaab has no more than 200 fighters left.", ["estimate"]),
    ],
)
def test_statements_without_a_word_that_announces_them(said: Said, text: str, expected: list[str]) -> None:
    assert kinds(said(text)) == expected


@pytest.mark.parametrize(
    ("text", "kind", "speaker"),
    [
        ("Boko Haram is a shadow of its former self, a UN report said.", "assessment", "UN report"),
        ("Colombian officials believe that Boko Haram draws its income from fishing.", "assessment", "officials"),
        ("Analysts regard Boko Haram as a spent force.", "assessment", "Analysts"),
        ("The general called Boko Haram a menace to every trader.", "assessment", "general"),
        ("Boko Haram has about 300 members, the army estimates.", "estimate", "army"),
        ("Elders insist that no more than fifty of Boko Haram's men survive.", "estimate", "Elders"),
    ],
)
def test_what_somebody_thinks_of_a_group_is_theirs(said: Said, text: str, kind: str, speaker: str) -> None:
    [claim] = said(text)
    assert kinds([claim]) == [kind]
    assert claim.speaker is not None
    assert speaker in claim.speaker.name


@pytest.mark.parametrize(
    "text",
    [
        "Al-Shabaab said that Boko Haram is a rival.",  # one group of another
        "The minister said that Boko Haram is behind the attack.",  # who did it
        "Police believe that Boko Haram killed the men.",
        "Boko Haram's 300 men killed two guards.",
    ],
)
def test_blame_and_deeds_are_no_judgements(said: Said, text: str) -> None:
    assert not {"assessment", "estimate"} & set(kinds(said(text)))


def test_a_group_grown_strong_is_an_estimate(said: Said) -> None:
    [claim] = said("Boko Haram, by then 4,000 strong, marched on.")
    assert (claim.body.kind, claim.body.quantity.best) == ("estimate", 4000)
