"""Names which a text introduces itself."""

from __future__ import annotations

import pytest

from khabar.reading.actors import read_actors


def defined(text: str) -> list[tuple[str, str, str | None, str]]:
    return [(d.first.text, d.second.text, d.second.id, d.kind) for d in read_actors(text).definitions]


@pytest.mark.parametrize(
    ("text", "first", "second", "actor", "kind"),
    [
        ("The Islamic State of Khorasan (ISK) grew.", "Islamic State of Khorasan", "ISK",
         "org:islamic-state-khorasan", "acronym"),
        ("the Hizb-ul-Ahrar(HuA) left", "Hizb-ul-Ahrar", "HuA", "org:hizb-ul-ahrar", "acronym"),
        ("Talks with Daesh (IS) failed.", "Daesh", "IS", "org:islamic-state", "acronym"),
        ("men of Daesh, another name for IS, fled", "Daesh", "IS", "org:islamic-state", "alias"),
        ("Daesh’s Khorasan chapter, also known as ISIS-K, grew", "Daesh’s Khorasan chapter", "ISIS-K",
         "org:islamic-state-khorasan", "alias"),
        ("The Harbour Workers' Front (HWF) struck.", "Harbour Workers' Front", "HWF", None, "acronym"),
        ("the Valley Peace Institute (VPI) counted nine", "Valley Peace Institute", "VPI", None, "acronym"),
        ("Karim Bakhsh alias Chhota was held.", "Karim Bakhsh", "Chhota", None, "alias"),
        ("commander Karim Bakhsh, better known as Haji Lala, fled", "Karim Bakhsh", "Haji Lala", None, "alias"),
        ("Abu Zarra, whose real name is Tomas Heller, spoke.", "Abu Zarra", "Tomas Heller", None, "alias"),
        ("Abu Zarra (a.k.a. Tomas Heller) spoke.", "Abu Zarra", "Tomas Heller", None, "alias"),
        ("The Harbour Workers' Front, or HWF, struck.", "Harbour Workers' Front", "HWF", None, "acronym"),
        ("the Pakistani Taliban, known formally as Tehreek-e-Taliban Pakistan, fled", "Pakistani Taliban",
         "Tehreek-e-Taliban Pakistan", "org:ttp", "alias"),
        ("The Nigerian Army (NA) fled.", "Nigerian Army", "NA", "agency:ng-army", "acronym"),
        ("the River Liberation Army, formerly known as the Delta Brigade, fled", "River Liberation Army",
         "Delta Brigade", None, "former"),
        ("the Jaish al-Sabirin / JAS cell", "Jaish al-Sabirin", "JAS", None, "acronym"),
        ("the Islamic Armed Front (FIA) fled", "Islamic Armed Front", "FIA", None, "acronym"),
        ("the Ituri Liberation Front (QDe.555) (ILF) fled", "Ituri Liberation Front", "ILF", None, "acronym"),
        ("Harakat al-Fajr (“Movement of the Dawn”) fled", "Harakat al-Fajr", "Movement of the Dawn", None, "alias"),
        ("Harakat al-Fajr (Jaish al-Sabirin) fled", "Harakat al-Fajr", "Jaish al-Sabirin", None, "alias"),
        ("Omar Zaid (Abu Nur) fled", "Omar Zaid", "Abu Nur", None, "alias"),
        ("Omar Zaid (deceased), a.k.a. Abu Nur, fled", "Omar Zaid", "Abu Nur", None, "alias"),
        ("Omar Zaid, who went by the name Abu Nur, fled", "Omar Zaid", "Abu Nur", None, "alias"),
        ("Abu Nur, listed as Omar Zaid, fled", "Abu Nur", "Omar Zaid", None, "alias"),
        ("Abu Nur al-Almani, born Denis Kuhl, fled", "Abu Nur al-Almani", "Denis Kuhl", None, "alias"),
        ("Maktab al-Nur, also known as the Lamp Service Bureau, fled", "Maktab al-Nur",
         "Lamp Service Bureau", None, "alias"),
        ("Salt Lake Relief Foundation (“Al Birr al Kabir” in Arabic) fled", "Salt Lake Relief Foundation",
         "Al Birr al Kabir", None, "alias"),
        ("The Delta Liberation Front renamed itself the River Army Front.", "Delta Liberation Front",
         "River Army Front", None, "alias"),
    ],
)  # fmt: skip
def test_forms(text: str, first: str, second: str, actor: str | None, kind: str) -> None:
    assert defined(text) == [(first, second, actor, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "KABUL (AFP) Gunmen fled.",
        "It opened on Wednesday (May 15).",
        "Karim Bakhsh (35) was hurt.",
        "the Federally Administered Tribal Areas (FATA)",
        "the Line of Control (LoC)",
        "Lashkar-e-Jhangvi (LeT) is not what it says",
        "a group known as the Tigers",
        "They left Varnia (also known as Warnja) at night.",
        "Prosecutors also called Tomas Heller.",
        "The Taliban (PTI reported) fled.",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert defined(text) == []


def test_two_further_names_of_one_person() -> None:
    found = defined("Omar Zaid, also known as Abu Nur and Musa the Elder, fled.")
    assert [(first, second) for first, second, _, _ in found] == [
        ("Omar Zaid", "Abu Nur"),
        ("Omar Zaid", "Musa the Elder"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Lashkar-e-Nur (Mangal Khel) fled.",
        "Omar Zaid (Gaza) and Karim Shah (Intelligence Corps) met.",
        "Omar Zaid, born in Hama, fled.",
        "The company was listed as missing and General Zaid called Karim Shah.",
    ],
)
def test_what_is_no_second_name(text: str) -> None:
    assert defined(text) == []


def test_a_new_name_is_known_for_the_rest_of_the_document() -> None:
    text = "The Harbour Workers' Front (HWF) struck.\n\nLater the HWF left; the Harbour Workers' Front was spent."
    mentions = read_actors(text).mentions
    assert [m.text for m in mentions] == ["Harbour Workers' Front", "HWF", "HWF", "Harbour Workers' Front"]
    assert {(m.name, m.kind, m.how) for m in mentions} == {("Harbour Workers' Front", "organization", "defined")}


def test_the_text_may_use_a_known_acronym_for_something_else() -> None:
    text = "The Inland Ships Union (ISU) met. The Liberal Justice Alliance (LJA) met too. The LJA won."
    assert {m.text: m.id for m in read_actors(text).mentions} == {
        "Inland Ships Union": None, "ISU": None, "Liberal Justice Alliance": None, "LJA": None,
    }  # fmt: skip


def test_definitions_point_at_both_names() -> None:
    text = "In Lahore, Karim Bakhsh alias Chhota was held by the Punjab Quiet Front (PQF)."
    for d in read_actors(text).definitions:
        assert d.start == d.first.start
        assert d.end >= d.second.end
        assert text[d.first.start : d.first.end] == d.first.text
        assert text[d.second.start : d.second.end] == d.second.text
