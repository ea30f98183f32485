"""PLOVER's shape, in the 40 columns of POLECAT's files. Invariant: what did not happen is told to be future,
hypothetical or negated; an empty cell is the word None, and no cell holds a tab.

Source of the rules: PLOVER 2.0 manual (events, modes, quads, scores, contexts, sectors, auxiliary modes). The auxiliary
modes are defined there and, as it says, not yet used by any project; here they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, BinaryIO

from khabar import __version__
from khabar.codebook.schemes import PLOVER_QUADS, PLOVER_SCORES
from khabar.export.shapes import plover_losses as losses
from khabar.export.shapes.attributed import Attributed
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import Country, country_of
from khabar.export.shapes.dates import Days, days_of
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.material import Material
from khabar.export.shapes.numbers import bounds_of
from khabar.export.shapes.parties import Struck, doers, struck
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.tables import Table, joined
from khabar.export.shapes.whereabouts import Spot, Spots, spots_of
from khabar.export.tables import csv_lines
from khabar.records import EventBody

__all__ = ["Plover"]

_AUXILIARY = {"planned": "future", "predicted": "future", "hypothetical": "hypothetical", "negated": "negation"}
_MONTH, _YEAR = 31, 365
_FEATURES = {"city": "PPL", "adm1": "ADM1", "adm2": "ADM2", "country": "PCLI"}
_GEONAMES_BELOW = 900_000_000  # ids from there on are of our own supplement
_STATE, _GROUP, _UNKNOWN = "GOV", "REB", "UNK"
_ARMED = ("COP", "MIL")  # forces are those of the country they are in
_NOT_HELD = (
    ("killed", losses.KILLED),
    ("attackers_killed", losses.ATTACKERS),
    ("injured", losses.INJURED),
    ("arrested", losses.ARRESTED),
    ("abducted", losses.ABDUCTED),
)


@dataclass(frozen=True, slots=True)
class _Facts:
    codes: Mapping[str, str]
    days: Days
    where: Spots
    target: Struck


class Plover(Table):
    """Rows as POLECAT's files have them."""

    name = "plover"
    title = "PLOVER/POLECAT: 40 columns, tab-separated, with future, hypothetical and negated events"
    ending = "tsv"
    losses = losses.RULES
    options: Mapping[str, str] = {"actual-only": "no rows for what is planned, predicted, hypothetical or negated"}

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """Rows of incidents, then of claims about what did not happen."""
        yield from super().records(material)
        if "actual-only" in material.options:
            return
        for case in material.told_cases(frozenset(_AUXILIARY)):
            yield from self.checked(self.rows(case, material))

    def rows(self, case: Case, material: Material) -> Iterator[Row | Loss]:
        """A row for each place of an incident, or why there is none."""
        keeping = Keeping(case)
        facts = _facts(case, material, keeping)
        if facts is not None:
            yield from _rows(case, material, facts, keeping)
        yield from keeping

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """The header and one line a row, parted by tabs."""
        names = [column.name for column in self.columns]
        told = ({name: _plain(row.values.get(name)) for name in names} for row in rows)
        out.writelines(f"{line}\n".encode() for line in csv_lines(told, names, delimiter="\t"))
        del options


def _plain(value: Any) -> Any:
    if value is None:
        return "None"
    return " ".join(value.split()) if isinstance(value, str) else value


def _facts(case: Case, material: Material, keeping: Keeping) -> _Facts | None:
    kind = material.book.events.get(case.shown("type") or "")
    codes = kind.codes.get("plover", {}) if kind else {}
    if "event" not in codes:
        keeping.lose(losses.NO_CODE, case.shown("type") or "no type")
        return None
    days = days_of(case)
    if days is None or days.length > _MONTH:
        keeping.lose(losses.VAGUE_DATE if days else losses.NO_DATE, days.words if days else "")
        return None
    if days.length > 1:
        keeping.lose(losses.MIDDLE, f"{days.words} → {days.middle}", "Event Date", case.resting("when"))
    return _Facts(codes, days, spots_of(case), struck(case, material.book, material.groups))


