"""The events behind a generated corpus. Invariant: what really happened is settled here; reports only drift from it.

    GED rows, or made-up happenings ── placed in a country, or in many ──▶ SourceEvent ── generated_reports ──▶ claims

A row of the Georeferenced Event Dataset (Sundberg and Melander 2013) gives day, point, precision, sides and deaths; a
kind of deed, a target and the injured are drawn for it, since the dataset has none. Rows that are totals
(`event_clarity` 2) or not known to a few days (`date_prec` above 2) are left out: reports do not tell of those as one
incident.

Of *twins* only the first is kept: rows of one day and of the same sides, whose places, as far as they are known, are
one or lie one in the other. Coders had sources that parted them; a report that names day, place and sides fits either.
Nobody could say of which row it tells, and a measure would count right answers as wrong. Of the 5,176 rows of Pakistan
441 go.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from zlib import crc32

from khabar.errors import EvaluationError
from khabar.evaluation.generated_places import Atlas, Country, Town
from khabar.evaluation.generated_words import Deed, Target, words_of_reports
from khabar.reading.actor_names import dictionary_actors, dictionary_lexicon

__all__ = [
    "Group",
    "Happening",
    "SourceEvent",
    "chance",
    "ged_happenings",
    "made_up_happenings",
    "place_in",
    "transposed",
]

ELEVEN_YEARS = 4018
"""Days in eleven years with three leap days: whole weeks, so that a copy of a stream keeps its days of the week."""

_LEVEL = {"1": "town", "2": "town", "3": "district", "4": "province", "5": "province", "6": "country"}
_UNIT = re.compile(r"\b(?:town|village|city|area|tehsil)\b")
_NAMED = 0.6  # of the sites hit that have a name of their own; assumed
_MADE_UP_TOWNS = 60  # in which made-up events happen, the first ones far more often than the last
_MADE_UP_DAILY = 2.6  # made-up events a day: Pakistan in 2010 has 962 rows of the dataset in 365 days
_ATTACKS = ("on civilians", "on a state")  # in which attackers may die
_TOLL_TAIL = 1.3  # exponent of made-up tolls; the GED rows of Pakistan with ten dead or more fall off like this


@dataclass(frozen=True, slots=True)
class Group:
    """Who did it, by the dictionary's id where it knows the group, with all names reports may use."""

    id: str | None
    names: tuple[str, ...]
    state: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """What the dataset says of an event: ordinal of the day, name and point of the place and how well it is known, who
    did it to whom, the dead.
    """

    id: str
    day: int
    place: str
    latitude: float
    longitude: float
    level: str
    side: str
    killed: int
    attackers: int
    group: Group | None


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """An event of the truth. `level` is the finest unit anybody knows: town, district, province or country; `called` is
    the name of the site hit, None where it has none.
    """

    id: str
    day: int
    town: Town
    level: str
    deed: Deed
    target: Target
    killed: int
    attackers: int
    injured: int
    group: Group | None
    side: str
    called: str | None = None

    @property
    def known_in(self) -> tuple[int | None, ...]:
        """The ids of the finest unit that anybody knows it was in, and of those around that."""
        town = self.town
        units = {"town": town.here, "district": town.district, "province": town.province, "country": town.country}
        known = list(units)[list(units).index(self.level) :]
        return tuple(unit.id for level in known if (unit := units[level]) is not None)


def chance(*parts: object) -> Random:
    """A source of chance of its own for whatever the parts name, so that nothing depends on what was drawn before."""
    return Random(crc32("\0".join(map(str, parts)).encode()))  # noqa: S311 - nothing secret


# ------------------------------------------------------------------ what happened


def ged_happenings(path: Path) -> list[Happening]:
    """The events of a GED file as the Humanitarian Data Exchange lays it out, by day; EvaluationError if it is none."""
    found = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if not row.get("id"):
                continue  # the row of HXL tags
            try:
                if row["event_clarity"] == "1" and row["date_prec"] in ("1", "2"):
                    found.append(_happening(row))
            except (KeyError, ValueError) as problem:
                raise EvaluationError(f"{path.name}: a row is no GED event ({problem!r}).", "Mend it.") from problem
    return sorted(found, key=lambda h: (h.day, h.id))


def _happening(row: Mapping[str, str]) -> Happening:
    a, b, civilians, unknown = (int(row[f"deaths_{part}"]) for part in ("a", "b", "civilians", "unknown"))
    killed, attackers, doer = a + b + civilians + unknown, 0, row["side_a"]
    state = row["side_a"].startswith("Government")
    if row["type_of_violence"] == "3":
        side = "on civilians"
    elif row["type_of_violence"] == "2":
        side = "between groups"
    elif row["side_b"].startswith("Government"):
        side = "across a border"
    elif state and row["iso3"] == "PAK" and not row["side_a"].endswith("Pakistan"):
        side = "by drones"
    elif b > a + civilians:
        side, killed = "by a state", b + unknown
    else:
        side, killed, attackers, doer = "on a state", a + civilians + unknown, b, row["side_b"]
    return Happening(
        id=row["id"],
        day=date.fromisoformat(row["date_start"][:10]).toordinal(),
        place=_UNIT.sub("", row["where_coordinates"].split(",")[0]).strip(),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        level=_LEVEL.get(row["where_prec"], "country"),
        side=side,
        killed=killed,
        attackers=attackers,
        group=_group(doer),
    )


