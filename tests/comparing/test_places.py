"""Places of a data set in the gazetteer: by name and nearness, and never by name alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabar.comparing.places import located
from khabar.reading.gazetteer import Gazetteer
from khabar.records import Place

GIVEN = Place("Quetta town", "Quetta town", None, "", "PK", "Balochistan province", "Quetta district", 30.18, 67.0)


def test_a_town_gets_the_id_and_keeps_its_words_and_coordinates(gazetteer: Gazetteer) -> None:
    found = located(GIVEN, gazetteer)
    assert (found.id, found.name, found.admin1, found.admin2) == (1167528, "Quetta", "Balochistan", "Quetta District")
    assert (found.text, found.latitude, found.longitude, found.precision) == ("Quetta town", 30.18, 67.0, "exact")


@pytest.mark.parametrize(
    ("precision", "name"), [("adm2", "Quetta District"), ("adm1", "Balochistan"), ("country", "Pakistan")]
)
def test_a_unit_is_the_unit_of_that_level(gazetteer: Gazetteer, precision: str, name: str) -> None:
    found = located(replace(GIVEN, precision=precision), gazetteer)
    assert found.name == name
    assert found.id is not None
    assert found.kind == precision


def test_a_name_far_from_its_coordinates_is_another_place(gazetteer: Gazetteer) -> None:
    assert located(replace(GIVEN, latitude=25.0), gazetteer).id is None
    assert located(replace(GIVEN, latitude=None, longitude=None), gazetteer).id is None


def test_what_no_gazetteer_knows_stays_as_it_is(gazetteer: Gazetteer) -> None:
    nowhere = replace(GIVEN, text="Zzyzx camp", name="Zzyzx camp", admin1="Zzyzx", admin2=None)
    assert located(nowhere, gazetteer) == nowhere
    region = replace(GIVEN, precision="region")
    assert located(region, gazetteer).id is None