def _rows(case: Case, material: Material, facts: _Facts, keeping: Keeping) -> Iterator[Row]:
    _told(case, facts, keeping)
    common = {**_event(case, material, facts, keeping), **_actor(case, keeping), **_story(case, facts)}
    spots: tuple[Spot | None, ...] = facts.where.spots or (None,)
    if len(spots) > 1:
        keeping.lose(losses.SPLIT, ", ".join(s.name for s in spots if s), "Placename", facts.where.claims)
    claims = _claims(case, facts)
    for i, spot in enumerate(spots):
        key = case.id + (f"-{i + 1}" if len(spots) > 1 else "")
        country = country_of(spot.country) if spot else None
        values = {**common, **_place(spot, country), **_recipient(facts.target, material, country), "Event ID": key}
        yield Row(key, case.id, values, claims)


def _event(case: Case, material: Material, facts: _Facts, keeping: Keeping) -> dict[str, Any]:
    """Event, mode, score, quad and contexts."""
    book, event = material.book, facts.codes["event"]
    weapon = (case.shown("weapon") or {}).get("class")
    mode = facts.codes.get("mode")
    by_weapon = book.class_code("weapons", weapon, "plover", "mode")
    if by_weapon is not None and event == "ASSAULT" and mode in ("firearms", "explosives", "primitive"):
        mode = by_weapon
    score = PLOVER_SCORES.get((event, mode), PLOVER_SCORES.get((event, None)))
    if score is None:
        keeping.lose(losses.NO_SCORE, event, "Intensity", case.resting("type"))
    contexts = [
        facts.codes.get("context"),
        *(book.class_code("targets", c, "plover", "context") for c in facts.target.classes),
    ]
    return {
        "Event Date": facts.days.middle.isoformat(),
        "Event Type": event,
        "Event Mode": joined([m for m in (mode, _auxiliary(case, facts.days)) if m]),
        "Intensity": score,
        "Quad Code": PLOVER_QUADS[event],
        "Contexts": joined([c for c in contexts if c]),
        "Version": f"Khabar {__version__}",
    }


def _auxiliary(case: Case, days: Days) -> str | None:
    """The auxiliary mode: what did not happen, else what lay more than a year back when it was reported."""
    modality = case.shown("modality") or "actual"
    if modality in _AUXILIARY:
        return _AUXILIARY[modality]
    published = [r.published.earliest for r in case.reports]
    if not published or not all(published):
        return None
    first = min(date.fromisoformat(day) for day in published if day)
    return "historical" if days.last < first - timedelta(days=_YEAR) else None


def _actor(case: Case, keeping: Keeping) -> dict[str, Any]:
    found = doers(case)
    named = [who for who in found if who.organised]
    for who in found:
        if not who.organised:
            keeping.lose(losses.PERSON, who.kind, "Actor Name", who.claims)
    if not named:
        return {}
    first, country = named[0], country_of(named[0].country)
    for who in named[1:]:
        keeping.lose(losses.OTHER_ACTORS, who.name, "Actor Name", who.claims)
    return {
        "Actor Name": first.name,
        "Actor Country": country.iso3 if country else None,
        "Actor COW": country.cow if country else None,
        "Primary Actor Sector": _sector(first),
        "Actor Sectors": joined([_sector(who) for who in named]),
        "Actor Name Raw": joined(_raw_names(case, first)),
    }


def _sector(who: Attributed) -> str:
    return _STATE if who.state else _UNKNOWN if who.kind == "person" else _GROUP


def _raw_names(case: Case, who: Attributed) -> list[str]:
    """The words by which claims name an actor."""
    names = {who.name, *(n.text for n in who.actor.names)} if who.actor else {who.name}
    bodies = (case.claims[key].body for key in who.claims if key in case.claims)
    said = (a.actor for body in bodies if isinstance(body, EventBody) for a in body.attributions)
    return [actor.text for actor in said if actor.name in names]


