from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.files import STORY
from khabar.documents.boilerplate import boilerplate
from khabar.documents.cues import cues


def skipped(text: str) -> list[str]:
    return [text[start:end] for start, end in boilerplate(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Read more: Two held after raid",
        "Also read | Two held after raid",
        "RELATED STORIES: Two held",
        "Share this on Facebook",
        "Facebook Twitter WhatsApp",
        "Follow us on Twitter",
        "Click here to subscribe",
        "Sign up for our daily newsletter",
        "We use cookies to improve your visit. Read our policy.",
        "© 2019 The Example. All rights reserved.",
        "Copyright 2019 Example Press",
        "ePaper - Example",
        "Photo: AFP",
        "Tags: Balochistan, Quetta",
        "Page 3 of 10",
        "Published in The Example, March 3rd, 2019",
        "Home > World > Asia",
        "3 min read",
    ],
)
def test_furniture_lines_go_wherever_they_stand(line: str) -> None:
    assert skipped(f"{STORY}\n\n{line}\n\n{STORY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Read more than anything else, the report is a list of the dead, he said.",
        "Share of the vote for the party fell after the attack.",
        "Home Minister denies presence of the group",
        "News of the blast reached the capital at noon.",
        "Comments by the minister angered the families.",
        "Related groups in the region had pledged allegiance before.",
        "Photographs of the nine victims were shown to reporters.",
        "The writer of the letter claimed the attack for the group.",
        "Leave a comment, the spokesman was told, or leave the country.",
    ],
)
def test_prose_that_begins_like_furniture_stays(line: str) -> None:
    assert skipped(f"{STORY}\n\n{line}\n\n{STORY}") == []


def test_a_tail_goes_with_its_headlines_up_to_the_next_prose() -> None:
    text = f"{STORY}\n\nRelated posts\n\nTwo held in raid\n\nFive killed in blast\n\nLeave a Comment"
    assert skipped(text) == ["Related posts\n\nTwo held in raid\n\nFive killed in blast\n\nLeave a Comment"]
    back = f"{STORY}\n\n{STORY}\n\nMore from this town\n\nTwo held in raid\n\n{STORY}"
    assert skipped(back) == ["More from this town\n\nTwo held in raid"]


def test_notes_on_the_author_go_at_the_end_only() -> None:
    note = "The writer is a researcher at an institute and has written about the region for a decade."
    assert skipped(f"{STORY}\n\n{STORY}\n\n{note}") == [note]
    about = "About the Author: A. Name did her doctorate in a far country. She works on conflict."
    assert skipped(f"{STORY}\n\n{about}") == [about]
    early = "\n\n".join([STORY, note, *[STORY] * 9])
    assert skipped(early) == []


def test_lists_of_sources_at_the_end_go_line_by_line() -> None:
    text = (
        f"{STORY}\n\n{STORY}\n\nReferences\n\n1. A. Name, “Nine killed in blast,” The Example, 3 March 2019.\n\n{STORY}"
    )
    (gone,) = skipped(text)
    assert gone.startswith("References")
    assert "Nine killed" in gone
    assert not gone.endswith(STORY)


def test_a_text_of_furniture_alone_is_left_to_the_reader() -> None:
    assert skipped("Related posts\n\nLeave a Comment") == []
    assert skipped("") == []


@given(
    st.lists(st.sampled_from(["Related posts", STORY, "Advertisement", "", "  ", "© 2019 X", "About the author: A."]))
)
def test_spans_are_whole_lines_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    last = 0
    for start, end in boilerplate(text):
        assert last <= start < end <= len(text)
        assert start == 0 or text[start - 1] in "\n "
        assert end == len(text) or text[end] in "\n "
        last = end


def test_the_list_compiles_and_every_kind_of_report_is_known() -> None:
    assert {kind.genre for kind in cues().genres} == {"release", "op-ed", "list", "analysis"}
