"""ACLED's shape: 31 columns, one row an event and place. Invariant: one conservative number of dead, a day for every
row, and notes in words of our own.

Source of the rules: ACLED Codebook (2023), its guide to the 2023 column changes and its page on fatalities. It is the
shape alone: ACLED's rows are its own, and none of them is in Khabar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from khabar.export.shapes import acled_losses as losses
from khabar.export.shapes.acled_actors import ARMED, CIVILIANS, Sides, interaction, sides_of
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import Country, country_of
from khabar.export.shapes.dates import Days, days_of
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.material import Material
from khabar.export.shapes.notes import notes_of
from khabar.export.shapes.numbers import bounds_of, conservative, split_evenly
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.tables import Table, joined
from khabar.export.shapes.whereabouts import Spot, Spots, spots_of

__all__ = ["Acled"]

_WEEK, _MONTH = 7, 31
_PRECISION = {"exact": 1, "near": 2, "adm2": 2, "adm1": 3, "region": 3}
_HAPPENED = ("actual", "attempted", "foiled")
_EXPLOSIONS, _BATTLES, _CIVILIANS = "Explosions/Remote violence", "Battles", "Violence against civilians"
_ON_CIVILIANS, _CLASH = "Attack", "Armed clash"
_CROWDS = ("Protests", "Riots")
_NOT_HELD = (("injured", losses.INJURED), ("arrested", losses.ARRESTED), ("abducted", losses.ABDUCTED))


@dataclass(frozen=True, slots=True)
class _Dead:
    number: int
    claims: tuple[str, ...]


class Acled(Table):
    """Rows as ACLED publishes them since 20 March 2023."""

    name = "acled"
    title = "ACLED: 31 columns, one conservative number of dead, a day for every row"
    rule = "conservative"
    losses = losses.RULES

    def rows(self, case: Case, material: Material) -> Iterator[Row | Loss]:
        """A row for each place of an incident, or why there is none."""
        keeping = Keeping(case)
        codes = self._codes(case, material, keeping)
        days = _days(case, keeping) if codes else None
        spots = _spots(case, keeping) if days else None
        country = country_of(spots.spots[0].country) if spots else None
        if spots and country is None:
            keeping.lose(losses.NO_PLACE, "no country")
        if codes and days and spots and country and country.iso_numeric is not None:
            yield from self._rows(case, material, _Facts(codes, days, spots, country), keeping)
        elif not keeping.left_out:
            keeping.lose(losses.NO_PLACE, "a country without an ISO number")
        yield from keeping

    def _codes(self, case: Case, material: Material, keeping: Keeping) -> Mapping[str, str] | None:
        """The codebook's codes for the type; None where the incident is no ACLED event."""
        modality = case.shown("modality") or "actual"
        if modality not in _HAPPENED:
            keeping.lose(losses.NOT_ACTUAL, modality)
            return None
        kind = material.book.events.get(case.shown("type") or "")
        codes = kind.codes.get("acled", {}) if kind else {}
        if not codes.get("sub_event_type"):
            keeping.lose(losses.NO_CODE, case.shown("type") or "no type")
            return None
        return codes

    def _rows(self, case: Case, material: Material, facts: _Facts, keeping: Keeping) -> Iterator[Row]:
        sides = sides_of(case, material, facts.country, facts.codes["event_type"], keeping)
        dead = _dead(case, keeping)
        _not_held(case, keeping)
        common = self._common(case, material, facts, sides)
        spots = facts.spots.spots
        shares = split_evenly(dead.number, len(spots))
        if len(spots) > 1:
            keeping.lose(losses.SPLIT, f"{dead.number} → {' + '.join(map(str, shares))}", "fatalities", dead.claims)
        claims = _claims(case, facts, sides, dead)
        for i, (spot, share) in enumerate(zip(spots, shares, strict=True)):
            key = f"{facts.country.iso3}-{case.id}" + (f"-{i + 1}" if len(spots) > 1 else "")
            values = {
                **common,
                "event_id_cnty": key,
                "fatalities": share,
                "notes": notes_of(case, material.book, spot),
                **_place(spot),
            }
            yield Row(key, case.id, values, claims)

    def _common(self, case: Case, material: Material, facts: _Facts, sides: Sides) -> dict[str, Any]:
        """The cells that all places of an incident share."""
        event_type, sub_event = _types(case, material, facts.codes, sides)
        one, two = sides.one, sides.two
        violent = facts.codes.get("disorder_type") != "Strategic developments" and event_type not in _CROWDS
        moment = datetime.fromisoformat(material.at) if material.at else None
        return {
            "event_date": facts.days.middle.isoformat(),
            "year": facts.days.middle.year,
            "time_precision": 1 if facts.days.length == 1 else 2 if facts.days.length <= _WEEK else 3,
            "disorder_type": facts.codes.get("disorder_type"),
            "event_type": event_type,
            "sub_event_type": sub_event,
            "actor1": one.name,
            "assoc_actor_1": one.associated,
            "inter1": one.inter,
            "actor2": two.name,
            "assoc_actor_2": two.associated,
            "inter2": two.inter,
            "interaction": interaction(one.inter, two.inter),
            "civilian_targeting": "Civilian targeting" if violent and _civilians(sides, event_type) else None,
            "iso": facts.country.iso_numeric,
            "region": facts.country.acled_region,
            "country": facts.country.name,
            "source": joined(case.publishers) or "unknown",
            "tags": "crowd size=no report" if event_type in _CROWDS else None,
            "timestamp": int(moment.timestamp()) if moment else None,
        }


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an incident must have to be a row."""

    codes: Mapping[str, str]
    days: Days
    spots: Spots
    country: Country


def _days(case: Case, keeping: Keeping) -> Days | None:
    days = days_of(case)
    if days is None:
        keeping.lose(losses.NO_DATE)
        return None
    if days.length > _MONTH:
        keeping.lose(losses.VAGUE_DATE, days.words)
        return None
    if days.length > 1:
        keeping.lose(losses.MIDDLE, f"{days.words} → {days.middle}", "event_date", case.resting("when"))
    return days


def _spots(case: Case, keeping: Keeping) -> Spots | None:
    spots = spots_of(case)
    if not spots.spots:
        keeping.lose(losses.NO_PLACE, ", ".join(spots.instead))
        return None
    if spots.spots[0].precision not in _PRECISION:
        keeping.lose(losses.VAGUE_PLACE, spots.spots[0].name)
        return None
    if spots.instead:
        wider = f"{', '.join(spots.instead)} → {spots.spots[0].name}"
        keeping.lose(losses.WIDER_PLACE, wider, "location", spots.claims)
    if spots.other or spots.joined:
        keeping.lose(losses.OTHER_PLACES, ", ".join((*spots.other, *spots.joined)), "location", case.resting("places"))
    return spots


def _types(case: Case, material: Material, codes: Mapping[str, str], sides: Sides) -> tuple[str, str]:
    """Event and sub-event type. ACLED tells an attack on civilians from a battle by who was attacked, and explosions by
    what exploded.
    """
    event_type, sub_event = codes["event_type"], codes["sub_event_type"]
    if event_type == _CIVILIANS and sub_event == _ON_CIVILIANS and sides.two.inter in ARMED:
        return _BATTLES, _CLASH
    if event_type == _BATTLES and sub_event == _CLASH and sides.two.inter == CIVILIANS:
        return _CIVILIANS, _ON_CIVILIANS
    if event_type == _EXPLOSIONS:
        weapon = (case.shown("weapon") or {}).get("class")
        by_weapon = material.book.class_code("weapons", weapon, "acled", "sub_event_type")
        narrower = sub_event == "Remote explosive/landmine/IED" and by_weapon is not None
        return event_type, by_weapon if narrower and by_weapon else sub_event
    return event_type, sub_event


def _civilians(sides: Sides, event_type: str) -> bool:
    return sides.civilians_only or event_type == _CIVILIANS


def _dead(case: Case, keeping: Keeping) -> _Dead:
    """The dead of all sides as one number."""
    total = 0
    for name in ("killed", "attackers_killed"):
        bounds = bounds_of(case.shown(name))
        if bounds is None:
            continue
        single = conservative(bounds)
        total += single.value
        if single.how:
            keeping.lose(losses.ONE_NUMBER, single.how, "fatalities", case.resting(name))
        if name == "attackers_killed" and single.value:
            keeping.lose(losses.ATTACKERS, f"{single.value} of {total}", "fatalities", case.resting(name))
    others = [b.words for v in case.stated("killed") if (b := bounds_of(v.value)) is not None]
    if len(set(others)) > 1:
        keeping.lose(losses.OTHER_TOLLS, ", ".join(dict.fromkeys(others)), "fatalities")
    return _Dead(total, case.resting("killed", "attackers_killed"))


def _not_held(case: Case, keeping: Keeping) -> None:
    for name, rule in _NOT_HELD:
        bounds = bounds_of(case.shown(name))
        if bounds is not None and bounds.words:
            keeping.lose(rule, bounds.words, None, case.resting(name))
    for who in case.attributed:
        stances = ", ".join(who.stances)
        keeping.lose(losses.STANCE, f"{who.name}: {stances}", "actor1", who.claims)


def _place(spot: Spot) -> dict[str, Any]:
    return {
        "admin1": spot.admin1,
        "admin2": spot.admin2,
        "location": spot.name,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "geo_precision": _PRECISION[spot.precision],
    }


def _claims(case: Case, facts: _Facts, sides: Sides, dead: _Dead) -> dict[str, tuple[str, ...]]:
    """Which claims each cell rests on."""
    when, kind, places = case.resting("when"), case.resting("type"), facts.spots.claims
    targets = sides.two.claims or kind
    by_column = {
        ("event_date", "year", "time_precision"): when,
        ("disorder_type",): kind,
        ("event_type", "sub_event_type"): (*kind, *case.resting("weapon"), *targets),
        ("actor1", "inter1", "assoc_actor_1"): sides.one.claims or kind,
        ("actor2", "inter2", "assoc_actor_2", "civilian_targeting"): targets,
        ("interaction",): (*sides.one.claims, *targets),
        ("iso", "region", "country", "admin1", "admin2", "location", "latitude", "longitude", "geo_precision"): places,
        ("fatalities",): dead.claims,
        ("source", "notes"): case.event.claims,
        ("tags",): kind,
    }
    return {c: tuple(dict.fromkeys(claims)) for columns, claims in by_column.items() for c in columns}