def _recipient(target: Struck, material: Material, country: Country | None) -> dict[str, Any]:
    sectors = [material.book.class_code("targets", c, "plover", "sector") for c in target.classes]
    primary = material.book.class_code("targets", target.category, "plover", "sector")
    own = country if primary in _ARMED else None
    home = country_of(target.group.country) if target.group is not None else own
    return {
        "Recipient Name": target.group.names[0].text if target.group else None,
        "Recipient Country": home.iso3 if home else None,
        "Recipient COW": home.cow if home else None,
        "Primary Recipient Sector": _GROUP if target.group else primary,
        "Recipient Sectors": joined([s for s in sectors if s]) or (_GROUP if target.group else None),
    }


def _place(spot: Spot | None, country: Country | None) -> dict[str, Any]:
    if spot is None:
        return {}
    known = spot.geonames_id is not None and spot.geonames_id < _GEONAMES_BELOW
    return {
        "Placename": spot.name,
        "City": spot.name if spot.kind == "city" else None,
        "District": spot.admin2,
        "Province": spot.admin1,
        "Country": country.iso3 if country else None,
        "Latitude": spot.latitude,
        "Longitude": spot.longitude,
        "GeoNames ID": spot.geonames_id if known else None,
        "Raw Placename": spot.text,
        "Feature Type": _FEATURES.get(spot.kind),
    }


def _story(case: Case, facts: _Facts) -> dict[str, Any]:
    published = [r.published.earliest for r in case.reports if r.published.earliest]
    groups = [who.name for who in case.attributed if who.organised]
    return {
        "Recipient Name Raw": joined([v.value["text"] for v in case.stated("targets")]),
        "Source": joined(case.publishers) or "unknown",
        "Publication Date": min(published, default=None),
        "Story Organizations": joined([*groups, *([facts.target.group.names[0].text] if facts.target.group else [])]),
        "Story Locations": joined([v.value["name"] for v in case.stated("places")]),
        "Language": joined([r.language or "" for r in case.reports]),
    }


def _told(case: Case, facts: _Facts, keeping: Keeping) -> None:
    """What does not arrive."""
    if (case.shown("modality") or "actual") == "attempted":
        keeping.lose(losses.ATTEMPT, "", "Event Mode", case.resting("modality"))
    for name, rule in _NOT_HELD:
        bounds = bounds_of(case.shown(name))
        if bounds is not None and bounds.words:
            keeping.lose(rule, bounds.words, None, case.resting(name))
    for who in case.attributed:
        keeping.lose(losses.STANCE, f"{who.name}: {', '.join(who.stances)}", "Actor Name", who.claims)
    where = facts.where
    if not where.spots:
        keeping.lose(losses.NO_PLACE, ", ".join(where.instead), "Placename", case.resting("places"))
        return
    if where.spots[0].precision != "exact":
        keeping.lose(losses.PRECISION, where.spots[0].precision, "Placename", where.claims)
    if where.instead:
        wider = f"{', '.join(where.instead)} → {where.spots[0].name}"
        keeping.lose(losses.WIDER_PLACE, wider, "Placename", where.claims)
    if where.other or where.joined:
        keeping.lose(losses.OTHER_PLACES, ", ".join((*where.other, *where.joined)), "Placename", where.claims)


def _claims(case: Case, facts: _Facts) -> dict[str, tuple[str, ...]]:
    """Which claims each cell rests on."""
    kind, target = case.resting("type"), facts.target.claims
    who = tuple(dict.fromkeys(c for a in doers(case) for c in a.claims))
    by_columns = {
        ("Event Date",): case.resting("when"),
        ("Event Type", "Intensity", "Quad Code", "Contexts"): kind,
        ("Event Mode",): (*kind, *case.resting("weapon"), *case.resting("modality")),
        ("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Name Raw"): who,
        ("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector"): target,
        ("Recipient Sectors", "Recipient Name Raw"): target,
        ("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"): facts.where.claims,
        ("GeoNames ID", "Raw Placename", "Feature Type"): facts.where.claims,
        ("Story Organizations",): (*who, *target),
        ("Story Locations",): case.resting("places"),
        ("Source", "Publication Date", "Language"): case.event.claims,
    }
    return {name: tuple(dict.fromkeys(claims)) for names, claims in by_columns.items() for name in names}
