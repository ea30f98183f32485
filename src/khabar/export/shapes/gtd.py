"""GTD's shape: 135 columns, one row an incident and place. Invariant: attackers are counted in nkill and again,
apart, in nkillter; a foiled plot and what states do have no row.

Source of the rules: GTD codebook (inclusion, dates, specificity, claims, casualties); codes as in its public files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from khabar.export.shapes import gtd_losses as losses
from khabar.export.shapes.cases import Case
from khabar.export.shapes.countries import Country, country_of
from khabar.export.shapes.dates import Days, days_of
from khabar.export.shapes.gtd_codes import attacks, claims_of_cells, doubt, groups, named, targets, weapons
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.material import Material
from khabar.export.shapes.notes import notes_of
from khabar.export.shapes.numbers import bounds_of, split_evenly
from khabar.export.shapes.parties import doers
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.tables import Table, joined
from khabar.export.shapes.whereabouts import Spot, Spots, spots_of
from khabar.store.questions import DocumentSummary

__all__ = ["Gtd"]

_TAKEN = ("actual", "attempted")
_SPECIFICITY = {"exact": 1, "near": 1, "adm2": 3, "adm1": 4, "region": 5, "country": 5}
_NOWHERE, _HOSTAGES = 5, (4, 5, 6)
_DAYS_OF_YEAR = 366
_ID_DIGITS = 10_000
_CARRIED = "13"  # weapon subtype: explosives carried by a person who means to die


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an incident must have to be a row; `where` has no spot where no place has coordinates."""

    codes: Mapping[str, str]
    days: Days
    country: Country
    where: Spots


class Gtd(Table):
    """Rows as the Global Terrorism Database has them."""

    name = "gtd"
    title = "GTD: 135 columns, attacks by sub-national perpetrators, attackers counted in nkill and apart"
    rule = "majority"
    losses = losses.RULES

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """The rows and losses of all incidents; ids are unique within an export."""
        self._taken = set()
        yield from super().records(material)

    def rows(self, case: Case, material: Material) -> Iterator[Row | Loss]:
        """A row for each place of an incident, or why there is none."""
        keeping = Keeping(case)
        facts = _facts(case, material, keeping)
        if facts is not None:
            yield from self._rows(case, material, facts, keeping)
        yield from keeping

    def _rows(self, case: Case, material: Material, facts: _Facts, keeping: Keeping) -> Iterator[Row]:
        common = _common(case, material, facts, keeping)
        people = _people(case, keeping)
        spots: tuple[Spot | None, ...] = facts.where.spots or (None,)
        ids = [self._id(common, case.id) for _ in spots]
        if len(spots) > 1:
            told = ", ".join(spot.name for spot in spots if spot)
            keeping.lose(losses.SPLIT, told, "multiple", facts.where.claims)
        if spots[0] is None or _SPECIFICITY[spots[0].precision] == _NOWHERE:
            keeping.lose(
                losses.POINT, spots[0].name if spots[0] else facts.country.name, "latitude", facts.where.claims
            )
        claims = claims_of_cells(case, facts.where.claims)
        for i, (spot, key) in enumerate(zip(spots, ids, strict=True)):
            shares = {name: split_evenly(n, len(spots))[i] for name, n in people.items() if n is not None}
            values = {
                **common,
                **shares,
                **_where(case, spot),
                "eventid": key,
                "summary": notes_of(case, material.book, spot),
                "multiple": int(len(spots) > 1),
                "related": joined([str(other) for other in ids if other != key], ", "),
            }
            yield Row(str(key), case.id, values, claims)

    def _id(self, cells: Mapping[str, Any], key: str) -> int:
        """The day as eight digits, and four made of the incident's id; the next free ones where they are taken."""
        day: int = cells["iyear"] * 10_000 + cells["imonth"] * 100 + cells["iday"]
        digits = int(key[:8], 16) if all(c in "0123456789abcdef" for c in key[:8]) else sum(key.encode())
        for step in range(_ID_DIGITS):
            number = day * _ID_DIGITS + (digits + step) % _ID_DIGITS
            if number not in self._taken:
                self._taken.add(number)
                return number
        return day * _ID_DIGITS  # ten thousand incidents of one day: GTD's ids have no more room


