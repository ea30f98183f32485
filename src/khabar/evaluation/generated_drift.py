"""How reports drift from what happened: every rate by name, with what it rests on. Invariant: a drift changes what a
report says, never which event it tells of.

Observed are (a) the 276 rows of the Georeferenced Event Dataset, Pakistan 1989–2014, that list several sources with
their headlines and days (263 pairs of headlines with tolls), and the precisions of all 5,296; (b) the claims that
Khabar makes of the main incidents of 78 digests of news reports (`newswire` and our own), 69 of them. Coders of (a)
keep the sources that add something, so plain repetition is rarer there than in a newspaper's archive; where a rate is
made milder for that reason it says so. What is only assumed says "assumed".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from khabar.evaluation.generated_events import SourceEvent
from khabar.evaluation.generated_places import Country, Town
from khabar.records import Count, Place

__all__ = [
    "Stated",
    "days_of_reports",
    "drifted_attackers",
    "drifted_day",
    "drifted_injured",
    "drifted_killed",
    "drifted_places",
    "first_share",
    "how_many",
]

# --- how many reports, and when
_MORE = ((0, 0.2), (3, 0.3), (6, 0.36), (11, 0.45), (21, 0.6), (50, 0.9))
"""The chance of each further report by the dead. Observed: 1.2 sources for up to two dead, 1.6 for eleven to twenty,
2.1 for 21 to 49, 5.9 from fifty on; assumed to be about half of all, since coders keep those that add something."""
_LAGS = ((0, 61), (1, 24), (2, 5), (3, 3), (6, 1), (12, 1), (90, 3), (365, 2))
"""Days from the event to a report, in percent. Observed: 61, 24, 4 and 2 on the first four days, 7 after two weeks."""

# --- tolls
_GROWS = 0.31
"""How many tolls of the first day are below the last one. Observed: 31 of 100 (16 of 100 on the second day)."""
_CAUGHT_UP = 0.5
"""How many of those have caught up by each following day: from 31 to 16 of 100."""
_SHARE_AT_FIRST = (0.4, 0.9)
"""What share of the last toll a low first one gives. Observed: the middle half of unequal pairs lies from 0.33 to 0.75,
sums with other incidents among them; milder for that."""
_OTHER_COUNT = ((0, 0.05), (4, 0.2), (10, 0.3), (50, 0.5))
_OFF = (0.85, 1.1)
"""How many tolls of an event of so many dead are another count, without a reason, and by what factor. Observed of pairs
of reports on one incident with more than three dead: 21 of 52 give the same number in the coded digests, 38 of 235 in
the headlines of (a); the smaller is 0.9 and 0.6 of the other (median). Milder than (a) for its sums."""
_NO_TOLL = 0.06
_AT_LEAST, _OVER, _DOZENS = 0.17, 0.06, 0.04
"""How many give no toll, a lower bound, a round lower bound, or a word for tens. Observed in (b): none 6 of 69, some of
them without dead; bounds 17 of 63."""
_FEW = 3  # dead up to which a toll is known at once
_ATTACKERS_APART, _ATTACKERS_IN = 0.5, 0.25
"""How many count dead attackers apart, and how many count them in; others leave them out. Assumed; the Quetta police
college has 61 dead or, with the attackers, 66."""
_INJURED = 0.75
_INJURED_ROUND, _INJURED_OTHER = 0.29, 0.4
"""How many give the injured, how many of those round, and how many another count. Observed in (b): 52 of 69, 15 of 52;
of pairs on one incident 5 of 22 give the same number."""

# --- days
_NO_DATE = 0.14
"""How many give no date, as headlines do. Observed in (b): 10 of 69."""
_MONTH_ONLY, _MONTH_ONLY_LATE = 0.02, 0.5
"""How many give only a month, soon and after a month. Observed of the dataset's own coding: 1 in 100; late, assumed."""
_A_DAY_OFF, _DAYS_OFF = 0.05, 0.015
"""How many are a day off (a night, a time zone), and how many two or three. Assumed; 5 of 100 rows span days."""
_LATE = 30

