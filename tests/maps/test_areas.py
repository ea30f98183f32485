"""The map of provinces that needs no script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khabar.maps.areas import SHADES, areas_svg, shade_of, shades
from khabar.store.placing import PlaceTotal


def _address(country: str, admin1: str | None, level: str | None) -> str:
    return f"/list?c={country}&a={admin1}&k={level}"


@given(st.lists(st.integers(1, 1_000_000), min_size=1))
def test_more_incidents_are_never_lighter(counts: list[int]) -> None:
    steps = shades(counts)
    found = [shade_of(count, steps) for count in sorted(counts)]
    assert found == sorted(found)
    assert set(found) <= set(range(1, SHADES + 1))


def test_provinces_and_countries_are_links_to_their_lists() -> None:
    totals = [
        PlaceTotal("PK", None, None, 9),
        PlaceTotal("PK", None, "country", 2),
        PlaceTotal("PK", "Sindh", None, 7),
        PlaceTotal("PK", "Sindh", "exact", 7),
        PlaceTotal("PK", "Atlantis", None, 1),
    ]
    picture = areas_svg(totals, _address)
    assert picture.count("<a ") == 2
    assert 'href="/list?c=PK&amp;a=Sindh&amp;k=None" aria-label="Sindh: 7"' in picture
    assert 'href="/list?c=PK&amp;a=None&amp;k=country" aria-label="somewhere in Pakistan: 2"' in picture
    assert ">7</text>" in picture


def test_nothing_is_drawn_of_nothing() -> None:
    assert areas_svg([], _address) == ""
    assert areas_svg([PlaceTotal("XX", None, None, 1)], _address) == ""