@lru_cache(maxsize=512)
def _group(name: str) -> Group:
    """A side as the dictionary knows it, else by its name in the dataset alone."""
    plain = name.removeprefix("Government of ")
    for found in dictionary_lexicon().scan(plain):
        actor = dictionary_actors()[found.names[0].actor]
        names = [n.text for n in actor.names if n.script == "Latn"]
        names = [name for name in names if not name.endswith(".")]
        return Group(actor.id, tuple(dict.fromkeys(names)) or (plain,), actor.kind == "state")
    return Group(None, (plain,))


def made_up_happenings(country: Country, count: int, seed: int) -> list[Happening]:
    """Events that nobody ever saw, from 1 January 2012 on, by day: for tests and where no dataset is at hand."""
    draw = chance("happenings", country.code, seed)
    towns = draw.sample(list(country.towns), min(_MADE_UP_TOWNS, len(country.towns)))
    weights = [1 / rank for rank in range(1, len(towns) + 1)]
    sides = tuple(words_of_reports().sides)
    groups = [_group(name) for name in ("TTP", "BLA", "LeJ", "Lashkar-e-Islam")]
    here = country.towns[0].country.name
    states = {"by a state": here, "across a border": here, "by drones": "United States of America"}
    first = date(2012, 1, 1).toordinal()
    found = []
    for number in range(count):
        town, side = draw.choices(towns, weights)[0].here, draw.choice(sides)
        killed = min(int(draw.paretovariate(_TOLL_TAIL)), 200)
        found.append(
            Happening(
                id=f"made-up-{seed}-{number}",
                day=first + int(number / _MADE_UP_DAILY),
                place=town.name,
                latitude=town.latitude or 0.0,
                longitude=town.longitude or 0.0,
                level=draw.choices(("town", "district", "province"), (77, 20, 3))[0],
                side=side,
                killed=killed,
                attackers=draw.choice((0, 0, 0, 1, 2)) if side in _ATTACKS else 0,
                group=_group(states[side]) if side in states else draw.choice(groups),
            )
        )
    return found


# ------------------------------------------------------------------ where


def place_in(happenings: Iterable[Happening], country: Country) -> Iterator[SourceEvent]:
    """The events where they happened: in a town of the country, or a village in the units of the nearest one; without
    twins.
    """
    placed = (_event(h, country.place(h.place, h.latitude, h.longitude)) for h in happenings)
    return _without_twins(placed)


def transposed(
    happenings: Sequence[Happening], atlas: Atlas, copies: int, countries: Sequence[str] = (), home: str = "PK"
) -> Iterator[SourceEvent]:
    """The events where they happened, then copies of them in other countries, each by day.

    A copy is stretched from the box around the events to that around the country's towns, so that what was near stays
    near and a day in a country has as many events as it had. They go round `countries` (else all that are like
    Pakistan); the second time round a copy lies eleven years later.
    """
    here = atlas.country(home)
    events = [_event(h, here.place(h.place, h.latitude, h.longitude)) for h in happenings]
    yield from _without_twins(events)
    codes = countries or atlas.like_pakistan()
    south, north = _box([h.latitude for h in happenings])
    west, east = _box([h.longitude for h in happenings])
    for number in range(copies):
        country, later = atlas.country(codes[number % len(codes)]), number // len(codes)
        to_south, to_west, to_north, to_east = country.box()
        copied = []
        for happening, event in zip(happenings, events, strict=True):
            up = to_south + (happening.latitude - south) / (north - south) * (to_north - to_south)
            right = to_west + (happening.longitude - west) / (east - west) * (to_east - to_west)
            day = event.day + later * ELEVEN_YEARS
            town = country.place(happening.place, up, right)
            copied.append(replace(event, id=f"{event.id}@{country.code}{later}", day=day, town=town))
        yield from _without_twins(copied)


def _without_twins(events: Iterable[SourceEvent]) -> Iterator[SourceEvent]:
    """The first of the events of one day and the same sides whose known places are one or lie one in the other."""
    day, kept = None, dict[tuple[str, Group | None], list[SourceEvent]]()
    for event in events:
        if event.day != day:
            day, kept = event.day, {}
        others = kept.setdefault((event.side, event.group), [])
        if not any(event.known_in[0] in o.known_in or o.known_in[0] in event.known_in for o in others):
            others.append(event)
            yield event


def _box(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    return low, high if high > low else low + 1.0


def _event(happening: Happening, town: Town) -> SourceEvent:
    words = words_of_reports()
    draw = chance("event", happening.id)
    names, weights = words.sides[happening.side]
    deed = words.deeds[draw.choices(names, weights)[0]]
    target = draw.choice(words.targets[happening.side])
    named = target.site and draw.random() < _NAMED
    return SourceEvent(
        id=happening.id,
        day=happening.day,
        town=town,
        level=happening.level,
        deed=deed,
        target=target,
        killed=happening.killed,
        attackers=max(happening.attackers, deed.attackers),
        injured=round(max(happening.killed, 1) * deed.injured * draw.uniform(0.3, 1.7)),
        group=happening.group,
        side=happening.side,
        called=draw.choice(words.names) if named else None,
    )
