"""How two places lie to each other: a level with a name in words. Invariant: the order of the two does not matter."""

from __future__ import annotations

from functools import lru_cache
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from khabar.resolution.mentions import COUNTRY, DISTRICT, POINT, PROVINCE, Spot

__all__ = [
    "ALIKE", "APART", "NAMED", "OPPOSES", "RANK", "SITE", "SUPPORTS", "TAKEN_OVER", "VAGUE", "elsewhere", "kilometres",
    "spots",
]  # fmt: skip

_SAME = {
    POINT: "the same town or site",
    DISTRICT: "the same district",
    PROVINCE: "the same province",
    COUNTRY: "the same country",
}
_WITHIN = {
    DISTRICT: "one in the district that the other names",
    PROVINCE: "one in the province that the other names",
    COUNTRY: "one in the country that the other names",
}
_DISTANCES = (
    (5.0, "less than 5 km apart"),
    (15.0, "5 to 15 km apart"),
    (30.0, "15 to 30 km apart"),
    (60.0, "30 to 60 km apart"),
    (100.0, "60 to 100 km apart"),
)
_IN_TOWN = "a site in the town that the other names"
_FAR = "towns further apart"
NAMED = "the same site, by its name"
SITE = "a site of the same name"
_NAME = "the same name"
_SHARED_WORD = "names that share a word"
_IN_PART = "one in the part of the country that the other names"
_OTHER_PART = "outside the part of the country that the other names"
_BY_ITS_TOWN = "one in the district or province that bears the other's name"
_PERHAPS = "perhaps one in the other"
_ONE_PROVINCE = "two districts of one province"
_OTHER_NAMES = "towns of other names"
TAKEN_OVER = "apart, but one is taken over from elsewhere in its report"
_OTHER_UNITS = "in other provinces or districts"
_OTHER_COUNTRIES = "in other countries"

SUPPORTS = (
    NAMED,
    _SAME[POINT],
    _IN_TOWN,
    _DISTANCES[0][1],
    SITE,
    _NAME,
    _DISTANCES[1][1],
    _SAME[DISTRICT],
    _WITHIN[DISTRICT],
    _DISTANCES[2][1],
    _SAME[PROVINCE],
    _WITHIN[PROVINCE],
    _IN_PART,
    _SHARED_WORD,
    _SAME[COUNTRY],
    _WITHIN[COUNTRY],
    _BY_ITS_TOWN,
    _DISTANCES[3][1],
    _PERHAPS,
    _ONE_PROVINCE,
    _OTHER_PART,
)
OPPOSES = (TAKEN_OVER, _OTHER_NAMES, _DISTANCES[4][1], _OTHER_UNITS, _FAR, _OTHER_COUNTRIES)
RANK = {name: rank for rank, name in enumerate((*SUPPORTS, *OPPOSES))}
"""All levels by how much they speak for one place, the most telling first."""

ALIKE = SUPPORTS[: SUPPORTS.index(_DISTANCES[1][1])]
"""Levels at which both name one town or site."""

VAGUE = (_PERHAPS, _ONE_PROVINCE, _OTHER_PART)
"""Levels that leave open whether the two are one place."""

APART = (_OTHER_UNITS, _FAR, _OTHER_COUNTRIES)
"""Levels at which the two cannot be one place."""

_TOWARDS, _AWAY = 68, 112  # degrees between two bearings up to which they are one part, and from which two
_MIDST = 0.5  # degrees of latitude round the middle of a country that lie in no part of it
_HOLDS_KM = 400  # from the middle of a unit up to which a place of unknown unit may lie in it


@lru_cache(maxsize=200_000)
def spots(x: Spot, y: Spot) -> str:
    """How two places lie to each other: one of `SUPPORTS` or `OPPOSES`."""
    if x.country and y.country and x.country != y.country:
        return _OTHER_COUNTRIES
    if x.key == y.key:
        return _SAME[x.level]
    if x.bearing is not None or y.bearing is not None:
        return _parts(x, y)
    if x.level != y.level:
        return _holds(*sorted((x, y), key=lambda s: s.level))
    if x.level == POINT:
        return _points(x, y)
    if x.level == DISTRICT and x.admin1 and y.admin1 and x.name == y.name:
        return _SAME[x.level]
    if x.admin1 and y.admin1:
        return _OTHER_UNITS if x.admin1 != y.admin1 else _ONE_PROVINCE
    return _SHARED_WORD if set(x.name.split()) & set(y.name.split()) else _PERHAPS


def elsewhere(x: Spot, y: Spot) -> bool:
    """Whether two places cannot well be one: no incident happened in both."""
    return spots(x, y) in OPPOSES


def kilometres(x: Spot, y: Spot) -> float | None:
    """Great-circle distance; None where a place has no coordinates."""
    if x.latitude is None or x.longitude is None or y.latitude is None or y.longitude is None:
        return None
    p, q = radians(x.latitude), radians(y.latitude)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(y.longitude - x.longitude) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


def _parts(x: Spot, y: Spot) -> str:
    """How a part of a country lies to another part of it, or to a place in it."""
    if COUNTRY in (x.level, y.level) or (x.latitude, x.longitude) == y.middle or (y.latitude, y.longitude) == x.middle:
        return _WITHIN[COUNTRY]  # data sets give the middle of a country where they know no more than the country
    one, other = _bearing(x, y), _bearing(y, x)
    if one is None or other is None:
        return _PERHAPS
    apart = abs((one - other + 180) % 360 - 180)
    return _IN_PART if apart <= _TOWARDS else _OTHER_PART if apart >= _AWAY else _PERHAPS


def _bearing(place: Spot, part: Spot) -> float | None:
    """Where a place lies from the middle of a country of which a part is named, in degrees; None in its midst."""
    if place.bearing is not None:
        return place.bearing
    if part.middle is None or place.latitude is None or place.longitude is None:
        return None
    north = place.latitude - part.middle[0]
    east = (place.longitude - part.middle[1]) * cos(radians(part.middle[0]))
    return None if hypot(north, east) < _MIDST else degrees(atan2(north, east))


def _points(x: Spot, y: Spot) -> str:
    distance = kilometres(x, y)
    if distance is None or distance > _DISTANCES[1][0]:
        # "Khuzdar" may be the town or the district of that name.
        one_province = bool(x.admin1) and x.admin1 == y.admin1
        if one_province and (x.name == y.admin2 or y.name == x.admin2 or x.name == x.admin1 or y.name == y.admin1):
            return _BY_ITS_TOWN
    if distance is not None and x.part != y.part and distance <= _DISTANCES[1][0]:
        return _IN_TOWN
    if distance is not None:
        return next((name for limit, name in _DISTANCES if distance <= limit), _FAR)
    if x.name == y.name:
        return _NAME
    return _OTHER_UNITS if x.admin1 and y.admin1 and x.admin1 != y.admin1 else _OTHER_NAMES


def _holds(wide: Spot, narrow: Spot) -> str:
    if wide.level == COUNTRY:
        return _WITHIN[COUNTRY] if wide.country and wide.country == narrow.country else _PERHAPS
    outer, inner = (wide.admin2, narrow.admin2) if wide.level == DISTRICT else (wide.admin1, narrow.admin1)
    if outer and inner:
        return _WITHIN[wide.level] if outer == inner else _OTHER_UNITS
    distance = kilometres(wide, narrow)
    return _PERHAPS if distance is None or distance <= _HOLDS_KM else _OTHER_UNITS
