"""What the dictionary finds in plain text."""

from __future__ import annotations

import itertools
import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.reading.actors import ActorDictionary, actors_by_id, read_actors

ACTORS = ActorDictionary.load()


def found(text: str) -> dict[str, str | None]:
    return {m.text: m.id for m in ACTORS.find(text)}


@pytest.mark.parametrize(
    ("text", "surface", "actor"),
    [
        ("The IS said it struck again.", "IS", "org:islamic-state"),
        ("Fighters of Daesh’s local office fled.", "Daesh", "org:islamic-state"),
        ("LeJ‘s founder was held.", "LeJ", "org:lashkar-e-jhangvi"),
        ("A camp of LeT was raided.", "LeT", "org:lashkar-e-taiba"),
        ("The Tehreek-e-Taliban Pakistan took credit.", "Tehreek-e-Taliban Pakistan", "org:ttp"),
        ("Tehrik i Taliban Pakistan took credit.", "Tehrik i Taliban Pakistan", "org:ttp"),
        ("Jamaatul Ahrar took credit.", "Jamaatul Ahrar", "org:jamaat-ul-ahrar"),
        ("Jama'at-ul-Ahrar took credit.", "Jama'at-ul-Ahrar", "org:jamaat-ul-ahrar"),
        ("Hizbul Ahrar denied it.", "Hizbul Ahrar", "org:hizb-ul-ahrar"),
        ("The Islamic State in Khurasan grew.", "Islamic State in Khurasan", "org:islamic-state-khorasan"),
        ("ISIS-K grew.", "ISIS-K", "org:islamic-state-khorasan"),
        ("an IS-linked post", "IS", "org:islamic-state"),
        ("Lashkar-e-Jhangvi Al-Alami split off.", "Lashkar-e-Jhangvi Al-Alami", "org:lashkar-e-jhangvi-al-alami"),
        ("Al Qaida in the Arabian Peninsula fled.", "Al Qaida in the Arabian Peninsula", "org:aqap"),
        ("Talks with the F.M.L.N. failed.", "F.M.L.N.", "org:fmln"),
        ("GUERRILLAS OF THE SHINING PATH ATTACKED.", "SHINING PATH", "org:shining-path"),
        ("A bomber of the Haqqani network fled.", "Haqqani network", "org:haqqani-network"),
        ("Sindh Rangers killed two men.", "Sindh Rangers", "agency:pk-rangers"),
        ("Hafiz Saeed Khan was killed.", "Hafiz Saeed Khan", "person:hafiz-saeed-khan"),
        ("Hafiz Saeed was freed.", "Hafiz Saeed", "person:hafiz-muhammad-saeed"),
        ("The Communist Party of India (Maoist) met.", "Communist Party of India (Maoist)", "org:cpi-maoist"),
    ],
)
def test_names_and_spellings(text: str, surface: str, actor: str) -> None:
    assert found(text) == {surface: actor}


@pytest.mark.parametrize(
    "text",
    [
        "What is Pakistan to do?",
        "IT IS TIME FOR US TO LET THEM ASK.",
        "Why this IS important.",
        "They let us mend the base.",
        "A dish of the nation.",
        "Hafiz Saeed Ahmed, a baker, was hurt.",
        "The ANP office was bombed.",
    ],
)
def test_words_are_not_names(text: str) -> None:
    assert found(text) == {}


def test_after_that_a_capital_is_is_a_name_where_the_text_has_it_elsewhere() -> None:
    text = "A leader of IS fled. Police denied that IS was there. They think this IS important."
    assert [m.start for m in ACTORS.find(text)] == [12, 40]
    assert found("Police denied that IS the case.") == {}


def test_the_document_settles_shared_names() -> None:
    assert found("In Pakistan the ANP lost an office.")["ANP"] == "org:anp"
    assert found("In Afghanistan the ANP lost a post.")["ANP"] == "agency:af-police"
    assert found("Jundullah struck in Iran, and Iranian guards fired.")["Jundullah"] == "org:jundallah-iran"
    assert found("Jundullah struck in Karachi, Pakistan.")["Jundullah"] == "org:jundullah-pakistan"


def test_branches_have_parents_and_every_parent_exists() -> None:
    actors = actors_by_id()
    assert actors["org:islamic-state-khorasan"].parent == "org:islamic-state"
    assert actors["org:lashkar-e-jhangvi-al-alami"].parent == "org:lashkar-e-jhangvi"
    assert actors["org:jamaat-ul-ahrar"].parent == "org:ttp"
    assert {a.parent for a in actors.values() if a.parent} <= set(actors)


def test_every_name_has_a_source() -> None:
    assert all(name.source for actor in actors_by_id().values() for name in actor.names)


@given(
    st.lists(
        st.sampled_from(["IS", "the", "Daesh", "al", "-", "Taliban", "’s", "Pakistan", "(", ")", "\n", "É", "İ", "𝕏"])
    )
)
def test_mentions_point_at_the_text_and_do_not_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    mentions = ACTORS.find(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


def test_plural_possessives_inside_names() -> None:
    assert found("Fighters of the Kurdistan Workers’ Party fled.") == {"Kurdistan Workers’ Party": "org:pkk"}


def test_the_dictionary_file_is_small_sorted_and_of_known_kinds() -> None:
    path = files("khabar.reading") / "data" / "actors" / "actors.jsonl"
    text = path.read_text("utf-8")
    ids = [json.loads(line)["id"] for line in text.splitlines()]
    assert len(text.encode()) < 2_000_000
    assert ids == sorted(set(ids))
    assert {i.partition(":")[0] for i in ids} == {"agency", "org", "person", "state"}


def test_without_the_list_only_states_and_what_the_text_introduces() -> None:
    states = ActorDictionary.load(only_states=True)
    assert states.find("Boko Haram and the Islamic State fought each other.") == []
    read = read_actors("Police blamed the Front of the Just Path (FJP). The FJP denied it.", (), states)
    assert {m.text for m in read.mentions} >= {"FJP"}
