"""Groups which no list knows: found by their names and by the words beside them, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.reading.actor_spans import Spans
from khabar.reading.groups import find_groups
from khabar.reading.model import ActorMention
from khabar.reading.syntax import split_sentences


def groups(text: str, taken: Spans | None = None) -> list[str]:
    return [m.text for m in find_groups(text, split_sentences(text), taken or Spans())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In Gao, Jaish al-Sabirin burned the town hall.", ["Jaish al-Sabirin"]),
        ("The Kivu Liberation Front and the Ituri Salvation Army met.",
         ["Kivu Liberation Front", "Ituri Salvation Army"]),
        ("The Armed Front for the Liberation of Kasai met.", ["Armed Front for the Liberation of Kasai"]),
        ("The Front for Justice and Dignity took the road.", ["Front for Justice and Dignity"]),
        ("The Movement for Unity and Jihad in West Kordofan (MUJWK) broke up.",
         ["Movement for Unity and Jihad in West Kordofan"]),
        ("Islamic State Lake Province claimed it.", ["Islamic State Lake Province"]),
        ("Those named were Al-Wihda al-Kubra / AWK and others.", ["Al-Wihda al-Kubra"]),
        ("Police blamed the militant group Bayt Sulayman for it.", ["Bayt Sulayman"]),
        ("Nur Vakhitov was the emir of Bulgar Kazan in those years.", ["Bulgar Kazan"]),
        ("Leaders of Tondi Kara met. Tondi Kara fighters then withdrew.", ["Tondi Kara"]),
        ("A cell of the Abu Salim Group was found by the Abu Salim Group fighters.", ["Abu Salim Group"]),
    ],
)  # fmt: skip
def test_found(text: str, names: list[str]) -> None:
    assert groups(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The World Trade Organization (WTO) met in Geneva.",
        "The leader of Iran spoke to members of Congress.",
        "He plays for Manchester United and lives on the Western Front Road.",
        "Kashmiri militants and Chechen fighters were named.",
        "Abu Jihad lived in Tunis with Karim Shah.",
        "The Armed Forces of Zamunda and the Air Force Academy marched.",
        "JAISH AL-SABIRIN BURNED THE TOWN HALL AND LEFT.",
        "The Kabul-based agency quoted Mosul residents.",
        "He read “Merits of Jihad in Our Times” in prison.",
        "The Concept of Resistance of Women is a book.",
    ],
)
def test_not_found(text: str) -> None:
    assert groups(text) == []


def test_a_sign_anywhere_in_the_text_is_enough() -> None:
    text = "Nahr al-Aswad has grown. Nobody joined at first. Two gunmen of the militant group Nahr al-Aswad fled."
    assert groups(text) == ["Nahr al-Aswad"]


def test_what_is_known_is_left_alone() -> None:
    text = "Jaish al-Sabirin left."
    known = ActorMention(0, 16, "Jaish al-Sabirin", "Jaish", "org:x", "organization", "dictionary")
    assert groups(text, Spans([known])) == []


@given(st.text(alphabet="ABab -'().,\n", max_size=200))
def test_every_group_is_a_stretch_of_the_text(text: str) -> None:
    for mention in find_groups(text, split_sentences(text), Spans()):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text


def test_an_acronym_is_a_group_by_one_strong_sign() -> None:
    [group] = find_groups("The movement is a splinter of the XKLO.", (), Spans([]))
    assert group.name == "XKLO"
    assert find_groups("He is a member of the XKLO.", (), Spans([])) == []