def _facts(case: Case, material: Material, keeping: Keeping) -> _Facts | None:
    """The facts of a GTD incident, or None with the reason noted."""
    modality = case.shown("modality") or "actual"
    kind = material.book.events.get(case.shown("type") or "")
    codes = kind.codes.get("gtd", {}) if kind else {}
    if modality == "foiled" or (kind is not None and kind.of_modality == "foiled"):
        keeping.lose(losses.FOILED)
        return None
    if modality not in _TAKEN:
        keeping.lose(losses.NOT_ACTUAL, modality)
        return None
    found = doers(case)
    if (kind is not None and kind.state_action) or (found and all(who.state for who in found)):
        keeping.lose(losses.STATE, ", ".join(who.name for who in found))
        return None
    if "attacktype" not in codes:
        keeping.lose(losses.NO_CODE, case.shown("type") or "no type")
        return None
    days = days_of(case)
    if days is None or days.first.year != days.last.year:
        keeping.lose(losses.NO_DATE, days.words if days else "")
        return None
    where = spots_of(case)
    stated = [v.value.get("country") for v in case.stated("places")]
    code = where.spots[0].country if where.spots else next((c for c in stated if c), None)
    country = country_of(code)
    if country is None or country.gtd is None or country.gtd_region is None:
        keeping.lose(losses.NO_PLACE, country.name if country else ", ".join(where.instead))
        return None
    return _Facts(codes, days, country, where)


def _common(case: Case, material: Material, facts: _Facts, keeping: Keeping) -> dict[str, Any]:
    """The cells that all places of an incident share."""
    found = doers(case)
    attack = attacks(case, material.book, int(facts.codes["attacktype"]), keeping)
    target = targets(case, material.book, keeping)
    who = groups(found, keeping)
    suicide = facts.codes.get("suicide") == "1" or _weapon(material, case) == _CARRIED
    hostages = any(attack.get(f"attacktype{k}") in _HOSTAGES for k in (1, 2, 3)) or bool(case.shown("abducted"))
    _told(case, facts, keeping)
    return {
        **_date(case, facts.days, hostages, keeping),
        "country": facts.country.gtd,
        "country_txt": facts.country.name,
        "region": facts.country.gtd_region,
        "region_txt": named("region_txt", facts.country.gtd_region),
        **attack,
        **target,
        **weapons(case, material.book, facts.codes.get("weaptype"), keeping),
        **who,
        **doubt(target, who["gname"] != "Unknown"),
        "success": int((case.shown("modality") or "actual") == "actual"),
        "suicide": int(suicide),
        "nperps": -99,
        "nperpcap": -99,
        "property": -9,
        "ishostkid": int(hostages),
        "nhostkid": -99 if hostages else None,
        "addnotes": _notes(case, keeping),
        **{f"scite{k}": _cited(report) for k, report in enumerate(case.reports[:3], 1)},
        **({} if case.reports else {"scite1": "unknown"}),
        "dbsource": "Khabar",
        **dict.fromkeys(("INT_LOG", "INT_IDEO", "INT_MISC", "INT_ANY"), -9),
    }


def _weapon(material: Material, case: Case) -> str | None:
    weapon = (case.shown("weapon") or {}).get("class")
    return material.book.class_code("weapons", weapon, "gtd", "weapsubtype")


def _date(case: Case, days: Days, hostages: bool, keeping: Keeping) -> dict[str, Any]:
    """Year, month and day as far as all possible days have them in common; a siege told over days is extended."""
    same_month = days.first.month == days.last.month
    extended = hostages and days.length > 1 and (case.shown("when") or {}).get("precision") == "range"
    exact = days.length == 1 or extended
    if not exact:
        keeping.lose(losses.DATE, days.words, "iday", case.resting("when"))
    return {
        "iyear": days.first.year,
        "imonth": days.first.month if same_month or exact else 0,
        "iday": days.first.day if exact else 0,
        "approxdate": None if exact else days.words,
        "extended": int(extended),
        "resolution": days.last.isoformat() if extended else None,
    }


