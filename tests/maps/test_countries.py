"""What countries are called, small ones that no outline shows as well."""

from __future__ import annotations

import pytest

from khabar.maps.countries import country_name


@pytest.mark.parametrize(
    ("code", "name"), [("PK", "Pakistan"), ("MC", "Monaco"), ("GI", "Gibraltar"), ("MV", "Maldives")]
)
def test_every_country_has_a_name(code: str, name: str) -> None:
    assert country_name(code) == name


def test_what_nobody_knows_is_shown_as_it_is() -> None:
    assert country_name("XX") == "XX"
    assert country_name(None) == ""
