"""A claim cites whom one could find again: an office, an actor, a paper; never "officials"."""

from __future__ import annotations

import pytest

from khabar.records import Speaker
from khabar.resolution.origins.cited import around, cited_by, sources_in
from resolution.make import QUETTA, event


def cited(speaker: str | Speaker | None = None, text: str = "A bomb killed five in Quetta.", actor: str | None = None):  # type: ignore[no-untyped-def]
    claim = event("a", "bombing", QUETTA, speaker=speaker, text=text)
    return [source.name for source in cited_by(claim, around([claim], {"heratpost": "Herat Post"}), actor)]


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("a police spokesman", ["the police"]),
        ("Police chief Gul Rahman", ["the police"]),
        ("senior superintendent of police", ["the police"]),
        ("doctors at the Civil Hospital", ["hospital staff"]),
        ("police and hospital officials", ["hospital staff", "the police"]),
        ("provincial health officials", ["the health authorities"]),
        ("Interior Ministry", ["the interior ministry"]),
        ("Quetta police", ["the police"]),  # the incident's own
        ("Karachi police", ["the police (Karachi)"]),
        ("Traffic police", ["the police"]),
        ("Herat Post", ["Herat Post"]),
        ("Reuters", ["Reuters"]),
        ("Gul Rahman", ["Gul Rahman"]),
        ("officials", []),
        ("Security sources", []),
        ("Afghan officials", []),
        ("Residents of Marib province", []),
        ("He", []),
        ("an analyst", []),
    ],
)
def test_speakers(speaker: str, expected: list[str]) -> None:
    assert cited(speaker) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed five people in Quetta, police said.", ["the police"]),
        ("Citing police, the channel spoke of five dead.", ["the police"]),
        ("Five died in Quetta, according to hospital officials.", ["hospital staff"]),
        ("Five died, the governor told Reuters.", ["Reuters", "the governor"]),
        ("Five died, Herat Post newspaper reported.", ["Herat Post"]),
        ("Five died, he told reporters.", []),
        ("Gunmen fired on a police van and five died, officials said.", []),
        ("A dead policeman's brother said five had died.", []),
        ("A bomb hit the army base and killed five.", []),
    ],
)
def test_words_of_the_passage(text: str, expected: list[str]) -> None:
    assert cited(None, text) == expected


def test_the_far_end_of_a_chain_and_its_middle() -> None:
    assert cited(Speaker("police", via="Reuters")) == ["Reuters", "the police"]


def test_an_actor_has_one_key_under_all_its_names() -> None:
    claim = event("a", "bombing", QUETTA)
    where = around([claim], {})
    short = event("a", "bombing", QUETTA, speaker=Speaker("PIPS", "Pak Institute for Peace Studies"))
    full = event("b", "bombing", QUETTA, speaker="Pakistan Institute for Peace Studies")
    assert {s.key for c in (short, full) for s in cited_by(c, where, "agency:pips")} == {"actor:agency:pips"}


def test_the_maker_of_an_attribution() -> None:
    where = around([event("a", "bombing", QUETTA)], {})
    assert [s.name for s in sources_in("the provincial home minister", where)] == ["the home ministry"]
    assert sources_in("officials", where) == ()


def test_a_group_whose_name_holds_the_word_for_an_office_is_itself() -> None:
    claim = event("a", "bombing", QUETTA, speaker=Speaker("Lord's Resistance Army"))
    assert [s.name for s in cited_by(claim, around([claim], {}), "org:lra", group=True)] == ["Lord's Resistance Army"]
    assert cited("Baloch Liberation Army") == ["Baloch Liberation Army"]


def test_the_adjective_of_the_country_is_no_other_place() -> None:
    assert cited("Pakistani police") == ["the police"]
    assert cited("Belgian police") == ["the police (Belgian)"]
