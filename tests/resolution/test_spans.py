"""Times and areas set against each other: what is open or unknown never counts as apart."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.records import Count, Place, When
from khabar.resolution.mentions import spot
from khabar.resolution.spans import apart, as_of, exclude, inside, within
from resolution.make import (
    AFGHANISTAN,
    BALOCHISTAN,
    KABUL,
    PAKISTAN,
    QUETTA,
    SEHWAN,
    corpus,
    document,
    presence,
    ref,
    when,
)

DISTRICT = Place("Quetta District", "Quetta District", 7, "adm2", "PK", "Balochistan", "Quetta", precision="adm2")
IN_DISTRICT = Place("Kuchlak", "Kuchlak", 8, "town", "PK", "Balochistan", "Quetta", 30.36, 66.95)
NOWHERE = Place("Shahpur", "Shahpur")
EVERY = (AFGHANISTAN, BALOCHISTAN, KABUL, PAKISTAN, QUETTA, SEHWAN, DISTRICT, IN_DISTRICT, NOWHERE)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (QUETTA, PAKISTAN, True),
        (QUETTA, BALOCHISTAN, True),
        (QUETTA, QUETTA, True),
        (IN_DISTRICT, DISTRICT, True),
        (QUETTA, AFGHANISTAN, False),
        (SEHWAN, BALOCHISTAN, False),
        (IN_DISTRICT, QUETTA, False),
        (PAKISTAN, QUETTA, None),
        (PAKISTAN, BALOCHISTAN, None),
        (BALOCHISTAN, QUETTA, None),
        (QUETTA, DISTRICT, None),  # nobody said which district the town is in
        (NOWHERE, PAKISTAN, None),
        (QUETTA, NOWHERE, None),
    ],
)
def test_whether_one_place_lies_in_another(inner: Place, outer: Place, expected: bool | None) -> None:
    assert within(spot(inner), spot(outer)) is expected
    assert inside(spot(inner), spot(outer)) is (expected is True)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Count(50, 50, None, "at least 50"), Count(None, 30, None, "about 30"), True),
        (Count(50, 50, None, "at least 50"), Count(29, 30, 31, "29 to 31"), True),
        (Count(50, 50, None, "at least 50"), Count(30, 30, None, "at least 30"), False),  # both hold if there were 60
        (Count(50, 50, None, "at least 50"), Count(61, 61, 61, "61"), False),
        (Count(31, 31, 31, "31"), Count(None, 30, None, "about 30"), False),
        (Count(40, 40, 40, "40"), Count(None, 30, None, "about 30"), True),
        (Count(0, None, 10, "up to 10"), Count(None, 30, None, "about 30"), True),
    ],
)
def test_numbers_exclude_each_other_where_none_is_allowed_by_both(one: Count, other: Count, expected: bool) -> None:
    assert exclude(one, other) is exclude(other, one) is expected


def test_what_lies_in_a_part_lies_in_the_whole() -> None:
    spots = [spot(p) for p in EVERY]
    for a, b, c in product(spots, repeat=3):
        if inside(a, b) and inside(b, c):
            assert inside(a, c), (a.name, b.name, c.name)


DAYS = st.one_of(st.none(), st.dates().map(str))


@given(DAYS, DAYS, DAYS, DAYS)
def test_times_are_apart_for_both_or_for_none(a: str | None, b: str | None, c: str | None, d: str | None) -> None:
    one, other = (When(*sorted(pair)) if None not in pair else When(*pair) for pair in ((a, b), (c, d)))
    assert apart(one, other) == apart(other, one)
    assert not apart(one, one)
    assert not apart(one, When())


@pytest.mark.parametrize(
    ("stated", "published", "expected"),
    [
        ("2014", "2017-05-10", ("2014-01-01", "2014-12-31")),
        (None, "2017-05-10", ("2017-05-10", "2017-05-10")),
        (None, None, (None, None)),
        ("/2017-05-31", "2017-05", ("2017-05-01", "2017-05-31")),
        ("/2014-12-31", "2017-05", (None, "2014-12-31")),
    ],
    ids=["stated", "of its report", "unknown", "until its report", "until long before"],
)
def test_the_time_a_claim_speaks_of(
    stated: str | None, published: str | None, expected: tuple[str | None, str | None]
) -> None:
    claim = presence("a", ref("Daesh", "is"), PAKISTAN, when=stated)
    base = corpus(claim, documents=[document("a", published=published)])
    found = as_of(base, claim)
    assert (found.earliest, found.latest) == expected
    assert when(stated) == claim.when