def _where(case: Case, spot: Spot | None) -> dict[str, Any]:
    placed = spot is not None and _SPECIFICITY[spot.precision] != _NOWHERE
    town = spot is not None and spot.kind == "city" and spot.precision in ("exact", "near")
    return {
        "provstate": (spot.admin1 if spot else None) or "Unknown",
        "city": spot.name if spot and town else "Unknown",
        "latitude": spot.latitude if spot and placed else None,
        "longitude": spot.longitude if spot and placed else None,
        "specificity": _SPECIFICITY[spot.precision] if spot else _NOWHERE,
        "vicinity": int(spot is not None and spot.precision == "near"),
        "location": joined([v.value["name"] for v in case.stated("places")], ", "),
    }


def _people(case: Case, keeping: Keeping) -> dict[str, int | None]:
    """Numbers of people. Attackers are among the dead, and counted again apart."""
    killed, attackers = (
        _number(case, "killed", "nkill", keeping),
        _number(case, "attackers_killed", "nkillter", keeping),
    )
    dead = None if killed is None and attackers is None else (killed or 0) + (attackers or 0)
    found = {"nkill": dead, "nkillter": attackers, "nwound": _number(case, "injured", "nwound", keeping)}
    hostages = _number(case, "abducted", "nhostkid", keeping)
    return found if hostages is None else {**found, "nhostkid": hostages}


def _number(case: Case, field: str, column: str, keeping: Keeping) -> int | None:
    bounds = bounds_of(case.shown(field))
    if bounds is None:
        return None
    number = bounds.best if bounds.best is not None else bounds.low
    if not bounds.exact:
        keeping.lose(
            losses.ONE_NUMBER,
            f"{bounds.words} → {number if number is not None else 'empty'}",
            column,
            case.resting(field),
        )
    return number


def _notes(case: Case, keeping: Keeping) -> str | None:
    """Other stated numbers, and denials, in words: GTD's place for the range of reports."""
    told = []
    for field, word in (("killed", "killed"), ("injured", "injured")):
        words = list(dict.fromkeys(b.words for v in case.stated(field) if (b := bounds_of(v.value)) is not None))
        if len(words) > 1:
            told.append(f"Reports differ on the number {word}: {', '.join(words)}")
            keeping.lose(losses.OTHER_TOLLS, ", ".join(words), "addnotes", case.resting(field))
    for who in case.attributed:
        if who.denied:
            told.append(f"Denied for {who.name}")
            keeping.lose(losses.DENIED, who.name, "addnotes", who.claims)
    return joined(told, ". ")


def _cited(report: DocumentSummary) -> str:
    """A report as GTD cites it: "title," publisher, day."""
    earliest, latest = report.published.earliest, report.published.latest
    day = earliest if earliest and earliest == latest else None
    title = f'"{report.title.rstrip(".")}," ' if report.title else ""
    return title + ", ".join(part for part in (report.publisher or report.file, day) if part)


def _told(case: Case, facts: _Facts, keeping: Keeping) -> None:
    """What else does not arrive."""
    keeping.lose(losses.CRITERIA, "", "crit1", ())
    if len(case.reports) > 3:
        keeping.lose(losses.MORE_SOURCES, str(len(case.reports)), "scite3")
    for who in case.attributed:
        if who.stance in ("blamed", "asserted"):
            keeping.lose(losses.STANCE, f"{who.name}: {', '.join(who.stances)}", "gname", who.claims)
    arrested = bounds_of(case.shown("arrested"))
    if arrested is not None:
        keeping.lose(losses.ARRESTED, arrested.words, "nperpcap", case.resting("arrested"))
    where = facts.where
    if where.instead and where.spots:
        keeping.lose(losses.WIDER_PLACE, f"{', '.join(where.instead)} → {where.spots[0].name}", "city", where.claims)
    if where.other or where.joined:
        keeping.lose(losses.OTHER_PLACES, ", ".join((*where.other, *where.joined)), "city", case.resting("places"))
