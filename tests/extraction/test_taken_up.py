from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.taken_up import with_groups_taken_up

Meant = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def meant(read_all, book) -> Meant:
    """The words that are taken up in a text beyond what the reading resolves, and the group that each stands for."""

    def one(text: str) -> list[tuple[str, str]]:
        index = index_reading(read_all(text), book)
        known = {(m.start, m.end) for line in index.sentences for m in line.actors}
        lines = with_groups_taken_up(index).sentences
        return [(m.text, m.name) for line in lines for m in line.actors if (m.start, m.end) not in known]

    return one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al-Shabaab lost Baidoa in 2012. The militants still tax the road.", [("militants", "al-Shabaab")]),
        (
            "Troops fought Boko Haram near Baga. These Islamist fighters came by boat.",
            [("Islamist fighters", "Boko Haram")],
        ),
        ("Al-Shabaab fighters hold Jilib. They run courts there.", [("They", "al-Shabaab")]),
        ("Residents of Jilib say they tax herders.", []),
        ("Al-Shabaab holds Jilib. Residents say they tax herders.", [("they", "al-Shabaab")]),
        ("Boko Haram has a new chief. Nigerian officials insist that it has no camps left.", [("it", "Boko Haram")]),
    ],
)
def test_later_words_stand_for_the_one_group_that_can_be_meant(
    meant: Meant, text: str, expected: list[tuple[str, str]]
) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Al-Shabaab and Boko Haram were named in the report. The militants deny it.",  # which of them?
        "The army fought Boko Haram. Soldiers were tired, and they went home.",  # the soldiers
        "Boko Haram is weak. It is likely that the army will win.",  # nothing
        "Boko Haram is weak. The Chechen rebels are strong.",  # told otherwise
        "Boko Haram is weak. The ministry says it has won.",  # the ministry
    ],
)
def test_nothing_is_taken_up_where_something_else_could_be_meant(meant: Meant, text: str) -> None:
    assert meant(text) == []


def test_events_do_not_look_at_words_taken_up(read_all, book) -> None:
    index = index_reading(read_all("Boko Haram holds Gwoza. The militants killed two men."), book)
    before = [list(line.actors) for line in index.sentences]
    with_groups_taken_up(index)
    assert [list(line.actors) for line in index.sentences] == before