# --- places
_DISTRICT, _PROVINCE, _COUNTRY = 0.02, 0.05, 0.03
"""How many name no more than the district, the province, the country, where more is known. Observed in (b): 2, 6 and 4
of 69 (parts of a country with the provinces, no place at all with the country), also where no more was known; of 22 of
100 rows of (a) nobody knows more than the district or the province."""
_WITH_PROVINCE = 0.15
_SITE = 0.5
"""How many name the province as well, and how many of those that hit a building name it as a place. Observed in (b): 10
of 69, and 46 of 69 with streets and squares."""
_SPELLING = 0.08
_NEIGHBOUR = 0.05
"""How many spell the place in another way, and how many name a town within 25 km. Assumed; the dataset's precision 2,
near a known point, is 41 of 100."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A day as a report gives it, as ordinal, and how much of it is told: the day, the month, or none."""

    day: int
    grain: str


def how_many(event: SourceEvent, draw: Random, most: int) -> int:
    """How many reports tell of an event: one at least, `most` at most, the more the more were killed."""
    share = _by_size(_MORE, event.killed)
    return 1 + sum(draw.random() < share for _ in range(most - 1))


def _by_size(rates: Sequence[tuple[int, float]], number: int) -> float:
    """The rate of the highest step that is not above the number."""
    return rates[bisect_right(rates, (number, 1.0)) - 1][1]


def days_of_reports(event: SourceEvent, draw: Random, count: int) -> list[int]:
    """The ordinals of the days on which the reports appear, in order."""
    lags, weights = [lag for lag, _ in _LAGS], [weight for _, weight in _LAGS]
    return sorted(event.day + lag for lag in draw.choices(lags, weights, k=count))


# ------------------------------------------------------------------ tolls


def drifted_killed(event: SourceEvent, draw: Random, lag: int, low: float, counted_in: bool) -> Count | None:
    """The dead as a report gives them `lag` days on; `low` is the share told at first, 1 where all were known."""
    if draw.random() < _NO_TOLL or not event.killed + event.attackers:
        return None
    behind = low < 1 and event.killed > _FEW and draw.random() < _CAUGHT_UP**lag
    number = max(1, round(event.killed * (low + (1 - low) * draw.random() * 0.3))) if behind else event.killed
    if draw.random() < _by_size(_OTHER_COUNT, event.killed):
        number = _counted_otherwise(number, draw)
    if counted_in:
        number += event.attackers
    return _worded(number, draw, event.target.killed if number != 1 else event.target.one)


def _counted_otherwise(number: int, draw: Random) -> int:
    other = round(number * draw.uniform(*_OFF))
    return max(1, number + draw.choice((-1, 1)) if other == number else other)


def first_share(draw: Random) -> float:
    """The share of the last toll that the first reports of an event tell."""
    return draw.uniform(*_SHARE_AT_FIRST) if draw.random() < _GROWS else 1.0


def drifted_attackers(event: SourceEvent, draw: Random) -> tuple[Count | None, bool]:
    """The dead attackers where they are counted apart, and whether they are counted in with the dead."""
    if not event.attackers:
        return None, False
    kind = draw.random()
    if kind < _ATTACKERS_APART:
        return _exactly(event.attackers, "attacker" if event.attackers == 1 else "attackers"), False
    return None, kind < _ATTACKERS_APART + _ATTACKERS_IN


def drifted_injured(event: SourceEvent, draw: Random, lag: int, low: float) -> Count | None:
    """The injured as a report gives them; they grow as the dead do."""
    if event.injured < 1 or draw.random() >= _INJURED:
        return None
    behind = low < 1 and draw.random() < _CAUGHT_UP**lag
    number = max(1, round(event.injured * low)) if behind else event.injured
    if draw.random() < _INJURED_OTHER:
        number = _counted_otherwise(number, draw)
    if number >= 10 and draw.random() < _INJURED_ROUND:
        number -= number % 10
        return _at_least(number, f"more than {number}")
    return _exactly(number)


