"""Whether two names may be written for one bearer: what holds of all names, and kinds of cases."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Actor, ActorName
from khabar.resolution import names
from khabar.resolution.name_comparison import NAME_KINDS, compare_names, decided, name_features, same_name
from khabar.resolution.name_identity import KnownNames
from khabar.resolution.name_lists import load_name_words

WORDS = """Abdul Karim Ahmad bin Khan Mullah Saeed Haqqani al Zawahiri Jose Maria J. Putin Brigade 44 Front Islamic
    Lashkar-e-Taiba LeT Corp Путин محمد 习近平 O'Neil -- Group"""
NAMES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join) | st.text(max_size=20)
KINDS = st.sampled_from(NAME_KINDS)


@settings(max_examples=300, deadline=None)
@given(NAMES, NAMES, KINDS)
def test_comparing_is_symmetric_and_bounded(left: str, right: str, kind: str) -> None:
    found = compare_names(left, right, kind)
    assert found == compare_names(right, left, kind)
    assert 0.0 <= found.score <= 1.0
    assert found.reasons


@settings(max_examples=300, deadline=None)
@given(NAMES, KINDS)
def test_a_name_is_the_same_as_itself_in_any_case(name: str, kind: str) -> None:
    assert compare_names(name, name, kind).score == 1.0
    assert compare_names(name, name.upper(), kind).same or name.upper().lower() != name.lower()


@settings(max_examples=300, deadline=None)
@given(NAMES, NAMES)
def test_spellings_of_one_name_are_found_in_one_bucket(left: str, right: str) -> None:
    for person in (True, False):
        if names.alike(left, right, person):
            assert names.block(left, person) == names.block(right, person)


VARIANTS = {
    "Abdul Karim": ["Abd al-Karim", "Abdel Kareem"],
    "Ahmad": ["Ahmed", "Akhmed"],
    "Haqqani": ["Haqani", "Hakkani"],
    "Zawahiri": ["al-Zawahri", "az-Zawahiri"],
    "Yusuf": ["Yousef", "Yosuf"],
    "Rostami": ["Rostamy"],
    "Qasim": ["Kassem", "Qasem"],
}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(VARIANTS)), min_size=2, max_size=4, unique=True), st.data())
def test_other_transliterations_are_alike_and_the_same(parts: list[str], data: st.DataObject) -> None:
    left = " ".join(parts)
    right = " ".join(data.draw(st.sampled_from([part, *VARIANTS[part]])) for part in parts)
    assert names.alike(left, right, person=True), right
    assert names.block(left, person=True) == names.block(right, person=True)
    assert same_name(left, right, "person"), right
    longer = f"{left} Ghilzai"
    assert not names.alike(longer, right, person=True)


@pytest.mark.parametrize(
    ("left", "right", "kind", "reason"),
    [
        ("LeJ", "LeT", "organization", "acronyms"),
        ("Seventh Brigade", "Eighth Brigade", "organization", "numbers"),
        ("Black Banner", "Black Banner of the North", "organization", "telling word"),
        ("Salman bin Karim", "Karim bin Salman", "person", "change places"),
        ("Abu Obaida", "Abu Ubaydah Yusuf al-Tunisi", "person", "common names"),
        ("Hafiz Saeed", "Hafiz Saeed Khan", "person", "single name"),
        ("Ahmad Saeed", "Ahmad Saeed Khan", "person", "common names"),
        ("Tariq Daud Rostami", "Daud Rostami", "person", "child"),
        ("Rostami", "Daud Rostami", "person", "single name"),
        ("Daud Rostami", "Daud Ghilzai", "person", "another word"),
    ],
)
def test_what_decides_alone_says_why(left: str, right: str, kind: str, reason: str) -> None:
    found = decided(left, right, kind)
    assert found is not None
    assert not found.same
    assert reason in " ".join(found.reasons)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Usama bin Ladin", "Osama bin Laden", "person"),
        ("Gen. Khalifa Haftar", "Khalifa Haftar", "person"),
        ("Rostami, Daud", "Daud Rostami", "person"),
        ("D. Rostami", "Daud Rostami", "person"),
        ("DaudRostami", "Daud Rostami", "person"),
        ("Jim Hart", "James Hart", "person"),
        ("Μιχάλης Παπαδάκης", "Michalis Papadakis", "person"),
        ("Black Banner Organisation", "Black Banner Organization", "organization"),
        ("First Shield Brigade", "1st Shield Brigade", "organization"),
        ("Good Will Front", "Goodwill Front", "organization"),
        ("Northern Steel AG", "Northern Steel Aktiengesellschaft", "company"),
        ("OOO Severnaya Stal", "Severnaya Stal LLC", "company"),
    ],
)
def test_spellings_are_the_same_name(left: str, right: str, kind: str) -> None:
    assert same_name(left, right, kind), compare_names(left, right, kind)


def test_the_list_of_actors_knows_what_letters_cannot_tell() -> None:
    actors = {
        "a": Actor("a", "organization", (ActorName("Black Banner", "name"), ActorName("Night Front", "alias"))),
        "b": Actor("b", "organization", (ActorName("Blak Banner", "name"), ActorName("Rahat", "alias"))),
        "c": Actor("c", "organization", (ActorName("Rahat", "name"),)),
    }
    known = KnownNames(actors)
    assert known.verdict("Night Front", "black banner", "organization").verdict == "same"
    assert known.verdict("Black Banner", "Blak Banner", "organization").verdict == "different"
    assert known.verdict("Rahat", "Rahat", "organization").verdict == "unsure"
    assert known.verdict("White Flag", "the White Flag", "organization").verdict == "same"


def test_every_weight_is_of_a_feature_that_has_a_reason() -> None:
    path = Path(names.__file__).with_name("name_weights.yml")
    weights = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(weights) == {"person", "body"}
    features = set(name_features("A Ted Smith, Jr", "Theodore Smyth al-Masri 5", "person"))
    assert features
    for table in weights.values():
        assert all(isinstance(value, float) for value in table.values())


def test_the_word_lists_do_not_contradict_each_other() -> None:
    known = load_name_words()
    assert not known.particles & known.titles
    assert not known.particles & known.generic
    assert all(len(letter) == 1 for letter in known.letters)
    assert {"hasan", "husayn"} <= set(known.close_words.values())
