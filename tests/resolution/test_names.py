"""Spellings of one name, and the traps that letter-counting matchers fall into."""

from __future__ import annotations

import pytest

from khabar.resolution.names import (
    alike,
    block,
    contains,
    is_acronym,
    is_common,
    is_office,
    names_one,
    names_parent,
    node_key,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tehrik-i-Taliban Pakistan", "Tehreek-e-Taliban Pakistan"),
        ("Lashkar-e-Jhangvi", "Lashkar-i-Jhangvi"),
        ("Jaish-e-Mohammed", "Jaish e Muhammad"),
        ("Sabeen Mehmood", "Sabeen Mahmud"),
        ("Islamic State of Khurasan", "Islamic State of Khorasan"),
        ("the Taliban movement", "Taliban"),
        ("Hizbul Mujahideen", "Hizb-ul-Mujahidin"),
    ],
)
def test_transliterations_are_alike(left: str, right: str) -> None:
    assert alike(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lashkar-e-Jhangvi", "Lashkar-e-Taiba"),
        ("LeJ", "LeT"),
        ("LeJ", "LeJA"),
        ("Jamaat-ul-Ahrar", "Hizb-ul-Ahrar"),
        ("JuA", "HuA"),
        ("Lashkar-e-Jhangvi", "Lashkar-e-Jhangvi Al-Alami"),
        ("Hafiz Saeed", "Hafiz Saeed Khan"),
        ("Islamic State", "Islamic State Khorasan"),
        ("Afghan Taliban", "Pakistani Taliban"),
        ("Jundullah", "Jundallah"),
        ("Ansar", "Ansaru"),
        ("Hizb-e-Islami", "Hizbul Islam"),
        ("Jamaat-ul-Dawa", "Jamiat-ul-Dawa"),
        ("Armed Islamic Group", "Armed Islamic Movement"),
        ("Brigade 55", "Brigade 313"),
    ],
)
def test_other_groups_are_never_alike(left: str, right: str) -> None:
    assert not alike(left, right)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Maulana Masood Azhar", "Masud Azhar", True),
        ("Abd al-Rahman Yusuf", "Abdul Rehman Yousef", True),
        ("Khan, Hafiz Saeed", "Hafiz Said Khan", True),
        ("Рамзан Кадыров", "Ramzan Kadyrov", True),
        ("Mullah Omar", "Omar", False),
        ("Abu Hassan", "Abu Hussein", False),
        ("Abdul Hamid Noor", "Abdul Hakim Noor", False),
        ("Karim Ahmad", "Karimi Ahmad", False),
        ("Ali Ahmad", "Ahmad Ali", False),
    ],
)
def test_names_of_persons(left: str, right: str, expected: bool) -> None:
    assert alike(left, right, person=True) is expected
    if expected:
        assert block(left, person=True) == block(right, person=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Daud Rostami", True),
        ("al-Raymi", True),
        ("bin Laden", True),
        ("أيمن الظواهري", True),
        ("Daud Rostami and Karim Wazir", False),
        ("one dead leader", False),
        ("leader of Jundullah", False),
    ],
)
def test_words_that_name_one_person(name: str, expected: bool) -> None:
    assert names_one(name) is expected


def test_common_names_and_names_of_a_parent() -> None:
    assert is_common("Abdul Salam")
    assert is_common("Mullah Mohammed Yusuf")
    assert not is_common("Muhammad Rostami")
    assert names_parent("Tariq Daud Rostami", "Daud Rostami")
    assert not names_parent("Muhammad Daud Rostami", "Daud Rostami")
    assert not names_parent("Mullah Daud Rostami", "Daud Rostami")
    assert not names_parent("Daud Karim Rostami", "Daud Rostami")


def test_an_acronym_with_small_letters_is_its_own() -> None:
    assert node_key("JeM") != node_key("JEM")
    assert node_key("Black Banner") == node_key("BLACK BANNER")


def test_a_full_name_in_a_longer_one() -> None:
    assert contains("Hafiz Saeed Khan Orakzai", "Hafiz Said Khan")
    assert not contains("Hafiz Saeed Khan Orakzai", "Saeed")
    assert not contains("Hafiz Saeed Khan Orakzai", "Hafiz Orakzai")
    assert not contains("Hafiz Saeed Khan", "Hafiz Saeed Khan")


@pytest.mark.parametrize(("name", "expected"), [("LeJ", True), ("ISIS-K", True), ("TTP", True), ("Daesh", False)])
def test_acronyms(name: str, expected: bool) -> None:
    assert is_acronym(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Head of the Security Bureau", True),
        ("leader of Jundullah", True),
        ("Abu Bakr al-Baghdadi", False),
        ("al-Raymi", False),
        ("Forbes Ofori", False),
    ],
)
def test_offices_are_no_names(name: str, expected: bool) -> None:
    assert is_office(name) is expected