def _worded(number: int, draw: Random, who: str) -> Count:
    kind = draw.random()
    if kind < _AT_LEAST and number > 1:
        return _at_least(number, f"at least {number} {who}")
    if kind < _AT_LEAST + _OVER and number > 20 and number % 10:
        number -= number % 10
        return _at_least(number, f"more than {number} {who}")
    if kind < _AT_LEAST + _OVER + _DOZENS and number >= 24:
        return Count(24, None, None, f"dozens of {who}")
    return _exactly(number, who)


@lru_cache(maxsize=4096)
def _exactly(number: int, who: str = "") -> Count:
    return Count(number, number, number, f"{number} {who}".strip())


@lru_cache(maxsize=4096)
def _at_least(number: int, text: str) -> Count:
    return Count(number, number, None, text)


# ------------------------------------------------------------------ days


def drifted_day(event: SourceEvent, draw: Random, published: int) -> Stated:
    """The day as a report of `published` gives it; never later than the report."""
    kind, late = draw.random(), published - event.day > _LATE
    month = _MONTH_ONLY_LATE if late else _MONTH_ONLY
    if kind < month:
        return Stated(event.day, "month")
    if kind < month + _NO_DATE and not late:
        return Stated(event.day, "none")
    off = 0
    if kind > 1 - _DAYS_OFF:
        off = draw.choice((-3, -2, 2, 3))
    elif kind > 1 - _DAYS_OFF - _A_DAY_OFF:
        off = draw.choice((-1, 1))
    return Stated(min(event.day + off, published), "day")


# ------------------------------------------------------------------ places


def drifted_places(event: SourceEvent, country: Country, draw: Random, target: str | None) -> tuple[Place, ...]:
    """The places as a report names them, the narrowest first, with their words as it spells them.

    A `target` that is a building ("a police post") may be one of them.
    """
    town, kind = event.town, draw.random()
    level = event.level
    if level == "town" and kind < _NEIGHBOUR:
        town = draw.choice(country.neighbours(town) or [town])
    elif kind > 1 - _COUNTRY:
        level = "country"
    elif level != "country" and kind > 1 - _COUNTRY - _PROVINCE:
        level = "province"
    elif level == "town" and kind > 1 - _COUNTRY - _PROVINCE - _DISTRICT:
        level = "district"
    place = _unit(town, level)
    if level == "town" and draw.random() < _SPELLING:
        place = _spelt(place)
    found = [place]
    if level == "town" and target is not None and event.target.site and draw.random() < _SITE:
        found.insert(0, _site(target, town.here))
    if level in ("town", "district") and draw.random() < _WITH_PROVINCE:
        found.append(town.province)
    return tuple(found)


def _unit(town: Town, level: str) -> Place:
    if level == "town":
        return town.here
    if level == "district" and town.district is not None:
        return town.district
    return town.country if level == "country" else town.province


@lru_cache(maxsize=4096)
def _site(words: str, town: Place) -> Place:
    """A building no gazetteer has: it comes with the units and the point of the town it is in."""
    name = words.split(" ", 1)[1]
    return Place(
        name, name, None, "facility", town.country, town.admin1, town.admin2, town.latitude, town.longitude, "near"
    )


_LETTERS = (("kh", "k"), ("sh", "ch"), ("w", "v"), ("v", "w"), ("ee", "i"), ("oo", "u"), ("q", "k"), ("i", "ee"),
            ("y", "i"), ("c", "k"), ("z", "s"), ("u", "oo"), ("ll", "l"))  # fmt: skip


@lru_cache(maxsize=4096)
def _spelt(place: Place) -> Place:
    """The place in another transliteration of its name; the reader knows it all the same."""
    for usual, other in _LETTERS:
        if usual in place.text[1:]:
            text = place.text[0] + place.text[1:].replace(usual, other, 1)
            return Place(
                text, place.name, place.id, place.kind, place.country, place.admin1, place.admin2, place.latitude,
                place.longitude, place.precision,
            )  # fmt: skip
    return place
